"""How the server does, in the form that Prometheus reads: counts and times, never names or words."""

import time
from functools import partial

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.jobs import Jobs, State
from api.sessions import Sessions

BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


class Metrics:
    """Its own registry, so that two servers in one process do not count together."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "crm_requests", "Requests by endpoint and status", ("door", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "crm_request_seconds", "Time to the end of an answer", ("door",), buckets=BUCKETS, registry=self.registry
        )

    def watch(self, sessions: Sessions, jobs: Jobs) -> None:
        """Adds what is asked for at the moment of reading."""
        opened = Gauge("crm_sessions", "People who are signed in", registry=self.registry)
        opened.set_function(lambda: float(len(sessions)))
        by_state = Gauge("crm_jobs", "Jobs by state", ("state",), registry=self.registry)
        for state in State:
            by_state.labels(state.value).set_function(partial(_count, jobs, state))

    def page(self) -> APIRouter:
        """The page that a monitor reads."""
        routes = APIRouter(include_in_schema=False)

        @routes.get("/metrics")
        def metrics() -> Response:
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

        return routes


class Counted:
    """Counts what passes. A door is the endpoint's pattern, never the path that somebody typed."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        path = scope["path"]
        try:
            await self._app(scope, receive, noting)
        finally:
            door = _door(path, scope, status)
            self._metrics.requests.labels(door, _method(scope["method"]), str(status)).inc()
            self._metrics.seconds.labels(door).observe(time.perf_counter() - began)


def _count(jobs: Jobs, state: State) -> float:
    return float(jobs.counts()[state])


def _door(path: str, scope: Scope, status: int) -> str:
    if status in (401, 403):
        return "turned away"
    if path.startswith("/api/v1"):
        return "/api/v1" + str(getattr(scope.get("route"), "path", ""))
    known = ("/mcp", "/metrics", "/health", "/sign-in", "/sign-out")
    return next((door for door in known if path.startswith(door)), "window")


def _method(method: str) -> str:
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
