"""Puts the tabs side by side."""

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from crm.errors import CrmError
from crm.records.book import revision
from ui.show import words
from ui.wire import on

if TYPE_CHECKING:
    from gradio import Blocks

    from house import House

NAME = "Engaged?"
PROMISE = "the CRM assistant that shows its proof"
BUSY_TICK, CALM_TICK = 2, 20  # seconds between two looks at the status line
KEEP_FILES = (3_600, 86_400)  # look every hour for results older than a day


def build(house: "House") -> "Blocks":
    """The whole window over one house."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.accounts import accounts_tab, question_about
    from ui.audit import audit_tab
    from ui.chat import AskTab, starters
    from ui.functions import functions
    from ui.health import health_tab
    from ui.imports import imports_tab
    from ui.pipeline import pipeline_tab
    from ui.quality import quality_tab
    from ui.review import review_tab

    page = gr.Blocks(title=f"{NAME} {PROMISE}", analytics_enabled=False, fill_width=True, delete_cache=KEEP_FILES)
    with page:
        status = gr.HTML(header(house), elem_id="top", apply_default_css=False)
        clock = gr.Timer(BUSY_TICK)
        with gr.Tabs(elem_id="places") as places:
            with gr.Tab("Ask", id="ask"):
                asking = AskTab(house)
            with gr.Tab("Accounts", id="accounts") as second:
                accounts = accounts_tab(house)
            with gr.Tab("Pipeline", id="pipeline") as pipeline:
                pipeline_tab(house, pipeline)
            with gr.Tab("Audit", id="audit"):
                audit_tab(house)
            with gr.Tab("Review", id="review") as reviewing:
                review_tab(house, reviewing)
            with gr.Tab("Quality", id="quality") as quality:
                quality_tab(house, quality)
            with gr.Tab("Imports", id="imports"):
                changed = imports_tab(house)
            with gr.Tab("Settings", id="settings") as settings:
                health_tab(house, settings)
        functions(house)

        for button, question in accounts.asks:
            on(button.click, lambda: gr.Tabs(selected="ask"), [], [places])
            asking.also_asked_by(button.click, partial(question_about, house, question), [accounts.opened])
        asking.attach()
        on(second.select, accounts.draw, accounts.inputs, accounts.outputs)
        seen = gr.State(())

        def look(before: tuple[int, ...]) -> list[Any]:
            now = revision(house.store)
            pace = gr.Timer(BUSY_TICK if filling(house) else CALM_TICK)
            begin = gr.update(examples=starters(house)) if now != before else gr.skip()
            return [header(house), pace, begin, now]

        shown = [status, clock, asking.chat, seen]
        for moment in (page.load, clock.tick, *(change.then for change in changed)):
            on(moment, look, [seen], shown, queue=False)
    return page


def header(house: "House") -> str:
    """The product's name, the state of the data, and who writes the words."""
    state = house.sync.state if house.sync else None
    bar = ""
    if state is not None and filling(house) and state.total:
        bar = f'<progress max="{state.total}" value="{state.done}" aria-label="Semantic index"></progress>'
    return (
        f'<div class="top"><div class="name"><strong>{NAME}</strong><span>{PROMISE}</span></div>'
        f'<div class="state" role="status"><span>{words(house.status())}</span>{bar}'
        f'<span class="writer">{words(writer(house))}</span></div></div>'
    )


def filling(house: "House") -> bool:
    """Whether the status line is about to change by itself."""
    state = house.sync.state if house.sync else None
    return not house.index_problem and (state is None or state.running)


def writer(house: "House") -> str:
    """Who makes the words of the answers."""
    try:
        return f"{house.llm.name} writes the answers" if house.llm else "Templates write the answers"
    except CrmError as err:
        return str(err)
