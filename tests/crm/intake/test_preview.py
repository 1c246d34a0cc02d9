"""A dry run tells what an import then does; columns that nobody knows are named once and remembered; templates work."""

from pathlib import Path

import pytest
from sqlalchemy import select

from crm.errors import BadSetting
from crm.intake.headers import Headers, remember
from crm.intake.ingest import Plan, ingest
from crm.intake.preview import preview
from crm.intake.readers import Table
from crm.intake.template import KINDS, write_template
from crm.records import db
from crm.records.store import Store

KNOWN = """deal_id,deal_name,stage,amount,colour
D1,Gate,Proposal,100,red
D2,Crane,Won,200,blue
D2,Crane,Won,200,blue
D3,"",,,green
"""
STRANGE = """Kennung;Worum;Gesagt;Sorte;Tagesmarke
1;Tor;Sie will das Angebot.;Call;2026-03-01
2;Kran;Niemand nahm ab.;Call;2026-03-02
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dry_run_stores_nothing_and_tells_what_the_import_then_does(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "deals.csv", KNOWN)
    told = preview(file, store)
    assert (told.record, told.read) == ("deals", 4)
    assert [h.name for h in told.headings if not h.field] == ["colour"]
    done = ingest(file, store)
    assert (told.new, told.duplicate, told.refused) == (done.stored, done.duplicate, done.refused)
    assert [(r.line, r.reason) for r in told.refusals] == [(r.line, r.reason) for r in done.refusals]
    again = preview(written(tmp_path / "more.csv", KNOWN.replace("Proposal", "Won")), store)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)


def test_unknown_columns_are_named_once_and_remembered(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "fremd.csv", STRANGE)
    told = preview(file, store)
    assert "None of these columns is known" in told.problem
    assert told.headings[1].example == "Tor"
    header = Table.open(file).header
    for column, field in (("Worum", "subject"), ("Gesagt", "body"), ("Sorte", "kind"), ("Tagesmarke", "at")):
        remember(store, header, "activities", column, field)
    again = preview(file, store)
    assert (again.problem, again.record, again.new) == ("", "activities", 2)
    assert [h.field for h in again.headings] == ["", "subject", "body", "kind", "at"]
    other = written(tmp_path / "later.csv", STRANGE.replace("1;Tor", "7;Rampe"))
    ingest(other, store, Plan(said=Headers.read(store)))
    first = store.activities()[-1]
    assert (first.raw_subject, first.raw_body) == ("Rampe", "Sie will das Angebot.")
    assert first.at is not None
    assert first.at.date().isoformat() == "2026-03-01"


def test_what_was_said_holds_in_a_vendors_table_too(store: Store, tmp_path: Path) -> None:
    file = written(
        tmp_path / "hubspot.csv",
        "hs_object_id,hs_timestamp,hs_email_subject,hs_email_text,hs_email_direction,wessen_firma\n"
        "1,2026-03-01,Tor,Sie will das Angebot.,INCOMING_EMAIL,Norvik Maritime\n",
    )
    header = Table.open(file).header
    assert [h.field for h in preview(file, store).headings][-1] == ""
    remember(store, header, "activities", "wessen_firma", "account")
    again = preview(file, store)
    assert [h.field for h in again.headings][-1] == "account"
    assert again.source == "hubspot"


def test_what_was_said_is_taken_back(store: Store, tmp_path: Path) -> None:
    header = Table.open(written(tmp_path / "fremd.csv", STRANGE)).header
    remember(store, header, "activities", "Worum", "subject")
    remember(store, header, "activities", "Worum", "")
    assert Headers.read(store).said == {}


@pytest.mark.parametrize(
    ("record", "column", "field", "told"),
    [
        ("auto", "Worum", "subject", "what the file holds"),
        ("activities", "Worum", "shoe size", "have no shoe size"),
        ("activities", "Farbe", "subject", "no column Farbe"),
    ],
)
def test_what_makes_no_sense_is_refused(
    store: Store, tmp_path: Path, record: str, column: str, field: str, told: str
) -> None:
    header = Table.open(written(tmp_path / "fremd.csv", STRANGE)).header
    with pytest.raises(BadSetting, match=told):
        remember(store, header, record, column, field)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_understood_down_to_the_last_column(store: Store, tmp_path: Path, kind: str) -> None:
    write_template(kind, tmp_path / f"{kind}.csv")
    told = preview(tmp_path / f"{kind}.csv", store)
    assert (told.record, told.new, told.refused, told.problem) == (kind, 1, 0, "")
    assert [h.name for h in told.headings if not h.field] == []


def test_columns_that_are_known_are_shown_where_one_is_still_to_be_named(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "fast.csv", "Datum;Betreff;Art;Worum\n2.3.2026;Tor;Anruf;Sie will es.\n")
    told = preview(file, store)
    assert "crm_description is missing" in told.problem
    assert [(h.name, h.field) for h in told.headings] == [
        ("Datum", "at"), ("Betreff", "subject"), ("Art", "kind"), ("Worum", ""),
    ]  # fmt: skip


STATUS = "Datum;Firma;Art;Text;Ergebnis;Status\n04.05.2026;Hartmann;Telefonat;Er will es;;erledigt\n"


def test_a_column_whose_name_is_known_may_mean_nothing_until_that_is_taken_back(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "status.csv", STATUS)
    header = Table.open(file).header

    def means() -> dict[str, str]:
        return {h.name: h.field for h in preview(file, store).headings}

    assert means()["Status"] == "outcome"
    remember(store, header, "activities", "Status", "")
    assert (means()["Status"], means()["Ergebnis"]) == ("", "outcome")
    remember(store, header, "activities", "Firma", "")  # what is said of one column leaves the other as it was
    assert (means()["Status"], means()["Firma"]) == ("", "")
    later = written(tmp_path / "later.csv", STATUS.replace("Er will es", "Er wollte es"))
    done = ingest(later, store, Plan(said=Headers.read(store)))
    assert done.unknown_columns == ()
    assert store.activities()[0].outcome == ""
    with store.reading() as connection:
        assert connection.execute(select(db.activities.c.extra)).scalar_one()["Status"] == "erledigt"
    remember(store, header, "activities", "Status", "outcome")
    remember(store, header, "activities", "Firma", "account")
    assert (means()["Status"], means()["Firma"]) == ("outcome", "account")
    assert Headers.read(store).said == {}


def test_columns_that_were_named_need_no_name_that_tells_the_kind(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "trattative.csv", "Trattativa;Cliente;Fase\nForno;Bellani;Offerta\n")
    header = Table.open(file).header
    for column, field in (("Trattativa", "name"), ("Cliente", "account"), ("Fase", "stage")):
        remember(store, header, "deals", column, field)
    told = preview(file, store)
    assert (told.problem, told.record, told.new) == ("", "deals", 1)
