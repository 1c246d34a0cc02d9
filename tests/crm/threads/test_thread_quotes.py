"""Quoted mails: heads in ten languages, on lines, in one line, marked or not, nested, answered in between."""

from datetime import UTC, datetime

import pytest

from tests.crm.threads.cases import THEM, UNKNOWN, US, Case, names, parsed, said


def after_sentence(name: str, sentence: str, author: str = "Ida Holm") -> Case:
    body = f"Lea, that works.\nOle\n\n{sentence}\n> Hello Ole, does Monday suit?\n> Lea"
    return Case(
        name, body, [(THEM, "Ole", 0, "Lea, that works.\nOle"), (US, author, 1, "Hello Ole, does Monday suit?\nLea")]
    )


SENTENCES = [
    after_sentence("english", "On Mon, Mar 4, 2024 at 8:12 AM Lea Brandt <lea@quillow.example> wrote:", "Lea Brandt"),
    after_sentence(
        "english phone", "> On Mar 4, 2024, at 8:12 AM, Lea Brandt <lea@quillow.example> wrote:", "Lea Brandt"
    ),
    after_sentence("french", "Le lun. 4 mars 2024 à 08:12, Lea Brandt <lea@quillow.example> a écrit :", "Lea Brandt"),
    after_sentence("french, accents lost", "Le lun. 4 mars 2024 ? 08:12, Lea Brandt a ?crit :", "Lea Brandt"),
    after_sentence("french, accents dropped", "Le 4 mars 2024 a 08:12, Lea Brandt a ecrit :", "Lea Brandt"),
    after_sentence(
        "german", "Am Mo., 4. März 2024 um 08:12 Uhr schrieb Lea Brandt <lea@quillow.example>:", "Lea Brandt"
    ),
    after_sentence(
        "spanish", "El lun, 4 mar 2024 a las 8:12, Lea Brandt (<lea@quillow.example>) escribió:", "Lea Brandt"
    ),
    after_sentence(
        "italian", "Il giorno lun 4 mar 2024 alle ore 08:12 Lea Brandt <lea@quillow.example> ha scritto:", "Lea Brandt"
    ),
    after_sentence(
        "portuguese", "Em seg., 4 de mar. de 2024 às 08:12, Lea Brandt <lea@quillow.example> escreveu:", "Lea Brandt"
    ),
    after_sentence("dutch", "Op ma 4 mrt 2024 om 08:12 schreef Lea Brandt <lea@quillow.example>:", "Lea Brandt"),
    after_sentence("polish", "W dniu 2024-03-04 o 08:12, Lea Brandt pisze:", "Lea Brandt"),
    after_sentence(
        "polish weekday", "pon., 4 mar 2024 o 08:12 Lea Brandt <lea@quillow.example> napisał(a):", "Lea Brandt"
    ),
    after_sentence("swedish", "Den mån 4 mars 2024 kl 08:12 skrev Lea Brandt <lea@quillow.example>:", "Lea Brandt"),
    after_sentence("wrapped", "On Mon, Mar 4, 2024 at 8:12 AM Lea Brandt\n<lea@quillow.example> wrote:", "Lea Brandt"),
    after_sentence("groupwise", ">>> Lea Brandt <lea@quillow.example> 4-3-2024 08:12 >>>", "Lea Brandt"),
]


def after_labels(name: str, labels: str, author: str = "Ole Dahl") -> Case:
    top = "Lea, passt.\nOle"
    body = f"{top}\n\n{labels}\n\nHallo Ole, geht Montag?"
    return Case(name, body, [(THEM, author, 0, top), (US, "Lea Brandt", 1, "Hallo Ole, geht Montag?")])


LABELS = [
    after_labels(
        "outlook en", "From: Lea Brandt <lea@q.example>\nSent: Monday, March 4, 2024 8:12 AM\nTo: Ole Dahl\nSubject: x"
    ),
    after_labels(
        "apple mail en",
        "From: Lea Brandt <lea@q.example>\nDate: Monday, 4 March 2024 at 08:12\nTo: Ole Dahl\nSubject: x",
    ),
    after_labels(
        "de", "Von: Lea Brandt <lea@q.example>\nGesendet: Montag, 4. März 2024 08:12\nAn: Dahl, Ole\nBetreff: x"
    ),
    after_labels("fr", "De : Lea Brandt <lea@q.example>\nEnvoyé : lundi 4 mars 2024 08:12\nÀ : Ole Dahl\nObjet : x"),
    after_labels(
        "fr, accents lost", "De : Lea Brandt\nEnvoy? : lundi 4 mars 2024 08:12\n? : DAHL Ole\nObjet : x", "DAHL Ole"
    ),
    after_labels(
        "es", "De: Lea Brandt <lea@q.example>\nEnviado el: lunes, 4 de marzo de 2024 8:12\nPara: Ole Dahl\nAsunto: x"
    ),
    after_labels("it", "Da: Lea Brandt\nInviato: lunedì 4 marzo 2024 08:12\nA: Ole Dahl\nOggetto: x"),
    after_labels(
        "nl", "Van: Lea Brandt <lea@q.example>\nVerzonden: maandag 4 maart 2024 08:12\nAan: Ole Dahl\nOnderwerp: x"
    ),
    after_labels(
        "pt",
        "De: Lea Brandt <lea@q.example>\nEnviado: segunda-feira, 4 de março de 2024 08:12\nPara: Ole Dahl\nAssunto: x",
    ),
    after_labels(
        "pl", "Od: Lea Brandt <lea@q.example>\nWysłano: poniedziałek, 4 marca 2024 08:12\nDo: Ole Dahl\nTemat: x"
    ),
    after_labels("sv", "Från: Lea Brandt <lea@q.example>\nSkickat: den 4 mars 2024 08:12\nTill: Ole Dahl\nÄmne: x"),
    after_labels("da", "Fra: Lea Brandt <lea@q.example>\nSendt: 4. marts 2024 08:12\nTil: Ole Dahl\nEmne: x"),
    after_labels(
        "ruled off",
        "________________________________\nFrom: Lea Brandt\nSent: Monday, March 4, 2024 8:12:03 "
        "AM\nTo: Ole Dahl\nSubject: x",
    ),
    after_labels(
        "titled",
        "-----Original Message-----\nFrom: Lea Brandt [mailto:lea@q.example]\nSent: Monday, March "
        "4, 2024 8:12 AM\nTo: Ole Dahl",
    ),
    after_labels(
        "titled de",
        "-----Ursprüngliche Nachricht-----\nVon: Lea Brandt <lea@q.example>\nGesendet: Montag, "
        "4. März 2024 08:12\nAn: Ole Dahl",
    ),
    after_labels(
        "markdown",
        "* * *\n\n**From:** Lea Brandt &lt;lea@q.example&gt;\n**Sent:** Monday, March 4, 2024 8:12 "
        "AM\n**To:** Ole Dahl\n**Subject:** x",
    ),
    after_labels(
        "blank lines doubled",
        "From: Lea Brandt <lea@q.example>\n\nSent: Monday, March 4, 2024 8:12 AM\n\nTo: Ole Dahl\n\nSubject: x",
    ),
    after_labels(
        "cc between",
        "From: Lea Brandt <lea@q.example>\nSent: Monday, March 4, 2024 8:12 AM\nTo: Ole Dahl\nCc: "
        "A <a@q.example>; B\nSubject: x",
    ),
]

SHAPES = [
    Case(
        "newlines lost, labels",
        "Lea, we go with two.  Ole Dahl Plant Mgr  From: Lea Brandt <lea@q.example> Sent: Monday, "
        "March 4, 2024 8:12 AM "
        "To: Ole Dahl <od@millrace.example> Subject: Pump survey  Hi Ole, two or three units?",
        [
            (THEM, "Ole Dahl", 0, "Lea, we go with two. Ole Dahl Plant Mgr"),
            (US, "Lea Brandt", 1, "Hi Ole, two or three units?"),
        ],
    ),
    Case(
        "newlines lost, single blanks, the subject tells where the head ends",
        "Two. Ole From: Lea Brandt <lea@q.example> Sent: Monday, March 4, 2024 8:12 AM To: Ole Dahl "
        "Subject: Pump survey Two or three units?",
        [(THEM, "Ole Dahl", 0, "Two. Ole"), (US, "Lea Brandt", 1, "Two or three units?")],
    ),
    Case(
        "newlines lost, sentence and marks",
        "Two of them. Ole  On Mon, Mar 4, 2024 at 8:12 AM Lea Brandt <lea@q.example> wrote: > Hi "
        "Ole, > two or three? > Lea",
        [(THEM, "Ole", 0, "Two of them. Ole"), (US, "Lea Brandt", 1, "Hi Ole, two or three? Lea")],
    ),
    Case(
        "three levels of marks",
        "No.\nOle\n\nOn Wed, Mar 6, 2024 at 8:00 AM Lea Brandt <lea@q.example> wrote:\n> Ole, any news?\n>\n"
        "> On Tue, Mar 5, 2024 at 8:00 AM Ole Dahl <od@millrace.example> wrote:\n>> Give me a day.\n>>\n"
        ">> On Mon, Mar 4, 2024 at 8:00 AM Lea Brandt <lea@q.example> wrote:\n>>> Two or three units?",
        [
            (THEM, "Ole Dahl", 0, "No.\nOle"),
            (US, "Lea Brandt", 1, "Ole, any news?"),
            (THEM, "Ole Dahl", 2, "Give me a day."),
            (US, "Lea Brandt", 3, "Two or three units?"),
        ],
    ),
    Case(
        "sentences without marks",
        "Ole, one more try.\nLea\n\nOn Wed, Mar 6, 2024 at 8:00 AM Lea Brandt <lea@q.example> wrote:\n"
        "\nOle, any news?\n\n"
        "On Tue, Mar 5, 2024 at 8:00 AM Ole Dahl <od@millrace.example> wrote:\nGive me a day.",
        [
            (US, "Lea Brandt", 0, "Ole, one more try.\nLea"),
            (US, "Lea Brandt", 1, "Ole, any news?"),
            (THEM, "Ole Dahl", 2, "Give me a day."),
        ],
        subject="[Outreach] [Email] [Out] 4 Re: Pump survey",
    ),
    Case(
        "answered below the quote",
        "On Mon, Mar 4, 2024 at 8:12 AM Lea Brandt <lea@q.example> wrote:\n> Hi Ole, two or three "
        "units?\n\nThree, please.\nOle",
        [(THEM, "Ole", 0, "Three, please.\nOle"), (US, "Lea Brandt", 1, "Hi Ole, two or three units?")],
    ),
    Case(
        "answered between the lines",
        "Hi Lea,\nsee below\n\n> how many units?\nthree\n> by when?\nMay\n> who signs?\nmy sister\n\nOle",
        [
            (THEM, "Ole", 0, "Hi Lea,\nsee below"),
            (THEM, "Ole", 0, "three"),
            (THEM, "Ole", 0, "May"),
            (THEM, "Ole", 0, "my sister\n\nOle"),
            (US, "", 1, "how many units?"),
            (US, "", 1, "by when?"),
            (US, "", 1, "who signs?"),
        ],
    ),
    Case(
        "a bare quote, told by greeting and signature",
        "Half past nine is better.\nJ.\n> Hi Jarmila, shall we say nine? Tom (Quillow)",
        [(THEM, "J", 0, "Half past nine is better.\nJ."), (US, "", 1, "Hi Jarmila, shall we say nine? Tom (Quillow)")],
    ),
    Case(
        "a lone From line inside a quote",
        "Agreed.\nIda\n\n> From: Lea Brandt\n> Ida, can we take the 4th?",
        [(THEM, "Ida", 0, "Agreed.\nIda"), (US, "Lea Brandt", 1, "Ida, can we take the 4th?")],
    ),
    Case(
        "titled, but no head below",
        "Lieber Herr Vogt, Preis passt.\nK. Amann\n\n--- ursprüngliche Nachricht ---\nSehr geehrter "
        "Herr Amann, anbei das Angebot.",
        [
            (THEM, "K. Amann", 0, "Lieber Herr Vogt, Preis passt.\nK. Amann"),
            (US, "", 1, "Sehr geehrter Herr Amann, anbei das Angebot."),
        ],
        subject="AW: Angebot",
    ),
    Case(
        "html with a blockquote, answered above and below it",
        "<div>Yes &amp; thanks, Lea</div><div>Ole</div><div>On Mon, Mar 4, 2024 at 8:12 AM Lea Brandt "
        '&lt;<a href="mailto:lea@q.example">lea@q.example</a>&gt; wrote:</div><blockquote><div>Hi Ole, two units?</div>'
        "</blockquote><div>PS: not before May</div>",
        [
            (THEM, "Ole", 0, "Yes & thanks, Lea\nOle"),
            (THEM, "Ole", 0, "PS: not before May"),
            (US, "Lea Brandt", 1, "Hi Ole, two units?"),
        ],
    ),
    Case(
        "a numbered list is no quote",
        "Hi Lea,\n1. Cap\n   >> we need 24 months\n2. Law\n   >> fine\nOle",
        [(UNKNOWN, "Ole", 0, "Hi Lea,\n1. Cap\n>> we need 24 months\n2. Law\n>> fine\nOle")],
    ),
    Case(
        "a mail passed on: who passed it and who wrote it may be colleagues",
        "Hi Ola, could you help here?\nJohan\n\n---------- Forwarded message ----------\nFrom: "
        "Pia Lund <pia@q.example>\n"
        "To: Johan Berg\nSubject: x\n\nJohan, please nudge Ola.",
        [
            (UNKNOWN, "Johan Berg", 0, "Hi Ola, could you help here?\nJohan"),
            (UNKNOWN, "Pia Lund", 1, "Johan, please nudge Ola."),
        ],
        subject="Fwd: x",
    ),
    Case(
        "nothing above what is passed on",
        "---------- Forwarded message ----------\nFrom: Pia Lund <pia@q.example>\nDate: Mon, Mar "
        "4, 2024 at 8:12 AM\nTo: Jo\n\nFyi.",
        [(UNKNOWN, "Pia Lund", 1, "Fyi.")],
        subject="Fwd: x",
    ),
]


@pytest.mark.parametrize("case", SENTENCES + LABELS + SHAPES, ids=names(SENTENCES + LABELS + SHAPES))
def test_layers(case: Case) -> None:
    assert said(case) == case.said


@pytest.mark.parametrize("case", SENTENCES, ids=names(SENTENCES))
def test_the_head_of_a_sentence_is_dated(case: Case) -> None:
    at = parsed(case).messages[1].at
    assert at == datetime(2024, 3, 4, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize("case", LABELS, ids=names(LABELS))
def test_the_head_of_labels_is_dated(case: Case) -> None:
    at = parsed(case).messages[1].at
    assert at is not None
    assert at.replace(second=0) == datetime(2024, 3, 4, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4/5/2024 16:20", None),  # May or April
        ("4/5/2024 4:20 PM", datetime(2024, 4, 5, 16, 20, tzinfo=UTC)),
        ("25/4/2024 16:20", datetime(2024, 4, 25, 16, 20, tzinfo=UTC)),
        ("2024-04-25 16:20 +0200", datetime(2024, 4, 25, 14, 20, tzinfo=UTC)),
        ("Thursday, April 25, 2024 4:20 PM EDT", datetime(2024, 4, 25, 20, 20, tzinfo=UTC)),
        ("31 February 2024 10:00", None),
        ("yesterday", None),
    ],
)
def test_a_date_that_could_be_two_is_none(written: str, meant: datetime | None) -> None:
    body = f"ok\n\nFrom: Lea Brandt <lea@q.example>\nSent: {written}\nTo: Ole\nSubject: x\n\nhello there"
    assert parsed(Case("", body, [])).messages[1].at == meant
