"""Listeners, attached the same way everywhere: guarded, closed to the API, ten people at once."""

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
    """Runs `act` when the trigger fires. `more` goes to Gradio as it is."""
    fixed = {"api_visibility": "private", "concurrency_limit": PEOPLE, "show_progress": "hidden"}
    return trigger(guarded(act), list(inputs), list(outputs), **{**fixed, **more})


def run_js(trigger: Callable[..., Any], script: str) -> Any:
    """Runs a line of JavaScript in the browser when the trigger fires; the server hears nothing."""
    return trigger(None, js=script, api_visibility="private")
