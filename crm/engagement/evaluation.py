"""The result of an evaluation: every figure with its interval, as a table or as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from crm.engagement.measure import Confusion, Figure, Outcome, calibration_error, share, surest
from crm.nouns import Engagement
from crm.rules import RuleScore

SUREST = 0.8
RULE = "rule:"


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled row after judging: the outcome, with who decided it."""

    outcome: Outcome
    decided_by: str

    @property
    def right(self) -> bool:
        return self.outcome.truth is self.outcome.said


@dataclass(frozen=True)
class Evaluation:
    """Verdicts against people's labels.

    `seen` is the share of rows that the small model learns from; `held_out` says that those rows were judged by a
    model that had not seen the file they come from. `skipped` rows have no label or could not be read.
    """

    source: str
    policy: str
    judged: tuple[Judged, ...]
    rules: tuple[RuleScore, ...] = ()
    skipped: int = 0
    seen: float = 0.0
    held_out: bool = False
    notices: tuple[str, ...] = ()

    @cached_property
    def outcomes(self) -> list[Outcome]:
        return [row.outcome for row in self.judged]

    @cached_property
    def confusion(self) -> Confusion:
        return Confusion.of(self.outcomes)

    @cached_property
    def by_judge(self) -> Mapping[str, Figure]:
        """Each judge's share of right verdicts, the busiest first; rules together as well as one by one."""
        right: dict[str, int] = {}
        of: dict[str, int] = {}
        for row in self.judged:
            for name in {row.decided_by, "all rules" if row.decided_by.startswith(RULE) else row.decided_by}:
                of[name] = of.get(name, 0) + 1
                right[name] = right.get(name, 0) + row.right
        return {name: share(right[name], n) for name, n in sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))}

    @property
    def rule_coverage(self) -> Figure:
        """The share of rows that rules decide."""
        return share(sum(row.decided_by.startswith(RULE) for row in self.judged), len(self.judged))

    @property
    def warning(self) -> str:
        """What to know before believing the figures; empty when the model has not seen these rows."""
        if not self.seen:
            return ""
        if self.held_out:
            return (
                f"{self.seen:.0%} of these rows are among those that the model learns from. So each of them was judged "
                "by a model trained without the whole file that it comes from. The rules, though, were written with "
                "these files in view: on rows that nobody has looked at, expect somewhat less."
            )
        return (
            f"WARNING: {self.seen:.0%} of these rows are among those that the model LEARNED FROM. "
            "These figures say nothing about rows that it has not seen."
        )

    def to_json(self) -> str:
        figures = {
            "source": self.source,
            "policy": self.policy,
            "rows": len(self.judged),
            "skipped": self.skipped,
            "seen_in_training": round(self.seen, 4),
            "held_out": self.held_out,
            "accuracy": asdict(self.confusion.accuracy),
            "macro_f1": asdict(self.confusion.macro_f1),
            "labels": {label.value: self._label_figures(label) for label in Engagement},
            "confusion": {
                truth.value: {said.value: self.confusion.at(truth, said) for said in Engagement} for truth in Engagement
            },
            "surest_80_percent": asdict(surest(self.outcomes, SUREST)),
            "calibration_error": round(calibration_error(self.outcomes), 4),
            "rule_coverage": asdict(self.rule_coverage),
            "decided_by": {name: asdict(figure) for name, figure in self.by_judge.items()},
            "rules": [asdict(rule) | {"precision": asdict(share(rule.right, rule.speaks))} for rule in self.rules],
            "notices": [n for n in (self.warning, *self.notices) if n],
        }
        return json.dumps(figures, indent=2, ensure_ascii=False)

    def to_text(self) -> str:
        """The same as tables for a terminal."""
        parts = [self._heading(), self._labels(), self._confusion(), self._judges(), self._rules(), *self.notices]
        return "\n\n".join(part for part in (self.warning, *parts, self.warning) if part)

    def _label_figures(self, label: Engagement) -> dict[str, object]:
        precision, recall, f1 = (f(label) for f in (self.confusion.precision, self.confusion.recall, self.confusion.f1))
        return {"precision": asdict(precision), "recall": asdict(recall), "f1": asdict(f1), "rows": recall.of}

    def _heading(self) -> str:
        skipped = f", {self.skipped:,} without a label or unreadable" if self.skipped else ""
        return "\n".join(
            (
                f"{self.source}: {len(self.judged):,} labelled rows{skipped}",
                "",
                f"accuracy              {self.confusion.accuracy}",
                f"macro-F1              {self.confusion.macro_f1}",
                f"surest {SUREST:.0%} of rows    {surest(self.outcomes, SUREST)} right",
                f"calibration error     {calibration_error(self.outcomes):.3f}",
                f"decided by rules      {self.rule_coverage}",
            )
        )

    def _labels(self) -> str:
        rows = [
            (
                label.value,
                str(self.confusion.precision(label)),
                str(self.confusion.recall(label)),
                str(self.confusion.f1(label)),
                f"{self.confusion.recall(label).of:,}",
            )
            for label in Engagement
        ]
        return _table(("label", "precision", "recall", "F1", "rows"), rows)

    def _confusion(self) -> str:
        rows = [(t.value, *(f"{self.confusion.at(t, s):,}" for s in Engagement)) for t in Engagement]
        return _table(("people said", *(f"judged {s.value}" for s in Engagement)), rows)

    def _judges(self) -> str:
        judges = ((name, figure) for name, figure in self.by_judge.items() if not name.startswith(RULE))
        rows = [(name, f"{figure.of:,}", str(figure)) for name, figure in judges]
        return _table(("decided by", "rows", "right"), rows)

    def _rules(self) -> str:
        """One line for each rule that spoke; those that did not are named below."""
        ranked = sorted((rule for rule in self.rules if rule.speaks), key=lambda rule: (-rule.speaks, rule.name))
        rows = [
            (r.name, r.says, f"{r.speaks:,}", str(share(r.right, r.speaks)), f"{r.agrees:,}", f"{r.conflicts:,}")
            for r in ranked
        ]
        silent = ", ".join(sorted(rule.name for rule in self.rules if not rule.speaks))
        table = _table(("rule", "says", "speaks", "right", "agrees", "conflicts"), rows) if rows else ""
        return "\n\n".join(part for part in (table, f"never spoke: {silent}" if silent else "") if part)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns side by side; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for row in (head, tuple("-" * width for width in widths), *rows):
        first, *rest = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join((first, *rest)).rstrip())
    return "\n".join(lines)
