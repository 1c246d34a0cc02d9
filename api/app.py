"""Puts the doors together: one server, and around it, in this order, what every call goes through."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from fastapi import FastAPI, Request
from starlette.types import ASGIApp

from api.guard import Doors, Guard, name_of
from api.health import health
from api.idempotency import Replies
from api.jobs import Jobs
from api.mcp_server import over_http
from api.metrics import Counted, Metrics
from api.middleware import LOOPBACK, Bounded, FromHere, Told
from api.problems import handled
from api.sessions import Sessions
from api.sign_in import pages
from api.tokens import Tokens
from api.v1 import v1

if TYPE_CHECKING:
    from house import House

HOUR = 3_600


class Window(Protocol):
    """The window, which this room does not know from within."""

    def mount(self, app: FastAPI, name_of: Callable[[Request], str | None]) -> None: ...

    def close(self) -> None: ...


def secured(house: "House", window: Window | None) -> ASGIApp:
    """The whole server as its users meet it."""
    settings, metrics = house.settings, Metrics()
    people = house.people if settings.auth else None
    tokens = Tokens(settings.data_dir, house.people.users)
    doors = Doors(tokens, Sessions(settings.session_hours * HOUR), people)
    hosts = frozenset[str]() if people else LOOPBACK | {settings.host.lower()}
    inner = behind(house, window, doors, metrics)
    return Counted(Told(FromHere(Guard(Bounded(inner), doors), hosts)), metrics)


def behind(house: "House", window: Window | None, doors: Doors, metrics: Metrics) -> FastAPI:
    """Everything behind the guard."""
    jobs, replies = Jobs(house.settings.data_dir), Replies(house.settings.data_dir)
    metrics.watch(doors.sessions, jobs)

    assistants, sessions = over_http(house)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        async with sessions.run():
            yield
        jobs.close()
        replies.close()

    app = FastAPI(title="Engaged?", lifespan=living, docs_url=None, redoc_url=None, openapi_url=None)
    handled(app)
    app.include_router(health(house))
    app.include_router(pages(doors))
    app.include_router(metrics.page())
    app.router.routes.append(assistants)
    app.mount("/api/v1", v1(house, jobs, replies))
    if window is not None:  # last: it takes every path that is left
        window.mount(app, name_of)
    return app
