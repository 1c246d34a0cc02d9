"""What is masked, that it comes back letter by letter, in one piece or cut anywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from crm.llm import open_llm
from crm.privacy import Habits, Masking, masked
from tests.gemini_server import GeminiServer, Reply, says

PLAYBOOK = Path(__file__).parents[2] / "playbook"
PEOPLE = ["Sigrid Aas", "Dr. Katrin Hollerbach", "José García López", "Mark Stone", "Li Wei", "Anne-Marie O'Brien"]
HABITS = Habits.read(PLAYBOOK)
NAMES = HABITS.names(PEOPLE, ["Calder & Stone", "Norvik Maritime"])


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Sigrid Aas wrote.", "PERSON1 wrote."),
        ("Sigrid Aas wrote; Sigrid's boss, Aas, agrees", "PERSON1 wrote; PERSON1b's boss, PERSON1c, agrees"),
        ("SIGRID AAS and sigrid aas", "PERSON1 and PERSON1b"),
        ("Aas, Sigrid", "PERSON1"),
        ("thanks sigrid", "thanks PERSON1"),
        ("Jose Garcia Lopez = José García López", "PERSON1 = PERSON1b"),
        ("Anne Marie O’Brien", "PERSON1"),
        ("Dr. Katrin Hollerbach, Frau Hollerbach", "PERSON1, Frau PERSON1b"),
        ("Mark, please mark the stone", "PERSON1, please mark the stone"),
        ("Calder & Stone sent Mark Stone", "Calder & Stone sent PERSON1"),
        ("Li said li is no word", "PERSON1 said li is no word"),
        ("Norvik has 3 berths", "Norvik has 3 berths"),
        ("ask s.aas+crm@norvik.example, now", "ask MAIL1, now"),
        ("&lt;sigrid@norvik.example&gt;", "&lt;MAIL1&gt;"),
        ("call +47 22 34 56 78 or (022) 345-67-89.", "call PHONE1 or PHONE2."),
        ("open https://x.example/a?token=9f8e7d6c, then www.x.example/b", "open LINK1 then LINK2"),
        ("on 2026-03-12 14:30, 12.03.2026, 12/03/2026", "on 2026-03-12 14:30, 12.03.2026, 12/03/2026"),
        ("48 000 000 EUR, 1.250.000, 1,250,000.00, 2025-2026", "48 000 000 EUR, 1.250.000, 1,250,000.00, 2025-2026"),
        ('<record n="1" date="2026-03-12" who="Sigrid Aas">', '<record n="1" date="2026-03-12" who="PERSON1">'),
        ("PERSON1 is what Sigrid wrote", "WORD1 is what PERSON1 wrote"),
    ],
)
def test_what_is_personal_is_replaced_and_comes_back(text: str, sent: str) -> None:
    hidden = masked(text, NAMES)
    assert hidden.text == sent
    assert hidden.restore(hidden.text) == text


def test_the_same_prompt_is_always_masked_alike() -> None:
    text = "Mark Stone to Sigrid Aas, cc mark@stone.example"
    assert masked(text, NAMES) == masked(text, NAMES)
    assert masked(text, NAMES).text == "PERSON1 to PERSON2, cc MAIL1"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_a_placeholder_cut_in_two_comes_back_whole(size: int) -> None:
    people = [f"Ola{chr(97 + n)} Nord{chr(97 + n)}" for n in range(12)]
    hidden = masked(" / ".join(people), HABITS.names(people, []))
    said = "PERSON1 asked PERSON12, then PERSON2. PERSON1s Frage [1] PERSON"
    pieces = (said[n : n + size] for n in range(0, len(said), size))
    assert "".join(hidden.restored(pieces)) == (
        "Olaa Norda asked Olal Nordl, then Olab Nordb. Olaa Nordas Frage [1] PERSON"
    )


def test_words_stream_on_while_nothing_is_open() -> None:
    hidden = masked("Sigrid Aas", NAMES)
    assert list(hidden.restored(["Hello, ", "PERS", "ON1 ", "is in. "])) == ["Hello, ", "Sigrid Aas ", "is in. "]


def test_a_placeholder_that_stands_for_nothing_is_left() -> None:
    assert masked("Sigrid Aas", NAMES).restore("PERSON7 and person1") == "PERSON7 and Sigrid Aas"


class Form(BaseModel):
    quote: str
    others: list[str]


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    with GeminiServer(says("")) as server:
        yield server


def at(gemini: GeminiServer, reply: Reply) -> Masking:
    gemini.play(reply)
    llm = open_llm("google_genai:gemini-test", "key", gemini.url, timeout_s=10, retries=0)
    return Masking(llm, lambda: NAMES, HABITS.note)


def test_no_personal_byte_leaves_in_a_stream(gemini: GeminiServer) -> None:
    prompt = "Sigrid Aas <sigrid@norvik.example>, +47 22 34 56 78, https://x.example/?t=1 asked Mark."
    llm = at(gemini, Reply(("Dear PER", "SON1, write MA", "IL1 or ring PHONE1.")))
    assert "".join(llm.stream(prompt)) == "Dear Sigrid Aas, write sigrid@norvik.example or ring +47 22 34 56 78."
    for personal in (b"igrid", b"Aas", b"norvik.example", b"34 56", b"x.example", b"Mark"):
        assert personal not in gemini.raw
    assert b"PERSON1 <MAIL1>, PHONE1, LINK1 asked PERSON2." in gemini.raw
    assert gemini.prompts[0].startswith("Words such as PERSON1")


def test_a_form_comes_back_with_the_raw_words(gemini: GeminiServer) -> None:
    llm = at(gemini, says('{"quote": "PERSON1b said yes", "others": ["PERSON1", "nobody"]}'))
    filled = llm.fill("Sigrid Aas called. Sigrid said yes", Form)
    assert filled == Form(quote="Sigrid said yes", others=["Sigrid Aas", "nobody"])


def test_a_prompt_that_names_nobody_is_sent_as_it_is(gemini: GeminiServer) -> None:
    assert "".join(at(gemini, says("Fine.")).stream("How many calls?")) == "Fine."
    assert gemini.prompts == ["How many calls?"]
