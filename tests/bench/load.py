"""Fifty people at once over HTTP, then two thousand questions in a row: waiting time, errors, mixed-up answers, memory.

Run: `python -m tests.bench.load`, on a machine that does nothing else; `--seconds` and `--questions` shorten it.
Everything stays on loopback. Prints figures, fails on none.
"""

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
PEOPLE = 50
THINK = (3.0, 7.0)  # seconds that a person reads an answer before the next question
QUESTIONS = (
    "Have we really talked with {}?",
    "Give me a summary of {}",
    "Draft a follow-up email to {}",
    "When did {} last write to us?",
    "What did {} say about price?",
)


@dataclass
class Measured:
    """What a run came to. `mixed` are answers about somebody else's account."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)

    def told(self) -> str:
        if len(self.seconds) < 2:
            return f"{len(self.seconds)} answers, {len(self.errors)} errors"
        cuts = quantiles([1000 * s for s in self.seconds], n=20)
        return (
            f"{len(self.seconds):,} answers, p50 {cuts[9]:,.0f} ms, p95 {cuts[18]:,.0f} ms, "
            f"{len(self.errors)} errors, {len(self.mixed)} about somebody else's account"
        )


def main(wanted: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--questions", type=int, default=2_000)
    how = parser.parse_args(wanted)
    with TemporaryDirectory() as folder, served(Path(folder)) as (url, process):
        accounts = [one["name"] for one in _asked(f"{url}/accounts?limit=200")["items"] if one["records"]]
        people = at_once(url, accounts, how.seconds)
        print(f"{PEOPLE} people for {how.seconds:.0f} s: {people.told()}")
        before = _memory(process.pid)
        row = in_a_row(url, accounts, how.questions)
        after = _memory(process.pid)
        print(f"{how.questions:,} questions, four at a time: {row.told()}")
        print(f"memory before and after them: {before:,} MB, {after:,} MB")
        for told in (*people.errors, *row.errors, *people.mixed, *row.mixed)[:5]:
            print(f"  {told}")


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The app on the demo CRM with its index complete."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"CRM_DATA_DIR": str(folder), "CRM_PORT": str(port), "CRM_LLM": "none"}
    here = {**os.environ, **settings}
    for command in ("demo", "sync"):
        subprocess.run([sys.executable, "app.py", command], cwd=ROOT, env=here, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=here, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/api/v1"
    try:
        while True:
            try:
                if _asked(f"{url}/ask", {"question": "What can you do?"}):
                    break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield url, process
    finally:
        process.terminate()
        process.wait(30)


def at_once(url: str, accounts: Sequence[str], seconds: float) -> Measured:
    """Fifty people, each about an account of their own, who read for a few seconds between two questions."""
    measured, until = Measured(), time.monotonic() + seconds

    def person(number: int) -> None:
        asking = random.Random(number)
        time.sleep(asking.uniform(0, THINK[1]))
        while time.monotonic() < until:
            _one(url, accounts[number % len(accounts)], asking.randrange(len(QUESTIONS)), measured)
            time.sleep(asking.uniform(*THINK))

    _together(person, PEOPLE)
    return measured


def in_a_row(url: str, accounts: Sequence[str], questions: int) -> Measured:
    """So many questions, four at a time, each account and kind of question in turn."""
    measured = Measured()

    def asker(first: int) -> None:
        for number in range(first, questions, 4):
            _one(url, accounts[number % len(accounts)], number % len(QUESTIONS), measured)

    _together(asker, 4)
    return measured


def _one(url: str, account: str, kind: int, measured: Measured) -> None:
    began = time.perf_counter()
    try:
        answer = _asked(f"{url}/ask", {"question": QUESTIONS[kind].format(account)})
    except httpx.HTTPError as err:
        measured.errors.append(f"{account}: {err}")
        return
    measured.seconds.append(time.perf_counter() - began)
    about = (answer["about"]["account"] or {}).get("name")
    if about != account:
        measured.mixed.append(f"{QUESTIONS[kind].format(account)} -> {about}, {answer['route']}")


def _together(work: Any, count: int) -> None:
    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _asked(url: str, body: object = None) -> Any:
    with httpx.Client(timeout=120, trust_env=False) as client:  # one each: people do not share a connection
        answer = client.get(url) if body is None else client.post(url, json=body)
    return answer.raise_for_status().json()


def _memory(pid: int) -> int:
    """MB that the process holds in memory, as Linux counts them."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
