"""Speed of indexing and search, with what the faster embedder costs in likeness.

Run: python -m tests.bench.bench_retrieval [embedders] [index] [--activities 5000]. Prints figures, fails on none.
"Processor" seconds are of all cores together: they tell a slow program from a busy machine. A hundred thousand
activities are timed in bench_large.py, how well search finds in tests/evals/test_finding.py.
"""

import argparse
import csv
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np

from crm.nouns import Activity, Filter, Kind
from crm.records import fulltext
from crm.records.activity_row import row_of
from crm.records.db import activities
from crm.records.fulltext import Page
from crm.records.store import Store
from crm.threads.thread import Ours, RawActivity, activity
from retrieval.embed import Embedder, MiniLM, Remembered
from retrieval.embed_int8 import QuickMiniLM
from retrieval.index import Index
from retrieval.passages import passages_of
from retrieval.search import Search
from retrieval.sync import Sync

HERE = Path(__file__).parent
LABELLED = HERE.parents[1] / "data" / "labelled"
KINDS = {"Email": Kind.EMAIL, "Call": Kind.CALL, "Event": Kind.EVENT, "Task": Kind.TASK}
QUERIES = HERE.parent / "evals" / "data" / "search_labelled.csv"
ASKED_OVER = ("B", "C1", "C2", "C3")  # files of labelled activities
DUPLICATES = 0.24
SAMPLE = 400
TIMED = 60  # queries a way and a filter
TOGETHER = 2_000  # rows written in one transaction
MAILS = frozenset({Kind.EMAIL})
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="embedders, index; both unless given")
    parser.add_argument("--activities", type=int, default=5_000)
    arguments = parser.parse_args()
    parts = arguments.parts or ["embedders", "index"]
    records = labelled()
    with TemporaryDirectory() as folder:
        quick = QuickMiniLM(Path(folder) / "models")
        _, spent = timed(lambda: quick.embed(["warm"]))
        say(f"quick embedder made from the published weights, once a machine: {spent}")
        if "embedders" in parts:
            compare_embedders(records, quick)
        if "index" in parts:
            time_index(records, quick, Path(folder) / "speed", arguments.activities)


def labelled() -> list[Activity]:
    """The labelled activities that the queries were written over, parsed as an import would."""
    return [_parsed(row) for name in ASKED_OVER for row in _rows(LABELLED / f"activities_{name}.csv")]


def asked() -> list[str]:
    """Every query over the labelled activities, negatives too."""
    return [row["query"] for row in _rows(QUERIES)]


def compare_embedders(records: Sequence[Activity], quick: Embedder) -> None:
    """Rate and cosine of the quick embedder against the published one."""
    texts = sorted({p.key for record in records for p in passages_of(record)})
    sample = random.Random(1).sample(texts, SAMPLE)
    published = MiniLM()
    published.embed(sample[:2])
    exact, slow = timed(lambda: published.embed(sample))
    small, fast = timed(lambda: quick.embed(sample))
    cosines = (exact * small).sum(axis=1)
    say(f"embedding {SAMPLE} passages: fp32 {slow}, quick {fast}")
    say(f"cosine to fp32: mean {cosines.mean():.4f}, worst of a hundred {np.quantile(cosines, 0.01):.4f}")


def time_index(records: Sequence[Activity], quick: Embedder, folder: Path, wanted: int) -> None:
    """Seconds to index a CRM from nothing, and milliseconds for one search in it."""
    crm = grown(records, wanted)
    store = filled(folder, crm)
    index = Index.open(folder / "chroma")
    sync = Sync(store, index, Remembered(quick, folder / "vectors.sqlite"))
    state, spent = timed(sync.run)
    passages = sum(len(passages_of(record)) for record in crm)
    say(f"index from nothing: {state.done:,} activities, {passages:,} passages in {spent}")
    say(f"index with nothing to do: {timed(sync.run)[1]}")
    time_search("fused", Search(store, index, quick), store)
    index.close()


def time_search(way: str, search: Search, store: Store) -> None:
    """p50 and p95 of a fixed choice of the queries, the first few seconds of a cold cache aside."""
    filters = {"all": Filter(), "one account": Filter(account_id="demo:A7"), "mails": Filter(kinds=MAILS)}
    queries = random.Random(1).sample(asked(), TIMED)
    for name, where in filters.items():
        search.find(queries[0], where)
        spent = [_search(search, query, where) for query in queries]
        clock, work = (quantiles(figures, n=20) for figures in zip(*spent, strict=True))
        say(
            f"{way}, {name} ({store.count(where):,}): p50 {clock[9]:.0f} ms, p95 {clock[18]:.0f} ms;"
            f" processor p50 {work[9]:.0f} ms, p95 {work[18]:.0f} ms"
        )


def _search(search: Search, query: str, where: Filter) -> tuple[float, float]:
    spent = timed(lambda: search.find(query, where))[1]
    return 1000 * spent.seconds, 1000 * spent.processor


def filled(folder: Path, records: Iterable[Activity]) -> Store:
    """A store with these activities and their full text."""
    folder.mkdir(parents=True)
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    numbered = enumerate(records, start=1)
    while batch := list(islice(numbered, TOGETHER)):
        rows = [
            {"number": n, **row_of(record), "matched_by": "", "row_hash": "", "import_id": 1, "extra": {}}
            for n, record in batch
        ]
        pages = [
            Page.of(row, "\n".join(m.author for m in record.messages))
            for row, (_, record) in zip(rows, batch, strict=True)
        ]
        with store.writing() as connection:
            connection.execute(activities.insert(), rows)
            fulltext.put(connection, pages)
    return store


def grown(records: Sequence[Activity], wanted: int) -> list[Activity]:
    """A CRM of any size: the labelled texts with other numbers in them, and a real export's share of duplicates."""
    chance = random.Random(7)
    crm: list[Activity] = []
    for number in range(wanted):
        twin = crm and chance.random() < DUPLICATES
        model = chance.choice(crm) if twin else chance.choice(records)
        told = model if twin else _renumbered(model, chance)
        crm.append(
            replace(
                told,
                id=f"demo:{number}",
                native_id=str(number),
                kind=model.kind,
                at=datetime(2025, 5, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(780_000)),
                account_id=f"demo:A{number % 60}",
            )
        )
    return crm


def _renumbered(model: Activity, chance: random.Random) -> Activity:
    """The same thread about other numbers; where its messages stand in the body does not change."""
    messages = tuple(replace(m, text=_other_numbers(m.text, chance)) for m in model.messages)
    return replace(
        model,
        raw_subject=_other_numbers(model.raw_subject, chance),
        raw_body=_other_numbers(model.raw_body, chance),
        subject=_other_numbers(model.subject, chance),
        messages=messages,
    )


def _other_numbers(said: str, chance: random.Random) -> str:
    return re.sub(r"\d", lambda _: str(chance.randrange(10)), said)


def _parsed(row: Mapping[str, str]) -> Activity:
    raw = RawActivity(
        native_id=row.get("hs_object_id", ""),
        source="csv",
        kind=KINDS.get(row.get("crm_subtype", ""), Kind.OTHER),
        raw_subject=row["crm_subject"],
        raw_body=row["crm_description"],
    )
    return activity(raw, Ours())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: by the clock, and by all cores together."""

    seconds: float
    processor: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s (processor {self.processor:.1f} s)"


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Spent(time.perf_counter() - clock, time.process_time() - processor)


if __name__ == "__main__":
    main()
