"""Endpoints about single records: read one, judge one, correct one."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath

from api.dependencies import Asked, Reads, Writes
from api.idempotency import Key, Write, replies_of
from api.models import Entry
from api.problems import Trouble
from api.record_models import Audited, Correct, Corrected, Judge, Part, Record, Ruling, Said
from crm.access import Right

routes = APIRouter(tags=["records"])
ActivityId = Annotated[str, InPath(min_length=1, max_length=200, description="the full id, or the export's own")]


@routes.post("/audit")
def audit(asked: Reads, wanted: Judge) -> Audited:
    """Judges one record: of the store by its id, or a text that is kept nowhere."""
    if (wanted.id is None) == (wanted.text is None):
        raise Trouble(422, "Give an id or a text, and not both.")
    house = asked.house
    judged = (
        house.judge_one(wanted.id)
        if wanted.id is not None
        else house.judge_text(wanted.text or "", wanted.subject, wanted.kind)
    )
    return Audited.of(judged, house.book)


@routes.get("/activities/{activity_id}")
def activity(asked: Reads, activity_id: ActivityId) -> Record:
    """One record in full: who wrote which part, and the verdict that stands."""
    house = asked.house
    found = house.record(activity_id)
    label = house.judged([found.id]).get(found.id)
    return Record(
        record=Entry.of(found, house.book, label.verdict.engagement if label else None),
        owner=found.owner,
        direction=found.direction,
        outcome=found.outcome,
        thread=[Part.of(message) for message in found.messages],
        verdict=Ruling.of(label.verdict) if label else None,
    )


@routes.get("/activities/{activity_id}/history")
def history(asked: Reads, activity_id: ActivityId) -> list[Said]:
    """All that was ever said about a record, by judges and people, the newest first."""
    return [Said.of(event) for event in asked.house.history(activity_id)]


@routes.post("/activities/{activity_id}/corrections", status_code=201)
def correct(
    asked: Writes, request: Request, activity_id: ActivityId, said: Correct, idempotency_key: Key = ""
) -> Corrected:
    """A person's label: it wins over every judge, at once and for good."""
    asked.caller.viewer.needs(Right.CORRECT)

    def write() -> Corrected:
        asked.house.correct(activity_id, said.label.value, said.why, asked.by)
        return _standing(asked, activity_id)

    named = Write(asked.by, idempotency_key, f"correct {activity_id} {said.model_dump_json()}")
    return replies_of(request).once(named, Corrected, write)


@routes.delete("/activities/{activity_id}/corrections")
def take_back(asked: Writes, request: Request, activity_id: ActivityId, idempotency_key: Key = "") -> Corrected:
    """The last correction of a record counts no longer."""
    asked.caller.viewer.needs(Right.CORRECT)

    def write() -> Corrected:
        asked.house.take_back(activity_id, asked.by)
        return _standing(asked, activity_id)

    return replies_of(request).once(Write(asked.by, idempotency_key, f"take back {activity_id}"), Corrected, write)


def _standing(asked: Asked, activity_id: str) -> Corrected:
    found = asked.house.record(activity_id)
    label = asked.house.judged([found.id]).get(found.id)
    return Corrected(activity_id=found.id, label=label.verdict.engagement if label else None, by=asked.by)
