"""Why a frame cannot be made."""

from crm.errors import CrmError


class CannotSay(CrmError):
    """The question asks for something that no frame holds; the sentence says what."""
