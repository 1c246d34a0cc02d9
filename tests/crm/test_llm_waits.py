"""A busy model is waited for as long as it asks, while somebody can wait; a second model answers when it cannot."""

from dataclasses import replace

import pytest
from pydantic import BaseModel

from crm.errors import LLMTrouble
from crm.llm import Call, ChatModel, Falling, open_llm
from crm.llm.chat import HURRIED_S, PATIENT_S, SOON_S
from tests.gemini_server import GeminiServer, Reply, breaks_off, fails, says, stalls


class Vote(BaseModel):
    label: str


VOTE = says('{"label": "ND"}')


def at(url: str, waited: list[float], name: str = "gemini-test", retries: int = 1) -> ChatModel:
    return replace(open_llm(f"google_genai:{name}", "key", url, 10, retries), rest=waited.append)


@pytest.mark.parametrize(
    ("retry", "seconds"),
    [("3s", 3.0), ("0.25s", 0.25), ("2", 2.0), ("", SOON_S)],
    ids=["body", "parts", "header", "none"],
)
def test_the_delay_that_the_vendor_asks_for_is_honoured(retry: str, seconds: float) -> None:
    waited: list[float] = []
    with GeminiServer(fails(429, retry), says("Back again.")) as gemini:
        assert "".join(at(gemini.url, waited).stream("Hello")) == "Back again."
        gemini.play(fails(429, retry), VOTE)
        assert at(gemini.url, waited).fill("Judge.", Vote) == Vote(label="ND")
    assert waited == [seconds, seconds]


def test_words_wait_less_long_than_verdicts() -> None:
    waited: list[float] = []
    long = f"{int(HURRIED_S) + 1}s"
    with GeminiServer(fails(429, long), VOTE) as gemini:
        with pytest.raises(LLMTrouble, match="too many requests") as trouble:
            list(at(gemini.url, waited).stream("Hello"))
        assert trouble.value.wait_s == HURRIED_S + 1
        gemini.play(fails(429, long), VOTE)
        assert at(gemini.url, waited).fill("Judge.", Vote) == Vote(label="ND")
        gemini.play(fails(429, f"{int(PATIENT_S) + 40}s"))
        with pytest.raises(LLMTrouble) as trouble:
            at(gemini.url, waited).fill("Judge.", Vote)
    assert trouble.value.wait_s == PATIENT_S + 40
    assert waited == [HURRIED_S + 1]


@pytest.mark.parametrize("reply", [fails(403), fails(404), Reply(finish="SAFETY"), Reply(raw="{x")])
def test_what_will_not_pass_is_not_tried_again(reply: Reply) -> None:
    waited: list[float] = []
    with GeminiServer(reply) as gemini:
        with pytest.raises(LLMTrouble):
            list(at(gemini.url, waited).stream("Hello"))
        assert (len(gemini.asked), waited) == (1, [])


def test_tokens_are_counted_of_both_kinds_of_request() -> None:
    with GeminiServer(says("Two words.")) as gemini:
        call = Call("ask_history")
        list(at(gemini.url, []).stream("Hello", call))
        assert (call.model, call.tokens_in, call.tokens_out) == ("google_genai:gemini-test", 10, 5)
        gemini.play(VOTE)
        at(gemini.url, []).fill("Judge.", Vote, call)
    assert (call.tokens_in, call.tokens_out) == (20, 10)


def test_a_broken_stream_is_counted_too() -> None:
    with GeminiServer(breaks_off("Half an answer ")) as gemini:
        call = Call()
        with pytest.raises(LLMTrouble):
            list(at(gemini.url, []).stream("Hello there, who wrote?", call))
    assert call.tokens_in > 0
    assert call.tokens_out > 0


def falling(first: GeminiServer, second: GeminiServer, timeout_s: float = 10.0) -> Falling:
    return Falling(
        replace(at(first.url, [], "one", 0), timeout_s=timeout_s)
        if timeout_s == 10.0
        else open_llm("google_genai:one", "key", first.url, timeout_s, 0),
        at(second.url, [], "two", 0),
    )


@pytest.mark.parametrize("reply", [fails(500), fails(429, "60s"), fails(404), Reply(finish="SAFETY"), Reply()])
def test_the_second_model_answers_when_the_first_does_not(reply: Reply) -> None:
    with GeminiServer(reply) as first, GeminiServer(says("From the second.")) as second:
        call = Call()
        assert "".join(falling(first, second).stream("Hello", call)) == "From the second."
        assert call.model == "google_genai:two"
        assert call.notes[0].startswith("google_genai:one ")
        assert call.notes[0].endswith("google_genai:two answered instead.")
        assert first.prompts == second.prompts == ["Hello"]


def test_the_second_model_answers_when_the_first_is_silent() -> None:
    with GeminiServer(stalls()) as first, GeminiServer(VOTE) as second:
        call = Call()
        assert falling(first, second, 0.6).fill("Judge.", Vote, call) == Vote(label="ND")
    assert call.model == "google_genai:two"
    assert "took too long" in call.notes[0]


def test_both_on_one_server_by_their_names() -> None:
    with GeminiServer(fails(404), says("Newer.")) as gemini:
        llm = Falling(at(gemini.url, [], "old"), at(gemini.url, [], "new"))
        assert "".join(llm.stream("Hello")) == "Newer."
        assert [path.split("/")[-1].split(":")[0] for path in gemini.paths] == ["old", "new"]


def test_words_that_came_are_never_mixed_with_another_model_s() -> None:
    with GeminiServer(breaks_off("Half an")) as first, GeminiServer(says("No.")) as second:
        came: list[str] = []
        with pytest.raises(LLMTrouble):
            came.extend(falling(first, second).stream("Hello"))
        assert "".join(came) == "Half an"
        assert second.asked == []


def test_a_form_filled_wrongly_is_the_asker_s_to_mend() -> None:
    with GeminiServer(says("no form")) as first, GeminiServer(VOTE) as second:
        with pytest.raises(LLMTrouble, match="cannot be read"):
            falling(first, second).fill("Judge.", Vote)
        assert second.asked == []


def test_when_both_fail_it_is_the_second_that_is_told() -> None:
    with (
        GeminiServer(fails(500)) as first,
        GeminiServer(fails(403)) as second,
        pytest.raises(LLMTrouble, match="google_genai:two refused the key"),
    ):
        list(falling(first, second).stream("Hello"))
