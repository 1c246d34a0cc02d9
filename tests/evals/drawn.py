"""Draws the same rows of the demo CRM again, to be read by a person: first the records, then the verdicts.

python -m tests.evals.drawn                the records as they were imported, without a verdict
python -m tests.evals.drawn --verdicts     the verdicts, beside what a reader had written down before seeing them
"""

import csv
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import share
from crm.engagement.reader import Reader
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.intake.ingest import activities_in
from crm.nouns import Activity
from crm.threads.thread import Ours
from tests.four_accounts import LABELLED, OUR_DOMAINS, PLAYBOOK, ROOT

DEMO = ROOT / "data" / "samples" / "activities.csv"
READ = Path(__file__).parent / "data" / "demo_read.csv"  # columns: id, label
ROWS, SEED = 100, 2411


def drawn() -> list[Activity]:
    """The rows, in the order of the file."""
    rows = [read.activity for read in activities_in(DEMO, Ours(OUR_DOMAINS)) if read.activity]
    return [rows[at] for at in sorted(random.Random(SEED).sample(range(len(rows)), ROWS))]


def show(rows: list[Activity]) -> None:
    for row in rows:
        facts = " | ".join((row.native_id, row.kind, row.direction, row.outcome, str(row.duration_s or "")))
        print(f"=== {facts}\n{row.raw_subject}\n{row.raw_body}\n")


def compare(rows: list[Activity], cache: Path) -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        read = {row["id"]: row["label"] for row in csv.DictReader(file)}
    said = Cascade.of(
        [RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, cache)).with_reader(Reader())]
    ).judge(rows)
    for row, verdict in zip(rows, said, strict=True):
        if verdict.engagement != read[row.native_id]:
            print(f"{row.native_id}: read as {read[row.native_id]}, said {verdict.engagement} ({verdict.decided_by})")
    print(share(sum(v.engagement == read[r.native_id] for r, v in zip(rows, said, strict=True)), len(rows)), "right")


if __name__ == "__main__":
    if "--verdicts" in sys.argv:
        with TemporaryDirectory() as folder:
            compare(drawn(), Path(folder))
    else:
        show(drawn())
