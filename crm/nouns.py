"""The types everybody speaks in.

Frozen dataclasses; every datetime carries a zone (UTC once stored). Nothing here reads, writes or decides.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

LIKELY = 0.5  # the confidence from which a guess is likelier than not


class Kind(StrEnum):
    """What a CRM calls the activity. OTHER keeps a subtype that is none of the four."""

    EMAIL = "email"
    CALL = "call"
    EVENT = "event"
    TASK = "task"
    OTHER = "other"


class Side(StrEnum):
    """Who wrote a message: our company, the customer or prospect, a program, or nobody can tell."""

    US = "us"
    THEM = "them"
    MACHINE = "machine"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Which way the activity went, as the CRM claims it. A claim, not proof."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    UNKNOWN = "unknown"


class Engagement(StrEnum):
    """The three answers; the values are written to files exactly so."""

    ENGAGED = "ENGAGED"
    NOT_ENGAGED = "NOT ENGAGED"
    ND = "ND"


@dataclass(frozen=True, slots=True)
class Account:
    """A company we deal with. `size` in employees, `revenue` in millions of its currency.

    `type` is what it is to us, as somebody entered it: "Customer - Direct", "Prospect", "Lieferant".
    `joined` are the accounts that people said are this company, each as it came.
    """

    id: str
    name: str
    industry: str = ""
    region: str = ""
    size: int | None = None
    revenue: float | None = None
    owner: str = ""
    domain: str = ""
    parent: str = ""
    type: str = ""
    joined: tuple["Account", ...] = ()

    @property
    def everyone(self) -> tuple["Account", ...]:
        """The account with all that were joined into it, each under its own name."""
        return (self, *self.joined)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at an account. `joined` are the contacts that people said are this person, each as it came."""

    id: str
    account_id: str | None
    name: str
    email: str = ""
    title: str = ""
    phone: str = ""
    owner: str = ""
    opted_out: bool = False
    joined: tuple["Contact", ...] = ()

    @property
    def everyone(self) -> tuple["Contact", ...]:
        """The contact with all that were joined into it, each under its own name."""
        return (self, *self.joined)


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity. `won` is None while it is open; `amount` is None when it was never given.

    `closed_at` is when it was decided, `expected_close_at` when that is or was expected; `loss_reason` is as somebody
    entered it.
    """

    id: str
    account_id: str | None
    account_name: str
    name: str
    stage: str
    amount: float | None = None
    currency: str = ""
    product: str = ""
    owner: str = ""
    created_at: datetime | None = None
    closed_at: datetime | None = None
    won: bool | None = None
    expected_close_at: datetime | None = None
    loss_reason: str = ""

    @property
    def open(self) -> bool:
        return self.won is None

    @property
    def called(self) -> str:
        """What tells it from other deals: its name, or its id without the source, then its account's name."""
        name = self.name or self.id.partition(":")[2]
        return f"{name} ({self.account_name})" if self.account_name else name


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who is not a customer yet. `guessed` names the fields that were inferred, not given."""

    id: str
    name: str
    email: str = ""
    company: str = ""
    industry: str = ""
    job_title: str = ""
    company_size: str = ""
    location: str = ""
    status: str = ""
    owner: str = ""
    last_contact: datetime | None = None
    notes: str = ""
    guessed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rep:
    """One of ours who sells."""

    name: str
    email: str = ""
    manager: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One typed piece of a thread.

    `text` is cleaned; `span` is the half-open range of its words in the activity's raw body.
    `depth` counts quoting levels: 0 is the newest message, on top.
    """

    side: Side
    author: str
    address: str
    at: datetime | None
    text: str
    depth: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the activity log: a thread of messages with what the CRM claims about it.

    `id` is "source:native id"; `native_id` is given back unchanged. The raw subject and body are
    never altered; `subject` is without tags, `tags` are in order of appearance. `named` are those of the people in
    the record's column of contacts whom its subject or its text names, if only by half a name.
    """

    id: str
    native_id: str
    source: str
    kind: Kind
    raw_subject: str
    raw_body: str
    subject: str
    tags: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    direction: Direction = Direction.UNKNOWN
    outcome: str = ""
    duration_s: int | None = None
    at: datetime | None = None
    owner: str = ""
    account_id: str | None = None
    contact_ids: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def text_hash(self) -> str:
        """Identity of everything a judge may look at: 32 hex digits (BLAKE2b)."""
        seen = (self.kind, self.raw_subject, self.raw_body, self.direction, self.outcome, str(self.duration_s))
        return hashlib.blake2b("\x1f".join(seen).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """Clean subject, then every message from the newest down, one per paragraph."""
        return "\n\n".join(part for part in (self.subject, *(m.text for m in self.messages)) if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with its proof.

    `quote` is a literal substring of the raw record (empty only for an empty record).
    `decided_by` names the judge, such as "rule:voicemail_left", "model", "llm:gemini-x", "person:ana".
    `confidence` is in 0..1; `undecided` marks a best guess that no judge was sure of.
    """

    engagement: Engagement
    confidence: float
    because: str
    quote: str
    decided_by: str
    undecided: bool = False

    @property
    def counts_as(self) -> Engagement:
        """A guess is no conversation to rely on, nor one-way contact unless that is likelier than not."""
        weak = self.undecided and (self.engagement is Engagement.ENGAGED or self.confidence < LIKELY)
        return Engagement.ND if weak else self.engagement

    def __reduce__(self) -> tuple[type["Verdict"], tuple[Engagement, float, str, str, str, bool]]:
        """Verdicts go from process to process by the thousand: as their fields, without a look at each by name."""
        fields = self.engagement, self.confidence, self.because, self.quote, self.decided_by, self.undecided
        return Verdict, fields


@dataclass(frozen=True, slots=True)
class Label:
    """A verdict on record: appended, never changed. `by` is a person's name, or empty for a judge."""

    activity_id: str
    text_hash: str
    policy: str
    verdict: Verdict
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both inclusive; None means open on that side. `words` is how it was asked."""

    start: date | None
    end: date | None
    words: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """Its first and its last day; where it is open, those of the calendar."""
        return self.start or date.min, self.end or date.max


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities are meant; every field that is set must hold."""

    account_id: str | None = None
    contact_id: str | None = None
    kinds: frozenset[Kind] = frozenset()
    side: Side | None = None
    period: Period | None = None
    engagement: Engagement | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things a name in a question may mean. `score` is in 0..100."""

    id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about.

    `candidates` is filled when the turn must ask back which one is meant; `unknown` holds a company
    name that was asked about but is not in the data. `as_of` is the newest day in the data. `rep` is
    the name of one of ours who was named.
    """

    account: Account | None = None
    contact: Contact | None = None
    activity_id: str | None = None
    period: Period | None = None
    as_of: date | None = None
    candidates: tuple[Candidate, ...] = ()
    unknown: str = ""
    rep: str = ""

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that is meant, the last no later than `as_of`."""
        first, last = self.period.span if self.period else (date.min, date.max)
        return first, min(last, self.as_of or date.max)


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, by whom, after which turns (oldest first).

    `wishes` are what was said since about how the answer should be: "shorter", "in French".
    """

    text: str
    history: tuple["Turn", ...] = ()
    asked_by: str = ""
    language: str = "en"
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered piece of the record: `text` is literally in activity `activity_id`."""

    number: int
    activity_id: str
    text: str
    at: datetime | None = None
    author: str = ""
    side: Side = Side.UNKNOWN
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How the words should sound."""

    language: str = "en"
    tone: str = "friendly"
    length: str = "normal"


@dataclass(frozen=True, slots=True)
class Computed:
    """One row of an exact result: `name` is the group, empty for a single figure; `value` is not rounded."""

    name: str
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """All a writer may use: the task, the ask, computed facts by name, numbered evidence, manner.

    `frame` says in English words what `figures` are, where the task computes some.
    """

    task: str
    ask: str
    facts: Mapping[str, object]
    evidence: tuple[Evidence, ...] = ()
    manner: Manner = Manner()
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    frame: str = ""
    figures: tuple[Computed, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What [n] in an answer points at."""

    number: int
    activity_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a turn did, for the accordion. `seconds` is wall time."""

    name: str
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer so far; a turn yields growing ones and the last has `done`.

    `text` is in the language asked for, notices and suggestions in that of the question; `frame` is always English,
    for programs compare it.
    """

    text: str
    route: str = ""
    scope: Scope = Scope()
    sources: tuple[Source, ...] = ()
    notices: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    suggestions: tuple[str, ...] = ()
    frame: str = ""
    figures: tuple[Computed, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was answered, kept for the follow-up."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Score:
    """A number that says why: `parts` are (name, points, because)."""

    value: float
    parts: tuple[tuple[str, float, str], ...] = field(default=())
    band: str = ""
