"""What a mail is asked to say, in the asker's own words, and where nothing is dictated."""

import pytest

from agents.dialogue.dictated import dictated
from agents.dialogue.mail_wish import mail_wish
from crm.nouns import Question

NAMES = frozenset({"norvik", "maritime", "marit", "luc", "sigrid"})


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("write to Marit that the parts ship on Monday", "tell", "that the parts ship on Monday"),
        ("schreib Norvik, dass wir am 12. liefern", "tell", "dass wir am 12. liefern"),
        ("écris à Luc qu'il recevra les plans lundi", "tell", "qu'il recevra les plans lundi"),
        ("escribe a Norvik que entregamos el 12", "tell", "que entregamos el 12"),
        ("escreve ao Luc que entregamos no dia 12", "tell", "que entregamos no dia 12"),
        ("scrivi a Luc che il camion arriva lunedì", "tell", "che il camion arriva lunedì"),
        ("tell Norvik we deliver on the 12th", "plain", "we deliver on the 12th"),
        ("Draft a mail to Norvik: the parts ship. We call on Tuesday.", "plain", "the parts ship. We call on Tuesday."),
        ("Draft a mail to Sigrid saying we cannot do the 5th", "plain", "we cannot do the 5th"),
        ("draft a mail to Norvik asking for a new date", "request", "for a new date"),
        ("Draft a mail to Norvik requesting a copy of the contract", "request", "for a copy of the contract"),
        ("email Sigrid to ask whether Tuesday suits", "question", "whether Tuesday suits"),
        ("Schreib Luc und bitte ihn um einen neuen Termin", "request", "um einen neuen Termin"),
        ("Schreib Luc, um einen neuen Termin zu bitten", "request", "um einen neuen Termin"),
        ("Schreib Sigrid und frag nach dem Preis", "after", "nach dem Preis"),
        ("Schreib Sigrid und frag, ob Dienstag passt", "question", "ob Dienstag passt"),
        ("schreib Luc und bitte ihn, den Vertrag zu schicken", "plea", "den Vertrag zu schicken"),
        ("écris à Luc pour lui demander une nouvelle date", "request", "une nouvelle date"),
        ("escribe a Luc preguntando si recibió la oferta", "question", "si recibió la oferta"),
        ("scrivi a Luc chiedendo una nuova data", "request", "una nuova data"),
        ("Draft a mail to Norvik confirming the meeting on Tuesday", "purpose", "to confirm the meeting on Tuesday"),
        ("écris à Luc pour confirmer le rendez-vous", "purpose", "pour confirmer le rendez-vous"),
        ("Draft a mail to thank Sigrid for the visit", "purpose", "to thank you for the visit"),
        ("email Marit thanking her team", "purpose", "to thank her team"),
        ("Could you word a reply to Sigrid saying we accept 5%?", "plain", "we accept 5%"),
        ("Draft a mail to Marit: does Tuesday suit?", "plain", "does Tuesday suit?"),
        ("write to Marit: “the parts ship.”", "plain", "the parts ship."),
        ("write to Marit that the crane is “free”", "tell", "that the crane is “free”"),
        ("add that the price holds until May", "tell", "that the price holds until May"),
    ],
)
def test_what_is_to_be_said_is_taken_as_it_was_given(text: str, kind: str, words: str) -> None:
    found = dictated(text, NAMES).dictated
    assert found is not None
    assert (found.kind, found.words) == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "Draft a mail that is friendly",
        "write a mail to Norvik that mentions the pilot",
        "Draft a follow-up to Norvik about the offer that she asked for",
        "Draft a reply to the question that she asked",
        "Draft a follow-up email to Norvik so that they answer",
        "Draft a mail to Norvik: short and friendly",
        "Ask for an introduction email to Norvik",
        "Schreib bitte eine Mail an Norvik",
        "écris-lui à propos du pilote",
        "Rédige un mail pour reprendre contact",
        "send him a mail about the deletion clause",
        "mention the pilot",
        "Let's get Norvik back on track - write something",
        "Rédige une réponse à Luc qui demande une remise",
        "escreve um email à Marit a agradecer",
        "Rédige une réponse à la dernière demande de Luc",
    ],
)
def test_where_nothing_is_dictated_nothing_is_taken(text: str) -> None:
    heard = dictated(text, NAMES)
    assert heard.dictated is None
    assert heard.rest == text


def test_what_stands_around_it_is_about_the_mail() -> None:
    wish = mail_wish(Question("tell Marit that the proposal is ready, in French, short please"), NAMES)
    assert [say.words for say in wish.say] == ["that the proposal is ready"]
    assert (wish.kind, wish.language, wish.length) == ("", "fr", "short")


def test_a_sentence_about_the_mail_behind_it_is_not_said() -> None:
    said = mail_wish(Question("write to Marit that the list is too long. Keep it short."), NAMES)
    assert [say.words for say in said.say] == ["that the list is too long"]
    assert said.length == "short"


def test_what_is_added_later_joins_the_mail_that_was_drafted() -> None:
    wish = mail_wish(Question("Draft a mail to Norvik", wishes=("add that the price holds",)), NAMES)
    assert ([say.words for say in wish.say], wish.kind) == (["that the price holds"], "follow_up")
