"""Killed with SIGKILL twenty times over import, audit, index and correction: it starts again, nothing is lost or twice.

Slow: each kill is a process of its own.
"""

import csv
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from crm.records.store import Store
from crm.records.trail import Trail
from tests.chaos.server import ROOT, environment, run

pytestmark = pytest.mark.chaos
EACH = 5  # kills of each of the four
SAMPLES = ROOT / "data" / "samples"
ROWS = 1_200


def killed(data: Path, moment: float, *words: str) -> bool:
    """Starts a command and kills it that many seconds later; whether it had not ended by then."""
    command = [sys.executable, "app.py", *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() == -signal.SIGKILL


def kill(often: int, data: Path, chance: random.Random, longest: float, *words: str) -> None:
    """Until so many hit; the first ones meet the work itself, the last may find it done and meet the look at it."""
    hits = 0
    while hits < often:
        began = time.monotonic()
        if killed(data, longest * chance.uniform(0.2, 0.95), *words):
            hits += 1
        else:
            longest = time.monotonic() - began  # what is left to do is done sooner


def state(data: Path) -> dict[str, object]:
    """What must be the same whether it was killed or not."""
    store = Store.open(f"sqlite:///{data / 'crm.sqlite'}")
    queries = {
        "activities": "SELECT id, raw_body, text_hash FROM activities ORDER BY id",
        "full text": "SELECT count(*) FROM activities_fts",
        "standing": "SELECT activity_id, engagement FROM standing ORDER BY activity_id",
        "twice": "SELECT count(*) - count(DISTINCT activity_id || text_hash || policy) FROM labels WHERE by = ''",
    }
    with store.reading() as connection:
        found: dict[str, object] = {name: connection.execute(text(q)).all() for name, q in queries.items()}
    assert Trail(store, data / "trail.head").verify().whole
    store.engine.dispose()
    return found


def work(data: Path, file: Path) -> list[tuple[str, ...]]:
    """The four jobs, in order."""
    return [
        ("import", str(file), "--source", "demo"),
        ("audit", "--store", "--out", str(data / "verdicts.csv"), "--no-llm"),
        ("sync",),
    ]


def test_killed_twenty_times_it_ends_as_if_it_never_was(tmp_path: Path) -> None:
    chance = random.Random(7)
    file = tmp_path / "activities.csv"
    with (SAMPLES / "activities.csv").open(encoding="utf-8", newline="") as source, file.open("w", newline="") as out:
        writer = csv.writer(out)
        for number, row in enumerate(csv.reader(source)):
            if number > ROWS:
                break
            writer.writerow(row)
    calm, hurt = tmp_path / "calm", tmp_path / "hurt"
    took = {}
    for words in work(calm, file):
        began = time.monotonic()
        done = run(calm, *words)
        took[words[0]] = time.monotonic() - began
        assert done.returncode == 0, done.stderr
    for words in work(hurt, file):
        kill(EACH, hurt, chance, took[words[0]], *words)
        done = run(hurt, *words)
        assert done.returncode == 0, done.stderr
    for activity_id in [f"1000{number:02}" for number in range(1, EACH + 1)]:
        began = time.monotonic()
        done = run(calm, "correct", activity_id, "ND")
        assert done.returncode == 0, done.stderr
        kill(1, hurt, chance, time.monotonic() - began, "correct", activity_id, "ND")
        done = run(hurt, "correct", activity_id, "ND")
        assert done.returncode == 0, done.stderr
    assert state(hurt) == state(calm)
