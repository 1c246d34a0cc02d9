"""The Imports tab: a file in, its ledger, its refused rows, the way back."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.errors import Stopped
from crm.intake.template import KINDS as TEMPLATES
from ui.job import Counted, Job, Report, Stop
from ui.ledger import ledger_card, refusals_table
from ui.looking import Looking
from ui.show import hint, written
from ui.tongue import label, said
from ui.wire import arriving, on

if TYPE_CHECKING:
    from crm.intake.ledger import Intake
    from house import House

SOURCES = ("auto", "csv", "hubspot", "salesforce")
KINDS = ("auto", "activities", "accounts", "contacts", "deals", "leads")
REFUSED_SHOWN = 50


def imports_tab(house: "House") -> list[Any]:
    """Draws the tab; gives the events after which the data are not the same any more."""
    tab = _Tab(house)
    return tab.attach()


class _Tab:
    """The tab's components with what they do."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.intake = gr.State(None)
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=2, min_width=300):
                self.file = gr.File(
                    label=label("imports.drop"),
                    height=170,
                    elem_id="import-file",
                )
                with gr.Row():
                    self.source = gr.Dropdown(list(SOURCES), value="auto", label=label("imports.source"), min_width=130)
                    self.kind = gr.Dropdown(
                        list(KINDS), value="auto", label=label("imports.kind"), elem_id="import-kind", min_width=130
                    )
                with gr.Row(elem_classes="acts"):
                    self.go = gr.Button(label("imports.go"), variant="primary", elem_id="import-go", min_width=110)
                    self.looking = Looking(house)
                self.progress = gr.HTML(elem_id="import-progress", apply_default_css=False)
                with gr.Accordion("Files to fill in", open=False, elem_id="templates"), gr.Row(elem_classes="acts"):
                    for kind in TEMPLATES:
                        path = str(house.template(kind))
                        gr.DownloadButton(
                            f"{kind.capitalize()} (CSV)", value=path, size="sm", elem_id=f"template-{kind}"
                        )
            with gr.Column(scale=3, min_width=300):
                self.ledger = gr.HTML(elem_id="ledger", apply_default_css=False)
                self.looking.draw()
                self.refused = gr.Dataframe(
                    headers=[label("imports.line"), label("imports.reason")],
                    column_widths=["12%", "88%"],
                    interactive=False,
                    wrap=True,
                    visible=False,
                    label=label("imports.refused"),
                    elem_id="refused",
                    buttons=[],
                )
                with gr.Row():
                    self.save = gr.DownloadButton(label("imports.save"), visible=False, elem_id="refused-save")
                    self.undo = gr.Button(label("imports.undo"), visible=False, elem_id="undo", variant="stop")

    def attach(self) -> list[Any]:
        """Import and undo."""
        shown = [self.intake, self.go, self.progress, self.ledger, self.refused, self.save, self.undo]
        arriving(_begin, [self.ledger, self.source, self.kind])
        imported = on(self.go.click, self._run, [self.file, self.source, self.kind], shown)
        self.looking.attach(self.file, self.source, self.kind, self.ledger)
        undone = on(self.undo.click, self._undone, [self.intake], shown)
        return [imported, undone]

    def _run(self, file: str | None, source: str, kind: str) -> Iterator[list[Any]]:
        import gradio as gr

        if file is None:
            gr.Info(said("imports.no_file"))
            yield [gr.skip()] * 7
            return
        job: Job[Intake] = Job(
            lambda report, stop: self.house.import_file(Path(file), source, kind, _until(stop, report))
        )
        for pace in job.watch(give_up=False):
            yield [gr.skip(), gr.update(interactive=False), pace.bar(), *[gr.skip()] * 4]
        yield [gr.skip(), gr.update(interactive=True), "", *[gr.skip()] * 4]
        intake = job.result()
        yield [intake, gr.skip(), "", *self._told(intake)]

    def _told(self, intake: "Intake") -> list[Any]:
        """Ledger, refused rows with their download, undo."""
        import gradio as gr

        refused = intake.refused > 0
        rows = refusals_table(intake, REFUSED_SHOWN)
        path = str(self.house.refused_csv(intake.import_id)) if refused else None
        return [
            ledger_card(intake),
            gr.Dataframe(value=rows, visible=refused),
            gr.DownloadButton(value=path, visible=refused),
            gr.Button(visible=intake.stored + intake.changed > 0),
        ]

    def _undone(self, intake: "Intake | None") -> list[Any]:
        import gradio as gr

        if intake is None:
            return [gr.skip()] * 7
        touched = self.house.undo_import(intake.import_id)
        told = f'<p class="notice">{written("imports.undone", n=touched)}</p>'
        hidden = gr.update(visible=False)
        return [None, gr.skip(), "", told, hidden, hidden, hidden]


def intro() -> str:
    """What the ledger will show."""
    return hint(said("imports.none_title"), said("imports.none"))


def _begin() -> list[Any]:
    import gradio as gr

    sources = [(said(f"imports.{name}"), name) for name in SOURCES]
    kinds = [(said(f"imports.{name}"), name) for name in KINDS]
    return [intro(), gr.Dropdown(choices=sources, value="auto"), gr.Dropdown(choices=kinds, value="auto")]


def _until(stop: Stop, report: Report) -> Report:
    """Reports until it is asked to stop, as when the window closes."""

    def look(pace: Counted) -> None:
        report(pace)
        if stop():
            raise Stopped(said("imports.stopped"))

    return look
