"""The Audit tab: one activity step by step, or a whole file row by row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crm.nouns import Question
from ui.bulk import bulk_panel
from ui.faults import spoken
from ui.show import answered, seconds
from ui.talk import paced
from ui.viewer import opened_record
from ui.wire import on

if TYPE_CHECKING:
    from house import House

NOTHING_YET = (
    '<div class="empty hint"><h3>The record and its verdict</h3>'
    "<p>Give an activity's id, or paste the text of one. Each step of the judgement is told: "
    "which rule spoke and on which words, what the model thinks, what was decided in the end.</p></div>"
)


def audit_tab(house: "House") -> None:
    """Draws the tab and attaches its listeners."""
    import gradio as gr

    with gr.Tabs(elem_classes="inner"):
        with gr.Tab("One activity", id="one"):
            _one_panel(house)
        with gr.Tab("A whole file", id="file"):
            bulk_panel(house)


def audited(house: "House", typed: str, asked_by: str = "") -> Iterator[tuple[str, str]]:
    """The judgement told in Markdown as it grows, with the record as HTML once it is known."""
    found = house.store.find(typed)
    text = f"Audit activity {found[0].id}" if len(found) == 1 else f"Audit this activity:\n\n{typed}"
    record = opened_record(house, found[0].id) if len(found) == 1 else NOTHING_YET
    for answer in paced(spoken(house.assistant.turn(Question(text, asked_by=asked_by)))):
        took = sum(step.seconds for step in answer.steps)
        note = f'\n\n<p class="took">{seconds(took)}</p>' if answer.done and answer.steps else ""
        yield answered(answer) + note, record
    if found:
        yield answered(answer) + note, opened_record(house, found[0].id)


def _one_panel(house: "House") -> None:
    import gradio as gr

    def judge(typed: str, request: gr.Request) -> Iterator[Any]:
        if not typed.strip():
            gr.Info("Give an activity's id, or paste the text of one.")
            yield gr.skip(), gr.skip()
            return
        yield from audited(house, typed.strip(), request.username or "")

    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=1, min_width=360):
            typed = gr.Textbox(
                elem_id="one",
                label="An activity's id, or its text",
                placeholder="100123, demo:100123, or the whole text of a mail, a call note, a task …",
                lines=4,
                max_lines=14,
            )
            go = gr.Button("Judge it", variant="primary", elem_id="judge")
            told = gr.Markdown(elem_id="judgement", latex_delimiters=[], elem_classes="told")
        with gr.Column(scale=1, min_width=360, elem_classes="viewer"):
            record = gr.HTML(NOTHING_YET, elem_id="audited", apply_default_css=False)
    on(go.click, judge, [typed], [told, record])
    on(typed.submit, judge, [typed], [told, record])
