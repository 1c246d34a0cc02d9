import pytest

from crm.engagement.features import features
from crm.engagement.phrase_finder import lexicon
from crm.engagement.quotes import LONGEST, pick
from crm.nouns import Activity
from tests.crm.engagement.looking import record

THREAD = (
    "Hi Mia,\n\nthanks, but we signed with <b>Norrland</b> in March. Try again in 2027!\n\nJan\n\n"
    "On Mon, 4 Mar 2024 at 09:10, Mia Holm <mia@tessera.example> wrote:\n> Hi Jan, would 15 minutes on Thursday work?"
)


def picked(activity: Activity, wanted: list[str]) -> str:
    return pick(activity, wanted, features(activity, lexicon()), lexicon())


@pytest.mark.parametrize(
    ("kind", "subject", "body", "wanted", "quote"),
    [
        ("email", "Re: Cold store", THREAD, ["them"], "thanks, but we signed with"),
        ("email", "Re: Cold store", THREAD, ["us"], "Hi Jan, would 15 minutes on Thursday work?"),
        ("email", "Re: Cold store", THREAD, ["subject"], "Re: Cold store"),
        ("call", "Kari", "Tried twice. Left a voicemail about the offer. Next try Friday.", ["voicemail"],
         "Left a voicemail about the offer."),
        ("call", "Left voicemail - Kari", "", ["no_answer", "voicemail"], "Left voicemail - Kari"),
        ("call", "Kari", "Duration: 0:12\nDisposition: No answer", ["outcome"], "Disposition: No answer"),
        ("call", "Call: Busy", "", ["outcome"], "Call: Busy"),
        ("task", "Kari", "n'a pas r&eacute;pondu", ["no_answer"], "n'a pas r&eacute;pondu"),
        ("event", "", "...\nDemo at noon", ["voicemail"], "Demo at noon"),
        ("call", "Kari", "Sekretärin Fr. Adler: Dr. Roth in Sitzung. Später.", ["gatekeeper"],
         "Sekretärin Fr. Adler: Dr. Roth in Sitzung."),
        ("call", "Kari", "No. Spoke to Mrs. Moe re No. 5 B now. Fine.", ["spoke"], "Spoke to Mrs. Moe re No. 5 B now."),
    ],
)  # fmt: skip
def test_the_words_that_prove_it(kind: str, subject: str, body: str, wanted: list[str], quote: str) -> None:
    assert picked(record(kind, subject, body), wanted) == quote


@pytest.mark.parametrize(
    "body", ["", "   ", "👍", "...", "<p>&nbsp;</p>", "x" * 5000, "a b " * 900, "?" * 80, "\u200b\u200b"]
)
@pytest.mark.parametrize("subject", ["", " ", "Call", "🎂", "[Outreach] [Call]"])
@pytest.mark.parametrize("want", ["them", "voicemail", "body", "outcome", "machine"])
def test_a_quote_is_literal_and_short_and_there_whenever_it_can_be(subject: str, body: str, want: str) -> None:
    quote = picked(record("call", subject, body), [want])
    assert quote in subject or quote in body
    assert len(quote) <= LONGEST
    assert bool(quote) == bool((subject + body).strip())


def test_what_stands_below_the_writers_name_proves_nothing() -> None:
    body = "yes pls\n\nJan Dahl\nDirector of Operations and Finance, Dahl Cold Storage"
    assert picked(record("email", "Re: Pilot", body, direction="inbound"), ["them"]) == "yes pls"
