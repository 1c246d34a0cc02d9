"""Audits that belong to the server: found again by their visitor, paused, resumed, cancelled."""

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.access import Role, Viewer
from crm.engagement.audit_rows import FORMS, Wish
from crm.errors import NotAllowed
from house import House
from settings import Settings
from ui.audit_html import progress, rows_table
from ui.audits import Audits, Run, State

HEAD = ("hs_object_id", "crm_subject", "crm_description", "crm_subtype")
MANY = 2_000
ANA, BEN = Viewer("ana", Role.OPS), Viewer("ben", Role.OPS)
HERE = "a secret of this browser"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[House]:
    store = f"sqlite:///{tmp_path_factory.mktemp('audits') / 'crm.sqlite'}"
    house = House(Settings(data_dir=learned, database_url=store, llm="none", demo=False, workers="1"))
    yield house
    house.store.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEAD)
        rows.writerows((n, f"Call {n}", f"Left a voicemail, try {n}.", "Call") for n in range(MANY))
    return path


def until(run: Run, there: Callable[[], bool]) -> None:
    """Looks at the run until it is so; a minute at most."""
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end, f"still {run.state}"
        run.look()
        time.sleep(0.01)


def test_an_audit_is_paused_resumed_and_taken_away(house: House, file: Path) -> None:
    audits = Audits()
    run = audits.start(ANA, HERE, Run(house, file))
    until(run, lambda: run.pace.done > 0)
    run.pause()
    until(run, lambda: run.state is not State.RUNNING)
    assert run.state is State.PAUSED
    assert run.outcome is not None
    so_far = run.outcome.total
    assert 0 < so_far < MANY
    assert f"Paused after {so_far:,} rows" in progress(run)
    assert audits.of(ANA, HERE) is run
    run.start()
    until(run, lambda: run.look() is State.DONE)
    assert run.outcome.total == MANY
    for form in FORMS:
        taken = run.taken(form, Wish())
        assert taken is not None
        assert taken.name == f"many.audited.{form}"
    folder = run.folder
    audits.cancel(ANA, HERE)
    assert audits.of(ANA, HERE) is None
    until(run, lambda: not folder.exists())


def test_in_the_same_browser_one_person_does_not_see_anothers(house: House, file: Path) -> None:
    audits = Audits()
    mine = audits.start(ANA, HERE, Run(house, file))
    assert audits.of(BEN, HERE) is None
    theirs = audits.start(BEN, HERE, Run(house, None))
    assert audits.of(ANA, HERE) is mine
    until(theirs, lambda: theirs.state is State.DONE)
    for viewer in (ANA, BEN):
        audits.cancel(viewer, HERE)


def test_whoever_may_not_audit_any_more_sees_none_and_starts_none(house: House, file: Path) -> None:
    audits = Audits()
    mine = audits.start(ANA, HERE, Run(house, file))
    rep = Viewer(ANA.name, Role.REP)
    assert audits.of(rep, HERE) is None
    with pytest.raises(NotAllowed, match="audit files"):
        audits.start(rep, HERE, Run(house, file))
    assert audits.of(ANA, HERE) is mine
    audits.cancel(ANA, HERE)


def test_what_breaks_is_told_beside_the_progress(house: House, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    run = Audits().start(ANA, HERE, Run(house, empty))
    until(run, lambda: run.state is State.FAILED)
    assert "empty.csv is empty" in progress(run)
    run.close()


def test_an_audit_reads_columns_as_people_said_they_are(house: House, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("Nr,Worum,Gesagt,Sorte\n77,Kran,Left a voicemail.,Call\n", encoding="utf-8")
    meant = {"Nr": "native_id", "Worum": "subject", "Gesagt": "body", "Sorte": "kind"}
    for column, field in meant.items():
        house.name_column(file, "activities", column, field)
    assert house.left_to_judge(file) == 1
    run = Audits().start(ANA, HERE, Run(house, file))
    until(run, lambda: run.look() is State.DONE)
    assert run.outcome is not None
    row = run.outcome.row(1)
    assert row is not None
    assert (row.native_id, row.label, row.about.subject) == ("77", "NOT ENGAGED", "Kran")
    run.close()


def test_a_page_of_rows_says_what_it_shows(house: House, file: Path) -> None:
    run = Audits().start(ANA, HERE, Run(house, file))
    until(run, lambda: run.state is State.DONE)
    assert run.outcome is not None
    drawn = rows_table(run.outcome.pick(Wish(), 50), MANY, MANY, 0)
    assert drawn.count("data-row=") == 50
    assert f"{MANY:,} rows." in drawn
    assert "None of the" in rows_table((), 0, MANY, 0)
    assert house.expected_cost(file) == ""  # no chat model is in use
    run.close()


CONTACTS = """contact_name,email
Ana Ruiz,ana@quarry.example
"""
MAILS = """hs_object_id,crm_subject,crm_description,crm_subtype,activity_date,contact_email
501,Docks,Thursday works for us.,Email,2026-03-02 09:30,ana@quarry.example
502,Docks,Nobody answered.,Call,2026-03-03,new@quarry.example
"""


@pytest.mark.parametrize("whole_store", [False, True])
def test_a_download_tells_with_whom_and_at_what_time_each_activity_was(
    house: House, tmp_path: Path, whole_store: bool
) -> None:
    contacts, mails = tmp_path / "contacts.csv", tmp_path / "mails.csv"
    contacts.write_text(CONTACTS)
    mails.write_text(MAILS)
    house.import_file(contacts, kind="contacts")
    house.import_file(mails)
    run = Audits().start(ANA, HERE, Run(house, None if whole_store else mails))
    until(run, lambda: run.look() is State.DONE)
    taken = run.taken("csv", Wish())
    assert taken is not None
    with taken.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["hs_object_id"]: row for row in csv.DictReader(file)}
    assert (rows["501"]["contact"], rows["501"]["date"]) == ("Ana Ruiz", "2026-03-02T09:30:00")
    assert (rows["502"]["contact"], rows["502"]["date"]) == ("new@quarry.example", "2026-03-03")
    run.close()


def test_an_audit_of_the_store_says_when_other_records_are_there(house: House, file: Path) -> None:
    house.import_file(file)
    run = Audits().start(ANA, HERE, Run(house, None))
    until(run, lambda: run.state is not State.RUNNING)
    assert (run.state, run.outdated) == (State.DONE, False)
    assert "Audit again" not in progress(run)
    house.undo_import(house.past_imports()[0].intake.import_id)
    assert run.outdated
    assert "Audit again" in progress(run)
