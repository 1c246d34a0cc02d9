"""Draws parts of the window as a page does."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def drawn(make: Callable[[], T]) -> T:
    """What `make` draws, where an event loop runs: elsewhere Gradio opens loops that it never closes."""

    async def inside() -> T:
        import gradio as gr

        with gr.Blocks():
            return make()

    return asyncio.run(inside())
