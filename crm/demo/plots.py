"""Episodes of an account's log: what reps do, what customers answer, what machines send."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crm.demo.phrases import Voice
from crm.demo.rows import AccountRow, ActivityRow, ContactRow
from crm.demo.vendor import address

STAMP = "%d/%m/%Y %H:%M"
LETTERS_KEPT_SINCE = 2026
DUE = ("", " - {day}", " ({month})", " / {product}", " {site}")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in an account's episodes."""

    voice: Voice
    account: AccountRow
    person: ContactRow
    dice: random.Random

    @property
    def rep(self) -> str:
        return self.account.owner

    def row(self, at: datetime, kind: str, subject: str, body: str = "", **claims: str | int) -> ActivityRow:
        given: dict[str, str | int] = {"owner": self.rep, "account": self.account.name, **claims}
        given.setdefault("contact_emails", self.person.email)
        return ActivityRow("", subject, body, kind, at, **given)  # type: ignore[arg-type]


def _signed(cast: Cast) -> str:
    return cast.voice.say(cast.voice.bank.signatures)


def _mail(cast: Cast, words: str) -> str:
    return f"{cast.voice.say(cast.voice.tongue.hello)}\n\n{words}\n\n{_signed(cast)}"


def _opening(cast: Cast) -> str:
    return _mail(cast, f"{cast.voice.say(cast.voice.tongue.cold)}\n\n{cast.voice.say(cast.voice.tongue.about)}")


def _quoted(cast: Cast, at: datetime, theirs: bool, below: str) -> str:
    """`below` quoted under a head in the language of the account."""
    name, mail = (cast.person.name, cast.person.email) if theirs else (cast.rep, address(cast.rep))
    if cast.dice.random() < 0.3:
        head = f"**From:** {name} &lt;{mail}&gt;\n**Sent:** {at.strftime(STAMP)}\n**Subject:** Re:\n"
        return f"\n\n* * *\n\n{head}\n{below}"
    head = cast.voice.tongue.wrote.format(stamp=at.strftime(STAMP), name=name, address=mail)
    marked = "\n".join(f"> {line}" for line in below.splitlines())
    return f"\n\n{head}\n{marked}"


def _logged(cast: Cast, at: datetime, title: str, body: str, out: bool = True) -> ActivityRow:
    """A mail as some tool logged it: two thirds of the tools call it a Task."""
    style = cast.dice.random()
    way = "Out" if out else "In"
    claim = {"direction": "outbound" if out else "inbound"}
    if style < 0.30:
        head = f"To: {cast.person.email}\nCC:\nBCC:\nAttachment:\n\nSubject: {title}\nBody:\n" if out else ""
        return cast.row(at, "Task", f"[Outreach] [Email] [{way}] {title}", head + body, outcome="COMPLETED", **claim)
    if style < 0.45:
        bound = "Outbound" if out else "Inbound"
        return cast.row(at, "Task", f"[People.ai | {bound}] {title}", body, outcome="COMPLETED", **claim)
    if style < 0.55:
        return cast.row(at, "Task", f"Email: {title}", body, outcome="COMPLETED")
    return cast.row(at, "Email", title, body, **claim)


def sequence(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """A cold sequence: numbered steps with a fake Re:, each quoting the step before."""
    title = f"{cast.account.name} / {cast.voice.product}"
    body, before = _opening(cast), at
    yield cast.row(at, "Email", f"[Outreach] [Email] [Out] 1 {title}", body, direction="outbound")
    for step in range(2, cast.dice.randint(3, 6)):
        at = before + timedelta(days=cast.dice.randint(2, 6), minutes=cast.dice.randint(0, 90))
        body = _mail(cast, cast.voice.say(cast.voice.tongue.nudge)) + _quoted(cast, before, False, body)
        subject = f"[Outreach] [Email] [Out] {step} Re: {title}"
        kind = cast.dice.choice(("Task", "Task", "Email"))
        yield cast.row(at, kind, subject, body, direction="outbound", outcome="COMPLETED" if kind == "Task" else "")
        before = at


def answered(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """A mail of ours, their typed answer, our reply; sometimes only the last one was logged."""
    topic = cast.dice.choice(sorted(cast.voice.tongue.theirs))
    title = cast.voice.fill("{product}: {site}")
    opening = _opening(cast)
    heard = cast.voice.say(cast.voice.tongue.theirs[topic]) + f"\n\n{cast.person.name}\n{cast.person.title}"
    reply_at = at + timedelta(hours=cast.dice.randint(1, 70))
    last_at = reply_at + timedelta(hours=cast.dice.randint(1, 30))
    reply = heard + _quoted(cast, at, False, opening)
    last = _mail(cast, cast.voice.say(cast.voice.tongue.ours)) + _quoted(cast, reply_at, True, reply)
    if cast.dice.random() < 0.7:
        yield _logged(cast, at, title, opening)
        yield _logged(cast, reply_at, f"Re: {title}", reply, out=False)
    if topic not in ("refusal", "thanks"):
        yield _logged(cast, last_at, f"Re: {title}", last)


def dials(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """Calls that reached nobody who decides."""
    tongue, first = cast.voice.tongue, cast.person.name
    outcomes = (("No answer", tongue.no_answer), ("Left voicemail", tongue.voicemail), ("Connected", tongue.gatekeeper))
    for _ in range(cast.dice.randint(1, 4)):
        outcome, notes = cast.dice.choices(outcomes, weights=(5, 3, 1))[0]
        titles = (
            f"Call: {outcome}",
            f"Call {first}",
            f"Call: {outcome} - {first}",
            f"Outbound call {cast.account.name}",
        )
        subject = cast.dice.choice(titles)
        seconds = cast.dice.randint(0, 40) if outcome != "No answer" else 0
        note = cast.voice.say(notes)
        yield cast.row(at, "Call", subject, note, direction="outbound", outcome=outcome, duration_s=seconds)
        at += timedelta(days=cast.dice.randint(1, 5), minutes=cast.dice.randint(1, 200))


def talked(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """A call in which somebody spoke, with the rep's note of it."""
    note = cast.voice.say(cast.voice.tongue.notes)
    subject = cast.dice.choice(("Call: Connected", f"Call with {cast.person.name}", f"{cast.person.name} called back"))
    seconds = cast.dice.randint(180, 2400)
    yield cast.row(at, "Call", subject, note, direction="outbound", outcome="Connected", duration_s=seconds)
    yield cast.row(at + timedelta(minutes=40), "Task", cast.voice.say(cast.voice.tongue.internal), outcome="COMPLETED")


def met(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """A meeting: planned, then held, missed, cancelled or left without a word."""
    subject = cast.voice.say(cast.voice.tongue.meeting)
    accepted = f"When: {at.strftime(STAMP)}\nWhere: Microsoft Teams Meeting\n{cast.person.name} has accepted."
    yield cast.row(at - timedelta(days=4), "Email", f"Accepted: {subject}", accepted, direction="inbound")
    outcome = cast.dice.choices(("COMPLETED", "NO_SHOW", "CANCELED", "SCHEDULED"), weights=(6, 1, 1, 2))[0]
    note = cast.voice.say(cast.voice.tongue.notes) if outcome == "COMPLETED" else ""
    seconds: int | str = cast.dice.randint(20, 90) * 60 if outcome == "COMPLETED" else ""
    yield cast.row(at, "Event", subject, note, outcome=outcome, duration_s=seconds)


def chores(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """Tasks that reps set themselves; "COMPLETED" proves nothing about the customer."""
    for _ in range(cast.dice.randint(2, 5)):
        status = cast.dice.choice(("COMPLETED", "COMPLETED", "NOT_STARTED"))
        words = cast.voice.say(cast.voice.tongue.short) if cast.dice.random() < 0.5 else ""
        subject = cast.voice.say(cast.voice.tongue.internal) + cast.voice.fill(cast.dice.choice(DUE))
        yield cast.row(at, "Task", subject, words, outcome=status)
        at += timedelta(days=cast.dice.randint(1, 20))


def machines(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """What programs send: an absence, a bounce, a booking."""
    tongue, mail = cast.voice.tongue, cast.person.email
    away = cast.row(
        at,
        "Email",
        f"{tongue.out_of_office_subject}{cast.account.name} / {cast.voice.product}",
        cast.voice.say(tongue.out_of_office),
        direction="inbound",
    )
    bounce = cast.row(
        at,
        "Email",
        "Undeliverable: your message",
        f"Your message to {mail} could not be delivered.\n550 5.1.1 <{mail}>: Recipient address rejected",
        direction="inbound",
        contact_emails="",
    )
    booking = cast.row(
        at,
        "Email",
        f"New booking: {cast.person.name}, 30 minutes with {cast.rep}",
        f"Invitee: {cast.person.name}\nInvitee e-mail: {mail}\nPowered by the booking page",
        direction="inbound",
    )
    yield cast.dice.choices((away, bounce, booking), weights=(5, 2, 2))[0]


def campaign(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """A list mail: the same words to everybody, logged once for each; older ones lost their body."""
    letters = cast.voice.bank.newsletters
    subject = f"List Email: {at.year}-{at.month:02d} Docks without queues"
    body = letters[at.month % len(letters)] if at.year == LETTERS_KEPT_SINCE else ""
    at = at.replace(day=1 + at.month % 27, hour=9, minute=0)
    yield cast.row(at, "Task", subject, body, outcome="COMPLETED")


def unclear(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """Entries from which nobody can tell what happened."""
    kind = cast.dice.choice(("Task", "Call", "Task", "Event", "Task"))
    title = cast.dice.choice((kind, f"{cast.account.name}", f"{kind} - {cast.person.name}", "Follow up"))
    yield cast.row(at, kind, title, cast.dice.choice(("", "", cast.voice.say(cast.voice.tongue.short))))


def misfiled(cast: Cast, at: datetime) -> Iterator[ActivityRow]:
    """The junk subtype: a letter or a gift, which no CRM field foresees."""
    for row in unclear(cast, at):
        yield replace(row, crm_subtype="Postal")
