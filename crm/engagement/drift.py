"""Whether today's activities still look like those that the judges learned from, and when to learn anew.

Labels and confidence are compared by the population stability index over bins:
    PSI = sum((now - then) * ln(now / then)).
Below 0.10 nothing has changed, from 0.25 on it is another population (N. Siddiqi, "Credit Risk Scorecards", Wiley
2006). A small sample reaches such values by chance, so a change counts only above what chance gives 1 time in 20:
(1/n + 1/m) times the chi-squared quantile (B. Yurdakul, "Statistical Properties of Population Stability Index",
Western Michigan University 2018).

Words are compared by the Jensen-Shannon divergence of their frequencies (in bits, 0 to 1; J. Lin, IEEE Transactions
on Information Theory 37, 1991) and by the share of words never seen. No threshold is agreed on for these; ours is
how far the labelled files lie from each other, since the judges are measured on files that they have not seen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm.nouns import Activity, Engagement

OTHER = 0.25  # Siddiqi's bound
CHI_SQUARED_95 = {1: 3.84, 2: 5.99, 3: 7.81, 4: 9.49, 5: 11.07, 6: 12.59, 7: 14.07}  # by degrees of freedom
CONFIDENCE_EDGES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
SURE = 0.8  # what is below, a verdict is a guess
SAMPLE = 200  # records whose words are compared at once: divergence grows as a sample shrinks
LABELS = "labels"
FEWEST = 100  # activities below which nothing can be said
STEM = 5  # letters of a word that count, as for the model
Floats = NDArray[np.float64]
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its label and how sure the judges are who have not seen it; None where a person decided."""

    activity: Activity
    label: Engagement
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One comparison: `value` against `bound`, above which it counts as a change; `harmless` ones do not."""

    name: str
    value: float
    bound: float
    told: str
    harmless: bool = False

    @property
    def beyond(self) -> bool:
        return self.value > self.bound and not self.harmless

    def to_text(self) -> str:
        mark = "CHANGED" if self.beyond else "ok"
        return f"{mark:<8} {self.name:<11} {self.value:.3f} (bound {self.bound:.3f})  {self.told}"


@dataclass(frozen=True, slots=True)
class Drift:
    """All comparisons with what follows from them."""

    rows: int
    measures: tuple[Measure, ...]

    @property
    def relearn(self) -> bool:
        """Unsure judges and unknown words call for new labels; another mix of labels alone does not."""
        return any(m.beyond for m in self.measures if m.name != LABELS)

    def to_text(self) -> str:
        if self.rows < FEWEST:
            return f"Only {self.rows:,} judged activities: from {FEWEST} on, drift can be told."
        if self.relearn:
            end = "Learn anew: label what `review` lists, then run `learn`."
        elif any(m.beyond for m in self.measures):
            end = "The labels are mixed otherwise, but the judges know these words and are sure: no need to learn anew."
        else:
            end = "No need to learn anew."
        head = f"{self.rows:,} activities against what the judges learned from"
        return "\n".join((head, *(measure.to_text() for measure in self.measures), end))


def drift(now: Sequence[Row], then: Sequence[Sequence[Row]], more: Sequence[Row] = ()) -> Drift:
    """Today's rows against the sources that were learned from: at least two, each of another writer.

    `more` was learned from as well, but comes from here: it says nothing on how far writers lie apart.
    """
    if len(now) < FEWEST:
        return Drift(len(now), ())
    before = [*(row for source in then for row in source), *more]
    return Drift(len(now), (_labels(now, before), _confidence(now, before), *_words(now, then, more)))


def stability(now: Sequence[int], then: Sequence[int]) -> tuple[float, float]:
    """The index over the same bins, with the bound above which a change is neither small nor chance.

    Half a row is added to each bin, so that an empty one does not make it infinite.
    """
    n, m = (np.asarray(counts, dtype=float) + 0.5 for counts in (now, then))
    p, q = n / n.sum(), m / m.sum()
    chance = (1 / n.sum() + 1 / m.sum()) * CHI_SQUARED_95[len(p) - 1]
    return float(((p - q) * np.log(p / q)).sum()), max(OTHER, chance)


def divergence(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Jensen-Shannon, in bits: 0 for the same frequencies, 1 for no word in common."""
    names = sorted(one.keys() | other.keys())
    p, q = (np.array([counts.get(name, 0) for name in names], dtype=float) for counts in (one, other))
    p, q = p / max(p.sum(), 1), q / max(q.sum(), 1)
    middle = (p + q) / 2
    return float((_entropy_to(p, middle) + _entropy_to(q, middle)) / 2)


def _entropy_to(p: Floats, middle: Floats) -> float:
    some = p > 0
    return float((p[some] * np.log2(p[some] / middle[some])).sum())


def _labels(now: Sequence[Row], then: Sequence[Row]) -> Measure:
    counts = [[sum(row.label is label for row in rows) for label in Engagement] for rows in (now, then)]
    shares = ", ".join(
        f"{label} {a / len(now):.0%} (was {b / len(then):.0%})" for label, a, b in zip(Engagement, *counts, strict=True)
    )
    return Measure(LABELS, *stability(*counts), f"PSI: {shares}")


def _confidence(now: Sequence[Row], then: Sequence[Row]) -> Measure:
    """Surer than then is no fault."""
    sure = [[row.confidence for row in rows if row.confidence is not None] for rows in (now, then)]
    unsure = [sum(c < SURE for c in some) / max(1, len(some)) for some in sure]
    means = [sum(some) / max(1, len(some)) for some in sure]
    told = f"PSI: {unsure[0]:.0%} of the verdicts are below {SURE:.0%} sure (was {unsure[1]:.0%})"
    return Measure("confidence", *stability(*map(_binned, sure)), told, harmless=means[0] >= means[1])


def _words(now: Sequence[Row], then: Sequence[Sequence[Row]], more: Sequence[Row]) -> list[Measure]:
    """Divergence and share of unknown words; the bound is what the farthest of the learned sources has to the rest."""
    sources = [_counted(source) for source in then]
    known, today = sum(sources, _counted(more)), _counted(now)
    # A few rows lie far from everything by chance alone: they set no bound.
    wide = [source for source, rows in zip(sources, then, strict=True) if len(rows) >= FEWEST] or sources
    far = max(divergence(source, known - source) for source in wide)
    strange = max(_unknown(source, known - source) for source in wide)
    new = [word for word, _ in today.most_common() if word not in known][:5]
    told = f"share never seen, such as {', '.join(new) or 'none'}"
    return [
        Measure("words", divergence(today, known), far, "Jensen-Shannon divergence of how often each word occurs"),
        Measure("new words", _unknown(today, known), strange, told),
    ]


def _unknown(words: Mapping[str, int], known: Mapping[str, int]) -> float:
    return sum(count for word, count in words.items() if word not in known) / max(1, sum(words.values()))


def _counted(rows: Sequence[Row]) -> Counter[str]:
    """Word stems of an even sample of distinct texts."""
    texts = list(dict.fromkeys(row.activity.text for row in rows))
    picked = texts if len(texts) <= SAMPLE else [texts[n * len(texts) // SAMPLE] for n in range(SAMPLE)]
    return Counter(_stems(picked))


def _stems(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield from (word[:STEM] for word in _WORDS.findall(text.casefold()))


def _binned(confidences: Sequence[float]) -> list[int]:
    found = np.searchsorted(CONFIDENCE_EDGES, confidences, side="right")
    return [int(n) for n in np.bincount(found, minlength=len(CONFIDENCE_EDGES) + 1)]
