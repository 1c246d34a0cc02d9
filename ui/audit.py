"""The Audit tab: one activity step by step, or a whole file row by row."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from agents.activity_audit import pasted
from crm.errors import MissingPart
from crm.nouns import Activity, Label, Message, Question
from ui.auditing import auditing_panel
from ui.conversation import paced
from ui.correcting import Correcting
from ui.faults import spoken
from ui.listeners import arriving, on
from ui.record import NOBODYS, record_card
from ui.rights import place
from ui.show import answered, hint
from ui.sources_pane import opened_record, still_there
from ui.tongue import label, said

if TYPE_CHECKING:
    from house import House

AGENT = "activity_audit"
ID = re.compile(r"(?=\S*\d)[\w:.-]{1,60}")  # one word with a digit in it: meant as an id, not as a text


def nothing_yet() -> str:
    """What stands in the record's place before one is judged."""
    return hint(said("audit.none_title"), said("audit.none"))


def audit_tab(house: "House", revised: Any) -> Any:
    """Draws the tab and attaches its listeners; gives the tab inside it that is not for everybody.

    `revised` is the event after which an opened record may be there no more.
    """
    import gradio as gr

    with gr.Tabs(elem_classes="inner"):
        with place(house, "one", "audit"):
            _one_panel(house, revised)
        with place(house, "file", "audit") as many:
            auditing_panel(house, many, revised)
    return many


def audited(house: "House", typed: str, asked_by: str = "") -> Iterator[tuple[str, str]]:
    """The judgement told in Markdown as it grows, with the record as HTML. Raises MissingPart."""
    stored = _stored(house, typed)
    text = said("audit.question", id=stored.id) if stored else said("audit.question_text", typed=typed)
    told = ""
    for answer in paced(spoken(house.turn(Question(text, asked_by=asked_by), AGENT))):
        told = answered(answer)
        yield told, nothing_yet()
    yield told, opened_record(house, stored.id) if stored else _pasted_record(house, text)


def _stored(house: "House", typed: str) -> Activity | None:
    """The activity whose id was typed; None when it is no id but the text of one."""
    found = house.store.find(typed)
    if len(found) > 1:
        raise MissingPart(said("audit.several", typed=typed, ids=", ".join(a.id for a in found)))
    if not found and ID.fullmatch(typed):
        raise MissingPart(said("audit.unknown", typed=typed))
    return found[0] if found else None


def _pasted_record(house: "House", text: str) -> str:
    """What was pasted, as it was read and judged."""
    activity = pasted(text, house.assistant.tools)
    if activity is None:
        return nothing_yet()
    verdict = house.cascade.explain(activity).verdict
    undated = replace(activity, at=None, messages=tuple(_undated(m, activity.at) for m in activity.messages))
    return record_card(undated, NOBODYS, Label(activity.id, activity.text_hash, "", verdict, datetime.now(UTC)))


def _undated(message: Message, pasted_at: datetime | None) -> Message:
    """The moment of pasting says nothing about the record."""
    return replace(message, at=None) if message.at == pasted_at else message


def _one_panel(house: "House", revised: Any) -> None:
    import gradio as gr

    def judge(typed: str, request: gr.Request) -> Iterator[Any]:
        if not typed.strip():
            gr.Info(said("audit.empty"))
            yield [gr.skip()] * 6
            return
        for told, record in audited(house, typed.strip(), request.username or ""):
            yield [told, record, *correcting.opened("")]
        stored = _stored(house, typed.strip())
        yield [gr.skip(), gr.skip(), *correcting.opened(stored.id if stored else "")]

    with gr.Row(elem_classes="desk"):
        with gr.Column(scale=1, min_width=360):
            typed = gr.Textbox(
                elem_id="one",
                label=label("audit.typed"),
                placeholder=label("audit.typed_hint"),
                lines=4,
                max_lines=14,
            )
            go = gr.Button(label("audit.judge"), variant="primary", elem_id="judge")
            told = gr.Markdown(elem_id="judgement", latex_delimiters=[], elem_classes="told")
        with gr.Column(scale=1, min_width=360, elem_classes="viewer"):
            record = gr.HTML(elem_id="audited", apply_default_css=False)
            correcting = Correcting(house)
    arriving(nothing_yet, [record])
    on(revised, partial(still_there, house), [record], [record])
    correcting.attach(record)
    on(go.click, judge, [typed], [told, record, *correcting.shown])
    on(typed.submit, judge, [typed], [told, record, *correcting.shown])
