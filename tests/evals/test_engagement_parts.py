"""What each part of the judges' line is worth: rules alone, model alone, both; fewer examples; length alone."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crm.engagement.features import Features, features
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Confusion, Outcome, share
from crm.engagement.model import train
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import FILES, Material, examples_in, sample
from crm.nouns import Activity, Engagement, Verdict
from tests.evals.held import HEAD, LABELLED, PLAYBOOK, Measured, confusion, line, outcomes

FOLDS = 5  # of whole files
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
SIZES = ("them_words", "us_words", "unknown_words", "machine_words", "body_words", "subject_words", "messages")
CALLED = frozenset(("body:few", "body:some", "body:many", "body:long"))
MOVED = 0.05  # of the verdicts may change when lengths are those of other records
LENGTH_ALONE = 0.6  # macro-F1 that length alone must stay below
WITHIN_CHANCE = 0.003  # of the accuracy: half of its 95 % interval is 0.007

pytestmark = pytest.mark.eval

Rows = list[tuple[Activity, Engagement]]


@pytest.fixture(scope="module")
def files() -> list[Rows]:
    return [examples_in(path) for path in sorted(LABELLED.glob(FILES))]


@pytest.fixture(scope="module")
def rules() -> RuleJudge:
    return RuleJudge.ready(PLAYBOOK)


def test_rules_that_say_why_cost_no_accuracy(learned: Path) -> None:
    measured = Measured.each_left_out(learned)
    silent = Verdict(Engagement.ND, 0.0, "", "", "")
    found = {
        "rules only, silent = ND": confusion(measured.truth, [v or silent for v in measured.rules]),
        "model only": confusion(measured.truth, measured.said("model")),
        "both": confusion(measured.truth, measured.said("cascade")),
    }
    print(f"\n\n{HEAD}")
    for name, one in found.items():
        print(line(name, one))
    both = found.pop("both").accuracy.value
    assert all(both >= one.accuracy.value - WITHIN_CHANCE for one in found.values())


def test_more_examples_make_a_better_model(files: list[Rows], rules: RuleJudge) -> None:
    print("\n\nmodel alone, a fifth of the files left out, learned from so many of the others' rows\n" + HEAD)
    found = {part: _learned_from(part, files, rules) for part in SHARES}
    for part, one in found.items():
        print(line(f"{part:.0%}", one))
    assert found[1.0].macro_f1.value > found[0.25].macro_f1.value


def test_length_does_not_decide(files: list[Rows], rules: RuleJudge, learned: Path) -> None:
    """Each record is given the length of another one; then a model sees nothing but lengths."""
    before: list[Outcome] = []
    after: list[Outcome] = []
    material = Material(LABELLED, learned).for_folds()
    for path, rows in zip(material.files, files, strict=True):
        judge = LearnedJudge.ready(material, [path])
        batch, truth = [activity for activity, _ in rows], [label for _, label in rows]
        seen = [features(activity, rules.lexicon) for activity in batch]
        votes = [rules.vote(one) for one in seen]
        before += outcomes(truth, judge.verdicts(batch, seen, votes))
        after += outcomes(truth, judge.verdicts(batch, _with_other_lengths(seen), votes))
    moved = share(sum(a.said is not b.said for a, b in zip(before, after, strict=True)), len(before))
    alone = _length_alone(files, [features(activity, rules.lexicon) for rows in files for activity, _ in rows])
    print(f"\n\nlengths shuffled: {moved} of the model's verdicts change")
    print(f"macro-F1 {Confusion.of(before).macro_f1} before, {Confusion.of(after).macro_f1} after")
    print(f"length alone: macro-F1 {alone.macro_f1}")
    assert moved.value <= MOVED
    assert alone.macro_f1.value <= LENGTH_ALONE


def _learned_from(part: float, files: list[Rows], rules: RuleJudge) -> Confusion:
    found: list[Outcome] = []
    for out in range(FOLDS):
        asked = [pair for rows in files[out::FOLDS] for pair in rows]
        rest = [pair for number, rows in enumerate(files) if number % FOLDS != out for pair in rows]
        drawn = np.random.default_rng(out).permutation(len(rest))[: round(part * len(rest))]
        some = [rest[n] for n in drawn.tolist()]
        judge = LearnedJudge(train([_sample(a, rules) for a, _ in some], [label for _, label in some]), rules, "")
        said = judge.judge([activity for activity, _ in asked])
        found += [Outcome(t, v.engagement, v.confidence) for (_, t), v in zip(asked, said, strict=True) if v]
    return Confusion.of(found)


def _sample(activity: Activity, rules: RuleJudge) -> tuple[Features, tuple[str, ...]]:
    seen = features(activity, rules.lexicon)
    return sample(seen, rules.vote(seen))


def _with_other_lengths(seen: Sequence[Features]) -> list[Features]:
    """The counts of words, and how long the body is called, of another record; what is empty stays empty."""
    order = np.random.default_rng(1).permutation(len(seen)).tolist()
    found = []
    for one, o in zip(seen, order, strict=True):
        other = seen[o]
        numbers = {**one.numbers, **{s: other.number(s) for s in SIZES if s in one.numbers and other.number(s)}}
        flags = one.flags
        if flags & CALLED and other.flags & CALLED:
            flags = (flags - CALLED) | (other.flags & CALLED)
        found.append(replace(one, numbers=numbers, flags=flags))
    return found


def _length_alone(files: list[Rows], seen: Sequence[Features]) -> Confusion:
    from sklearn.linear_model import LogisticRegression

    sizes = np.log1p(np.array([[one.number(size) for size in SIZES] for one in seen]))
    truth = np.array([str(label) for rows in files for _, label in rows])
    of = np.repeat(np.arange(len(files)), [len(rows) for rows in files])
    found = []
    for out in range(len(files)):
        model = LogisticRegression(max_iter=1000, class_weight="balanced").fit(sizes[of != out], truth[of != out])
        said = model.predict(sizes[of == out])
        found += [Outcome(Engagement(t), Engagement(s), 0.0) for t, s in zip(truth[of == out], said, strict=True)]
    return Confusion.of(found)
