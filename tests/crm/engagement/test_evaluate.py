"""Evaluation: figures one can count, honest about rows that were learned from."""

import csv
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from crm.engagement.evaluate import Measuring, Training, evaluate
from crm.engagement.judge import Cascade
from crm.engagement.labelling_guide import Guide
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Example, Material
from crm.errors import BadFile
from crm.intake.ingest import activities_in
from crm.nouns import Activity, Engagement, Verdict
from crm.threads.thread import Ours
from tests.crm.engagement.made import ENGAGED, NOT_ENGAGED, ByWord

PLAYBOOK = Path(__file__).parents[3] / "playbook"
HEAD = ["hs_object_id", "crm_subject", "crm_description", "crm_subtype", "human_label"]
ROWS = [
    ("1", "a", "yes one", "Email", "ENGAGED"),
    ("2", "b", "yes two", "Email", "not engaged"),
    ("3", "c", "no three", "Call", "NOT_ENGAGED"),
    ("4", "d", "no four", "Call", "Not-Engaged"),
    ("5", "e", "well", "Task", "n/d"),
    ("6", "f", "no six", "Task", ""),
]


def write(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.read(PLAYBOOK)


def test_the_figures_of_five_rows(tmp_path: Path, guide: Guide) -> None:
    found = evaluate(write(tmp_path / "a.csv", ROWS), "human_label", ByWord(), Measuring(guide))
    assert (len(found.judged), found.skipped) == (5, 1)
    assert found.confusion.accuracy.value == 4 / 5
    assert found.confusion.precision(ENGAGED).value == 1 / 2
    assert found.confusion.recall(NOT_ENGAGED).value == 2 / 3
    assert found.confusion.at(NOT_ENGAGED, ENGAGED) == 1
    assert {name: (figure.value, figure.of) for name, figure in found.by_judge.items()} == {
        "all rules": (3 / 4, 4),
        "rule:no": (2 / 2, 2),
        "rule:yes": (1 / 2, 2),
        "model": (1 / 1, 1),
    }
    assert found.rule_coverage.value == 4 / 5
    assert found.warning == ""


def test_the_same_as_json_and_as_tables(tmp_path: Path, guide: Guide) -> None:
    found = evaluate(write(tmp_path / "a.csv", ROWS), "Human Label", ByWord(), Measuring(guide))
    told = json.loads(found.to_json())
    assert told["accuracy"]["value"] == 0.8
    assert told["labels"]["NOT ENGAGED"]["recall"]["value"] == pytest.approx(2 / 3)
    assert told["confusion"]["NOT ENGAGED"] == {"ENGAGED": 1, "NOT ENGAGED": 2, "ND": 0}
    assert (told["rows"], told["skipped"], told["seen_in_training"]) == (5, 1, 0)
    text = found.to_text()
    assert "a.csv: 5 labelled rows, 1 without a label or unreadable" in text
    assert "accuracy              0.800 (0.376-0.964)" in text
    assert [line.split() for line in text.splitlines() if line.startswith("NOT ENGAGED ")][1] == [
        "NOT", "ENGAGED", "1", "2", "0",
    ]  # fmt: skip


def test_rules_are_reported_on_one_by_one(tmp_path: Path, guide: Guide) -> None:
    rows = [
        ("1", "Left voicemail", "", "Call", "NOT ENGAGED"),
        ("2", "Left voicemail", "again", "Call", "ENGAGED"),
        ("3", "x", "", "Task", "ND"),
    ]
    how = Measuring(guide, RuleJudge.ready(PLAYBOOK))
    found = evaluate(write(tmp_path / "a.csv", rows), "human_label", ByWord(), how)
    voicemail = next(rule for rule in found.rules if rule.name == "voicemail_left")
    assert (voicemail.speaks, voicemail.right, voicemail.says) == (2, 1, "NOT ENGAGED")
    told = {rule["name"]: rule for rule in json.loads(found.to_json())["rules"]}
    assert told["voicemail_left"]["precision"]["value"] == 0.5
    assert any(line.startswith("voicemail_left ") and " 0.500 (" in line for line in found.to_text().splitlines())


@pytest.mark.parametrize(
    ("rows", "column", "sentence"),
    [
        (ROWS, "truth", r"a\.csv has no column truth\. It has: hs_object_id, .*human_label"),
        ([*ROWS, ("7", "g", "x", "Call", "maybe")], "human_label", r"'maybe' \(line 8\).*ENGAGED, NOT ENGAGED, ND"),
        (ROWS[5:], "human_label", "no row has a label"),
        ([], "human_label", "has no rows"),
    ],
)
def test_what_cannot_be_measured_is_named(
    tmp_path: Path, guide: Guide, rows: Sequence[Sequence[str]], column: str, sentence: str
) -> None:
    with pytest.raises(BadFile, match=sentence):
        evaluate(write(tmp_path / "a.csv", rows), column, ByWord(), Measuring(guide))


class ByHeart(ByWord):
    """A model that knows the rows of its files by heart, and knows nothing else."""

    def __init__(self, files: Sequence[Path], guide: Guide) -> None:
        super().__init__()
        self.known: dict[str, str] = {}
        for path in files:
            with path.open(encoding="utf-8", newline="") as file:
                self.known |= {row["crm_description"]: row["human_label"] for row in csv.DictReader(file)}
        self.guide = guide

    def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
        known = [self.guide.label(self.known.get(a.raw_body, "")) for a in batch]
        return [Verdict(label or ENGAGED, 0.9, "by heart", "", "model") for label in known]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "a.csv", ROWS[:3]), write(tmp_path / "b.csv", ROWS[3:5])


def test_rows_the_model_has_learned_are_judged_by_one_that_has_not(files: tuple[Path, Path], guide: Guide) -> None:
    def without(left_out: Path | None, _: tuple[Example, ...]) -> ByHeart:
        return ByHeart([file for file in files if file != left_out], guide)

    how = Measuring(guide, training=Training(files, without))
    found = evaluate(files[0], "human_label", ByHeart(files, guide), how)
    assert (found.seen, found.held_out) == (1.0, True)
    assert found.confusion.accuracy.value == 1 / 3
    assert "100% of these rows are among those that the model learns from" in found.to_text()
    assert json.loads(found.to_json())["seen_in_training"] == 1.0


def test_a_file_put_together_from_several_leaves_each_row_s_own_out(
    tmp_path: Path, files: tuple[Path, Path], guide: Guide
) -> None:
    asked: list[Path] = []

    def without(left_out: Path | None, _: tuple[Example, ...]) -> ByHeart:
        assert left_out is not None
        asked.append(left_out)
        return ByHeart([file for file in files if file != left_out], guide)

    new = ("9", "new", "nine", "Call", "ENGAGED")
    again = [(f"x{n}", subject, f" {body.upper()}", *rest) for n, subject, body, *rest in ROWS[:5]]
    found = evaluate(
        write(tmp_path / "c.csv", [*again, new]),
        "human_label",
        ByHeart(files, guide),
        Measuring(guide, training=Training(files, without)),
    )
    assert asked == list(files)
    assert found.seen == pytest.approx(5 / 6)
    assert len(found.judged) == 6


def test_where_nothing_else_was_learned_from_the_result_says_so_loudly(files: tuple[Path, Path], guide: Guide) -> None:
    judge = ByHeart(files[:1], guide)
    found = evaluate(files[0], "human_label", judge, Measuring(guide, training=Training(files[:1], lambda *_: judge)))
    assert (found.seen, found.held_out) == (1.0, False)
    assert found.confusion.accuracy.value == 1.0
    assert found.to_text().startswith("WARNING: 100% of these rows are among those that the model LEARNED FROM.")
    assert "WARNING" in json.loads(found.to_json())["notices"][0]


def test_a_lesson_is_held_out_when_its_record_is_asked_about_and_kept_when_not(
    files: tuple[Path, Path], guide: Guide
) -> None:
    """One correction has the words of a row of the file, one has other words; the model had learned both."""
    rows = [read.activity for file in files for read in activities_in(file, Ours()) if read.activity]
    taught = tuple((activity, Engagement.ND) for activity in rows)
    asked: list[tuple[Path | None, int]] = []

    def without(left_out: Path | None, extra: tuple[Example, ...]) -> ByWord:
        asked.append((left_out, len(extra)))
        return ByWord()

    training = Training(files[1:], without, taught)
    found = evaluate(files[0], "human_label", ByWord(), Measuring(guide, training=training))
    assert asked == [(None, 2)]
    assert (found.seen, found.held_out) == (1.0, True)


def test_the_shipped_cascade_is_measured_on_what_it_has_not_seen(tmp_path: Path) -> None:
    """Of two small files each is judged by a model that learned from the other."""
    data = tmp_path / "labelled"
    data.mkdir()
    for name in ("activities_C2.csv", "activities_C3.csv"):
        with (PLAYBOOK.parent / "data" / "labelled" / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [tuple(row[column] for column in HEAD) for row in islice(csv.DictReader(file), 150)]
        write(data / name, rows)
    cascade = Cascade.of([RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(data, tmp_path))])
    how = Measuring.ready(cascade, Material(data, tmp_path))
    found = evaluate(data / "activities_C3.csv", "human_label", cascade, how)
    by_heart = evaluate(data / "activities_C3.csv", "human_label", cascade, Measuring(how.guide))
    assert (found.seen, found.held_out, len(found.judged)) == (1.0, True, 150)
    assert by_heart.confusion.accuracy.value > found.confusion.accuracy.value
    assert found.confusion.macro_f1.value > 0.6
    assert sum(rule.speaks for rule in found.rules) > 0
