"""Several rankings to one, with the word whether it is worth showing. Pure functions."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from retrieval.words import spoken

SAME = 5  # decimals up to which two scores are the same
COVERED = 0.36  # of the weight of the words typed: below this a record shares only what many share
FEW = 1_000  # records, among which one that stands out by meaning alone is taken
ENOUGH = 0.70  # of `sure`: questions about nothing here that stay below: all 22 of the demo, 30 of 38 of the others
FITTED, FEWEST = 1_750, 30  # records of the smaller store that ENOUGH was fitted on, and the fewest that were drawn
FEWER = 0.04  # of ENOUGH, for each time that the records are fewer by e: chance lowers what is found there by 0.045
MANY = 6  # words of a question, above which more make no difference
SURE = 0.3  # cosine above the background at which a passage found by meaning counts in full
SPREAD = 0.11  # standard deviation of the cosines of passages that have nothing to do with a question
PASSAGES_EACH = 4  # of a record, on average
AT_LEVEL = 1.88  # standard deviations at which the background level lies, the 97th of a hundred
_NEVER = datetime.min.replace(tzinfo=UTC)


def ordered(scores: Mapping[str, float], dates: Mapping[str, datetime | None]) -> list[str]:
    """Best first; newest first among equals."""
    return sorted(scores, key=lambda i: (-round(scores[i], SAME), -_seconds(dates.get(i)), i))


def vote(cosine: float, level: float) -> float:
    """What a cosine counts for: nothing at the background level, 1 at SURE above it."""
    return max(0.0, cosine - level) / SURE


def weights(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each word or phrase says, by how few of the records hold it; one that none holds says most."""
    return {unit: math.log((total + 1) / (count + 0.5)) for unit, count in counts.items()}


def covered(text: str, weighed: Mapping[str, float]) -> float:
    """The share of the words typed that a text holds, by weight."""
    running = f" {spoken(text)} "
    total = sum(weighed.values())
    return sum(weight for unit, weight in weighed.items() if f" {unit} " in running) / total if total else 0.0


def sure(named: float, typed: float, above: float, items: int, records: int = FITTED) -> bool:
    """Whether what was found is about the question, and not merely the least unlike it.

    `named` is the most of the question that one record holds by words or by what they name, `typed` by words alone,
    `above` how far the nearest passage stands out. The shares were fitted by logistic regression to the queries of
    tests/evals/data but the held ones, then rounded: of many words a smaller part is enough. Where no record holds
    any of the words, as when the question is in another language, what they name speaks for them too. Among few
    `records` less is enough, for less is found in them by chance: measured with the negatives over drawn records.
    """
    typed = typed or named
    enough = ENOUGH - FEWER * math.log(max(1.0, FITTED / max(FEWEST, records)))
    return 0.7 * named + 0.3 * typed + 0.5 * above + 0.08 * min(items, MANY) >= enough


def stands_out(above: float, records: int) -> bool:
    """Whether the nearest passage lies further above the background than the nearest of so many would by chance.

    The greatest of n normal values is expected at sqrt(2 ln n) standard deviations: in one account's few records a
    cosine says more than in a hundred thousand.
    """
    expected = math.sqrt(2 * math.log(max(1, records) * PASSAGES_EACH))
    return above > SPREAD * max(0.0, expected - AT_LEVEL)


def _seconds(at: datetime | None) -> float:
    return ((at or _NEVER) - _NEVER).total_seconds()
