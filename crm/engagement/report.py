"""What an audit did, told in figures while it runs, then as a whole."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from crm.nouns import Engagement

REFUSED = "refused"  # who decided about a row that could not be read
SHOWN = 12  # judges that the text names; the JSON names all


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `skipped` rows were there from an earlier run and took no time."""

    done: int
    total: int | None
    seconds: float
    skipped: int = 0


@dataclass
class Tally:
    """Counts verdicts as they come. `undecided` counts those of this run alone."""

    rows: int = 0
    undecided: int = 0
    labels: Counter[Engagement] = field(default_factory=Counter)
    judges: Counter[str] = field(default_factory=Counter)

    def add(self, engagement: Engagement, judge: str, undecided: bool = False) -> None:
        self.rows += 1
        self.undecided += undecided
        self.labels[engagement] += 1
        self.judges[judge] += 1


@dataclass(frozen=True, slots=True)
class AuditReport:
    """A finished audit. `judged` texts went to the judges; `resumed` rows were there from a stopped run."""

    source: str
    out: str
    policy: str
    tally: Tally
    judged: int
    resumed: int
    seconds: float
    notices: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return self.tally.rows

    @property
    def refused(self) -> int:
        return self.tally.judges[REFUSED]

    @property
    def labels(self) -> Mapping[Engagement, int]:
        return {e: self.tally.labels[e] for e in Engagement}

    @property
    def decided_by(self) -> Mapping[str, int]:
        """Rows by judge, the busiest first."""
        return dict(sorted(self.tally.judges.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def rows_per_second(self) -> float:
        return (self.rows - self.resumed) / self.seconds if self.seconds > 0 else 0.0

    def to_json(self) -> str:
        figures = {
            "source": self.source,
            "out": self.out,
            "policy": self.policy,
            "rows": self.rows,
            "refused": self.refused,
            "labels": {e.value: n for e, n in self.labels.items()},
            "decided_by": dict(self.decided_by),
            "judged": self.judged,
            "resumed": self.resumed,
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.rows_per_second, 1),
            "notices": list(self.notices),
        }
        return json.dumps(figures, indent=2, ensure_ascii=False)

    def to_text(self) -> str:
        """The figures for a terminal."""
        shares = (f"{e.value} {n:,} ({n / max(self.rows, 1):.1%})" for e, n in self.labels.items())
        lines = [
            f"{self.rows:,} rows judged in {self.seconds:.1f} s ({self.rows_per_second:,.0f} rows/s): {self.out}",
            " · ".join(shares),
        ]
        if self.resumed:
            lines.append(f"{self.resumed:,} of them had been judged before the last run was stopped.")
        if self.refused:
            lines.append(f"{self.refused:,} could not be read: they are ND, with the reason.")
        ranked = list(self.decided_by.items())
        lines += [f"  {n:>8,}  {judge}" for judge, n in ranked[:SHOWN]]
        if len(ranked) > SHOWN:
            lines.append(f"  {sum(n for _, n in ranked[SHOWN:]):>8,}  {len(ranked) - SHOWN} others")
        return "\n".join((*lines, *self.notices))
