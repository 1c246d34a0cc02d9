"""Every mail that the templates can write, in every language: length, one ask, no placeholder, nothing invented."""

import re
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from agents.check import check
from agents.cliches import cliche_in
from agents.dialogue.dictated import Dictated
from agents.dialogue.manner import WRITTEN as LANGUAGES
from agents.email_draft import NO_DRAFT
from agents.mail.grounds import Exchange
from agents.mail.mention import Mention
from agents.mail.recipient import Recipient
from agents.numbered_evidence import Said
from crm.nouns import Brief, Evidence, Manner, Side
from crm.writing import TemplateWriter

PLAYBOOK = Path(__file__).parents[2] / "playbook"
WRITER = TemplateWriter(PLAYBOOK)
WORDS = "Is training included in the price?"
EVIDENCE = (
    Evidence(1, "demo:1", WORDS, datetime(2026, 10, 12, tzinfo=UTC), "Sigrid Aas", Side.THEM),
    Evidence(
        3,
        "demo:3",
        "We would need 14 berths by the spring.",
        datetime(2026, 10, 2, tzinfo=UTC),
        "Sigrid Aas",
        Side.THEM,
    ),
    Evidence(2, "demo:2", "Site visit Moss", datetime(2026, 11, 12, tzinfo=UTC), "Hanna Lindqvist", Side.US),
)
SAID = Said(1, "Sigrid Aas", date(2026, 10, 12), WORDS, "email", Side.THEM)
POINT = Said(3, "Sigrid Aas", date(2026, 10, 2), "We would need 14 berths by the spring.", "email", Side.THEM)
MEETING = Said(2, "Hanna Lindqvist", date(2026, 11, 12), "Site visit Moss", "event", Side.US)
EXCHANGES = {
    "asked": Exchange(SAID, WORDS, True, False, True, "Berths at Larvik"),
    "wanted": Exchange(SAID, WORDS, False, True, True, ""),
    "told": Exchange(SAID, WORDS, False, False, True, ""),
    "wrote": Exchange(SAID, "", False, False, True, "Berths at Larvik"),
    "spoke": Exchange(SAID, "", False, False, False, ""),
}
MENTION = Mention("the pilot", None)


KINDS = ("follow_up", "proposal", "closing", "reengagement")
TONES = ("professional", "friendly", "urgent", "consultative")


def draft(language: str, **changed: object) -> Brief:
    facts: dict[str, object] = {
        "kind": "follow_up",
        "account": "Norvik Maritime",
        "person": "",
        "to": Recipient("Sigrid Aas", "Sigrid", "sigrid.aas@norvik.example"),
        "sender": "Hanna Lindqvist",
        "formal": False,
        "soft": False,
        "soon": False,
        "further": None,
        "promised": None,
        "product": "Tessera Dock",
        "mention": None,
        "say": [],
        "last": EXCHANGES["asked"],
        "situation": "open",
        "meeting": None,
        "opted_out": [],
        "variant": 0,
        "considered": 3,
        "existing": 12,
        "as_of": date(2026, 10, 30),
    }
    manner = Manner(language, str(changed.pop("tone", "friendly")), str(changed.pop("length", "normal")))
    return Brief("email_draft", "Draft a mail", facts | changed, EVIDENCE, manner)


def body(text: str) -> str:
    """What the customer would read, without subject or proof."""
    return text.split("\n\n", 2)[2].split("\n---")[0]


def sound(brief: Brief) -> str:
    """The mail's body, after everything that must hold for each was seen to hold."""
    text = "".join(WRITER.write(brief))
    checked = check(text, brief)
    assert checked.text == text
    assert not re.search(r"\[(?!\d\])|\{|\bNone\b|TODO|XX", text)
    assert not cliche_in(text)
    read = body(text)
    assert "[1]" not in read
    assert not re.search(r"[^\n]\n[^\n]", read.strip().rpartition("\n\n")[0]), "two paragraphs run together"
    assert read.rstrip().endswith("Hanna Lindqvist")
    shortest, longest = (25, 85) if brief.manner.length == "short" else (60, 180)
    assert shortest <= len(re.findall(r"[^\W_]+", read)) <= longest, read
    assert read.replace(WORDS, "").count("?") == 1, read
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_follow_up(language: str) -> None:
    bodies = set()
    for (name, last), situation, variant in product(
        EXCHANGES.items(), ("question", "request", "open", "silent", "meeting"), range(3)
    ):
        meeting = MEETING if situation == "meeting" else None
        read = sound(draft(language, last=last, situation=situation, variant=variant, meeting=meeting))
        assert (WORDS in read) == (name in ("asked", "wanted", "told"))
        bodies.add(read)
    assert len(bodies) == 4 * 5 * 3 + 5 * 2  # three openings in five situations, but two openings for "wrote"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_in_every_tone_and_length(language: str) -> None:
    bodies = set()
    for kind, tone, length, soft in product(KINDS, TONES, ("normal", "short"), (False, True)):
        formal = tone == "professional"
        bodies.add(sound(draft(language, kind=kind, tone=tone, length=length, soft=soft, formal=formal)))
    assert len(bodies) > 4 * len(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["proposal", "closing"])
def test_an_ask_after_a_long_silence_says_that_time_has_passed(language: str, kind: str) -> None:
    fresh, late = (sound(draft(language, kind=kind, situation=s, variant=1)) for s in ("open", "silent"))
    assert len(late) > len(fresh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_should_be_mentioned_is_and_where_it_comes_from_is_said(language: str) -> None:
    brief = draft(language, mention=MENTION)
    assert "the pilot" in sound(brief)
    assert "the pilot" in "".join(WRITER.write(brief)).partition("---")[2]
    quoted = draft(language, mention=Mention("training", SAID), last=EXCHANGES["spoke"])
    assert WORDS in sound(quoted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["message", *KINDS, "introduction"])
def test_what_it_is_asked_to_say_stands_in_every_kind(language: str, kind: str) -> None:
    words, bodies = "x y the crane is free", set()
    for how in ("tell", "plain", "request", "after", "question", "plea", "purpose"):
        for foreign in (False, True):
            brief = draft(language, kind=kind, say=[Dictated(how, words, foreign)])
            text = "".join(WRITER.write(brief))
            assert check(text, brief).text == text
            assert words in text.partition("---")[0].casefold()
            assert not re.search(r"\S  |\.\.|\bNone\b", text)
            bodies.add(body(text))
    assert len(bodies) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", ["further", "promised"])
def test_a_second_point_is_given_back_with_its_proof(language: str, point: str) -> None:
    facts = {point: POINT}
    brief = draft(language, **facts, tone="consultative", last=EXCHANGES["told"])
    assert POINT.quote in sound(brief)
    assert POINT.quote in "".join(WRITER.write(brief)).partition("---")[2]
    assert POINT.quote not in sound(draft(language, **facts, mention=MENTION))


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_hot_is_asked_for_this_week(language: str) -> None:
    calm, soon = (body("".join(WRITER.write(draft(language, situation="question", soon=s)))) for s in (False, True))
    assert len(soon) < len(calm)


@pytest.mark.parametrize("path", sorted((PLAYBOOK / "templates").glob("*.md")), ids=lambda p: p.name)
def test_no_template_has_a_cliche(path: Path) -> None:
    assert not cliche_in(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["I hope this email finds you well.", "Ich hoffe, es geht Ihnen gut!", "Espero que esté bien"]
)
def test_a_cliche_is_known(text: str) -> None:
    assert cliche_in(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_introduction(language: str) -> None:
    bodies = {
        sound(draft(language, kind="introduction", last=None, variant=variant, considered=known)).replace("?", "", 1)
        for variant, known in product(range(3), (0, 3))
    }
    assert len(bodies) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_follow_up_is_admitted(language: str) -> None:
    brief = draft(language, kind="nothing", last=None, considered=0)
    text = "".join(WRITER.write(brief))
    assert check(text, brief).text == text
    assert "12" in text
    assert "Sigrid Aas" in text
    assert "Hanna" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_to_write_to_is_admitted(language: str) -> None:
    facts = {"account": "Harbeck Logistics", "person": "", "opted_out": ["Anke Roth"]}
    brief = Brief(NO_DRAFT, "Draft a mail", facts, manner=Manner(language))
    text = "".join(WRITER.write(brief))
    assert check(text, brief).text == text
    assert "Anke Roth" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_sender_there_is_no_empty_name(language: str) -> None:
    for variant in range(3):
        text = "".join(WRITER.write(draft(language, kind="introduction", last=None, variant=variant, sender="")))
        assert "  " not in text
        assert "None" not in text
