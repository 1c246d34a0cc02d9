import pickle

import pytest

from crm.engagement.phrase_finder import LANGUAGES, WORDS, Book, Lexicon, lexicon
from crm.engagement.text_folding import folded, tokens
from crm.playbook import read_yaml

ALL = frozenset(("", *LANGUAGES))


def said(text: str) -> set[str]:
    """What is heard in the languages that the text is written in."""
    heard = lexicon().hear(text)
    found = heard.within(lexicon().languages([heard])).hits
    return {f"no:{hit.concept}" if hit.denied else hit.concept for hit in found}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Left a voicemail for her", "voicemail"),
        ("auf die Mailbox gesprochen", "voicemail"),
        ("j'ai laissé un message sur le répondeur", "voicemail"),
        ("le dejé un mensaje en el contestador", "voicemail"),
        ("ho lasciato un messaggio in segreteria", "voicemail"),
        ("deixei recado na caixa postal", "voicemail"),
        ("heb het antwoordapparaat ingesproken", "voicemail"),
        ("nagrałem się, poczta głosowa", "voicemail"),
        ("nobody picked up", "no_answer"),
        ("il ne décroche pas", "no_answer"),
        ("nicht erreicht, geht nicht ran", "no_answer"),
        ("no contesta", "no_answer"),
        ("non risponde", "no_answer"),
        ("não atendeu", "no_answer"),
        ("geen gehoor", "no_answer"),
        ("nie odbiera", "no_answer"),
        ("eine Stunde mit ihm gesprochen", "spoke"),
        ("nous avons parlé avec le gérant", "spoke"),
        ("hablé con la jefa de compras", "spoke"),
        ("abbiamo parlato con il titolare", "spoke"),
        ("falei com o dono da loja", "spoke"),
        ("ik heb met de eigenaar gesproken", "spoke"),
        ("rozmawiałem z właścicielem firmy", "spoke"),
    ],
)
def test_a_thing_is_heard_in_each_language(text: str, concept: str) -> None:
    assert concept in said(text)


@pytest.mark.parametrize(
    ("text", "heard", "not_heard"),
    [
        ("I reached her", "reached", "no:reached"),
        ("I could not get hold of anybody, never reached her", "no:reached", "reached"),
        ("Not today. Reached her tomorrow", "reached", "no:reached"),
        ("sin haber hablado con nadie", "no:spoke", "spoke"),
        ("zonder dat ik hem heb gesproken", "spoke", "voicemail"),
    ],
)
def test_a_no_before_it_turns_it_around(text: str, heard: str, not_heard: str) -> None:
    assert heard in said(text)
    assert not_heard not in said(text)


def test_a_word_counts_only_in_a_language_of_the_record() -> None:
    # "will" is a plan in English and a wish in German.
    assert "said" not in said("We will try again on Thursday with the new list")
    assert "said" in said("Er will das Angebot bis Freitag, und zwar mit der Wartung")


def test_a_longer_phrase_swallows_the_shorter_one_inside_it() -> None:
    assert "reached" not in said("nobody picked up")
    assert "called_back" in said("he called me back")


def test_a_gap_takes_a_few_words_and_never_crosses_a_sentence() -> None:
    assert "voicemail" in said("left a message")
    assert "voicemail" not in said("left. a message")


@pytest.mark.parametrize(
    "typed",
    [
        "voicemail",
        "VOICEMAIL",
        "voice\u200bmail",
        "vоiсеmаil",  # Cyrillic o, c, e, a
        "voi\u00adcemail",
        "ｖｏｉｃｅｍａｉｌ",
    ],
)
def test_however_it_is_typed_it_is_the_same_word(typed: str) -> None:
    assert tokens(folded(typed)) == ["voicemail"]


def test_short_forms_are_written_out_and_sentences_are_kept_apart() -> None:
    assert tokens(folded("She'll sign, won't she? I’ve asked.")) == [
        "she", "will", "sign", "wont", "she", "|", "i", "have", "asked", "|",
    ]  # fmt: skip


def test_numbers_with_points_stay_whole() -> None:
    assert tokens(folded("at 9.15 on 12/04, n/a")) == ["at", "9.15", "on", "12/04", "n/a"]


def test_a_mixed_record_is_heard_in_both_its_languages() -> None:
    heard = lexicon().hear("talked to Chuy and the crew, dice que si le interesa pero hasta que su patron regrese")
    assert {"en", "es"} <= lexicon().languages([heard])
    assert {"pl", "nl"}.isdisjoint(lexicon().languages([heard]))


def test_without_any_sign_every_language_may_be_meant() -> None:
    assert lexicon().languages([lexicon().hear("voicemail")]) == ALL


def test_another_process_gets_the_phrases_without_what_was_heard() -> None:
    words = Lexicon(read_yaml(WORDS, Book))
    fresh = len(pickle.dumps(words))
    heard = [words.hear(f"no answer, left a voicemail for {number}") for number in range(200)]
    sent = pickle.dumps(words)
    assert len(sent) < fresh * 1.01
    assert pickle.loads(sent).hear("no answer, left a voicemail for 7") == heard[7]  # noqa: S301
