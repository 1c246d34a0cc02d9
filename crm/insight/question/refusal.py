"""Why a frame cannot be made."""

from crm.errors import CrmError

SO_MANY = "I do not see of what there must be so many; ask which accounts or reps have more than that"
NO_SHARE = "I do not see of what the share is asked; say: share of calls that were unanswered"
ANSWERED_MAILS = (
    "whether a mail was answered is not told mail by mail; ask for reply times, or for the accounts that we mailed and "
    "never heard from"
)


class CannotSay(CrmError):
    """The question asks for something that no frame holds; the sentence says what."""


class TwoFigures(CannotSay):
    """The question asks for two figures, each of which can be asked by itself."""

    def __init__(self, because: str = "that asks for two figures at once; ask for one, then for the other") -> None:
        super().__init__(because)


def unfit(text: str) -> CannotSay:
    """What was understood word by word and has no place in the frame."""
    return CannotSay(f"I cannot fit “{text}” into what was asked")
