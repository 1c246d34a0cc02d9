"""Figures of accounts of some types: "open deals of prospects", "only customers, no suppliers", "accounts per type"."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame_words import in_words
from crm.insight.read import FigureReader, Refused
from crm.records.store import Store
from tests.four_accounts import PLAYBOOK
from tests.typed_accounts import opened

NO_SUCH = "no account here is of the type “competitors”; the types are: Customer - Channel, Customer - Direct, Prospect"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(tmp_path_factory.mktemp("typed"))
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def reader(store: Store) -> FigureReader:
    return FigureReader.over(store, PLAYBOOK)


def figures(reader: FigureReader, store: Store, question: str) -> dict[str, float]:
    frame = reader.read(question)
    assert not isinstance(frame, Refused), (question, frame.because)
    return {row.name: row.value for row in compute(store, frame).rows}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many accounts do we have?", 8),
        ("how many customers do we have?", 3),
        ("how many prospects do we have?", 2),
        ("how many accounts, only customers, no suppliers?", 3),
        ("how many accounts except suppliers?", 7),
        ("how many accounts are not suppliers?", 7),
        ("open deals of prospects", 2),
        ("total value of open deals of prospects", 2400),
        ("open deals of Customer - Direct accounts", 1),
        ("how many emails did we send to customers?", 3),
        ("how many customers did we mail but never hear from?", 2),
        ("how many open deals, only customers and prospects?", 3),
        ("wie viele Kunden haben wir?", 3),
        ("wie viele offene Deals, nur Interessenten, keine Lieferanten?", 2),
        ("combien de clients avons-nous ?", 3),
        ("combien d'affaires ouvertes, seulement les clients, pas les fournisseurs ?", 1),
        ("¿cuántos clientes tenemos?", 3),
        ("¿cuántos negocios abiertos, solo clientes, sin proveedores?", 1),
        ("quanti clienti abbiamo?", 3),
        ("quante trattative aperte, solo clienti, non fornitori?", 1),
        ("quantos clientes temos?", 3),
        ("quantos negócios abertos, só clientes, sem fornecedores?", 1),
    ],
)
def test_only_accounts_of_the_types_count(reader: FigureReader, store: Store, question: str, expected: float) -> None:
    assert sum(figures(reader, store, question).values()) == expected


@pytest.mark.parametrize(
    "question",
    [
        "how many accounts per account type?",
        "accounts by type",
        "Firmen nach Kundentyp",
        "comptes par type de client",
        "cuentas por tipo de cuenta",
        "aziende per tipo di cliente",
        "contas por tipo de conta",
    ],
)
def test_accounts_are_counted_by_type(reader: FigureReader, store: Store, question: str) -> None:
    told = {"Customer - Direct": 2, "Customer - Channel": 1, "Prospect": 2, "Supplier": 1, "Technology Partner": 1}
    assert figures(reader, store, question) == told


def test_deals_are_summed_by_the_type_of_their_account(reader: FigureReader, store: Store) -> None:
    told = figures(reader, store, "value of open deals by account type")
    assert told == {"Customer - Direct": 200, "Prospect": 2400, "Technology Partner": 6400}


def test_types_that_stand_beside_each_other_have_a_row_each(reader: FigureReader, store: Store) -> None:
    assert figures(reader, store, "open deals of prospects versus partners") == {"Prospect": 2, "Technology Partner": 1}


def test_a_type_that_no_account_has_is_refused_with_those_there_are(reader: FigureReader) -> None:
    refused = reader.read("how many competitors do we have?")
    assert isinstance(refused, Refused)
    assert refused.because.startswith(NO_SUCH)


def test_a_follow_up_narrows_the_figure_before(reader: FigureReader, store: Store) -> None:
    frame = reader.read("how many open deals?")
    assert not isinstance(frame, Refused)
    changed = reader.refine(frame, "only customers, no suppliers")
    assert changed is not None
    assert in_words(changed).endswith("account type Customer - Channel or Customer - Direct")
    again = reader.refine(changed, "nur Interessenten")
    assert again is not None
    assert sum(row.value for row in compute(store, again).rows) == 2


def test_what_somebody_has_or_speaks_about_is_no_type_of_account(reader: FigureReader) -> None:
    for question in ("which accounts spoke about partners", "their suppliers", "customer satisfaction"):
        assert not reader.types.asked(question)


def test_where_no_account_has_a_type_customers_are_accounts(tmp_path: Path) -> None:
    plain = opened(tmp_path, typed=False)
    reader = FigureReader.over(plain, PLAYBOOK)
    for question in (
        "how many customers do we have?",
        "wie viele Kunden haben wir?",
        "combien de clients avons-nous ?",
    ):
        assert sum(figures(reader, plain, question).values()) == 8
    assert "How many accounts per account type?" not in reader.examples
    plain.engine.dispose()
