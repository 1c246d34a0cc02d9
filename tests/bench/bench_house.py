"""Speed of the house as a user meets it: start, import, index, search, audit, answers.

Run: `make bench`, on a machine that does nothing else. Prints figures, fails on none.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

from crm.demo.build import build
from crm.garbage_collection import collect_seldom
from house import House, Wanted
from settings import Settings
from tests.bench import bench_window, real_rows
from tests.evals.noting import note
from wiring import SAMPLES

ROOT = Path(__file__).parents[2]
MANY = 100_000
AUDITED = 20_000
QUESTIONS = (
    "Have we really talked with Norvik lately?",
    "Give me a summary of Quillan",
    "What did Larkspur say about price?",
    "Draft a follow-up email to Calder & Voss",
    "How is our pipeline by stage?",
)
SEARCHES = ("crane failure", "works council data protection", "price too high", "union note", "pilot on two docks")
T = TypeVar("T")
LATENCIES: list[tuple[str, float, float]] = []  # name, p50, p95 in milliseconds


def main() -> None:
    collect_seldom()  # as the program does
    with TemporaryDirectory() as folder:
        here = Path(folder)
        print(f"python app.py --help: {_timed(_help)[1]:.2f} s")
        house = House(Settings(data_dir=here / "data", llm="none"))
        print(f"demo CRM into an empty store: {_timed(house.load_demo)[1]:.1f} s")
        print(f"small models, trained: {_timed(lambda: (house.cascade, house.router))[1]:.1f} s")
        judged, seconds = _timed(house.judge_store)
        print(f"judging the demo's activities: {judged:,} in {seconds:.1f} s, {judged / seconds:,.0f}/s")
        print(f"semantic index from nothing, 5,000 activities: {_timed(house.sync_now)[1]:.1f} s")
        _each("search, 5,000 activities", SEARCHES, lambda q: house.find(q, 10, "", False))
        _each("a whole answer, 5,000 activities", QUESTIONS, house.ask)
        house.close()
        print(f"first page, store filled: {_first_page(here / 'data'):.1f} s after the start")
        _many(here)
    bench_window.main()
    said = "How long a search and a whole answer take, without a chat model, on the machine that measured."
    note("latency", "Latency", said, "make bench", ("what", "p50 in ms", "p95 in ms"), LATENCIES)


def _many(here: Path) -> None:
    """The same at a hundred thousand activities, without the index."""
    build(SAMPLES, MANY).write(here / "many")
    house = House(Settings(data_dir=here / "large", llm="none"))
    for name in ("reps", "accounts", "contacts"):
        house.import_file(here / "many" / f"{name}.csv")
    _, seconds = _timed(lambda: house.import_file(here / "many" / "activities.csv"))
    print(f"import of {MANY:,} activities: {seconds:.1f} s, {MANY / seconds:,.0f} rows/s")
    _each(f"full-text search, {MANY:,} activities", SEARCHES, lambda q: house.find(q, 10, "", False))
    lines = (here / "many" / "activities.csv").read_text(encoding="utf-8")
    (here / "some.csv").write_text(_first_rows(lines, AUDITED), encoding="utf-8")
    house.cascade  # noqa: B018 - trained before the clock runs
    length = real_rows.write(here / "real.csv", AUDITED)
    for name, what in (("some", "generated rows"), ("real", f"real-looking rows of {length:.0f} characters")):
        report = house.audit_file(here / f"{name}.csv", Wanted(here / f"{name}_out.csv"))
        print(f"audit of {report.rows:,} {what}: {report.seconds:.1f} s, {report.rows_per_second:,.0f} rows/s")
    house.close()


def _first_rows(text: str, wanted: int) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out)
    for number, row in enumerate(csv.reader(io.StringIO(text))):
        if number > wanted:
            break
        writer.writerow(row)
    return out.getvalue()


def _help() -> None:
    subprocess.run([sys.executable, "app.py", "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _first_page(data: Path) -> float:
    """Seconds from the start of the process to the first answer of its page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    wanted = {"CRM_DATA_DIR": str(data), "CRM_PORT": str(port), "CRM_LLM": "none"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **wanted}, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - began < 120:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.05)
    finally:
        process.terminate()
        process.wait(30)
    return float("nan")


def _each(name: str, asked: tuple[str, ...], act: Callable[[str], object]) -> None:
    act(asked[0])
    times = [1000 * _timed(lambda q=q: act(q))[1] for q in asked * 4]  # type: ignore[misc]
    cuts = quantiles(times, n=20)
    print(f"{name}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")
    LATENCIES.append((name, round(cuts[9], 1), round(cuts[18], 1)))


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began
