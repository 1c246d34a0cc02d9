"""What leaves the house when a model is in use: the demo's own people, searched for in every byte that was sent."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crm.engagement.verdict_cache import RememberedJudge
from crm.errors import BadSetting
from crm.records.model_calls import spent_on
from house import House
from settings import Settings
from tests.four_accounts import build
from tests.gemini_server import GeminiServer, Reply, fails, says
from wiring_llm import budget_told, masking_told

QUESTIONS = (
    "Give me a summary of Norvik Maritime",
    "What did Sigrid Aas say about price?",
    "Draft a follow-up email to Norvik Maritime",
    "When did we last really talk to Transports Verdier?",
)
MODEL = "google_genai:gemini-3.5-flash-lite"


def open_house(folder: Path, learned: Path, gemini: GeminiServer, **more: object) -> House:
    told = {"data_dir": learned, "database_url": f"sqlite:///{folder / 'crm.sqlite'}", "demo": False}
    told |= {"llm": MODEL, "GOOGLE_API_KEY": "key", "llm_base_url": gemini.url}
    return House(Settings.model_validate({**told, **more}))


class Talker(GeminiServer):
    """Plays its replies to whoever wants words; fills no form, so that no verdict comes from it."""

    def next(self, path: str, body: Mapping[str, Any]) -> Reply:
        if ":streamGenerateContent" in path:
            return super().next(path, body)
        return fails(404)


DOUBTFUL = {  # no judge is sure of it, so that a model would be asked
    "hs_object_id": 1900,
    "crm_subject": "Norvik",
    "crm_description": "heard that price comes first, then dates",
    "crm_subtype": "Call",
    "activity_date": "2026-11-02 09:00",
    "account": "Norvik Maritime",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path).store.engine.dispose()
    return tmp_path


@pytest.fixture
def gemini() -> Iterator[Talker]:
    with Talker(says("They talk to us [1].")) as server:
        yield server


def test_no_name_address_number_or_link_of_anybody_leaves(folder: Path, learned: Path, gemini: Talker) -> None:
    house = open_house(folder, learned, gemini)
    for question in QUESTIONS:
        house.ask(question)
    people = {c.name for c in house.book.contacts} | {r.name for r in house.book.reps}
    mails = {c.email for c in house.book.contacts} | {r.email for r in house.book.reps}
    companies = {word for a in house.book.accounts for word in a.name.split()}
    house.close()
    sent = gemini.raw.decode()
    assert len(gemini.asked) == len(QUESTIONS)
    assert len(people) > 5
    assert [p for p in people if p in sent] == []
    parts = {part for p in people for part in p.split() if len(part) > 3} - companies
    assert [part for part in parts if part in sent] == []
    assert [m for m in mails if m and m in sent] == []
    assert "@" not in sent
    assert "http" not in sent
    assert "PERSON1" in sent
    assert "[them, PERSON" in sent or 'who=\\"PERSON' in sent


def test_the_answer_has_the_real_names_again(folder: Path, learned: Path, gemini: Talker) -> None:
    gemini.play(Reply(("PERS", "ON1 talks to us [1]", ".")))
    house = open_house(folder, learned, gemini)
    answer = house.ask(QUESTIONS[1])
    house.close()
    assert "Sigrid Aas talks to us" in answer.text
    assert "PERSON" not in answer.text


def test_masking_can_be_switched_off_and_is_told(folder: Path, learned: Path, gemini: Talker) -> None:
    house = open_house(folder, learned, gemini, mask="off")
    house.ask(QUESTIONS[1])
    told = masking_told(house.settings, house.llm, house.names)
    house.close()
    assert "Sigrid Aas" in gemini.raw.decode()
    assert told.startswith("CRM_MASK=off: names")


def test_nothing_is_sent_when_no_model_is_wanted(folder: Path, learned: Path, gemini: Talker) -> None:
    house = open_house(folder, learned, gemini, llm="none")
    for question in QUESTIONS:
        assert house.ask(question).text
    told = masking_told(house.settings, house.llm, house.names)
    house.close()
    assert (gemini.raw, told) == (b"", "nothing is sent to a model")


def test_the_steps_show_tokens_and_cost_and_a_repeated_question_costs_nothing(
    folder: Path, learned: Path, gemini: Talker
) -> None:
    house = open_house(folder, learned, gemini)
    answers = [house.ask(QUESTIONS[0]), house.ask(QUESTIONS[0])]
    today, told = spent_on(house.store, datetime.now(UTC).date()), budget_told(house.settings, house.store)
    house.close()
    first, again = (next(s.detail for s in a.steps if s.name == "Write") for a in answers)
    assert first == f"account_summary; {MODEL}: 10 tokens in, 5 out, $0.0000"
    assert again == f"account_summary; {MODEL}: remembered, nothing was sent"
    assert (today.tokens_in, today.tokens_out) == (10, 5)
    assert "10 tokens in and 5 out" in told


def test_a_spent_budget_leaves_the_templates_and_says_so(tmp_path: Path, learned: Path, gemini: Talker) -> None:
    build(tmp_path, [DOUBTFUL]).store.engine.dispose()
    house = open_house(tmp_path, learned, gemini, budget=0.00001)
    answer = house.ask(QUESTIONS[0])
    trouble = [judge.trouble for judge in house.cascade.judges if isinstance(judge, RememberedJudge)]
    house.close()
    assert gemini.raw == b""
    assert answer.text.startswith("### Norvik Maritime")
    assert "budget for models is spent" in answer.notices[0]
    assert "written from a template" in answer.notices[0]
    assert "budget for models is spent" in trouble[0]


def test_a_budget_needs_a_price(folder: Path, learned: Path, gemini: Talker) -> None:
    house = open_house(folder, learned, gemini, llm="google_genai:gemini-unpriced", budget=1)
    with pytest.raises(BadSetting, match="it has no price"):
        house.ask(QUESTIONS[0])
    house.close()


def test_the_second_model_s_answer_says_that_it_is_one(folder: Path, learned: Path, gemini: Talker) -> None:
    gemini.play(fails(404), says("They talk to us [1]."))
    house = open_house(folder, learned, gemini, llm_fallback="google_genai:gemini-3.8-flash")
    answer = house.ask(QUESTIONS[0])
    house.close()
    assert answer.text == "They talk to us [1]."
    assert any(n.endswith("google_genai:gemini-3.8-flash answered instead.") for n in answer.notices)
