"""Verbs of rows coming in: import, the demo, what was refused, undo."""

import tempfile
from pathlib import Path

from crm.intake.headers import Headers, remember
from crm.intake.ingest import Plan, ingest
from crm.intake.ledger import Intake, write_refused
from crm.intake.preview import Preview, preview
from crm.intake.readers import Table
from crm.intake.template import write_template
from crm.intake.undo import undo_import
from house.watching import Pace, Watch, unwatched
from wiring import SAMPLES, Parts

DEMO_FILES = ("reps", "accounts", "contacts", "deals", "leads", "activities")


class RowsIn(Parts):
    """Brings exports into the store."""

    loading: tuple[int, int] | None = None  # rows of the demo that are in, of how many, while it comes in

    def import_file(self, file: Path, source: str = "auto", kind: str = "auto", watch: Watch = unwatched) -> Intake:
        """One export into the store; the index follows behind. Raises BadFile, StoreTrouble."""
        said = Headers.read(self.store)
        plan = Plan(source, kind, self.settings.our_domains, watch, self.workers, said)
        intake = ingest(file, self.store, plan)
        if self.sync is not None:
            self.sync.wake()
        return intake

    def preview_import(self, file: Path, source: str = "auto", kind: str = "auto") -> Preview:
        """What importing the file would do; nothing is stored. Raises BadFile."""
        return preview(file, self.store, source, kind)

    def name_column(self, file: Path, kind: str, column: str, field: str) -> None:
        """What a column means, in this file and every one with the same columns; an empty field takes it back.

        Raises BadSetting, BadFile.
        """
        remember(self.store, Table.open(file).header, kind, column, field)

    def template(self, kind: str) -> Path:
        """A file to fill in, in a folder of its own. Raises BadSetting."""
        path = Path(tempfile.mkdtemp(prefix="template-")) / f"{kind}.csv"
        write_template(kind, path)
        return path

    def load_demo(self, watch: Watch = unwatched) -> list[Intake]:
        """The demo CRM, read like any other export."""
        return [self.import_file(SAMPLES / f"{name}.csv", watch=watch) for name in DEMO_FILES]

    def load_demo_if_empty(self) -> None:
        """On a first start there should be something to ask about."""

        def tell(pace: Pace) -> None:
            self.loading = pace.done, pace.total or 0

        if self.settings.demo and self.store.count() == 0 and self.book.blank:
            try:
                self.load_demo(tell)
            finally:
                self.loading = None

    def refused_csv(self, import_id: int, out: Path | None = None) -> Path:
        """The refused rows of an import as a file to mend and import again; in a folder of its own if none is given."""
        path = out or Path(tempfile.mkdtemp(prefix="refused-")) / f"refused-{import_id}.csv"
        write_refused(self.store, import_id, path)
        return path

    def undo_import(self, import_id: int) -> int:
        """Takes an import back; how many records that touched. Raises MissingPart."""
        touched = undo_import(self.store, import_id)
        if self.sync is not None:
            self.sync.wake()
        return touched
