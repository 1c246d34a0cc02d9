"""The ledger of imports: what came in, row by row accounted for."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask

from api.dependencies import Writes
from api.paging import Cursor, Limit, Page, page
from crm.access import Right
from crm.intake.ledger import Intake, intake, intakes

routes = APIRouter(prefix="/imports", tags=["imports"])
LARGEST = 2**63 - 1  # of a database's integers
Number = Annotated[int, InPath(ge=1, le=LARGEST)]


class Refused(BaseModel):
    """A row that was not stored, and why."""

    line: int
    reason: str


class Imported(BaseModel):
    """The ledger of one import: read = stored + duplicate + unchanged + refused."""

    id: int
    file_name: str
    source: str
    record: str
    finished: bool
    read: int
    stored: int
    changed: int
    duplicate: int
    unchanged: int
    refused: int
    unmatched: int = Field(description="stored rows that belong to no account we know")
    refusals: list[Refused] = Field(description="the first hundred, where one import is asked for")

    @classmethod
    def of(cls, intake: Intake) -> "Imported":
        return cls(
            id=intake.import_id,
            file_name=intake.file_name,
            source=intake.source,
            record=intake.record,
            finished=intake.finished,
            read=intake.read,
            stored=intake.stored,
            changed=intake.changed,
            duplicate=intake.duplicate,
            unchanged=intake.unchanged,
            refused=intake.refused,
            unmatched=intake.unmatched,
            refusals=[Refused(line=r.line, reason=r.reason) for r in intake.refusals],
        )


@routes.get("")
def imports(asked: Writes, limit: Limit = 50, cursor: Cursor = "") -> Page[Imported]:
    """Every import, the newest first."""
    asked.caller.viewer.needs(Right.IMPORT)
    return page(intakes(asked.house.store), lambda i: (-i.import_id,), cursor, limit, Imported.of)


@routes.get("/{import_id}")
def one(asked: Writes, import_id: Number) -> Imported:
    """One import with its first refused rows."""
    asked.caller.viewer.needs(Right.IMPORT)
    return Imported.of(intake(asked.house.store, import_id))


@routes.get("/{import_id}/refused", response_class=FileResponse, responses={200: {"content": {"text/csv": {}}}})
def refused(asked: Writes, import_id: Number) -> FileResponse:
    """The refused rows as a file to mend and import again."""
    asked.caller.viewer.needs(Right.IMPORT)
    intake(asked.house.store, import_id)
    path = asked.house.refused_csv(import_id)
    return FileResponse(path, media_type="text/csv", filename=path.name, background=BackgroundTask(_forget, path))


def _forget(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
