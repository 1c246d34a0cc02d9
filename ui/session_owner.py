"""Whose a session of the window is: Gradio gives its state and its answers to anybody who knows its name.

The browser makes that name, and it stands in addresses. So the first person who uses one keeps it, and to anybody else
it is not there. The same holds for the ids of events. What the window has no use for is closed as well.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from crm.access import Viewer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOM = "/gradio_api/"
MOST = 100_000  # names that are remembered; the ones not used for longest go first
KEYS = ("session_hash", "event_id")
NAMED_IN_PATH = ("heartbeat", "stream", "call")  # /call/ask/EVENT, /heartbeat/SESSION, /stream/SESSION/...
TELLS_AN_EVENT = (f"{ROOM}queue/join", f"{ROOM}call/")
UNUSED = (
    *(f"{ROOM}{door}" for door in ("deep_link", "proxy=", "dev/", "run-history", "runs", "process_recording", "token")),
    *(f"{ROOM}{door}" for door in ("vibe", "undo-vibe", "profiling", "file=http:", "file=https:", "file/http")),
    *("/monitoring", "/runs", "/login", "/logout", "/pwa_icon"),
)


class Whose:
    """Middleware around the window: what belongs to somebody else, or is of no use here, is not found."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._alone = Lock()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        path = str(scope.get("path", "")).replace("//", "/")
        if scope["type"] != "http" or not path.startswith((ROOM, *UNUSED)):
            await self.app(scope, receive, send)
            return
        body, receive = await _read(receive) if _is_told(scope, path) else (None, receive)
        name = _name(scope)
        mine = all(self._take(key, name) for key in (*_told(scope, path), *_keys(body)))
        if not mine or path.startswith(UNUSED) or any(map(_outside, _paths(body))):
            await _missing(send)
            return
        await self.app(scope, receive, self._noting(send, name) if path.startswith(TELLS_AN_EVENT) else send)

    def _take(self, key: str, name: str) -> bool:
        """Whether it is this person's, which it is for whoever comes first."""
        with self._alone:
            owner = self._owners.setdefault(key, name)
            self._owners.move_to_end(key)
            while len(self._owners) > MOST:
                self._owners.popitem(last=False)
        return owner == name

    def _noting(self, send: "Send", name: str) -> "Send":
        """Takes the event that an answer tells of for whoever asked."""
        said = bytearray()

        async def noted(message: "Message") -> None:
            if message["type"] == "http.response.body" and len(said) < 1_000:
                said.extend(message.get("body", b""))
                for key in _keys(_parsed(bytes(said))):
                    self._take(key, name)
            await send(message)

        return noted


def _name(scope: "Scope") -> str:
    viewer = scope.get("viewer")
    return viewer.name if isinstance(viewer, Viewer) else ""


def _is_told(scope: "Scope", path: str) -> bool:
    """Whether the body says what is wanted; that of an upload is a file, which must not lie in memory."""
    return scope["method"] == "POST" and not path.startswith(f"{ROOM}upload")


async def _read(receive: "Receive") -> "tuple[Any, Receive]":
    """The body as it means, and a `receive` that gives it once more."""
    pieces: list[Message] = []
    while True:
        message = await receive()
        pieces.append(message)
        if message["type"] != "http.request" or not message.get("more_body", False):
            break
    whole = b"".join(piece.get("body", b"") for piece in pieces)
    waiting = iter(pieces)

    async def again() -> "Message":
        return next(waiting, None) or await receive()

    return _parsed(whole), again


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # what is no JSON, Gradio refuses itself
        return None


def _keys(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        yield from (str(body[name]) for name in KEYS if body.get(name))


def _told(scope: "Scope", path: str) -> Iterator[str]:
    """Sessions and events that the address names."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    yield from (value for name in KEYS for value in asked.get(name, ()))
    kind, *rest = path.removeprefix(ROOM).split("/")
    if kind in NAMED_IN_PATH and rest:
        if kind != "call":
            yield rest[0]
        elif scope["method"] == "GET":
            yield rest[-1]


def _paths(value: Any) -> Iterator[str]:
    """Where the files lie that a body names."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get("path"), str):
                yield one["path"]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _outside(path: str) -> bool:
    """Whether it is an address, which Gradio would fetch."""
    return "://" in path or path.lower().startswith(("http:", "https:", "file:"))


async def _missing(send: "Send") -> None:
    body = b'{"detail":"Not Found"}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": body})
