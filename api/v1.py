"""The HTTP API, version 1: its endpoints, its description, its errors."""

from typing import TYPE_CHECKING

from fastapi import FastAPI

from api import accounts, asking, imports, long_work, records
from api.idempotency import Replies
from api.jobs import Jobs
from api.problems import MEDIA_TYPE, Problem, handled

if TYPE_CHECKING:
    from house import House

ABOUT = """Ask a CRM's activity log and get answers that cite their records.

Send a token with every call: `Authorization: Bearer crm_...`. Every error is a problem (RFC 9457). Lists come in pages
with a cursor. Writes take an `Idempotency-Key`."""
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def v1(house: "House", jobs: Jobs, replies: Replies) -> FastAPI:
    """The API as an app of its own, to be mounted: what it does not know is a problem, not a page of the window."""
    app = FastAPI(
        title="Engaged?",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": Problem, "description": "what went wrong", **_PROBLEM}},
    )
    app.state.house, app.state.jobs, app.state.replies = house, jobs, replies
    handled(app)
    for room in (asking, records, accounts, long_work, imports):
        app.include_router(room.routes)
    return app
