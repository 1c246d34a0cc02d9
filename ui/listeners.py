"""Listeners, attached the same way everywhere: guarded, closed to the API, ten people at once."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ui.faults import guarded

PEOPLE = 20  # how many may use one listener at the same moment; Gradio's own default is 1


def on(
    trigger: Callable[..., Any],
    act: Callable[..., Any],
    inputs: Sequence[Any] = (),
    outputs: Sequence[Any] = (),
    **more: Any,
) -> Any:
    """Runs `act` when the trigger fires. `more` goes to Gradio as it is.

    Only what grows or takes long is queued: all else is answered by the request that asks, which is quicker, and is
    not lost where the queue's one stream of messages closes between two clicks. `gr.Info` is heard in the queue alone.
    """
    queue = inspect.isgeneratorfunction(act)
    fixed = {"api_visibility": "private", "concurrency_limit": PEOPLE, "show_progress": "hidden", "queue": queue}
    return trigger(guarded(act), list(inputs), list(outputs), **{**fixed, **more})


def arriving(fill: Callable[..., Any], outputs: Sequence[Any], inputs: Sequence[Any] = (), **more: Any) -> Any:
    """Fills what depends on who looks, such as its language, when the page opens. `fill` gives a value each."""
    from gradio.context import Context

    page = Context.root_block
    if page is None:
        raise RuntimeError("a window is drawn inside gr.Blocks")
    return on(page.load, fill, inputs, outputs, **more)


def visitor() -> str:
    """The name of whoever made the request that is being answered; empty when nobody signs in."""
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    return (request.username if request else "") or ""


def run_js(trigger: Callable[..., Any], script: str, inputs: Sequence[Any] = ()) -> Any:
    """Runs a line of JavaScript in the browser when the trigger fires; the server hears nothing."""
    return trigger(None, list(inputs), js=script, api_visibility="private")
