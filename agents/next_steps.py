"""What an account's log means for the days ahead: open promises, risks with their evidence, the next step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from agents.base import Log
from agents.numbered_evidence import Exhibits, Said
from agents.statements import Statements, holds
from crm.engagement.timeline import UNANSWERED, Timeline, Touch, is_conversation
from crm.nouns import Activity, Deal, Kind, Side
from crm.records.book import Book

SILENT_DAYS = 45
WORRY_DAYS = 120  # how old a worry or a promise of theirs may be to count still
PROMISES = 4
WORRIES = 2
CHASED = 3


@dataclass(frozen=True, slots=True)
class Risk:
    """`what` is silent, waiting, one_voice, no_meeting, chased or worry; `days` and `deal` where they matter."""

    what: str
    said: Said | None
    days: int
    deal: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """`what` is answer, prepare, reengage, other_person, introduce or ask; `said` is the record it follows from.

    `tries` counts the messages since the last answer, for other_person.
    """

    what: str
    said: Said | None
    day: date | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """One account's log with its open deals, as of a day."""

    log: Log
    line: Timeline
    deals: Sequence[Deal]
    as_of: date

    def promises(self, shown: Exhibits, book: Book) -> list[Said]:
        """What somebody of either side promised lately in a conversation, the newest first."""
        return self._statements(shown, book).of("promise", (Side.THEM, Side.US), PROMISES)

    def risks(self, shown: Exhibits, book: Book) -> list[Risk]:
        """What may cost the deal, each with the record that shows it."""
        return [*self._silences(shown, book), *self._worries(shown, book)]

    def next_step(self, shown: Exhibits, book: Book) -> NextStep:
        """The one thing to do now, and the record it follows from."""
        line = self.line
        if line.two_way is None:
            return NextStep("introduce", None, None)
        last = shown.touch(line.two_way, book)
        if waiting_days(line, self.as_of) is not None and line.inbound:
            return NextStep("answer", shown.touch(line.inbound, book), line.inbound.day)
        if line.meeting and line.meeting.at:
            return NextStep("prepare", shown.record(line.meeting), line.meeting.at.date())
        if line.since and line.since.count >= CHASED:
            return NextStep("other_person", shown.record(line.since.activities[-1]), line.since.last, line.since.count)
        if (self.as_of - line.two_way.day).days > SILENT_DAYS:
            return NextStep("reengage", last, line.two_way.day)
        return NextStep("ask", last, line.two_way.day)

    def _silences(self, shown: Exhibits, book: Book) -> Iterator[Risk]:
        line, deal = self.line, next((d.name for d in self.deals), "")
        waited = waiting_days(line, self.as_of)
        if waited is not None and line.inbound:
            yield Risk("waiting", shown.touch(line.inbound, book), waited, "")
        if line.two_way and deal and (silent := (self.as_of - line.two_way.day).days) > SILENT_DAYS:
            yield Risk("silent", shown.touch(line.two_way, book), silent, deal)
        if line.since and line.since.count >= CHASED:
            yield Risk("chased", shown.record(line.since.activities[-1]), line.since.count, "")
        voices = {i for a in self._recent() for i in a.contact_ids}
        if deal and len(voices) == 1 and line.two_way:
            yield Risk("one_voice", shown.touch(line.two_way, book), WORRY_DAYS, deal)
        if deal and line.meeting is None:
            yield Risk("no_meeting", None, 0, deal)

    def _worries(self, shown: Exhibits, book: Book) -> Iterator[Risk]:
        for said in self._statements(shown, book).of("objection", (Side.THEM,), WORRIES):
            yield Risk("worry", said, 0, "")

    def _statements(self, shown: Exhibits, book: Book) -> Statements:
        return Statements(Log(tuple(self._lately()), self.log.labels), shown, book)

    def _lately(self) -> Iterator[Activity]:
        for a in self.log.activities:
            if a.at is not None and 0 <= (self.as_of - a.at.date()).days <= WORRY_DAYS:
                yield a

    def _recent(self) -> Iterator[Activity]:
        return (a for a in self._lately() if is_conversation(self.log.labels.get(a.id)))


def waiting_days(line: Timeline, as_of: date) -> int | None:
    """How long they have been waiting for a word from us; None when they are not: we wrote, or talked, since."""
    if line.inbound is None or _declines(line.inbound):
        return None
    written = line.outbound is not None and line.outbound.at >= line.inbound.at
    talked = (line.two_way is not None and line.two_way.at > line.inbound.at) or _we_took_part(line.inbound)
    return None if written or talked else (as_of - line.inbound.day).days


def _declines(touch: Touch) -> bool:
    """Whether their last word is a no, or says that all is done, and asks for nothing more."""
    return "?" not in touch.text and (holds(touch.text, "refusal") or settles(touch.text))


def settles(text: str) -> bool:
    """Whether it says that the matter is done, and asks for nothing: "got the credit, all square"."""
    return holds(text, "settled") and not holds(text, "request")


def _we_took_part(touch: Touch) -> bool:
    """A call of theirs that was taken, or a meeting, in our note of it: what it leaves to us, the note says."""
    spoken = touch.activity.kind in (Kind.CALL, Kind.EVENT) and touch.activity.outcome.casefold() not in UNANSWERED
    return spoken and touch.side is not Side.THEM
