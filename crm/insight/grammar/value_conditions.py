"""The values that a question names for its records: states, outcomes, names, what is missing, each negated or not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crm.insight.frame import OF, TIMES, About, Field, Where
from crm.insight.grammar.lead_arrivals import take_arrivals
from crm.insight.grammar.parts import Parts, is_plural, negated
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import CannotSay, unfit
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

OF_ACCOUNT = (
    Field.INDUSTRY,
    Field.ACCOUNT_REGION,
    Field.REP_REGION,
    Field.ACCOUNT,
    Field.PARENT,
    Field.COMPANY_SIZE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A condition with the atom that said it."""

    where: Where
    atom: Atom


def drop_head(context: ReadingContext, parts: Parts) -> None:
    """What is counted was read already; the word for it says nothing more."""
    for atom in parts.all("about"):
        if atom.value is context.about:
            parts.drop(atom)
        elif context.about is About.LEADS and atom.value is About.CONTACTS:
            parts.atoms[parts.place(atom)] = replace(atom, kind="contacted")  # "leads that Tom did contact"
    if context.about is About.REPS and (first := parts.at(0)) is not None and first.value == Field.REP:
        parts.drop(first)
    if context.about is About.LEADS:
        take_arrivals(parts)
    for mail in parts.all("condition") if context.about is About.LEADS else ():
        if isinstance(mail.value, Entry) and mail.value.values == ("email",):
            parts.atoms[parts.place(mail)] = replace(mail, kind="field", value=Field.EMAIL.value)  # "without email"


def said_in(context: ReadingContext, parts: Parts) -> list[Said]:
    """Every condition on a value, in order. Raises CannotSay."""
    found: list[Said] = []
    for atom in parts.all("condition", "name", "value", "created", "contacted", "field"):
        if any(a is atom for a in parts.atoms):
            found += _meant(context, parts, atom)
    found = _spread(parts, found)
    for reply in parts.all("replying") if context.about in (About.DEALS, About.LEADS, About.CONTACTS) else ():
        raise CannotSay(f"“{reply.text}” says nothing about {context.about}")  # "deals of accounts that did not answer"
    for owner in parts.all("about"):
        if owner.value is About.ACCOUNTS and _described(context, parts, owner):
            parts.drop(owner)  # "won deals of accounts in retail"
    for field_atom in parts.all("field"):
        told = [s for s in found if _same(field_atom, s.where.field)]
        if told and not _is_given(parts, field_atom, told):
            parts.drop(field_atom)  # "in the retail sector"
    return found


def _is_given(parts: Parts, noun: Atom, told: Iterable[Said]) -> bool:
    """ "Leads with a company size, what part is 1000+": the noun by itself says that there is one, or none."""
    place = parts.place(noun)
    before, beside = parts.at(place - 1), (parts.at(place - 1), parts.at(place + 1))
    return before is not None and before.kind in ("with", "not") and not any(s.atom is a for s in told for a in beside)


def _spread(parts: Parts, said: list[Said]) -> list[Said]:
    """ "Excluding retail and software" leaves out both: a "not" holds for what is joined to its value."""
    spread: list[Said] = []
    for one in said:
        last = spread[-1] if spread else None
        alike = last is not None and (last.where.field is one.where.field or _leaves_out(parts, last))
        joined = last is not None and alike and last.where.negated
        if last is not None and joined and parts.place(one.atom) - parts.place(last.atom) == 2:
            between = parts.at(parts.place(last.atom) + 1)
            same = last.where.field is one.where.field  # "except Tom, who made calls" leaves out no calls
            if between is not None and between.kind in ("and", "or", *(["comma"] if same else [])):
                one = replace(one, where=replace(one.where, negated=True))
        spread.append(one)
    return spread


def _leaves_out(parts: Parts, said: Said) -> bool:
    """ "Except lost ones and Tom's" leaves out both, of whatever kind they are."""
    place = parts.place(said.atom) - 1
    while (before := parts.at(place)) is not None and before.kind not in ("not", "and", "or", "comma"):
        place -= 1
    return before is not None and before.text.lower().startswith(parts.words.shades.excepting)


def missing_in(context: ReadingContext, parts: Parts) -> Iterable[Said]:
    """ "without an account", "that have no industry", "leads with an email"."""
    for atom in parts.all("field", "about"):
        wanted = Field.ACCOUNT if atom.value is About.ACCOUNTS else None
        if atom.kind == "field":
            name = str(atom.value)
            wanted = context.held.region(context.about) if name == "region" else Field(name)
        before = parts.at(parts.place(atom) - 1)
        if wanted is None or before is None or before.kind not in ("not", "with") or wanted not in OF[context.about]:
            continue
        wrong = before.kind == "not"
        yield Said(Where(wanted, (), negated=not wrong), atom)
        parts.drop_all([before, atom])


def drop_used(parts: Parts, atoms: Iterable[Atom]) -> None:
    """The atoms, each with the "not" that negated it."""
    for atom in atoms:
        if any(a is atom for a in parts.atoms):
            before = parts.at(parts.place(atom) - 1)
            while before is not None and before.kind in ("rel", "with"):
                before = parts.at(parts.place(before) - 1)
            if before is not None and before.kind == "not":
                parts.drop(before)
            parts.drop(atom)


def _described(context: ReadingContext, parts: Parts, owner: Atom) -> bool:
    """The accounts are told by a branch, a region, a name, which the records have too; before or after the word."""
    place = parts.place(owner)
    after = parts.at(place + 1)
    if after is not None and after.kind == "not":
        after = parts.at(place + 2)  # "customers outside the United States"
    beside = [a for a in (after, parts.at(place - 1)) if a is not None]
    named = [w for a in beside if (w := context.named(a)) is not None]
    return context.about is not About.ACCOUNTS and any(w.field in OF_ACCOUNT for w in named)


def _same(atom: Atom, wanted: Field) -> bool:
    if atom.value == "region":
        return wanted in (Field.ACCOUNT_REGION, Field.REP_REGION)
    if atom.value == Field.ACCOUNT_REGION:
        return wanted in (Field.ACCOUNT_REGION, Field.LOCATION)
    return atom.value == wanted or (atom.value == "type" and wanted is Field.DIRECTION)


def _meant(context: ReadingContext, parts: Parts, atom: Atom) -> Iterable[Said]:
    wrong = negated(parts, atom)
    named = context.named(atom)
    before = parts.at(parts.place(atom) - 1)
    owner = named or (atom.value if isinstance(atom.value, Where) else None)
    if before is not None and before.value == "parent" and owner is not None and owner.field is not Field.PARENT:
        held = context.held.values.get((context.about, Field.PARENT), frozenset())
        owner = Where(Field.PARENT, tuple(v for v in owner.values if v in held), wrong)
        if not owner.values:
            raise CannotSay("that company has no subsidiaries here")
        yield Said(owner, atom)
    elif atom.kind == "value" and isinstance(atom.value, Where):
        yield Said(replace(atom.value, negated=wrong), atom)
    elif named is not None and named.field is Field.LOSS_REASON and not _loses(parts):
        raise unfit(atom.text)  # "price by product" tells of no loss
    elif named is not None and _is_name(context, parts, atom, named):
        named = _of_team(context, parts, atom) or named
        yield Said(Where(named.field, named.values, wrong), atom)
    elif atom.kind == "name":
        raise CannotSay(f"“{atom.text}” says nothing about {context.about} here")
    elif isinstance(atom.value, Entry):
        yield from (
            Said(replace(w, negated=w.negated != wrong), atom) for w in _entry(context, parts, atom, atom.value)
        )


def _loses(parts: Parts) -> bool:
    """A loss, or the reason for one, is spoken of."""
    lost = parts.words.state("lost")
    return any(a.value == lost or a.value == Field.LOSS_REASON for a in parts.atoms) or (
        Field.LOSS_REASON.value in parts.groups
    )


def _is_name(context: ReadingContext, parts: Parts, atom: Atom, named: Where) -> bool:
    """Words that are also a common word are a name where the records have such a value."""
    if atom.kind == "created" and context.held.leads_dated and _timed(parts):
        return False  # "new leads per week" came in that week, whatever their status is now
    return atom.kind == "name" or (named.field is Field.STATUS and context.about is About.LEADS)


def _of_team(context: ReadingContext, parts: Parts, atom: Atom) -> Where | None:
    """ "Ingrid's reps", "the team of Ingrid": the people whom a manager leads, not what she does herself."""
    leads = [v for f, v in atom.names if f is Field.MANAGER and v in context.held.values.get((context.about, f), ())]
    place = parts.place(atom)
    people = [a for a in (parts.at(place + 1), parts.at(place - 1)) if a is not None and a.kind == "field"]
    team = next((a for a in people if a.value in (Field.REP, Field.MANAGER)), None)
    led = team is not None and team.value == Field.REP and is_plural(team) and team.start > atom.start
    if led and not leads and any(f is Field.REP_REGION for f, _ in atom.names) and team is not None:
        parts.drop(team)  # "West reps"
        return Where(Field.REP_REGION, tuple(v for f, v in atom.names if f is Field.REP_REGION))
    if led and not leads:
        raise CannotSay(f"“{atom.text}” says nothing about {context.about} here")
    if not leads or team is None or (team.value == Field.REP and not is_plural(team)):
        return None
    parts.drop(team)
    return Where(Field.MANAGER, tuple(leads))


def _timed(parts: Parts) -> bool:
    rows = (*parts.groups, parts.asked)  # "which month had the most new leads"
    return bool(parts.all("period")) or any(row in TIMES for row in rows)


def _entry(context: ReadingContext, parts: Parts, atom: Atom, entry: Entry) -> Iterable[Where]:
    wanted, values = Field(entry.field), entry.values
    if wanted is Field.STATE and context.about is About.ACTIVITIES and entry.values == ("open",):
        wanted, values = Field.OUTCOME, context.outcomes("not started")
    elif entry.group:
        values = context.outcomes(entry.group)
    if wanted is Field.LABEL and context.about is About.DEALS and entry.values == ("ENGAGED",):
        parts.atoms[parts.place(atom)] = replace(atom, kind="created")
        return
    if wanted is Field.STATE and context.about is About.DEALS and len(values) == 2 and _expected(context, parts, atom):
        parts.atoms[parts.place(atom)] = replace(atom, kind="expected")
        return
    if wanted not in OF[context.about]:
        raise CannotSay(f"“{atom.text}” says nothing about {context.about}")
    yield Where(wanted, values, said=entry.group)
    if entry.also:
        yield Where(Field.DIRECTION, (entry.way,), entry.way_denied)


def _expected(context: ReadingContext, parts: Parts, atom: Atom) -> bool:
    """ "Open deals closing in December", "deals closing next month": the day on which they should close."""
    still_open = any(isinstance(a.value, Entry) and a.value.values == ("open",) for a in parts.atoms)
    periods = [a.value for a in parts.all("period") if isinstance(a.value, Period)]
    ahead = any(p.start and context.as_of and p.start > context.as_of for p in periods)
    closing = any(w in atom.text.lower() for w in context.words.shades.closing)
    return (still_open or ahead) and closing
