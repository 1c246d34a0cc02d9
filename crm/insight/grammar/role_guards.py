"""Refuses what would turn round who did something: customers who sent, "by the customer", who was never replied to."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import About, Field, QueryFrame, Where
from crm.insight.grammar.parts import NAMING, Parts, is_plural, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import CannotSay, unfit
from crm.insight.question.wordbook import Entry

CUSTOMERS = (About.ACCOUNTS, About.CONTACTS)
THEIRS = (Field.ACCOUNT, Field.CONTACT)
DONE = (Field.DIRECTION, Field.OUTCOME)


def take_roles(parts: Parts, parties: Sequence[Party]) -> None:
    """Reads "did Tom mail" as sent. Raises CannotSay for what customers did, where no frame says that it was they."""
    _mailed_by(parts)
    for verb in parts.all("condition"):
        if not isinstance(verb.value, Entry):
            continue
        _refuse_customers_sending(parts, verb, [p.start for p in parties if p.who == "towards"])
        _refuse_done_by_customers(parts, verb)
        _refuse_who(parts, verb, [p.start for p in parties if p.who == "ours"])


def refuse_denied_ways(frame: QueryFrame, parts: Parts, ways: list[Atom]) -> None:
    """ "Emails to which we never replied" are not those that did not come in. Raises CannotSay.

    "Not inbound" is the way of the mail itself; `ways` are the words for one that the question had.
    """
    denied = any(isinstance(c, Where) and c.field is Field.DIRECTION and c.negated for c in frame.where)
    verbs = [w for w in ways if not w.text.lower().startswith(parts.words.shades.ways)]
    if frame.about is About.ACTIVITIES and denied and verbs:
        raise unfit(verbs[0].text)


def refuse_both(frame: QueryFrame, parts: Parts) -> None:
    """ "Which accounts did both Tom and Priya call": those that each of them called. Raises CannotSay."""
    rows = Field.ACCOUNT in frame.group
    if parts.both and rows and any(isinstance(c, Where) and c.field is Field.REP for c in frame.versus):
        raise CannotSay("I do not see who did what with these accounts; ask about one of them at a time")


def ways_in(parts: Parts) -> list[Atom]:
    """The words for the way of a mail or call."""
    return [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == Field.DIRECTION]


def _mailed_by(parts: Parts) -> None:
    """ "How many accounts did Tom mail": what he sent; theirs to him are none."""
    sent = next(e for e in parts.words.conditions if e.also == "outbound")
    for mail in parts.all("condition"):
        place = parts.place(mail)
        before = parts.at(place - 1) if place else None
        named = before is not None and any(f is Field.REP for f, _ in before.names)
        people = any(a.value in CUSTOMERS for a in parts.atoms[:place])
        if named and people and is_typed(mail) and mail.text.lower() in parts.words.shades.mailing:
            parts.atoms[place] = replace(mail, value=sent)


def _refuse_customers_sending(parts: Parts, verb: Atom, towards: Sequence[int]) -> None:
    """ "Emails Kestrel sent to Tom", "die Kunden an Tom gesendet haben" came in; "emails to Kestrel sent" went out."""
    place = parts.place(verb)
    while place > 1 and any(f is Field.REP for f, _ in parts.atoms[place - 1].names):
        place -= 1
    if not isinstance(verb.value, Entry) or verb.value.values != ("outbound",) or place == 0:
        return
    before, after = parts.atoms[place - 1], parts.at(parts.place(verb) + 1)
    typed = parts.at(place - 2) if place > 1 else None
    told = typed is not None and typed.text.lower().endswith((" to", " from"))
    told = told or any((typed.start if typed is not None else 0) < at < before.start for at in towards)
    passive = told or (after is not None and after.kind == "by")
    if _is_customer(before) and not passive and verb.text.lower().startswith(parts.words.shades.sending):
        raise unfit(verb.text)


def _is_customer(atom: Atom) -> bool:
    named = isinstance(atom.value, Where) and atom.value.field in THEIRS
    many = atom.value in CUSTOMERS and is_plural(atom)
    return named or many or (atom.kind in NAMING and any(f in THEIRS for f, _ in atom.names))


def _refuse_done_by_customers(parts: Parts, verb: Atom) -> None:
    """ "Cancelled by the customer", "sent by customers" tell who did it; "unanswered calls by customer" are rows."""
    by, noun = parts.at(parts.place(verb) + 1), parts.at(parts.place(verb) + 2)
    while by is not None and by.kind in NAMING and not by.value:  # "sent to Tom by customers"
        by, noun = noun, parts.at(parts.place(noun) + 1) if noun is not None else None
    if by is None or noun is None or by.kind != "by" or noun.value not in CUSTOMERS:
        return
    article = noun.start > by.start + len(by.text) + 1
    if isinstance(verb.value, Entry) and verb.value.field in DONE and (article or is_plural(noun)):
        raise unfit(f"{by.text} {noun.text}")


def _refuse_who(parts: Parts, verb: Atom, ours: Sequence[int]) -> None:
    """ "Who called us the most", "who did Tom call": customers, and rows of people are our own."""
    who = parts.at(0)
    if (
        who is None
        or who.kind != "who"
        or not isinstance(verb.value, Entry)
        or verb.value.about is not About.ACTIVITIES
    ):
        return
    place = parts.place(verb)
    inbound = "inbound" in (*verb.value.values, verb.value.also) and place == 1
    found = inbound and not verb.text.lower().startswith(parts.words.shades.sending)
    ends = verb.start + len(verb.text)
    found = found or (place == 1 and any(at == ends + 1 for at in ours))  # "who sent us the most emails"
    by_us = place == 1 and any(who.start < at < verb.start for at in ours)
    by_one = place == 2 and any(f is Field.REP for f, _ in parts.atoms[1].names)
    if found or by_us or by_one or who.text.lower() in parts.words.shades.whom:
        raise unfit(who.text)
