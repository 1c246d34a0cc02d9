"""The bulk audit as one runs it: a file in, a file out; stopped, killed, run again; on record."""

import csv
import json
import multiprocessing
import random
import signal
import time
from collections.abc import Iterator, Sequence
from io import StringIO
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crm.engagement import labels
from crm.engagement.audit import AuditPlan, Batches, audit_file, audit_store
from crm.engagement.export import COLUMNS
from crm.engagement.report import Progress
from crm.errors import BadFile
from crm.intake.ingest import ingest
from crm.nouns import Activity, Engagement, Filter, Verdict
from crm.records.store import Store
from crm.workers import Processes

ROOT = Path(__file__).parents[2]


class ByWord:
    """A judge for tests: the first of these words that a record holds decides; it counts what it was shown."""

    def __init__(self, policy: str = "by word", stop_after: int | None = None) -> None:
        self.policy = policy
        self.stop_after = stop_after
        self.shown: list[str] = []

    def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
        self.shown += [a.native_id for a in batch]
        if self.stop_after is not None and len(self.shown) > self.stop_after:
            raise KeyboardInterrupt
        return [by_word(a) for a in batch]


def by_word(activity: Activity) -> Verdict:
    for word, engagement in (("yes", Engagement.ENGAGED), ("no", Engagement.NOT_ENGAGED)):
        if word in activity.raw_body:
            return Verdict(engagement, 0.9, f"It says {word}.", word, f"rule:{word}")
    return Verdict(Engagement.ND, 0.4, "It says neither.", activity.raw_body[:20], "model", undecided=True)


def write(path: Path, rows: Sequence[Sequence[str]], ids: bool = True) -> Path:
    head = ["hs_object_id", "crm_subject", "crm_description", "crm_subtype"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head[not ids :], *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode())))


ROWS = [
    ("b-7", "Hello", "yes, Thursday", "Email"),
    ("", "No id", 'no,\n"never"', "Email"),
    ("=9+1", "Sly", "=yes(1)", "Call"),
    ("12", "", "", "Task"),
    ("1.0", "Again", "yes, Thursday", "Email"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_one_row_out_per_row_in_in_order(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", ROWS), tmp_path / "out.csv"
    report = audit_file(source, out, AuditPlan(ByWord()))
    rows = read(out)
    assert tuple(rows[0]) == COLUMNS
    assert [r["hs_object_id"] for r in rows] == ["b-7", "2", "'=9+1", "12", "1.0"]
    assert [r["trueai_engaged"] for r in rows] == ["ENGAGED", "NOT ENGAGED", "ENGAGED", "ND", "ENGAGED"]
    assert [r["quote"] for r in rows] == ["yes", "no", "yes", "", "yes"]
    assert rows[0]["confidence"] == "0.9000"
    assert (report.rows, report.refused, report.judged, report.resumed) == (5, 0, 5, 0)
    assert report.labels == {Engagement.ENGAGED: 3, Engagement.NOT_ENGAGED: 1, Engagement.ND: 1}
    assert report.decided_by == {"rule:yes": 3, "model": 1, "rule:no": 1}


def test_ids_are_row_numbers_where_the_file_has_none(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", [row[1:] for row in ROWS], ids=False), tmp_path / "out.csv"
    audit_file(source, out, AuditPlan(ByWord()))
    assert [r["hs_object_id"] for r in read(out)] == ["1", "2", "3", "4", "5"]


def test_a_row_that_cannot_be_read_is_nd_with_the_reason(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("hs_object_id,crm_subject,crm_description,crm_subtype\n1,a,yes,Email\n2,b\n3,c,no,Call\n")
    report = audit_file(source, out, AuditPlan(ByWord()))
    rows = read(out)
    assert [r["trueai_engaged"] for r in rows] == ["ENGAGED", "ND", "NOT ENGAGED"]
    assert (rows[1]["decided_by"], rows[1]["quote"]) == ("refused", "")
    assert "2 cells where the header has 4 columns" in rows[1]["because"]
    assert report.refused == 1


def test_the_same_text_is_judged_once(tmp_path: Path) -> None:
    rows = [(str(n), "Mail", f"yes {n % 3}", "Email") for n in range(40)]
    judge = ByWord()
    report = audit_file(write(tmp_path / "in.csv", rows), tmp_path / "out.csv", AuditPlan(judge, batch=7))
    assert judge.shown == ["0", "1", "2"]
    assert (report.rows, report.judged) == (40, 3)


def test_the_report_as_json_and_as_text(tmp_path: Path) -> None:
    report = audit_file(write(tmp_path / "in.csv", ROWS), tmp_path / "out.csv", AuditPlan(ByWord()))
    told = json.loads(report.to_json())
    assert told["labels"] == {"ENGAGED": 3, "NOT ENGAGED": 1, "ND": 1}
    assert told["decided_by"] == {"rule:yes": 3, "model": 1, "rule:no": 1}
    assert (told["rows"], told["refused"], told["policy"]) == (5, 0, "by word")
    assert told["rows_per_second"] > 0
    assert "5 rows judged" in report.to_text()
    assert "ENGAGED 3 (60.0%) · NOT ENGAGED 1 (20.0%) · ND 1 (20.0%)" in report.to_text()


def test_progress_is_told_with_the_total(tmp_path: Path) -> None:
    seen: list[Progress] = []
    rows = [(str(n), "Mail", f"yes,\n{n}", "Email") for n in range(25)]
    source = write(tmp_path / "in.csv", rows)
    audit_file(source, tmp_path / "out.csv", AuditPlan(ByWord(), progress=seen.append, batch=10))
    assert [(p.done, p.total) for p in seen] == [(10, 25), (20, 25), (25, 25)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "is empty"), ("a,b\n1,2\n", "None of these columns is known"), (None, "not")],
)
def test_a_file_that_cannot_be_audited_leaves_nothing(tmp_path: Path, text: str | None, sentence: str) -> None:
    source = tmp_path / "in.csv"
    if text is not None:
        source.write_text(text)
    with pytest.raises(BadFile, match=sentence):
        audit_file(source, tmp_path / "out.csv", AuditPlan(ByWord()))
    assert [path.name for path in tmp_path.iterdir()] == ([] if text is None else ["in.csv"])


def test_the_audited_file_is_never_overwritten(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", ROWS)
    before = source.read_bytes()
    with pytest.raises(BadFile, match="Give another name"):
        audit_file(source, tmp_path / "." / "in.csv", AuditPlan(ByWord()))
    assert source.read_bytes() == before


MANY = [(f"h{n}", f"Mail {n % 90}", f'{("yes", "no", "well")[n % 3]},\n"{n % 90}"', "Email") for n in range(600)]


def test_a_stopped_audit_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    audit_file(source, tmp_path / "whole.csv", AuditPlan(ByWord(), batch=20))
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20))
    assert not out.exists()
    report = audit_file(source, out, AuditPlan(ByWord(), batch=33))
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert report.resumed == 40
    assert report.rows == 600
    assert report.labels == {Engagement.ENGAGED: 200, Engagement.NOT_ENGAGED: 200, Engagement.ND: 200}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_rows_of_another_input_or_another_policy_are_not_reused(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20))
    assert audit_file(source, tmp_path / "b.csv", AuditPlan(ByWord())).resumed == 0
    assert audit_file(source, out, AuditPlan(ByWord("other"))).resumed == 0
    with pytest.raises(KeyboardInterrupt):
        audit_file(source, out, AuditPlan(ByWord(stop_after=50), batch=20))
    write(source, [*MANY, ("new", "", "", "Call")])
    assert audit_file(source, out, AuditPlan(ByWord())).resumed == 0


class Slow(ByWord):
    def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
        time.sleep(0.02)
        return super().judge(batch)


def audit_slowly(source: Path, out: Path, told: "Connection") -> None:
    """What the killed processes do."""
    audit_file(source, out, AuditPlan(Slow(), batch=5, progress=lambda p: told.send(p.done)))


def test_killed_at_twenty_random_points_it_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    audit_file(source, tmp_path / "whole.csv", AuditPlan(ByWord()))
    spawning = multiprocessing.get_context("forkserver")  # imports once, so that twenty starts take no time
    spawning.set_forkserver_preload(["tests.flows.test_bulk_audit"])
    chance, reached = random.Random(20), 0
    for _ in range(20):
        ours, theirs = spawning.Pipe(duplex=False)
        run = spawning.Process(target=audit_slowly, args=(source, out, theirs))
        run.start()
        theirs.close()
        for _ in range(chance.randrange(6)):
            reached = ours.recv()
        time.sleep(chance.random() / 50)
        run.kill()
        run.join()
        ours.close()
        assert run.exitcode == -signal.SIGKILL
        assert not out.exists()
    report = audit_file(source, out, AuditPlan(ByWord()))
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert [row["hs_object_id"] for row in read(out)] == [row[0] for row in MANY]
    assert 600 > report.resumed >= reached > 100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_processes_write_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", MANY)
    audit_file(source, tmp_path / "one.csv", AuditPlan(ByWord(), batch=50))
    audit_file(source, tmp_path / "two.csv", AuditPlan(ByWord(), batch=50, workers=Processes(2)))
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


def test_on_record_the_file_and_the_store_say_the_same(tmp_path: Path, store: Store) -> None:
    source, out = write(tmp_path / "in.csv", MANY), tmp_path / "out.csv"
    audit_file(source, tmp_path / "apart.csv", AuditPlan(ByWord()))
    assert store.count() == 0
    audit_file(source, out, AuditPlan(ByWord(), store=store))
    assert out.read_bytes() == (tmp_path / "apart.csv").read_bytes()
    assert store.count() == 600
    assert labels.counts(store) == {Engagement.ENGAGED: 200, Engagement.NOT_ENGAGED: 200, Engagement.ND: 200}
    assert audit_store(store, ByWord()) == 0


def test_what_is_on_record_is_not_judged_again_and_a_person_wins(tmp_path: Path, store: Store) -> None:
    source, out = write(tmp_path / "in.csv", ROWS), tmp_path / "out.csv"
    audit_file(source, out, AuditPlan(ByWord(), store=store))
    first = store.find("b-7")[0]
    person = Verdict(Engagement.ND, 1.0, "A test mail.", "yes", "person:ana")
    labels.record(store, [(first, person)], labels.PERSON, by="ana")
    judge = ByWord()
    audit_file(source, tmp_path / "again.csv", AuditPlan(judge, store=store))
    assert judge.shown == []
    rows = read(tmp_path / "again.csv")
    assert (rows[0]["trueai_engaged"], rows[0]["decided_by"]) == ("ND", "person:ana")
    assert rows[1:] == read(out)[1:]


def test_of_two_rows_with_one_id_the_store_s_text_is_on_record(tmp_path: Path, store: Store) -> None:
    source = write(tmp_path / "in.csv", [("1", "a", "yes", "Email"), ("1", "a", "no", "Email"), ("2", "b", "", "Call")])
    audit_file(source, tmp_path / "out.csv", AuditPlan(ByWord(), store=store))
    kept = store.find("1")[0]
    assert [r["trueai_engaged"] for r in read(tmp_path / "out.csv")] == ["ENGAGED", "NOT ENGAGED", "ND"]
    assert labels.current(store, [kept.id])[kept.id].verdict == by_word(kept)


def test_the_store_is_audited_once_and_only_what_is_new(tmp_path: Path, store: Store) -> None:
    ingest(write(tmp_path / "in.csv", MANY), store)
    seen: list[Progress] = []
    judge = ByWord()
    assert audit_store(store, judge, how=Batches(seen.append, 250)) == 600
    assert len(judge.shown) == 90
    assert [(p.done, p.total) for p in seen] == [(250, 600), (500, 600), (600, 600)]
    ingest(write(tmp_path / "more.csv", [("new", "a", "yes", "Call")]), store)
    assert audit_store(store, judge) == 1
    assert audit_store(store, judge) == 0
    assert audit_store(store, ByWord("other"), Filter(ids=("csv:new",))) == 1


def test_a_stopped_audit_of_the_store_goes_on(tmp_path: Path, store: Store) -> None:
    ingest(write(tmp_path / "in.csv", MANY), store)
    with pytest.raises(KeyboardInterrupt):
        audit_store(store, ByWord(stop_after=60), how=Batches(size=50))
    assert sum(labels.counts(store).values()) == 50
    assert audit_store(store, ByWord()) == 550
    assert labels.counts(store) == {Engagement.ENGAGED: 200, Engagement.NOT_ENGAGED: 200, Engagement.ND: 200}
    assert all(len(labels.history(store, a.id)) == 1 for a in store.activities(limit=100))


def test_switching_back_to_an_earlier_policy_judges_nothing_anew(tmp_path: Path, store: Store) -> None:
    class Sceptic(ByWord):
        def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
            return [Verdict(Engagement.ND, 0.5, "Who knows.", "", "model") for _ in batch]

    ingest(write(tmp_path / "in.csv", ROWS), store)
    audit_store(store, ByWord("a"))
    audit_store(store, Sceptic("b"))
    assert labels.counts(store)[Engagement.ND] == 5
    assert audit_store(store, ByWord("a")) == 0
    assert labels.counts(store) == {Engagement.ENGAGED: 3, Engagement.NOT_ENGAGED: 1, Engagement.ND: 1}
