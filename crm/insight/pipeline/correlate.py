"""How strongly two columns go together over the same rows: rank correlation with its interval.

Spearman's rank correlation (C. Spearman, American Journal of Psychology 15, 1904), with the interval of Fisher's
transformation widened by Bonett & Wright (Psychometrika 65, 2000): deviation sqrt((1 + r²/2) / (n - 3)).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 10  # rows that carry both values, below which nothing is said
Z = 1.959964  # 95 % of a normal distribution lies within so many deviations
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlation:
    """r in -1..1 with its 95 % interval over `ids`, the rows that carry both values."""

    one: str
    other: str
    r: float
    low: float
    high: float
    ids: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


def correlations(columns: Mapping[str, Mapping[str, float]]) -> list[Correlation]:
    """Each pair of columns, given as value by row id; a pair with too few rows or a constant column is left out."""
    names = list(columns)
    found = (_pair(one, other, columns) for n, one in enumerate(names) for other in names[:n])
    return [c for c in found if c is not None]


def ranks(values: Sequence[float]) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[inverse], dtype=np.float64)


def _pair(one: str, other: str, columns: Mapping[str, Mapping[str, float]]) -> Correlation | None:
    ids = tuple(i for i in columns[one] if i in columns[other])
    if len(ids) < FEWEST:
        return None
    a, b = (ranks([columns[name][i] for i in ids]) for name in (one, other))
    if not a.std() or not b.std():
        return None
    r = float(np.clip(np.corrcoef(a, b)[0, 1], -1, 1))
    middle = math.atanh(min(max(r, -0.999999), 0.999999))
    spread = Z * math.sqrt((1 + r * r / 2) / (len(ids) - 3))
    return Correlation(one, other, r, math.tanh(middle - spread), math.tanh(middle + spread), ids)
