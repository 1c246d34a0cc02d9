"""Why a frame cannot be made, and in which other words the question would have one."""

from collections.abc import Iterable
from dataclasses import dataclass

from crm.errors import CrmError

SO_MANY = "I do not see of what there must be so many; ask which accounts or reps have more than that"
NO_SHARE = "I do not see of what the share is asked; say: share of calls that were unanswered"
ANSWERED_MAILS = (
    "whether a mail was answered is not told mail by mail; ask for reply times, or for the accounts that we mailed and "
    "never heard from"
)


EACH_OR_TOTAL = (
    "I do not see whether the records' own figures are averaged or the totals; say: average deal value by rep, or "
    "average total value per rep"
)
OF_THE_TOP = (
    "one figure of the first so many is not computed here; ask for theirs one by one, such as: top 5 deals by value"
)
CREATED_OR_EXPECTED = (
    "what is open is so today, so that a time may be that of its creation or of its expected closing; say which"
)
CLOSED_OR_EXPECTED = (
    "I do not see whether those that closed are meant, or open ones that are expected to close; say which"
)
WHOM = "I do not see whether companies or people are meant; ask which accounts"
OPEN_ONLY = "how old a deal is, is told of open ones alone; ask for the newest open deal"
THEIRS_OR_ALL = (
    "I do not see whether the part of theirs or the part of all is asked; say: share of calls in France that were "
    "unanswered"
)
TOP_SHARE = "what share the top ones hold together is not computed here; ask for their values, then for the total"
UNDER_WAY = (
    "one of these times is not over yet; say whether it is set against as many days of the other or against all of it"
)
NOT_KEPT = "what a record was at another time is not on record, only what it is today and when it was created or closed"
AVERAGED_RATE = "a rate is one figure of all that it counts, of which no average is taken here; ask for the rate itself"
TOP_OF_EACH = "the first of each group are not told here; ask for one group at a time"
TWO_UNITS = (
    "I do not see of what the average is taken and what makes the rows; say: average number of calls per rep by month"
)
LEFT_US = "whether a customer left is not on record; ask for the accounts with a lost deal"
STAFF_OR_CONTACTS = "I do not see whether the company's employees or our contacts there are meant; say which"
NUMBER_OR_VALUE = "I do not see whether the number of deals or their value is ranked; say which"
THEY_OR_NUMBER = "I do not see whether these deals, their number or their value is asked; say which"


@dataclass(frozen=True, slots=True)
class Rewording:
    """The question with other words between two of its characters, by which it means one thing."""

    start: int
    end: int
    words: str

    def of(self, question: str) -> str:
        """The question in these words."""
        before, behind = question[: self.start].rstrip(), question[self.end :].lstrip()
        return " ".join(filter(None, (before, self.words, behind)))


class CannotSay(CrmError):
    """The question asks for something that no frame holds; the sentence says what.

    `ways` are its readings, where it has several: each is offered where it can be answered.
    """

    def __init__(self, because: str, ways: Iterable[Rewording] = ()) -> None:
        super().__init__(because)
        self.ways = tuple(ways)


class TwoFigures(CannotSay):
    """The question asks for two figures, each of which can be asked by itself."""

    def __init__(self, because: str = "that asks for two figures at once; ask for one, then for the other") -> None:
        super().__init__(because)


def unfit(text: str) -> CannotSay:
    """What was understood word by word and has no place in the frame."""
    return CannotSay(f"I cannot fit “{text}” into what was asked")
