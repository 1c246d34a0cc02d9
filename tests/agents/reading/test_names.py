"""Names as people type them, among names that resemble each other."""

import pytest

from agents.reading.company_words import common_words
from agents.reading.names import Names
from agents.reading.tokens import tokens

FIRMS = (
    "Norvik Maritime",
    "Betatech",
    "Betasoloin",
    "Calder & Voss",
    "Halcyon Optics",
    "Halcyon Freight",
    "Golddex",
    "Zencorporation",
    "Vehement Capital Partners",
    "Grünwald Papier",
    "Cheers",
    "Y-Corporation",
)
NAMES = Names.of(((name, name) for name in FIRMS), common_words())


def found(text: str) -> list[str]:
    return sorted({i for s in NAMES.find(tokens(text)) if not s.weak for i in s.ids})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("have we talked with Norvik Maritime?", ["Norvik Maritime"]),
        ("anything from norvik lately", ["Norvik Maritime"]),
        ("norvikmaritime", ["Norvik Maritime"]),
        ("what about nor vik", ["Norvik Maritime"]),
        ("Norvk Maritme?", ["Norvik Maritime"]),
        ("beta tech", ["Betatech"]),
        ("Betatec", ["Betatech"]),
        ("zencorp status", ["Zencorporation"]),
        ("zen corporation", ["Zencorporation"]),
        ("calder and voss", ["Calder & Voss"]),
        ("mail to VCP", ["Vehement Capital Partners"]),
        ("gruenwald", ["Grünwald Papier"]),
        ("grunwald papier", ["Grünwald Papier"]),
        ("summary of Halcyon", ["Halcyon Freight", "Halcyon Optics"]),
        ("summary of Halcyon Freight", ["Halcyon Freight"]),
        ("whats up with halcyon opt", ["Halcyon Optics"]),
        ("halcyon out of office", ["Halcyon Freight", "Halcyon Optics"]),
        ("y corp deals", ["Y-Corporation"]),
        ("halcion optcs", ["Halcyon Optics"]),
        ("how is the pipeline by stage", []),
        ("which freight companies answered", []),
        ("capital partners", []),
        ("talk to Zentrum Bank", []),
        ("Beta Solutions", []),
    ],
)
def test_a_name_is_known_however_it_is_typed(text: str, meant: list[str]) -> None:
    assert found(text) == meant


def test_an_ordinary_word_is_marked_weak() -> None:
    sighting = NAMES.find(tokens("did we talk to cheers"))[0]
    assert sighting.ids == ("Cheers",)
    assert sighting.weak


def test_a_longer_name_wins_over_a_part_of_it() -> None:
    first, *rest = NAMES.find(tokens("norvik maritime"))
    assert (first.first, first.last, first.whole) == (0, 2, True)
    assert rest == []
