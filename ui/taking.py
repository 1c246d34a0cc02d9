"""A table saved by the browser as a file, which is written when it is asked for and not before."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ui.listeners import on, run_js
from ui.tongue import label

CALLED = {"xlsx": "Excel", "csv": "CSV", "jsonl": "JSONL", "parquet": "Parquet"}
SAVE = """file => {
  if (!file) return;
  const link = document.createElement('a');
  link.href = file.url;
  link.download = file.orig_name;
  link.click();
}"""


class Taking:
    """A button for each form, drawn where it is made; an unseen one carries the file to the browser."""

    def __init__(self, name: str, forms: Sequence[str], visible: bool = True) -> None:
        """The buttons' ids in the page are the name with the form behind it."""
        import gradio as gr

        with gr.Row(elem_classes="acts taking", visible=visible) as self.row:
            gr.Markdown(label("taking.as"), elem_classes="hint")
            self.saves = {form: gr.Button(CALLED[form], elem_id=f"{name}-{form}", size="sm") for form in forms}
        self.carrier = gr.DownloadButton(label("taking.as"), elem_classes="unseen")

    def attach(self, made: Callable[..., Path | None], inputs: Sequence[Any] = ()) -> None:
        """`made` writes the file in the form that it is given first; without one nothing is saved."""
        for form, save in self.saves.items():
            written = on(save.click, partial(self._carried, made, form), inputs, [self.carrier], show_progress="full")
            run_js(written.success, SAVE, [self.carrier])

    def _carried(self, made: Callable[..., Path | None], form: str, *typed: Any) -> Any:
        import gradio as gr

        path = made(form, *typed)
        return gr.DownloadButton(value=str(path) if path else None)
