"""Questions typed in a hurry."""

import pytest

from agents.reading.language import language_after
from agents.reading.shorthand import written_out


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("hey whats going on w larkspur", "en", "what is going on w larkspur"),
        ("thx. whats my pipeline looking like", "en", "what is my pipeline looking like"),
        ("ok", "en", "ok"),
        ("pk tu dis ça", "fr", "pourquoi tu dis ça"),
        ("plus court stp", "fr", "plus court"),
        ("und wie siehts bei elmhurst aus", "de", "und wie sieht es bei elmhurst aus"),
        ("what did R&U say", "en", "what did R&U say"),
        ("mail u@x.example", "en", "mail u@x.example"),
        ("u said:\nu are late", "en", "u said:\nu are late"),
        ("wo ist u", "de", "wo ist u"),
    ],
)
def test_shortened_words_and_courtesies(typed: str, language: str, meant: str) -> None:
    assert written_out(typed, language) == meant


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("y en agosto?", "es", "es"),
        ("y en agosto?", "fr", "fr"),
        ("Riedmann?", "de", "de"),
        ("what did they say about the price", "de", "en"),
        ("was haben sie zum Preis gesagt", "en", "de"),
    ],
)
def test_what_gives_too_little_away_stays_in_the_language_before(text: str, before: str, language: str) -> None:
    assert language_after(text, before) == language
