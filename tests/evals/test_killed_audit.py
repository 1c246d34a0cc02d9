"""The bulk audit of 5,000 rows by the real judges, killed at twenty random points: the same bytes in the end."""

import csv
import multiprocessing
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crm.engagement.audit import AuditPlan, audit_file
from crm.engagement.judge import Cascade, Judge
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.workers import Here, Processes, Workers

ROOT = Path(__file__).parents[2]
PLAYBOOK, LABELLED = ROOT / "playbook", ROOT / "data" / "labelled"
SOURCE = ROOT / "data" / "samples" / "activities.csv"
KILLS = 20

pytestmark = pytest.mark.eval


def plan(cache: Path, workers: Workers = Here(), told: Connection | None = None) -> AuditPlan:  # noqa: B008
    judges: list[Judge] = [RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, cache))]
    return AuditPlan(
        Cascade.of(judges), workers=workers, batch=50, progress=(lambda p: told.send(p.done)) if told else None
    )


def audit(cache: Path, out: Path, told: Connection) -> None:
    """What the killed processes do."""
    audit_file(SOURCE, out, plan(cache, told=told))


def test_killed_at_random_points_it_ends_in_the_same_bytes(tmp_path: Path, learned: Path) -> None:
    audit_file(SOURCE, tmp_path / "whole.csv", plan(learned))
    audit_file(SOURCE, tmp_path / "two.csv", plan(learned, Processes(2)))
    whole = (tmp_path / "whole.csv").read_bytes()
    assert (tmp_path / "two.csv").read_bytes() == whole
    spawning = multiprocessing.get_context("forkserver")
    spawning.set_forkserver_preload(["tests.evals.test_killed_audit"])
    out, chance, reached = tmp_path / "out.csv", random.Random(2), []
    for _ in range(KILLS):
        ours, theirs = spawning.Pipe(duplex=False)
        run = spawning.Process(target=audit, args=(learned, out, theirs))
        run.start()
        theirs.close()
        done = 0
        for _ in range(chance.randrange(6)):
            done = ours.recv()
        time.sleep(chance.random() / 20)
        run.kill()
        run.join()
        ours.close()
        assert run.exitcode == -signal.SIGKILL
        reached.append(done)
    report = audit_file(SOURCE, out, plan(learned))
    print(f"\n{report.rows:,} rows, killed {KILLS} times at {reached}; {report.resumed:,} rows had survived")
    assert out.read_bytes() == whole
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert report.rows == len(rows) == 5_000
