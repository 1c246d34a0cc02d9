"""Newsletters, whoever sent them; and what people write about newsletters, under them and above them."""

import pytest

from crm.nouns import Direction, Kind
from tests.crm.threads.cases import MACHINE, THEM, US, Case, names, parsed

IN, OUT = Direction.INBOUND, Direction.OUTBOUND
ASKED = (
    "\n\nOn Mon, 4 Mar 2024 at 09:10, Nora Vance <nora@quillow.example> wrote:\n"
    "> Hi Sam, how many wells do you have, and may we come on Thursday?\n> Nora"
)
HARVEST = (
    "Our harvest report is out: the wettest March since 1958, four new dryers in Ely and Sam's photographs of the "
    "barley. Come and see us at the county show, where there will be pies.\n\n"
)
ANSWER = (
    "Hello Nora, we have three wells and no power at two of them. Thursday suits us, come before ten because the "
    "auditors are here from eleven and the yard is full.\n\nBest regards\nSam Oduya\nOduya Farms\n"
)

MAILINGS = [
    (
        "Spring journal",
        "View in browser\n\nOur spring journal: timber passivhaus, three new commissions and a studio open day on "
        "22 May.\n\nUnsubscribe | Update your preferences",
    ),
    ("Rekordår", "Visa i webbläsare. Rekordår för sågverket. Avsluta prenumeration."),
    ("Kassel", "Im Browser ansehen\n\nNeue Werkhalle, Tag der offenen Tür am 4. Mai.\n\nAbmelden vom Newsletter"),
    (
        "Lettre de mars",
        "Voir dans le navigateur\n\nTrois nouveaux silos et une recette de soupe.\n\n"
        "Vous recevez ce message car vous êtes fournisseur. Se désabonner",
    ),
    ("Marzo", "Ver en el navegador\n\nAbrimos planta en Getafe.\n\nDarse de baja"),
    ("Forno", "Visualizza nel browser\n\nApriamo un nuovo forno a Lecce.\n\nAnnulla l'iscrizione"),
    ("Braga", "Ver no navegador\n\nNova fábrica em Braga.\n\nCancelar a subscrição"),
    ("Venlo", "Bekijk in browser\n\nNieuwe loods in Venlo.\n\nUitschrijven | Voorkeuren wijzigen"),
    ("Wieści", "Zobacz w przeglądarce\n\nNowa hala w Łodzi.\n\nWypisz się"),
    ("Nyt fra værftet", "Vis i browser\n\nTo nye færger og en åben dag den 4. maj.\n\nAfmeld nyhedsbrev"),
    ("Nytt fra verftet", "Vis i nettleser | To nye ferger og åpen dag 4. mai. | Meld deg av"),
    ("Harvest report", HARVEST + "Oduya Farms Ltd, Ely · Unsubscribe"),
    ("Harvest report", HARVEST + "[Unsubscribe](https://oduyafarms.example/u)"),
    (
        "Silos",
        "<p><a href='https://oduyafarms.example/v'>View this email in your browser</a></p><p>Three new silos.</p>"
        "<p><a href='https://oduyafarms.example/u'>Unsubscribe</a> | Privacy policy</p>",
    ),
]


@pytest.mark.parametrize(("subject", "body"), MAILINGS)
def test_a_newsletter_of_the_other_side_is_a_programs(subject: str, body: str) -> None:
    assert [m.side for m in parsed(Case("", body, [], subject, direction=IN)).messages] == [MACHINE]


def test_so_is_one_of_ours() -> None:
    ours = "View in browser\n\nThree new pumps and a recipe for soup.\n\nManage preferences | Unsubscribe"
    for direction in Direction:
        assert [m.side for m in parsed(Case("", ours, [], "Summer", direction=direction)).messages] == [MACHINE]


def test_so_is_one_that_was_sent_on() -> None:
    sent_on = (
        "Worth a look\nNora\n\n---------- Forwarded message ---------\nFrom: Oduya Farms <news@oduyafarms.example>\n"
        "Date: Mon, 4 Mar 2024 at 09:10\nSubject: Harvest report\nTo: Nora Vance <nora@quillow.example>\n\n"
        "View in browser\n\nThe wettest March since 1958.\n\nUnsubscribe | Manage preferences"
    )
    assert parsed(Case("", sent_on, [], "Fwd: Harvest report")).messages[-1].side is MACHINE


PEOPLE = [
    Case(
        "an answer above a newsletter",
        "Lovely, put me down for the open day, two of us.\nSam\n\n"
        "On Mon, 4 Mar 2024 at 09:10, Quillow <news@quillow.example> wrote:\n"
        "> View in browser\n> Our open day is on 4 May.\n> Unsubscribe | Update your preferences",
        [],
    ),
    Case(
        "a long refusal",
        "Please unsubscribe me from this newsletter. We bought somebody else's pumps in January and nobody here reads "
        "it any more, so there is no point in your sending it. Thank you.\nSam",
        [],
    ),
    Case("take me off", "Take me off your list.", []),
    Case("a gruff refusal", "Unsubscribe. I never asked for your newsletter.", []),
    Case("a German refusal", "Bitte vom Newsletter abmelden, wir haben keinen Bedarf mehr.", []),
    Case("a Danish refusal", "Afmeld nyhedsbrev", []),
    Case("a Swedish refusal", "Vänligen avregistrera mig från ert nyhetsbrev. Vi har redan pumpar.", []),
    Case("a signature that links a newsletter", ANSWER + "Subscribe to our newsletter", []),
    Case(
        "a signature with an imprint",
        ANSWER + "Follow us: LinkedIn | Newsletter\n© 2024 Oduya Farms | Privacy policy",
        [],
    ),
    Case("an answer through a tool, with our mail", ANSWER + "Unsubscribe | Manage preferences" + ASKED, []),
    Case("an answer through a tool, without", ANSWER + "Unsubscribe", []),
    Case(
        "a complaint about a link",
        "The unsubscribe link in your mail does not work, and I have now had the same newsletter four times. Can "
        "somebody take info@oduyafarms.example off it, and ring me about the wells while you are at it?\nSam",
        [],
    ),
]


@pytest.mark.parametrize("case", PEOPLE, ids=names(PEOPLE))
def test_a_person_who_writes_of_newsletters_is_heard(case: Case) -> None:
    assert parsed(Case(case.name, case.body, [], direction=IN)).messages[0].side is THEM


OURS = [
    "Hi Sam,\n\nFarms like yours lose a day a week on wells. Worth 15 minutes next week?\n\n"
    "If you prefer not to hear from me, let me know.\n\nNora",
    "Hi Sam,\n\nYou said that two of your three wells have no power, and you told me that Jo decides in May.\n\n"
    "Warm wishes,\nNora\nYou receive this e-mail as a customer contact. Update preferences.",
]


@pytest.mark.parametrize("body", OURS)
def test_our_mail_to_one_person_stays_ours(body: str) -> None:
    assert [m.side for m in parsed(Case("", body, [], "Wells", direction=OUT)).messages] == [US]


def test_a_note_about_a_newsletter_is_our_reps() -> None:
    note = "Spoke to Sam, she saw our newsletter, wants to unsubscribe from it and asks for a price for three wells."
    assert [m.side for m in parsed(Case("", note, [], "Call", kind=Kind.CALL)).messages] == [US]
