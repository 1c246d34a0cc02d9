"""What went from a customer by name, or to one: "emails sent by Norvik", "Mails von Norvik", "llamadas a Norvik"."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import Field, Where
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry, Words

TURNED = {"outbound": "inbound", "inbound": "outbound"}  # whoever sent us something: it came in
TOLD_WAY = ("email", "call")  # other kinds go no way
UNTOLD = ("canceled", "rescheduled", "no show")  # who did so is not on record
CLOSE = len("dalla ")
AUXILIARY = len(" hanno ")


def take_done_by_customers(parts: Parts, parties: Sequence[Party]) -> None:
    """Tells the way that it went. Raises CannotSay for what is not told of a customer: "cancelled by Norvik"."""
    sources, towards = ([p.start for p in parties if p.who == who] for who in ("source", "towards"))
    for customer in [a for a in parts.all("value", "name") if _is_customer(a)]:
        place = parts.place(customer)
        before, behind = parts.at(place - 1) if place else None, parts.at(place + 1)
        by = before is not None and before.kind == "by"
        while by and place > 1 and any(f is Field.REP for f, _ in parts.atoms[place - 2].names):
            place -= 1  # "sent to Tom by Norvik"
        if by:
            before = parts.at(place - 2) if place > 1 else None
        led = by or any(0 < customer.start - at <= CLOSE for at in sources)
        if (
            behind is not None
            and _is_outbound(parts, behind)
            and (_is_us(parts, behind, customer, parties) or (led and not by))
        ):
            _turn(parts, behind)  # "emails Norvik sent us", "von Norvik gesendet"
        elif before is not None and not led and _sent_us(parts, before, customer, parties):
            _turn(parts, before)  # "correos que nos ha enviado Norvik"
        elif before is not None and led:
            _told_by(parts, before, customer, by)
        elif any(0 < customer.start - at <= CLOSE for at in towards) or _is_aimed(before, customer, parties):
            _went_out(parts, customer)


def _is_us(parts: Parts, verb: Atom, customer: Atom, parties: Sequence[Party]) -> bool:
    """We stand right behind the verb, or in other languages around the customer: "die uns Norvik gesendet hat"."""
    ends = verb.start + len(verb.text) + 1
    behind = any(p.who == "ours" and p.start == ends for p in parties)
    around = [p for p in parties if plain(p.text) in parts.words.shades.us]
    return behind or any(customer.start - CLOSE < p.start < verb.start for p in around)


def _sent_us(parts: Parts, verb: Atom, customer: Atom, parties: Sequence[Party]) -> bool:
    """ "Nos ha enviado Norvik": to us, with nothing but an auxiliary before the verb and the customer right behind."""
    beside = customer.start == verb.start + len(verb.text) + 1
    around = [p for p in parties if plain(p.text) in parts.words.shades.us]
    to_us = [p for p in around if 0 < verb.start - p.start - len(p.text) <= AUXILIARY]
    return beside and bool(to_us) and _is_outbound(parts, verb)


def _is_outbound(parts: Parts, verb: Atom) -> bool:
    return _is_sent(parts, verb) and verb.value == way_of(parts.words, "outbound")


def _is_aimed(before: Atom | None, customer: Atom, parties: Sequence[Party]) -> bool:
    """ "Appels à Norvik": nothing but the small word between the calls and whom they went to."""
    aimed = any(p.who == "aimed" and 0 < customer.start - p.start <= len("ad ") for p in parties)
    return aimed and before is not None and is_typed(before)


def _went_out(parts: Parts, customer: Atom) -> None:
    """ "Mails von Hanna an Norvik", where nothing else tells a way."""
    if any(isinstance(a.value, Entry) and a.value.field == Field.DIRECTION for a in parts.atoms):
        return
    typed = [a for a in parts.atoms if is_typed(a)]
    if len(typed) == 1 and typed[0].start < customer.start and goes_a_way(typed[0]):
        outbound = Atom("condition", way_of(parts.words, "outbound"), typed[0].text, typed[0].start)
        parts.atoms.insert(parts.place(typed[0]) + 1, outbound)


def _told_by(parts: Parts, verb: Atom, customer: Atom, by: bool) -> None:
    if isinstance(verb.value, Entry) and verb.value.group in UNTOLD:
        raise unfit(f"{verb.text} ... {customer.text}")
    if _is_outbound(parts, verb) or (by and _is_sent(parts, verb)):
        _turn(parts, verb)
    elif goes_a_way(verb):
        inbound = Atom("condition", way_of(parts.words, "inbound"), verb.text, verb.start)
        parts.atoms.insert(parts.place(verb) + 1, inbound)


def goes_a_way(atom: Atom) -> bool:
    """A mail or a call, of which nothing tells the way yet."""
    entry = atom.value if is_typed(atom) and isinstance(atom.value, Entry) else None
    return entry is not None and bool({*entry.values} & {*TOLD_WAY}) and not entry.also


def _turn(parts: Parts, verb: Atom) -> None:
    if isinstance(verb.value, Entry):
        parts.atoms[parts.place(verb)] = replace(verb, value=way_of(parts.words, TURNED[verb.value.values[0]]))


def _is_sent(parts: Parts, verb: Atom) -> bool:
    """A verb for a way, and no adjective: "sent", but not "outbound"."""
    told = isinstance(verb.value, Entry) and verb.value.field == Field.DIRECTION
    return told and verb.text.lower().startswith(parts.words.shades.sending)


def way_of(words: Words, way: str) -> Entry:
    """The condition on mails and calls that went this way."""
    return next(e for e in words.conditions if e.field == Field.DIRECTION and e.values == (way,))


def _is_customer(atom: Atom) -> bool:
    named = isinstance(atom.value, Where) and atom.value.field in (Field.ACCOUNT, Field.CONTACT)
    return named or any(f is Field.ACCOUNT for f, _ in atom.names)
