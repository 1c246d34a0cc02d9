"""Lists of offers as people keep them: columns in their own words, open, won or lost in one of them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.intake.headers import Headers, remember
from crm.intake.ingest import Plan, ingest
from crm.intake.preview import preview
from crm.intake.tables import open_table
from crm.nouns import Deal
from crm.records.book import Book
from crm.records.store import Store

PIPEDRIVE = """ID,Title,Organization,Value,Currency,Status,Stage,Owner,Deal created,Won time,Lost time,Y,Expected close
1,Docks,Quarry,12300,EUR,open,Proposal made,Una Berg,2026-03-10,,,,2026-12-11
2,Gates,Quarry,900,EUR,won,Negotiation,Una Berg,2026-03-10,2026-05-04 10:00,,,2026-06-01
3,Ramps,Tanner,700,EUR,lost,Qualified,Paul Ek,2026-03-10,,2026-06-02 09:00,No budget,2026-06-30
"""
SPANISH = """Cliente;Oportunidad;Importe;Estado;Fase;Comercial;Fecha creación;Fecha cierre;Motivo pérdida
Canteras Rubio;Muelles;12.500,00 €;Abierta;Propuesta;Ana Ruiz;10/03/2026;11/12/2026;
Canteras Rubio;Puertas;900,00 €;Ganada;Cerrada;Ana Ruiz;10/03/2026;04/05/2026;
Curtidos Sol;Rampas;700,00 €;Perdida;Cerrada;Luis Gil;10/03/2026;02/06/2026;Precio
"""
OFFERS = """Customer,Offer,Amount,Status,Seller,Sent on,Decided on
Quarry,Docks,12300,open,Una Berg,2026-03-10,
Quarry,Gates,900,won,Una Berg,2026-03-10,2026-05-04
Tanner,Ramps,700,lost,Paul Ek,2026-03-10,2026-06-02
"""
ORDERED = """AngebotsNr;Datum;Kunde;Gegenstand;Betrag;Status;Bearbeiter;Gültig bis
A1;10.03.2026;Steinbruch Rau;Tore;12.500,00;offen;Una Berg;31.05.2026
A2;10.03.2026;Steinbruch Rau;Rampen;900,00;Auftrag;Una Berg;31.05.2026
A3;10.03.2026;Gerberei Sol;Kran;700,00;verloren;Paul Ek;31.05.2026
"""


def deals(store: Store, path: Path, text: str) -> list[Deal]:
    path.write_text(text, encoding="utf-8")
    done = ingest(path, store)
    assert (done.record, done.source, done.stored) == ("deals", "csv", 3)
    return sorted(Book.read(store).deals, key=lambda d: -(d.amount or 0))


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        (PIPEDRIVE, ["Proposal made", "Negotiation", "Qualified"]),
        (SPANISH, ["Propuesta", "Cerrada", "Cerrada"]),
        (OFFERS, ["open", "won", "lost"]),
    ],
)
def test_each_is_read_without_a_word(store: Store, tmp_path: Path, text: str, stages: list[str]) -> None:
    found = deals(store, tmp_path / "offers.csv", text)
    assert [d.amount for d in found] == [12300.0 if "Canteras" not in text else 12500.0, 900.0, 700.0]
    assert [d.won for d in found] == [None, True, False]
    assert [d.stage for d in found] == stages
    assert all(d.owner and d.name and d.account_name and d.created_at for d in found)
    assert [d.closed_at and d.closed_at.date() for d in found] == [None, date(2026, 5, 4), date(2026, 6, 2)]


def test_an_order_is_a_deal_that_was_won(store: Store, tmp_path: Path) -> None:
    found = deals(store, tmp_path / "offers.csv", ORDERED)
    assert [(d.id, d.name, d.won) for d in found] == [
        ("csv:A1", "Tore", None),
        ("csv:A2", "Rampen", True),
        ("csv:A3", "Kran", False),
    ]
    assert {d.created_at and d.created_at.date() for d in found} == {date(2026, 3, 10)}


@pytest.mark.parametrize(("text", "reason"), [(PIPEDRIVE, "No budget"), (SPANISH, "Precio")])
def test_why_it_was_lost_and_when_an_open_one_may_close_are_kept(
    store: Store, tmp_path: Path, text: str, reason: str
) -> None:
    found = deals(store, tmp_path / "offers.csv", text.replace("Y,", "Lost reason,"))
    assert [d.loss_reason for d in found] == ["", "", reason]
    assert found[0].expected_close_at == datetime(2026, 12, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        ("Expected close date", "Lost reason"),
        ("Deal - Expected close date", "Deal - Lost reason"),
        ("Abschlussdatum (geplant)", "Verlustgrund"),
        ("Fecha de cierre prevista", "Motivo de pérdida"),
        ("Date de clôture prévue", "Motif de perte"),
        ("Data di chiusura prevista", "Motivo perdita"),
        ("Data prevista de fechamento", "Motivo da perda"),
        ("Verwachte sluitdatum", "Reden van verlies"),
    ],
)
def test_both_are_known_by_what_people_call_them(store: Store, tmp_path: Path, expected: str, reason: str) -> None:
    found = deals(store, tmp_path / "o.csv", PIPEDRIVE.replace("Expected close", expected).replace("Y,", f"{reason},"))
    assert [d.loss_reason for d in found] == ["", "", "No budget"]
    assert [d.expected_close_at.day for d in found if d.expected_close_at] == [11, 1, 30]


@pytest.mark.parametrize(
    "text",
    [
        "Id,Name,StageName,Amount,IsWon,IsClosed,CloseDate,Loss Reason\n"
        "1,Docks,Proposal,5,false,false,2026-12-11,\n2,Ramps,Gone,4,false,true,2026-06-02,No budget\n",
        "hs_object_id,dealname,dealstage,amount,closedate,closed_lost_reason\n"
        "1,Docks,proposal,5,2026-12-11,\n2,Ramps,closedlost,4,2026-06-02,No budget\n",
    ],
)
def test_a_vendors_day_of_closing_is_expected_while_a_deal_is_open(store: Store, tmp_path: Path, text: str) -> None:
    (tmp_path / "deals.csv").write_text(text)
    ingest(tmp_path / "deals.csv", store)
    docks, ramps = Book.read(store).deals
    told = [
        (d.closed_at and d.closed_at.month, d.expected_close_at and d.expected_close_at.month) for d in (docks, ramps)
    ]
    assert told == [(None, 12), (6, None)]
    assert (docks.loss_reason, ramps.loss_reason) == ("", "No budget")


def test_a_column_may_be_said_to_hold_the_reason(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(PIPEDRIVE, encoding="utf-8")
    remember(store, open_table(file).header, "deals", "Y", "loss_reason")
    ingest(file, store, Plan(said=Headers.read(store)))
    assert [d.loss_reason for d in Book.read(store).deals] == ["", "", "No budget"]


def test_two_columns_may_say_when_it_was_decided(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(PIPEDRIVE.replace("Won time", "Yes on").replace("Lost time", "No on"), encoding="utf-8")
    for column in ("Yes on", "No on"):
        remember(store, open_table(file).header, "deals", column, "closed_at")
    ingest(file, store, Plan(said=Headers.read(store)))
    closed = {d.name: d.closed_at.date() for d in Book.read(store).deals if d.closed_at}
    assert closed == {"Gates": date(2026, 5, 4), "Ramps": date(2026, 6, 2)}


def test_a_journal_that_names_an_opportunity_is_no_list_of_them(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "diario.csv"
    file.write_text(
        "Fecha;Cliente;Comercial;Oportunidad;Comentario;Estado\n10/03/2026;Rubio;Ana;Muelles;Le gusta;Abierta\n"
    )
    assert preview(file, store).problem


def test_hours_where_minutes_are_counted(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("Date,Type,Note,Minutes\n2026-03-01,Call,a,00:15\n2026-03-02,Call,b,5:12\n2026-03-03,Call,c,7\n")
    ingest(file, store)
    assert [a.duration_s for a in store.activities()][::-1] == [900, 312, 420]
