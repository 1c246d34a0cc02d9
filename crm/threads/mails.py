"""A mail as messages: each layer with its author and side, a program's mail with what a person typed into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crm.nouns import Direction, Message, Side
from crm.threads import layers, letters, machines, mailings, people, scanning, sides, tags
from crm.threads.clean import without_boilerplate
from crm.threads.heads import Head
from crm.threads.layers import Layer, Piece
from crm.threads.log_header import LogHead
from crm.threads.machines import Notice
from crm.threads.markup import Plain
from crm.threads.messages import Said, message
from crm.threads.parties import Voice
from crm.threads.people import Person, person
from crm.threads.sides import Claims, Ours
from crm.threads.untrusted import suspicious, without_orders

_QUOTES = frozenset('"“”„«»')
_ANSWERS = ("away", "bounce", "receipt")  # what a program sends back on a mail of ours


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the record tells about its newest mail, besides the body."""

    subject: tags.Subject
    log: LogHead
    direction: Direction
    sender: Person
    to: tuple[Person, ...]
    owner: str
    at: datetime | None
    ours: Ours
    internal: bool
    contacts: tuple[Person, ...] = ()

    @property
    def author(self) -> Person:
        return self.log.author if self.log.author.known else self.sender


def split(body: Plain, envelope: Envelope, mail: bool) -> list[Piece]:
    """The pieces of the body below the log head."""
    start = envelope.log.end
    pieces = layers.split(body.text[start:], envelope.subject.text, quotes=mail)
    return [Piece(p.layer, p.start + start, p.end + start) for p in pieces] if start else pieces


def whole(body: Plain) -> Piece:
    """The body as one piece."""
    return Piece(Layer(0, 0), 0, len(body.text))


def messages(body: Plain, pieces: Sequence[Piece], envelope: Envelope, notice: Notice | None) -> list[Message]:
    """The mail's messages, the newest first."""
    by_layer: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_layer.setdefault(piece.layer.number, []).append(piece)
    order = sorted(by_layer.values(), key=lambda same: (same[0].layer.depth, same[0].start))
    voices = [_voice(body, same, envelope, notice) for same in order]
    decided = _without_mailings(voices, sides.decide(voices, _claims(envelope, notice, order)), envelope)
    found: list[Message] = []
    for same, voice, side in zip(order, voices, decided, strict=True):
        layer = same[0].layer
        at = layer.head.at if layer.head else None
        if layer.number == 0 and at is None:
            at = envelope.at  # the newest message is as old as the record, when no head says better
        said = Said(side, _author(voice, side, voices, envelope), layer.depth, at, mailed=True)
        for piece in same:
            found += _written(body, piece, said, notice)
    return found


def _voice(body: Plain, same: Sequence[Piece], envelope: Envelope, notice: Notice | None) -> Voice:
    """One layer as evidence of who wrote it."""
    layer = same[0].layer
    text = "\n".join([body.text[p.start : p.end] for p in same[:20]])[:20_000]
    text = without_orders(text) if suspicious(body.text) else text
    head = layer.head or Head()
    top = layer.number == 0
    found = scanning.scan(body.text).within(text)
    shown = without_boilerplate(text, found) if found.found else text
    return Voice(
        author=envelope.author if top and envelope.author.known else head.author,
        to=(envelope.log.to or envelope.to or head.to) if top else head.to,
        letter=letters.read(shown.replace("\n>", "\n") if layer.depth else shown),
        text=text,
        found=found,
        reply=head.reply,
        forwarded=head.forwarded or (not top and _is_forward(envelope.subject)),
        machine=notice is not None or bool(machines.by_sender(head.author)) if top else _by_program(head),
    )


def _without_mailings(voices: Sequence[Voice], decided: list[Side], envelope: Envelope) -> list[Side]:
    """A newsletter of the other side's is a program's. Above a mail of ours it is an answer, whatever its tool adds."""
    kept = list(decided)
    for number, (voice, side) in enumerate(zip(voices, decided, strict=True)):
        if side in (Side.US, Side.MACHINE) or Side.US in decided[number + 1 :]:
            continue
        reply = voice.reply or (number == 0 and envelope.subject.replies > 0)
        alone = side is Side.THEM and not reply and mailings.is_signed_off(voice.text, voice.found)
        if alone or mailings.is_mailing(voice.text, voice.found):
            kept[number] = Side.MACHINE
    return kept


def _by_program(head: Head) -> bool:
    """Whether a head below the newest message is one that only programs write."""
    answer = machines.by_subject(tags.read(head.subject).text) in _ANSWERS if head.subject and not head.reply else False
    return answer or bool(machines.by_sender(head.author))


def _is_forward(subject: tags.Subject) -> bool:
    return subject.forwards > 0 and subject.replies == 0


def _claims(envelope: Envelope, notice: Notice | None, order: Sequence[Sequence[Piece]]) -> Claims:
    subject = envelope.subject
    return Claims(
        direction=envelope.direction,
        weak=envelope.direction is subject.direction and tags.is_weak(subject),
        owner=person(people.named(envelope.owner)),
        ours=envelope.ours,
        forward=_is_forward(subject),
        hidden=subject.replies >= len(order),
        answered=notice is not None and notice.kind in _ANSWERS,
        addressed=_sent_out(envelope, order),
        internal=envelope.internal,
        contacts=envelope.contacts,
    )


def _sent_out(envelope: Envelope, order: Sequence[Sequence[Piece]]) -> bool:
    """Whether a logger noted only whom the newest message went to, and that is nobody who wrote below."""
    below = [same[0].layer.head.author for same in order if same[0].layer.head]
    to = envelope.log.to
    return bool(to) and not envelope.author.known and not any(people.same(who, p) for who in below for p in to)


def _author(voice: Voice, side: Side, voices: Sequence[Voice], envelope: Envelope) -> Person:
    """Whoever a head names; else whoever signed, by the full name another head gives."""
    if voice.author.name or voice.machine:
        return voice.author
    known = [p for v in voices for p in (v.author, *v.to) if p.name]
    signed = next((p for p in known if letters.signs(voice.letter, p)), None)
    if voice.author.address:
        same = next((p for p in known if p.address == voice.author.address), None)
        return same or Person(voice.letter.signed, voice.author.address)
    if signed:
        return signed
    if side is Side.US and voice is voices[0] and (owner := people.named(envelope.owner)):
        return person(owner)
    return Person(voice.letter.signed)


def _written(body: Plain, piece: Piece, said: Said, notice: Notice | None) -> list[Message]:
    """The piece as a message. What a person typed into a program's mail comes first, as theirs."""
    start, end = piece.start, piece.end
    parts = [message(body, start, end, said)]
    if notice and notice.typed and piece.layer.number == 0:
        typed, until = notice.typed[0] + start, notice.typed[1] + start
        if start <= typed < until <= end:
            theirs = said._replace(side=Side.THEM, author=Person(notice.typist))
            parts = [
                message(body, typed, until, theirs),
                message(body, start, typed - (body.text[typed - 1] in _QUOTES), said),
                message(body, until + (body.text[until : until + 1] in _QUOTES), end, said),
            ]
    return [part for part in parts if part]


def noticed(body: Plain, pieces: Sequence[Piece], envelope: Envelope) -> Notice | None:
    """The program that wrote the newest message, if one did."""
    top = [p for p in pieces if p.layer.number == 0]
    below = next((p.start for p in pieces if p.layer.number), len(body.text))  # the head below may tell, too
    text = body.text[top[0].start : below] if len(top) == 1 else "\n\n".join(body.text[p.start : p.end] for p in top)
    if envelope.subject.replies and machines.answered(envelope.subject.text, text):
        return None
    directed = envelope.direction is not Direction.UNKNOWN
    found = machines.notice(envelope.subject.text, text, envelope.author, scanning.scan(body.text), directed)
    if found and found.kind == "bulk" and _to_one(text, below < len(body.text), envelope):
        return None
    return replace(found, typed=None) if found and len(top) > 1 else found


def _to_one(text: str, quotes: bool, envelope: Envelope) -> bool:
    """Whether a mail with a mailing's marks may be one that a person wrote to another through a tool.

    Ours if it greets somebody by name. Theirs if it stands above another mail: whose that is will tell.
    """
    return bool(letters.read(text).greets) if envelope.direction is Direction.OUTBOUND else quotes


def bulleted(body: Plain, pieces: Sequence[Piece]) -> bool:
    """Whether the `>` of this mail are bullets: no head announces a quote, and the mail offers a way out of a list."""
    if len(pieces) < 2 or any(p.layer.head for p in pieces):
        return False
    scanned = scanning.scan(body.text)
    return scanned.has("bulk") or scanned.has("optout")
