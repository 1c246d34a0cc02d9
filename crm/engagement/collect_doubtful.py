"""Collects what the judges here are not sure of, without asking anybody outside."""

from contextlib import closing
from pathlib import Path

from crm.engagement import labels
from crm.engagement.audit import AuditPlan, RowJudging, batches
from crm.engagement.distinct_texts import Once
from crm.engagement.doubtful import Line
from crm.engagement.file_rows import NONE, Sameness, text_of
from crm.engagement.row_judging import Pending
from crm.intake.survey import survey
from crm.nouns import Activity, Verdict
from crm.records.store import Store


def doubtful_in_file(source: Path, how: AuditPlan) -> list[Activity]:
    """Each distinct doubtful text of a file once. Raises BadFile."""
    surveyed = survey(source, how.source, "activities", how.columns)
    judging = RowJudging.of(how, surveyed)
    found: list[Activity] = []

    def gather(rows: list[Pending], verdicts: list[Verdict]) -> list[Verdict]:
        found.extend(judging.reader.activity(row) for row, v in zip(rows, verdicts, strict=True) if v.undecided)
        return verdicts

    once = Once(judging.here, Sameness.of(surveyed.source), how.workers, gather)
    with closing(once.over(batches(surveyed, 0, NONE, how, judging.reader))) as judged:
        for _ in judged:
            pass
    return found


def doubtful_in_store(store: Store, how: AuditPlan) -> list[Activity]:
    """The same for what the store holds without a verdict."""
    line = Line.of(how.cascade)
    found: list[Activity] = []

    def gather(batch: list[Activity], verdicts: list[Verdict]) -> list[Verdict]:
        found.extend(activity for activity, v in zip(batch, verdicts, strict=True) if v.undecided)
        return verdicts

    once = Once(line.here.judge, text_of, how.workers, gather)
    with closing(once.over(labels.unjudged(store, line.policy))) as judged:
        for _ in judged:
            pass
    return found
