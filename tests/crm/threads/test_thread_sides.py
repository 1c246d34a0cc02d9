"""Who is us and who is them: by what we know of ourselves, by what the record claims, by the thread alone."""

from dataclasses import replace

import pytest

from crm.nouns import Direction, Kind, Side
from crm.threads.thread import Ours, RawActivity, activity
from tests.crm.threads.cases import THEM, UNKNOWN, US, VENDOR, Case, names, parsed, said

ANSWERED = (
    "Fine by me, send the papers.\n\nOn Mon, Mar 4, 2024 at 8:12 AM Mia Roth <mia@quillow.example> "
    "wrote:\n> Shall we go on?"
)
CHASED = (
    "Hello Mr. Oduya, did you see the note below?\nMia\n\nFrom: Mia Roth <mia@quillow.example>\n"
    "Sent: Monday, March 4, 2024 8:12 AM\nTo: Sam Oduya <sam@oduyafarms.example>\nSubject: "
    "soil probes\n\nHello Mr. Oduya, "
    "congratulations on the new silo."
)
ANSWERING = (
    "Hi Petra,\nyes, the second licence is in the price.\nMia\n\nFrom: Petra Lang <petra@langbau.example>\n"
    "Sent: Monday, March 4, 2024 8:12 AM\nTo: Mia Roth <mia@quillow.example>\nSubject: Re: "
    "licence\n\nIs the second licence in?"
)

KNOWN = [
    Case(
        "our domain wrote the quoted mail",
        ANSWERED,
        [(THEM, "", 0, "Fine by me, send the papers."), (US, "Mia Roth", 1, "Shall we go on?")],
        ours=VENDOR,
    ),
    Case(
        "our domain answers theirs",
        ANSWERING,
        [
            (US, "Mia Roth", 0, "Hi Petra,\nyes, the second licence is in the price.\nMia"),
            (THEM, "Petra Lang", 1, "Is the second licence in?"),
        ],
        ours=VENDOR,
    ),
    Case(
        "both of our domain: colleagues",
        "To: jo@quillow.example\nFrom: mia@quillow.example\n\nJo, what is our floor here?\nMia",
        [(US, "Mia", 0, "Jo, what is our floor here?\nMia")],
        ours=VENDOR,
    ),
    Case(
        "one of our people, known by name",
        "From: Nora Vance\nTo: p.lang@langbau.example\n\nHello Ms. Lang, attached is the plan.",
        [(US, "Nora Vance", 0, "Hello Ms. Lang, attached is the plan.")],
        ours=VENDOR,
    ),
    Case(
        "a sub-domain of ours",
        "From: mia@mail.quillow.example\n\nHello Ms. Lang, attached is the plan.",
        [(US, "", 0, "Hello Ms. Lang, attached is the plan.")],
        ours=VENDOR,
    ),
    Case(
        "nobody on it is known as ours: the list is not whole",
        "From: Ines Poveda <ines@puntaria.example>\nTo: Luis Ara <luis@talleresara.example>\n\nHello Luis, here it is.",
        [(UNKNOWN, "Ines Poveda", 0, "Hello Luis, here it is.")],
        ours=VENDOR,
    ),
    Case(
        "the same, and only one of them ever wrote: a log is kept by who chases",
        "From: Ines Poveda <ines@puntaria.example>\nTo: Luis Ara <luis@talleresara.example>\n\nLuis, any news?\n\n"
        "From: Ines Poveda <ines@puntaria.example>\nSent: Monday, March 4, 2024 8:12 AM\n"
        "To: Luis Ara <luis@talleresara.example>\n\nHere are the papers.",
        [(US, "Ines Poveda", 0, "Luis, any news?"), (US, "Ines Poveda", 1, "Here are the papers.")],
        ours=VENDOR,
    ),
    Case(
        "a stranger's mail that came in, without a word on whom it went to",
        "From: Luis Ara <luis@talleresara.example>\n\nSend me the papers.",
        [(THEM, "Luis Ara", 0, "Send me the papers.")],
        ours=VENDOR,
    ),
    Case(
        "the owner of the record signs",
        "Hello Ms. Lang, attached is the plan.\n\nMia",
        [(US, "Mia Roth", 0, "Hello Ms. Lang, attached is the plan.\n\nMia")],
        owner="Mia Roth",
    ),
    Case(
        "the owner of the record is greeted",
        "Hello Mia, the plan will do.\n\nPetra",
        [(THEM, "Petra", 0, "Hello Mia, the plan will do.\n\nPetra")],
        owner="Mia Roth",
    ),
]

CLAIMED = [
    Case(
        "tagged in",
        "could you send the link again, it ran out",
        [(THEM, "", 0, "could you send the link again, it ran out")],
        subject="[Outreach] [Email] [In] Re: recording",
    ),
    Case(
        "tagged out, with a Re: that proves nothing",
        "Any thoughts on this?",
        [(US, "", 0, "Any thoughts on this?")],
        subject="[Outreach] [Email] [Out] 4 Re: recording",
    ),
    Case(
        "people.ai",
        "Any thoughts on this?",
        [(US, "", 0, "Any thoughts on this?")],
        subject="[People.ai | Outbound] Re: recording",
        kind=Kind.TASK,
    ),
    Case(
        "an arrow that its tool signed",
        "Happy to, Thursday at ten.",
        [(THEM, "", 0, "Happy to, Thursday at ten.")],
        subject="<< Re: recording [Salesloft]",
        kind=Kind.TASK,
    ),
    Case(
        "an arrow alone is no proof",
        "Happy to, Thursday at ten.",
        [(UNKNOWN, "", 0, "Happy to, Thursday at ten.")],
        subject="Email: >> Re: recording",
        kind=Kind.TASK,
    ),
    Case("the CRM says inbound", "Thursday at ten.", [(THEM, "", 0, "Thursday at ten.")], direction=Direction.INBOUND),
    Case("the CRM says outbound", "Thursday at ten?", [(US, "", 0, "Thursday at ten?")], direction=Direction.OUTBOUND),
    Case(
        "the log says incoming",
        "From: sam@oduyafarms.example\nDirection: Incoming\n\nMia, harvest first, then we talk.\nSam",
        [(THEM, "Sam", 0, "Mia, harvest first, then we talk.\nSam")],
        kind=Kind.TASK,
        subject="Email: RE: probes",
    ),
    Case(
        "tagged in, the quote below is what they answer",
        "Not now.\n\nOn Mon, Mar 4, 2024 at 8:12 AM Mia Roth wrote:\n> Hi Sam, worth a look?",
        [(THEM, "", 0, "Not now."), (US, "Mia Roth", 1, "Hi Sam, worth a look?")],
        subject="[Outreach] [Email] [In] Re: probes",
    ),
    Case(
        "tagged out, their words only below",
        "Sam, waited for the harvest as you asked.\nMia\n\nOn Mon, Mar 4, 2024 at 8:12 AM Sam Oduya "
        "<sam@oduyafarms.example> wrote:"
        "\n\nMia, harvest first, then we talk.",
        [
            (US, "Mia", 0, "Sam, waited for the harvest as you asked.\nMia"),
            (THEM, "Sam Oduya", 1, "Mia, harvest first, then we talk."),
        ],
        subject="[Outreach] [Email] [Out] 6 Re: probes",
    ),
    Case(
        "from outside, says our gateway",
        "CAUTION: This email originated from outside of the organisation. Do not click links.\n"
        "\nHi Mia,\nthe plan will do.\nPetra",
        [(THEM, "Petra", 0, "Hi Mia,\nthe plan will do.\nPetra")],
    ),
    Case(
        "internal, says the subject",
        "Floor is 12 %, not a cent below.\nJo",
        [(US, "Jo", 0, "Floor is 12 %, not a cent below.\nJo")],
        subject="internal: RE: price for Lang",
    ),
]

ALONE = [
    Case(
        "one party only: it chases, the log is ours",
        CHASED,
        [
            (US, "Mia Roth", 0, "Hello Mr. Oduya, did you see the note below?\nMia"),
            (US, "Mia Roth", 1, "Hello Mr. Oduya, congratulations on the new silo."),
        ],
    ),
    Case(
        "who signs was written to: the other party",
        "Mia,\nwe stay with what we have.\nSam\n\nFrom: Mia Roth <mia@quillow.example>\nSent: Monday, "
        "March 4, 2024 8:12 AM\n"
        "To: Sam Oduya\nSubject: probes\n\nSam, worth a look?",
        [
            (THEM, "Sam Oduya", 0, "Mia,\nwe stay with what we have.\nSam"),
            (US, "Mia Roth", 1, "Sam, worth a look?"),
        ],
    ),
    Case(
        "neither greeted nor signed: who answers is not who wrote",
        "Yes, till 2026.\n\nFrom: Mia Roth\nSent: Monday, March 4, 2024 8:12 AM\nTo: Sam Oduya\n"
        "Subject: probes\n\nStill with Agrotec?",
        [(THEM, "", 0, "Yes, till 2026."), (US, "Mia Roth", 1, "Still with Agrotec?")],
    ),
    Case(
        "two parties, but what is oldest is itself a reply: which is ours stays open",
        ANSWERING,
        [
            (UNKNOWN, "Mia Roth", 0, "Hi Petra,\nyes, the second licence is in the price.\nMia"),
            (UNKNOWN, "Petra Lang", 1, "Is the second licence in?"),
        ],
    ),
    Case(
        "a mailbox that only sellers have",
        "Merci, c'est fait.\nLéa\n\nLe lun. 4 mars 2024 à 08:12, Quillow <support@quillow.example> "
        "a écrit :\n> Bonjour Léa, "
        "pouvez-vous vider le cache ?",
        [
            (THEM, "Léa", 0, "Merci, c'est fait.\nLéa"),
            (US, "Quillow", 1, "Bonjour Léa, pouvez-vous vider le cache ?"),
        ],
    ),
    Case(
        "a list's way out marks its sender",
        "Guten Tag Frau Lang,\n\nmit unseren Sonden sehen Sie jede Nacht, was der Boden macht, "
        "und müssen nicht mehr raus.\n\n"
        "Mia Roth\n\nWenn Sie keine weiteren E-Mails wünschen, klicken Sie hier: abmelden",
        [
            (
                US,
                "Mia Roth",
                0,
                "Guten Tag Frau Lang,\n\nmit unseren Sonden sehen Sie jede Nacht, was der Boden macht, "
                "und müssen nicht mehr "
                "raus.\n\nMia Roth",
            )
        ],
        subject="Ihr Boden",
    ),
    Case("a word alone", "ok", [(UNKNOWN, "", 0, "ok")]),
    Case("a refusal alone", "No, thank you.\nSam", [(UNKNOWN, "Sam", 0, "No, thank you.\nSam")]),
    Case(
        "all addresses of one company: we are on our own mail, so it is ours",
        "From: farid@quillow.example\nTo: mia@quillow.example\n\nMia, it is a flag, two days.\nFarid\n\n"
        "On Mon, Mar 4, 2024 at 8:12 AM Mia Roth <mia@quillow.example> wrote:\n> Farid, can we do that?",
        [
            (US, "Farid", 0, "Mia, it is a flag, two days.\nFarid"),
            (US, "Mia Roth", 1, "Farid, can we do that?"),
        ],
        subject="Email: Re: flag",
        kind=Kind.TASK,
    ),
    Case(
        "colleagues of theirs are theirs",
        "From: ida@oduyafarms.example\n\nSam, take it.\nIda\n\nOn Tue, Mar 5, 2024 at 9:00 AM Sam "
        "Oduya <sam@oduyafarms.example> wrote:\n> Ida, see below.\n>\n"
        "> On Mon, Mar 4, 2024 at 8:12 AM Mia Roth <mia@quillow.example> wrote:\n>> Hi Sam, worth a look?",
        [
            (THEM, "Ida", 0, "Sam, take it.\nIda"),
            (THEM, "Sam Oduya", 1, "Ida, see below."),
            (US, "Mia Roth", 2, "Hi Sam, worth a look?"),
        ],
        ours=VENDOR,
    ),
]

LOGGED = [
    Case(
        "a sales log",
        "To: dana@brightmill.example\nCC:\nBCC:\nAttachment:\n\nSubject: Re: Chargebacks\nBody:\n"
        "Hi Dana,\n\nback to the top.\n\nTed",
        [(US, "Ted", 0, "Hi Dana,\n\nback to the top.\n\nTed")],
        subject="[Outreach] [Email] [Out] 3 Re: Chargebacks",
        kind=Kind.TASK,
    ),
    Case(
        "a log whose To is the one quoted below",
        "Additional To: ted@quillow.example\nCC:\nBCC:\nAttachment: plan.pdf\n\nSubject: RE: Intro\n"
        "Body:\nTed - timely, call me.\n\n"
        "Dana Wren\n\nFrom: Ted Aho <ted@quillow.example>\nSent: Monday, March 4, 2024 8:12 AM\n"
        "To: Dana Wren\nSubject: Intro\n\n"
        "Hi Dana, are you the right person?",
        [
            (THEM, "Dana Wren", 0, "Ted - timely, call me.\n\nDana Wren"),
            (US, "Ted Aho", 1, "Hi Dana, are you the right person?"),
        ],
        subject="Email: RE: Intro",
        kind=Kind.TASK,
    ),
    Case(
        "a log head on one line",
        "From: dana@brightmill.example To: ted@quillow.example  Ted, what does it cost?  Dana",
        [(THEM, "Dana", 0, "Ted, what does it cost? Dana")],
        subject="[Outreach] [Email] [In] Re: Intro",
        kind=Kind.TASK,
    ),
]
SIGNED = [
    Case(
        "one letter may be anybody's",
        "Kim, yours please. P.\n\nFrom: Paul Ott <paul@quillow.example>\nSent: Monday\nTo: Petra Lang "
        "<petra@brightmill.example>\nHello Petra, the sheet is attached.\n\nFrom: Petra Lang <petra@brightmill.example>"
        "\nSent: Sunday\nTo: Paul Ott\nPaul, we want two of them.",
        [
            (US, "Paul Ott", 0, "Kim, yours please. P."),
            (US, "Paul Ott", 1, "Hello Petra, the sheet is attached."),
            (THEM, "Petra Lang", 2, "Paul, we want two of them."),
        ],
        subject="RE: Scope",
        ours=VENDOR,
    ),
    Case(
        "a team named after the company of an address",
        "Did the pack reach you?\nMia\n\nOn Wed, 18 Nov 2026, Mia Roth <mia@quillow.example> wrote:\n> The pack."
        "\n>\n> -----Original Message-----\n> From: Security Team Quillow\n> Sent: 12 November 2026\n> To: Mia Roth\n"
        "> Here you go, valid to 2028.",
        [
            (US, "Mia Roth", 0, "Did the pack reach you?\nMia"),
            (US, "Mia Roth", 1, "The pack."),
            (US, "Security Team Quillow", 2, "Here you go, valid to 2028."),
        ],
    ),
    Case(
        "whom a logger noted, and nobody who sent",
        "To: buying@brightmill.example\nBody:\nAttached once more, smaller this time.\n\nNora",
        [(US, "Nora", 0, "Attached once more, smaller this time.\n\nNora")],
        subject="Email: RE: papers",
        kind=Kind.TASK,
    ),
    Case(
        "a department is no customer",
        "From: Nadia Foss\nTo: Ramon Escobedo; Finance\n\nApproved, two months.\n\nFrom: Ramon Escobedo\nSent: Monday\n"
        "To: Nadia Foss\n\nOne month or two?",
        [(US, "Nadia Foss", 0, "Approved, two months."), (US, "Ramon Escobedo", 1, "One month or two?")],
        subject="Email: credit",
        kind=Kind.TASK,
    ),
]
ALL = KNOWN + CLAIMED + ALONE + LOGGED + SIGNED


@pytest.mark.parametrize("case", ALL, ids=names(ALL))
def test_sides(case: Case) -> None:
    assert said(case) == case.said


def test_what_we_know_of_ourselves_beats_the_claim() -> None:
    case = Case("", "From: mia@quillow.example\n\nHello Ms. Lang.", [], direction=Direction.INBOUND, ours=VENDOR)
    assert [m.side for m in parsed(case).messages] == [Side.US]


def test_who_is_quoted_by_name_alone_has_the_address_of_the_head_above() -> None:
    quoted = (
        "Sam, once more.\n\nFrom: Sam Oduya\nSent: Monday, March 4, 2024 8:12 AM\nTo: Mia Roth\nSubject: Re: plan\n\n{}"
    )
    raw = RawActivity(
        "8",
        "hubspot",
        Kind.EMAIL,
        "FW: plan",
        quoted.format("Where is it kept?"),
        from_address="mia@quillow.example",
        to_addresses=("sam.oduya@oduyafarms.example",),
    )
    assert [m.side for m in activity(raw, VENDOR).messages] == [Side.US, THEM]


def test_addresses_of_the_crm_count() -> None:
    raw = RawActivity(
        "7",
        "hubspot",
        Kind.EMAIL,
        "Re: plan",
        "Will do.",
        from_address="Sam@Oduyafarms.example",
        to_addresses=("mia@quillow.example",),
    )
    made = activity(raw, VENDOR)
    assert [(m.side, m.address) for m in made.messages] == [(THEM, "sam@oduyafarms.example")]
    assert made.id == "hubspot:7"


def test_direction_is_read_never_inferred() -> None:
    answered = Case("", ANSWERED, [], ours=VENDOR)
    assert parsed(answered).direction is Direction.UNKNOWN
    assert parsed(replace(answered, subject="[Outreach] [Email] [In] Re: x")).direction is Direction.INBOUND
    assert parsed(Case("", "Direction: outgoing\nTo: a@b.example\n\nHi.", [])).direction is Direction.OUTBOUND


@pytest.mark.parametrize(
    ("body", "contacts", "side"),
    [
        ("Sehr geehrter Herr Lang, wann kommt die Variante?\n\nMfG Scharinger", ("Scharinger",), THEM),
        ("Sehr geehrter Herr Scharinger, wann kommt die Freigabe?\n\nMfG Lang", ("Josef Scharinger",), Side.US),
        ("Sehr geehrter Herr Lang, wann kommt die Variante?\n\nMfG Scharinger", (), Side.UNKNOWN),
    ],
)
def test_whoever_stands_in_the_column_of_contacts_is_theirs(body: str, contacts: tuple[str, ...], side: Side) -> None:
    raw = RawActivity("9", "csv", Kind.EMAIL, "Variante", body, contacts=contacts)
    assert [m.side for m in activity(raw, Ours()).messages] == [side]


@pytest.mark.parametrize(("said", "name"), [("Mia Roth", "Mia Roth"), ("005Qx00000AbCd1QAF", ""), ("80421", "")])
def test_an_id_is_nobodys_name(said: str, name: str) -> None:
    raw = RawActivity("1", "csv", Kind.CALL, "Call", "Talked of the liners.", owner=said)
    assert [m.author for m in activity(raw, Ours()).messages] == [name]
