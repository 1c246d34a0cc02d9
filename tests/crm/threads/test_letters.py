"""Who signs a message, also where its newlines are lost."""

import pytest

from crm.threads.letters import read


@pytest.mark.parametrize(
    ("body", "signed"),
    [
        ("Hallo Frau A, grundsätzlich interessant. Bitte nach dem Sommer. VG Friedrichs", "Friedrichs"),
        ("Hallo,\nbitte senden.\nLG\nAnna Berg", "Anna Berg"),
        ("Hallo Herr W, ja, das passt. MfG", ""),
        ("Hallo Herr W, ja, das passt. VG", ""),
        ("Hallo Herr W, passt so. Danke Bernd", "Bernd"),
        ("Servus Frau K, probieren wirs um 9? Gruß Korbi Auer", "Korbi Auer"),
        ("Guten Tag, gern am Freitag. Beste Grüße Dr. Anke Roth", "Dr. Anke Roth"),
        ("Bonjour, oui pour jeudi. Bàv Marie", "Marie"),
        ("Hola, sí, el jueves. Slds Juan", "Juan"),
        ("Olá, pode ser na quinta. Att Paulo", "Paulo"),
        ("Dzień dobry, tak, w piątek. Pozdr Marek", "Marek"),
    ],
)
def test_closing_words_are_no_part_of_a_name(body: str, signed: str) -> None:
    assert read(body).signed == signed


@pytest.mark.parametrize(
    ("body", "signed"),
    [
        ("Die Pumpe tropft seit gestern. Wann kommt jemand? Dringend. Hartmann", "Hartmann"),
        ("Hi Mia, please call the yard. Urgent. Tom Berg", "Tom Berg"),
        ("Hi Mia, Friday is fine by me. Brilliant. Tom", "Tom"),  # on no list: a sentence of one word
        ("Bonjour, la pompe fuit encore. Urgent. Paul Petit", "Paul Petit"),
        ("Hola, la bomba no va. Urgente. Ana Ruiz", "Ana Ruiz"),
        ("Hi Mia,\nplease call the yard.\nURGENT\nTom Berg", "Tom Berg"),
        ("Hi Mia, see you there. Tom Berg  Sales Manager", "Tom Berg"),  # two spaces were a newline
        ("Hi Mia, fine by me. J. Weber", "J. Weber"),
    ],
)
def test_an_exclamation_signs_nothing(body: str, signed: str) -> None:
    assert read(body).signed == signed
