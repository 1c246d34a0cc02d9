"""Pipedrive's exports: "<record> - <field>" in the language of whoever exports."""

from datetime import date
from pathlib import Path

import pytest

from crm.intake.columns import columns
from crm.intake.ingest import ingest
from crm.intake.survey import survey
from crm.nouns import Kind
from crm.records.book import Book
from crm.records.store import Store
from tests.crm.intake.conftest import WriteCsv

GERMAN = (
    "Aktivität - ID,Aktivität - Erledigt,Aktivität - Typ,Aktivität - Betreff,Aktivität - Fälligkeitsdatum,"
    "Aktivität - Fälligkeitszeit,Aktivität - Notiz,Deal - Titel,Person - Name,Organisation - Name,Aktivität - Besitzer,"
    "Aktivität - Hinzugefügt am,Aktivität - Als erledigt markiert um"
)
ADDED = "2026-05-04 08:00:00"
ROWS = [
    ("7", "Erledigt", "Anruf", "Kranwartung", "2026-05-11", "10:20", "Erreicht, nimmt zwei", "Kran Nord", "Ute Brandt",
     "Hafen Nord GmbH", "Kim Lorenz", ADDED, "2026-05-12 07:30:00"),
    ("8", "Erledigt", "Besuch Lager", "vor Ort", "", "", "Lager besichtigt", "Kran Nord", "Ute Brandt", "",
     "Kim Lorenz", ADDED, "2026-05-13 16:05:00"),
    ("9", "Zu erledigen", "Deadline", "Eingabe", "2026-05-20", "12:00", "", "", "Ute Brandt", "",
     "Kim Lorenz", ADDED, ""),
    ("10", "Erledigt", "Mittagessen", "Sitzung", "2026-05-21", "", "", "", "Brandt", "", "Kim Lorenz", ADDED, ""),
]  # fmt: skip
COMPANIES = (
    "Organisation - ID,Organisation - Name,Organisation - Labels,Organisation - Webseite,Organisation - Besitzer,"
    "Organisation - Anfahrt"
)
ORGANIZATIONS = [("41", "Hafen Nord GmbH", "Kunde", "www.hafen-nord.example", "Kim Lorenz", "Tor 3")]
PERSONS = (
    "Person - ID,Person - Name,Person - Organisation,Person - Telefon,Person - E-Mail-Adresse - Büro,"
    "Person - Funktion,Person - Besitzer"
)
PEOPLE = [("61", "Ute Brandt", "Hafen Nord GmbH", "+49 40 000 1", "ute@hafen-nord.example", "Einkauf", "Kim Lorenz")]
OFFERS = (
    "Deal - ID,Deal - Titel,Deal - Wert,Deal - Währung,Organisation - Name,Person - Name,Deal - Phase,Deal - Status,"
    "Deal - Besitzer,Deal - Deal erstellt am,Deal - Erwartetes Abschlussdatum,Deal - Verlustgrund,Deal - Gewonnen um"
)
DEALS = [
    ("88", "Kran Nord", "86400", "CHF", "Hafen Nord GmbH", "Ute Brandt", "Bestellung", "Offen", "Kim Lorenz",
     "2026-02-11 10:22:08", "2026-11-30", "", ""),
    ("89", "Kran Süd", "9350", "EUR", "", "Ute Brandt", "Angebot", "Gewonnen", "Kim Lorenz",
     "2025-09-02 09:15:00", "", "", "2025-11-14 11:30:27"),
    ("90", "Kran West", "100", "EUR", "Hafen Nord GmbH", "", "Angebot", "Verloren", "Kim Lorenz",
     "2026-01-08 08:40:12", "", "Budget", ""),
]  # fmt: skip


@pytest.fixture
def german(store: Store, write_csv: WriteCsv) -> Store:
    """The four files, the activities before what they belong to."""
    tables = ((GERMAN, ROWS), (COMPANIES, ORGANIZATIONS), (PERSONS, PEOPLE), (OFFERS, DEALS))
    files = [write_csv(f"{number}.csv", header, rows) for number, (header, rows) in enumerate(tables)]
    for file in files:
        done = ingest(file, store)
        assert (done.source, done.refused, done.adds_up) == ("pipedrive", 0, True)
    return store


def test_activities_keep_their_kinds_days_owners_and_what_was_done(german: Store) -> None:
    found = {a.native_id: a for a in german.activities()}
    told = [(a.kind, str(a.at)[:16], a.owner, a.outcome) for a in map(found.__getitem__, ("7", "8", "9", "10"))]
    assert told == [
        (Kind.CALL, "2026-05-11 10:20", "Kim Lorenz", "Done"),
        (Kind.EVENT, "2026-05-13 16:05", "Kim Lorenz", "Done"),  # no day was set: when it was ticked off
        (Kind.TASK, "2026-05-20 12:00", "Kim Lorenz", "To do"),
        (Kind.EVENT, "2026-05-21 00:00", "Kim Lorenz", "Done"),
    ]
    assert found["7"].raw_body == "Erreicht, nimmt zwei"


def test_a_row_without_a_company_has_that_of_its_deal_or_its_person(german: Store) -> None:
    by = {a.native_id: a.account_id for a in german.activities()}
    assert by == {
        "7": "pipedrive:41",
        "8": "pipedrive:41",
        "9": "pipedrive:41",
        "10": None,
    }  # one name alone is anybody's


def test_a_row_that_names_another_company_stays_with_that(german: Store, write_csv: WriteCsv) -> None:
    row = (
        "11",
        "Erledigt",
        "Anruf",
        "x",
        "2026-05-22",
        "",
        "y",
        "Kran Nord",
        "Ute Brandt",
        "Werft Ost AG",
        "Kim Lorenz",
        "",
        "",
    )
    assert ingest(write_csv("more.csv", GERMAN, [row]), german).unmatched == 1


def test_a_deal_is_open_won_or_lost_as_its_status_says_whatever_its_stage_is_called(german: Store) -> None:
    deals = {d.name: d for d in Book.read(german).deals}
    nord, sued, west = deals["Kran Nord"], deals["Kran Süd"], deals["Kran West"]
    assert (nord.won, nord.stage, nord.amount, nord.currency, str(nord.expected_close_at)[:10]) == (
        None, "Bestellung", 86400, "CHF", "2026-11-30",
    )  # fmt: skip
    assert (sued.won, str(sued.closed_at)[:10], sued.account_id) == (
        True,
        "2025-11-14",
        "pipedrive:41",
    )  # by its person
    assert (west.won, west.loss_reason, west.owner) == (False, "Budget", "Kim Lorenz")


def test_companies_and_people_are_told_apart_and_unknown_columns_are_named(store: Store, write_csv: WriteCsv) -> None:
    done = ingest(write_csv("o.csv", COMPANIES, ORGANIZATIONS), store)
    assert (done.record, done.unknown_columns) == ("accounts", ("Organisation - Anfahrt",))
    (account,) = Book.read(store).accounts
    assert (account.name, account.domain, account.owner) == ("Hafen Nord GmbH", "hafen-nord.example", "Kim Lorenz")
    people = (
        "Person - Name,Person - E-Mail,Organisation - Name,Organisation - Adresse,Organisation - Webseite,"
        "Organisation - Branche"
    )
    row = ("Ute Brandt", "ute@hafen-nord.example", "Hafen Nord GmbH", "Kai 1", "hafen-nord.example", "Logistik")
    done = ingest(write_csv("p.csv", people, [row]), store)  # whose most columns are its company's
    assert (done.record, done.unmatched) == ("contacts", 0)


@pytest.mark.parametrize(
    ("header", "table", "known"),
    [
        ("Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Done,Activity - Note,"
         "Activity - Assigned to user,Organization,Contact person,Deal", "activities", 10),
        ("Activité - Objet,Activité - Type,Activité - Date d'échéance,Activité - Terminée,Affaire - Titre,"
         "Organisation - Nom,Personne - Nom,Activité - Attribuée à", "activities", 8),
        ("Actividad - Asunto,Actividad - Tipo,Actividad - Fecha de vencimiento,Negocio - ID,"
         "Actividad - Asignada al usuario", "activities", 5),
        ("Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Organization,"
         "Deal - Contact person,Deal - Deal created,Deal - Won time,Deal - Lost time,Person - Email - Work",
         "deals", 10),
        ("Affaire - Titre,Affaire - Valeur,Affaire - Organisation,Affaire - Étape,Affaire - Statut,"
         "Affaire - Raison de la perte", "deals", 6),
        ("Trato - Título,Trato - Valor,Trato - Etapa,Trato - Estado,Organización - Nombre *", "deals", 5),
        ("Personne - Nom,Personne - Organisation,Personne - E-mail - Travail,Personne - Téléphone - Mobile",
         "people", 4),
        ("Person - Name,Person - Organization,Person - Email (Work),Person - Owner", "people", 4),
        ("Organización - Nombre,Organización - Sitio web,Organización - Propietario", "organizations", 3),
        ("Lead - Title,Lead - Owner,Lead - Lead created,Organization - Name,Person - Name,Person - Email", "leads", 6),
        ("Note - Content,Note - Add time,Deal - Title,Organization - Name,Person - Name", "notes", 5),
    ],
)  # fmt: skip
def test_each_export_is_known_by_its_headings(header: str, table: str, known: int) -> None:
    found = columns().recognise(tuple(header.split(",")))
    assert (found.source, found.name) == ("pipedrive", table)
    assert len({at for places in found.columns.values() for at in places}) == known


def test_whether_something_was_done_is_said_in_one_word(write_csv: WriteCsv) -> None:
    head = "Activité - Objet,Activité - Type,Activité - Terminée,Activité - Date d'échéance"
    rows = [("a", "Appel", "Terminée", "2026-01-02"), ("b", "Réunion", "À faire", "2026-01-03")]
    surveyed = survey(write_csv("fr.csv", head, rows))
    drafts = [surveyed.source.draft(row).raw for row in surveyed.table.rows()]
    assert [(raw.kind, raw.outcome) for raw in drafts if raw] == [(Kind.CALL, "Done"), (Kind.EVENT, "To do")]


def test_a_plain_table_with_a_hyphen_in_its_headings_is_none_of_pipedrive(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("date,type,note,follow - up\n2026-02-03,call,She signs,yes\n", encoding="utf-8")
    assert ingest(file, store).source == "csv"
    assert [a.at.date() for a in store.activities() if a.at] == [date(2026, 2, 3)]
