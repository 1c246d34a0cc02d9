"""Makes a raw CRM row an Activity: a thread of messages, each written by us, by them, or by a machine.

Who wrote what is read before anything is cut; the raw subject and body stay as they came.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from crm.nouns import Activity, Direction, Kind, Message, Side
from crm.threads import dialogue, log_header, machines, mails, markup, people, phrases, tags, talks, wrote_heads
from crm.threads.mails import Envelope
from crm.threads.markup import Plain
from crm.threads.messages import Said, message
from crm.threads.people import NOBODY, Person, person
from crm.threads.sides import Ours
from crm.threads.tags import Subject
from crm.threads.talks import Setting

__all__ = ["MOST_PARSED", "Ours", "RawActivity", "activity", "named_in_text"]

_RECORDED = datetime.min.replace(tzinfo=UTC)  # stands for the time of the record while its text is read
_LONG = 4_000  # characters of a body: longer ones are not remembered
MOST_PARSED = 200_000  # characters of a body that are split; what lies beyond belongs to the last message
_HEAD_LABELS = (
    "From:",
    "Von:",
    "De :",
    "De:",
    "Da:",
    "Van:",
    "Od:",
    "Från:",
    "Fra:",
    "Original Message",
    "Forwarded message",
)


class RawActivity(NamedTuple):
    """One row of an export, as the CRM claims it. A tuple, for there are many."""

    native_id: str
    source: str
    kind: Kind
    raw_subject: str = ""
    raw_body: str = ""
    direction: Direction = Direction.UNKNOWN
    outcome: str = ""
    duration_s: int | None = None
    at: datetime | None = None
    owner: str = ""
    from_address: str = ""
    to_addresses: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()
    account_id: str | None = None
    contacts: tuple[str, ...] = ()  # as the row itself names them


class _Told(NamedTuple):
    """What of a row tells who wrote what in it. A tuple, for it is looked up by."""

    kind: Kind
    raw_subject: str
    raw_body: str
    direction: Direction
    owner: str
    from_address: str
    to_addresses: tuple[str, ...]
    contacts: tuple[str, ...]
    at: datetime | None


def activity(raw: RawActivity, ours: Ours) -> Activity:
    """The activity with subject, tags and messages filled, and the direction where the record itself tells it.

    The direction is never inferred from who we think wrote: it is part of the text's identity, which must not
    change when we learn more about ourselves.
    """
    subject = tags.read(raw.raw_subject)
    direction = raw.direction if raw.direction is not Direction.UNKNOWN else subject.direction
    messages: tuple[Message, ...] = ()
    named = named_in_text(raw.contacts, raw.raw_subject, raw.raw_body)
    if raw.raw_body and not raw.raw_body.isspace():
        messages, logged = _dated(raw, named, ours)
        direction = direction if direction is not Direction.UNKNOWN else logged
    return Activity(
        id=f"{raw.source}:{raw.native_id}",
        native_id=raw.native_id,
        source=raw.source,
        kind=raw.kind,
        raw_subject=raw.raw_subject,
        raw_body=raw.raw_body,
        subject=subject.text,
        tags=subject.tags,
        messages=messages,
        direction=direction,
        outcome=raw.outcome,
        duration_s=raw.duration_s,
        at=raw.at,
        owner=raw.owner,
        account_id=raw.account_id,
        contact_ids=raw.contact_ids,
        named=named,
    )


def named_in_text(contacts: tuple[str, ...], subject: str, body: str) -> tuple[str, ...]:
    """Those of the record's contacts whom its own words name."""
    return people.named_in(contacts, f"{subject}\n{body[:MOST_PARSED]}") if contacts else ()


def _dated(raw: RawActivity, named: tuple[str, ...], ours: Ours) -> tuple[tuple[Message, ...], Direction]:
    """The messages, with the direction that a logger wrote into the body.

    A quarter of an export are rows that say again what others said at another time: such a text is read once.
    """
    long = len(raw.raw_body) > _LONG
    at = raw.at if long else _RECORDED
    who = (raw.owner, raw.from_address, raw.to_addresses, named)
    told = _Told(raw.kind, raw.raw_subject, raw.raw_body, raw.direction, *who, at)
    if long:
        return _messages(told, ours)
    messages, direction = _remembered(told, ours)
    return tuple([_at(raw.at, m) if m.at is _RECORDED else m for m in messages]), direction


def _at(at: datetime | None, told: Message) -> Message:
    return Message(told.side, told.author, told.address, at, told.text, told.depth, told.span)


def _messages(raw: _Told, ours: Ours) -> tuple[tuple[Message, ...], Direction]:
    subject = tags.read(raw.raw_subject)
    direction = raw.direction if raw.direction is not Direction.UNKNOWN else subject.direction
    body = markup.plain(raw.raw_body[:MOST_PARSED])
    mail = raw.kind is Kind.EMAIL or (subject.mail and raw.kind not in (Kind.CALL, Kind.EVENT))
    if not mail and not _has_head(body.text):
        return tuple(_with_rest(_note(body, subject, raw, ours), raw.raw_body)), Direction.UNKNOWN
    envelope = _envelope(body, raw, ours, subject, direction) if mail else _pasted(raw, ours, subject)
    return tuple(_with_rest(_thread(body, envelope, raw, mail), raw.raw_body)), envelope.log.direction


_remembered = lru_cache(maxsize=512)(_messages)


def _envelope(body: Plain, raw: _Told, ours: Ours, subject: Subject, direction: Direction) -> Envelope:
    log = log_header.read(body.text)
    return Envelope(
        subject=subject,
        log=log,
        direction=direction if direction is not Direction.UNKNOWN else log.direction,
        sender=person(raw.from_address),
        to=tuple(person(address) for address in raw.to_addresses),
        owner=raw.owner,
        at=raw.at,
        ours=ours,
        internal=_internal(raw),
        contacts=tuple(map(person, raw.contacts)),
    )


def _pasted(raw: _Told, ours: Ours, subject: Subject) -> Envelope:
    """For a mail pasted into a note: what stands above it is our rep's."""
    way = Direction.OUTBOUND
    return Envelope(subject, log_header.NO_LOG_HEAD, way, NOBODY, (), raw.owner, raw.at, ours, _internal(raw))


def _internal(raw: _Told) -> bool:
    subject = raw.raw_subject.lower()
    return phrases.holds(phrases.sides().internal, subject) and not phrases.holds(phrases.sides().shared, subject)


def _has_head(text: str) -> bool:
    """Whether a note holds a mail that was pasted into it."""
    return ":" in text and (phrases.holds(_HEAD_LABELS, text) or bool(wrote_heads.find(text)))


def _thread(body: Plain, envelope: Envelope, raw: _Told, mail: bool) -> list[Message]:
    pieces = mails.split(body, envelope, mail)
    headed = any(p.layer.head for p in pieces)
    if not headed and not mail:
        return _note(body, envelope.subject, raw, envelope.ours)
    if not headed and not machines.by_subject(envelope.subject.text) and (talk := _talk(body, raw, envelope.ours)):
        return talk
    if not headed and mails.bulleted(body, pieces):
        pieces = mails.split(body, envelope, mail=False)
    return mails.messages(body, pieces, envelope, mails.noticed(body, pieces, envelope))


def _note(body: Plain, subject: Subject, raw: _Told, ours: Ours) -> list[Message]:
    """What our rep typed, but for the lines of a dialogue and the logs of programs."""
    if talk := _talk(body, raw, ours):
        return talk
    if notice := machines.logged(subject.text, body.text):
        return mails.messages(body, [mails.whole(body)], _pasted(raw, ours, subject), notice)
    note = message(body, 0, len(body.text), Said(Side.US, Person(people.named(raw.owner)), at=raw.at))
    return [note] if note else []


def _talk(body: Plain, raw: _Told, ours: Ours) -> list[Message]:
    """The messages of a chat or a transcript, if the body is one."""
    turns = dialogue.turns(body.text, raw.raw_subject)
    return talks.messages(body, turns, Setting(raw.raw_subject, raw.owner, ours, _internal(raw))) if turns else []


def _with_rest(messages: list[Message], raw_body: str) -> list[Message]:
    """Gives what was too long to split to the message that stands last."""
    if len(raw_body) <= MOST_PARSED or not messages:
        return messages
    last = max(range(len(messages)), key=lambda i: messages[i].span)
    start = messages[last].span[0]
    messages[last] = replace(messages[last], span=(start, len(raw_body)))
    return messages
