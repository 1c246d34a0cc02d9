"""Imports: the ledger adds up to the row, a file twice adds nothing, a changed row keeps its history."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from crm.errors import BadFile, BadSetting
from crm.intake.ingest import Plan, Progress, ingest
from crm.intake.ledger import intake, intakes, write_refused
from crm.intake.rematch import unmatched
from crm.nouns import Direction, Kind, Side
from crm.records import db
from crm.records.book import Book
from crm.records.store import Store
from crm.workers import Processes

WriteCsv = Callable[..., Path]
SEED = "hs_object_id,crm_subject,crm_description,crm_subtype"


def row(id_: object, body: str = "hello", subject: str = "s", kind: str = "Email") -> tuple[object, str, str, str]:
    return (id_, subject, body, kind)


def bodies(store: Store) -> dict[str, str]:
    return {a.id: a.raw_body for a in store.activities()}


def found(store: Store, words: str) -> list[str]:
    query = text(
        "SELECT a.id FROM activities_fts f JOIN activities a ON a.number = f.rowid "
        "WHERE activities_fts MATCH :words ORDER BY a.id"
    )
    with store.reading() as connection:
        return list(connection.execute(query, {"words": words}).scalars())


def test_rows_become_activities(store: Store, write_csv: WriteCsv) -> None:
    rows = [("5123", "[Outreach] [Email] [In] Re: Dock", "Yes please, call me.", "Email", "2026-03-02 14:05")]
    done = ingest(write_csv("a.csv", SEED + ",date", rows), store)
    assert (done.read, done.stored, done.source, done.record, done.adds_up) == (1, 1, "csv", "activities", True)
    activity = store.activity("csv:5123")
    assert activity is not None
    assert (activity.kind, activity.native_id, activity.subject) == (Kind.EMAIL, "5123", "Dock")
    assert activity.raw_subject == "[Outreach] [Email] [In] Re: Dock"
    assert activity.direction is Direction.INBOUND
    assert activity.at == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    assert "Yes please, call me." in activity.text


def test_a_file_without_ids_is_known_by_what_its_rows_say(store: Store, write_csv: WriteCsv) -> None:
    head, rows = (
        "crm_subject,crm_description,crm_subtype",
        [("s", "one", "Call"), ("s", "two", ""), ("s", "one", "Call")],
    )
    done = ingest(write_csv("a.csv", head, rows), store)
    assert (done.stored, done.duplicate) == (3, 0)  # the same twice may have happened twice
    assert any("no ids" in notice for notice in done.notices)
    before = set(bodies(store))
    assert {i.partition("-")[2] for i in before} == {"", "2"}
    assert sorted(a.native_id for a in store.activities()) == ["1", "2", "3"]
    later = ingest(write_csv("b.csv", head, [("s", "new", "Call"), *rows]), store)  # next week's, under another name
    assert (later.stored, later.unchanged) == (1, 3)
    assert len(set(bodies(store)) - before) == 1


def test_the_ledger_tells_every_row_apart(store: Store, write_csv: WriteCsv) -> None:
    first = [row(1), row(2), row(3)]
    ingest(write_csv("a.csv", SEED, first), store)
    second = [row(1), row(2, "changed"), row(4), row(4), row(4, "other text"), (5, "too", "few")]
    done = ingest(write_csv("b.csv", SEED, second), store)
    counts = (done.read, done.stored, done.changed, done.duplicate, done.unchanged, done.refused)
    assert counts == (6, 2, 1, 1, 1, 2)
    assert done.adds_up
    assert [(r.line, r.reason) for r in done.first_refusals(9)] == [
        (6, "The id 4 was already on line 4 with other content; only the first is kept. Give one of them a new id."),
        (7, "This row has 3 cells where the header has 4 columns: a quote or a separator is missing."),
    ]
    assert len(done.first_refusals(1)) == 1
    assert bodies(store) == {"csv:1": "hello", "csv:2": "changed", "csv:3": "hello", "csv:4": "hello"}


def test_the_same_file_twice_adds_nothing(store: Store, write_csv: WriteCsv) -> None:
    file = write_csv("a.csv", SEED, [row(1), row(2), row(2), row(3, "x"), row(3, "y")])
    once = ingest(file, store)
    twice = ingest(file, store)
    assert (once.stored, once.duplicate, once.refused) == (3, 1, 1)
    assert (twice.stored, twice.unchanged, twice.duplicate, twice.refused) == (0, 3, 1, 1)
    assert store.count() == 3
    assert found(store, "hello") == ["csv:1", "csv:2"]


def test_columns_in_another_order_encoding_and_separator_change_nothing(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("a.csv", SEED, [row(1, "Größe"), row("2.0", "déjà")]), store)
    header = "CRM Subtype,CRM Description,HS Object ID,CRM Subject"
    again = write_csv("b.csv", header, [("Email", "Größe", 1, "s"), ("Email", "déjà", "2.0", "s")], "utf-16", ";")
    assert ingest(again, store).unchanged == 2


def test_a_changed_row_keeps_its_history_and_its_place_in_full_text(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("a.csv", SEED + ",date", [(*row(1, "about pallets"), "2026-03-02")]), store)
    ingest(write_csv("b.csv", SEED + ",date", [(*row(1, "about ferries"), "2026-03-03")]), store)
    assert (found(store, "pallets"), found(store, "ferries")) == ([], ["csv:1"])
    with store.reading() as connection:
        versions = connection.execute(select(db.versions)).mappings().all()
    assert [(v["record"], v["record_id"], v["import_id"]) for v in versions] == [("activities", "csv:1", 2)]
    assert versions[0]["row"]["raw_body"] == "about pallets"
    assert versions[0]["row"]["at"] == "2026-03-02T00:00:00+00:00"


def test_a_header_only_is_an_import_of_nothing_that_says_so(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("a.csv", SEED, []), store)
    assert (done.read, done.stored, done.refused, done.finished, done.adds_up) == (0, 0, 0, True, True)
    assert done.notices == ("a.csv has column names but no rows: nothing was imported.",)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "a.csv is empty"),
        (b"crm_subject,crm_subtype\ns,Email\n", "column crm_description is missing"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "an image"),
        (b"%PDF-1.4", "a PDF"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_trace(store: Store, tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(BadFile, match=says):
        ingest(tmp_path / "a.csv", store)
    assert intakes(store) == []
    assert store.count() == 0


def test_a_source_that_is_not_one_is_named_with_those_that_are(store: Store, write_csv: WriteCsv) -> None:
    with pytest.raises(BadSetting, match=r"no source 'zoho'\. Allowed are auto, csv"):
        ingest(write_csv("a.csv", SEED, [row(1)]), store, Plan(source="zoho"))


def test_a_quote_never_closed_keeps_what_stands_above_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{SEED}\n1,s,one,Email\n2,s,"two,Email\n3,s,three,Email\n')
    done = ingest(path, store)
    assert (done.read, done.stored, done.refused) == (2, 1, 1)
    assert done.refusals[0].line == 3
    assert "never closed" in done.refusals[0].reason
    assert bodies(store) == {"csv:1": "one"}


def test_a_cell_of_fifty_megabytes_is_refused_and_the_rest_stored(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{SEED}\n1,s,one,Email\n2,s,"')
        for _ in range(50):
            file.write("word " * 200_000)
        file.write('",Email\n3,s,three,Email\n')
    done = ingest(path, store)
    assert (done.read, done.stored, done.refused) == (3, 2, 1)
    assert "50,000,000 characters" in done.refusals[0].reason
    assert sorted(bodies(store)) == ["csv:1", "csv:3"]


@pytest.mark.parametrize(
    ("dates", "expected", "notice"),
    [
        (["2026-05-04", "1777852800000", "nonsense"], [(5, 4), (5, 4), None], "1 dates make no sense"),
        (["04/05/2026", "25/05/2026"], [(5, 4), (5, 25)], ""),
        (["04/05/2026", "05/25/2026"], [(4, 5), (5, 25)], ""),
        (["04/05/2026", "4/5/2026"], [(5, 4), (5, 4)], "2 dates such as 04/05 fit two orders; the day was taken"),
        (["4/5/2026 2:05 PM"], [(4, 5)], ""),
        (["25/05/2026", "05/26/2026", "04/05/2026"], [(5, 25), (5, 26), (5, 4)], "are mixed"),
    ],
)
def test_the_order_of_dates_is_told_by_their_column(
    store: Store, write_csv: WriteCsv, dates: list[str], expected: list[tuple[int, int] | None], notice: str
) -> None:
    rows = [(*row(n), date) for n, date in enumerate(dates)]
    done = ingest(write_csv("a.csv", SEED + ",date", rows), store)
    activities = store.activities_by_id([f"csv:{n}" for n in range(len(dates))])
    assert [a.at and (a.at.month, a.at.day) for a in activities] == expected
    assert [notice in told for told in done.notices] == ([True] if notice else [])


def test_a_nonsense_date_is_kept_as_it_was(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("a.csv", SEED + ",date", [(*row(1), "next Tuesday")]), store)
    with store.reading() as connection:
        assert connection.execute(select(db.activities.c.extra)).scalar_one() == {"date": "next Tuesday"}


def test_ids_that_excel_rounded_are_told(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("a.csv", SEED, [row("1.23457E+11"), row("1.0"), row("1e5")]), store)
    assert sorted(bodies(store)) == ["csv:1", "csv:100000", "csv:123457000000"]
    assert any("1 ids were rounded" in notice for notice in done.notices)
    assert [a.native_id for a in store.activities_by_id(["csv:1", "csv:100000"])] == ["1.0", "1e5"]


def test_unknown_columns_are_listed_and_kept(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("a.csv", SEED + ",Mood", [(*row(1), "good")]), store)
    assert done.unknown_columns == ("Mood",)
    with store.reading() as connection:
        assert connection.execute(select(db.activities.c.extra)).scalar_one() == {"Mood": "good"}


def test_refused_rows_come_back_mended(store: Store, tmp_path: Path, write_csv: WriteCsv) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{SEED}\n1,s,one,Email\n1,s,"=two, ""quoted""",Email\n3,s,three\n')
    done = ingest(path, store)
    out = tmp_path / "refused.csv"
    assert write_refused(store, done.import_id, out) == 2
    written = out.read_text(encoding="utf-8-sig")
    assert written.splitlines()[0] == f"{SEED},line,reason"
    assert "'=two" in written  # a spreadsheet shows it instead of running it
    mended = written.replace("1,s,", "11,s,").replace("3,s,three,,", "3,s,three,Call,")
    (tmp_path / "mended.csv").write_text(mended, encoding="utf-8-sig")
    again = ingest(tmp_path / "mended.csv", store)
    assert (again.stored, again.refused, again.unknown_columns) == (2, 0, ())
    assert bodies(store) == {"csv:1": "one", "csv:11": '=two, "quoted"', "csv:3": "three"}


def test_progress_is_told_and_other_processes_give_the_same(
    open_store: Callable[[str], Store], write_csv: WriteCsv
) -> None:
    file = write_csv("a.csv", SEED, [row(n, f"word{n % 7} and more\n\nBest,\nAnn") for n in range(5_600)])
    told: list[Progress] = []
    here, there = open_store("here"), open_store("there")
    ingest(file, here, Plan(progress=told.append))
    ingest(file, there, Plan(workers=Processes(2)))
    assert [p.done for p in told] == [2_000, 4_000, 5_600]
    assert told[0].total == 5_600
    assert list(here.activities()) == list(there.activities())
    assert len(found(there, "word3")) == 800


def test_who_we_are_is_found_and_decides_who_wrote(store: Store, write_csv: WriteCsv) -> None:
    body = "From: Sigrid <sigrid@norvik.example>\nTo: hanna@us.example\nSubject: Dock\n\nYes, call me.\n"
    rows = [(*row(1, body), "Hanna Berg <hanna@us.example>")]
    ingest(write_csv("a.csv", SEED + ",owner", rows), store, Plan(our_domains=frozenset({"configured.example"})))
    activity = store.activity("csv:1")
    assert activity is not None
    assert [(m.side, m.address) for m in activity.messages] == [(Side.THEM, "sigrid@norvik.example")]
    fact = store.fact("ours")
    assert set(fact["1"]["domains"]) == {"us.example", "configured.example"}


def test_what_finds_no_account_is_counted_and_listed(store: Store, write_csv: WriteCsv) -> None:
    ingest(write_csv("accounts.csv", "account_id,name,domain", [("A1", "Norvik", "norvik.example")]), store)
    rows = [
        (*row(1), "x@norvik.example", ""),
        (*row(2), "", "Norvik"),
        (*row(3), "y@nobody.example", "Somebody Else"),
        (*row(4), "", ""),
    ]
    done = ingest(write_csv("a.csv", SEED + ",contact_email,account", rows), store)
    assert done.unmatched == 2
    assert {(u.activity_id, u.named, u.addresses) for u in unmatched(store)} == {
        ("csv:3", "Somebody Else", ("y@nobody.example",)),
        ("csv:4", "", ()),
    }
    assert len(unmatched(store, 1)) == 1
    matched = {a.id: a.account_id for a in store.activities()}
    assert (matched["csv:1"], matched["csv:2"]) == ("csv:A1", "csv:A1")


def test_the_people_on_an_activity_are_found_by_name_and_address(store: Store, write_csv: WriteCsv) -> None:
    contacts = [("C1", "A1", "Sigrid Aas", "sigrid@norvik.example")]
    ingest(write_csv("contacts.csv", "contact_id,account_id,name,email", contacts), store)
    ingest(write_csv("a.csv", SEED + ",contact_email", [(*row(1), "sigrid@norvik.example")]), store)
    assert found(store, "people : aas") == ["csv:1"]
    assert found(store, 'people : "sigrid norvik example"') == ["csv:1"]
    activity = store.activity("csv:1")
    assert activity is not None
    assert activity.contact_ids == ("csv:C1",)


def test_every_table_of_the_samples_refers_to_the_others(store: Store, write_csv: WriteCsv) -> None:
    header = "deal_id,account_id,name,stage,amount,currency,product,owner,created_date,close_date"
    ingest(
        write_csv("d.csv", header, [("D1", "A1", "Dock", "Won", 1, "EUR", "P", "Ann", "2026-01-02", "2026-03-04")]),
        store,
    )
    header = "account_id,name,industry,region,employees,revenue,owner,domain,parent"
    ingest(write_csv("a.csv", header, [("A1", "Norvik", "Sea", "North", 42, 8.5, "Ann", "norvik.example", "")]), store)
    book = Book.read(store)
    assert book.deals_of("demo:A1")[0].account_name == "Norvik"
    assert book.account_by_id["demo:A1"].size == 42


def test_the_ledger_can_be_read_again(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("a.csv", SEED, [row(1), row(1, "x")]), store)
    again = intake(store, done.import_id)
    assert (again.read, again.stored, again.refusals) == (done.read, done.stored, done.refusals)
    assert [i.import_id for i in intakes(store)] == [done.import_id]


Fate = st.sampled_from(["new", "new", "same", "other", "short", "long", "blank id"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(Fate, st.integers(0, 6)), max_size=40))
def test_the_ledger_adds_up_for_any_mixture(tmp_path: Path, empty_database: Path, fates: list[tuple[str, int]]) -> None:
    shutil.copy(empty_database, tmp_path / "mixture.sqlite")
    store = Store.open(f"sqlite:///{tmp_path / 'mixture.sqlite'}")
    lines, expected = _mixture(fates)
    path = tmp_path / "mixture.csv"
    path.write_text("\n".join([SEED, *lines]) + "\n")
    done = ingest(path, store)
    assert {name: getattr(done, name) for name in expected} == expected
    assert done.adds_up
    assert store.count() == done.stored
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM activities_fts")).scalar() == done.stored
    store.engine.dispose()


def _mixture(fates: list[tuple[str, int]]) -> tuple[list[str], dict[str, Any]]:
    """Lines of a file with what must become of them."""
    lines: list[str] = []
    first: dict[str, str] = {}
    counts = dict.fromkeys(("read", "stored", "duplicate", "refused"), 0)
    for number, (fate, id_) in enumerate(fates):
        counts["read"] += 1
        if fate in ("short", "long"):
            lines.append(f"{id_},s" if fate == "short" else f"{id_},s,b,Email,more")
            counts["refused"] += 1
            continue
        if fate == "blank id":
            lines.append(",s,b,Email")
            counts["stored"] += 1
            continue
        wanted = str(id_) if fate != "new" else f"n{number}"
        body = "b" if fate != "other" else f"b{number}"
        lines.append(f"{wanted},s,{body},Email")
        known = first.setdefault(wanted, body)
        fresh = sum(line.startswith(f"{wanted},s,") and line.count(",") == 3 for line in lines) == 1
        counts["stored" if fresh else "duplicate" if known == body else "refused"] += 1
    return lines, counts
