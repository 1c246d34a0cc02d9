"""What is wrapped around the whole server: who may call it from where, how much may be sent, what browsers are told.

Each holds the next one; `api/app.py` lists them in order. None knows who is signed in: that is `api/guard.py`.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# The window needs inline scripts and makes functions from text; nothing but this server may be asked, shown or framed.
CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
STRICT_CSP = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
PARTS = ("/assets/", "/static/")  # named by what is in them, and the same for everybody
KB, MB = 1 << 10, 1 << 20
LIMITS = (("/api/v1/audits", 2_048 * MB), ("/gradio_api/upload", 2_048 * MB), ("/api/", MB), ("/sign-in", 16 * KB))
LIMIT = 16 * MB  # bytes of any other body: a pasted thread and a table of the window fit


class Told:
    """Tells browsers how to treat what they get."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        strict = scope["path"].startswith(("/api/", "/mcp", "/health", "/metrics", "/sign-"))

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = STRICT_CSP if strict else CSP
                headers.setdefault("Cache-Control", _kept(scope["path"], strict))
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        await self._app(scope, receive, telling)


def _kept(path: str, strict: bool) -> str:
    """Who may keep an answer that does not say so: the window's own parts the browser, words of records nobody."""
    if path.startswith(PARTS):
        return "private, max-age=86400"
    return "no-store" if strict or path in ("/", "/config") else "private, no-cache"


class FromHere:
    """Turns away what another web page sends through somebody's browser.

    `hosts` are the names under which this server is called, empty for any: a page whose name was made to point at
    this machine (DNS rebinding) calls it by a name of its own.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _foreign(scope, self._hosts) if scope["type"] == "http" else ""
        if refused:
            await problem(403, refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _foreign(scope: Scope, hosts: frozenset[str]) -> str:
    """Why a call is not from here; empty when it may be."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if hosts and _name(host) not in hosts:
        return "This server does not answer to that host name."
    origin = headers.get("origin")
    if origin is not None and not _same(origin, host):  # reads as well: the window answers any page that asks by CORS
        return "Another page's requests are not taken here."
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):  # same-site: another port or a sister's name
        looking = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if not looking or headers.get("sec-fetch-dest", "document") != "document":
            return "Another page's requests are not taken here."
    return ""


def _same(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _name(host: str) -> str:
    """The name without the port: [::1]:7860 is ::1."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


class Bounded:
    """Cuts bodies off that are larger than their door allows, whatever length they claim."""

    def __init__(self, app: ASGIApp, limit_of: "Callable[[str], int] | None" = None) -> None:
        self._app, self._limit_of = app, limit_of or limit_of_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, came, started = self._limit_of(scope["path"]), 0, False

        async def counting() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise _TooLarge(limit)
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        claimed = Headers(scope=scope).get("content-length", "")
        try:
            if claimed.isdigit() and int(claimed) > limit:
                raise _TooLarge(limit)
            await self._app(scope, counting, noting)
        except _TooLarge as err:
            if started:
                raise
            await problem(413, err.detail, headers=err.headers)(scope, receive, send)


class _TooLarge(HTTPException):
    """More came than may come. What reads bodies lets this kind through."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"The body may have {limit:,} bytes here.", {"Connection": "close"})


def limit_of_path(path: str) -> int:
    """How many bytes a body for this path may have."""
    return next((limit for prefix, limit in LIMITS if path.startswith(prefix)), LIMIT)
