"""Why a frame cannot be made."""

from crm.errors import CrmError

NO_SHARE = "I do not see of what the share is asked; say: share of calls that were unanswered"


class CannotSay(CrmError):
    """The question asks for something that no frame holds; the sentence says what."""
