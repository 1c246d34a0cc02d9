"""What a bulk audit will ask of a chat model, told before anything is asked: judged on a sample by the judges here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from crm.engagement.doubtful import Line
from crm.engagement.judge import Cascade
from crm.engagement.llm_judge import AT_MOST
from crm.nouns import Activity

SAMPLE = 200  # records that are judged to tell how many are doubtful
CONTROLS = 2  # of the records in a request, put there to see whether the model reads
LETTERS = 4  # characters of a token, roughly, in European languages
GUIDE = 6_000  # characters of the guide that goes with every request


@dataclass(frozen=True, slots=True)
class Expense:
    """About how many of `records` are left to a model, in how many requests of how many tokens in all.

    `model` is empty when none is in use.
    """

    model: str
    records: int
    doubtful: int = 0
    requests: int = 0
    tokens: int = 0

    def told(self) -> str:
        """For a person who may still say no."""
        if not self.records:
            return "Everything is judged already: nothing is asked, and nothing costs."
        if not self.model:
            return f"{self.records:,} records. No chat model is in use: this costs nothing."
        if not self.doubtful:
            return f"{self.records:,} records. None is doubtful: {self.model} will hardly be asked."
        return (
            f"{self.records:,} records, about {self.doubtful:,} of them doubtful: some {self.requests:,} requests to "
            f"{self.model}, {self.tokens:,} tokens. What it said before about the same text is not asked again."
        )


def expense(cascade: Cascade, sample: Sequence[Activity], records: int, model: str) -> Expense:
    """What the records will cost, by a sample of them."""
    line = Line.of(cascade)
    if not line.outside or not sample:
        return Expense("" if not line.outside else model, records)
    doubtful = [a for a, v in zip(sample, line.here.judge(sample), strict=True) if v.undecided]
    share = len(doubtful) / len(sample)
    count = round(share * records)
    requests = math.ceil(count / (AT_MOST - CONTROLS))
    letters = sum(len(a.text) for a in doubtful) / max(1, len(doubtful))
    return Expense(model, records, count, requests, int((count * letters + requests * GUIDE) / LETTERS))
