"""Listeners, attached the same way everywhere: guarded, closed to the API, ten people at once."""

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from ui.faults import guarded

_AWAITED: WeakKeyDictionary[Any, list[tuple[Callable[..., Any], list[Any]]]] = WeakKeyDictionary()
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


def arriving(fill: Callable[..., Any], outputs: Sequence[Any]) -> None:
    """Has what depends on who looks, such as its language, filled when the page opens. `fill` gives a value each."""
    _awaited().append((fill, list(outputs)))


def arrive_all() -> Any:
    """Fills everything that arrives, in one event; what may only come after it hangs on this.

    Events of their own would overtake each other, and a tab that was opened at once would be emptied again.
    """
    awaited = _awaited()

    def filled() -> list[Any]:
        return [value for fill, outputs in awaited for value in _each(fill(), len(outputs))]

    return on(_page().load, filled, [], [one for _, outputs in awaited for one in outputs], queue=False)


def _each(filled: Any, count: int) -> list[Any]:
    return list(filled) if isinstance(filled, (list, tuple)) and (count > 1 or len(filled) == 1) else [filled]


def _awaited() -> list[tuple[Callable[..., Any], list[Any]]]:
    """What arrives in the window that is being drawn."""
    return _AWAITED.setdefault(_page(), [])


def _page() -> Any:
    from gradio.context import Context

    if Context.root_block is None:
        raise RuntimeError("a window is drawn inside gr.Blocks")
    return Context.root_block


def visitor() -> str:
    """The name of whoever made the request that is being answered; empty when nobody signs in."""
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    return (request.username if request else "") or ""


def run_js(trigger: Callable[..., Any], script: str, inputs: Sequence[Any] = ()) -> Any:
    """Runs a line of JavaScript in the browser when the trigger fires; the server hears nothing."""
    return trigger(None, list(inputs), js=script, api_visibility="private")
