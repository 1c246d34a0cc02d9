"""Customers as the other side of what is done: "emails from healthcare customers", "accounts that we contacted"."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import About, Field
from crm.insight.grammar.done_by_customers import TURNED, goes_a_way, way_of
from crm.insight.grammar.parts import NAMING, Parts, is_plural
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.wordbook import Entry

LEADING = {"from": "inbound", "to": "outbound"}  # the last word of "emails from", "calls to"
SIDES = {"source": "inbound", "towards": "outbound", "aimed": "outbound"}


def take_counterparts(parts: Parts, parties: Sequence[Party]) -> None:
    """Says the way that is meant; of customers who are told no further nothing more is said."""
    _take_ourselves(parts, parties)
    for noun in [a for a in parts.all("about") if a.value is About.ACCOUNTS and is_plural(a)]:
        place = parts.place(noun) - 1
        while (told := parts.at(place)) is not None and told.kind in ("name", "value"):
            place -= 1
        verb = parts.at(place) if place >= 0 else None
        if verb is None or _is_owned(parts, noun):
            continue
        way = _led(verb, parts.atoms[place + 1], parties) if goes_a_way(verb) else ""
        if way and not any(_tells_way(a) for a in parts.atoms):
            parts.atoms.insert(place + 1, Atom("condition", way_of(parts.words, way), verb.text, verb.start))
        if (way or _tells_way(verb)) and parts.at(parts.place(noun) - 1) in (verb, parts.at(place + 1)):
            _drop_bare(parts, noun)


def _take_ourselves(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Emails from us", "mails an uns": we are the one side, and whoever it is the other."""
    for us in [p for p in parties if p.text.lower() in parts.words.shades.ourselves]:
        verb = next((a for a in reversed(parts.atoms) if a.start < us.start), None)
        if verb is None or not goes_a_way(verb) or any(_tells_way(a) for a in parts.atoms):
            continue
        way = TURNED.get(_side_of(verb, us, parties), "")
        if way:
            parts.atoms.insert(
                parts.place(verb) + 1, Atom("condition", way_of(parts.words, way), verb.text, verb.start)
            )


def _side_of(verb: Atom, us: Party, parties: Sequence[Party]) -> str:
    """What the word between the two would say of a customer; a "de", a "di" is told by its length alone."""
    ends = verb.start + len(verb.text)
    between = [p for p in parties if ends <= p.start < us.start]
    if us.start == ends + 1:
        return LEADING.get(verb.text.lower().rpartition(" ")[2], "")
    if not between:
        return "inbound" if us.start == ends + len(" de ") else ""
    return SIDES.get(between[0].who, "") if len(between) == 1 else ""


def take_touches(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Accounts that we contacted in May": those with a call, a mail or a meeting that did not come from them."""
    if not any(a.value is About.ACCOUNTS for a in parts.atoms) or any(a.value is About.LEADS for a in parts.atoms):
        return
    touch = next(e for e in parts.words.conditions if len(e.values) > 1 and e.field == Field.TYPE)
    for word in parts.all("contacted", "about"):
        verb = word.kind == "contacted" and not word.text.lower().startswith(parts.words.shades.latest)
        if verb or _is_done(parts, word, parties):
            parts.atoms[parts.place(word)] = replace(word, kind="condition", value=touch)


def _is_done(parts: Parts, word: Atom, parties: Sequence[Party]) -> bool:
    """ "How many accounts did we contact": we stand before it, or one of us, and it is no noun."""
    before = parts.at(parts.place(word) - 1)
    ours = any(p.who == "ours" and p.start + len(p.text) + 1 == word.start for p in parties)
    one = before is not None and any(f is Field.REP for f, _ in before.names)
    return word.value is About.CONTACTS and not is_plural(word) and (ours or one)


def _led(verb: Atom, first: Atom, parties: Sequence[Party]) -> str:
    """The way that a small word tells right behind the mails or calls."""
    ends = verb.start + len(verb.text)
    said = [SIDES[p.who] for p in parties if p.who in SIDES and ends <= p.start < first.start]
    return LEADING.get(verb.text.lower().rpartition(" ")[2], "") or (said[0] if len(said) == 1 else "")


def _tells_way(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.DIRECTION


def _is_owned(parts: Parts, noun: Atom) -> bool:
    """ "Accounts of Tom": they are told by somebody of ours, whose mails these are not."""
    after = parts.at(parts.place(noun) + 1)
    return after is not None and any(f in (Field.REP, Field.MANAGER) for f, _ in after.names)


def _drop_bare(parts: Parts, noun: Atom) -> None:
    """What tells of a customer stands before or right behind the word, and takes it along later."""
    beside = (parts.at(parts.place(noun) - 1), parts.at(parts.place(noun) + 1))
    if not any(a is not None and a.kind in NAMING and not isinstance(a.value, Entry) for a in beside):
        parts.drop(noun)
