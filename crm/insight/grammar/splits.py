"""By what the rows of a result are split: "by rep", "per month and product", "monthly"."""

from dataclasses import replace

from crm.insight.frame import TIMES, About, Field
from crm.insight.grammar.parts import SORTING, Parts, is_noun, is_typed
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay, unfit
from crm.nouns import Period

TIMED = ("talk", "duration", "wait", "cycle", "age")  # columns of what our own staff does
UNSPLIT = (About.LEADS, About.CONTACTS, About.ACTIVITIES)  # no figure is told of each of these


def take_groups(parts: Parts) -> None:
    """ "by rep", "per month and product", "monthly"; "by value" tells what is ranked by instead."""
    _change_trends(parts)
    for atom in parts.all("per"):
        parts.groups.append(str(atom.value))
        parts.units.append(str(atom.value))
        parts.apart += [atom] if " " in atom.text else []  # "par mois", where "monthly" is an adjective
        before = parts.at(parts.place(atom) - 1)
        parts.adjective = parts.adjective or (before is not None and before.value in ("average", "median"))
        parts.drop(atom)
    for by in parts.all("by"):
        if not any(a is by for a in parts.atoms):
            continue
        place = parts.place(by)
        rows = not is_each(parts, by)
        after = parts.at(place + 1)
        if after is not None and after.value == "employees" and (not rows or _of_ours(parts)):
            _per_head(parts, after)
            after = parts.at(place + 1)
        leading = after is not None and (after.kind == "condition" or (not rows and _sorts_rows(after)))
        then = parts.at(place + 2) if leading else after  # "by won value", "for each Central manager"
        owned = then is not None and (then.kind == "field" or (is_noun(then) and after is not None and after.names))
        if leading and after is not None and then is not None and then.value == "rep":
            own = tuple(n for n in after.names if n[0] is Field.REP_REGION)  # "each Nordics rep"
            parts.atoms[place + 1] = replace(after, names=own or after.names)
        if then is not after and owned and then is not None:
            place, after = place + 1, then  # "in each open stage": which ones, and by what
        if then is not None and then.kind in ("rate", "column", "how", "extreme"):
            parts.ordered = True
            parts.drop(by)
            continue
        if after is not None and isinstance(after.value, Period) and by.text.lower() in parts.words.shades.until:
            parts.atoms[place + 1] = replace(after, value=Period(None, after.value.end, after.value.words))
        if not is_noun(after) or _names_one(after, parts.at(place + 2)):
            parts.dangling = by if after is None else parts.dangling
            if not rows and after is not None and after.value in UNSPLIT:
                raise unfit(by.text)
            parts.drop(by)
            continue
        _refuse_sized(parts, place + 1)
        known = len(parts.groups)
        behind = parts.at(place + 2)
        each = behind is not None and behind.value == "share" and behind.text.lower() not in parts.words.shades.parting
        parts.shared_out = parts.shared_out or each
        _take_run(parts, place + 1)
        if not rows:
            parts.units += parts.groups[known:]
            single = any(w in parts.words.shades.singly for w in by.text.lower().split())
            parts.singly = parts.singly or single
            if not single and after is not None:
                parts.apart += [replace(by, value=after.text)] * len(parts.groups[known:])
        parts.drop(by)
    _take_trends(parts)


def _refuse_sized(parts: Parts, place: int) -> None:
    """ "Revenue by customer size": rows of sizes, which no record has, and none of customers. Raises CannotSay."""
    noun, column = parts.at(place), parts.at(place + 1)
    beside = noun is not None and column is not None and column.start == noun.start + len(noun.text) + 1
    if beside and noun is not None and noun.kind == "about" and column is not None and column.kind == "column":
        raise unfit(column.text)


def is_each(parts: Parts, by: Atom) -> bool:
    """ "Per", "each", "for every": behind it stands a unit."""
    return not any(word in parts.words.shades.rows for word in by.text.lower().split())


def _sorts_rows(name: Atom) -> bool:
    """A region, a branch or a product before the noun of the rows tells which of them: "per Iberia account"."""
    return name.kind == "name" and any(f in SORTING for f, _ in name.names)


def _names_one(noun: Atom | None, following: Atom | None) -> bool:
    """ "By subsidiaries of Acme", "par l'équipe de Rafael" tells whose, and splits nothing."""
    named = following is not None and (bool(following.names) or following.kind == "value")
    led = following is not None and any(f is Field.MANAGER for f, _ in following.names)
    return noun is not None and ((noun.value == "parent" and named) or (noun.value == "manager" and led))


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
    ours = (About.ACTIVITIES, About.DEALS, About.LEADS, *TIMED)
    return any(a.kind == "rate" or a.value in ours or is_typed(a) for a in parts.atoms) and not any(
        a.value is About.ACCOUNTS for a in parts.atoms
    )


def _per_head(parts: Parts, staff: Atom) -> None:
    """ "Calls per employee" are those of each of our reps; money per employee of a company is no figure here."""
    if any(a.kind == "column" and a is not staff and a.value not in TIMED for a in parts.atoms):
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
