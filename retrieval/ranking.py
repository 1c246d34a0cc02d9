"""Several rankings to one, with the word whether it is worth showing. Pure functions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from retrieval.words import spoken

K = 60  # of reciprocal rank fusion, as its authors measured it
SAME = 5  # decimals up to which two scores are the same
COVERED = 0.36  # of the weight of the words typed: below this a record shares only what many share
SPREAD = 0.11  # standard deviation of the cosines of passages that have nothing to do with a question
PASSAGES_EACH = 4  # of a record, on average
AT_LEVEL = 1.88  # standard deviations at which the background level lies, the 97th of a hundred
_NEVER = datetime.min.replace(tzinfo=UTC)


def ordered(scores: Mapping[str, float], dates: Mapping[str, datetime | None]) -> list[str]:
    """Best first; newest first among equals."""
    return sorted(scores, key=lambda i: (-round(scores[i], SAME), -_seconds(dates.get(i)), i))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Record ids, best first. `votes` are what a place counts for each; 1 unless given."""

    ids: Sequence[str]
    votes: Mapping[str, float] = field(default_factory=dict)


def fused(rankings: Sequence[Ranking]) -> dict[str, float]:
    """Reciprocal rank fusion: what several ways rank high, or one way very high."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, record_id in enumerate(ranking.ids, start=1):
            scores[record_id] = scores.get(record_id, 0.0) + ranking.votes.get(record_id, 1.0) / (K + place)
    return scores


def weights(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each word or phrase says, by how few of the records hold it; one that none holds says most."""
    return {unit: math.log((total + 1) / (count + 0.5)) for unit, count in counts.items()}


def covered(text: str, weighed: Mapping[str, float]) -> float:
    """The share of the words typed that a text holds, by weight."""
    running = f" {spoken(text)} "
    total = sum(weighed.values())
    return sum(weight for unit, weight in weighed.items() if f" {unit} " in running) / total if total else 0.0


def stands_out(above: float, records: int) -> bool:
    """Whether the nearest passage lies further above the background than the nearest of so many would by chance.

    The greatest of n normal values is expected at sqrt(2 ln n) standard deviations: in one account's few records a
    cosine says more than in a hundred thousand.
    """
    expected = math.sqrt(2 * math.log(max(1, records) * PASSAGES_EACH))
    return above > SPREAD * max(0.0, expected - AT_LEVEL)


def _seconds(at: datetime | None) -> float:
    return ((at or _NEVER) - _NEVER).total_seconds()
