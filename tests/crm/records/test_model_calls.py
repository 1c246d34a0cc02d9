"""Every request to a model is on record with what it used, and a day's budget ends cleanly."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from crm.errors import BudgetSpent, LLMTrouble
from crm.llm import Call, open_llm
from crm.prices import Expected, Price, Prices, money
from crm.records.db import model_calls
from crm.records.model_calls import Metered, Used, put_call, spent, spent_on, used
from crm.records.store import Store
from tests.gemini_server import GeminiServer, Reply, breaks_off, fails, says

PLAYBOOK = Path(__file__).parents[3] / "playbook"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DEAR = Price(name="gemini-test", input=10_000, output=40_000)  # 10 in and 5 out: $0.10 + $0.20


class Vote(BaseModel):
    label: str


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def metered(store: Store, gemini: GeminiServer, budget: float = 0.0, at: datetime = NOW) -> Metered:
    llm = open_llm("google_genai:gemini-test", "key", gemini.url, 10, 0)
    return Metered(llm, store, lambda day: DEAR, budget, lambda: at)


def test_a_request_is_on_record_without_a_word_of_it(store: Store) -> None:
    with GeminiServer(says("Sigrid wrote back.")) as gemini:
        call = Call("ask_history")
        list(metered(store, gemini).stream("What did Sigrid say?", call))
    with store.reading() as connection:
        row = dict(connection.execute(select(model_calls)).mappings().one())
    assert row.pop("seconds") > 0
    assert row == {
        "number": 1,
        "at": NOW,
        "task": "ask_history",
        "model": "google_genai:gemini-test",
        "tokens_in": 10,
        "tokens_out": 5,
        "cost": pytest.approx(0.3),
        "outcome": "answered",
    }
    assert call.cost == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("reply", "outcome"), [(fails(500), "failed"), (breaks_off("Half an"), "failed"), (says("no form"), "unreadable")]
)
def test_a_request_that_failed_is_on_record_too(store: Store, reply: Reply, outcome: str) -> None:
    with GeminiServer(reply) as gemini, pytest.raises(LLMTrouble):
        metered(store, gemini).fill("Judge.", Vote) if outcome == "unreadable" else list(
            metered(store, gemini).stream("Hello")
        )
    with store.reading() as connection:
        assert connection.execute(select(model_calls.c.outcome)).scalars().all() == [outcome]


def test_a_budget_stops_before_it_is_overrun_and_the_next_day_goes_on(store: Store) -> None:
    with GeminiServer(says("Fine.")) as gemini:
        llm = metered(store, gemini, budget=0.6)
        for _ in range(2):
            list(llm.stream("Hello"))
        with pytest.raises(BudgetSpent, match=r"\$0\.60 of \$0\.60") as told:
            list(llm.stream("Hello"))
        assert "until tomorrow" in str(told.value)
        assert len(gemini.asked) == 2
        list(metered(store, gemini, 0.6, NOW + timedelta(days=1)).stream("Hello"))
        assert len(gemini.asked) == 3
    day = spent_on(store, NOW.date())
    assert (day.calls, day.tokens_in, day.tokens_out) == (2, 20, 10)
    assert day.dollars == pytest.approx(0.6)
    assert spent(store, NOW).calls == 3


def test_a_prompt_that_alone_would_overrun_the_budget_is_not_sent(store: Store) -> None:
    with GeminiServer(says("Fine.")) as gemini:
        with pytest.raises(BudgetSpent):
            metered(store, gemini, budget=0.6).fill("x" * 400, Vote)
        assert gemini.asked == []


def test_the_price_list_knows_every_model_in_use_and_when_a_price_ends() -> None:
    prices = Prices.read(PLAYBOOK)
    flash = prices.of("google_genai:gemini-3.8-flash", date(2026, 12, 31))
    later = prices.of("google_genai:gemini-3.8-flash", date(2027, 1, 1))
    assert flash is not None
    assert later is not None
    assert (flash.input, later.input) == (0.75, 1.5)
    assert flash.cost(1_000_000, 100_000) == pytest.approx(0.75 + 0.375)
    assert prices.of("openai:unheard-of", date(2026, 12, 1)) is None


def test_what_is_expected_is_told_in_a_sentence() -> None:
    assert Expected("m", 0, 0, 0, 0, 0.0).told() == "Expected: nothing goes to a model."
    told = Expected("google_genai:m", 1200, 67, 90_000, 84_000, 0.237).told()
    assert told == (
        "Expected: about 1,200 records in 67 requests to google_genai:m, 90,000 tokens in and 84,000 out, about $0.24."
    )
    assert "no price is known" in Expected("m", 3, 1, 9, 9, None).told()
    assert [money(d) for d in (0, 0.00072, 0.4, 1234.5)] == ["$0.00", "$0.0007", "$0.40", "$1,234.50"]


def test_what_was_used_is_told_by_day_model_and_task(store: Store) -> None:
    assert used(store) == []
    before = NOW - timedelta(days=1)
    for at, task, outcome in (
        (before, "ask_history", "answered"),
        (NOW, "ask_history", "answered"),
        (NOW, "ask_history", "unreadable"),
        (NOW, "ask_history", "stopped"),
        (NOW, "email_draft", "failed"),
    ):
        put_call(store, at, Call(task, "gemini-test", 10, 5, 0.25), 0.1, outcome)
    assert used(store) == [
        Used(NOW.date(), "gemini-test", "ask_history", 3, 1, 30, 15, 0.75),
        Used(NOW.date(), "gemini-test", "email_draft", 1, 1, 10, 5, 0.25),
        Used(before.date(), "gemini-test", "ask_history", 1, 0, 10, 5, 0.25),
    ]
