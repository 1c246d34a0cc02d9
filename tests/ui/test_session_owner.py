"""Whose a session of the window is: to anybody else it is not there."""

import json
from typing import Any

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from crm.access import Role, Viewer
from ui.session_owner import Whose

ANA, BEN = Viewer("Ana", Role.REP), Viewer("Ben", Role.REP)


class Window:
    """What stands behind: answers with a new event each time, and keeps what it was asked."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.bodies.append(body)
        told = json.dumps({"event_id": f"event{len(self.bodies)}"}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": told})


def asked(app: Whose, who: Viewer, method: str, address: str, body: Any = None) -> int:
    """The status that somebody gets; the body comes in two pieces."""
    path, _, query = address.partition("?")
    raw = b"" if body is None else json.dumps(body).encode()
    pieces: list[Message] = [
        {"type": "http.request", "body": raw[:5], "more_body": True},
        {"type": "http.request", "body": raw[5:], "more_body": False},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [],
        "viewer": who,
    }
    anyio.run(app, scope, receive, send)
    return int(sent[0]["status"])


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def app(window: Window) -> Whose:
    return Whose(window)


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("GET", "/gradio_api/queue/data?session_hash=hers", None),
        ("GET", "/gradio_api/heartbeat/hers", None),
        ("GET", "/gradio_api/stream/hers/1/1/playlist.m3u8", None),
        ("POST", "/gradio_api/queue/join", {"session_hash": "hers", "data": []}),
        ("POST", "/gradio_api/run/predict", {"session_hash": "hers", "data": []}),
        ("POST", "/gradio_api/cancel", {"session_hash": "hers", "event_id": "any"}),
        ("POST", "/gradio_api/component_server", {"session_hash": "hers"}),
    ],
)
def test_a_session_is_only_there_for_whoever_used_it_first(
    app: Whose, window: Window, method: str, address: str, body: Any
) -> None:
    assert asked(app, ANA, "POST", "/gradio_api/queue/join", {"session_hash": "hers"}) == 200
    assert asked(app, BEN, method, address, body) == 404
    assert asked(app, ANA, method, address, body) == 200
    assert window.bodies[-1] == (b"" if body is None else json.dumps(body).encode())


def test_an_event_is_whoever_s_asked_for_it(app: Whose) -> None:
    assert asked(app, ANA, "POST", "/gradio_api/call/ask", {"data": ["..."]}) == 200
    assert asked(app, BEN, "GET", "/gradio_api/call/ask/event1") == 404
    assert asked(app, BEN, "GET", "/gradio_api/call/v2/ask/event1") == 404
    assert asked(app, BEN, "POST", "/gradio_api/stream/event1") == 404
    assert asked(app, ANA, "GET", "/gradio_api/call/ask/event1") == 200


@pytest.mark.parametrize(
    "address",
    [
        "/gradio_api/deep_link?session_hash=his",
        "/gradio_api/proxy=https://a.example",
        "/gradio_api/file=http://a.example/x",
        "/gradio_api/file/https://a.example/x",
        "/gradio_api/dev/reload",
        "/gradio_api/vibe-code/",
        "/monitoring",
        "/logout",
    ],
)
def test_what_the_window_has_no_use_for_is_closed(app: Whose, address: str) -> None:
    assert asked(app, BEN, "GET", address) == 404


@pytest.mark.parametrize("path", ["http://127.0.0.1:1/x", "HTTPS://a.example/x", "file:///etc/passwd"])
def test_nothing_is_fetched_for_a_file_that_lies_elsewhere(app: Whose, window: Window, path: str) -> None:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    assert asked(app, BEN, "POST", "/gradio_api/run/predict", {"session_hash": "his", "data": [[{"x": file}]]}) == 404
    assert window.bodies == []


def test_an_upload_is_not_read_here(app: Whose, window: Window) -> None:
    assert asked(app, BEN, "POST", "/gradio_api/upload", {"path": "http://a.example"}) == 200
    assert len(window.bodies) == 1
