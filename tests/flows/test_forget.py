"""Forgetting a person: afterwards no byte of them is in the data folder, and they do not come back."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from crm.access import Role, Viewer
from crm.erasing import retention
from crm.erasing.erase import compact, erase_activities
from crm.erasing.folder import holding
from crm.erasing.retention import Keeping
from crm.errors import BadPlaybook, MissingPart, NotAllowed
from crm.intake.ingest import Plan, ingest
from crm.nouns import Engagement, Filter, Kind
from crm.records import db
from crm.records.trail_entry import Entry, What
from house import House
from settings import Settings
from tests import four_accounts as small
from tests.flows.guarded import ROWS, build

GONE = ("Quillfeather", "pelagia", "pelagia.q@canariva.example", "Thaddeus", "Ulverton", "90417", "ten minutes")
MENTION = """hs_object_id,crm_subject,crm_description,crm_subtype,activity_date,direction,owner,contact_emails,account
9005,Fair in Oslo,"Met Sigrid Aas. Quillfeather was there too, and Pelagia  Quillfeather says hello.",Task,\
2026-10-01 09:00,,Hanna Lindqvist,,Norvik Maritime
9005,Twice,"The same id again, so it is refused and kept raw: Pelagia Quillfeather.",Task,2026-10-01 09:00,,,,
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, learned: Path, pytestconfig: pytest.Config) -> Settings:
    """A data folder in which the person stands wherever somebody can stand."""
    assert pytestconfig.cache is not None
    place = tmp_path_factory.mktemp("forget")
    house = build(place, learned, Path(pytestconfig.cache.mkdir("minilm")))
    (place / "mention.csv").write_text(MENTION)
    assert house.import_file(place / "mention.csv", "demo", "activities").refused == 1
    house.judge_store()
    house.correct("9001", "ENGAGED", "Pelagia Quillfeather told me so", "ana")
    house.correct("9005", "ND", "Quillfeather was only mentioned", "ana")
    house.ask("Draft a follow-up email to Canariva Holdings")
    changed = (ROWS / "contacts.csv").read_text().replace("Vizekanzlerin,+39 555 90417", "Kanzlerin,+39 555 90417")
    (place / "contacts_later.csv").write_text(changed)
    house.import_file(place / "contacts_later.csv", "demo", "contacts")
    _put_elsewhere(house)
    house.sync_now()
    house.close()
    house.store.engine.dispose()
    return house.settings


@pytest.fixture
def crm(ready: Settings, tmp_path: Path) -> Iterator[House]:
    """A house over a copy of it."""
    folder = tmp_path / "data"
    shutil.copytree(ready.data_dir, folder)
    house = House(ready.model_copy(update={"data_dir": folder}))
    house.open_sync()
    yield house
    house.close()


def _put_elsewhere(house: House) -> None:
    """A remembered reply, a table of another room, results, a damaged index, a fact, a row of the trail."""
    folder = house.settings.data_dir
    with house.store.writing() as connection:
        reply = {"key": "k", "model": "m", "reply": b"Thaddeus decides", "at": datetime.now(UTC)}
        connection.execute(db.answers.insert(), reply)
        connection.execute(text("CREATE TABLE talks (id INTEGER PRIMARY KEY, owner TEXT, turn TEXT)"))
        for turn in (
            '{"asked": "And P\\u0065lagia Quillfeather?"}',
            '{"sources": ["demo:9001"], "said": "Ulverton"}',
            "Norvik",
        ):
            connection.execute(text("INSERT INTO talks (owner, turn) VALUES ('ana', :turn)"), {"turn": turn})
    house.store.put_fact("people seen", {"names": ["Pelagia Quillfeather", "Sigrid Aas"]})
    house.chain.put(Entry("ana", What.IMPORT, "9", after="pelagia quillfeather.csv"))
    for name, said in (
        ("jobs/1/result.csv", "hs_object_id,quote\n9001,Thaddeus\n"),
        ("jobs/1/result.parquet", "PAR1 Ulverton"),
        ("jobs/2/result.csv", "hs_object_id,quote\n1002,140 trucks\n"),
        ("chroma.damaged-1/words.sqlite", "Quillfeather"),
        ("engagement-model-old.npz", "Ulverton"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said)


def test_nothing_of_a_person_is_left_and_the_rest_stays(crm: House, tmp_path: Path) -> None:
    folder = crm.settings.data_dir
    assert {path.name for path in holding(folder, GONE)} >= {"crm.sqlite", "words.sqlite", "result.csv"}
    others = [a for a in crm.store.activities() if a.native_id in ("1002", "9003", "9004")]
    done = crm.forget("Pelagia Quillfeather")
    assert {a.native_id for a in done.erased.activities} == {"9001", "9002"}
    assert [a.native_id for a in done.erased.redacted] == ["9005"]
    assert done.left == ()
    assert [str(path.relative_to(folder)) for path in holding(folder, GONE)] == []
    assert (folder / "jobs/2/result.csv").exists()
    assert [a for a in crm.store.activities() if a.native_id in ("1002", "9003", "9004")] == others
    crm.sync_now()
    assert crm.find("vermilion gantry", 9, "", engaged=False).hits[0].activity.native_id == "9003"
    assert "Quillfeather" not in str(crm.book)
    crm.close()
    again = House(crm.settings)
    assert again.ask("When did we last talk to Pelagia Quillfeather?").scope.contact is None
    again.sync_now()
    assert holding(folder, GONE) == []
    again.close()


def test_a_mention_is_blacked_out_letter_by_letter_and_a_person_s_label_stays(crm: House) -> None:
    before = crm.store.find("9005")[0]
    crm.forget("pelagia.q@canariva.example")
    after = crm.store.find("9005")[0]
    assert after.raw_body == "Met Sigrid Aas. ████████████ was there too, and █████████████████████ says hello."
    assert len(after.raw_body) == len(before.raw_body)
    assert after.text_hash != before.text_hash
    label = crm.judged([after.id])[after.id]
    assert (label.verdict.engagement, label.text_hash) == (Engagement.ND, after.text_hash)
    assert label.verdict.because == "████████████ was only mentioned"


def test_who_was_forgotten_does_not_come_back(crm: House, tmp_path: Path) -> None:
    crm.forget("demo:BC90")
    for kind in ("contacts", "activities"):
        intake = ingest(ROWS / f"{kind}.csv", crm.store, Plan("demo", kind, small.OUR_DOMAINS))
        assert intake.adds_up
        assert intake.refused == {"contacts": 1, "activities": 2}[kind]
        assert "asked to be forgotten" in intake.refusals[0].reason
    later = (ROWS / "activities.csv").read_text().replace("\n9001,", "\n9901,").replace("\n9002,", "\n9902,")
    (tmp_path / "later.csv").write_text(later)
    assert crm.import_file(tmp_path / "later.csv", "demo", "activities").refused == 2  # by the address on them
    assert crm.store.find("9001") == crm.store.find("9901") == []
    assert holding(crm.settings.data_dir, ("Quillfeather", "Ulverton")) == []


def test_the_trail_stays_whole_and_tells_of_the_erasure_without_a_name(crm: House) -> None:
    crm.forget("Pelagia Quillfeather")
    assert crm.trail_verified().whole
    newest = crm.trail()[0]
    assert newest.entry.what is What.ERASURE
    assert newest.entry.after.startswith("records 2, blacked out 1")
    assert len(newest.entry.gone) >= 3
    assert {row.number for row in crm.trail() if row.erased} == set(newest.entry.gone)


@pytest.mark.parametrize("typed", ["Nobody Atall", "BC99"])
def test_nobody_of_that_name_changes_nothing(crm: House, typed: str) -> None:
    with pytest.raises(MissingPart, match="Nobody on file"):
        crm.forget(typed)
    assert crm.store.find("9001")


def test_only_an_administrator_forgets(crm: House) -> None:
    for role in (Role.REP, Role.OPS):
        with pytest.raises(NotAllowed, match="erase people's data"):
            crm.seen_by(Viewer("Ana", role)).forget("Pelagia Quillfeather")


def test_what_breaks_after_the_store_forgot_leaves_the_trail_whole(crm: House) -> None:
    locked = crm.settings.data_dir / "jobs" / "locked.parquet"
    locked.mkdir()
    (crm.settings.data_dir / "held.damaged").symlink_to(locked)  # no tree to remove: the clean-up breaks on it
    with pytest.raises(OSError, match=r"symbolic link|held\.damaged"):  # Python 3.13 names the link alone
        crm.forget("Pelagia Quillfeather")
    assert crm.store.find("9001") == []
    assert crm.trail_verified().whole
    assert crm.trail()[0].entry.what is What.ERASURE


def test_a_name_is_found_in_files_whatever_its_capitals(tmp_path: Path) -> None:
    for name, said in (("small", "élodie martin"), ("large", "ÉLODIE MARTIN"), ("none", "Elodie Martin")):
        (tmp_path / f"{name}.txt").write_text(f"Met {said} today.")
    assert [path.stem for path in holding(tmp_path, ("Élodie Martin",))] == ["large", "small"]


def test_another_process_that_holds_the_index_keeps_everything_as_it_is(crm: House) -> None:
    other = House(crm.settings)
    with pytest.raises(MissingPart, match="another process"):
        other.forget("Pelagia Quillfeather")
    assert crm.store.find("9001")
    other.close()


def test_what_is_older_than_it_may_get_is_counted_first_and_goes_when_it_is_wished(crm: House) -> None:
    folder = crm.settings.data_dir
    with crm.store.writing() as connection:
        connection.execute(db.imports.update().values(started_at=datetime(2026, 2, 1, tzinfo=UTC)))
    old = folder / "jobs/2/result.csv"
    os.utime(old, (0, 0))
    shown = {one.kind: one.count for one in crm.aged()}
    assert (shown["refused row"], shown["file"], shown["remembered reply"]) == (1, 1, 0)
    assert old.exists()
    assert {one.kind: one.count for one in crm.retain().aged} == shown
    assert not old.exists()
    assert {one.count for one in crm.aged()} == {0}
    assert crm.trail()[0].entry.after == "refused row 1, file 1"


def test_results_go_with_the_records_in_them_and_only_then(crm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, newest = crm.settings.data_dir, crm.store.as_of()
    assert newest is not None
    call = next(a for a in crm.store.activities() if a.kind is Kind.CALL and a.at and (newest - a.at.date()).days > 30)
    (folder / "kept").mkdir()
    held, other, sheet = (folder / "kept" / name for name in ("held.csv", "other.csv", "sheet.parquet"))
    held.write_text(f"hs_object_id\n{call.native_id}\n")
    other.write_text("hs_object_id\n777777777\n")
    sheet.write_bytes(b"PAR1")
    crm.retain()
    assert held.exists()
    assert sheet.exists()
    monkeypatch.setattr(Keeping, "read", lambda _: Keeping({Kind.CALL: 30}))
    assert {held.name, sheet.name} <= {path.name for path in crm.retain().files}
    assert other.exists()
    assert not held.exists()


def test_records_of_a_kind_go_by_their_age_from_the_newest_day(crm: House) -> None:
    calls = crm.store.activities(Filter(kinds=frozenset({Kind.CALL})))
    newest = crm.store.as_of()
    assert newest is not None
    old = retention.activity_ids(crm.store, Kind.CALL, 30)
    assert 0 < len(old) < len(calls)
    assert set(old) == {a.id for a in calls if a.at and (newest - a.at.date()).days > 30}
    erase_activities(crm.store, old)
    compact(crm.store)
    assert {a.id for a in crm.store.activities(Filter(kinds=frozenset({Kind.CALL})))} == {a.id for a in calls} - {*old}
    assert crm.judged(old) == {}


@pytest.mark.parametrize("line", ["letter: 3", "email: 0", "email: soon"])
def test_a_wrong_line_of_the_playbook_is_told_with_what_is_allowed(tmp_path: Path, line: str) -> None:
    (tmp_path / "retention.yaml").write_text(f"about: days\nkeep_days:\n  {line}\n")
    with pytest.raises(BadPlaybook, match=r"retention\.yaml"):
        Keeping.read(tmp_path)
