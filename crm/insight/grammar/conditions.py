"""Which records a question means: what must hold, what a share counts, what is set side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crm.insight.frame import About, Condition, Dated, Field, Has, Where
from crm.insight.grammar.accounts_by_contact import having_in
from crm.insight.grammar.part_and_whole import Bounded, Sharing, part_and_whole, sorts_in, told_last
from crm.insight.grammar.parts import SORTING, Parts, joint_between
from crm.insight.grammar.times import periods_in
from crm.insight.grammar.value_conditions import Said, drop_head, drop_used, missing_in, said_in
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import NO_SHARE, CannotSay, TwoFigures

COMPARING = frozenset({"versus", "than", "more", "fewer", "change"})


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions of a frame; `are` makes the counted part of a share, `versus` rows of a comparison."""

    where: tuple[Condition, ...]
    are: tuple[Condition, ...] = ()
    versus: tuple[Condition, ...] = ()


def conditions_in(
    context: ReadingContext, parts: Parts, sharing: Sharing = Sharing.NOT, bounded: Bounded = Bounded.NOT
) -> Found:
    """Every condition, its atoms used up. Raises CannotSay."""
    sorts = sorts_in(parts)
    drop_head(context, parts)
    has = having_in(context, parts, _inner) if context.about in (About.ACCOUNTS, About.REPS) else ()
    said = _without_gloss(parts, said_in(context, parts))
    missing = list(missing_in(context, parts))
    if sharing is not Sharing.NOT:
        _refuse_unclear_share(parts, said, missing, has)
    are, said = part_and_whole(parts, said, Sharing.NOT if has else sharing, bounded, sorts)
    if parts.all("expected") and are and sharing is Sharing.RECORDS and all(s.atom in sorts for s in are):
        are, said = [], [*are, *said]  # "what share of open deals have no close date"
    if missing and told_last(missing, are, sorts):
        are, said = [], [*are, *said]  # "what share of engaging deals have no account"
    elif missing and are and missing[0].atom.start < are[0].atom.start and not (parts.all("among", "rel")):
        raise CannotSay(NO_SHARE)  # "share of leads without an email from webinars"
    comparing = bool(parts.kinds() & COMPARING) or bool(parts.extreme)
    where, versus = _joined(context, parts, _together(parts, said, sorts), comparing)
    periods, spans = periods_in(context, parts, bool(parts.kinds() & COMPARING), bool(versus))
    side_by_side = bool(versus or spans)
    compared = parts.all(*(COMPARING - {"change"}))
    told = context.words.shades.compared if parts.groups else ()
    parts.drop_all(a for a in compared if side_by_side or any(w in a.text.lower() for w in told))
    if versus and spans:
        raise CannotSay("I can compare periods or groups, not both at once")
    drop_used(parts, [s.atom for s in (*said, *are)])
    counted: tuple[Condition, ...] = () if sharing is Sharing.NOT else has
    kept = has if sharing is Sharing.NOT else ()
    if sharing is Sharing.RECORDS and not (are or counted):
        counted, missing = tuple(m.where for m in missing), []  # "what share of deals have no account"
    ever = tuple(p for p in periods if not (p.missing or p.period.start or p.period.end))  # "that were contacted"
    undated = tuple(p for p in periods if p.missing or p in ever)
    contacted = any(p.dated is Dated.CONTACTED and p not in undated for p in periods)
    if sharing is Sharing.RECORDS and ((not (are or counted) and contacted) or (are and ever)):
        raise CannotSay(NO_SHARE)  # "share of leads contacted in Q3 by rep", "of qualified leads that were contacted"
    if sharing is Sharing.RECORDS and undated and not (are or counted):
        counted, periods = undated, tuple(p for p in periods if p not in undated)  # "% of leads never contacted"
    absent = tuple(m.where for m in missing)
    return Found((*where, *absent, *periods, *kept), (*_united(s.where for s in are), *counted), versus or spans)


def _refuse_unclear_share(parts: Parts, said: Sequence[Said], missing: Sequence[Said], has: Sequence[Has]) -> None:
    """Raises CannotSay where two things are said of which either may be the part.

    "Accounts with calls that have no won deal", "leads with an email that were never contacted".
    """
    undated = [a for a in parts.all("contacted", "overdue") if parts.place(a)]
    first = min((a.start for a in parts.all("with", "not", "rel")), default=0)
    beside = [s for s in said if has and s.atom.start > max(first, parts.share_at)]
    if len(has) > 1 or beside or len(missing) + bool(undated) > 1 or parts.all("overdue"):
        raise CannotSay(NO_SHARE)
    if any(m.atom.start < among.start for m in missing for among in parts.all("among")):
        raise CannotSay(NO_SHARE)  # "leads with no email among webinar leads"


def _united(conditions: Iterable[Where]) -> list[Where]:
    """A record has one state, one outcome: "cancelled or a no-show" is either; "closed won" is won."""
    united: dict[tuple[Field, bool], Where] = {}
    for one in conditions:
        before = united.get((one.field, one.negated))
        shared = () if before is None else tuple(v for v in before.values if v in one.values)
        values = one.values if before is None else shared or (*before.values, *one.values)
        said = one.said if before is None or shared else " or ".join(filter(None, (before.said, one.said)))
        united[one.field, one.negated] = replace(one, values=values, said=said)
    return list(united.values())


def _inner(context: ReadingContext, parts: Parts) -> tuple[Condition, ...]:
    found = conditions_in(context, parts)
    if found.versus:
        raise CannotSay("I do not see which accounts are meant")
    return found.where


def _together(parts: Parts, said: Sequence[Said], sorts: Sequence[Atom]) -> list[Said]:
    """ "Healthcare and retail leads by rep": both sorts of lead together, for the rows are split by something else.

    Two states or two kinds are set side by side all the same: "won and lost deals by rep".
    """
    found: list[Said] = []
    for one in said:
        last = found[-1] if found else None
        if last is not None and parts.groups and one.atom in sorts and _alike(parts, last, one):
            both = tuple(dict.fromkeys((*last.where.values, *one.where.values)))
            found[-1:] = [replace(s, where=replace(s.where, values=both)) for s in (last, one)]
        else:
            found.append(one)
    return found


def _said_anyhow(members: Mapping[tuple[Field, bool], Sequence[Said]], wanted: Field) -> bool:
    """ "Emails this week, tasks not counted": what is counted leaves out the others anyhow."""
    kept = {v for s in members.get((wanted, False), ()) for v in s.where.values}
    left_out = {v for s in members[wanted, True] for v in s.where.values}
    return bool(kept) and bool(left_out) and not kept & left_out


def _alike(parts: Parts, first: Said, second: Said) -> bool:
    """Two values of one field with nothing but an "and" between them."""
    between = [a.kind for a in parts.atoms if first.atom.start < a.start < second.atom.start]
    return first.where.field is second.where.field and second.where.field in SORTING and between == ["and"]


def _joined(
    context: ReadingContext, parts: Parts, said: Sequence[Said], comparing: bool
) -> tuple[tuple[Where, ...], tuple[Where, ...]]:
    """Values of one field belong together: joined by "or" they are one condition, by "and" rows of their own."""
    where: list[Where] = []
    versus: list[Where] = []
    fields = list(dict.fromkeys((s.where.field, s.where.negated) for s in said))
    compared = any(a.text.lower().startswith(context.words.shades.comparing) for a in parts.all("versus"))
    told = "versus" if compared and len(parts.all("versus")) == 1 else ""  # "compare calls with mails"
    members = {key: _without_whole([s for s in said if (s.where.field, s.where.negated) == key]) for key in fields}
    joined = {
        key: {joint_between(parts, a.atom, b.atom) or told for a, b in pairwise(own)} for key, own in members.items()
    }
    for wanted, wrong in fields:
        if wrong and _said_anyhow(members, wanted):
            continue
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
            raise CannotSay(f"no {context.about} are {' and '.join(s.atom.text for s in own)} at once")
        elif versus:
            raise TwoFigures("that compares two things at once; ask for one comparison, then for the other")
        else:
            versus = list(dict.fromkeys(s.where for s in own))
    return tuple(where), tuple(versus)


def _without_whole(sides: list[Said]) -> list[Said]:
    """ "Deals closed in May, how many won and how many lost": what takes in all the others is no side of its own."""
    all_of_them = {v for s in sides for v in s.where.values}
    inner = [s for s in sides if {*s.where.values} != all_of_them]
    return inner if len({s.where for s in inner}) > 1 else sides


def _without_gloss(parts: Parts, said: list[Said]) -> list[Said]:
    """ "Decided deals, won or lost" are just those."""
    for whole, first, last in zip(said, said[1:], said[2:], strict=False):
        both = {*first.where.values, *last.where.values}
        alike = whole.where.field is first.where.field is last.where.field
        if alike and {*whole.where.values} == both and joint_between(parts, first.atom, last.atom) == "or":
            inner = [a for a in parts.atoms if first.atom.start < a.start < last.atom.start]
            parts.drop_all([first.atom, *inner, last.atom])
            return [s for s in said if s is not first and s is not last]
    return said


def _shared(own: Sequence[Said]) -> tuple[str, ...]:
    """The values that every mention allows: "closed won" is won."""
    first, *others = (s.where.values for s in own)
    return tuple(v for v in first if all(v in o for o in others))
