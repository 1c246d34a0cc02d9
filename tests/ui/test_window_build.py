"""The window over an empty house: closed to the API, open to ten people at once."""

import asyncio
from typing import Any

from house import House
from ui.header import filling, header, writer
from ui.listeners import PEOPLE
from ui.window import build


async def drawn(house: House) -> Any:
    """The window, built where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    return build(house)


def test_every_listener_serves_ten_and_is_private_but_for_the_named_ones(house: House) -> None:
    page = asyncio.run(drawn(house))
    listeners = [fn for fn in page.fns.values() if fn.fn is not None and not fn.is_cancel_function]
    assert len(listeners) > 15
    assert {fn.api_name for fn in listeners if fn.api_visibility != "private"} == {"ask", "search", "audit"}
    assert {fn.concurrency_limit for fn in listeners} == {PEOPLE}
    assert PEOPLE >= 10
    assert page.analytics_enabled is False


def test_the_header_tells_the_state_and_who_writes(house: House) -> None:
    drawn = header(house)
    assert "0 activities" in drawn
    assert writer(house) == "Templates write the answers"
    assert "Templates write the answers" in drawn


def test_the_status_is_looked_at_often_until_the_index_is_there_or_cannot_be(house: House) -> None:
    assert filling(house)
    house.index_problem = "Another process holds the index."
    assert not filling(house)
    assert "Another process holds the index." in header(house)
