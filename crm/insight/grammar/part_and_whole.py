"""A share's part and its whole: "lost deals among all deals", "what share of our calls was answered"."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import REGIONS, Parts, is_typed, joint_between
from crm.insight.grammar.value_conditions import Said
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import NO_SHARE, THEIRS_OR_ALL, CannotSay

ATTRIBUTES = (Field.STATE, Field.STATUS, Field.LABEL, Field.OUTCOME, Field.DIRECTION, Field.OPTED_OUT)


OWNING = (*REGIONS, Field.REP, Field.MANAGER, Field.ACCOUNT, Field.INDUSTRY, Field.CONTACT)  # whose a record is
SIDES = ("and", "versus")  # what stands on either is compared; with an "or" it is one


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


def part_and_whole(
    parts: Parts, said: list[Said], sharing: Sharing, bounded: Bounded, sorts: Sequence[Atom]
) -> tuple[list[Said], list[Said]]:
    """What is said of the part that a share counts, and of the whole. Raises CannotSay."""
    if sharing is Sharing.NOT:
        return [], said
    if sharing is not Sharing.RECORDS:
        return _paid(parts, said, sharing)
    if (parts.shared_out or parts.share_summed) and not _copulas(parts, said) and not parts.all("among"):
        return [], said
    if (inner := _part_inside(parts, said)) is not None:
        return [inner], [s for s in said if s is not inner]
    owners = [s for s in said if _stands_before(parts, s)]
    if len(owners) == 1 and not (parts.share_of or parts.all("among")):
        _refuse_own(owners[0], said)
        return owners, [s for s in said if s is not owners[0]]  # "the qualified share of leads", "Dock's share of won"
    _refuse_behind_noun(parts, said)
    return _within(parts, said) or _counted(parts, said, sorts, bounded)


def _refuse_behind_noun(parts: Parts, said: Sequence[Said]) -> None:
    """ "Part des appels sans réponse en France": of theirs, or of all such calls? Raises CannotSay.

    Where adjectives stand behind their nouns, one right behind tells which there are; "qui sont" makes it the part.
    """
    if parts.groups or not parts.share_text.startswith(parts.words.shades.adjectives_behind) or parts.all("among"):
        return
    for one in said:
        noun = parts.at(parts.place(one.atom) - 1)
        counted = noun is not None and (is_typed(noun) or noun.start in parts.nouns)
        others = [s for s in said if s.atom.start > one.atom.start and s.where.field not in ATTRIBUTES]
        if one.where.field in ATTRIBUTES and counted and others and not _all_joined(parts, others):
            raise CannotSay(THEIRS_OR_ALL)


def sorts_in(parts: Parts) -> list[Atom]:
    """What stands right before "deals" tells which there are: "won deals", "open EUR deals", "outbound calls"."""
    found: list[Atom] = []
    run: list[Atom] = []
    for atom in parts.atoms:
        found += run if atom.value in (About.DEALS, About.LEADS, About.ACTIVITIES) or is_typed(atom) else []
        run = [*run, atom] if atom.kind in ("condition", "name", "value") else []
    return found


def told_last(missing: Sequence[Said], are: Sequence[Said], sorts: Sequence[Atom]) -> bool:
    """What is missing is said of records whose sort was told before."""
    first = min(m.atom.start for m in missing)
    return all(a.atom in sorts and a.atom.start < first for a in are)


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
    part, again = _told_again([s for s in said if s.atom.start < among.start], whole)
    parts.drop_all(s.atom for s in again)  # "GTX Pro wins among all wins"
    return (part, whole) if part else None


def _part_inside(parts: Parts, said: Sequence[Said]) -> Said | None:
    """ "Share of Dock in Tom's open deals", "of calls in all activities": what stands before the "in" is the part.

    Behind it stands a noun for the records; before it there is none but the part itself.
    """
    first = said[0] if said else None
    if first is None or parts.share_of or first.atom.start < parts.share_at:
        return None
    ends = first.atom.start + len(first.atom.text)
    following = next((a for a in parts.atoms if a.start > first.atom.start), None)
    behind = [a for a in parts.nouns if a > ends]
    before = [a for a in parts.nouns if parts.share_at < a < first.atom.start]
    within = [p for p in parts.inside if ends <= p and (following is None or p < following.start)]
    if not within or before or not any(a > within[0] for a in behind):
        return None
    return first


def _part_first(parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]] | None:
    """ "Lost deals as a share of all deals": the part first, then the whole."""
    whole = [s for s in said if s.atom.start > parts.share_at]
    before, again = _told_again([s for s in said if s.atom.start < parts.share_at], whole)
    part = [s for s in before if s.where.field in ATTRIBUTES]
    parts.drop_all(s.atom for s in again)
    return (part, [*(s for s in before if s not in part), *whole]) if part else None


def _of_those(parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]] | None:
    """ "Among won deals, which part is worth more than 5000": the whole first, then the part."""
    turn = max((a.start for a in parts.all("comma") if a.start < parts.share_at), default=parts.share_at)
    whole = [s for s in said if s.atom.start < turn]
    after = [s for s in said if s.atom.start > turn]
    sides = [s for s in after if _compared(parts, s, after)]  # "..., the Nordics compared with US West"
    part, again = _told_again([s for s in after if s not in sides], whole)
    parts.drop_all(s.atom for s in again)  # "of all decided deals, what part was decided"
    return (part, [*whole, *sides]) if whole else None


def _told_again(said: Sequence[Said], whole: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """What the whole does not say, and what it says already; one of its several values is a part of it."""
    held = [w.where for w in whole if all(o.where == w.where for o in whole if o.where.field is w.where.field)]
    return [s for s in said if s.where not in held], [s for s in said if s.where in held]


def _paid(parts: Parts, said: list[Said], sharing: Sharing) -> tuple[list[Said], list[Said]]:
    """Of money the state and the currency tell the whole; what else is said of it is the counted part.

    "Share of won value by product" has none: each product has its part.
    """
    rels = _copulas(parts, said)
    are = [s for s in said if rels and s.atom.start > rels[-1].start]
    are = are or [s for s in said if _owns_share(parts, s)]
    _refuse_money_inside(parts, said, are)
    if not are and sharing is Sharing.MONEY:
        are = [s for s in said if s.where.field not in (Field.STATE, Field.CURRENCY)]
    return are, [s for s in said if all(s is not a for a in are)]


def _refuse_money_inside(parts: Parts, said: Sequence[Said], are: Sequence[Said]) -> None:
    """ "Share of won value in DACH": DACH's part of it, or the won part of theirs? Raises CannotSay."""
    for one in said if not are else ():
        named = one.where.field not in (Field.STATE, Field.CURRENCY, Field.STAGE)
        stated = any(s.where.field is Field.STATE and parts.share_at < s.atom.start < one.atom.start for s in said)
        if named and stated and any(0 < one.atom.start - at <= len("in the ") for at in parts.within):
            raise CannotSay(NO_SHARE)


def _owns_share(parts: Parts, one: Said) -> bool:
    """ "GTX Pro's share of total revenue by quarter": whose share it is stands right before the word."""
    return _stands_before(parts, one) and one.where.field not in (Field.STATE, Field.CURRENCY)


def _stands_before(parts: Parts, one: Said) -> bool:
    """Right before the word for a share."""
    behind = [a for a in parts.atoms if one.atom.start < a.start < parts.share_at]
    return 0 <= one.atom.start < parts.share_at and not behind


def _refuse_own(owner: Said, said: Sequence[Said]) -> None:
    """ "Tom's share of unanswered calls": of all of them, or of his own? Raises CannotSay."""
    people = owner.where.field in (Field.REP, Field.MANAGER)
    if people and any(s.where.field in ATTRIBUTES for s in said):
        raise CannotSay(NO_SHARE)


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
    _refuse_told_of_either(after)
    if after and not set_beside and all(_implied(s, said) for s in after):
        raise CannotSay(NO_SHARE)  # "won deals that were closed in Q3"
    if not after and (inner := _inside(said, sorts)) is not None:
        if set_beside:
            raise CannotSay(NO_SHARE)  # "open deals in Negotiation older than 90 days"
        return [inner], [s for s in said if s is not inner]
    if set_beside and after and all(_implied(s, said) for s in after):
        parts.drop_all(s.atom for s in after)
        return [], [s for s in said if s not in after]  # "lost deals that were lost within 90 days"
    if bounded is Bounded.TOLD and said and not after:
        return [], said  # "part des affaires ouvertes qui ont plus de 180 jours"
    if set_beside and not after and said and _only_open(said):
        return [], said  # only open deals have an age, so that no part of the aged ones can be open
    if set_beside and said and not after and all(s.atom in sorts or is_typed(s.atom) for s in said):
        return [], said  # "% of engaging deals that are older than 300 days": the bound is what counts
    are = after or [s for s in said if s.where.field in ATTRIBUTES]
    sorted_so = bool(are) and all(s.where.field in (Field.STATE, Field.STATUS) and s.atom in sorts for s in are)
    twice = len(said) > len({s.where for s in said})  # "closed within 30 days as a share of all closed"
    if set_beside and not after and said and not twice and said[0].atom not in sorts and _states(said):
        raise CannotSay(NO_SHARE)
    if (parts.groups or set_beside) and not after and sorted_so:
        return [], said  # "share of won deals by product", "% of open deals that are over 50k": each one's part of them
    others = [s for s in said if s.where.field is not Field.TYPE]
    if not are and len({s.where.field for s in others}) == 1 and not parts.groups and not _all_joined(parts, others):
        are = others  # "share of deals in the engaging stage"
    if len(are) > len({s.where for s in are}):
        return [], said  # "closed within 30 days as a share of all closed": the bound is what counts
    told_so = bool(are) and all(s.where.field in ATTRIBUTES and s.atom in sorts for s in are)
    if told_so and not after and not parts.groups and _shares_of(parts, said, sorts):
        raise CannotSay(THEIRS_OR_ALL)
    mixed = any(s.atom in sorts for s in are) and not all(s.atom in sorts for s in are)  # "of closed deals won by Tom"
    if not after and (mixed or len({s.where.field for s in are}) > 1):
        raise CannotSay(NO_SHARE)
    return are, [s for s in said if all(s is not a for a in are)]


def _refuse_told_of_either(after: Sequence[Said]) -> None:
    """ "Share of calls that were unanswered in DACH": such calls of all, or of theirs? Raises CannotSay.

    "Share of calls in DACH that were unanswered" says it.
    """
    being = any(s.where.field in ATTRIBUTES for s in after)
    if being and any(s.where.field in OWNING for s in after):
        raise CannotSay(THEIRS_OR_ALL)


def _shares_of(parts: Parts, said: Sequence[Said], sorts: Sequence[Atom]) -> bool:
    """ "What share of open deals does Marco have", "what share of won deals went to retail": of all, or of his own?"""
    people = [s for s in said if s.where.field not in (*ATTRIBUTES, Field.TYPE, Field.CURRENCY)]
    apart = [s for s in people if s.atom not in sorts or s.atom.start < parts.share_at]
    return bool(apart) and not _all_joined(parts, apart)


def _implied(one: Said, said: Sequence[Said]) -> bool:
    """ "Won deals that closed within 60 days": who is won is closed."""
    others = [s.where for s in said if s is not one and s.where.field is one.where.field]
    return any({*o.values} <= {*one.where.values} and o.negated == one.where.negated for o in others)


def _inside(said: Sequence[Said], sorts: Sequence[Atom]) -> Said | None:
    """What stands behind the records whose sort was told before them.

    "Share of our closed deals we win", "of open deals still in Negotiation", "of outbound calls with outcome busy".
    """
    behind = [s for s in said if s.where.field in (Field.STAGE, Field.OUTCOME) and s.atom not in sorts]
    sorted_before = [s for s in said if s.atom in sorts and s.where.field in ATTRIBUTES]
    if behind and sorted_before and all(s.atom.start < behind[0].atom.start for s in sorted_before):
        if len(behind) > 1:
            raise CannotSay(NO_SHARE)  # "still in Negotiation or Proposal"
        return behind[0]
    states = [s for s in said if s.where.field is Field.STATE]
    if len(states) != 2 or states[0].atom not in sorts or states[1].atom in sorts:
        return None
    whole, part = states
    return part if part is said[-1] and {*part.where.values} < {*whole.where.values} else None


def _states(said: Sequence[Said]) -> bool:
    return all(s.where.field is Field.STATE for s in said)


def _only_open(said: Sequence[Said]) -> bool:
    return _states(said) and all(s.where.values == ("open",) and not s.where.negated for s in said)


def _compared(parts: Parts, one: Said, said: Sequence[Said]) -> bool:
    """The same field is named again, with a "versus" in between: it is compared, not counted."""
    others = [s for s in said if s is not one and s.where.field is one.where.field]
    others = [o for o in others if not {*one.where.values} <= {*o.where.values}]  # the whole is no other side
    return any(joint_between(parts, *sorted((one.atom, o.atom), key=lambda a: a.start)) in SIDES for o in others)


def _all_joined(parts: Parts, said: Sequence[Said]) -> bool:
    """Several values that are set side by side."""
    return len(said) > 1 and all(joint_between(parts, a.atom, b.atom) for a, b in pairwise(said))
