"""Accounts by what was done with them: "that we mailed but never heard from", "without an open deal"."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from crm.insight.frame import About, Condition, Dated, Field, Has, When, Where
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.clause_guards import refuse_doers, refuse_uncounted
from crm.insight.grammar.own_denials import own_denials
from crm.insight.grammar.parts import OF_DEALS, Parts, is_plural, is_typed, says_again
from crm.insight.grammar.time_guards import refuse_untold_times
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import NO_SHARE, SO_MANY, CannotSay, unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry

JOINTS = ("but", "and", "not", "with")
KEPT = ("or", "and", "created", "expected", "period")
FAILED = ("has not", "hasn t", "hasnt", "did not", "didn t", "didnt")  # with one of us before, who is the subject
DONE = ("type", "state", "direction")  # conditions that say by themselves what was done
Inner = Callable[[ReadingContext, Parts], tuple[Condition, ...]]
"""Reads the conditions on the activities or deals of one clause."""


def having_in(context: ReadingContext, parts: Parts, inner: Inner) -> tuple[Has, ...]:
    """A condition for each clause that speaks of activities or deals. Raises CannotSay."""
    done = [a.start for a in parts.atoms if _doing(a)]
    own = own_denials(parts, min(done)) if done else []
    if own and parts.share_text:
        raise CannotSay(NO_SHARE)
    clauses = _clauses(parts)
    if not any(_doing(a) for clause in clauses for a in clause):
        if parts.had is not None:
            raise CannotSay(SO_MANY)
        return ()
    if "or" in parts.kinds() and len(clauses) > 1:
        raise CannotSay("I can ask for accounts with one thing and with another, not with one or the other")
    clauses = [_with_state(before, c) for before, c in zip([[], *clauses], clauses, strict=False)]
    clauses = [_with_state(behind, c) for behind, c in zip([*clauses[1:], []], clauses, strict=False)]
    for before, clause in pairwise(clauses):
        _refuse_undenied(before, clause)
        _refuse_all_but(before, clause, context.words.shades.excepting)
        _refuse_own_denied(before, clause, context.words.words["but"])
        before += _told_of_both(before, clause)
    told = [c for c in clauses if any(_doing(a) for a in c)]
    refuse_doers(told, [[a for a in c if _doer(c, a)] for c in told])
    counted = _counted(told, parts.had)
    if parts.had is not None:
        refuse_uncounted(told, counted)
    found = [has for c in told for has in _numbered(_has(context, c, _shared(clauses, c), inner), c, counted, parts)]
    joints = (*JOINTS, *KEPT)
    used = [a for c in (clauses[0], *told) for a in c if _doing(a) or _doer(c, a) or a.kind in joints]
    beside = list(pairwise(parts.atoms))
    again = [b for a, b in beside if _same_field(a, b)] + [a for a, b in beside if _same_field(b, a)]
    parts.drop_all([*used, *again])
    parts.atoms += own
    return tuple(found)


def _counted(clauses: Sequence[list[Atom]], bound: Bound | None) -> list[Atom]:
    """The clause whose records are counted: that of what stands right behind the number."""
    if bound is None:
        return []
    return next((c for c in clauses if any(_doing(a) and a.start > bound.at for a in c)), [])


def _numbered(has: Has, clause: list[Atom], counted: list[Atom], parts: Parts) -> Iterable[Has]:
    """As many as its bound says: at least the lower one, and fewer than one more than the higher. Raises CannotSay."""
    bound = parts.had
    if bound is None or clause is not counted:
        return [has]
    if has.negated:
        raise CannotSay("say of each whether they have it: “without calls and without mails”, or “but with mails”")
    different = next((Field(str(a.value)) for a in clause if a.kind == "different"), None)
    if different is not None and (different is not Field.PRODUCT or not has.where):
        raise CannotSay(SO_MANY)
    has = replace(has, different=different)
    found = []
    if bound.low is not None:
        found.append(replace(has, least=int(bound.low) + bound.strict))
    if bound.high is not None:
        found.append(replace(has, negated=True, least=int(bound.high) + (not bound.strict)))
    return found


def _clauses(parts: Parts) -> list[list[Atom]]:
    """The question cut where a new doing begins: at a "but", "and", "not" or "with"."""
    clauses: list[list[Atom]] = [[]]
    for place, atom in enumerate(parts.atoms):
        ahead = parts.atoms[place + 1 :]
        ends = next((i for i, a in enumerate(ahead) if a.kind in JOINTS), len(ahead))
        opens = any(_doing(a) for a in ahead[:ends]) or (bool(ahead) and ahead[0].kind == "not")
        if atom.kind in JOINTS and any(_doing(a) for a in clauses[-1]) and opens and not _told_of(atom, ahead[:ends]):
            clauses.append([])
        clauses[-1].append(atom)
    return clauses


def _told_of_both(before: Sequence[Atom], clause: Sequence[Atom]) -> list[Atom]:
    """ "Both a won and a lost deal for Dock": the product is that of both, where only the last one names the deal."""
    states = [a for a in before if isinstance(a.value, Entry) and a.value.field == Field.STATE]
    nouns = [a for a in before if a.value is About.DEALS or _is_of_deals(a)]
    if len(states) != 1 or nouns or clause[0].kind != "and" or not any(a.value is About.DEALS for a in clause):
        return []
    return [a for a in clause if _is_of_deals(a)]


def _is_of_deals(atom: Atom) -> bool:
    """Names a product, a series or a stage, and is no word for a state."""
    return not isinstance(atom.value, Entry) and any(f in OF_DEALS for f, _ in atom.names)


def _told_of(joint: Atom, clause: Sequence[Atom]) -> bool:
    """ "A meeting with outcome completed": what came of it is told of what stands before."""
    first = next((a for a in clause if a.kind != "field"), None)
    outcome = first is not None and isinstance(first.value, Entry) and first.value.field == Field.OUTCOME
    return joint.kind == "with" and outcome and not any(a.kind == "about" or is_typed(a) for a in clause)


def _with_state(before: Sequence[Atom], clause: list[Atom]) -> list[Atom]:
    """ "That bought Dock but not Care": what stands alone is told by the state of what was told before."""
    alone = any(_doing(a) for a in clause) and all(a.names and not a.value for a in clause if _doing(a))
    states = [a for a in before if isinstance(a.value, Entry) and a.value.field == "state"]
    return [*clause, *states] if alone else clause


def _refuse_undenied(before: Sequence[Atom], clause: Sequence[Atom]) -> None:
    """ "Without calls and mails": does it leave out both? Raises CannotSay."""
    denied = any(a.kind == "not" for a in before) and any(_doing(a) for a in clause)
    if denied and clause[0].kind == "and" and not any(a.kind in ("not", "with", "rel") for a in clause):
        raise CannotSay("say of each whether they have it: “without calls and without mails”, or “but with mails”")


def _refuse_all_but(before: Sequence[Atom], clause: Sequence[Atom], excepting: tuple[str, ...]) -> None:
    """ "With no activity except mails" may have mails. Raises CannotSay."""
    excepted = next((a for a in clause if a.kind == "not" and a.text.lower().startswith(excepting)), None)
    if excepted is not None and any(_doing(a) for a in before):
        raise unfit(excepted.text)


def _refuse_own_denied(before: Sequence[Atom], clause: Sequence[Atom], buts: str) -> None:
    """ "With an open deal not in Negotiation" may have one in it, too. Raises CannotSay."""
    opening = clause[0] if clause else None
    verbs = [
        a for a in clause[1:] if isinstance(a.value, Entry) and a.value.field in DONE and a.start > clause[0].start
    ]
    noun = bool(verbs) or any(a.kind == "about" for a in clause)
    joined = bool(before) and before[-1].kind in ("but", "and", "comma")
    joined = joined or (opening is not None and plain(opening.text.split()[0]) in map(str.strip, buts.split(",")))
    if opening is not None and opening.kind == "not" and not noun and not joined and any(_doing(a) for a in before):
        raise unfit(opening.text)


def _shared(clauses: Sequence[Sequence[Atom]], own: Sequence[Atom]) -> list[Atom]:
    """The only period of a question, for the clauses beside its own: "mailed but never heard from this year".

    What a deal is, as open, it is today, whenever something else was done.
    """
    told = [(c, a) for c in clauses for a in c if a.kind == "period"]
    if len(told) != 1 or told[0][0] is own:
        return []
    there, here = _about(told[0][0]), _about(own)
    if here is About.DEALS and _is_open(own):
        return []
    if there is None or there is here:
        return [told[0][1]]
    raise CannotSay(f"I do not see for which of the two “{told[0][1].text}” is; say it of both, or leave it out")


def _about(clause: Sequence[Atom]) -> About | None:
    """Whether a clause speaks of activities or of deals."""
    told = [a.value.about if isinstance(a.value, Entry) else a.value for a in clause]
    return next((v for v in told if v is About.ACTIVITIES or v is About.DEALS), None)


def _is_open(clause: Sequence[Atom]) -> bool:
    states = [a.value.values for a in clause if isinstance(a.value, Entry) and a.value.field == "state"]
    return bool(states) and all("open" in values for values in states)


def _has(context: ReadingContext, clause: Sequence[Atom], shared: Sequence[Atom], inner: Inner) -> Has:
    told = [a.value.about for a in clause if isinstance(a.value, Entry)]
    told += [a.value for a in clause if a.kind == "about" and isinstance(a.value, About)]
    if len({*told}) > 1 and any(a.kind in ("or", "not") for a in clause):
        raise CannotSay("I can ask for accounts with one thing and with another, not with one or the other")
    about = told[0] if told else About.DEALS  # a product or a stage that stands alone: "who has GTX Pro"
    if about not in context.held.present:
        raise CannotSay(f"no {about} have been imported")
    wrong = any(a.kind == "not" for a in clause)
    plain = Parts([a for a in clause if _doing(a) or _doer(clause, a) or a.kind in KEPT], context.words)
    own = [a for a in clause if a.kind == "period"] or shared
    plain.atoms += [a for a in own if a not in plain.atoms]
    if about is About.DEALS:
        refuse_untold_times(plain, None, context.as_of)
    found = inner(replace(context, about=about), plain)
    kept = tuple(c for c in found if isinstance(c, (Where, When)))
    dated = Dated.DATED if about is About.ACTIVITIES else _state_date(kept)
    kept = tuple(replace(c, dated=dated) if isinstance(c, When) and c.dated is Dated.DATED else c for c in kept)
    return Has(about, kept, wrong)


def _doing(atom: Atom) -> bool:
    """Speaks of activities or deals, not of the account itself."""
    if isinstance(atom.value, Entry):
        return atom.value.about in (About.ACTIVITIES, About.DEALS, About.CONTACTS)
    if any(f in (*OF_DEALS, Field.OUTCOME) for f, _ in atom.names):
        return True
    if atom.kind == "about" and atom.value is About.CONTACTS:
        return is_plural(atom)  # those of an account; "without contact" is another matter
    return atom.kind == "different" or (atom.kind == "about" and atom.value in (About.ACTIVITIES, About.DEALS))


def _same_field(named: Atom, noun: Atom) -> bool:
    """ "In the Negotiation stage", "with outcome connected": the noun says again what its value is."""
    return noun.kind == "field" and _doing(named) and says_again(noun, named)


def _doer(clause: Sequence[Atom], atom: Atom) -> bool:
    """Names who did it ("did Priya mail", "won by Priya"), not whose account it is ("accounts of Priya without")."""
    if not any(f in (Field.REP, Field.MANAGER) for f, _ in atom.names):
        return False
    place = next(i for i, a in enumerate(clause) if a is atom)
    following = clause[place + 1] if place + 1 < len(clause) else None
    if following is not None and following.kind == "not" and plain(following.text) in FAILED:
        following = clause[place + 2] if place + 2 < len(clause) else None  # "that Tom has not called"
    return (following is not None and _doing(following)) or any(_doing(a) for a in clause[:place])


def _state_date(where: Sequence[Where | When]) -> Dated:
    decided = any(isinstance(c, Where) and c.field is Field.STATE and "open" not in c.values for c in where)
    return Dated.CLOSED if decided else Dated.CREATED
