"""The real client against a loopback server that speaks Gemini's protocol."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from crm.errors import LLMTrouble
from crm.llm import LLM, open_llm
from crm.records.reply_cache import Remembering
from crm.records.reply_cache_store import StoreReplies
from crm.records.store import Store
from tests.gemini_server import GeminiServer, Reply, breaks_off, fails, patience, says, stalls


class Vote(BaseModel):
    label: str
    confidence: float


def llm_at(url: str, retries: int = 0, timeout_s: float = 10.0) -> LLM:
    return open_llm("google_genai:gemini-test", "key", url, timeout_s, retries)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def kept(store: Store) -> StoreReplies:
    return StoreReplies(store, timedelta(hours=1))


def test_words_stream_and_the_prompt_arrives_as_written() -> None:
    with GeminiServer(says("Sigrid wrote [1] back.")) as gemini:
        pieces = list(llm_at(gemini.url).stream("Say who wrote.\n<record n=1>é</record>"))
    assert pieces == ["Sigrid ", "wrote ", "[1] ", "back."]
    assert gemini.prompts == ["Say who wrote.\n<record n=1>é</record>"]
    assert gemini.paths == ["/v1beta/models/gemini-test:streamGenerateContent?alt=sse"]


def test_a_form_is_filled_and_its_shape_is_sent() -> None:
    with GeminiServer(says('{"label": "ENGAGED", "confidence": 0.9}')) as gemini:
        vote = llm_at(gemini.url).fill("Judge.", Vote)
    assert vote == Vote(label="ENGAGED", confidence=0.9)
    assert set(gemini.asked[0]["generationConfig"]["responseJsonSchema"]["properties"]) == {"label", "confidence"}


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (fails(429), "has had too many requests"),
        (fails(500), "having trouble on its side (error 500)"),
        (fails(503), "having trouble on its side (error 503)"),
        (fails(403), "refused the key"),
        (fails(404), "does not exist"),
        (stalls(), "took too long"),
        (Reply(finish="SAFETY"), "declined to answer (safety)"),
        (Reply(blocked="PROHIBITED_CONTENT"), "declined to answer"),
        (Reply(), "sent an empty answer"),
        (Reply(raw="{nonsense"), "cannot be read"),
    ],
)
def test_each_fault_before_the_first_word_is_a_sentence(reply: Reply, sentence: str) -> None:
    with GeminiServer(reply) as gemini, pytest.raises(LLMTrouble) as trouble:
        list(llm_at(gemini.url, timeout_s=patience(reply)).stream("Hello"))
    assert sentence in str(trouble.value)
    assert str(trouble.value).startswith("google_genai:gemini-test ")


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (stalls("Sigrid wrote"), "took too long"),
        (breaks_off("Sigrid wrote"), "broke off before the end"),
        (Reply(("Sigrid ", "wrote"), finish="MAX_TOKENS"), "stopped at its length limit"),
        (Reply(("Sigrid ", "wrote"), finish="SAFETY"), "declined to answer"),
    ],
)
def test_a_fault_in_the_middle_keeps_the_words_that_came(reply: Reply, sentence: str) -> None:
    came: list[str] = []
    with GeminiServer(reply) as gemini, pytest.raises(LLMTrouble) as trouble:
        came.extend(llm_at(gemini.url, timeout_s=patience(reply)).stream("Hello"))
    assert "".join(came) == "Sigrid wrote"
    assert sentence in str(trouble.value)


def test_nobody_there_is_a_sentence() -> None:
    with GeminiServer(says("x")) as gemini:
        url = gemini.url
    with pytest.raises(LLMTrouble, match="cannot be reached"):
        list(llm_at(url).stream("Hello"))


@pytest.mark.parametrize("text", ["no form at all", '{"label": "ENGAGED", "confidence": "very"}'])
def test_a_form_that_does_not_fit_is_a_sentence(text: str) -> None:
    with GeminiServer(says(text)) as gemini, pytest.raises(LLMTrouble, match="cannot be read"):
        llm_at(gemini.url).fill("Judge.", Vote)


def test_one_more_try_after_a_passing_fault() -> None:
    with GeminiServer(fails(503), says("Back again.")) as gemini:
        assert "".join(llm_at(gemini.url, retries=1).stream("Hello")) == "Back again."
        assert len(gemini.asked) == 2


def test_the_same_prompt_is_asked_once(store: Store) -> None:
    with GeminiServer(says("A remembered answer.")) as gemini:
        llm = Remembering(llm_at(gemini.url), kept(store))
        first, again = "".join(llm.stream("One")), "".join(llm.stream("One"))
        other = "".join(llm.stream("Another"))
    assert first == again == other == "A remembered answer."
    assert gemini.prompts == ["One", "Another"]


def test_a_filled_form_is_remembered_by_its_shape(store: Store) -> None:
    class Other(BaseModel):
        label: str

    with GeminiServer(says('{"label": "ND", "confidence": 0.5}'), says('{"label": "ND"}')) as gemini:
        llm = Remembering(llm_at(gemini.url), kept(store))
        assert llm.fill("Judge.", Vote) == llm.fill("Judge.", Vote) == Vote(label="ND", confidence=0.5)
        assert llm.fill("Judge.", Other) == Other(label="ND")
        assert len(gemini.asked) == 2


def test_an_answer_that_broke_off_is_not_remembered(store: Store) -> None:
    with GeminiServer(breaks_off("Half an"), says("A whole answer.")) as gemini:
        llm = Remembering(llm_at(gemini.url), kept(store))
        with pytest.raises(LLMTrouble):
            list(llm.stream("One"))
        assert "".join(llm.stream("One")) == "A whole answer."
