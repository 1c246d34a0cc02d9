"""What goes over the border about questions: answers, search, figures."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crm.nouns import Account, Activity, Answer, Computed, Contact, Engagement, Kind, Period, Question, Scope, Turn
from crm.quoting import plain
from crm.records.book import Book

Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True, pattern=r"\S")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Strict(BaseModel):
    """What comes in: a field that is not known is a mistake, not silence."""

    model_config = ConfigDict(extra="forbid")


class Named(BaseModel):
    """An account or a person by id, with the name to show."""

    id: str
    name: str


class Span(BaseModel):
    """Days, both inclusive; null is open on that side."""

    start: date | None = None
    end: date | None = None


class About(BaseModel):
    """What an answer is about, as it was understood."""

    account: Named | None = None
    contact: Named | None = None
    activity_id: str | None = None
    period: Span | None = None
    as_of: date | None = Field(None, description="the newest day in the data; relative dates count from it")

    @classmethod
    def of(cls, scope: Scope) -> "About":
        account, contact, period = scope.account, scope.contact, scope.period
        return cls(
            account=Named(id=account.id, name=account.name) if account else None,
            contact=Named(id=contact.id, name=contact.name) if contact else None,
            activity_id=scope.activity_id,
            period=Span(start=period.start, end=period.end) if period else None,
            as_of=scope.as_of,
        )

    def scope(self, book: Book) -> Scope:
        """The same for the house; what the book does not know is left out."""
        account: Account | None = book.account_by_id.get(self.account.id) if self.account else None
        contact: Contact | None = book.contact_by_id.get(self.contact.id) if self.contact else None
        period = Period(self.period.start, self.period.end) if self.period else None
        return Scope(account, contact, self.activity_id, period, self.as_of)


class Cited(BaseModel):
    """What [n] in an answer points at: words that stand literally in the record."""

    n: int
    activity_id: str
    quote: str


class Figure(BaseModel):
    """One exact value; `name` is its group, empty for a single figure."""

    name: str
    value: float
    unit: str = ""

    @classmethod
    def of(cls, computed: Computed) -> "Figure":
        return cls(name=computed.name, value=computed.value, unit=computed.unit)


class Earlier(BaseModel):
    """A turn before this one, as it was answered: enough to understand "and before that?"."""

    question: Words
    route: str = Field("", max_length=64)
    about: About = About()
    answer: str = Field("", max_length=20_000)

    def turn(self, book: Book) -> Turn:
        return Turn(self.question, Answer(self.answer, self.route, self.about.scope(book), done=True))


class Ask(Strict):
    """A question, after which earlier turns."""

    question: Words
    earlier: list[Earlier] = Field([], max_length=20, description="oldest first; parts of the answers as they came")

    def heard(self, book: Book, by: str) -> Question:
        return Question(self.question, tuple(one.turn(book) for one in self.earlier), by)


class Answered(BaseModel):
    """An answer whose every [n] is among `sources`."""

    route: str = Field(description="the agent that answered")
    about: About
    answer: str
    sources: list[Cited]
    notices: list[str] = Field(description="what a reader must know besides")
    suggestions: list[str]
    frame: str = Field(description="how a question about figures was understood, always in English")
    figures: list[Figure]

    @classmethod
    def of(cls, answer: Answer) -> "Answered":
        return cls(
            route=answer.route,
            about=About.of(answer.scope),
            answer=plain(answer.text),
            sources=[Cited(n=s.number, activity_id=s.activity_id, quote=s.quote) for s in answer.sources],
            notices=list(answer.notices),
            suggestions=list(answer.suggestions),
            frame=answer.frame,
            figures=[Figure.of(f) for f in answer.figures],
        )


class Entry(BaseModel):
    """One record in a list."""

    activity_id: str
    kind: Kind
    at: datetime | None
    subject: str
    account: Named | None
    label: Engagement | None = Field(None, description="the verdict that stands, where it is known")

    @classmethod
    def of(cls, activity: Activity, book: Book, label: Engagement | None = None) -> "Entry":
        account = book.account_by_id.get(activity.account_id or "")
        return cls(
            activity_id=activity.id,
            kind=activity.kind,
            at=activity.at,
            subject=activity.subject,
            account=Named(id=account.id, name=account.name) if account else None,
            label=label,
        )


class Hit(Entry):
    """A record that was found, with the words of it that were."""

    score: float
    passage: str


class Found(BaseModel):
    """What a search came to, of how many records that were looked at."""

    items: list[Hit]
    next_cursor: str = ""
    considered: int
    notices: list[str]
