"""The page as it leaves the server: in the language that its reader chose, whatever their browser speaks."""

from typing import TYPE_CHECKING

from ui.tongue import COOKIE, LANGUAGES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = "<script>Object.defineProperty(navigator, 'language', {get: () => '%s'});</script>"
HEAD = b"<head>"


class Tongue:
    """Tells the browser's side of Gradio, which asks `navigator`, the language of the cookie.

    Middleware of any ASGI app that the window is mounted on; without the cookie nothing is changed.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        chosen = _cookie(scope) if scope["type"] == "http" and scope["method"] == "GET" else ""
        if chosen not in LANGUAGES:
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        script = (SCRIPT % chosen).encode()

        async def told(message: "Message") -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message  # its length is known with the first piece of the body
                return
            if start is not None and message["type"] == "http.response.body":
                body = message["body"].replace(HEAD, HEAD + script, 1)
                await send(_longer(start, len(body) - len(message["body"])))
                start, message = None, {**message, "body": body}
            await send(message)

        await self.app(scope, receive, told)


def _cookie(scope: "Scope") -> str:
    told = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    pairs = (pair.strip().partition("=") for pair in told.split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


def _is_page(message: "Message") -> bool:
    headers = dict(message["headers"])
    return b"text/html" in headers.get(b"content-type", b"") and b"content-encoding" not in headers


def _longer(start: "Message", by: int) -> "Message":
    headers = [
        (name, str(int(value) + by).encode() if name == b"content-length" else value)
        for name, value in start["headers"]
    ]
    return {**start, "headers": headers}
