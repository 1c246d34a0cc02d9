"""What an activity log amounts to: when we last really talked, who wrote last, what was only chasing.

Computed from activities with their standing labels; nothing here reads the store or judges.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from crm.nouns import Activity, Direction, Engagement, Kind, Label, Message, Side

CHASE = 2  # so many one-way messages in a row are a chase
SAME = 60  # characters in which a message and its (often cut) quotation agree
CALLED_OFF = frozenset({"canceled", "cancelled"})
UNANSWERED = frozenset({"no answer", "left voicemail", "busy", "wrong number"})  # of a call: it was ours
NOBODY_CAME = frozenset({"no_show", "no show", "noshow"})


@dataclass(frozen=True, slots=True)
class Touch:
    """One moment of contact. `text` is literally in the activity; `quoted`: it stands under newer words there."""

    activity: Activity
    at: datetime
    who: str
    side: Side
    text: str
    quoted: bool = False

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Chase:
    """A run of one-way outreach without an engaged activity in between; oldest first."""

    activities: tuple[Activity, ...]

    @property
    def count(self) -> int:
        return len(self.activities)

    @property
    def first(self) -> date:
        return _day(self.activities[0])

    @property
    def last(self) -> date:
        return _day(self.activities[-1])

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many of each kind, the most frequent first."""
        return tuple((kind.value, n) for kind, n in Counter(a.kind for a in self.activities).most_common())


@dataclass(frozen=True, slots=True)
class Timeline:
    """A log in short. `since` is the chase that has not been answered yet; `before` the answered ones.

    `ahead` counts what lies after its day: nothing is judged of it here, whatever its label says.
    """

    two_way: Touch | None
    inbound: Touch | None
    outbound: Touch | None
    meeting: Activity | None
    counts: Mapping[Engagement, int]
    since: Chase | None
    before: tuple[Chase, ...]
    undecided: tuple[Activity, ...]
    undated: int
    unjudged: int
    ahead: int


def timeline(
    activities: Sequence[Activity], labels: Mapping[str, Label], as_of: date, since: date = date.min
) -> Timeline:
    """The log as it stood at the end of the day `as_of`; only the next meeting lies after it.

    Mails of ours that only quote what they wrote before the day `since` are one-way.
    """
    dated = sorted((a for a in activities if a.at), key=_at)
    past = [a for a in dated if _day(a) <= as_of]
    done = [*past, *(a for a in activities if a.at is None)]
    heard = _heard(activities, as_of)
    talks = [t for t in _talks(heard, labels) if t.day >= since]
    inbound = _first_told(t for a in heard if (t := _inbound(a, labels)))
    runs, open_run = _runs(past, {t.activity.id: t for t in talks})
    return Timeline(
        two_way=_newest(talks),
        inbound=_newest([t for t in inbound if t.day >= since]),
        outbound=_newest([_sent(a) for a in past if is_outreach(a)]),
        meeting=next((a for a in dated if _day(a) > as_of and is_planned(a)), None),
        counts=_counts(done, labels, since),
        since=open_run,
        before=runs,
        undecided=tuple(a for a in reversed(past) if a.id in labels and _counted_as(a, labels, since) is Engagement.ND),
        undated=sum(_heard_at(a) is None for a in activities),
        unjudged=sum(a.id not in labels for a in done),
        ahead=len(activities) - len(done),
    )


def conversations(activities: Sequence[Activity], labels: Mapping[str, Label], as_of: date) -> list[Touch]:
    """Every moment of real contact up to that day, the newest first; a reply counts once, where it was written."""
    return sorted(_talks(_heard(activities, as_of), labels), key=lambda t: t.at, reverse=True)


def talk(activity: Activity, labels: Mapping[str, Label]) -> Touch | None:
    """The moment of an engaged activity: their newest words in it, else the words that prove it."""
    theirs = their_messages(activity)
    if _heard_at(activity) is None:
        return None
    if theirs:
        return _touch(activity, theirs[0], theirs[0].text)
    quote = labels[activity.id].verdict.quote
    author = activity.messages[0] if activity.messages else None
    said = quote or (author.text if author else activity.subject)
    return Touch(activity, _at(activity), "", author.side if author else Side.UNKNOWN, said)


def their_messages(activity: Activity) -> list[Message]:
    """What they wrote in it, the newest first."""
    found = [m for m in activity.messages if m.side is Side.THEM and m.text.strip()]
    if len(found) < 2:
        return found
    return sorted(found, key=lambda m: (m.at is not None and m.at.timestamp(), -m.depth), reverse=True)


def is_outreach(activity: Activity) -> bool:
    """We wrote or rang: the CRM says outbound, or it is a mail whose newest words are ours, a call nobody took."""
    if activity.kind is Kind.EVENT or activity.direction is Direction.INBOUND:
        return False
    first = activity.messages[0].side if activity.messages else None
    if activity.direction is Direction.OUTBOUND:
        return first is not Side.THEM
    if activity.kind is Kind.CALL:
        return activity.outcome.casefold() in UNANSWERED
    return activity.kind is Kind.EMAIL and first is Side.US


def is_planned(activity: Activity) -> bool:
    """A meeting that still stands."""
    return activity.kind is Kind.EVENT and activity.outcome.casefold() not in CALLED_OFF | NOBODY_CAME


def _talks(past: Sequence[Activity], labels: Mapping[str, Label]) -> list[Touch]:
    return _first_told(t for a in past if _engaged(a, labels) and (t := talk(a, labels)))


def _inbound(activity: Activity, labels: Mapping[str, Label]) -> Touch | None:
    """Their newest words; or the record itself when it says inbound without words, and was judged real."""
    for message in their_messages(activity)[:1] if _heard_at(activity) else ():
        return _touch(activity, message, message.text)
    real = activity.direction is Direction.INBOUND and _engaged(activity, labels)
    return talk(activity, labels) if real else None


def _sent(activity: Activity) -> Touch:
    ours = next((m for m in activity.messages if m.side is Side.US and m.text.strip()), None)
    text = ours.text if ours else activity.subject or activity.raw_subject
    return Touch(activity, _at(activity), (ours.author if ours else "") or activity.owner, Side.US, text)


def _touch(activity: Activity, message: Message, text: str) -> Touch:
    """A quoted message is older than the record it stands in; without its own date the record's must do."""
    at = message.at if message.at and (activity.at is None or message.at <= activity.at) else _at(activity)
    return Touch(activity, at, message.author or message.address, message.side, text, message.depth > 0)


def _newest(touches: Sequence[Touch]) -> Touch | None:
    return max(touches, key=lambda t: t.at, default=None)


def _first_told(touches: Iterable[Touch]) -> list[Touch]:
    """Each only where its words stand first: a reply is quoted again under every later mail.

    Who writes the same words on another day has written again; the same day, it is one mail that was logged twice.
    """
    kept: dict[tuple[str, date | None], Touch] = {}
    told: set[str] = set()
    for touch in touches:
        if touch.side is not Side.THEM:
            kept[touch.activity.id, None] = touch
            continue
        words = " ".join(touch.text.split())[:SAME].casefold()
        if not (touch.quoted and words in told):
            kept.setdefault((words, touch.day), touch)
        told.add(words)
    return list(kept.values())


def _runs(past: Sequence[Activity], talks: Mapping[str, Touch]) -> tuple[tuple[Chase, ...], Chase | None]:
    """The chases that were answered, then the one that was not."""
    moments = [(t.at, t.activity, True) for t in talks.values()]
    moments += [(_at(a), a, False) for a in past if is_outreach(a) and (a.id not in talks or talks[a.id].at < _at(a))]
    done: list[Chase] = []
    run: list[Activity] = []
    for _, activity, answered in sorted(moments, key=lambda m: m[0]):
        if not answered:
            run.append(activity)
            continue
        if len(run) >= CHASE:
            done.append(Chase(tuple(run)))
        run = []
    return tuple(done), Chase(tuple(run)) if len(run) >= CHASE else None


def is_conversation(label: Label | None) -> bool:
    """ENGAGED, and somebody was sure of it: a guess is no contact to rely on."""
    return label is not None and label.verdict.engagement is Engagement.ENGAGED and not label.verdict.undecided


def _counts(activities: Sequence[Activity], labels: Mapping[str, Label], since: date) -> dict[Engagement, int]:
    """How many are conversations, one-way or not decided, as the table of accounts counts them (`overview.pulses`)."""
    found = Counter(_counted_as(a, labels, since) for a in activities if a.id in labels)
    return {e: found[e] for e in Engagement}


def _counted_as(activity: Activity, labels: Mapping[str, Label], since: date) -> Engagement:
    verdict = labels[activity.id].verdict
    touch = talk(activity, labels) if verdict.engagement is Engagement.ENGAGED else None
    if touch and touch.day < since:
        return Engagement.NOT_ENGAGED
    return verdict.counts_as


def _engaged(activity: Activity, labels: Mapping[str, Label]) -> bool:
    return is_conversation(labels.get(activity.id))


def _heard(activities: Iterable[Activity], as_of: date) -> list[Activity]:
    """What they may have said something in up to that day, oldest first."""
    told = ((at, a.at is None, a) for a in activities if (at := _heard_at(a)) and at.date() <= as_of)
    return [activity for *_, activity in sorted(told, key=itemgetter(0, 1))]


def _heard_at(activity: Activity) -> datetime | None:
    """Its day; for a mail of ours without one that of their newest words, which it quotes."""
    of_ours = activity.kind is Kind.EMAIL and activity.messages[:1] and activity.messages[0].side is Side.US
    if activity.at or not of_ours:
        return activity.at
    return next((m.at for m in their_messages(activity)), None)


def _at(activity: Activity) -> datetime:
    if activity.at is None:
        raise ValueError(f"{activity.id} has no date")
    return activity.at


def _day(activity: Activity) -> date:
    return _at(activity).date()
