"""Refuses what is said of accounts where it is not plain who did it, or how many of what they have."""

from collections.abc import Sequence

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import SO_MANY, CannotSay, unfit
from crm.insight.question.wordbook import Entry

LACKED = ("field", "contacted", "expected")  # of these a record itself may have none


def refuse_senders(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Accounts that sent us mails" sent them, not we. Raises CannotSay unless we are named before the verb."""
    for verb in parts.all("condition"):
        way = isinstance(verb.value, Entry) and verb.value.field == Field.DIRECTION
        if not way or not verb.text.lower().startswith(parts.words.shades.sending):
            continue
        ours = [p.start for p in parties if p.who == "ours"] + [a.start for a in parts.atoms if _is_rep(a)]
        place = parts.place(verb) - 1
        while (before := parts.at(place)) is not None and before.kind in ("not", "rel"):
            place -= 1
        alone = before is not None and before.kind in ("but", "and")  # "that got our mails but sent none"
        if alone or not any(start < verb.start for start in ours):
            raise unfit(verb.text)


def refuse_repliers(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Accounts that wrote to us but we never replied": who replies to them is us. Raises CannotSay."""
    told = 0
    for verb in parts.all("condition"):
        answers = verb.text.lower().startswith(parts.words.shades.answering)
        if answers and any(p.who == "ours" and told < p.start < verb.start for p in parties):
            raise unfit(verb.text)
        told = verb.start


def refuse_whose(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Clients dont toutes les affaires" are no clients that do not. Raises CannotSay."""
    for word in [a for a in parts.all("not") if a.text.lower() in parts.words.shades.whose]:
        after, ends = parts.at(parts.place(word) + 1), word.start + len(word.text)
        if after is None or after.kind not in ("about", "field"):
            continue
        every = any(p.who == "all" and ends < p.start < after.start for p in parties)
        if every or after.start - ends <= len(" les "):
            raise unfit(word.text)


def refuse_all_of_them(atoms: Sequence[Atom], parties: Sequence[Party]) -> None:
    """ "Accounts whose deals are all lost", "where every call was unanswered": have they others? Raises CannotSay."""
    accounts = next((a.start for a in atoms if a.value is About.ACCOUNTS), None)
    doing = [a.start for a in atoms if is_typed(a) or _about(a) in (About.DEALS, About.ACTIVITIES)]
    if accounts is None or not doing or min(doing) < accounts:
        return
    every = [a.start for a in atoms if a.kind == "by" and "every" in a.text.lower().split()]
    if any(start > accounts for start in every) or any(p.who == "all" and p.start > accounts for p in parties):
        raise CannotSay("I can tell who has some of these, not of whom all are so; ask for those with at least one")


def refuse_doers(clauses: Sequence[Sequence[Atom]], doers: Sequence[Sequence[Atom]]) -> None:
    """ "Did Tom or Priya call", "a call and a meeting by Tom": whose is which? Raises CannotSay.

    `doers` are for each clause those who did what it says.
    """
    people = {a.names for clause in clauses for a in clause if _is_rep(a)}
    if len(people) > 1 or any(later and not doers[0] for later in doers[1:]):
        raise CannotSay("I do not see who did what with these accounts; ask about one of them at a time")


def refuse_uncounted(clauses: Sequence[Sequence[Atom]], counted: Sequence[Atom]) -> None:
    """ "At least 3 deals that are not lost", "3 deals for Dock and Plan": what else is said, is it of the 3?

    Raises CannotSay for whatever stands beside the number without a noun of its own.
    """
    kinds = {_about(a) for a in counted} - {None}
    place = next(i for i, c in enumerate(clauses) if c is counted)
    bare = [c for c in clauses[place + 1 :] if not any(a.kind == "about" or is_typed(a) for a in c)]
    if len(kinds) > 1 or bare or (About.CONTACTS in kinds and len(clauses) > 1):
        raise CannotSay(SO_MANY)


def _about(atom: Atom) -> About | None:
    if isinstance(atom.value, Entry):
        return atom.value.about
    return atom.value if atom.kind == "about" and isinstance(atom.value, About) else None


def _is_rep(atom: Atom) -> bool:
    return any(f is Field.REP for f, _ in atom.names)


def refuse_none_but(parts: Parts) -> None:
    """ "Accounts with no calls except Tom's" have none by others, and perhaps his. Raises CannotSay."""
    denied = [a for a in parts.all("not") if not a.text.lower().startswith(parts.words.shades.excepting)]
    for wrong in parts.all("not"):
        behind = parts.at(parts.place(wrong) + 1)
        theirs = behind is not None and any(f is Field.REP for f, _ in behind.names)
        if theirs and denied and wrong.start > denied[0].start and not any(a is wrong for a in denied):
            raise unfit(wrong.text)


def refuse_absent(parts: Parts, about: About) -> None:
    """ "Which reps have no leads": who has none is in no row. Raises CannotSay."""
    if parts.asked not in (None, about) and about is not About.REPS and _is_absent(parts, about):
        raise CannotSay("who has none of something is not in the records; ask who has the fewest")


def _is_absent(parts: Parts, about: About) -> bool:
    """Something is said not to be there at all; before a name the "not" only leaves that one out.

    "Reps with the most deals that have no account": of the records themselves something may be missing.
    """
    denied = [a for a in parts.all("not") if not a.text.lower().startswith(parts.words.shades.excepting)]
    after = [parts.at(parts.place(a) + 1) for a in denied if not _of_records(parts, a, about)]
    return any(a is None or a.kind not in ("name", "value") for a in after)


def _of_records(parts: Parts, wrong: Atom, about: About) -> bool:
    """ "Deals that have no account", "leads without a source": the noun for the records stands right before."""
    place, behind = parts.place(wrong) - 1, parts.at(parts.place(wrong) + 1)
    if behind is not None and (behind.kind in LACKED or (about is About.LEADS and is_typed(behind))):
        beside = (parts.atoms[place] if place >= 0 else None, parts.at(place + 3))  # "uncontacted leads"
        if any(a is not None and _is_of(a, about) for a in beside):
            return True
    while (before := parts.at(place)) is not None and before.kind in ("rel", "with"):
        place -= 1
    return before is not None and before.value is about and parts.place(before) < parts.place(wrong) - 1


def _is_of(noun: Atom, about: About) -> bool:
    """The noun is one for the records that are counted."""
    return noun.value is about or (about is About.ACTIVITIES and is_typed(noun))
