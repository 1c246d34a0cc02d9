"""Subjects: tags apart from words, the direction they claim."""

import pytest

from crm.nouns import Direction, Kind
from tests.crm.threads.cases import Case, parsed

IN, OUT, OPEN = Direction.INBOUND, Direction.OUTBOUND, Direction.UNKNOWN


@pytest.mark.parametrize(
    ("raw", "subject", "tags", "direction"),
    [
        ("[Outreach] [Email] [Out] 12 Re: Pump survey", "Pump survey", ("Outreach", "Email", "Out", "12", "Re"), OUT),
        ("[Outreach] [Email] [In] RE: Pump survey", "Pump survey", ("Outreach", "Email", "In", "RE"), IN),
        ("[Outreach] [Call] [outbound] [No Answer]", "", ("Outreach", "Call", "outbound", "No Answer"), OUT),
        ("[People.ai | Outbound] Re: Re: Pumps", "Pumps", ("People.ai | Outbound", "Re", "Re"), OUT),
        (">> Re: Pumps [Salesloft]", "Pumps", (">>", "Re", "Salesloft"), OUT),
        ("<< Re: Pumps [Salesloft]", "Pumps", ("<<", "Re", "Salesloft"), IN),
        ("Email: >> Pumps", "Pumps", ("Email", ">>"), OUT),
        ("↙ Email reply: RE: Pumps", "Pumps", ("↙", "Email reply", "RE"), IN),
        ("Call: Connected | Demo Scheduled", "Demo Scheduled", ("Call", "Connected"), OPEN),
        ("Call: No Answer", "No Answer", ("Call",), OPEN),
        ("TR : RE : Votre audit", "Votre audit", ("TR", "RE"), OPEN),
        ("AW: WG: Angebot", "Angebot", ("AW", "WG"), OPEN),
        ("R: Modulo", "Modulo", ("R",), OPEN),
        ("Odp: Oferta", "Oferta", ("Odp",), OPEN),
        ("RE: [EXTERNAL] Re: Scope", "Scope", ("RE", "EXTERNAL", "Re"), OPEN),
        ("Re: 10 licences", "10 licences", ("Re",), OPEN),
        ("3 Re: licences", "licences", ("3", "Re"), OPEN),
        ("Re: [[Account.Name]] and us", "[[Account.Name]] and us", ("Re",), OPEN),
        ("Canceled: Demo", "Canceled: Demo", (), OPEN),
        ("Pump survey", "Pump survey", (), OPEN),
        ("", "", (), OPEN),
    ],
)
def test_tags(raw: str, subject: str, tags: tuple[str, ...], direction: Direction) -> None:
    made = parsed(Case("", "", [], subject=raw, kind=Kind.TASK))
    assert (made.subject, made.tags, made.direction) == (subject, tags, direction)
    assert made.raw_subject == raw


def test_the_crm_is_believed_before_a_tag() -> None:
    made = parsed(Case("", "", [], subject="[Outreach] [Email] [Out] x", direction=IN))
    assert made.direction is IN


def test_an_empty_body_has_no_messages() -> None:
    for body in ("", "  \n ", "<p>&nbsp;</p>", "Get Outlook for iOS", "[cid:image001.png@01D93A77]"):
        assert parsed(Case("", body, [])).messages == ()
