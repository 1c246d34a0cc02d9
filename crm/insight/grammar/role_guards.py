"""Refuses what would turn round who did something: customers who sent, "by the customer", who was never replied to."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import About, Field, QueryFrame, Where
from crm.insight.grammar.counterparts import take_counterparts, take_touches
from crm.insight.grammar.done_by_customers import take_done_by_customers
from crm.insight.grammar.parts import NAMING, Parts, is_plural, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import WHOM, CannotSay, Rewording, unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry

CUSTOMERS = (About.ACCOUNTS, About.CONTACTS)
THEIRS = (Field.ACCOUNT, Field.CONTACT)
DONE = (Field.DIRECTION, Field.OUTCOME)


def take_roles(parts: Parts, parties: Sequence[Party]) -> None:
    """Reads "did Tom mail" as sent. Raises CannotSay for what customers did, where no frame says that it was they."""
    ours = [p.start for p in parties if p.who == "ours"]
    take_done_by_customers(parts, parties)
    take_counterparts(parts, parties)
    take_touches(parts, parties)
    _asked_whom(parts, ours)
    _reached_by(parts, ours)
    for verb in parts.all("condition"):
        if not isinstance(verb.value, Entry):
            continue
        _refuse_customers_reaching(parts, verb, ours)
        _refuse_customers_sending(parts, verb, [p.start for p in parties if p.who == "towards"])
        _refuse_done_by_customers(parts, verb)
        _refuse_who(parts, verb, parties)


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


def _asked_whom(parts: Parts, ours: Sequence[int]) -> None:
    """ "Who have we called": who stands first asks of people, whatever follows."""
    first = parts.at(0)
    people = {plain(who) for who in parts.words.who.split(",")}
    if first is None or first.kind != "with" or plain(first.text).split()[0] not in people:
        return
    behind = parts.at(1)
    if any(first.start < at < (behind.start if behind is not None else at) for at in ours):
        parts.atoms[0] = replace(first, kind="who", value="rep", text=first.text.split()[0])


def _reached_by(parts: Parts, ours: Sequence[int]) -> None:
    """ "How many accounts did Tom mail", "did we call": what went out; theirs to him are none."""
    out = {e.values: e for e in parts.words.conditions if e.is_ours}
    for verb in parts.all("condition"):
        place = parts.place(verb)
        before = parts.at(place - 1) if place else None
        named = before is not None and any(f is Field.REP for f, _ in before.names)
        by_us = any(0 < verb.start - at <= len("we ") for at in ours) or _goes_on(parts, place, ours)
        if (named or by_us) and is_typed(verb) and verb.text.lower() in parts.words.shades.mailing:
            entry = verb.value if isinstance(verb.value, Entry) else None
            if entry is not None and entry.values in out:
                parts.atoms[place] = replace(verb, value=out[entry.values])


def _goes_on(parts: Parts, place: int, ours: Sequence[int]) -> bool:
    """ "That we called but did not mail", "did we call and mail": the second is done by us as well."""
    before, first = parts.at(place - 1) if place else None, parts.at(place - 2) if place > 1 else None
    if before is None:
        return False
    if before.kind == "not":
        return plain(before.text).endswith(parts.words.shades.not_done) and any(at < before.start for at in ours)
    ours_first = first is not None and isinstance(first.value, Entry) and first.value.is_ours
    return ours_first and before.kind in ("and", "or")


def _refuse_customers_reaching(parts: Parts, verb: Atom, ours: Sequence[int]) -> None:
    """ "Accounts that called Tom", "which customers emailed in May" did it themselves. Raises CannotSay.

    "Accounts called in May", "that were called" are those that we called.
    """
    place = parts.place(verb)
    if not isinstance(verb.value, Entry) or not verb.value.is_ours or place == 0:
        return
    led = place - 1
    while led >= 0 and parts.atoms[led].kind == "not":
        led -= 1
    lead = parts.atoms[led]
    who = lead.kind in ("rel", "who") or (lead.kind == "with" and plain(lead.text).startswith("who"))
    noun, asked = (parts.at(led - 1), led - 2) if who else (lead, led - 1)
    if noun is None or (who and led == 0) or not (noun.value in CUSTOMERS or _is_customer(noun)):
        return
    if any(lead.start < at < verb.start for at in ours) or _is_ours(parts, verb):
        return
    opening = parts.at(asked) if asked >= 0 else None
    asks = opening is not None and (opening.kind == "which" or " " in opening.text)
    if (who and not plain(lead.text).endswith(parts.words.shades.passive)) or (not who and asks):
        raise unfit(verb.text)


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


def _refuse_who(parts: Parts, verb: Atom, parties: Sequence[Party]) -> None:
    """ "Who called us the most", "who did Tom call", "who bought": customers, and rows of people are our own."""
    who = parts.at(0)
    told = (About.ACTIVITIES, About.DEALS)
    if who is None or who.kind != "who" or not isinstance(verb.value, Entry) or verb.value.about not in told:
        return
    place, ends = parts.place(verb), verb.start + len(verb.text)
    ours = [p.start for p in parties if p.who == "ours"]
    ours_do = [p.start for p in parties if p.who in ("ours", "we do")]
    activity = verb.value.about is About.ACTIVITIES
    inbound = "inbound" in (*verb.value.values, verb.value.also) and place == 1
    found = inbound and not verb.text.lower().startswith(parts.words.shades.sending)
    found = found or (activity and place == 1 and any(at == ends + 1 for at in ours))  # "who sent us the most emails"
    found = found or (place == 1 and verb.text.lower().startswith(parts.words.shades.buying))
    by_us = place == 1 and (any(who.start < at < ends for at in ours_do) or _is_ours(parts, verb))
    by_one = place in (2, 3) and any(f is Field.REP for a in parts.atoms[1:place] for f, _ in a.names)
    passive = place > 1 and plain(parts.atoms[place - 1].text).endswith(parts.words.shades.passive) and activity
    if found or by_us or by_one or passive or who.text.lower() in parts.words.shades.whom:
        ways = [Rewording(who.start, who.start + len(who.text), parts.words.whom.get(plain(who.text), ""))]
        raise CannotSay(WHOM, [w for w in ways if w.words])


def _is_ours(parts: Parts, verb: Atom) -> bool:
    """ "¿A quién llamamos?": the verb itself says that we did; so does "did we mail"."""
    words = plain(verb.text).split()
    ours = {plain(word) for who in ("ours", "we do") for word in parts.words.parties[who].split(",")}
    return bool(ours & {*words}) or (len(words) == 1 and words[0].endswith(parts.words.shades.our_doing))
