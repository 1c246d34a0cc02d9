"""Which records a question means: what must hold, what a share counts, what is set side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from crm.insight.accounts_by_contact import having_in
from crm.insight.frame import About, Condition, Field, Where
from crm.insight.grammar import Parts, joint_between
from crm.insight.lexicon import Atom
from crm.insight.reading_context import Ground
from crm.insight.refusal import CannotSay
from crm.insight.times import periods_in
from crm.insight.value_conditions import Said, drop_head, drop_used, missing_in, said_in

COMPARING = frozenset({"versus", "than", "more", "fewer", "change"})
ATTRIBUTES = (Field.STATE, Field.STATUS, Field.LABEL, Field.OUTCOME, Field.DIRECTION, Field.OPTED_OUT)


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions of a frame; `are` makes the counted part of a share, `versus` rows of a comparison."""

    where: tuple[Condition, ...]
    are: tuple[Condition, ...] = ()
    versus: tuple[Condition, ...] = ()


class Sharing(StrEnum):
    """Of what a share is asked, if of anything."""

    NOT = "nothing"
    RECORDS = "records"
    MONEY = "money"
    MONEY_BY_GROUP = "money by group"


class Bounded(StrEnum):
    """Whether a number is set beside the conditions; `TOLD` where a verb or its column leads it in."""

    NOT = "not"
    BESIDE = "beside"
    TOLD = "told"


def conditions_in(
    ground: Ground, parts: Parts, sharing: Sharing = Sharing.NOT, bounded: Bounded = Bounded.NOT
) -> Found:
    """Every condition, its atoms used up. Raises CannotSay."""
    sorts = _sorts(parts)
    drop_head(ground, parts)
    has = having_in(ground, parts, _inner) if ground.about is About.ACCOUNTS else ()
    said = said_in(ground, parts)
    missing = tuple(missing_in(ground, parts))
    are: list[Said] = []
    within = _within(parts, said) if sharing is Sharing.RECORDS and not has else None
    if within is not None:
        are, said = within
    elif sharing is not Sharing.NOT and not has:
        are, said = _counted(parts, said, sorts, bounded) if sharing is Sharing.RECORDS else _paid(parts, said, sharing)
    comparing = bool(parts.kinds() & COMPARING) or bool(parts.extreme)
    where, versus = _joined(ground, parts, said, comparing)
    periods, spans = periods_in(ground, parts, bool(parts.kinds() & COMPARING), bool(versus))
    side_by_side = bool(versus or spans)
    compared = parts.all(*(COMPARING - {"change"}))
    told = ground.words.shades.compared if parts.groups else ()
    parts.drop_all(a for a in compared if side_by_side or any(w in a.text.lower() for w in told))
    if versus and spans:
        raise CannotSay("I can compare periods or groups, not both at once")
    drop_used(parts, [s.atom for s in (*said, *are)])
    counted: tuple[Condition, ...] = () if sharing is Sharing.NOT else has
    kept = has if sharing is Sharing.NOT else ()
    if sharing is Sharing.RECORDS and not (are or counted):
        counted, missing = missing, ()  # "what share of deals have no account"
    undated = tuple(p for p in periods if p.missing)
    if sharing is Sharing.RECORDS and undated and not (are or counted):
        counted, periods = undated, tuple(p for p in periods if not p.missing)  # "% of leads never contacted"
    return Found((*where, *missing, *periods, *kept), (*_united(s.where for s in are), *counted), versus or spans)


def _united(conditions: Iterable[Where]) -> list[Where]:
    """A record has one state, one outcome: "cancelled or a no-show" is either; "closed won" is won."""
    united: dict[tuple[Field, bool], Where] = {}
    for one in conditions:
        before = united.get((one.field, one.negated))
        shared = () if before is None else tuple(v for v in before.values if v in one.values)
        values = one.values if before is None else shared or (*before.values, *one.values)
        united[one.field, one.negated] = replace(one, values=values)
    return list(united.values())


def _sorts(parts: Parts) -> list[Atom]:
    """What stands right before "deals" tells which there are: "won deals", "open EUR deals", "qualified leads"."""
    found: list[Atom] = []
    run: list[Atom] = []
    for atom in parts.atoms:
        found += run if atom.value in (About.DEALS, About.LEADS) else []
        run = [*run, atom] if atom.kind in ("condition", "name", "value") else []
    return found


def _inner(ground: Ground, parts: Parts) -> tuple[Condition, ...]:
    found = conditions_in(ground, parts)
    if found.versus:
        raise CannotSay("I do not see which accounts are meant")
    return found.where


def _within(parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]] | None:
    """ "Share of USD deals among open deals": what stands before is counted, what stands after is the whole."""
    among = parts.take("among")
    if parts.share_of and among is None:
        return _part_first(parts, said)
    if among is None:
        return None
    if among.start < parts.share_at:
        return _of_those(parts, said)
    whole = [s for s in said if s.atom.start > among.start]
    before = [s for s in said if s.atom.start < among.start]
    part = [s for s in before if s.where not in [w.where for w in whole]]
    parts.drop_all(s.atom for s in before if s not in part)  # "GTX Pro wins among all wins"
    return (part, whole) if part else None


def _part_first(parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]] | None:
    """ "Lost deals as a share of all deals": the part first, then the whole."""
    whole = [s for s in said if s.atom.start > parts.share_at]
    before = [s for s in said if s.atom.start < parts.share_at]
    part = [s for s in before if s.where not in [w.where for w in whole] and s.where.field in ATTRIBUTES]
    kept = [s for s in before if s not in part and s.where not in [w.where for w in whole]]
    parts.drop_all(s.atom for s in before if s not in part and s not in kept)
    return (part, [*kept, *whole]) if part else None


def _of_those(parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]] | None:
    """ "Among won deals, which part is worth more than 5000": the whole first, then the part."""
    whole = [s for s in said if s.atom.start < parts.share_at]
    after = [s for s in said if s.atom.start > parts.share_at]
    sides = [s for s in after if _compared(parts, s, said)]  # "..., the Nordics compared with US West"
    again = [s for s in after if s.where in [w.where for w in whole]]  # "of all decided deals, what part was decided"
    parts.drop_all(s.atom for s in again)
    part = [s for s in after if s not in sides and s not in again]
    return (part, [*whole, *sides]) if whole else None


def _paid(parts: Parts, said: list[Said], sharing: Sharing) -> tuple[list[Said], list[Said]]:
    """Of money the state and the currency tell the whole; what else is said of it is the counted part.

    "Share of won value by product" has none: each product has its part.
    """
    rels = _copulas(parts, said)
    are = [s for s in said if rels and s.atom.start > rels[-1].start]
    if not are and sharing is Sharing.MONEY:
        are = [s for s in said if s.where.field not in (Field.STATE, Field.CURRENCY)]
    return are, [s for s in said if all(s is not a for a in are)]


def _copulas(parts: Parts, said: Sequence[Said]) -> list[Atom]:
    """What stands before "that are" is the whole, what stands after it the part; not "how high was the share of"."""
    told = [s.atom.start for s in said] + [a.start for a in parts.all("about")]
    return [
        r for r in parts.all("rel") if r.start > parts.share_at and any(parts.share_at <= t < r.start for t in told)
    ]


def _counted(parts: Parts, said: list[Said], sorts: Sequence[Atom], bounded: Bounded) -> tuple[list[Said], list[Said]]:
    """What is counted in a share: what follows "that were", else what a record can be or not be."""
    rels = _copulas(parts, said)
    after = [s for s in said if rels and s.atom.start > rels[-1].start and not _compared(parts, s, said)]
    set_beside = bounded is not Bounded.NOT
    if bounded is Bounded.TOLD and said and not after:
        return [], said  # "part des affaires ouvertes qui ont plus de 180 jours"
    if set_beside and not after and said and _only_open(said):
        return [], said  # only open deals have an age, so that no part of the aged ones can be open
    if set_beside and said and not after and all(s.atom in sorts for s in said):
        return [], said  # "% of engaging deals that are older than 300 days": the bound is what counts
    are = after or [s for s in said if s.where.field in ATTRIBUTES]
    sorted_so = bool(are) and all(s.where.field in (Field.STATE, Field.STATUS) and s.atom in sorts for s in are)
    twice = len(said) > len({s.where for s in said})  # "closed within 30 days as a share of all closed"
    if set_beside and not after and said and not twice and said[0].atom not in sorts and _states(said):
        raise CannotSay("I do not see of what the share is asked; say: share of calls that were unanswered")
    if (parts.groups or set_beside) and not after and sorted_so:
        return [], said  # "share of won deals by product", "% of open deals that are over 50k": each one's part of them
    others = [s for s in said if s.where.field is not Field.TYPE]
    if not are and len({s.where.field for s in others}) == 1 and not parts.groups and not _all_joined(parts, others):
        are = others  # "share of deals in the engaging stage"
    if len(are) > len({s.where for s in are}):
        return [], said  # "closed within 30 days as a share of all closed": the bound is what counts
    mixed = any(s.atom in sorts for s in are) and not all(s.atom in sorts for s in are)  # "of closed deals won by Tom"
    if not after and (mixed or len({s.where.field for s in are}) > 1):
        raise CannotSay("I do not see of what the share is asked; say: share of calls that were unanswered")
    return are, [s for s in said if all(s is not a for a in are)]


def _joined(
    ground: Ground, parts: Parts, said: Sequence[Said], comparing: bool
) -> tuple[tuple[Where, ...], tuple[Where, ...]]:
    """Values of one field belong together: joined by "or" they are one condition, by "and" rows of their own."""
    where: list[Where] = []
    versus: list[Where] = []
    fields = list(dict.fromkeys((s.where.field, s.where.negated) for s in said))
    compared = any(a.text.lower().startswith(ground.words.shades.comparing) for a in parts.all("versus"))
    told = "versus" if compared and len(parts.all("versus")) == 1 else ""  # "compare calls with mails"
    members = {key: _without_whole([s for s in said if (s.where.field, s.where.negated) == key]) for key in fields}
    joined = {
        key: {joint_between(parts, a.atom, b.atom) or told for a, b in pairwise(own)} for key, own in members.items()
    }
    for wanted, wrong in fields:
        own, joints = members[wanted, wrong], joined[wanted, wrong]
        elsewhere = any(others & {"and", "versus"} for key, others in joined.items() if key != (wanted, wrong))
        distinct = list(dict.fromkeys(s.where.values for s in own))
        if len(distinct) == 1:
            where.append(own[0].where)
        elif wrong or (joints == {"or"} and (elsewhere or not comparing)):
            union = tuple(dict.fromkeys(v for s in own for v in s.where.values))
            where.append(Where(wanted, union, wrong))
        elif joints & {"", "or"} and not joints & {"and", "versus"} and (shared := _shared(own)) and "" in joints:
            where.append(Where(wanted, shared, said=own[-1].where.said))
        elif "" in joints and not joints & {"and", "versus", "or"}:
            raise CannotSay(f"no {ground.about} are {' and '.join(s.atom.text for s in own)} at once")
        elif versus:
            raise CannotSay("that compares two things at once; ask for one comparison, then for the other")
        else:
            versus = list(dict.fromkeys(s.where for s in own))
    return tuple(where), tuple(versus)


def _without_whole(sides: list[Said]) -> list[Said]:
    """ "Deals closed in May, how many won and how many lost": what takes in all the others is no side of its own."""
    all_of_them = {v for s in sides for v in s.where.values}
    parts = [s for s in sides if {*s.where.values} != all_of_them]
    return parts if len({s.where for s in parts}) > 1 else sides


def _states(said: Sequence[Said]) -> bool:
    return all(s.where.field is Field.STATE for s in said)


def _only_open(said: Sequence[Said]) -> bool:
    return _states(said) and all(s.where.values == ("open",) and not s.where.negated for s in said)


def _shared(own: Sequence[Said]) -> tuple[str, ...]:
    """The values that every mention allows: "closed won" is won."""
    first, *others = (s.where.values for s in own)
    return tuple(v for v in first if all(v in o for o in others))


def _compared(parts: Parts, one: Said, said: Sequence[Said]) -> bool:
    """The same field is named again, with a "versus" in between: it is compared, not counted."""
    others = [s for s in said if s is not one and s.where.field is one.where.field]
    others = [o for o in others if not {*one.where.values} <= {*o.where.values}]  # the whole is no other side
    return any(joint_between(parts, *sorted((one.atom, o.atom), key=lambda a: a.start)) for o in others)


def _all_joined(parts: Parts, said: Sequence[Said]) -> bool:
    """Several values that are set side by side."""
    return len(said) > 1 and all(joint_between(parts, a.atom, b.atom) for a, b in pairwise(said))
