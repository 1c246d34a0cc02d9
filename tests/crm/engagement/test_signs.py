"""What a reader is shown of what the small model went by."""

import re
from pathlib import Path

import pytest

from crm.common_words import common_words, stop_words
from crm.engagement.learned import LearnedJudge
from crm.engagement.phrase_finder import lexicon
from crm.engagement.signs import concept, told
from crm.engagement.training_rows import Material
from crm.nouns import Activity
from tests.crm.engagement.looking import LABELLED, record

NOTE = record("call", "Call Ana", "Nous avons préparé une réunion. Left a voicemail, the one we planned to leave.")


def shown(activity: Activity, *columns: str, most: int = 3) -> list[str]:
    return [words for words, _ in told([(name, 1.0) for name in columns], activity, lexicon(), most)]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("n_prepa", ["“préparé”"]),
        ("n_plann", ["“planned”"]),
        ("n_left a", []),
        ("n_a voice", ["“a voicemail”"]),
        ("n_reuni left", []),  # another sentence begins between the two
        ("n_plan", []),  # a whole word of four letters, which stands nowhere
        ("n_the", []),
        ("n_avons prepa", ["“avons préparé”"]),
        ("n_start", []),
        ("=prepa", []),
        ("#us_words", []),
        ("note:no:reached", ["the person was reached or picked up (denied)"]),
        ("call|^voicemail", ["voicemail or an answering machine took the call"]),
    ],
)
def test_whole_words_of_the_record_or_what_a_concept_says(column: str, words: list[str]) -> None:
    assert shown(NOTE, column) == words


def test_a_word_is_shown_once_and_no_more_signs_than_asked_for() -> None:
    assert shown(NOTE, "n_voice", "n_a voice", "s_voice", "n_prepa", "n_plann", most=2) == ["“voicemail”", "“préparé”"]
    assert shown(record("task", "Blue", "", outcome="NOT_STARTED"), "o_not start", "o_start") == ["“NOT_STARTED”"]


def test_every_reason_of_the_model_shows_nothing_but_what_stands_there(learned: Path) -> None:
    judge = LearnedJudge.ready(Material(LABELLED, learned))
    notes = ["Prepare the discussion for Colin", "conversation lost, called them back", "Relance, rien reçu à ce jour"]
    for note in notes:
        verdict = judge.judge([record("task", "Next week", note)])[0]
        assert verdict is not None
        for quoted in re.findall("“(.+?)”", verdict.because):
            assert re.search(rf"\b{re.escape(quoted)}\b", f"Next week\n{note}")
            assert set(quoted.lower().split()) - stop_words() - common_words()


def test_of_two_things_heard_the_second_is_said_as_it_was_heard() -> None:
    says = lexicon().says
    assert concept("call|spoke>no:met", lexicon()) == f"{says['met']} (denied)"
    assert concept("no:spoke>gatekeeper", lexicon()) == says["gatekeeper"]
    assert concept("rule:voicemail", lexicon()) == ""
