"""A question being taken apart: its atoms, and how they stand to each other.

What is used up is taken out; what is left at the end has not been understood, and the question is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm.insight.frame import About, Field, Where
from crm.insight.grammar.bound import Bound
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry, Words

NAMING = ("condition", "name", "value")  # atoms that tell which records
OF_DEALS = (Field.PRODUCT, Field.STAGE, Field.SERIES)
REGIONS = (Field.ACCOUNT_REGION, Field.REP_REGION, Field.LOCATION)
SORTING = (*REGIONS, Field.INDUSTRY, Field.PRODUCT, Field.SERIES, Field.NOTE)
AS_FIELD = {About.ACCOUNTS: Field.ACCOUNT, About.DEALS: Field.DEAL, About.REPS: Field.REP}
SINGULAR = ("series", "mois", "pays", "mes", "mês", "país", "pais")
PLURAL = ("s", "en", "i")  # good enough for "which reps", "welche Kunden", "quali clienti"


@dataclass
class Parts:
    """A question being taken apart: `atoms` are those not used yet, in order; `words` those of the playbook."""

    atoms: list[Atom]
    words: Words
    groups: list[str | About] = field(default_factory=list)
    units: list[str | About] = field(default_factory=list)
    apart: list[Atom] = field(default_factory=list)  # the "per" of each unit
    dangling: Atom | None = None  # an "each" at the end: of what was named before, if anything was
    asked: str | About | None = None
    who: bool = False  # by a word for people alone
    asked_at: int = 0  # where it stands
    asked_many: bool = False
    singly: bool = False  # ... by a word for every single one of them: "for each rep"
    measuring: Sequence[Atom] = ()  # the words for what is computed over
    averaging: Sequence[Atom] = ()  # ... and for an average or a median of it
    adjective: bool = False
    top: int | None = None
    extreme: str = ""
    ordered: bool = False
    together: bool = False  # what is named side by side is meant as one
    counting: bool = False  # how many they are was asked
    listing: bool = False  # its rows are asked, not how many they are
    share_summed: bool = False  # ... of the first so many together
    summing: bool = False  # a word for a total is said of what is computed
    naming: bool = False  # ... by a word for a list
    ranking: bool = False  # ... in an order
    share_text: str = ""  # the word for a share
    share_at: int = 0  # where the word for a share stands
    share_of: bool = False  # it stands between its part and the whole: "lost deals as a share of all deals"
    had: Bound | None = None  # of how many activities, deals or contacts an account or a rep must have
    had_by: About | None = None  # ... and which of the two
    nouns: Sequence[int] = ()  # where nouns for records stand, used up or not
    inside: Sequence[int] = ()  # where small words stand that tell of what something is a part: "in", "dans"
    within: Sequence[int] = ()  # ... those of them that say "in"
    in_all: Sequence[int] = ()  # where words stand for all together: "in total"
    holding: Sequence[int] = ()  # ... and for a meeting that takes place: "hold", "attend"
    running: Sequence[
        tuple[int, int]
    ] = ()  # where words begin and end that say of deals beside them that they are open
    ours: Sequence[int] = ()  # where we are spoken of: "us", "our"
    present: bool = False  # a word says that it is asked of today: "currently"
    both: Sequence[int] = ()  # where that word stands
    between: Sequence[int] = ()  # ... and that, before two times
    now: Sequence[int] = ()  # ... and that
    whole: Sequence[int] = ()  # ... and one for all of a time: "last quarter as a whole"
    shared_out: bool = False  # "each region's share": what is said of the records is said of the whole
    splitting: str = ""  # a word that asks for rows, whatever splits them: "distribution"
    dear: str = ""  # an extreme that speaks of a price: "most expensive"
    sized: bool = False  # an extreme of size: "largest", not "most"
    single: bool = False  # the extreme is one record's: "who has the oldest deal"

    def kinds(self) -> set[str]:
        return {a.kind for a in self.atoms}

    def all(self, *kinds: str) -> list[Atom]:
        return [a for a in self.atoms if a.kind in kinds]

    def take(self, *kinds: str) -> Atom | None:
        """The first atom of one of the kinds, used up."""
        found = next((a for a in self.atoms if a.kind in kinds), None)
        if found is not None:
            self.drop(found)
        return found

    def drop(self, atom: Atom) -> None:
        self.atoms = [a for a in self.atoms if a is not atom]

    def drop_all(self, atoms: Iterable[Atom]) -> None:
        for atom in list(atoms):
            self.drop(atom)

    def at(self, place: int) -> Atom | None:
        return self.atoms[place] if 0 <= place < len(self.atoms) else None

    def place(self, atom: Atom) -> int:
        return next(i for i, a in enumerate(self.atoms) if a is atom)


def is_noun(atom: Atom | None) -> bool:
    """Names something that records can be grouped by."""
    return atom is not None and (atom.kind == "field" or (atom.kind == "about" and atom.value in AS_FIELD))


def is_typed(atom: Atom) -> bool:
    """Whether it tells a type of activity: calls, mails, meetings."""
    return isinstance(atom.value, Entry) and atom.value.field == "type"


def is_plural(noun: Atom) -> bool:
    """Whether the word looks like several."""
    return noun.text.lower().endswith(PLURAL) and not noun.text.lower().endswith(SINGULAR)


def joint_between(parts: Parts, first: Atom, second: Atom) -> str:
    """How two atoms are joined: "or", "and", "versus", or "" where nothing stands between them."""
    between = [a for a in parts.atoms if first.start < a.start < second.start]
    for kind in ("versus", "than", "or", "and", "comma"):
        if any(a.kind == kind for a in between):
            return {"comma": "and", "than": "versus"}.get(kind, kind)
    return ""


def negated(parts: Parts, atom: Atom) -> bool:
    """A "not" stands right before it, or before the noun that says again what it is; not one of another noun.

    "Not in the sector retail", but "without an email that are qualified".
    """
    place = parts.place(atom) - 1
    if (noun := parts.at(place)) is not None and noun.kind == "field" and says_again(noun, atom):
        place -= 1
    while (before := parts.at(place)) is not None and before.kind in ("rel", "with"):
        place -= 1
    return before is not None and before.kind == "not"


def says_again(noun: Atom, value: Atom) -> bool:
    """ "The sector retail", "outcome connected": the noun is the field of its value."""
    if isinstance(value.value, (Entry, Where)):
        fields: set[str] = {value.value.field}
    else:
        fields = {f for f, _ in value.names}
    return noun.value in fields or (noun.value == "region" and bool(fields & {*REGIONS}))


def means_pipeline(words: Words, noun: Atom) -> bool:
    """Whether the noun is the pipeline: the open deals, or their money."""
    return noun.text.lower() in words.shades.pipeline


def is_amount(parts: Parts, sign: Atom) -> bool:
    """ "$ 50,000": a currency before its number."""
    number = parts.at(parts.place(sign) + 1)
    money = isinstance(sign.value, Entry) and sign.value.field == "currency"
    return money and number is not None and number.kind == "number"
