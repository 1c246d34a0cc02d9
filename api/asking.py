"""Endpoints that answer: search, ask, figures."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field, model_validator

from api.dependencies import Asked, Reads
from api.frames import Frame
from api.models import Answered, Ask, Entry, Figure, Found, Hit, Strict, Words
from api.paging import NO_CURSOR, Cursor, Limit, opened, sealed
from api.problems import Problem, Trouble, reference, status_of
from crm.errors import CrmError
from crm.insight.frame import Figures
from crm.insight.frame_words import in_words
from crm.insight.read import Refused
from crm.nouns import Answer

routes = APIRouter(tags=["questions"])
EVENT = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["step", "text", "done", "problem"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
DEEPEST = 200  # hits of one search, over all its pages


@routes.get("/search")
def search(
    asked: Reads,
    q: Annotated[Words, Query(description="words, a quoted phrase, an id, or a description")],
    account: Annotated[str, Query(max_length=200, description="only this account, by its name")] = "",
    engaged: Annotated[bool, Query(description="only verified two-way contact")] = False,
    limit: Limit = 10,
    cursor: Cursor = "",
) -> Found:
    """Records by words, by what they name and by meaning, best first."""
    start = _place(cursor)
    found = asked.house.find(q, min(start + limit + 1, DEEPEST), account.strip(), engaged)
    book = asked.house.book
    piece = found.hits[start : start + limit]
    return Found(
        items=[Hit(**dict(Entry.of(h.activity, book)), score=h.score, passage=h.passage) for h in piece],
        next_cursor=sealed(str(start + limit)) if start + limit < len(found.hits) else "",
        considered=found.considered,
        notices=list(found.notices),
    )


@routes.post("/ask")
def ask(asked: Reads, question: Ask) -> Answered:
    """The whole answer, its claims checked against the records it cites."""
    *_, answer = _turn(asked, question)
    return Answered.of(answer)


@routes.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}},
)
def ask_stream(asked: Reads, question: Ask) -> StreamingResponse:
    """The answer as it grows, as server-sent events.

    `step` tells what is being done; `text` holds the whole text so far; `done` the answer as `/ask` gives it;
    `problem` what went wrong instead.
    """
    return StreamingResponse(_events(asked, question), media_type="text/event-stream")


class Wanted(Strict):
    """Either a question in words or a frame."""

    question: Words | None = None
    frame: Frame | None = None

    @model_validator(mode="after")
    def _one(self) -> "Wanted":
        if (self.question is None) == (self.frame is None):
            raise ValueError("give a question or a frame, and not both")
        return self


class Computed(BaseModel):
    """Exact figures, with the frame they answer in words."""

    frame: str
    rows: list[Figure]
    matched: int = Field(description="records that the frame means")
    left_out: int = Field(description="of them without the value")
    ungrouped: int = Field(description="of them without the group")


@routes.post("/figures")
def figures(asked: Reads, wanted: Wanted) -> Computed:
    """Figures computed by SQL. What cannot be answered exactly is refused with what can be asked instead."""
    frame = wanted.frame.frame() if wanted.frame else wanted.question or ""
    found = asked.house.figures(frame, asked.by)
    if isinstance(found, Refused):
        instead = f" You can ask: {'; '.join(found.instead)}." if found.instead else ""
        raise Trouble(422, f"{found.because[:1].upper()}{found.because[1:]}.{instead}")
    return _computed(found)


def _computed(found: Figures) -> Computed:
    return Computed(
        frame=in_words(found.frame),
        rows=[Figure(name=f.name, value=f.value, unit=f.unit) for f in found.rows],
        matched=found.matched,
        left_out=found.left_out,
        ungrouped=found.ungrouped,
    )


def _turn(asked: Asked, question: Ask) -> Iterator[Answer]:
    house = asked.house
    return house.turn(question.heard(house.book, asked.by))


def _events(asked: Asked, question: Ask) -> Iterator[str]:
    told, steps = "", 0
    try:
        for answer in _turn(asked, question):
            for step in answer.steps[steps:]:
                yield _event("step", Step(name=step.name, detail=step.detail))
            steps = len(answer.steps)
            if answer.done:
                yield _event("done", Answered.of(answer))
            elif answer.text != told:
                told = answer.text
                yield _event("text", Text(text=told))
    except CrmError as err:
        yield _event("problem", _problem(status_of(err), str(err)))
    except Exception as err:  # noqa: BLE001 - the door: the stream has begun, so a bug can only be told within it
        yield _event("problem", _problem(500, reference(err)))


class Step(BaseModel):
    """One thing that a turn did."""

    name: str
    detail: str


class Text(BaseModel):
    """The answer's text so far."""

    text: str


def _event(name: str, data: BaseModel) -> str:
    return f"event: {name}\ndata: {data.model_dump_json()}\n\n"


def _problem(status: int, detail: str) -> Problem:
    return Problem(title="The answer broke off", status=status, detail=detail)


def _place(cursor: str) -> int:
    place = opened(cursor) if cursor else "0"
    if not place.isdecimal() or len(place) > 3 or int(place) >= DEEPEST:
        raise Trouble(422, NO_CURSOR)
    return int(place)
