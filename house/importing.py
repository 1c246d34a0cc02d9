"""Verbs of rows coming in: import, the demo, what was refused, undo."""

import hashlib
import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path

from crm.access import Right
from crm.intake.free_mail import FreeMail, free_mail
from crm.intake.headers import Headers, remember
from crm.intake.import_history import Past, past_imports, put_import
from crm.intake.ingest import Plan, ingest
from crm.intake.ledger import Intake, imports_of, intake, write_refused
from crm.intake.made_rows import COMPANIES, PEOPLE
from crm.intake.named_companies import Company, companies_named, write_companies
from crm.intake.named_people import write_people
from crm.intake.our_side_guess import Likely, call_ours, disown, likely_ours
from crm.intake.preview import Preview, preview
from crm.intake.tables import open_table
from crm.intake.taken_for import Taken, taken_for
from crm.intake.template import write_template
from crm.intake.undo import undo_import
from crm.intake.workbook import sheet_titles, write_sheet
from crm.records.book import revision
from crm.records.trail_entry import Entry, What
from house.progress import Pace, Watch, unwatched
from house.rights import needs, who
from wiring import SAMPLES, Parts

DEMO_FILES = ("reps", "accounts", "contacts", "deals", "leads", "activities")


class RowsIn(Parts):
    """Brings exports into the store."""

    @needs(Right.IMPORT)
    def import_file(self, file: Path, source: str = "auto", kind: str = "auto", watch: Watch = unwatched) -> Intake:
        """One export into the store; the index follows behind. Raises BadFile, StoreTrouble."""
        said = Headers.read(self.store)
        plan = Plan(source, kind, self.settings.our_domains, watch, self.workers, said)
        done = ingest(file, self.store, plan)
        put_import(self.chain, who(self), done)
        if self.sync is not None:
            self.sync.wake()
        return done

    @needs(Right.IMPORT)
    def past_imports(self) -> list[Past]:
        """Every import there was, the newest first, also those that were undone."""
        return past_imports(self.store, self.chain)

    @needs(Right.IMPORT)
    def ledger(self, import_id: int) -> Intake:
        """One import's ledger with its first refused rows. Raises MissingPart."""
        return intake(self.store, import_id)

    @needs(Right.IMPORT)
    def companies_named(self) -> list[Company]:
        """The companies that activities name and no account is called by, the busiest first."""
        return companies_named(self.store)

    @needs(Right.IMPORT)
    def free_mail(self, import_id: int) -> FreeMail:
        """The activities of an import that no account can have for their people's addresses tell no company."""
        return free_mail(self.store, import_id)

    @needs(Right.IMPORT)
    def taken_for(self, import_id: int) -> list[Taken]:
        """The names in an import's activities that were taken for accounts of another name, the busiest first."""
        return taken_for(self.store, import_id)

    @needs(Right.IMPORT)
    def add_companies(self, only: Collection[str] | None = None) -> Intake:
        """An account for each of these, or for those of these names, then a contact for each person named there.

        Both are imports of their own, which can be undone like any other; the accounts' is given. The others stay
        among `companies_named`, to be made at another time.
        """
        with tempfile.TemporaryDirectory(prefix="companies-") as folder:
            companies = Path(folder) / COMPANIES
            write_companies(self.store, companies, only)
            done = self.import_file(companies, "csv", "accounts")
        self.add_people()
        return done

    @needs(Right.IMPORT)
    def add_people(self) -> int:
        """A contact for each person whom activities name at an account that has none so called; how many.

        An import of its own, which can be undone like any other.
        """
        with tempfile.TemporaryDirectory(prefix="people-") as folder:
            people = Path(folder) / PEOPLE
            count = write_people(self.store, people)
            if count:
                self.import_file(people, "csv", "contacts")
            return count

    @needs(Right.IMPORT)
    def made_of_names(self) -> list[Past]:
        """The imports of companies and people that activities named and that still count, the newest first."""
        return [past for past in self.past_imports() if past.undoable and past.intake.file_name in (COMPANIES, PEOPLE)]

    @needs(Right.IMPORT)
    def likely_ours(self) -> Likely | None:
        """The mail domain that is probably our own, while none is known: for a person to say so."""
        return likely_ours(self.store)

    @needs(Right.IMPORT)
    def call_ours(self, domain: str) -> int:
        """A mail domain is our own: who wrote what is read again; in how many threads. Raises BadSetting."""
        return self._read_again(call_ours(self.store, domain), f"{domain} is ours")

    @needs(Right.IMPORT)
    def disown(self, domain: str) -> int:
        """Takes that back; in how many threads who wrote what was read again."""
        return self._read_again(disown(self.store, domain), f"{domain} is not ours")

    def _read_again(self, count: int, told: str) -> int:
        self.chain.put(Entry(who(self), What.OUR_SIDE, after=f"{told}: {count} threads read again"))
        if self.sync is not None:
            self.sync.wake()
        return count

    @needs(Right.IMPORT)
    def preview_import(self, file: Path, source: str = "auto", kind: str = "auto") -> Preview:
        """What importing the file would do; nothing is stored. Raises BadFile."""
        return preview(file, self.store, source, kind)

    @needs(Right.IMPORT)
    def sheets(self, file: Path) -> tuple[str, ...]:
        """The titles of a workbook's sheets with anything on them; none of another file. Raises BadFile."""
        return sheet_titles(file)

    @needs(Right.IMPORT)
    def sheet_file(self, file: Path, title: str) -> Path:
        """One sheet of a workbook as a file to import, in a folder of its own. Raises BadFile."""
        return write_sheet(file, title, Path(tempfile.mkdtemp(prefix="sheet-")))

    @needs(Right.IMPORT)
    def name_column(self, file: Path, kind: str, column: str, field: str) -> None:
        """What a column means, in this file and every one with the same columns; an empty field: nothing.

        A column whose name is known means that again when it is said. Raises BadSetting, BadFile.
        """
        remember(self.store, open_table(file).header, kind, column, field)

    @needs(Right.ASK)
    def template(self, kind: str) -> str:
        """The text of a CSV file to fill in. Raises BadSetting."""
        with tempfile.TemporaryDirectory(prefix="template-") as folder:
            path = Path(folder) / "template.csv"
            write_template(kind, path)
            return path.read_bytes().decode("utf-8")

    @needs(Right.IMPORT)
    def load_demo(self, watch: Watch = unwatched) -> list[Intake]:
        """The demo CRM, read like any other export."""
        return [self.import_file(SAMPLES / f"{name}.csv", watch=watch) for name in DEMO_FILES]

    @needs(Right.IMPORT)
    def demo_imports(self) -> list[Past]:
        """The imports of the demo's own files that still count, the newest first."""
        ours = imports_of(self.store, _demo_digests())
        return [past for past in self.past_imports() if past.undoable and past.intake.import_id in ours]

    @needs(Right.IMPORT)
    def undo_demo(self) -> int:
        """Takes all of the demo back, and nothing else; how many records that touched."""
        return sum(self.undo_import(past.intake.import_id) for past in self.demo_imports())

    @property
    def demo_here(self) -> bool:
        """Whether something of the demo is in the store: whoever looks should know that it is invented."""
        return bool(imports_of(self.store, _demo_digests()))

    @property
    def demo_to_come(self) -> bool:
        """Whether the demo comes by itself: nothing was ever imported here."""
        return self.settings.demo and not any(revision(self.store))

    @needs(Right.IMPORT)
    def load_demo_if_empty(self) -> None:
        """On a first start there should be something to ask about; whoever took the demo back wants it no more."""

        def tell(pace: Pace) -> None:
            self.behind.loading = pace.done, pace.total or 0

        if self.demo_to_come:
            try:
                self.load_demo(tell)
            finally:
                self.behind.loading = None

    @needs(Right.IMPORT)
    def refused_csv(self, import_id: int, out: Path | None = None) -> Path:
        """The refused rows of an import as a file to mend and import again; in a folder of its own if none is given."""
        path = out or Path(tempfile.mkdtemp(prefix="refused-")) / f"refused-{import_id}.csv"
        count = write_refused(self.store, import_id, path)
        self.chain.put(Entry(who(self), What.EXPORT, str(import_id), after=f"{count} refused rows to {path.name}"))
        return path

    @needs(Right.IMPORT)
    def undo_import(self, import_id: int) -> int:
        """Takes an import back; how many records that touched. Raises MissingPart."""
        touched = undo_import(self.store, import_id)
        self.chain.put(Entry(who(self), What.UNDO, str(import_id), after=f"{touched} records touched"))
        if self.sync is not None:
            self.sync.wake()
        return touched


@cache
def _demo_digests() -> frozenset[str]:
    """What tells the demo's files from any other of the same columns."""
    files = (SAMPLES / f"{name}.csv" for name in DEMO_FILES)
    return frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
