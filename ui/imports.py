"""The Imports tab: files in, their ledgers, their refused rows, the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from crm.errors import BadFile, Stopped
from crm.intake.columns import OF_ONE_KIND
from crm.intake.template import KINDS as TEMPLATES
from ui.demo_out import DemoOut
from ui.download import Saving
from ui.dropped import Dropped, Part
from ui.dry_run import Looking
from ui.faults import sentence
from ui.import_list import PastImports
from ui.ledger_pane import LedgerPane
from ui.listeners import arriving, on
from ui.loaded import Loaded, loaded_card, to_open
from ui.long_job import Counted, Job, Report, Stop
from ui.tongue import label, said

if TYPE_CHECKING:
    from crm.intake.ledger import Intake
    from house import House

SOURCES = ("auto", "csv", "hubspot", "salesforce", "pipedrive")
KINDS = ("auto", "activities", *OF_ONE_KIND, "accounts", "contacts", "deals", "leads", "reps")


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
                self.dropped = Dropped(house)
                with gr.Row():
                    self.source = gr.Dropdown(list(SOURCES), value="auto", label=label("imports.source"), min_width=130)
                    self.kind = gr.Dropdown(
                        list(KINDS), value="auto", label=label("imports.kind"), elem_id="import-kind", min_width=130
                    )
                with gr.Row(elem_classes="acts"):
                    self.go = gr.Button(label("imports.go"), variant="primary", elem_id="import-go", min_width=110)
                    self.looking = Looking(house, self.dropped)
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
        self.dropped.attach()
        on(self.dropped.files.clear, lambda: "auto", [], [self.kind])
        for kind, button in self.templates.items():
            self.saving.attach(button.click, partial(self._template, kind))
        imported = on(self.go.click, self._run, [*self.dropped.asked, self.source, self.kind], shown)
        self.looking.attach(self.source, self.kind, self.pane.card)
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

    def _run(self, files: Sequence[str] | None, which: str | None, source: str, kind: str) -> Iterator[list[Any]]:
        """Loads the parts in turn; one that cannot be read leaves the others as they are."""
        import gradio as gr

        parts, rest = self.dropped.meant(files, which), [gr.skip()] * (len(self._shown) - 2)
        if not parts:
            gr.Info(said("imports.no_file"))
            yield [gr.skip(), gr.skip(), *rest]
            return
        several = len(parts) > 1
        done: list[Loaded] = []
        for part in parts:
            job = self._job(part, source, kind)
            for pace in job.watch(give_up=False):
                yield [gr.update(interactive=False), loaded_card(done) + pace.bar(), *rest]
            yield [gr.update(interactive=True), loaded_card(done), *rest]
            try:
                done.append(Loaded(part.name, job.result()))
            except BadFile as err:
                if not several:
                    yield [gr.skip(), gr.skip(), *self._unread(part, source, kind, err)]
                    return
                done.append(Loaded(part.name, None, sentence(err)))
        hidden = [gr.Row(visible=False), *[gr.skip()] * (len(self.looking.naming) - 1)]
        intake = to_open(done)
        if intake and intake.stored and (made := self.house.add_people()):
            gr.Info(said("imports.people_made", n=made))
        if intake and several:  # those that were loaded after it may be its accounts
            again = self.house.ledger(intake.import_id)
            intake = replace(again, notices=intake.notices, resumed=intake.resumed)
        opened = self.pane.opened(intake, intake.stored > 0) if intake else self.pane.closed("")
        yield [gr.skip(), loaded_card(done) if several else "", *hidden, *opened]

    def _unread(self, part: Part, source: str, kind: str, err: BadFile) -> list[Any]:
        """What its columns mean can be said, as after a look; where something else is wrong with it, that is told."""
        seen = self.house.preview_import(self.dropped.file_of(part), source, kind)
        if not seen.problem:
            raise err
        card, *naming = self.looking.shown(seen, kind)
        return [*naming, *self.pane.closed(card)]

    def _job(self, part: Part, source: str, kind: str) -> "Job[Intake]":
        def load(report: Report, stop: Stop) -> "Intake":
            return self.house.import_file(self.dropped.file_of(part), source, kind, _until(stop, report))

        return Job(load)


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
