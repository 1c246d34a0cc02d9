import pytest

from agents.numbered_evidence import Exhibits, lines_in, questions_in, sentences_in, telling
from crm.nouns import Activity, Kind, Side

LETTER = """Hanna,

41 is about right for a Thursday. You should see us on a Monday after
a storm.

- Average wait was 3.5 hours in May, said Dr. Roth on 12. November in Larvik.
Can you show me "the gate"? Or not?

Sigrid
"""


def test_what_tells_is_the_sentence_that_says_most() -> None:
    assert telling(LETTER).startswith("Average wait was 3.5 hours in May")
    assert telling(LETTER) in LETTER
    assert telling("ok thanks") == "ok thanks"


def test_sentences_are_whole_and_literal() -> None:
    found = sentences_in(LETTER)
    assert found == [
        "41 is about right for a Thursday.",
        "You should see us on a Monday after\na storm.",
        "Average wait was 3.5 hours in May, said Dr. Roth on 12. November in Larvik.",
        'Can you show me "the gate"?',
        "Or not?",
    ]
    assert all(sentence in LETTER for sentence in found)


def test_questions_are_told_from_statements() -> None:
    assert questions_in(LETTER) == ['Can you show me "the gate"?', "Or not?"]


WRAPPED = """Guten Tag Frau Lindqvist, für die Halle in Moss brauchen wir das neue
Angebot bis Freitag, weil der Vorstand am Montag darauf tagt und den
Preis je Tor sehen will. Danke.

Mit freundlichen Grüßen
Anke Roth
Leiterin Einkauf
"""


def test_a_line_that_was_only_wrapped_cuts_no_sentence() -> None:
    """Also where the next one begins with a capital, as a German noun does."""
    first, last = sentences_in(WRAPPED)
    assert first.startswith("Guten Tag Frau Lindqvist, für die Halle")
    assert first.endswith("Preis je Tor sehen will.")
    assert last == "Danke."
    assert first in WRAPPED


def test_items_of_a_list_stay_apart() -> None:
    items = "The datasheet of the new crane that they saw in the harbour\n- the price of the crane\n- the day"
    assert lines_in(items) == items.replace("- ", "").split("\n")


def test_a_signature_is_no_part_of_what_was_said() -> None:
    assert telling("Built it here. Thanks.\n\nAnke Roth\nBuyer") == "Built it here. Thanks."


@pytest.mark.parametrize("text", ["", "\n\n", "...", "?" * 2000, "word " * 2000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert telling(text) in text
    assert all(s in text for s in sentences_in(text))


def test_the_same_words_keep_their_number() -> None:
    activity = Activity("t:1", "1", "t", Kind.EMAIL, "Re: x", "one two", "x")
    shown = Exhibits()
    assert shown.add(activity, "one", "Ana", Side.THEM).n == 1
    assert shown.add(activity, "two", "Ana", Side.THEM).n == 2
    assert shown.add(activity, " one ", "Ana", Side.THEM).n == 1
    assert [e.text for e in shown.evidence] == ["one", "two"]
    assert shown.record(activity).quote == "x"


@pytest.mark.parametrize(
    ("sentence", "after"),
    [
        ("Protokoll: anwesend Fr. Sommerfeld, Hr. Jahnke, M. Achterberg und Prof. Dr. Rank.", "Preis zählt zu 60 %."),
        ("Wir brauchen z. B. PVDF, ca. 40 Stück bzw. evtl. mehr, inkl. Montage lt. Nr. 12 vom Mai.", "Können Sie das?"),
        ("Reçu par Mme Morin et M. Petit à 9 h.", "Le devis part lundi."),
        ("Hablé con la Sra. Ortiz y el Sr. Gil, p. ej. sobre el precio.", "Quieren dos."),
        ("Sentito il Dott. Bianchi e il Sig. Rossi al tel. di casa.", "Vuole due pompe."),
        ("Falei com a Dra. Lima e o Sr. Costa, aprox. dez minutos.", "Querem duas."),
        ("Gesproken met mevr. Jansen, i.v.m. de offerte, bijv. de prijs.", "Ze wil er twee."),
        ("Spoke with Mrs. Moe (St. Gallen), e.g. about no. 5 vs. No. 7, approx. ten min.", "She wants two."),
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str, after: str) -> None:
    assert sentences_in(f"{sentence} {after}") == [sentence, after]


def test_a_short_word_does_end_a_sentence() -> None:
    assert sentences_in("Interested? No. Call in May. He is in. Ok. Send it etc. Then wait.") == [
        "Interested?",
        "No.",
        "Call in May.",
        "He is in.",
        "Ok.",
        "Send it etc.",
        "Then wait.",
    ]
