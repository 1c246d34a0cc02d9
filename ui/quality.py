"""The Quality tab: figures that were measured, and what the store tells now."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui.listeners import arriving, on
from ui.long_job import Job
from ui.measures import cost_card, drift_card, glossary, latency_card, section_card, stamp, tidiness_card
from ui.show import seconds, written
from ui.tongue import label

if TYPE_CHECKING:
    from crm.engagement.drift import Drift
    from house import House


def quality_tab(house: "House", place: Any) -> None:
    """Draws the tab and attaches its listeners; `place` is the tab itself, which reads when it is opened."""
    import gradio as gr

    with gr.Column(elem_classes="page"):
        figures = gr.HTML(elem_id="figures", apply_default_css=False)
        counted = gr.HTML(elem_id="tidiness", apply_default_css=False)
        with gr.Row(elem_classes="asks"):
            time = gr.Button(label("quality.time"), size="sm", elem_id="latency-go", min_width=150)
            go = gr.Button(label("quality.drift"), size="sm", elem_id="drift-go", min_width=150)
        timed = gr.HTML(elem_id="latency", apply_default_css=False)
        drift = gr.HTML(elem_id="drift", apply_default_css=False)

    def read() -> Iterator[list[str]]:
        sections, reasons = house.measured().sections, house.rule_reasons()
        cards = "".join(section_card(section, reasons) for section in sections)
        yield [
            f'{stamp(sections)}{glossary()}<div class="measures">{cards}</div>',
            _waiting("reading"),
        ]
        now = tidiness_card(house.untidy()) + cost_card(house.model_costs())
        yield [gr.skip(), f'<div class="measures">{now}</div>']

    def look() -> Iterator[list[Any]]:
        job: Job[Drift] = Job(lambda report, stop: house.drift())
        for pace in job.watch(give_up=False):
            told = _waiting("comparing", took=seconds(pace.wall))
            yield [f"{told}<progress></progress>", gr.update(interactive=False)]
        yield [drift_card(job.result()), gr.update(interactive=True)]

    def measure() -> Iterator[str]:
        yield _waiting("asking")
        yield latency_card(house.timed())

    def begin() -> list[str]:
        return [_waiting("reading"), f'<p class="hint">{written("quality.drift_hint")}</p>']

    arriving(begin, [figures, drift])
    on(time.click, measure, [], [timed])
    on(place.select, read, [], [figures, counted])
    on(go.click, look, [], [drift, go])


def _waiting(name: str, **fields: object) -> str:
    return f'<p class="count" role="status">{written(f"quality.{name}", **fields)}</p>'
