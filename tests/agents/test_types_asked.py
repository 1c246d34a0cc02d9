"""Which types of accounts a question wants, where the address book has types and where it has none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from agents.assistant import Assistant
from agents.base import Toolbox
from agents.types_asked import UNTYPED, missing_types
from agents.whose_log import territory_asked
from crm.nouns import Answer, Question, Turn
from crm.writing import TemplateWriter
from tests.four_accounts import PLAYBOOK, build, toolbox
from tests.whole import assistant

TYPES = {
    "Norvik Maritime": "Customer - Direct",
    "Brackwater Foods": "Prospect",
    "Transports Verdier": "Customer - Channel",
    "Harbeck Logistics": "Supplier",
    "Harbeck Foods": "Partner",
}
CUSTOMERS = {"Norvik Maritime", "Transports Verdier"}


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    crm = build(tmp_path_factory.mktemp("typed"))
    with crm.store.writing() as connection:
        for name, type_ in TYPES.items():
            connection.execute(
                text("UPDATE accounts SET type = :type WHERE name = :name"), {"type": type_, "name": name}
            )
    yield toolbox(crm, learned)
    crm.store.engine.dispose()


@pytest.fixture(scope="module")
def house(typed: Toolbox, learned: Path) -> Assistant:
    return assistant(typed, TemplateWriter(PLAYBOOK), learned)


def answers(house: Assistant, *questions: str) -> Answer:
    """The answer to the last of them, each asked after those before."""
    history: tuple[Turn, ...] = ()
    for question in questions:
        answer = list(house.turn(Question(question, history)))[-1]
        history = (*history, Turn(question, answer))
    return history[-1].answer


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Which customers went quiet?", CUSTOMERS),
        ("Who answered last quarter? Only customers, no suppliers.", CUSTOMERS),
        ("Which accounts went quiet, except suppliers and partners?", {*CUSTOMERS, "Brackwater Foods"}),
        ("Which of our partners did we never talk to?", {"Harbeck Foods"}),
        ("Welche Kunden haben geantwortet?", CUSTOMERS),
        ("Welche Firmen haben geantwortet, nur Interessenten, keine Lieferanten?", {"Brackwater Foods"}),
        ("Quels clients ont répondu, pas les fournisseurs ?", CUSTOMERS),
        ("¿Qué clientes respondieron, sin proveedores?", CUSTOMERS),
        ("Quali fornitori hanno risposto?", {"Harbeck Logistics"}),
        ("Quais clientes responderam, sem fornecedores?", CUSTOMERS),
        ("Which accounts went quiet?", set(TYPES)),
        ("Which accounts spoke about their suppliers?", set(TYPES)),
    ],
)
def test_the_accounts_that_are_meant(typed: Toolbox, question: str, meant: set[str]) -> None:
    assert {a.name for a in territory_asked(Question(question), typed).accounts} == meant


def test_without_types_customers_are_accounts(tools: Toolbox) -> None:
    for question in ("Which customers went quiet?", "Welche Kunden haben geantwortet?", "Quels clients ont répondu ?"):
        assert len(territory_asked(Question(question), tools).accounts) == len(TYPES)
        assert missing_types(question, tools) == ()


def test_without_types_others_cannot_be_told(tools: Toolbox) -> None:
    said = missing_types("Which suppliers went quiet?", tools)
    assert said == ("The accounts carry no type here, so that “suppliers” cannot be told from the others.",)


def test_a_type_that_no_account_has_is_told_with_those_there_are(typed: Toolbox) -> None:
    (said,) = missing_types("Which competitors went quiet?", typed)
    assert said.startswith("No account here is of the type “competitors”; the types are: Customer - Channel, ")
    assert territory_asked(Question("Which competitors went quiet?"), typed).accounts == ()


def test_the_answer_is_of_these_accounts_and_says_so(house: Assistant) -> None:
    answer = answers(house, "Which customers went quiet, no suppliers?")
    assert answer.route == "engagement_check"
    assert "only accounts of the type: Customer - Channel or Customer - Direct" in answer.text
    assert "Brackwater" not in answer.text


def test_a_follow_up_asks_the_same_of_other_types(house: Assistant) -> None:
    answer = answers(house, "Which customers went quiet?", "only prospects, no suppliers")
    assert "only accounts of the type: Prospect" in answer.text
    assert "Brackwater Foods" in answer.text
    assert "Norvik" not in answer.text


def test_the_last_of_several_follow_ups_counts(house: Assistant) -> None:
    answer = answers(house, "Which customers went quiet?", "only prospects, no suppliers", "and the suppliers?")
    assert "only accounts of the type: Supplier" in answer.text


@pytest.mark.parametrize(
    ("question", "follow_up"),
    [
        ("Welche Firmen sind still geworden?", "nur Interessenten"),
        ("Quels comptes ne répondent plus ?", "seulement les prospects"),
        ("¿Qué cuentas ya no responden?", "solo clientes potenciales"),
        ("Quali clienti non rispondono più?", "solo prospect"),
        ("Quais contas já não respondem?", "só prospects"),
    ],
)
def test_a_follow_up_does_so_in_every_language(house: Assistant, question: str, follow_up: str) -> None:
    text = answers(house, question, follow_up).text
    assert "Prospect" in text
    assert "Brackwater Foods" in text
    assert "Norvik" not in text


def test_a_figure_is_narrowed_by_a_follow_up(house: Assistant) -> None:
    answer = answers(house, "How many open deals do we have?", "only customers, no suppliers")
    assert answer.route == "pipeline_insights"
    assert "account type Customer - Channel or Customer - Direct" in (answer.frame or "")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("How many customers answered last quarter?", 0),
        ("How many customers answered this quarter?", 2),
        ("How many accounts answered this quarter, only prospects, no suppliers?", 0),
        ("Wie viele Kunden haben in diesem Quartal geantwortet?", 2),
        ("Combien de clients ont répondu ce trimestre ?", 2),
        ("¿Cuántos clientes respondieron este trimestre?", 2),
        ("Quanti clienti hanno risposto questo trimestre?", 2),
        ("Quantos clientes responderam este trimestre?", 2),
    ],
)
def test_how_many_of_them_answered_is_a_figure(house: Assistant, question: str, answered: int) -> None:
    answer = answers(house, question)
    assert answer.route == "pipeline_insights"
    assert sum(figure.value for figure in answer.figures) == answered
    assert "account type" in (answer.frame or "")


def test_what_is_searched_for_among_all_accounts_says_so(house: Assistant) -> None:
    assert UNTYPED in answers(house, "Which partners complained about the price?").notices


def test_it_is_not_said_of_one_account(house: Assistant) -> None:
    assert UNTYPED not in answers(house, "What did Norvik say about the price, as a customer?").notices


def test_it_is_not_said_where_we_ask_back(house: Assistant) -> None:
    assert UNTYPED not in answers(house, "Summary of our partners").notices


def test_an_account_without_a_type_is_kept_where_some_are_left_out(typed: Toolbox) -> None:
    untyped = tuple(replace(a, type="") if a.name == "Harbeck Foods" else a for a in typed.book.accounts)
    tools = replace(typed, book=replace(typed.book, accounts=untyped))
    meant = territory_asked(Question("Which accounts went quiet, no suppliers?"), tools).accounts
    assert {a.name for a in meant} == set(TYPES) - {"Harbeck Logistics"}
