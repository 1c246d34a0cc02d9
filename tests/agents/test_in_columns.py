"""Which records hold a value, asked in the chat: a region, or what stands under a heading that nobody foresaw."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.in_columns import Held, held, in_columns, value_asked
from crm.intake.ingest import Plan, ingest
from crm.nouns import Question
from crm.writing import TemplateWriter
from tests import four_accounts as small
from tests.four_accounts import PLAYBOOK, told
from tests.whole import assistant

CUSTOMERS = """Customer name,Country,County,Segment,Account manager
Quarry Stone Works,Ireland,Co. Westmeath,Builders,Hanna Lindqvist
Old Mill Foods,Ireland,Westmeath,Food,Hanna Lindqvist
Harbour Rope,Ireland,Galway,Shipping,Claire Dumont
Prairie Grain,US West,,Food,Claire Dumont
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("which customers are in Westmeath?", ("westmeath",)),
        ("how many accounts are in county Westmeath", ("westmeath",)),
        ("quels clients sont en Westmeath ?", ("westmeath",)),
        ("welche Kunden sind in Westmeath?", ("westmeath",)),
        ("¿qué clientes hay en Westmeath?", ("westmeath",)),
        ("quali clienti sono in Westmeath?", ("westmeath",)),
        ("que clientes há em Westmeath?", ("westmeath",)),
        ("which customers are in the US?", ("us",)),
        ("which customers are with us?", ()),
        ("which leads are hot?", ()),
        ("which customers are there?", ()),
        ("Westmeath", ()),
        ("which customers complained about the late delivery of gates?", ()),
    ],
)
def test_what_is_left_of_a_list_is_the_value(text: str, said: tuple[str, ...]) -> None:
    assert value_asked(text) == said


@pytest.fixture(scope="module")
def irish(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    folder = tmp_path_factory.mktemp("irish")
    opened = small.build(folder)
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    ingest(folder / "customers.csv", opened.store, Plan(source="csv", kind="accounts"))
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


@pytest.fixture(scope="module")
def house(irish: Toolbox, learned: Path) -> Assistant:
    return assistant(irish, TemplateWriter(PLAYBOOK), learned)


def listed(tools: Toolbox, text: str, language: str = "en") -> str:
    return told(in_columns(Question(text, language=language), held(text, tools), tools), tools)


def test_a_column_of_any_heading_is_looked_through(irish: Toolbox) -> None:
    text = listed(irish, "which customers are in Westmeath?")
    assert text.startswith("**“Co. Westmeath” / “Westmeath” in the column “County”: 2 of 9 accounts**")
    assert "- Quarry Stone Works\n- Old Mill Foods" in text
    assert "No field of the CRM was made of the column “County”" in text


def test_words_of_the_heading_are_no_value(irish: Toolbox) -> None:
    (found,) = held("clients of the Builders segment", irish)
    assert (found.column, found.names) == ("Segment", ("Quarry Stone Works",))


def test_a_region_is_a_field_of_the_crm(irish: Toolbox) -> None:
    text = listed(irish, "which accounts are in Ireland?")
    assert text.startswith("**“Ireland” in the field “region”: 3 of 9 accounts**")
    assert "No field" not in text


def test_the_kind_that_is_named_comes_first_then_any(irish: Toolbox) -> None:
    assert {one.kind for one in held("which leads are in Ancona?", irish)} == {"leads"}
    assert {one.kind for one in held("which customers are in Ancona?", irish)} == {"leads"}
    assert held("which customers are in Kerry?", irish) == []


def test_a_long_list_tells_how_many_more(irish: Toolbox) -> None:
    found = Held("accounts", "County", False, ("Galway",), ("Harbour Rope",), 12, 40, 11)
    text = told(in_columns(Question("customers in Galway"), [found], irish), irish)
    assert "12 of 40 accounts" in text
    assert "and 11 more" in text


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "it"])
def test_every_language_lists_them(irish: Toolbox, language: str) -> None:
    text = listed(irish, "which customers are in Westmeath?", language)
    assert "Old Mill Foods" in text
    assert "in the column" not in text


@pytest.mark.parametrize(
    "text", ["Which customers are in Westmeath?", "Customers in Westmeath", "Welche Kunden sind in Westmeath?"]
)
def test_asked_in_the_chat_they_are_listed(house: Assistant, text: str) -> None:
    *_, answer = house.turn(Question(text))
    assert "Quarry Stone Works" in answer.text
    assert "Harbour Rope" not in answer.text


def test_what_a_figure_can_tell_stays_a_figure(house: Assistant) -> None:
    *_, answer = house.turn(Question("how many accounts are in Ireland?"))
    assert "Understood as: number of accounts, account region Ireland" in answer.text
