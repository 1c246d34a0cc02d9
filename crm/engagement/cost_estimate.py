"""What an audit will cost, before it runs: its first rows judged here, the doubtful among them counted."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import islice

from crm.engagement.doubtful import Line
from crm.engagement.file_rows import pending
from crm.engagement.judge import Deciding
from crm.engagement.labels import count_unjudged, unjudged
from crm.engagement.row_judging import RowReader
from crm.engagement.verdict_cache import RememberedJudge
from crm.intake.our_domains import joined
from crm.intake.survey import Surveyed
from crm.nouns import Activity
from crm.prices import Expected, Prices, tokens_of
from crm.records.store import Store
from crm.threads.thread import Ours

SAMPLE = 500  # rows: a third of a second, and the doubtful share of a file within a few points
VERDICT_TOKENS = 70  # that a model writes about one record: id, label, confidence, a quote, a sentence


def expected_of_file(surveyed: Surveyed, cascade: Deciding, ours: Ours, prices: Prices) -> Expected | None:
    """For a file; None where no model is asked at all."""
    line = Line.of(cascade)
    if not line.outside:
        return None
    reader = RowReader(surveyed.source, joined(ours, surveyed.ours))
    rows = next(pending(surveyed, 0, SAMPLE), [])
    sample = [reader.activity(row) for row in rows if row.subject is not None and row.given is None]
    return expected(line, sample, max(surveyed.rows or 0, len(rows)) / max(len(rows), 1), prices)


def expected_of_store(store: Store, cascade: Deciding, prices: Prices) -> Expected | None:
    """For what the store holds without a verdict; None where no model is asked at all."""
    line = Line.of(cascade)
    if not line.outside:
        return None
    sample = [activity for batch in islice(unjudged(store, line.policy), 1) for activity in batch][:SAMPLE]
    total = count_unjudged(store, line.policy)
    return expected(line, sample, total / max(len(sample), 1), prices)


def expected(line: Line, sample: Sequence[Activity], times: float, prices: Prices) -> Expected:
    """The cost of so many times this sample, each distinct text in it asked about once."""
    verdicts = line.here.judge(sample)
    doubtful = [activity for activity, verdict in zip(sample, verdicts, strict=True) if verdict.undecided]
    judge = line.outside[0]
    asked = judge.asked if isinstance(judge, RememberedJudge) else judge
    new = judge.new(doubtful) if isinstance(judge, RememberedJudge) else doubtful
    inquiries = list(asked.inquiries(new))
    records = sum(len(inquiry.records) for inquiry, _ in inquiries)
    tokens_in = math.ceil(times * tokens_of([prompt for _, prompt in inquiries]))
    tokens_out = math.ceil(times * VERDICT_TOKENS * sum(len(inquiry) for inquiry, _ in inquiries))
    price = prices.of(asked.llm.name, date.today())
    dollars = price.cost(tokens_in, tokens_out) if price else None
    requests = math.ceil(times * len(inquiries))
    return Expected(asked.llm.name, math.ceil(times * records), requests, tokens_in, tokens_out, dollars)
