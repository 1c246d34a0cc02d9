"""Which places are for whom: what somebody's role may not use is not shown to them.

The verbs of the house refuse it anyway; this only spares people doors that do not open.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm.access import Right
from ui.house_seen import NOBODY
from ui.listeners import arriving
from ui.tongue import label

if TYPE_CHECKING:
    from house import House

NEEDED = {
    "file": Right.AUDIT,
    "review": Right.CORRECT,
    "quality": Right.AUDIT,
    "imports": Right.IMPORT,
    "settings": Right.MANAGE,
}
"""What a tab asks for, by its id; the others are for everybody who is let in."""


def may(house: "House", right: Right) -> bool:
    """Whether whoever looks holds the right."""
    return house.viewer.may(right)


def open_to(house: "House", tab: str) -> bool:
    """Whether whoever looks may use the tab."""
    return tab not in NEEDED or may(house, NEEDED[tab])


def place(house: "House", tab: str, words: str = "places") -> Any:
    """A tab to draw in. Where people sign in, one that is not for all is hidden until it is known who looks."""
    import gradio as gr

    return gr.Tab(label(f"{words}.{tab}"), id=tab, visible=tab not in NEEDED or not house.settings.auth)


def signed_in(house: "House") -> str:
    """The name of whoever signed in; empty where nobody does."""
    return house.viewer.name if house.settings.auth and house.viewer != NOBODY else ""


def shown_to(house: "House", tabs: Mapping[str, Any]) -> None:
    """Shows each of these tabs, by their ids, when the page is opened by somebody who may use it."""
    import gradio as gr

    asked = [name for name in tabs if name in NEEDED]
    if house.settings.auth:
        arriving(lambda: [gr.Tab(visible=open_to(house, name)) for name in asked], [tabs[name] for name in asked])
