"""Puts the tabs side by side."""

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from crm.records.book import revision
from ui import address
from ui.guide import Guide
from ui.mended import mended
from ui.tongue import entries, translations
from ui.top import LISTEN, NAME, filling, header
from ui.wire import on

if TYPE_CHECKING:
    from gradio import Blocks

    from house import House

BUSY_TICK, CALM_TICK = 2, 20  # seconds between two looks at the status line
KEEP_FILES = (3_600, 86_400)  # look every hour for results older than a day


def build(house: "House") -> "Blocks":
    """The whole window over one house."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.accounts import accounts_tab, question_about
    from ui.arrival import Places, attach_arrival
    from ui.audit import audit_tab
    from ui.chat import AskTab, starters
    from ui.functions import functions
    from ui.health import health_tab
    from ui.imports import imports_tab
    from ui.pipeline import pipeline_tab
    from ui.quality import quality_tab
    from ui.review import review_tab
    from ui.rights import place, shown_to

    page = gr.Blocks(
        title=f"{NAME} {entries('en')['top.promise']}",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=KEEP_FILES,
    )
    page.i18n_instance = translations()
    with page:
        status = gr.HTML(header(house), elem_id="top", js_on_load=LISTEN, apply_default_css=False)
        clock = gr.Timer(BUSY_TICK)
        where = address.bar()
        mended()
        guide = Guide(house)
        with gr.Tabs(elem_id="places") as tabs:
            with place(house, "ask"):
                asking = AskTab(house, where)
            with place(house, "accounts") as second:
                accounts = accounts_tab(house, where)
            with place(house, "pipeline") as pipeline:
                pipeline_tab(house, pipeline)
            with place(house, "audit"):
                exports = audit_tab(house)
            with place(house, "review") as reviewing:
                review_tab(house, reviewing)
            with place(house, "quality") as quality:
                quality_tab(house, quality)
            with place(house, "imports") as imports:
                changed = imports_tab(house, imports)
            with place(house, "settings") as settings:
                health_tab(house, settings)
        functions(house)
        shown_to(house, {tab.id: tab for tab in (*tabs.children, exports)})

        for button, asked in accounts.asks:
            on(button.click, lambda: gr.Tabs(selected="ask"), [], [tabs])
            asking.also_asked_by(button.click, partial(question_about, house, asked), [accounts.opened])
        asking.attach()
        attach_arrival(house, Places(tabs, where, asking, accounts))
        changed = [*changed, guide.attach(tabs)]
        on(second.select, accounts.draw, accounts.inputs, accounts.outputs)
        seen = gr.State(())

        def look(before: tuple[int, ...]) -> list[Any]:
            now = revision(house.store)
            pace = gr.Timer(BUSY_TICK if filling(house) else CALM_TICK)
            begin = gr.update(examples=starters(house)) if now != before else gr.skip()
            return [header(house), pace, begin, now, guide.shown()]

        shown = [status, clock, asking.chat, seen, guide.place]
        for moment in (page.load, clock.tick, *(change.then for change in changed)):
            on(moment, look, [seen], shown, queue=False)
    return page
