"""The verdicts' figures that the Quality page shows: each file read by judges that never saw it, then an unread one."""

from pathlib import Path

import pytest

from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Confusion, Outcome, calibration_error, confidence_bins, share, surest
from crm.engagement.reader import Reader
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material, examples_in
from crm.measured_figures import Cell, Interval
from crm.nouns import Engagement
from tests.evals.held import BY_HAND, LABELLED, LABELS, PLAYBOOK, Held, Measured, confusion, outcomes
from tests.evals.noting import interval, note

COMMAND = "CRM_QUALITY=docs/quality.json pytest -m eval tests/evals/test_verdict_figures.py"
PARTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

pytestmark = pytest.mark.eval


@pytest.fixture(scope="module")
def measured(learned: Path) -> Measured:
    return Measured.each_left_out(learned)


@pytest.fixture(scope="module")
def rows(measured: Measured) -> list[Outcome]:
    return outcomes(measured.truth, measured.said("cascade"))


def test_files_and_rows_by_another_hand(measured: Measured, learned: Path) -> None:
    rules, model = RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, learned)).with_reader(Reader())
    unread = Held.of("by hand, kept unread", examples_in(BY_HAND)[1::2], rules, model)
    found = [(held.name, confusion(held.truth, held.cascade)) for held in (*measured.files, unread)]
    found.append(("all files", confusion(measured.truth, measured.said("cascade"))))
    head = ("rows of", "rows", "accuracy", "macro-F1", *(f"{label} {what}" for label, what in _asked()))
    said = "Each labelled file read by judges that learned from the others; the line to believe is “kept unread”."
    table: list[tuple[Cell, ...]] = [
        (name, one.rows, interval(one.accuracy), interval(one.macro_f1), *_figures(one)) for name, one in found
    ]
    note("verdicts", "Verdicts against people's labels", said, COMMAND, head, table)
    assert all(one.rows for _, one in found)


def test_confusion(measured: Measured) -> None:
    found = confusion(measured.truth, measured.said("cascade"))
    table = [(truth.value, *(found.at(truth, said) for said in LABELS)) for truth in LABELS]
    said = "Rows: what people said. Columns: what was judged. The labelled files, each left out of training."
    note("confusion", "Confusion", said, COMMAND, ("people said", *(label.value for label in LABELS)), table)
    assert found.rows == sum(sum(int(n) for n in row[1:]) for row in table)


def test_reliability(rows: list[Outcome]) -> None:
    table = [
        (f"{one.low:.1f} to {one.high:.1f}", len(one.outcomes), round(one.mean, 4), interval(one.right))
        for one in confidence_bins(rows)
    ]
    said = f"How often a verdict of that confidence is right. Calibration error {calibration_error(rows):.3f}."
    note("reliability", "Reliability", said, COMMAND, ("confidence", "rows", "mean", "right"), table)
    assert sum(int(row[1]) for row in table) == len(rows)


def test_coverage(rows: list[Outcome]) -> None:
    table = [(part, interval(surest(rows, part))) for part in PARTS]
    said = "How often the surest part of the rows is right: what is left to a person when only those are believed."
    note("coverage", "Coverage", said, COMMAND, ("the surest", "right"), table)
    assert table[0][1][0] >= table[-1][1][0]


def test_rules(measured: Measured) -> None:
    pairs = [pair for held in measured.files for pair in zip(held.records, held.truth, strict=True)]
    scores = sorted(RuleJudge.ready(PLAYBOOK).report(pairs), key=lambda s: (-s.speaks, s.name))
    table = [
        (s.name, str(s.says), s.speaks, s.agrees, s.conflicts, interval(share(s.right, s.speaks)) if s.speaks else None)
        for s in scores
    ]
    said = "How often each rule speaks on the labelled files, with others, against others, and how often it is right."
    note("rules", "Rules", said, COMMAND, ("rule", "says", "speaks", "agrees", "conflicts", "right"), table)
    assert any(score.speaks for score in scores)


def _asked() -> list[tuple[Engagement, str]]:
    return [(Engagement.ENGAGED, "precision"), *((label, "recall") for label in LABELS)]


def _figures(found: Confusion) -> list[Interval]:
    return [interval(getattr(found, what)(label)) for label, what in _asked()]
