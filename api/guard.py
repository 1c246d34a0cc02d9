"""The guard: nobody gets past it without a session or a token, but for the few doors listed here.

What is not listed is refused, so a new page, file, stream or endpoint is closed until somebody opens it.
"""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.caller import SITTING_HERE, Caller, Grant, Way
from api.problems import problem
from api.sessions import Sessions
from api.tokens import Tokens
from crm.access import Role, Viewer
from crm.errors import CrmError, NotSignedIn
from crm.people.signing_in import People

log = logging.getLogger(__name__)
COOKIE = "crm_session"
OPEN = frozenset({"/health", "/health/live", "/health/ready", "/sign-in", "/sign-in.css"})
TOKEN_ONLY = ("/mcp",)  # other people's assistants: a browser's cookie opens nothing there
GRANT_OF = {Role.REP: Grant.READ, Role.OPS: Grant.WRITE, Role.ADMIN: Grant.ADMIN}


@dataclass(frozen=True, slots=True)
class Doors:
    """What opens the house: tokens, and sessions of people. Without people, whoever sits at this machine."""

    tokens: Tokens
    sessions: Sessions
    people: People | None

    def caller(self, path: str, headers: Headers, cookie: str) -> Caller | None:
        """Who calls; None when that cannot be told. A wrong token is never made good by a session."""
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind:
            return self.tokens.caller(secret.strip()) if kind.lower() == "bearer" else None
        if path.startswith(TOKEN_ONLY):
            return None
        if self.people is None:
            return SITTING_HERE
        viewer = self._signed_in(self.people, cookie)
        return Caller(viewer, GRANT_OF[viewer.role], Way.SESSION) if viewer else None

    def _signed_in(self, people: People, cookie: str) -> Viewer | None:
        session = self.sessions.find(cookie) if cookie else None
        if session is None:
            return None
        try:
            return people.viewer(session.name, session.stamp)
        except NotSignedIn:  # gone since, or with another password
            self.sessions.close(cookie)
            return None


class Guard:
    """Lets callers in and notes who they are, under `caller` and for the window under `viewer`, in the scope."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app, self._doors = app, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":  # nothing here speaks websockets
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = scope["path"]
        try:
            caller = self._doors.caller(path, request.headers, request.cookies.get(COOKIE, ""))
        except CrmError as err:  # a file of people or tokens that cannot be read: its path is for the log alone
            log.error("nobody can be let in: %s", err)
            await problem(503, "Nobody can be let in at the moment. An administrator finds why in the log.")(
                scope, receive, send
            )
            return
        if caller is None and path not in OPEN:
            await _turned_away(request)(scope, receive, send)
            return
        scope["caller"], scope["viewer"] = caller, caller.viewer if caller else None
        await self._app(scope, receive, send)


def caller_of(request: Request) -> Caller:
    """Who the guard let in. Behind a closed door there is always somebody."""
    caller = request.scope["caller"]
    assert isinstance(caller, Caller)  # noqa: S101 - the guard stands before every door
    return caller


def name_of(request: Request) -> str | None:
    """The same as the window wants it: a name, None for nobody that may."""
    caller = request.scope.get("caller")
    return caller.viewer.name if isinstance(caller, Caller) else None


def _turned_away(request: Request) -> Response:
    """A person is shown where to sign in; a program is told what is missing."""
    path = request.url.path
    page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if page and not path.startswith(("/api/", *TOKEN_ONLY)) and "authorization" not in request.headers:
        asked = f"{path}?{request.url.query}" if request.url.query else path
        return RedirectResponse(f"/sign-in?next={quote(asked)}", 303)
    return problem(401, "Sign in, or send a token: Authorization: Bearer crm_...")
