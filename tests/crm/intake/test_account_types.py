"""Each source's column for what an account is to us, in the languages of whoever exports."""

from pathlib import Path

import pytest

from crm.intake.ingest import ingest
from crm.records.book import Book
from crm.records.store import Store


def imported(text: str, folder: Path) -> dict[str, str]:
    file, store = folder / "accounts.csv", Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    file.write_text(text, encoding="utf-8")
    ingest(file, store)
    found = {a.name: a.type for a in Book.read(store).accounts}
    store.engine.dispose()
    return found


@pytest.mark.parametrize(
    "head",
    [
        "Id,Name,Type,Website,BillingCountry",
        "hs_object_id,name,type,domain,country",
        "Record ID,Company name,Lifecycle Stage,Company Domain Name,Country/Region",
        "Organization - ID,Organization - Name,Organization - Label,Organization - Website,Organization - Country",
        "Organisation - ID,Organisation - Name,Organisation - Etikett,Organisation - Webseite,Organisation - Land",
        "Organisation - ID,Organisation - Nom,Organisation - Étiquettes,Organisation - Site web,Organisation - Pays",
        "Organización - ID,Organización - Nombre,Organización - Etiqueta,Organización - Sitio web,Organización - País",
        "account_id,company,Customer type,website,country",
        "Kundennummer,Firma,Kategorie,Webseite,Land",
        "Kundennr,Firmenname,Status,Webseite,Ort",
        "Code client,Raison sociale,Type de client,Site web,Pays",
        "Código de cliente,Empresa,Tipo de cliente,Sitio web,País",
        "Codice cliente,Ragione sociale,Tipologia,Sito web,Paese",
    ],
)
def test_the_column_is_known(head: str, tmp_path: Path) -> None:
    rows = "1,Quarry Works,Customer -  Direct,quarry.example,Norway\n2,Tanner Supplies,,tanner.example,France\n"
    assert imported(f"{head}\n{rows}", tmp_path) == {"Quarry Works": "Customer - Direct", "Tanner Supplies": ""}


def test_of_two_columns_the_empty_one_gives_way(tmp_path: Path) -> None:
    head = "Record ID,Company name,Type,Lifecycle Stage,Company Domain Name"
    rows = "1,Quarry Works,,Customer,quarry.example\n2,Tanner Supplies,Vendor,Other,tanner.example\n"
    assert imported(f"{head}\n{rows}", tmp_path) == {"Quarry Works": "Customer", "Tanner Supplies": "Vendor"}
