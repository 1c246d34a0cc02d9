"""Somebody who looks at the window with a browser that asks for certain languages."""

from collections.abc import Iterator
from contextlib import contextmanager


class Asking:
    """As much of a request as the window looks at."""

    username = ""

    def __init__(self, accepted: str) -> None:
        self.headers, self.cookies = {"accept-language": accepted}, dict[str, str]()


@contextmanager
def reading(accepted: str) -> Iterator[None]:
    """Whatever the window says meanwhile is said to them."""
    from gradio.context import LocalContext

    token = LocalContext.request.set(Asking(accepted))  # type: ignore[arg-type]
    try:
        yield
    finally:
        LocalContext.request.reset(token)
