"""Chats, texts, transcripts, tickets and notes: who said which line."""

import pytest

from crm.nouns import Kind
from tests.crm.threads.cases import MACHINE, THEM, UNKNOWN, US, Case, names, parsed, said

CHATS = [
    Case(
        "en, who speaks in brackets",
        "[Rep] Is Mr Lee in?\n[Them] You've got him, what is it?\n[Rep] The meters.\n[Them] Write to me, not to info@.",
        [
            (US, "Iker", 0, "Is Mr Lee in?"),
            (THEM, "Them", 0, "You've got him, what is it?"),
            (US, "Iker", 0, "The meters."),
            (THEM, "Them", 0, "Write to me, not to info@."),
        ],
        subject="Recorded line 14",
    ),
    Case(
        "es, bracketed time, a note above",
        "No cogía el fijo.\n[10:12] Yo: Hola Begoña, te mando el enlace?\n[10:40] Begoña: si, mándamelo\n"
        "[10:52] Yo: hecho",
        [
            (US, "Iker", 0, "No cogía el fijo."),
            (US, "Iker", 0, "Hola Begoña, te mando el enlace?"),
            (THEM, "Begoña", 0, "si, mándamelo"),
            (US, "Iker", 0, "hecho"),
        ],
        subject="WhatsApp con Begoña (Clínica Urda)",
    ),
    Case(
        "pt",
        "Eu: Olá Rita, viu a proposta?\nRita: vi, está cara",
        [(US, "Iker", 0, "Olá Rita, viu a proposta?"), (THEM, "Rita", 0, "vi, está cara")],
        subject="WhatsApp - Rita",
    ),
    Case(
        "fr, he",
        "Moi : tu as regardé ?\nLui : oui, trop cher",
        [(US, "Iker", 0, "tu as regardé ?"), (THEM, "Lui", 0, "oui, trop cher")],
        subject="Échange WhatsApp Yann",
    ),
    Case(
        "it, time behind the name",
        "Io 08:50: Buongiorno, ci sentiamo?\nPozzi 22:14: non ora, grazie",
        [(US, "Iker", 0, "Buongiorno, ci sentiamo?"), (THEM, "Pozzi", 0, "non ora, grazie")],
        subject="Messaggi LinkedIn con Dott. Pozzi",
    ),
    Case(
        "pl",
        "Ja: Czy dotarło?\nDarek: tak, dzięki",
        [(US, "Iker", 0, "Czy dotarło?"), (THEM, "Darek", 0, "tak, dzięki")],
        subject="SMS z panem Darkiem",
    ),
    Case(
        "de, nobody is me, the subject names them",
        "Fenna: Wir suchen noch jemanden.\nBas: Gern, Freitag?\nFenna: passt",
        [
            (THEM, "Fenna", 0, "Wir suchen noch jemanden."),
            (US, "Bas", 0, "Gern, Freitag?"),
            (THEM, "Fenna", 0, "passt"),
        ],
        subject="LinkedIn: Nachricht von Fenna de Boer",
    ),
    Case(
        "in and out",
        "OUT 10:02 Hi Carla, still ok for 11?\nIN 10:09 can we push to 1130\nOUT 10:09 sure",
        [
            (US, "Iker", 0, "Hi Carla, still ok for 11?"),
            (THEM, "IN", 0, "can we push to 1130"),
            (US, "Iker", 0, "sure"),
        ],
        subject="SMS thread",
    ),
    Case(
        "inbound and outbound, am and pm",
        "10:02 AM Outbound: still good for tomorrow?\n10:09 AM Inbound: make it 930",
        [(US, "Iker", 0, "still good for tomorrow?"), (THEM, "Inbound", 0, "make it 930")],
        subject="SMS conversation",
        kind=Kind.CALL,
    ),
    Case(
        "newlines lost",
        "[14:02, 03/09/2024] Me: Hello Awa, it left port [14:20, 03/09/2024] Awa Diop: thank you, send me the BL",
        [(US, "Iker", 0, "Hello Awa, it left port"), (THEM, "Awa Diop", 0, "thank you, send me the BL")],
        subject="WhatsApp - Awa",
    ),
    Case(
        "the export of a phone",
        "[14/11/24, 08:02] Me: truck is at the gate\n[14/11/24, 08:09] Rosa (Keane Bldrs): 20 mins\n"
        "[14/11/24, 08:11] Missed voice call",
        [
            (US, "Iker", 0, "truck is at the gate"),
            (THEM, "Rosa (Keane Bldrs)", 0, "20 mins"),
            (MACHINE, "", 0, "[14/11/24, 08:11] Missed voice call"),
        ],
        subject="WA chat export",
    ),
    Case(
        "us and them",
        "US: do you ship?\nTHEM: yes and its a pain\nTHEM: how much?",
        [(US, "Iker", 0, "do you ship?"), (THEM, "THEM", 0, "yes and its a pain"), (THEM, "THEM", 0, "how much?")],
        subject="Instagram DM",
    ),
    Case(
        "a rep tells what was texted, then quotes the answer",
        "texted Brett: need the number. Brett: 88123 ok to ship",
        [(US, "Iker", 0, "texted Brett: need the number."), (THEM, "Brett", 0, "88123 ok to ship")],
        subject="text Brett for the number",
    ),
    Case(
        "a bot, then a person",
        "Gaia: a room for 14?\nBot: Pick a topic: 1 Rooms 2 Billing\nGaia: human pls\nNoor: hi "
        "Gaia, the Atelier fits\nGaia: book it",
        [
            (THEM, "Gaia", 0, "a room for 14?"),
            (MACHINE, "Bot", 0, "Pick a topic: 1 Rooms 2 Billing"),
            (THEM, "Gaia", 0, "human pls"),
            (US, "Noor", 0, "hi Gaia, the Atelier fits"),
            (THEM, "Gaia", 0, "book it"),
        ],
        subject="Intercom conversation - Gaia / Studio K",
    ),
    Case(
        "a visitor who is named only once",
        "Visitor (Mona): do u deliver?\nSam (yard): yes, 85 flat\nMona: ok",
        [(THEM, "Visitor (Mona)", 0, "do u deliver?"), (US, "Sam (yard)", 0, "yes, 85 flat"), (THEM, "Mona", 0, "ok")],
        subject="Chat transcript #7",
    ),
    Case(
        "a guest of our channel",
        "[14:02] Ale Ranta (Guest): is it you or us\n[14:03] Femke: us, on it",
        [(THEM, "Ale Ranta (Guest)", 0, "is it you or us"), (US, "Femke", 0, "us, on it")],
        subject="Teams chat",
    ),
    Case(
        "among colleagues",
        "perrin: he went silent again\nval: give him a week\nperrin: k",
        [(US, "perrin", 0, "he went silent again"), (US, "val", 0, "give him a week"), (US, "perrin", 0, "k")],
        subject="[Slack] #deal-keystone",
        kind=Kind.EMAIL,
    ),
]

CALLS = [
    Case(
        "a transcript",
        "[00:03] Agent: Hi, is this Marco?\n[00:05] Customer: Speaking.\n[00:07] Agent: Got a minute?\n"
        "[00:12] Customer: In an hour.",
        [
            (US, "Iker", 0, "Hi, is this Marco?"),
            (THEM, "Customer", 0, "Speaking."),
            (US, "Iker", 0, "Got a minute?"),
            (THEM, "Customer", 0, "In an hour."),
        ],
        subject="Call transcript",
    ),
    Case(
        "a mailbox greets, nobody speaks",
        "[00:02] Contact: You have reached Hal in Finance. Leave a message after the tone.\n[00:24] "
        "(tone)\n[00:26] Rep: Hal, call me.",
        [
            (MACHINE, "Contact", 0, "You have reached Hal in Finance. Leave a message after the tone."),
            (MACHINE, "", 0, "[00:24] (tone)"),
            (US, "Iker", 0, "Hal, call me."),
        ],
        subject="Voicemail",
    ),
    Case(
        "speakers nobody named",
        "Speaker 1: [inaudible]\nSpeaker 2: the uh [crosstalk]\nSpeaker 1: mm",
        [
            (UNKNOWN, "Speaker 1", 0, "[inaudible]"),
            (UNKNOWN, "Speaker 2", 0, "the uh [crosstalk]"),
            (UNKNOWN, "Speaker 1", 0, "mm"),
        ],
        subject="Call summary (auto)",
    ),
    Case(
        "a summary after the talk is the recorder's",
        "00:04 Prospect: Hello, this is Kay.\n00:07 You: Hi Kay, a bad time?\nSummary: they will talk on Thursday",
        [
            (THEM, "Prospect", 0, "Hello, this is Kay."),
            (US, "Iker", 0, "Hi Kay, a bad time?"),
            (MACHINE, "", 0, "Summary: they will talk on Thursday"),
        ],
        subject="transcript",
    ),
    Case(
        "a call about something",
        "Got her, she will sign.",
        [(US, "Iker", 0, "Got her, she will sign.")],
        subject="re: contract",
    ),
    Case("a note", "LVM 45 sec, next try Fri", [(US, "Iker", 0, "LVM 45 sec, next try Fri")], subject="VM Omar"),
    Case(
        "a form is no talk",
        "Outcome: Connected\nDuration: 11 min\nNotes: wants a demo",
        [(US, "Iker", 0, "Outcome: Connected\nDuration: 11 min\nNotes: wants a demo")],
        subject="Call",
    ),
    Case(
        "what a note tells of others stays ours",
        "Lena (CFO): wants two years.\nRob (IT): fears the cut-over.\nNext: offer by Friday",
        [(US, "Iker", 0, "Lena (CFO): wants two years.\nRob (IT): fears the cut-over.\nNext: offer by Friday")],
        subject="Discovery",
    ),
    Case(
        "a mail pasted into a note",
        "they answered:\n\nFrom: Sam Oduya <sam@oduyafarms.example>\nSent: Monday, March 4, 2024 "
        "8:12 AM\nTo: Iker\nSubject: Re: x\n\nNot now.",
        [(US, "Iker", 0, "they answered:"), (THEM, "Sam Oduya", 1, "Not now.")],
        subject="probes",
        kind=Kind.TASK,
    ),
]

TICKETS = [
    Case(
        "names over dates",
        "##- Please type your reply above this line -##\n\nCarla Ruiz (Belmar Dental)\nApr 9, 2024, "
        "10:41 AM EDT\n\nStill stuck.\n\n"
        "----------------------------------------------\nWes (Support)\nApr 9, 2024, 9:55 AM EDT\n"
        "\nHi Carla, try another browser?",
        [
            (THEM, "Carla Ruiz (Belmar Dental)", 1, "Still stuck."),
            (US, "Wes (Support)", 2, "Hi Carla, try another browser?"),
        ],
        subject="Re: [Ticket #88213] Export stuck",
        kind=Kind.EMAIL,
    ),
    Case(
        "a comment on the line of its head",
        "Same result with 1.2, I will ask the proxy team.\n\nGanesh\n\n--\nQuillow Support, Feb "
        "22, 10:41 UTC: Could you force TLS 1.2?",
        [
            (THEM, "Ganesh", 0, "Same result with 1.2, I will ask the proxy team.\n\nGanesh"),
            (US, "Quillow Support", 1, "Could you force TLS 1.2?"),
        ],
        subject="RE: Case 31440 - comments",
        kind=Kind.EMAIL,
    ),
    Case(
        "a notice of a comment, newlines lost",
        "Case 25118 comments added by Rena Kowal (Penhall) on 2023-01-18 14:22 UTC: Node two is still pending. "
        "------ Previous comments ------ 2023-01-18 09:02 UTC - Support (Matt B.): Please try one node.",
        [
            (MACHINE, "", 0, "Case 25118"),
            (THEM, "Rena Kowal (Penhall)", 1, "Node two is still pending. ------ Previous comments"),
            (US, "Support (Matt B.)", 2, "Please try one node."),
        ],
        subject="Email: Case 25118 has been updated",
        kind=Kind.TASK,
    ),
]
ALL = CHATS + CALLS + TICKETS


@pytest.mark.parametrize("case", ALL, ids=names(ALL))
def test_who_said_it(case: Case) -> None:
    kind = Kind.TASK if case in CHATS and case.kind is Kind.EMAIL and "Slack" not in case.subject else case.kind
    kind = Kind.CALL if case in CALLS and kind is Kind.EMAIL else kind
    spoken = Case(case.name, case.body, case.said, case.subject, kind, owner="" if case in TICKETS else "Iker")
    assert said(spoken) == case.said


def test_a_dated_line_of_a_chat_is_dated() -> None:
    case = Case("", "[25/11/2024, 08:02] Me: at the gate\n[25/11/2024, 08:09] Rosa: ok", [], subject="WhatsApp")
    assert [str(m.at) for m in parsed(case).messages] == ["2024-11-25 08:02:00+00:00", "2024-11-25 08:09:00+00:00"]
