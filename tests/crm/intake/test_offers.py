"""Lists of offers as people keep them: columns in their own words, open, won or lost in one of them."""

from datetime import date
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
    assert [d.closed_at.date() for d in found[1:] if d.closed_at] == [date(2026, 5, 4), date(2026, 6, 2)]


def test_two_columns_may_say_when_it_was_decided(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(PIPEDRIVE.replace("Won time", "Yes on").replace("Lost time", "No on"), encoding="utf-8")
    for column in ("Yes on", "No on"):
        remember(store, open_table(file).header, "deals", column, "closed_at")
    ingest(file, store, Plan(said=Headers.read(store)))
    closed = {d.name: d.closed_at.date() for d in Book.read(store).deals if d.closed_at}
    assert closed == {"Docks": date(2026, 12, 11), "Gates": date(2026, 5, 4), "Ramps": date(2026, 6, 2)}


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
