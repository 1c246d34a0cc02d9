"""Every endpoint of the running server, found by listing its routes: closed, but for health and the sign-in."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount, Route

from api.guard import OPEN
from tests.api.conftest import Served

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def routes_of(app: Any, prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Each path with its methods; of a mounted app those within it, and one that it does not know."""
    for route in app.routes:
        if isinstance(route, Mount):
            yield f"{prefix}{route.path}/nothing-of-this-name", frozenset(METHODS)
            yield from routes_of(route.app, prefix + route.path)
        elif isinstance(route, Route):
            yield prefix + route.path, frozenset(route.methods or METHODS)
        else:  # routers that were included
            for one in iter_route_contexts([route]):
                yield f"{prefix}{one.path}", frozenset(one.methods or METHODS)


def inner(app: Any) -> Any:
    """The innermost app: the wrappers hold one another as `_app`."""
    while hasattr(app, "_app"):
        app = app._app
    return app


def filled(path: str) -> str:
    """The path with something in its holes."""
    parts = [part for part in path.split("/") if part]
    return "/" + "/".join("1" if part.startswith("{") else part.split("{")[0] + "1" * ("{" in part) for part in parts)


def every(served: Served) -> list[tuple[str, str]]:
    found = {(method, filled(path)) for path, methods in routes_of(inner(served.app)) for method in methods}
    return sorted(found)


def test_the_list_holds_every_door(served: Served) -> None:
    paths = {path for _, path in every(served)}
    assert {"/health", "/metrics", "/mcp", "/sign-in", "/sign-out"} <= paths
    assert {"/api/v1/openapi.json", "/api/v1/ask", "/api/v1/jobs/1/result"} <= paths
    assert {"/", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/file=1", "/config"} <= paths
    assert len(paths) > 60


def test_nobody_gets_in_but_by_the_open_doors(served: Served, nobody: httpx.Client) -> None:
    let_in = {}
    for method, path in every(served):
        with nobody.stream(method, path) as answer:
            let_in[method, path] = answer.status_code
    opened = {key: status for key, status in let_in.items() if status != 401}
    assert {path for _, path in opened} == OPEN
    assert opened["GET", "/health"] == opened["GET", "/sign-in"] == 200


@pytest.mark.parametrize("token", ["crm_" + "x" * 43, "x", "crm_", "é"])
def test_a_wrong_token_opens_nothing_that_is_closed(served: Served, nobody: httpx.Client, token: str) -> None:
    wrong = httpx.Headers({"Authorization": f"Bearer {token}"}, encoding="utf-8")
    for method, path in every(served):
        if path not in OPEN:
            with nobody.stream(method, path, headers=wrong) as answer:
                assert answer.status_code == 401, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "//", "/./", "/%2e%2e/", "/health/../api/v1/search?q=a", "/health/", "/health%2f..%2f", "/HEALTH",
        "/sign-in/", "/sign-in.css/../config", "/gradio_api/file=/etc/passwd", "/gradio_api/file=../../../etc/passwd",
        "/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/stream/1/1/1/playlist.m3u8",
        "/static/../config", "/theme.css", "/assets/index.js", "/favicon.ico", "/robots.txt", "/manifest.json",
        "/gradio_api/mcp/sse", "/gradio_api/mcp/",
    ],
)  # fmt: skip
def test_no_spelling_of_a_path_gets_round_the_guard(nobody: httpx.Client, path: str) -> None:
    request = nobody.build_request("GET", nobody.base_url)
    request.url = request.url.copy_with(raw_path=path.encode())
    assert nobody.send(request).status_code == 401


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../users.jsonl", "%2e%2e/%2e%2e/users.jsonl", "/proc/self/environ"]
)
def test_who_is_in_reads_no_file_of_the_server(served: Served, reads: httpx.Client, path: str) -> None:
    for wanted in (path, str(served.house.settings.users_file), str(served.house.settings.data_dir / "crm.sqlite")):
        for door in ("/gradio_api/file=", "/file=", "/static/", "/assets/", "/svelte/", "/api/v1/jobs/"):
            request = reads.build_request("GET", reads.base_url)
            request.url = request.url.copy_with(raw_path=(door + wanted).encode())
            answer = reads.send(request)
            assert answer.status_code in (403, 404, 405, 422), (door, wanted)
            assert b"argon2" not in answer.content
