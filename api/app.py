"""Puts the doors together: one server, and around it, in this order, what every call goes through."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from fastapi import FastAPI, Request
from starlette.types import ASGIApp

from api.guard import Doors, Guard, People, name_of
from api.health import health
from api.problems import handled
from api.sessions import Sessions
from api.sign_in import pages
from api.tokens import Tokens
from api.wrapping import LOOPBACK, Bounded, FromHere, Told
from crm.access import Role, Viewer
from crm.errors import NotAllowed

if TYPE_CHECKING:
    from house import House


class Window(Protocol):
    """The window, which this room does not know from within."""

    def mount(self, app: FastAPI, name_of: Callable[[Request], str | None]) -> None: ...

    def close(self) -> None: ...


def secured(house: "House", window: Window | None) -> ASGIApp:
    """The whole server as its users meet it."""
    doors = Doors(Tokens(house.settings.data_dir), Sessions(), people_of(house))
    hosts = frozenset[str]() if doors.people else LOOPBACK | {house.settings.host}
    return Told(FromHere(Guard(Bounded(app(house, window, doors)), doors), hosts))


def app(house: "House", window: Window | None, doors: Doors) -> FastAPI:
    """Everything behind the guard."""
    inner = FastAPI(title="Engaged?", docs_url=None, redoc_url=None, openapi_url=None)
    handled(inner)
    inner.include_router(health(house))
    inner.include_router(pages(doors))
    if window is not None:  # last: it takes every path that is left
        window.mount(inner, name_of)
    return inner


def people_of(house: "House") -> People | None:
    """Who may sign in; None when nobody needs to."""
    auth = {name: secret.get_secret_value() for name, secret in house.settings.auth.items()}
    return Pairs(auth) if auth else None


class Pairs:
    """People by the pairs of the settings."""

    def __init__(self, pairs: dict[str, str]) -> None:
        self._pairs = pairs

    def signed_in(self, name: str, password: str, address: str) -> Viewer:
        kept = self._pairs.get(name, "")
        if not (secrets.compare_digest(kept.encode(), password.encode()) and kept):
            raise NotAllowed("The name or the password is wrong.")
        return Viewer(name, Role.ADMIN)

    def viewer(self, name: str) -> Viewer | None:
        return Viewer(name, Role.ADMIN) if name in self._pairs else None
