"""Labelled rows with the verdicts of judges that never saw the file they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Confusion, Figure, Outcome
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material, examples_in
from crm.nouns import Activity, Engagement, Verdict

ROOT = Path(__file__).parents[2]
PLAYBOOK, LABELLED = ROOT / "playbook", ROOT / "data" / "labelled"
BY_HAND = Path(__file__).parent / "data" / "activities_by_hand.csv"
HARD = Path(__file__).parent / "data" / "activities_hard.csv"
FOUR_HANDS = Path(__file__).parent / "data" / "activities_four_hands.csv"
SHORT = Path(__file__).parent / "data" / "activities_short.csv"
AUDITOR = Path(__file__).parent / "data" / "activities_auditor.csv"
SECOND_AUDITOR = Path(__file__).parent / "data" / "activities_second_auditor.csv"
TWO_HANDS = Path(__file__).parent / "data" / "activities_two_hands.csv"
LABELS = tuple(Engagement)


@dataclass(frozen=True)
class Held:
    """One file as seen by judges that never saw it."""

    name: str
    records: tuple[Activity, ...]
    truth: tuple[Engagement, ...]
    rules: tuple[Verdict | None, ...]
    model: tuple[Verdict, ...]
    cascade: tuple[Verdict, ...]

    @classmethod
    def of(
        cls, name: str, rows: Sequence[tuple[Activity, Engagement]], rules: RuleJudge, model: LearnedJudge
    ) -> "Held":
        records = tuple(activity for activity, _ in rows)
        opinions = tuple(verdict for verdict in model.judge(records) if verdict)
        cascade = tuple(Cascade.of([rules, model]).judge(records))
        return cls(name, records, tuple(label for _, label in rows), tuple(rules.judge(records)), opinions, cascade)


@dataclass(frozen=True)
class Measured:
    """All files together."""

    files: tuple[Held, ...]

    @classmethod
    def each_left_out(cls, cache: Path) -> "Measured":
        rules, material = RuleJudge.ready(PLAYBOOK), Material(LABELLED, cache).for_folds()
        return cls(
            tuple(
                Held.of(path.stem, examples_in(path), rules, LearnedJudge.ready(material, [path]))
                for path in material.files
            )
        )

    @cached_property
    def truth(self) -> list[Engagement]:
        return [label for held in self.files for label in held.truth]

    @cached_property
    def rules(self) -> list[Verdict | None]:
        return [verdict for held in self.files for verdict in held.rules]

    def said(self, judge: str) -> list[Verdict]:
        return [verdict for held in self.files for verdict in getattr(held, judge)]


def outcomes(truth: Sequence[Engagement], said: Sequence[Verdict]) -> list[Outcome]:
    return [Outcome(t, v.engagement, v.confidence) for t, v in zip(truth, said, strict=True)]


def confusion(truth: Sequence[Engagement], said: Sequence[Verdict]) -> Confusion:
    return Confusion.of(outcomes(truth, said))


def right(truth: Sequence[Engagement], said: Sequence[Verdict]) -> list[bool]:
    return [t is v.engagement for t, v in zip(truth, said, strict=True)]


def line(name: str, found: Confusion) -> str:
    """The figures that count most, each with its 95 % interval."""
    figures: list[Figure] = [found.accuracy, found.macro_f1, found.precision(Engagement.ENGAGED)]
    figures += [found.recall(label) for label in (Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND)]
    return f"{name:26s} {found.rows:5d}  " + "  ".join(f"{figure!s:19s}" for figure in figures)


HEAD = (
    " " * 26
    + "  rows  "
    + "  ".join(
        f"{name:19s}"
        for name in ("accuracy", "macro-F1", "ENGAGED precision", "ENGAGED recall", "NOT ENG. recall", "ND recall")
    )
)
