"""Measures the cascade against people's labels, and not on rows that its model has learned by heart."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.engagement.evaluation import Evaluation, Judged
from crm.engagement.judge import Cascade, Deciding
from crm.engagement.labelling_guide import Guide
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Outcome
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Example, Material
from crm.errors import BadFile
from crm.intake.columns import folded
from crm.intake.ingest import RowRead, activities_in
from crm.nouns import Activity, Engagement
from crm.threads.thread import Ours

BATCH = 500
SHOWN = 8  # wrong label values that a sentence names


@dataclass(frozen=True, slots=True)
class Training:
    """What the small model learns from: files, and records that people corrected.

    `without` gives the same cascade with a model that never saw a file, if one is named, and learned from no other
    corrections than those given.
    """

    files: tuple[Path, ...]
    without: Callable[[Path | None, tuple[Example, ...]], Deciding]
    taught: tuple[Example, ...] = ()

    @classmethod
    def of(cls, cascade: Cascade, material: Material, taught: Sequence[Example] = ()) -> "Training":
        """The training of the cascade's own model, which learned from the material and from corrections."""

        def without(left_out: Path | None, extra: tuple[Example, ...]) -> Cascade:
            with TemporaryDirectory(prefix="held-out-") as folder:
                kept = material.kept_in(Path(folder)) if extra else material  # what knows a correction is not kept
                other = LearnedJudge.ready(kept, [left_out] if left_out else [], extra)
            reader = next((j.reader for j in cascade.judges if isinstance(j, LearnedJudge)), None)
            if reader and left_out is None:  # it has seen every labelled file, and no correction
                other = other.with_reader(reader)
            return Cascade.of([other if isinstance(judge, LearnedJudge) else judge for judge in cascade.judges])

        return cls(tuple(material.files), without, tuple(taught))


@dataclass(frozen=True, slots=True)
class Measuring:
    """What an evaluation needs beside the cascade: the guide's spellings, the rules to report on, the training."""

    guide: Guide
    rules: RuleJudge | None = None
    training: Training | None = None

    @classmethod
    def ready(cls, cascade: Cascade, material: Material, taught: Sequence[Example] = ()) -> "Measuring":
        """Everything that there is to measure about a cascade; `taught` are the corrections its model learned from.

        Raises BadPlaybook.
        """
        rules = next((judge for judge in cascade.judges if isinstance(judge, RuleJudge)), None)
        learned = any(isinstance(judge, LearnedJudge) for judge in cascade.judges)
        return cls(Guide.read(material.playbook), rules, Training.of(cascade, material, taught) if learned else None)


@dataclass(frozen=True, slots=True)
class _Labelled:
    activity: Activity
    truth: Engagement


def evaluate(labelled: Path, label_column: str, cascade: Deciding, how: Measuring) -> Evaluation:
    """Judges every labelled row of a file. Raises BadFile for a missing column or labels that are none of the three.

    A row that the model learns from is judged by a model trained without the whole file that the row comes from, and
    without any correction of a record that is asked about; the other corrections stay.
    """
    reads = list(activities_in(labelled, Ours()))
    rows = list(_labelled(reads, label_column, how.guide, labelled.name))
    known = _Known.of(how.training, {_content(row.activity) for row in rows})
    judged: list[Judged] = []
    by_heart = False
    for (home, lesson), some in _by_home(rows, known):
        if how.training and (lesson or (home and known.others)):
            judged += _judged(some, how.training.without(home if known.others else None, known.apart))
        else:
            judged += _judged(some, cascade)
            by_heart = by_heart or home is not None
    scores = how.rules.report([(row.activity, row.truth) for row in rows]) if how.rules else []
    seen = sum(known.has(row.activity) for row in rows) / len(rows)
    return Evaluation(
        source=labelled.name,
        policy=cascade.policy,
        judged=tuple(judged),
        rules=tuple(scores),
        skipped=len(reads) - len(rows),
        seen=seen,
        held_out=seen > 0 and not by_heart,
    )


def _labelled(reads: Sequence[RowRead], column: str, guide: Guide, file: str) -> Iterator[_Labelled]:
    """The rows with a label; those without one, or that cannot be read, are left out."""
    name = _column(reads, column, file)
    wrong: dict[str, int] = {}
    found = []
    for read in reads:
        typed = read.row.get(name, "").strip()
        if not typed or read.activity is None:
            continue
        label = guide.label(typed)
        if label is None:
            wrong.setdefault(typed, read.line)
        else:
            found.append(_Labelled(read.activity, label))
    if wrong:
        values = ", ".join(f"{typed[:40]!r} (line {line})" for typed, line in islice(wrong.items(), SHOWN))
        allowed = ", ".join(Engagement)
        raise BadFile(f"{file}: {name} holds {len(wrong)} values that are no label: {values}. Allowed are {allowed}.")
    if not found:
        raise BadFile(f"{file}: no row has a label in the column {name}.")
    yield from found


def _column(reads: Sequence[RowRead], wanted: str, file: str) -> str:
    if not reads:
        raise BadFile(f"{file} has no rows.")
    names = list(reads[0].row)
    for name in names:
        if name == wanted or folded(name) == folded(wanted):
            return name
    raise BadFile(f"{file} has no column {wanted}. It has: {', '.join(names)}. Name the right one with --label-column.")


@dataclass(frozen=True, slots=True)
class _Known:
    """What of the rows asked about the model has learned, by content: `homes` by file, `lessons` by correction.

    `apart` are the corrections of other records. `others` says that something is left to learn from without a file.
    """

    homes: dict[str, Path]
    lessons: frozenset[str]
    apart: tuple[Example, ...]
    others: bool

    @classmethod
    def of(cls, training: Training | None, asked: Collection[str]) -> "_Known":
        if training is None:
            return cls({}, frozenset(), (), False)
        taught = [(_content(activity), (activity, label)) for activity, label in training.taught]
        return cls(
            homes=_homes(training.files),
            lessons=frozenset(content for content, _ in taught if content in asked),
            apart=tuple(example for content, example in taught if content not in asked),
            others=len(training.files) > 1,  # of a single file nothing is left
        )

    def has(self, activity: Activity) -> bool:
        content = _content(activity)
        return content in self.homes or content in self.lessons


def _homes(files: Iterable[Path]) -> dict[str, Path]:
    """The training file that each known content comes from."""
    return {
        _content(read.activity): file
        for file in files
        for read in activities_in(file, Ours())
        if read.activity is not None
    }


def _content(activity: Activity) -> str:
    """Identity of what was written, whatever the row's id or type."""
    words = " ".join(f"{activity.raw_subject} {activity.raw_body}".split()).casefold()
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _by_home(rows: Sequence[_Labelled], known: _Known) -> list[tuple[tuple[Path | None, bool], list[_Labelled]]]:
    """The rows by the file that the model learned them from, and by whether it learned them from a correction."""
    groups: dict[tuple[Path | None, bool], list[_Labelled]] = {}
    for row in rows:
        content = _content(row.activity)
        groups.setdefault((known.homes.get(content), content in known.lessons), []).append(row)
    return list(groups.items())


def _judged(rows: Sequence[_Labelled], judge: Deciding) -> Iterator[Judged]:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row, verdict in zip(batch, judge.judge([row.activity for row in batch]), strict=True):
            yield Judged(Outcome(row.truth, verdict.engagement, verdict.confidence), verdict.decided_by)
