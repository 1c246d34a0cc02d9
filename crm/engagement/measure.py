"""Figures on verdicts whose truth is known, each with its 95 % interval."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm.nouns import Engagement

Z = 1.959964  # 95 % of a normal distribution lies within so many deviations
DRAWS = 2_000
BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the interval that holds the true one in 95 of 100 samples; `of` rows it was taken from."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})" if self.of else "-"


def share(right: int, of: int) -> Figure:
    """right/of with Wilson's interval, which holds for few rows and for shares near 0 or 1."""
    if of == 0:
        return Figure(0.0, 0.0, 1.0, 0)
    p, n = right / of, of
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return Figure(p, max(0.0, middle - half), min(1.0, middle + half), n)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: what is true, what was said, how sure the judge was."""

    truth: Engagement
    said: Engagement
    confidence: float


@dataclass(frozen=True)
class Confusion:
    """How often each truth was called what."""

    counts: Mapping[tuple[Engagement, Engagement], int]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Confusion":
        return cls(Counter((o.truth, o.said) for o in outcomes))

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def accuracy(self) -> Figure:
        return share(sum(self.at(e, e) for e in Engagement), self.rows)

    def at(self, truth: Engagement, said: Engagement) -> int:
        return self.counts.get((truth, said), 0)

    def precision(self, label: Engagement) -> Figure:
        return share(self.at(label, label), sum(self.at(e, label) for e in Engagement))

    def recall(self, label: Engagement) -> Figure:
        return share(self.at(label, label), sum(self.at(label, e) for e in Engagement))

    def f1(self, label: Engagement) -> Figure:
        value = _f1(self._matrix()[None])[0]
        drawn = _f1(self._drawn())
        return self._figure(float(value[_ORDER[label]]), drawn[:, _ORDER[label]])

    @property
    def macro_f1(self) -> Figure:
        """The mean F1 of the labels that occur, as truth or as verdict."""
        occurs = (self._matrix().sum(0) + self._matrix().sum(1)) > 0
        if not occurs.any():
            return Figure(0.0, 0.0, 1.0, 0)
        value = float(_f1(self._matrix()[None])[0, occurs].mean())
        return self._figure(value, _f1(self._drawn())[:, occurs].mean(1))

    def _matrix(self) -> NDArray[np.int64]:
        return np.array([[self.at(t, s) for s in Engagement] for t in Engagement], dtype=np.int64)

    def _drawn(self) -> NDArray[np.int64]:
        """Matrices that a sample of as many rows might have given: F1 has no formula for its interval."""
        flat = self._matrix().ravel()
        total = int(flat.sum())
        drawn = np.random.default_rng(0).multinomial(total, flat / max(total, 1), DRAWS)
        return drawn.reshape(DRAWS, len(Engagement), len(Engagement))

    def _figure(self, value: float, drawn: NDArray[np.float64]) -> Figure:
        if not self.rows:
            return Figure(0.0, 0.0, 1.0, 0)
        low, high = np.quantile(drawn, (0.025, 0.975))
        return Figure(value, min(float(low), value), max(float(high), value), self.rows)


_ORDER = {label: place for place, label in enumerate(Engagement)}


def _f1(matrices: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each label's F1 in each of the matrices."""
    right = np.diagonal(matrices, axis1=1, axis2=2).astype(np.float64)
    either = (matrices.sum(1) + matrices.sum(2)).astype(np.float64)
    found: NDArray[np.float64] = np.divide(2 * right, either, out=np.zeros_like(right), where=either > 0)
    return found


def surest(outcomes: Sequence[Outcome], part: float = 0.8) -> Figure:
    """How often the most confident `part` of the rows is right."""
    ranked = sorted(outcomes, key=lambda o: -o.confidence)[: math.ceil(part * len(outcomes))]
    return share(sum(o.truth is o.said for o in ranked), len(ranked))


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """The verdicts of about one confidence, from `low` up to `high`."""

    low: float
    high: float
    outcomes: tuple[Outcome, ...]

    @property
    def mean(self) -> float:
        """Of their confidence."""
        return sum(o.confidence for o in self.outcomes) / len(self.outcomes)

    @property
    def right(self) -> Figure:
        return share(sum(o.truth is o.said for o in self.outcomes), len(self.outcomes))


def confidence_bins(outcomes: Sequence[Outcome]) -> list[ConfidenceBin]:
    """The verdicts by tenths of confidence, without the tenths that have none."""
    by_tenth: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        by_tenth.setdefault(min(int(outcome.confidence * BINS), BINS - 1), []).append(outcome)
    return [ConfidenceBin(at / BINS, (at + 1) / BINS, tuple(by_tenth[at])) for at in sorted(by_tenth)]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """How far confidence lies from the share that is right, on average over ten bins of confidence."""
    gaps = (abs(one.mean - one.right.value) * len(one.outcomes) for one in confidence_bins(outcomes))
    return sum(gaps) / len(outcomes) if outcomes else 0.0
