"""The checker on planted traps and on true sentences: how many traps it takes out, how many true ones it leaves."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from agents.brief_contents import Holdings
from agents.check import Checker
from crm.nouns import Brief, Evidence, Manner, Side
from crm.playbook import Page, read_yaml

pytestmark = pytest.mark.eval
DATA = Path(__file__).parent / "data" / "traps.yaml"
CAUGHT, FLAGGED = 0.95, 0.02


class Piece(Page):
    """A record of the brief."""

    n: int
    day: date
    who: str
    text: str


class Trapped(Page):
    """One brief with what may and what may not be said about it."""

    task: str
    language: str
    facts: Mapping[str, str | int | date]
    evidence: tuple[Piece, ...]
    holds: tuple[str, ...]
    traps: Mapping[str, tuple[str, ...]]

    def checker(self) -> Checker:
        pieces = tuple(
            Evidence(p.n, f"eval:{p.n}", p.text, datetime.combine(p.day, time(9), UTC), p.who, Side.THEM)
            for p in self.evidence
        )
        brief = Brief(self.task, "How are they doing?", dict(self.facts), pieces, Manner(language=self.language))
        return Checker(brief, Holdings.of(brief))


class Traps(Page):
    """The whole file."""

    briefs: tuple[Trapped, ...]


def test_traps_are_caught_and_true_sentences_stay() -> None:
    planted, caught, true = Counter[str](), Counter[str](), 0
    missed: list[str] = []
    flagged: list[str] = []
    for one in read_yaml(DATA, Traps).briefs:
        checker = one.checker()
        for kind, sentences in one.traps.items():
            for sentence in sentences:
                planted[kind] += 1
                checked = checker.check(sentence)
                if checked.text == "" and any("taken out" in notice for notice in checked.notices):
                    caught[kind] += 1
                else:
                    missed.append(f"{kind}: {sentence} -> {checked.text}")
        for sentence in one.holds:
            true += 1
            checked = checker.check(sentence)
            if "taken out" in " ".join(checked.notices):
                flagged.append(f"{sentence} ({checked.notices[0]})")
    print(f"\ntraps: {caught.total()} of {planted.total()} caught; {len(flagged)} of {true} true sentences flagged")
    print("".join(f"  {kind}: {caught[kind]} of {planted[kind]}\n" for kind in planted))
    print("\n".join([*(f"  missed {m}" for m in missed), *(f"  flagged {f}" for f in flagged)]))
    assert planted.total() >= 60
    assert caught.total() >= CAUGHT * planted.total()
    assert len(flagged) <= FLAGGED * true
