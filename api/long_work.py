"""Endpoints of long work: audit many, export all; how far it is, stop, go on, take the result."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from api.dependencies import Asked, Writes
from api.idempotency import Key, Write, replies_of
from api.jobs import Job, Jobs, Order, State, input_of, result_of
from api.models import Strict
from api.paging import Cursor, Limit, Page, Place, page
from api.uploads import Received, received
from crm.access import Right
from crm.engagement.report import AuditReport
from crm.nouns import Engagement
from house import Pace, Wanted

routes = APIRouter(tags=["jobs"])
Form = Literal["csv", "xlsx", "jsonl", "parquet"]
JobId = Annotated[str, InPath(pattern=r"^[0-9a-f]{16}$")]
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


class JobOut(BaseModel):
    """A job: where it is, and once it is done what it counted."""

    id: str
    what: Literal["audit", "export"]
    form: Form
    state: State
    done: int = Field(description="rows so far")
    total: int | None
    problem: str = Field(description="what went wrong, or why it stopped")
    labels: dict[Engagement, int]
    made_at: str

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        return cls.model_validate(
            {
                "id": job.id,
                "what": job.order.what,
                "form": job.order.form,
                "state": job.state,
                "done": job.done,
                "total": job.total,
                "problem": job.problem,
                "labels": job.labels,
                "made_at": job.made_at,
            }
        )


class Export(Strict):
    """How to write what the store holds; `keep` adds each record's own columns."""

    form: Form = "csv"
    keep: bool = False


File = Annotated[Received, Depends(received, scope="function")]
CSV = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


@routes.post("/audits", status_code=202, openapi_extra=CSV)
def audit(
    asked: Writes,
    request: Request,
    response: Response,
    file: File,
    form: Annotated[Form, Query(description="what the result is written as")] = "csv",
    keep: Annotated[bool, Query(description="add the file's other columns to the result")] = False,
    idempotency_key: Key = "",
) -> JobOut:
    """Audits a CSV file row by row: the body is the file. Nothing of it is stored but in the job's own folder."""
    asked.caller.viewer.needs(Right.AUDIT)
    order = Order("audit", form, keep)
    named = Write(asked.by, idempotency_key, f"{order} {file.digest}")
    job = replies_of(request).once(named, JobOut, lambda: _started(asked, request, order, file.path))
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job


@routes.post("/exports", status_code=202)
def export(asked: Writes, request: Request, response: Response, wanted: Export, idempotency_key: Key = "") -> JobOut:
    """Writes the verdict that stands for every record of the store."""
    asked.caller.viewer.needs(Right.EXPORT)
    order = Order("export", wanted.form, wanted.keep)
    named = Write(asked.by, idempotency_key, str(order))
    job = replies_of(request).once(named, JobOut, lambda: _started(asked, request, order, None))
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job


@routes.get("/jobs")
def jobs(asked: Writes, request: Request, limit: Limit = 50, cursor: Cursor = "") -> Page[JobOut]:
    """Your jobs, the newest first."""
    return page(_jobs(request).of(asked.by), _place, cursor, limit, JobOut.of)


@routes.get("/jobs/{job_id}")
def one(asked: Writes, request: Request, job_id: JobId) -> JobOut:
    """How far a job is."""
    return JobOut.of(_jobs(request).one(asked.by, job_id))


@routes.post("/jobs/{job_id}/cancel")
def cancel(asked: Writes, request: Request, job_id: JobId) -> JobOut:
    """Asks a job to stop; what it did is kept. Asked of one that has ended, it changes nothing."""
    found = _jobs(request)
    return JobOut.of(found.cancel(found.one(asked.by, job_id)))


@routes.post("/jobs/{job_id}/resume", status_code=202)
def resume(asked: Writes, request: Request, job_id: JobId) -> JobOut:
    """Goes on where a stopped job was."""
    found = _jobs(request)
    job = found.one(asked.by, job_id)
    asked.caller.viewer.needs(Right.AUDIT if job.order.what == "audit" else Right.EXPORT)
    return JobOut.of(found.run(job, _work(asked)))


@routes.get(
    "/jobs/{job_id}/result",
    response_class=FileResponse,
    responses={200: {"content": {kind: {} for kind in MEDIA.values()}}},
)
def result(asked: Writes, request: Request, job_id: JobId) -> FileResponse:
    """The result of a job that is done. Cells that a spreadsheet would run as formulas are defused in CSV."""
    found = _jobs(request)
    job = found.one(asked.by, job_id)
    path = found.result(job)
    return FileResponse(path, media_type=MEDIA[job.order.form], filename=f"{job.order.what}-{job.id}.{job.order.form}")


@routes.delete("/jobs/{job_id}", status_code=204)
def drop(asked: Writes, request: Request, job_id: JobId) -> None:
    """Removes a job with its files."""
    found = _jobs(request)
    found.drop(found.one(asked.by, job_id))


def _started(asked: Asked, request: Request, order: Order, file: Path | None) -> JobOut:
    found = _jobs(request)
    return JobOut.of(found.run(found.make(asked.by, order, file), _work(asked)))


def _work(asked: Asked) -> Callable[..., AuditReport]:
    """What a job does, in the house as whoever asked for it may see it."""

    def work(job: Job, folder: Path, watch: Callable[[Pace], None], stop: Callable[[], bool]) -> AuditReport:
        wanted = Wanted(result_of(folder, job.order), keep=job.order.keep)
        if job.order.what == "audit":
            return asked.house.audit_file(input_of(folder), wanted, watch, stop)
        return asked.house.audit_store(wanted, watch, stop)

    return work


def _place(job: Job) -> Place:
    """Where a job stands in the list: the newest first."""
    return (-round(datetime.fromisoformat(job.made_at).timestamp() * 1_000_000), job.id)


def _jobs(request: Request) -> Jobs:
    found = request.app.state.jobs
    assert isinstance(found, Jobs)  # noqa: S101 - put there when the API was made
    return found
