from pathlib import Path

import pytest

from crm.errors import BadPlaybook
from crm.nouns import Side
from retrieval.glosses import glosses_of, passage_of
from retrieval.lexicon import FILES, Lexicon, lexicon
from retrieval.passages import Passage
from retrieval.words import language_of, tokens_in


def passage(text: str) -> Passage:
    return Passage(text, Side.THEM, "", None)


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    topics, things, speech = FILES
    (tmp_path / topics).write_text("about: x\nwords:\n  PRICE: price*, Preis*, combien coûte, prix\n", encoding="utf-8")
    (tmp_path / things).write_text(
        "about: x\nwords:\n  TRUCK: truck, Fahrzeug*\n  COLD: cold, kühl*\n", encoding="utf-8"
    )
    (tmp_path / speech).write_text("about: x\nwords:\n  PRICE: tarif*\n", encoding="utf-8")
    return Lexicon.read(tmp_path)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("prices", {"PRICE"}),
        ("preise", {"PRICE"}),
        ("prix", {"PRICE"}),
        ("prixe", set()),
        ("tarife", {"PRICE"}),
        ("truck", {"TRUCK"}),
        ("trucks", set()),
        ("kuhlfahrzeug", {"COLD", "TRUCK"}),
    ],
)
def test_a_word_has_the_names_of_its_entries(small: Lexicon, word: str, names: set[str]) -> None:
    assert small.of_word(word) == names


def test_phrases_are_found_where_they_stand(small: Lexicon) -> None:
    words = tuple(tokens_in("Alors, combien coûte le camion ?"))
    assert list(small.of_phrases(words)) == [(1, 3, "PRICE")]


def test_a_gloss_says_in_english_what_has_a_name_and_keeps_the_rest(small: Lexicon) -> None:
    assert small.gloss("Combien coûte ce Kühlfahrzeug, Herr Dvořák? Und der Preis?") == "price cold herr dvorak"


def test_another_list_is_another_stamp(small: Lexicon, tmp_path: Path) -> None:
    (tmp_path / FILES[0]).write_text("about: x\nwords:\n  PRICE: price*\n", encoding="utf-8")
    assert Lexicon.read(tmp_path).stamp != small.stamp


def test_an_entry_without_letters_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text("about: x\nwords:\n  PRICE: price, '%'\n".replace("'", ""), encoding="utf-8")
    with pytest.raises(BadPlaybook, match="without letters"):
        Lexicon.read(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("too expensive", "das ist uns zu teuer"),
        ("they signed with a competitor", "ha firmado con otro proveedor"),
        ("out of office", "jestem na urlopie"),
        ("the invoice is unpaid", "la facture est impayée"),
        ("left a voicemail", "messaggio in segreteria telefonica"),
        ("works council", "de vakbond wil meepraten"),
        ("the meeting was postponed", "a reunião foi adiada"),
        ("nobody came to the meeting", "niemand ist zum Termin erschienen, nicht gekommen"),
    ],
)
def test_two_languages_meet_at_a_name(one: str, other: str) -> None:
    def names(text: str) -> set[str]:
        words = tuple(tokens_in(text))
        return {n for word in words for n in lexicon().of_word(word)} | {n for *_, n in lexicon().of_phrases(words)}

    assert names(one) & names(other)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We would like to see the price", "en"),
        ("Nous voudrions voir le prix", "fr"),
        ("Wir haben noch kein Angebot von Ihnen", "de"),
        ("INV-20855", ""),
    ],
)
def test_the_language_is_told_by_small_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_only_passages_in_other_languages_are_said_again() -> None:
    passages = (
        passage("Dock gates"),
        passage("We would like to see what the price of it is."),
        passage("Das ist uns viel zu teuer."),
    )
    found = glosses_of(passages)
    assert [gloss.of for gloss in found] == [2]
    assert "expensive" in found[0].text
    assert [passage_of(number, passages) for number in range(4)] == [0, 1, 2, 2]


def named(text: str) -> set[str]:
    words = tuple(tokens_in(text))
    return {n for word in words for n in lexicon().of_word(word)} | {n for *_, n in lexicon().of_phrases(words)}


@pytest.mark.parametrize(
    "text",
    [
        "18,400 is more than we had in mind.",
        "3,200 a year is too much for him.",
        "He would do 2,500.",
        "That is more than we budgeted.",
        "They get it cheaper elsewhere.",
        "We cannot afford it this year.",
        "13 000, c'est trop pour cette année.",
        "Das ist mehr, als wir uns vorgestellt haben.",
        "Er würde 2.500 zahlen.",
        "Es más de lo que teníamos previsto.",
        "È più di quanto avevamo in mente.",
        "É mais do que tínhamos em mente.",
        "Dat is te veel voor ons.",
        "To za dużo dla nas.",
    ],
)
def test_what_is_said_of_an_amount_is_about_the_price(text: str) -> None:
    assert named(text) >= {"PRICE", "EXPENSIVE"}


@pytest.mark.parametrize(
    "text",
    [
        "We take around 18,400 pallets a year.",
        "He would do 2 days a week in Larvik.",
        "The tour took more than we had time for.",
        "There is too much work for one shift.",
        "Meet us on 12 November at gate 4.",
        "Wir haben mehr als 300 Tore.",
    ],
)
def test_a_number_alone_is_no_price(text: str) -> None:
    assert not named(text) & {"PRICE", "EXPENSIVE"}
