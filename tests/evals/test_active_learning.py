"""How many labels a person must give: asking by `review`'s order against asking at random, simulated.

A model starts from few labelled rows, asks for more in steps, and is measured on a labelled file that it never saw.
What counts is the number of labels at which it first reaches 95 % of the macro-F1 that all labels together give.
The pool are logs as people keep them. Of files that hold contrasts, written to be hard, the least certain rows teach
least: over twenty-five files the order of `review` needed 1,020 labels for B on average and chance 520.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from crm.engagement.features import features
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Confusion, Outcome
from crm.engagement.model import LABELS, Model, train
from crm.engagement.review import Doubt, pattern, rank
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material, examples_in
from crm.engagement.vectors import Sample
from crm.nouns import Activity, Engagement

ROOT = Path(__file__).parents[2]
PLAYBOOK, LABELLED = ROOT / "playbook", ROOT / "data" / "labelled"
START, STEP, REACH, SEEDS = 60, 60, 0.95, (1, 2, 3)
HELD_OUT = ("activities_B.csv", "activities_C2.csv")
POOL = "activities_[BC]*.csv"

pytestmark = pytest.mark.eval


@dataclass(frozen=True)
class Known:
    """A labelled row as the model sees it."""

    id: str
    activity: Activity
    sample: Sample
    label: Engagement


Asking = Callable[[Model, Sequence[Known], random.Random], list[Known]]


def at_random(model: Model, pool: Sequence[Known], chance: random.Random) -> list[Known]:
    return chance.sample(pool, min(STEP, len(pool)))


def by_review(model: Model, pool: Sequence[Known], chance: random.Random) -> list[Known]:
    sure = model.probabilities(model.table(known.sample for known in pool)).max(axis=1).tolist()
    asked = rank((Doubt(k.id, pattern(k.activity), s) for k, s in zip(pool, sure, strict=True)), STEP)
    wanted = {ask.doubt.id for ask in asked}
    return [known for known in pool if known.id in wanted]


def f1(model: Model, rows: Sequence[Known]) -> float:
    said = model.probabilities(model.table(known.sample for known in rows)).argmax(axis=1).tolist()
    outcomes = [Outcome(known.label, LABELS[place], 1.0) for known, place in zip(rows, said, strict=True)]
    return Confusion.of(outcomes).macro_f1.value


def taught(rows: Sequence[Known]) -> Model:
    return train([known.sample for known in rows], [known.label for known in rows])


def labels_needed(pool: Sequence[Known], held_out: Sequence[Known], ask: Asking, seed: int) -> int:
    """How many labels until REACH of the final figure."""
    chance, final = random.Random(seed), f1(taught(pool), held_out)
    order = chance.sample(list(pool), len(pool))
    known, left = order[:START], order[START:]
    while f1(model := taught(known), held_out) < REACH * final and left:
        new = ask(model, left, chance)
        known = [*known, *new]
        ids = {one.id for one in new}
        left = [one for one in left if one.id not in ids]
    return len(known)


def test_review_needs_fewer_labels_than_chance(learned: Path) -> None:
    judge = LearnedJudge.ready(Material(LABELLED, learned))
    files = {path.name: _known(path, judge.rules) for path in sorted(LABELLED.glob(POOL))}
    needed: dict[str, list[int]] = {"review": [], "random": []}
    print(f"\nlabels until {REACH:.0%} of the final macro-F1, seeds {SEEDS}")
    for name in HELD_OUT:
        pool = [known for other, rows in files.items() if other != name for known in rows]
        for how, ask in (("review", by_review), ("random", at_random)):
            found = [labels_needed(pool, files[name], ask, seed) for seed in SEEDS]
            needed[how] += found
            print(f"  {name:18s} {how:7s} {found}, of {len(pool)}")
    print(f"  on average: review {mean(needed['review']):.0f}, random {mean(needed['random']):.0f}")
    assert mean(needed["review"]) < mean(needed["random"])


def _known(path: Path, rules: RuleJudge) -> list[Known]:
    found = []
    for number, (activity, label) in enumerate(examples_in(path)):
        seen = features(activity, rules.lexicon)
        vote = rules.vote(seen)
        said = sorted({f"says:{rule.says}" for rule in vote.spoke})
        sample = (seen, (*(f"rule:{rule.name}" for rule in vote.spoke), *said))
        found.append(Known(f"{path.stem}-{number}", activity, sample, label))
    return found
