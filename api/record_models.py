"""What goes over the border about records: one in full, how it was judged, its corrections."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.models import Entry, Id, Strict
from crm.engagement.corrections import Event
from crm.nouns import Engagement, Kind, Message, Side, Verdict
from crm.records.book import Book
from house import Judged


class Judge(Strict):
    """What to judge: a stored record by its id, or a text that is kept nowhere."""

    id: Id | None = None
    text: Annotated[str, StringConstraints(max_length=200_000)] | None = None
    subject: str = Field("", max_length=2_000)
    kind: Kind = Kind.OTHER


class Ruling(BaseModel):
    """A verdict; `quote` stands literally in the record."""

    engagement: Engagement
    confidence: float = Field(ge=0, le=1)
    because: str
    quote: str
    decided_by: str
    undecided: bool = Field(description="a best guess that no judge was sure of")

    @classmethod
    def of(cls, verdict: Verdict) -> "Ruling":
        return cls(
            engagement=verdict.engagement,
            confidence=verdict.confidence,
            because=verdict.because,
            quote=verdict.quote,
            decided_by=verdict.decided_by,
            undecided=verdict.undecided,
        )


class Rule(BaseModel):
    """A rule that spoke, on which words."""

    name: str
    says: Engagement
    because: str
    quote: str


class Part(BaseModel):
    """One message of a record's thread; `depth` counts levels of quoting."""

    side: Side
    author: str
    at: datetime | None
    text: str
    depth: int

    @classmethod
    def of(cls, message: Message) -> "Part":
        author = message.author or message.address
        return cls(side=message.side, author=author, at=message.at, text=message.text, depth=message.depth)


class Audited(BaseModel):
    """One record with its verdict and all that led to it."""

    record: Entry
    verdict: Ruling
    rules: list[Rule]
    conflict: bool = Field(description="rules contradicted each other, so none of them decided")
    model: dict[Engagement, float] = Field(description="what the small model thinks; empty without one")

    @classmethod
    def of(cls, judged: Judged, book: Book) -> "Audited":
        explained = judged.explained
        verdict = judged.label.verdict if judged.label else explained.verdict
        return cls(
            record=Entry.of(judged.activity, book, verdict.engagement),
            verdict=Ruling.of(verdict),
            rules=[Rule(name=r.name, says=r.says, because=r.because, quote=r.quote) for r in explained.rules],
            conflict=explained.conflict,
            model=dict(explained.model.probabilities) if explained.model else {},
        )


class Record(BaseModel):
    """One record in full: what it says, how it is judged."""

    record: Entry
    owner: str
    direction: str
    outcome: str
    thread: list[Part]
    verdict: Ruling | None


class Correct(Strict):
    """A person's word on a record."""

    label: Engagement
    why: str = Field("", max_length=2_000)


class Corrected(BaseModel):
    """What a correction changed. Carries no text of the record."""

    activity_id: str
    label: Engagement | None
    by: str


class Said(BaseModel):
    """One verdict that a record had: by whom, when, why."""

    at: datetime
    who: str
    engagement: Engagement
    because: str
    stands: bool
    taken_back: bool
    earlier_text: bool

    @classmethod
    def of(cls, event: Event) -> "Said":
        verdict = event.label.verdict
        return cls(
            at=event.at,
            who=event.who,
            engagement=verdict.engagement,
            because=verdict.because,
            stands=event.stands,
            taken_back=event.taken_back,
            earlier_text=event.earlier_text,
        )
