"""A heading that tells of which accounts the rest is: "DACH accounts: won and lost deals"."""

from crm.insight.frame import About, Field
from crm.insight.question.lexicon import Atom, Lexicon
from crm.insight.question.refusal import unfit

OWN = frozenset({Field.ACCOUNT_REGION, Field.REP_REGION, Field.INDUSTRY, Field.ACCOUNT})
RECORDS = (About.DEALS, About.ACTIVITIES)
ASKING = ("how", "which", "who", "by", "rate", "extreme")


def without_heading(text: str, lexicon: Lexicon) -> str:
    """The text with a blank for the heading's noun: what stands behind the colon is counted, of those accounts.

    Raises CannotSay where the heading tells of the accounts what the records themselves do not carry.
    """
    head, colon, tail = text.partition(":")
    if not colon:
        return text
    leading, asked = lexicon.scan(head), lexicon.scan(tail).atoms
    nouns = [a for a in leading.atoms if a.value is About.ACCOUNTS]
    if len(nouns) != 1 or any(a.kind in ASKING for a in leading.atoms) or not _of_records(asked):
        return text
    others = [a for a in leading.atoms if a is not nouns[0]]
    if leading.unknown or any(not a.names or {f for f, _ in a.names} - OWN for a in others):
        raise unfit(nouns[0].text)
    at, length = nouns[0].start, len(nouns[0].text)
    return text[:at] + " " * length + text[at + length :]


def _of_records(atoms: tuple[Atom, ...]) -> bool:
    told = [getattr(a.value, "about", a.value) for a in atoms if a.kind in ("about", "condition")]
    return any(one in RECORDS for one in told) and About.ACCOUNTS not in told
