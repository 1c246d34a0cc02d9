"""A text of the server saved as a file by the browser: nothing lies on the server's disk meanwhile."""

from collections.abc import Callable, Sequence
from typing import Any

from ui.listeners import on, run_js
from ui.tongue import label

SAVE = """(text, name) => {
  if (!text) return;
  const link = document.createElement('a');
  const types = {csv: 'text/csv', eml: 'message/rfc822'};
  const type = types[name.split('.').pop()] || 'text/markdown';
  link.href = URL.createObjectURL(new Blob([text], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}"""


class Saving:
    """Two unseen boxes through which text and name reach the browser; drawn where it is made."""

    def __init__(self, called: str) -> None:
        import gradio as gr

        self.boxes = [gr.Textbox(visible="hidden", label=label(called)) for _ in range(2)]

    def attach(self, trigger: Callable[..., Any], made: Callable[..., list[str]], inputs: Sequence[Any] = ()) -> None:
        """`made` gives the text and the file's name; without a text nothing is saved."""
        taken = on(trigger, made, inputs, self.boxes)
        run_js(taken.then, SAVE, self.boxes)


def file_name(title: str) -> str:
    """The title as a file's name, which no system stumbles over."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in title)
    return " ".join(kept.split())[:80] or "conversation"
