"""The Imports tab: a file in, its ledger, its refused rows, the way back."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile, Stopped
from crm.intake.columns import OF_ONE_KIND
from crm.intake.template import KINDS as TEMPLATES
from ui.demo_out import DemoOut
from ui.download import Saving
from ui.dry_run import Looking
from ui.import_list import PastImports
from ui.ledger_pane import LedgerPane
from ui.listeners import arriving, on
from ui.long_job import Counted, Job, Report, Stop
from ui.sheets import Sheets
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.intake.ledger import Intake
    from house import House

SOURCES = ("auto", "csv", "hubspot", "salesforce")
KINDS = ("auto", "activities", *OF_ONE_KIND, "accounts", "contacts", "deals", "leads")


def imports_tab(house: "House", place: Any) -> list[Any]:
    """Draws the tab; gives the events after which the data are not the same any more.

    `place` is the tab itself, which lists the past imports when it is opened.
    """
    return _Tab(house).attach(place)


class _Tab:
    """The tab's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.file = gr.File(
                    label=label("imports.drop"),
                    height=170,
                    elem_id="import-file",
                )
                self.sheets = Sheets(house, self.file)
                with gr.Row():
                    self.source = gr.Dropdown(list(SOURCES), value="auto", label=label("imports.source"), min_width=130)
                    self.kind = gr.Dropdown(
                        list(KINDS), value="auto", label=label("imports.kind"), elem_id="import-kind", min_width=130
                    )
                with gr.Row(elem_classes="acts"):
                    self.go = gr.Button(label("imports.go"), variant="primary", elem_id="import-go", min_width=110)
                    self.looking = Looking(house)
                self.progress = gr.HTML(elem_id="import-progress", apply_default_css=False)
                with (
                    gr.Accordion(label("imports.templates"), open=False, elem_id="templates"),
                    gr.Row(elem_classes="acts"),
                ):
                    self.templates = {
                        kind: gr.Button(label(f"imports.{kind}"), size="sm", elem_id=f"template-{kind}")
                        for kind in TEMPLATES
                    }
                    self.saving = Saving("imports.templates")
            with gr.Column(scale=3, min_width=300):
                self.pane = LedgerPane(house)
                self.looking.draw()
                self.pane.draw()
                self.demo = DemoOut(house)
                self.past = PastImports(house, self.pane)

    def attach(self, place: Any) -> list[Any]:
        """Import and undo."""
        shown = self._shown
        arriving(_begin, [self.source, self.kind])
        self.sheets.attach()
        on(self.file.clear, lambda: "auto", [], [self.kind])
        for kind, button in self.templates.items():
            self.saving.attach(button.click, partial(self._template, kind))
        imported = on(self.go.click, self._run, [self.file, self.source, self.kind], shown)
        self.looking.attach(self.file, self.source, self.kind, self.pane.card)
        self.pane.give_way(self.looking.go.click)
        changed = [imported, *self.pane.attach(), self.demo.attach(self.pane)]
        moments = [place.select, *(event.then for event in changed)]
        self.past.attach(*moments)
        self.demo.follow(*moments)
        return changed

    @property
    def _shown(self) -> list[Any]:
        """What an import fills."""
        return [self.go, self.progress, *self.looking.naming, *self.pane.shown]

    def _template(self, kind: str) -> list[str]:
        """Text and name of a file to fill in; made when it is asked for."""
        return [self.house.template(kind), f"{kind}.csv"]

    def _run(self, file: str | None, source: str, kind: str) -> Iterator[list[Any]]:
        """The import; where its columns are not known, what they mean can be said, as after a look."""
        import gradio as gr

        rest = [gr.skip()] * (len(self._shown) - 2)
        if file is None:
            gr.Info(said("imports.no_file"))
            yield [gr.skip(), gr.skip(), *rest]
            return
        job: Job[Intake] = Job(
            lambda report, stop: self.house.import_file(Path(file), source, kind, _until(stop, report))
        )
        for pace in job.watch(give_up=False):
            yield [gr.update(interactive=False), pace.bar(), *rest]
        yield [gr.update(interactive=True), "", *rest]
        try:
            intake = job.result()
        except BadFile:
            seen = self.house.preview_import(Path(file), source, kind)
            if not seen.problem:
                raise
            card, *naming = self.looking.shown(seen, kind)
            yield [gr.skip(), "", *naming, *self.pane.closed(card)]
            return
        hidden = [gr.Row(visible=False), *[gr.skip()] * (len(self.looking.naming) - 1)]
        yield [gr.skip(), "", *hidden, *self.pane.opened(intake, intake.stored > 0)]


def _begin() -> list[Any]:
    import gradio as gr

    sources = [(said(f"imports.{name}"), name) for name in SOURCES]
    kinds = [(said(f"imports.{name}"), name) for name in KINDS]
    return [gr.Dropdown(choices=sources, value="auto"), gr.Dropdown(choices=kinds, value="auto")]


def _until(stop: Stop, report: Report) -> Report:
    """Reports until it is asked to stop, as when the window closes."""

    def look(pace: Counted) -> None:
        report(pace)
        if stop():
            raise Stopped(said("imports.stopped"))

    return look
