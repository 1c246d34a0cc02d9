"""The page as it leaves the server: told to be in the language that its reader chose, else in that of their browser."""

from typing import TYPE_CHECKING

from ui.tongue import COOKIE, chosen

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = "<script>Object.defineProperty(navigator, 'language', {get: () => '%s'});</script>"
PAGE = "/"  # signing in and the API's description are pages too, in English
HEAD = b"<head>"
SPOKEN = b'lang="en"'  # as Gradio writes its page, whatever is on it


class Tongue:
    """Tells the page its language: screen readers by its `lang`, the browser's side of Gradio by `navigator`.

    Middleware of any ASGI app that the window is mounted on. A browser may ask first for a language that only Gradio
    speaks: both sides of the window take the same one.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != PAGE:
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        spoken = chosen(_cookie(scope), _header(scope, b"accept-language"))
        script, lang = (SCRIPT % spoken).encode(), f'lang="{spoken}"'.encode()

        async def told(message: "Message") -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message  # its length is known with the first piece of the body
                return
            if start is not None and message["type"] == "http.response.body":
                body = message["body"].replace(SPOKEN, lang, 1).replace(HEAD, HEAD + script, 1)
                await send(_longer(start, len(body) - len(message["body"])))
                start, message = None, {**message, "body": body}
            await send(message)

        await self.app(scope, receive, told)


def _cookie(scope: "Scope") -> str:
    pairs = (pair.strip().partition("=") for pair in _header(scope, b"cookie").split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


def _header(scope: "Scope", called: bytes) -> str:
    return b"; ".join(value for name, value in scope["headers"] if name == called).decode("latin-1")


def _is_page(message: "Message") -> bool:
    headers = dict(message["headers"])
    return b"text/html" in headers.get(b"content-type", b"") and b"content-encoding" not in headers


def _longer(start: "Message", by: int) -> "Message":
    headers = [
        (name, str(int(value) + by).encode() if name == b"content-length" else value)
        for name, value in start["headers"]
    ]
    return {**start, "headers": headers}
