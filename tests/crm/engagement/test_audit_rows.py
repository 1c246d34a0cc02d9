"""An audit's rows, kept to be filtered, corrected and taken away."""

import codecs
import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crm.engagement.audit_rows import TAKEN, Outcome, Wish
from crm.engagement.audited_record import when
from crm.engagement.column_meanings import KEPT
from crm.intake.survey import survey
from crm.nouns import Engagement, Verdict
from tests.crm.engagement.made import activity

SOURCE = """hs_object_id,crm_subject,crm_description,crm_subtype,activity_date,owner,company,contact
1,Call,Left a voicemail.,Call,2026-03-01,Ana,Kranbau Ost,Ina Voss
2,Re: gate,"Yes, 100_% Tuesday works.",Email,2026-04-02 09:30,Ben,=Tinvale,
3,Note,,Task,,Ana,,
"""
JUDGED = """hs_object_id,trueai_engaged,confidence,decided_by,because,quote
1,NOT ENGAGED,0.97,rule:voicemail_left,Only a voicemail.,Left a voicemail.
2,ENGAGED,0.62,model,It reads like an answer.,"Yes, 100_% Tuesday works."
3,ND,0.91,rule:nothing_at_all,Nothing.,=1+1
"""


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    (tmp_path / "in.csv").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "judged.csv").write_text(JUDGED, encoding="utf-8")
    return Outcome.of_file(tmp_path / "judged.csv", survey(tmp_path / "in.csv", record="activities"))


@pytest.mark.parametrize(
    ("wish", "ids"),
    [
        (Wish(), ["1", "2", "3"]),
        (Wish(label="ENGAGED"), ["2"]),
        (Wish(judge="rule"), ["1", "3"]),
        (Wish(decided_by="rule:voicemail_left"), ["1"]),
        (Wish(surest=0.9), ["2"]),
        (Wish(owner="Ana"), ["1", "3"]),
        (Wish(kind="email"), ["2"]),
        (Wish(start=date(2026, 4, 1)), ["2"]),
        (Wish(end=date(2026, 3, 31)), ["1"]),
        (Wish(text="100_%"), ["2"]),
        (Wish(text="VOICEMAIL"), ["1"]),
        (Wish(text="kranbau"), ["1"]),
        (Wish(text="voss"), ["1"]),
        (Wish(end=date(2026, 4, 2)), ["1", "2"]),
        (Wish(owner="Ana", label="ENGAGED"), []),
    ],
)
def test_rows_are_filtered(outcome: Outcome, wish: Wish, ids: list[str]) -> None:
    assert [row.native_id for row in outcome.pick(wish, 10)] == ids
    assert outcome.count(wish) == len(ids)


def test_pages_follow_each_other(outcome: Outcome) -> None:
    assert [row.number for row in outcome.pick(Wish(), 2)] == [1, 2]
    assert [row.number for row in outcome.pick(Wish(), 2, after=2)] == [3]


def test_what_can_be_chosen_is_what_is_there(outcome: Outcome) -> None:
    assert outcome.values("owner") == ["Ana", "Ben"]
    assert outcome.counts() == {"ENGAGED": 1, "NOT ENGAGED": 1, "ND": 1}


def test_a_corrected_row_counts_and_is_taken_away_so(outcome: Outcome) -> None:
    outcome.put(2, Verdict(Engagement.ND, 1.0, "Wrong thread", "Tuesday", "person:ana"))
    row = outcome.row(2)
    assert row is not None
    assert (row.label, row.decided_by, row.about.id) == ("ND", "person:ana", "csv:2")
    assert outcome.count(Wish(judge="person")) == 1
    with outcome.write("csv", "taken").open(encoding="utf-8-sig", newline="") as file:
        taken = list(csv.DictReader(file))
    assert [row["trueai_engaged"] for row in taken] == ["NOT ENGAGED", "ND", "ND"]
    assert taken[2]["quote"] == "1+1"  # a spreadsheet runs nothing


def test_a_table_taken_away_tells_whose_record_each_row_is(outcome: Outcome) -> None:
    path = outcome.write("csv", "taken")
    assert path.read_bytes().startswith(codecs.BOM_UTF8)  # Excel takes it for its own alphabet otherwise
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, second, _ = csv.DictReader(file)
    told = [first[name] for name in TAKEN]
    assert told == ["Kranbau Ost", "Ina Voss", "2026-03-01", "Ana", "call", "Call"]
    assert list(first)[:2] == ["hs_object_id", "trueai_engaged"]
    assert second["account"] == "'=Tinvale"  # a spreadsheet runs nothing
    assert second["date"] == "2026-04-02T09:30:00"  # the time of day where the record has one


def test_a_workbook_taken_away_has_times_and_tells_what_each_column_holds(outcome: Outcome) -> None:
    from openpyxl import load_workbook

    book = load_workbook(outcome.write("xlsx", "taken"))
    head, first, second, third = book["Rows"].iter_rows(values_only=True)
    assert head[:2] == ("hs_object_id", "trueai_engaged")
    assert [row[head.index("date")] for row in (first, second, third)] == [
        datetime(2026, 3, 1), datetime(2026, 4, 2, 9, 30), None,
    ]  # fmt: skip
    _, *told = book["Columns"].iter_rows(values_only=True)
    assert [column for column, _ in told] == list(head)
    assert all(sentence.endswith(".") for _, sentence in told)
    assert KEPT not in dict(told).values()


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (None, ""),
        (datetime(2026, 3, 5, tzinfo=UTC), "2026-03-05"),
        (datetime(2026, 3, 5, 9, 30, tzinfo=UTC), "2026-03-05T09:30:00"),
        (datetime(2026, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=2))), "2026-03-05T09:30:00+02:00"),
    ],
)
def test_a_time_is_told_with_its_zone_unless_that_is_utc(at: datetime | None, told: str) -> None:
    assert when(at) == told


def test_every_form_holds_every_row(outcome: Outcome) -> None:
    import pyarrow.parquet as pq

    lines = outcome.write("jsonl", "taken").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["quote"] for line in lines][2] == "=1+1"
    table = pq.read_table(outcome.write("parquet", "taken"))
    assert table.column("confidence").to_pylist() == [0.97, 0.62, 0.91]
    assert not list(outcome.folder.glob("*.plain"))


@pytest.mark.parametrize(
    ("subject", "body", "same"),
    [
        ("Re: gate", "Yes, 100_% Tuesday works.", True),
        ("Re: gate", "No.", False),
        ("Other", "Yes, 100_% Tuesday works.", False),
    ],
)
def test_another_exports_record_under_the_same_id_is_not_the_rows(
    outcome: Outcome, subject: str, body: str, same: bool
) -> None:
    row = outcome.row(2)
    assert row is not None
    assert row.is_of(replace(activity("2", body), raw_subject=subject)) is same
