"""Imports Gradio without the type stubs that it writes for editors each time: a third of the import."""

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def gradio_imported() -> None:
    """The first import of Gradio in this process; later ones find it there."""
    if "gradio" not in sys.modules:
        with _without_stubs():
            import gradio  # noqa: F401 - to have it loaded


@contextmanager
def _without_stubs() -> Iterator[None]:
    """Gradio makes no stub for a component that stands in no file (`component_meta.create_or_modify_pyi`)."""
    getfile = inspect.getfile

    def in_no_file(what: Any) -> str:
        if isinstance(what, type) and what.__module__.startswith("gradio."):
            raise OSError(f"no stub is wanted for {what.__name__}")
        return getfile(what)

    inspect.getfile = in_no_file  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = getfile
