"""The language of a question, from its small words."""

import pytest

from agents.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("did they answer since March", "en"),
        ("number of calls per month", "en"),
        ("summarise Química Robles", "en"),
        ("resume Química Robles", "es"),
        ("résume Robles", "fr"),
        ("avons-nous eu une réponse de leur part", "fr"),
        ("wann haben wir zuletzt mit ihnen gesprochen", "de"),
        ("¿quién nos contestó el mes pasado?", "es"),
        ("cosa ha detto il cliente sul prezzo", "it"),
        ("o que disse o cliente sobre o prazo", "pt"),
        ("wat zei de klant over de planning", "nl"),
        ("Was will Norvik?", "de"),
        ("will it be what was promised", "en"),
        ("", "en"),
        ("Norvik", "en"),
    ],
)
def test_small_words_give_the_language_away(text: str, language: str) -> None:
    assert language_of(text) == language
