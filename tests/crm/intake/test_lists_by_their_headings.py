"""Lists of companies or of people, by everyday headings in several languages; a journal is neither."""

from pathlib import Path

import pytest

from crm.errors import BadFile
from crm.intake.columns import columns
from crm.intake.ingest import ingest
from crm.records.book import Book
from crm.records.store import Store


def heads(line: str) -> tuple[str, ...]:
    return tuple(line.split(";"))


@pytest.mark.parametrize(
    ("header", "record"),
    [
        ("Company;Industry", "accounts"),
        ("Kunde;PLZ;Ort;Umsatz", "accounts"),
        ("Client;Ville;Secteur", "accounts"),
        ("Azienda;Città;Settore", "accounts"),
        ("Empresa;País", "accounts"),
        ("Vorname;Nachname;Firma;E-Mail;Telefon", "contacts"),
        ("Nom;Prénom;E-mail;Téléphone;Société;Fonction", "contacts"),
        ("Customer;Contact;Email;Phone", "contacts"),
        ("Nombre;Apellidos;Empresa;Correo electrónico;Cargo", "contacts"),
        ("Cliente;Fecha;Tipo;Notas", "activities"),
        ("Datum;Kunde;Art;Bemerkungen;Ort", "activities"),
        ("Name;Email;Company;Status", "leads"),
        ("KundenNr;Firma;Typ;Postleitzahl;Ort;Telefon;Webseite;Betreuer;Bemerkungen", "accounts"),
        ("Datum;Firma;Typ;PLZ;Ort;Telefon;Betreuer;Bemerkungen", "activities"),
        ("Angebotsnr;Datum;Kunde;Gegenstand;Summe;Status;Gültig bis", "deals"),
        ("N° devis;Date;Client;Objet;Montant;Statut", "deals"),
        ("De;Para;Fecha;Asunto;Texto", "activities"),
        ("Von;An;Datum;Betreff;Text", "activities"),
    ],
)
def test_a_list_is_known_by_its_headings(header: str, record: str) -> None:
    assert columns().recognise(heads(header)).record == record


@pytest.mark.parametrize("header", ["date;client;ville;note", "Datum;Kunde;Ort;Notiz", "Firma"])
def test_a_journal_without_its_kinds_is_no_list_of_companies(header: str) -> None:
    with pytest.raises(BadFile):
        columns().recognise(heads(header))


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Name;Vorname;E-Mail", "Quarry;Judith;q@tanner.example", "Judith Quarry"),
        ("Name;Vorname;E-Mail", "Dr. Judith Quarry;Judith;q@tanner.example", "Dr. Judith Quarry"),
        ("Nom;Prénom;Courriel", "Quarry;Judith;q@tanner.example", "Judith Quarry"),
        ("Nom;Téléphone", "Judith Quarry;0", "Judith Quarry"),
    ],
)
def test_a_last_name_gets_its_first_one(header: str, row: str, name: str, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    ingest(file, store)
    assert [c.name for c in Book.read(store).contacts] == [name]
