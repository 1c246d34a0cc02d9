import pytest

from crm.common_words import common_words, stop_words
from retrieval.words import MOST_TERMS, fold, read


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("What did they say about the price?", ("price",)),
        ("Qu'est-ce qu'ils ont dit sur le prix ?", ("prix",)),
        ("Was hat der Werkleiter über die Straße gesagt", ("werkleiter", "straße")),
        ("¿Qué dijo el director del almacén?", ("director", "almacen")),
        ("cosa ha detto il magazzino", ("magazzino",)),
        ("o que disse a cooperativa", ("cooperativa",)),
        ("wat zei de klant over het dak", ("klant", "dak")),
        ("co powiedział klient o dachu", ("powiedział", "klient", "dachu")),
        ("the who", ("the", "who")),
        ("PRICE price Price", ("price",)),
        ("?!", ()),
    ],
)
def test_words_that_say_something_are_kept(typed: str, terms: tuple[str, ...]) -> None:
    assert read(typed).terms == terms


@pytest.mark.parametrize(
    ("typed", "needles"),
    [
        ("what is INV-20855 about", ("INV-20855",)),
        ("mails to dan.strand@arrowhead.example?", ("dan.strand@arrowhead.example",)),
        ("activity 5123456", ("5123456",)),
        ("show demo:100234.", ("demo:100234",)),
        ("since 2025-03-01, at 10:30 or 10:30am, in Q3 2017", ()),
        ("80k for 2,000 users and 12.5k more", ()),
        ("on 11/14/2024 at the plant", ()),
    ],
)
def test_ids_addresses_and_codes_are_needles(typed: str, needles: tuple[str, ...]) -> None:
    assert read(typed).needles == needles


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ('who said "too expensive"?', ("too expensive",)),
        ("who said “too expensive”?", ("too expensive",)),
        ("wer sagte „zu teuer“?", ("zu teuer",)),
        ("qui a dit « trop cher » ?", (" trop cher ",)),
        ('an unclosed "quote', ()),
        ('one "word"', ()),
        ("the customer's and the rep's", ()),
    ],
)
def test_quotes_make_phrases(typed: str, phrases: tuple[str, ...]) -> None:
    assert read(typed).phrases == phrases


def test_only_a_code_is_only_a_needle() -> None:
    assert read("INV-20855?").only_needles
    assert not read("invoice INV-20855?").only_needles
    assert not read("invoice").only_needles


def test_a_page_of_text_is_read_from_its_top() -> None:
    words = read(" ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(600)))
    assert len(words.terms) == MOST_TERMS
    assert words.terms[0] == "wordaa"


def test_accents_fold_as_in_full_text() -> None:
    assert fold("Ålgård ÉLEVÉ Straße Łódź が") == "algard eleve straße łodz が"


def test_stop_words_are_folded_themselves() -> None:
    assert all(fold(word) == word for word in stop_words())
    assert {"the", "les", "und", "los", "che", "nao", "het", "ktory"} <= stop_words()


def test_common_words_are_folded_themselves() -> None:
    assert all(fold(word) == word for word in common_words())
    assert {"happened", "toujours", "passiert", "siempre"} <= common_words()
    assert not common_words() & stop_words()
