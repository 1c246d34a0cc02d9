"""What programs write, and what a person typed into it."""

import pytest

from crm.nouns import Direction, Kind, Side
from tests.crm.threads.cases import MACHINE, THEM, US, Case, names, parsed, said

AWAY = [
    ("Automatic reply: Pump survey", "I am away until the 4th. For urgent matters call Jo.\n\nSam"),
    ("Réponse automatique : Pompes", "Je suis absente jusqu'au 4 mars inclus.\n\nLéa"),
    ("Automatische Antwort: Pumpen", "Ich bin bis einschließlich 4.3. nicht im Haus.\n\nUwe"),
    ("Abwesenheitsnotiz: Pumpen", "Vielen Dank für Ihre Nachricht. Ab 4.3. wieder da.\n\nUwe"),
    ("Respuesta automática: Bombas", "Estaré fuera de la oficina hasta el 4.\n\nInés"),
    ("Risposta automatica: Pompe", "Sono fuori ufficio fino al 4 marzo.\n\nEva"),
    ("Resposta automática: Bombas", "Encontro-me de férias até dia 4.\n\nRui"),
    ("Automatisch antwoord: Pompen", "Ik ben afwezig tot en met 4 maart.\n\nSanne"),
    ("Automatyczna odpowiedź: Pompy", "Przebywam na urlopie do 4.03.\n\nOla"),
    ("Re: Pump survey", "I am currently out of the office with limited access to email until Monday.\n\nSam"),
]
BOUNCED = [
    ("Undeliverable: Pump survey", "Your message couldn't be delivered to sam@oduyafarms.example."),
    ("Delivery Status Notification (Failure)", "550 5.1.1 User unknown"),
    ("Unzustellbar: Pumpen", "Die Nachricht konnte nicht zugestellt werden."),
    ("Mancato recapito: pompe", "Il messaggio non è stato recapitato a sam@oduyafarms.example."),
    ("No se ha podido entregar: bombas", "El buzón está lleno."),
]
OTHER = [
    ("Accepted: Pump walk @ Thu Mar 7, 2024", "Sam Oduya has accepted this invitation.\n\nWhen: Thu Mar 7, 2024 9am"),
    ("Declined: Pump walk @ Thu Mar 7, 2024", "sam@oduyafarms.example has declined this invitation."),
    ("Geannuleerd: Pompronde", "Deze afspraak is geannuleerd en uit uw agenda verwijderd."),
    ("Canceled: Pump walk", "When: Friday, March 8, 2024 1:00 PM-2:00 PM.\nWhere: Microsoft Teams Meeting"),
    (
        "New Event: Sam Oduya - 30 min",
        "A new event has been scheduled.\nInvitee: Sam Oduya\nQuestions: (none answered)",
    ),
    ("Accepted: Pump walk", "Sam Oduya has accepted: Pump walk. Thursday 7 March 2024 9:00-10:00."),
    ("Tentatively accepted: Pump walk", "sam@oduyafarms.example has tentatively accepted this invitation."),
    ("BidHall: reminder, deadline in 3 days - P-26", "Your response to P-26 has the status DRAFT."),
    ("BidHall: new tender published", "Buyer: Oduya Farms. Closing date: 4 April 2024, 12:00."),
    ("Gelesen: Angebot", "Ihre Nachricht an Einkauf wurde am Mittwoch gelesen."),
    ("Lesebestätigung: Angebot", "Ihre Nachricht wurde gelesen am Freitag, 25. September 2026 12:11"),
    ("Accusé de lecture : devis", "Votre message a été lu le vendredi 25 septembre 2026 à 12:11"),
    ("Leesbevestiging: offerte", "Uw bericht is gelezen op vrijdag 25 september 2026 12:11"),
    (
        "[Request received] Export stuck",
        "##- Please type your reply above this line -##\n\nYour request has been received.",
    ),
    ("Automatische bevestiging", "Bedankt voor uw bericht! Uw vraag is geregistreerd onder nummer 20881."),
    ("Anfrage", "Ihre Nachricht ist bei uns eingegangen. Wir melden uns innerhalb von zwei Werktagen."),
    ("Re: Pumps", "Thank you. Your message has been received and we aim to respond within two working days."),
    ("Your bill", "Amount due $12. This is an automated message, replies are not monitored."),
    (
        "March news",
        "View in browser\n\nThree new pumps and a recipe for soup.\n\nManage preferences | Unsubscribe\n"
        "© 2024 Quillow Inc."
        " You are receiving this because you visited our stand.",
    ),
    ("Idea for {{company}}", "Hi {{first_name}}, how do you count your pumps today?"),
    ("Re: fairly normal", "From: no-reply@portal.example\n\nA document is ready."),
]
WHOLLY = [Case(subject, body, [], subject=subject) for subject, body in AWAY + BOUNCED + OTHER]


@pytest.mark.parametrize("case", WHOLLY, ids=names(WHOLLY))
def test_only_a_program_wrote(case: Case) -> None:
    assert {m.side for m in parsed(case).messages} == {MACHINE}


TYPED = [
    Case(
        "a note on a declined invitation",
        'Rosa Lind has declined this invitation.\n\nNote from Rosa: "Auditors are in. Monday after '
        'two instead?"\n\nPump walk',
        [
            (THEM, "Rosa", 0, "Auditors are in. Monday after two instead?"),
            (MACHINE, "", 0, "Rosa Lind has declined this invitation.\n\nNote from Rosa:"),
            (MACHINE, "", 0, "Pump walk"),
        ],
        subject="Declined: Pump walk @ Fri 8 Mar 2024",
    ),
    Case(
        "a line that names its writer",
        "Cancelled: Pump walk\nRosa wrote: the lorry is in a ditch, same time on Monday?",
        [
            (THEM, "Rosa", 0, "the lorry is in a ditch, same time on Monday?"),
            (MACHINE, "", 0, "Cancelled: Pump walk\nRosa wrote:"),
        ],
        subject="Cancelled: Pump walk",
    ),
    Case(
        "a paragraph that is one quotation",
        'Rosa Lind has proposed a new time for this meeting.\n\n"Tuesday is our stocktaking, nobody has a hand free."',
        [
            (THEM, "", 0, "Tuesday is our stocktaking, nobody has a hand free."),
            (MACHINE, "", 0, "Rosa Lind has proposed a new time for this meeting."),
        ],
        subject="New Time Proposed: Pump walk",
    ),
    Case(
        "a note of the one who invited is ours",
        'Rosa Lind has declined this invitation.\n\nNote from organizer (Kim): "Harvest is no fun."\n\nWhen: Fri 8 Mar',
        [
            (
                MACHINE,
                "",
                0,
                'Rosa Lind has declined this invitation.\n\nNote from organizer (Kim): "Harvest is no fun."\n\n'
                "When: Fri 8 Mar",
            )
        ],
        subject="Declined: Pump walk @ Fri 8 Mar 2024",
    ),
    Case(
        "an absence note below our nudge",
        "Any news on the plan?\nMia\n\n-----Original Message-----\nFrom: Eva Sarti\nSent: Monday\nTo: Mia Roth\n"
        "Subject: Automatic reply: plan\n\nI am on a course, the duty desk helps.",
        [
            (US, "Mia Roth", 0, "Any news on the plan?\nMia"),
            (MACHINE, "Eva Sarti", 1, "I am on a course, the duty desk helps."),
        ],
        subject="Re: plan",
        direction=Direction.OUTBOUND,
    ),
    Case(
        "words above what the calendar adds",
        "Sorry Kim, the board ate my afternoon. Friday before ten?\n\nPump walk\nFri Mar 8, 2024 2pm",
        [
            (THEM, "", 0, "Sorry Kim, the board ate my afternoon. Friday before ten?"),
            (MACHINE, "", 0, "Pump walk\nFri Mar 8, 2024 2pm"),
        ],
        subject="Declined: Pump walk @ Fri Mar 8, 2024",
    ),
    Case(
        "an answer in a booking form",
        "A new event has been scheduled.\nInvitee: Orla Dean\n\nPlease share anything that will "
        "help prepare for our meeting:\n"
        "We have three wells and no power at two of them. Can it run on solar?\n\nView event in Calendly",
        [
            (THEM, "", 0, "We have three wells and no power at two of them. Can it run on solar?"),
            (
                MACHINE,
                "",
                0,
                "A new event has been scheduled.\nInvitee: Orla Dean\n\nPlease share anything that will "
                "help prepare for our meeting:",
            ),
            (MACHINE, "", 0, "View event in Calendly"),
        ],
        subject="New Event: Orla Dean",
    ),
    Case(
        "an absence note above our mail",
        "Sono fuori ufficio fino al 4 marzo.\n\nIl giorno lun 4 mar 2024 alle ore 08:12 Mia Roth "
        "<mia@quillow.example> ha scritto:\n"
        "> Gentile Eva, in allegato il piano.",
        [
            (MACHINE, "", 0, "Sono fuori ufficio fino al 4 marzo."),
            (US, "Mia Roth", 1, "Gentile Eva, in allegato il piano."),
        ],
        subject="Risposta automatica: piano",
    ),
    Case(
        "a person who mentions an absence is a person",
        "I am on a ferry and officially off, but I read your offer. Page 4 is great.\nMads",
        [(THEM, "Mads", 0, "I am on a ferry and officially off, but I read your offer. Page 4 is great.\nMads")],
        subject="Re: out of office + your offer",
        direction=Direction.INBOUND,
    ),
    Case(
        "who quotes our unfilled field back at us is a person",
        '"Hi [[Recipient.FirstName]]" lol. Not in the market.',
        [(THEM, "", 0, '"Hi [[Recipient.FirstName]]" lol. Not in the market.')],
        subject="[Outreach] [Email] [In] Re: pumps",
    ),
    Case(
        "bullets of a mass mail are no quotes",
        "Caros clientes,\n\n> Controlo de bombas\n> Relatório mensal\n\nNão quer receber? Clique "
        "aqui para cancelar a subscrição.",
        [(US, "", 0, "Caros clientes,\n\n> Controlo de bombas\n> Relatório mensal\n\nNão quer receber?")],
        subject="RE: A sua frota",
        direction=Direction.OUTBOUND,
    ),
]


@pytest.mark.parametrize("case", TYPED, ids=names(TYPED))
def test_what_a_person_typed_is_theirs(case: Case) -> None:
    assert said(case) == case.said


def test_our_rep_may_note_anything_under_a_calendar_subject() -> None:
    case = Case(
        "", "rain, crew pulled. will rebook", [], subject="Canceled: Walk-through", kind=Kind.EVENT, owner="Bea"
    )
    assert said(case) == [(US, "Bea", 0, "rain, crew pulled. will rebook")]


def test_a_workflow_entry_is_no_note_of_ours() -> None:
    case = Case(
        "",
        "Deal moved to Won. This record was auto-generated by a workflow.",
        [],
        subject="Stage change",
        kind=Kind.TASK,
    )
    assert [m.side for m in parsed(case).messages] == [Side.MACHINE]


@pytest.mark.parametrize(
    ("way", "side"), [(Direction.OUTBOUND, US), (Direction.INBOUND, THEM), (Direction.UNKNOWN, MACHINE)]
)
def test_unfilled_fields_are_a_programs_only_where_nobody_says_whose_mail_it_is(way: Direction, side: Side) -> None:
    body = "Hi [[Recipient.FirstName]],\n\nSigrid told me that the dock is full by nine.\n\nHanna"
    assert [message.side for message in parsed(Case("merge", body, [], "The dock", direction=way)).messages] == [side]


@pytest.mark.parametrize(("sender", "program"), [("newsletter", True), ("no-reply", True), ("lea", False)])
def test_an_address_that_only_programs_send_from_tells_also_in_a_head_of_another_language(
    sender: str, program: bool
) -> None:
    head = f"De : Pompes Orvelle <{sender}@orvelle.example>\nÀ : una@ourselves.example\nDate : 2 novembre 2026\n"
    case = Case("head", f"{head}Objet : Noël\n\nDécouvrez notre collection de Noël.", [], subject="Noël")
    assert [message.side is MACHINE for message in parsed(case).messages] == [program]


@pytest.mark.parametrize(
    ("subject", "body", "typed"),
    [
        (
            "Declined: Pump walk",
            "Sam Oduya has declined this invitation.\n\n-- comment --\nroad is under water, try after the fair",
            "road is under water, try after the fair",
        ),
        (
            "New booking: 20 min",
            "Invitee: Sam Oduya\nWhen: 9 April, 15:00\nAnything we should know? -> three pumps, one well, no drawings",
            "three pumps, one well, no drawings",
        ),
    ],
)
def test_a_comment_below_a_rule_or_behind_an_arrow_is_the_persons(subject: str, body: str, typed: str) -> None:
    found = parsed(Case("a comment", body, [], subject))
    assert [message.text for message in found.messages if message.side is Side.THEM] == [typed]
