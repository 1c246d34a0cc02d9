"""A loopback server that speaks Gemini's protocol: plays queued replies or faults and records what it was asked.

with GeminiServer(says("Hello [1]."), fails(429)) as gemini:
    llm = open_llm("google_genai:gemini-test", "key", gemini.url, timeout_s=1, retries=0)
"""

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request.

    `pieces` are streamed one event each, or joined when the client does not stream. `status` other than
    200 is an error. `stall_after` waits so many pieces in, until the client gives up or the server closes;
    `cut_after` drops the line there. `finish` is Gemini's finishReason, `blocked` its promptFeedback;
    `raw` is sent as it is; `retry` is the delay that an error asks for, in its body ("7s") or its header ("7").
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    stall_after: int | None = None
    cut_after: int | None = None
    finish: str = "STOP"
    blocked: str = ""
    raw: str = ""
    retry: str = ""


def says(text: str) -> Reply:
    """A good reply, streamed word by word."""
    words = text.split(" ")
    return Reply((*(word + " " for word in words[:-1]), words[-1]))


def patience(reply: Reply) -> float:
    """Seconds to wait for a reply: little for one that never comes, plenty on a busy machine for one that does."""
    return 10.0 if reply.stall_after is None else 0.6


def fails(status: int, retry: str = "") -> Reply:
    """An error such as 429 or 500."""
    return Reply(status=status, retry=retry)


def stalls(text: str = "") -> Reply:
    """Says `text`, then nothing more, with the line held open."""
    pieces = says(text).pieces if text else ()
    return Reply(pieces, stall_after=len(pieces))


def breaks_off(text: str) -> Reply:
    """Says `text`, then drops the line."""
    pieces = says(text).pieces
    return Reply(pieces, cut_after=len(pieces))


class GeminiServer:
    """Plays its replies in order, the last one again and again; `asked` holds the bodies in order."""

    def __init__(self, *replies: Reply) -> None:
        self.asked: list[Mapping[str, Any]] = []
        self.paths: list[str] = []
        self.raw = b""  # every body as it came over the line
        self.closing = threading.Event()
        self._replies = deque(replies)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def prompts(self) -> list[str]:
        """The words of each request, parts joined."""
        return ["".join(p["text"] for c in body["contents"] for p in c["parts"]) for body in self.asked]

    def play(self, *replies: Reply) -> None:
        """Other replies from now on."""
        with self._lock:
            self._replies = deque(replies)

    def next(self, path: str, body: Mapping[str, Any]) -> Reply:
        with self._lock:
            self.paths.append(path)
            self.asked.append(body)
            return self._replies.popleft() if len(self._replies) > 1 else self._replies[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(owner: GeminiServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            owner.raw += raw
            reply = owner.next(self.path, json.loads(raw))
            try:
                self._play(reply)
            except (BrokenPipeError, ConnectionResetError):
                return  # the client gave up, which is what some tests are about

        def do_GET(self) -> None:
            self._play(owner.next(self.path, {}))

        def _play(self, reply: Reply) -> None:
            if reply.status != 200:
                self._send(reply.status, json.dumps({"error": _error(reply)}), reply.retry)
            elif ":streamGenerateContent" in self.path:
                self._stream(reply)
            elif reply.stall_after is not None:
                owner.closing.wait(30)
            else:
                self._send(200, reply.raw or json.dumps(_whole(reply)))

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if reply.raw:
                self._event(reply.raw)
                return
            for number, piece in enumerate(reply.pieces):
                if self._interrupted(reply, number):
                    return
                last = number == len(reply.pieces) - 1 and reply.stall_after is None and reply.cut_after is None
                self._event(json.dumps(_candidate(piece, reply.finish if last else "")))
            if not reply.pieces and reply.stall_after is None:
                self._event(json.dumps(_whole(reply)))
            self._interrupted(reply, len(reply.pieces))

        def _interrupted(self, reply: Reply, number: int) -> bool:
            if reply.stall_after == number:
                owner.closing.wait(30)
                return True
            return reply.cut_after == number

        def _event(self, data: str) -> None:
            self.wfile.write(f"data: {data}\r\n\r\n".encode())
            self.wfile.flush()

        def _send(self, status: int, text: str, retry: str = "") -> None:
            data = text.encode()
            self.send_response(status)
            if retry.isdigit():
                self.send_header("Retry-After", retry)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Silence: what was asked is kept in `asked`."""

    return Handler


def _error(reply: Reply) -> dict[str, Any]:
    error: dict[str, Any] = {"code": reply.status, "message": "planted", "status": "PLANTED"}
    if reply.retry.endswith("s"):
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": reply.retry}]
    return error


def _whole(reply: Reply) -> dict[str, Any]:
    if reply.blocked:
        return {"promptFeedback": {"blockReason": reply.blocked}}
    return _candidate("".join(reply.pieces), reply.finish)


def _candidate(text: str, finish: str) -> dict[str, Any]:
    candidate: dict[str, Any] = {"index": 0}
    if text:
        candidate["content"] = {"parts": [{"text": text}], "role": "model"}
    if finish:
        candidate["finishReason"] = finish
    usage = {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}
    return {"candidates": [candidate], "usageMetadata": usage}
