"""A whole file audited: progress, counts by label, a table to look through, the result to take away."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import Stopped
from crm.nouns import Engagement
from house import Wanted
from ui.job import Job
from ui.results import EVERY, Results
from ui.show import bars, seconds, words, written
from ui.tongue import label, said
from ui.wire import arriving, on

if TYPE_CHECKING:
    from crm.engagement.report import AuditReport
    from house import House

COLUMNS = ("id", "label", "confidence", "decided_by", "because", "quote")
WIDTHS: list[str | int] = ["110px", "130px", "105px", "170px", "340px", "520px"]


@dataclass
class Desk:
    """One person's audit of one file: the job under way, then its results, in a folder of their own."""

    file: Path
    folder: Path
    job: "Job[AuditReport] | None" = None
    results: Results | None = None

    @classmethod
    def on(cls, file: Path, before: "Desk | None") -> "Desk":
        """The same file again keeps its folder, where a stopped audit goes on."""
        if before is not None and before.file == file:
            return before
        if before is not None:
            before.close()
        return cls(file, Path(tempfile.mkdtemp(prefix="audit-")))

    @property
    def out(self) -> Path:
        return self.folder / f"{self.file.stem}.audited.csv"

    def written(self) -> Path:
        """The result; after a stop, a copy of the rows that were judged by then. Raises CrmError."""
        if self.job is None:
            raise Stopped(said("bulk.not_started"))
        try:
            return Path(self.job.result().out)
        except Stopped:
            for rows in self.folder.glob("*.part"):
                return Path(shutil.copy(rows, self.folder / f"{self.file.stem}.stopped.csv"))
            raise

    def close(self) -> None:
        """Stops what runs, removes what was written."""
        if self.job is not None:
            self.job.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def intro() -> str:
    """What a file must hold, and what is done with it."""
    return f'<p class="hint">{written("bulk.intro")}</p>'


def bulk_panel(house: "House") -> None:
    """Draws the panel and attaches its listeners."""
    _Panel(house).attach()


class _Panel:
    """The panel's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.desk = gr.State(None, delete_callback=_forget)
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.file = gr.File(label=label("bulk.drop"), elem_id="audit-file", height=150)
                with gr.Row():
                    self.go = gr.Button(label("bulk.go"), variant="primary", elem_id="audit-go")
                    self.stop = gr.Button(label("bulk.stop"), elem_id="audit-stop", interactive=False)
                self.progress = gr.HTML(elem_id="audit-progress", apply_default_css=False)
                self.save = gr.DownloadButton(label("bulk.save"), elem_id="audit-save", visible=False)
            with gr.Column(scale=3, min_width=300):
                self.chart = gr.HTML(elem_id="audit-chart", apply_default_css=False)
        with gr.Column(visible=False) as self.found:
            with gr.Row(elem_classes="filters"):
                self.label = gr.Dropdown(
                    [EVERY], value=EVERY, label=label("bulk.label"), elem_id="audit-label", scale=1
                )
                self.text = gr.Textbox(label=label("bulk.text"), elem_id="audit-text", scale=3)
            self.count = gr.HTML(elem_id="audit-count", apply_default_css=False)
            self.table = gr.Dataframe(
                headers=[label(f"bulk.{name}") for name in COLUMNS],
                column_widths=WIDTHS,
                interactive=False,
                wrap=True,
                max_height=560,
                show_label=False,
                elem_id="audit-table",
                buttons=[],
            )

    def attach(self) -> None:
        """Audit and Stop; the filter works on the whole result, not only on the rows shown."""
        outcome = [self.save, self.chart, self.found, self.label, self.text, self.count, self.table]
        watched = [self.desk, self.go, self.stop, self.progress, *outcome]
        arriving(intro, [self.progress])
        on(self.go.click, self._run, [self.file, self.desk], watched)
        on(self.stop.click, _stop, [self.desk], [self.stop], queue=False)
        for trigger in (self.label.change, self.text.change):
            on(trigger, _filtered, [self.desk, self.label, self.text], [self.count, self.table])

    def _run(self, file: str | None, desk: Desk | None) -> Iterator[list[Any]]:
        import gradio as gr

        if file is None:
            gr.Info(said("bulk.no_file"))
            yield [gr.skip()] * 11
            return
        desk = Desk.on(Path(file), desk)
        source, wanted = desk.file, Wanted(desk.out)
        desk.job = Job(lambda report, stop: self.house.audit_file(source, wanted, report, stop))
        for pace in desk.job.watch():
            yield [desk, _live(False), _live(True), pace.bar(), *[gr.skip()] * 7]
        yield [desk, _live(True), _live(False), intro(), *[gr.skip()] * 7]
        desk.results = Results.read(desk.written())
        yield [desk, gr.skip(), gr.skip(), _summary(desk, desk.results), *_outcome(desk.results)]


def _summary(desk: Desk, results: Results) -> str:
    if results.path != desk.out:
        state, more = said("bulk.stopped", n=results.total), said("bulk.go_on")
    else:
        state = said("bulk.done", n=results.total)
        more = said("bulk.took", time=seconds(desk.job.pace.wall if desk.job else 0.0))
    return f'<p class="summary"><strong>{words(state)}</strong> {words(more)}</p>'


def _outcome(results: Results) -> list[Any]:
    """The download, the chart, the filter set to everything, the table."""
    import gradio as gr

    return [
        gr.DownloadButton(value=str(results.path), visible=True),
        bars(results.counts),
        gr.Column(visible=True),
        gr.Dropdown(choices=[(said("bulk.every"), EVERY), *(e.value for e in Engagement)], value=EVERY),
        "",
        *_filtered_results(results, EVERY, ""),
    ]


def _filtered(desk: Desk | None, wanted: str, text: str) -> list[Any]:
    import gradio as gr

    return _filtered_results(desk.results, wanted, text) if desk and desk.results else [gr.skip(), gr.skip()]


def _filtered_results(results: Results, wanted: str, text: str) -> list[Any]:
    picked = results.pick(wanted, text)
    return [f'<p class="hint">{picked.told()}</p>', [list(row) for row in picked.rows]]


def _stop(desk: Desk | None) -> Any:
    if desk is not None and desk.job is not None:
        desk.job.stop()
    return _live(False)


def _forget(desk: Desk | None) -> None:
    if desk is not None:
        desk.close()


def _live(live: bool) -> Any:
    import gradio as gr

    return gr.update(interactive=live)
