"""Past imports through the house: an audit's records among them, taken back only by who may."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.access import Role, Viewer
from crm.errors import NotAllowed
from crm.nouns import Question
from house import House, Wanted
from house.importing import DEMO_FILES
from settings import Settings
from wiring import SAMPLES

ROWS = """hs_object_id,crm_subject,crm_description,crm_subtype,date
1,Offer,"Hi Ana, yes please send the offer. Best, Tom",Email,2026-03-02
2,Call,Left a voicemail,Call,2026-03-03
"""


@pytest.fixture
def house(tmp_path: Path, learned: Path) -> Iterator[House]:
    for model in learned.glob("*.npz"):
        (tmp_path / model.name).write_bytes(model.read_bytes())
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, workers="1", _env_file=None))
    yield house
    house.close()


def test_an_audit_that_keeps_its_records_is_listed_and_taken_back(house: House, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(ROWS)
    ana = house.seen_by(Viewer("Ana Ops", Role.OPS))
    ana.audit_file(file, Wanted(tmp_path / "out.csv"))
    assert ana.past_imports() == []
    ana.audit_file(file, Wanted(tmp_path / "kept.csv", record=True))
    (kept,) = ana.past_imports()
    assert (kept.intake.file_name, kept.by, kept.intake.stored, kept.undoable) == ("export.csv", "Ana Ops", 2, True)
    rep = house.seen_by(Viewer("Ria Rep", Role.REP))
    for forbidden in (rep.past_imports, lambda: rep.ledger(1), lambda: rep.undo_import(kept.intake.import_id)):
        with pytest.raises(NotAllowed, match="You may not import records as rep"):
            forbidden()
    assert house.store.count() == 2
    assert ana.undo_import(kept.intake.import_id) == 2
    assert house.store.count() == 0
    assert [(p.undone, p.undone_by, p.undoable) for p in ana.past_imports()] == [(True, "Ana Ops", False)]


def test_the_demo_goes_at_once_and_nothing_else_with_it(house: House, tmp_path: Path) -> None:
    house.load_demo()
    file = tmp_path / "export.csv"
    file.write_text(ROWS)
    own = house.import_file(file).import_id
    alike = tmp_path / "alike.csv"  # the demo's columns, and not its rows
    lines = (SAMPLES / "accounts.csv").read_text(encoding="utf-8").splitlines()
    alike.write_text(f"{lines[0]}\n{lines[1].replace(lines[1].partition(',')[0], 'X1')}\n")
    other = house.import_file(alike).import_id
    assert len(house.demo_imports()) == len(DEMO_FILES)
    assert house.undo_demo() > 5_000
    assert house.demo_imports() == []
    assert {past.intake.import_id for past in house.past_imports() if past.undoable} == {own, other}
    assert (house.store.count(), len(house.book.accounts)) == (2, 1)
    assert house.undo_demo() == 0


def test_the_newest_day_follows_what_is_there(house: House, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    planned = date.today() + timedelta(days=50)
    file.write_text(f"{ROWS}3,Call,To be made,Call,{planned}\n")
    first = house.import_file(file).import_id
    asked = Question("How many calls?")
    assert house.as_of() == house.scoper.scope(asked).as_of == date(2026, 3, 3)  # a call after today is planned
    house.undo_import(first)
    file.write_text(ROWS.replace("2026-03-03", "2026-02-01"))
    house.import_file(file)
    assert house.as_of() == house.scoper.scope(asked).as_of == date(2026, 3, 2)


def test_a_meeting_that_is_proven_to_have_taken_place_is_the_newest_day(house: House, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    met = "Met Ana and Tom on site. Ana said she wants the second crane in May and asked for the price by Friday."
    meetings = [f"3,Site visit,{met},Meeting,2026-03-05", "4,Demo with Ana,,Meeting,2026-03-12"]
    file.write_text(ROWS + "\n".join(meetings) + "\n")
    house.import_file(file)
    assert house.as_of() == date(2026, 3, 3)  # nobody knows yet what became of either
    house.judge_store()
    assert house.as_of() == date(2026, 3, 5)
