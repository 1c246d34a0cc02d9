"""Puts the tabs side by side."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from crm.records.book import revision
from ui import address
from ui.accessible import mended
from ui.correcting import verdicts_lead_here
from ui.empty_store import Guide
from ui.header import LISTEN, NAME, filling, header
from ui.listeners import on
from ui.tongue import entries, label, translations

if TYPE_CHECKING:
    from gradio import Blocks

    from house import House
    from ui.accounts import AccountsTab
    from ui.chat import AskTab

BUSY_TICK, CALM_TICK = 2, 20  # seconds between two looks at the status line
KEEP_FILES = (3_600, 86_400)  # look every hour for results older than a day


@dataclass(frozen=True, slots=True)
class _Places:
    """The tabs, with what of them the window connects. `changed` are the events after which the data are others."""

    tabs: Any
    guide: Guide
    asking: "AskTab"
    accounts: "AccountsTab"
    changed: Sequence[Any]


def build(house: "House") -> "Blocks":
    """The whole window over one house."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.arrival import Places, attach_arrival
    from ui.functions import functions

    page = gr.Blocks(
        title=f"{NAME} {entries('en')['top.promise']}",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=KEEP_FILES,
    )
    page.i18n_instance = translations()
    with page:
        # the revision of the data that the page was drawn from; no State, whose change is not heard outside the queue
        seen = gr.Textbox(visible="hidden", label=label("common.address"))
        status = gr.HTML(header(house), elem_id="top", js_on_load=LISTEN, apply_default_css=False)
        clock = gr.Timer(BUSY_TICK)
        where = address.bar()
        mended()
        verdicts_lead_here()
        drawn = _places(house, where, seen.change)
        functions(house)
        _connect(house, drawn)
        attach_arrival(house, Places(drawn.tabs, where, drawn.asking, drawn.accounts))
        changed = [*drawn.changed, *drawn.accounts.changed, drawn.guide.attach(drawn.tabs)]
        moments = (page.load, clock.tick, *(change.then for change in changed))
        _keep_looking(house, moments, [status, clock, drawn.asking.chat, seen], drawn.guide)
    return page


def _places(house: "House", where: Any, revised: Any) -> _Places:
    """Draws the tabs side by side. `revised` is the event after which what stands open may be there no more."""
    import gradio as gr

    from ui.accounts import accounts_tab
    from ui.audit import audit_tab
    from ui.chat import AskTab
    from ui.health import health_tab
    from ui.imports import imports_tab
    from ui.pipeline import pipeline_tab
    from ui.quality import quality_tab
    from ui.review import review_tab
    from ui.rights import place, shown_to

    with gr.Tabs(elem_id="places") as tabs:
        with place(house, "ask"):
            guide = Guide(house)
            asking = AskTab(house, where, revised)
        with place(house, "accounts") as second:
            accounts = accounts_tab(house, second, where, revised)
        with place(house, "pipeline") as pipeline:
            pipeline_tab(house, pipeline)
        with place(house, "audit"):
            exports = audit_tab(house, revised)
        with place(house, "review") as reviewing:
            review_tab(house, reviewing, revised)
        with place(house, "quality") as quality:
            quality_tab(house, quality)
        with place(house, "imports") as imports:
            changed = imports_tab(house, imports)
        with place(house, "settings") as settings:
            health_tab(house, settings)
    shown_to(house, {tab.id: tab for tab in (*tabs.children, exports)})
    return _Places(tabs, guide, asking, accounts, changed)


def _connect(house: "House", drawn: _Places) -> None:
    """The buttons of an account ask in the chat."""
    import gradio as gr

    from ui.accounts import question_about

    accounts = drawn.accounts
    for button, asked in accounts.asks:
        on(button.click, lambda: gr.Tabs(selected="ask"), [], [drawn.tabs])
        drawn.asking.also_asked_by(button.click, partial(question_about, house, asked), [accounts.opened])
    drawn.asking.attach()


def _keep_looking(house: "House", moments: Sequence[Any], shown: Sequence[Any], guide: Guide) -> None:
    """`shown` are the status line, its clock, the chat and the revision: they follow the store, as does the guide."""
    import gradio as gr

    from ui.chat import starters

    def look(before: str) -> list[Any]:
        now = "-".join(map(str, revision(house.store)))
        pace = gr.Timer(BUSY_TICK if filling(house) else CALM_TICK)
        begin = gr.update(examples=starters(house)) if now != before else gr.skip()
        return [header(house), pace, begin, now, guide.shown()]

    for moment in moments:
        on(moment, look, [shown[-1]], [*shown, guide.place])
