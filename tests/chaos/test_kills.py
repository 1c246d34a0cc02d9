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


def killed(data: Path, chance: random.Random, *words: str) -> bool:
    """Starts a command and kills it at a moment of its work; whether it was killed before its end."""
    command = [sys.executable, "app.py", *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL) as process:
        time.sleep(1 + chance.random() * 5)
        process.kill()
        return process.wait() == -signal.SIGKILL


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
    for words in work(calm, file):
        done = run(calm, *words)
        assert done.returncode == 0, done.stderr
    kills = 0
    for words in work(hurt, file):
        kills += sum(killed(hurt, chance, *words) for _ in range(EACH))
        done = run(hurt, *words)
        assert done.returncode == 0, done.stderr
    ids = [f"1000{number:02}" for number in range(1, EACH + 1)]
    for activity_id in ids:
        kills += killed(hurt, chance, "correct", activity_id, "ND")
        for data in (calm, hurt):
            done = run(data, "correct", activity_id, "ND")
            assert done.returncode == 0, done.stderr
    assert state(hurt) == state(calm)
    assert kills >= 2 * EACH, kills  # the others had ended before
