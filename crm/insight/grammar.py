"""Joins atoms into parts of a question: groups, ranks, shares, comparisons; bounds stand in bounds.py.

What is used up is taken out; what is left at the end has not been understood, and the question is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from crm.insight.frame import TIMES, About, Field
from crm.insight.lexicon import Atom
from crm.insight.saying import CannotSay
from crm.insight.wordbook import Entry, Words

AS_FIELD = {About.ACCOUNTS: Field.ACCOUNT, About.DEALS: Field.DEAL}
PLURAL = ("s", "en", "i")  # good enough for "which reps", "welche Kunden", "quali clienti"
SIZED = {"largest": "most", "smallest": "least"}  # ... and of one record: "who has the largest deal"
LASTED = ("oldest", "newest", "longest", "slowest", "fastest")
LISTED = 10  # records that "the oldest deals" shows where no number is said


@dataclass
class Parts:
    """A question being taken apart: `atoms` are those not used yet, in order; `words` those of the playbook."""

    atoms: list[Atom]
    words: Words
    groups: list[str | About] = field(default_factory=list)
    units: list[str | About] = field(default_factory=list)
    asked: str | About | None = None
    asked_many: bool = False
    adjective: bool = False
    top: int | None = None
    extreme: str = ""
    ordered: bool = False
    together: bool = False  # what is named side by side is meant as one
    listing: bool = False  # its rows are asked, not how many they are
    share_at: int = 0  # where the word for a share stands
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


def take_groups(parts: Parts) -> None:
    """ "by rep", "per month and product", "monthly"; "by value" tells what is ranked by instead."""
    _change_trends(parts)
    for atom in parts.all("per"):
        parts.groups.append(str(atom.value))
        parts.units.append(str(atom.value))
        before = parts.at(parts.place(atom) - 1)
        parts.adjective = parts.adjective or (before is not None and before.value in ("average", "median"))
        parts.drop(atom)
    for by in parts.all("by"):
        if not any(a is by for a in parts.atoms):
            continue
        place = parts.place(by)
        rows = any(word in parts.words.shades.rows for word in by.text.lower().split())
        after = parts.at(place + 1)
        if after is not None and after.value == "employees" and (not rows or _of_ours(parts)):
            _per_head(parts, after)
            after = parts.at(place + 1)
        then = parts.at(place + 2) if after is not None and after.kind == "condition" else after  # "by won value"
        if then is not None and then.kind in ("rate", "column", "how", "extreme"):
            parts.ordered = True
            parts.drop(by)
            continue
        if not is_noun(after) or _names_one(after, parts.at(place + 2)):
            parts.drop(by)
            continue
        known = len(parts.groups)
        _take_run(parts, place + 1)
        if not rows:
            parts.units += parts.groups[known:]
        parts.drop(by)
    _take_trends(parts)


def _names_one(noun: Atom | None, following: Atom | None) -> bool:
    """ "By subsidiaries of Acme" tells whose, and splits nothing."""
    named = following is not None and (bool(following.names) or following.kind == "value")
    return noun is not None and noun.value == "parent" and named


def _change_trends(parts: Parts) -> None:
    """The trend between two that are compared, or in percent, is their change."""
    if parts.all("versus", "than") or any(a.value == "share" for a in parts.all("how")):
        for atom in parts.all("trend"):
            parts.atoms[parts.place(atom)] = replace(atom, kind="change", value="difference")


def _take_trends(parts: Parts) -> None:
    """A trend is a figure month by month, where no other time is said to split it by."""
    if parts.all("trend") and not any(group in TIMES for group in parts.groups):
        parts.groups.append("month")
        parts.units.append("month")
    parts.drop_all(parts.all("trend"))


def _of_ours(parts: Parts) -> bool:
    """Whether what is counted or divided is done by our own staff; companies are ranked by theirs."""
    ours = (About.ACTIVITIES, About.DEALS, About.LEADS)
    return any(a.kind == "rate" or a.value in ours or _typed(a) for a in parts.atoms) and not any(
        a.value is About.ACCOUNTS for a in parts.atoms
    )


def _per_head(parts: Parts, staff: Atom) -> None:
    """ "Calls per employee" are those of each of our reps; money per employee of a company is no figure here."""
    if any(a.kind == "column" and a is not staff for a in parts.atoms):
        raise CannotSay("figures per employee of a company are not among the things I compute")
    parts.atoms[parts.place(staff)] = replace(staff, kind="field", value="rep")


def _take_run(parts: Parts, place: int) -> None:
    """A noun with the nouns that are joined to it: "rep and month", "manager/region"."""
    used: list[Atom] = []
    joined = True
    while is_noun(parts.at(place)):
        atom = parts.atoms[place]
        following = parts.at(place + 1)
        named = atom.kind == "field" and following is not None and bool(following.names)
        if not joined and (atom.kind == "about" or named):
            break  # "per manager on deals closed in Q4", "per account in the sector telecom": no further split
        if used and used[-1].kind == "comma" and (named or _counts_on(atom, following)):
            used.pop()  # "win rate by manager, deals closed in Q4", "by industry, region West"
            break
        joined = False
        parts.groups.append(atom.value if isinstance(atom.value, About) else str(atom.value))
        used.append(atom)
        place += 1
        joint = parts.at(place)
        if joint is not None and joint.kind in ("and", "comma") and is_noun(parts.at(place + 1)):
            used.append(joint)
            place, joined = place + 1, True
            if (following := parts.at(place)) is not None and following.kind == "by":
                break
    parts.drop_all(used)


def _counts_on(noun: Atom, following: Atom | None) -> bool:
    """Behind a comma a noun that is told which, or that is a deal, says what is counted and splits nothing."""
    told = following is not None and following.kind in ("condition", "created", "with", "not", "rel", "over", "under")
    return noun.kind == "about" and (told or noun.value is About.DEALS)


def take_rank(parts: Parts) -> None:
    """ "top 5 accounts", "the 3 largest open deals", "which rep has the most", "the sector with the highest"."""
    top = parts.take("top")
    if top is not None:
        parts.top, parts.extreme = LISTED, "most"
    for who in parts.all("who"):
        before = parts.at(parts.place(who) - 1)
        if _tells_which(parts, who):
            parts.drop(who)
            continue
        if before is not None and (before.kind == "about" or (before.kind in ("but", "and") and parts.all("about"))):
            parts.drop(who)  # "customers who bought", "whom we mailed but who never wrote back"
        else:
            parts.asked = "rep"
            parts.drop(who)
    one_of = any(" " in a.text for a in parts.all("which"))
    for which in parts.all("which"):
        after = parts.at(parts.place(which) + 1)
        if after is not None and after.kind == "number" and is_noun(parts.at(parts.place(which) + 2)):
            parts.top = int(float(str(after.value)))  # "which 3 customers"
            parts.drop(after)
            after = parts.at(parts.place(which) + 1)
        if is_noun(after) and after is not None and parts.asked is None:
            _ask(parts, after)
        parts.drop(which)
    extreme = next(iter(parts.all("extreme")), None)
    if extreme is None and top is None:
        bare = next((a for a in parts.atoms if a.kind == "field"), None)
        if parts.ordered and bare is not None and not parts.groups and parts.asked is None:
            _ask(parts, bare)  # "list sectors by revenue"
        if parts.ordered and not parts.groups and parts.asked is None and not parts.all("list", "about"):
            raise CannotSay("a figure is split by words such as the rep or the stage, not by another number")
        return
    if extreme is not None:
        parts.extreme = SIZED.get(str(extreme.value), str(extreme.value))
        parts.single = _of_one(parts, extreme)
        _number_beside(parts, extreme)
    if top is not None or parts.top is not None:
        _number_anywhere(parts)
    if parts.asked is None and not parts.groups:
        _ranked_noun(parts, extreme)
    parts.asked_many = parts.asked_many and not (one_of and parts.top is None)  # "which of Ana's reps has the most"
    parts.drop_all(parts.all("extreme"))


def _tells_which(parts: Parts, who: Atom) -> bool:
    """ "Contacts in the north who opted out": the people or companies that are counted stand before."""
    place = parts.place(who) - 1
    while (before := parts.at(place)) is not None and before.kind in ("name", "value", "condition", "period"):
        place -= 1
    return before is not None and before.value in (About.ACCOUNTS, About.CONTACTS, About.LEADS)


def _of_one(parts: Parts, extreme: Atom) -> bool:
    """Whether a size or an age is asked of one record: its noun follows, and is no plural."""
    if str(extreme.value) not in (*SIZED, *LASTED):
        return False
    after = (a for a in parts.atoms[parts.place(extreme) + 1 :] if a.kind == "about" or _typed(a))
    noun = next(after, None) or _decided(parts.at(parts.place(extreme) + 1))
    return noun is not None and not is_plural(noun)


def _decided(atom: Atom | None) -> Atom | None:
    """A win or a loss, where the word stands for the deal."""
    return atom if atom is not None and isinstance(atom.value, Entry) and atom.value.field == "state" else None


def _typed(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == "type"


def _ask(parts: Parts, noun: Atom) -> None:
    parts.asked = noun.value if isinstance(noun.value, About) else str(noun.value)
    after = parts.at(parts.place(noun) + 1)
    owned = after if after is not None and is_noun(after) and after.value == noun.value else noun
    parts.asked_many = is_plural(owned)  # "which managers team" is one team
    parts.drop(noun)


def is_plural(noun: Atom) -> bool:
    """Whether the word looks like several."""
    return noun.text.lower().endswith(PLURAL) and not noun.text.lower().endswith("series")


def _number_beside(parts: Parts, extreme: Atom) -> None:
    place = parts.place(extreme)
    for beside in (parts.at(place - 1), parts.at(place + 1)):
        if beside is not None and beside.kind == "number" and parts.top is None:
            parts.top = int(float(str(beside.value)))
            parts.drop(beside)


def _number_anywhere(parts: Parts) -> None:
    number = next(iter(parts.all("number")), None)
    if number is not None and parts.top == LISTED and float(str(number.value)) <= 100:
        parts.top = int(float(str(number.value)))
        parts.drop(number)


def _ranked_noun(parts: Parts, extreme: Atom | None) -> None:
    """What is ranked: a noun before "with the highest", or after "top 5" and "largest"."""
    nouns = [a for a in parts.atoms if is_noun(a)]
    if extreme is not None:
        place = parts.place(extreme)
        joint = parts.at(place - 1)
        while joint is not None and joint.kind in ("rate", "column", "how"):
            place -= 1  # "le secteur avec le taux de gain le plus élevé"
            joint = parts.at(place - 1)
        before = next((a for a in reversed(parts.atoms[:place]) if is_noun(a)), None)
        if before is not None and joint is not None and joint.kind in ("with", "rel"):
            counted = parts.at(parts.place(before) - 1)
            if counted is not None and counted.kind == "number" and parts.top is None:
                parts.top = int(float(str(counted.value)))  # "the 3 customers with the most"
                parts.drop(counted)
            _ask(parts, before)
            return
    after = next((a for a in nouns if extreme is None or a.start > extreme.start), None)
    if after is None:
        return
    alone = after.kind == "about" and extreme is not None and parts.top is None and not parts.ordered
    if alone and (not is_plural(after) or "how" in parts.kinds()):
        return  # "the largest deal" is a figure, "the most deals" a rank of something else
    parts.top = LISTED if alone else parts.top
    _ask(parts, after)
    parts.asked_many = parts.asked_many or parts.top is not None


def joint_between(parts: Parts, first: Atom, second: Atom) -> str:
    """How two atoms are joined: "or", "and", "versus", or "" where nothing stands between them."""
    between = [a for a in parts.atoms if first.start < a.start < second.start]
    for kind in ("versus", "than", "or", "and", "comma"):
        if any(a.kind == kind for a in between):
            return {"comma": "and", "than": "versus"}.get(kind, kind)
    return ""


def negated(parts: Parts, atom: Atom) -> bool:
    """A "not" stands right before it."""
    before = parts.at(parts.place(atom) - 1)
    while before is not None and before.kind in ("rel", "with", "field"):
        before = parts.at(parts.place(before) - 1)
    return before is not None and before.kind == "not"


def means_pipeline(words: Words, noun: Atom) -> bool:
    """Whether the noun is the pipeline: the open deals, or their money."""
    return noun.text.lower() in words.shades.pipeline
