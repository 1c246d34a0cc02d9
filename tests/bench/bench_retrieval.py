"""Speed of indexing and search, with what the faster embedder and the small passages cost or gain in finding.

Run: python -m tests.bench.bench_retrieval [embedders] [ways] [index] [--activities 5000]. Prints figures, fails on
none. "Processor" seconds are of all cores together: they tell a slow program from a busy machine. The queries in
queries.csv were written by reading single labelled records; thresholds were chosen on them, so they flatter a little.
"""

import argparse
import csv
import math
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np

from crm.nouns import Activity, Filter, Kind
from crm.records import fulltext
from crm.records.db import activities
from crm.records.fulltext import Page
from crm.records.store import Store, row_of
from crm.threads.thread import Ours, RawActivity, activity
from retrieval.embed import Embedder, MiniLM, Remembered
from retrieval.index import Index
from retrieval.passages import passages_of
from retrieval.quick import QuickMiniLM
from retrieval.search import Search
from retrieval.sync import Sync

HERE = Path(__file__).parent
LABELLED = HERE.parents[1] / "data" / "labelled"
KINDS = {"Email": Kind.EMAIL, "Call": Kind.CALL, "Event": Kind.EVENT, "Task": Kind.TASK}
DUPLICATES = 0.24
SAMPLE = 400
MAILS = frozenset({Kind.EMAIL})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the development set; nothing is `relevant` to a negative one."""

    kind: str
    query: str
    relevant: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="embedders, ways, index; the first and the last unless given")
    parser.add_argument("--activities", type=int, default=5_000)
    arguments = parser.parse_args()
    parts = arguments.parts or ["embedders", "index"]
    records = labelled()
    with TemporaryDirectory() as folder:
        quick = QuickMiniLM(Path(folder) / "models")
        _, spent = _timed(lambda: quick.embed(["warm"]))
        say(f"quick embedder made from the published weights, once a machine: {spent}")
        if "embedders" in parts:
            compare_embedders(records, quick)
        if "ways" in parts:
            compare_ways(records, quick, Path(folder) / "labelled")
        if "index" in parts:
            time_index(records, quick, Path(folder) / "speed", arguments.activities)


def labelled() -> list[Activity]:
    """The labelled activities, parsed as an import would."""
    return [_parsed(row) for path in sorted(LABELLED.glob("activities_*.csv")) for row in _rows(path)]


def asked() -> list[Asked]:
    return [Asked(r["kind"], r["query"], frozenset(r["relevant"].split())) for r in _rows(HERE / "queries.csv")]


def compare_embedders(records: Sequence[Activity], quick: Embedder) -> None:
    """Rate and cosine of the quick embedder against the published one."""
    texts = sorted({p.key for record in records for p in passages_of(record)})
    sample = random.Random(1).sample(texts, SAMPLE)
    published = MiniLM()
    published.embed(sample[:2])
    exact, slow = _timed(lambda: published.embed(sample))
    small, fast = _timed(lambda: quick.embed(sample))
    cosines = (exact * small).sum(axis=1)
    say(f"embedding {SAMPLE} passages: fp32 {slow}, quick {fast}")
    say(f"cosine to fp32: mean {cosines.mean():.4f}, worst of a hundred {np.quantile(cosines, 0.01):.4f}")


def compare_ways(records: Sequence[Activity], quick: Embedder, folder: Path) -> None:
    """Recall@10 and nDCG@10 of each way over the development queries."""
    queries = asked()
    answered = [one for one in queries if one.relevant]
    for name, embedder in (("fp32", MiniLM()), ("quick", quick)):
        rank = whole_records(records, embedder)
        report(f"meaning, whole records, {name}", answered, {one.query: rank(one.query) for one in answered})
    for name, embedder in (("fp32", MiniLM()), ("quick", quick)):
        store = filled(folder / name, records)
        index = Index.open(folder / name / "chroma")
        Sync(store, index, embedder).run()
        search = Search(store, index, embedder)
        for label, part in (("words", Search(store)), ("words + meaning", search)):
            report(f"{label}, passages, {name}", answered, {one.query: _found(part, one.query) for one in answered})
        abstained = fmean(not search.find(one.query).hits for one in queries if not one.relevant)
        say(f"  negatives without hits: {abstained:.0%}")
        index.close()


def whole_records(records: Sequence[Activity], embedder: Embedder) -> Callable[[str], list[str]]:
    """Nearest whole records, cut where the model stops reading."""
    vectors = embedder.embed([record.text for record in records])

    def rank(query: str) -> list[str]:
        nearest = np.argsort(-(vectors @ embedder.embed([query])[0]), kind="stable")[:10]
        return [records[i].native_id for i in nearest]

    return rank


def time_index(records: Sequence[Activity], quick: Embedder, folder: Path, wanted: int) -> None:
    """Seconds to index a CRM from nothing, and milliseconds for one search in it."""
    crm = grown(records, wanted)
    store = filled(folder, crm)
    index = Index.open(folder / "chroma")
    sync = Sync(store, index, Remembered(quick, folder / "vectors.sqlite"))
    state, spent = _timed(sync.run)
    passages = sum(len(passages_of(record)) for record in crm)
    say(f"index from nothing: {state.done:,} activities, {passages:,} passages in {spent}")
    say(f"index with nothing to do: {_timed(sync.run)[1]}")
    search = Search(store, index, quick)
    filters = {"all": Filter(), "one account": Filter(account_id="demo:A7"), "mails": Filter(kinds=MAILS)}
    for name, where in filters.items():
        cuts = quantiles([1000 * _search(search, one.query, where).seconds for one in asked()], n=20)
        say(f"search over {name} ({store.count(where):,}): p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")
    index.close()


def _search(search: Search, query: str, where: Filter) -> "Spent":
    return _timed(lambda: search.find(query, where))[1]


def filled(folder: Path, records: Iterable[Activity]) -> Store:
    """A store with these activities and their full text."""
    folder.mkdir(parents=True)
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    with store.writing() as connection:
        for number, record in enumerate(records, start=1):
            row = {"number": number, **row_of(record), "matched_by": "", "row_hash": "", "import_id": 1, "extra": {}}
            connection.execute(activities.insert().values(row))
            fulltext.put(connection, [Page.of(row, "\n".join(m.author for m in record.messages))])
    return store


def grown(records: Sequence[Activity], wanted: int) -> list[Activity]:
    """A CRM of any size: the labelled texts with other numbers in them, and a real export's share of duplicates."""
    chance = random.Random(7)
    crm: list[Activity] = []
    for number in range(wanted):
        twin = crm and chance.random() < DUPLICATES
        model = chance.choice(crm) if twin else chance.choice(records)
        other = {"crm_subject": model.raw_subject, "crm_description": model.raw_body}
        told = model if twin else _parsed({name: _other_numbers(said, chance) for name, said in other.items()})
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


def report(name: str, queries: Sequence[Asked], found: Mapping[str, Sequence[str]]) -> None:
    by_kind = {kind: [one for one in queries if one.kind == kind] for kind in sorted({one.kind for one in queries})}
    recall = {kind: fmean(_recall(one, found[one.query]) for one in some) for kind, some in by_kind.items()}
    mean = fmean(_recall(one, found[one.query]) for one in queries)
    gain = fmean(_ndcg(one, found[one.query]) for one in queries)
    kinds = ", ".join(f"{kind} {value:.2f}" for kind, value in recall.items())
    say(f"{name}: recall@10 {mean:.2f}, nDCG@10 {gain:.3f} of {len(queries)} ({kinds})")


def _found(search: Search, query: str) -> list[str]:
    return [hit.activity.native_id for hit in search.find(query).hits]


def _recall(one: Asked, found: Sequence[str]) -> float:
    return len(one.relevant & set(found[:10])) / len(one.relevant)


def _ndcg(one: Asked, found: Sequence[str]) -> float:
    gain = sum(1 / math.log2(place + 2) for place, i in enumerate(found[:10]) if i in one.relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(10, len(one.relevant))))


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


def _timed(work: Callable[[], T]) -> tuple[T, Spent]:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Spent(time.perf_counter() - clock, time.process_time() - processor)


if __name__ == "__main__":
    main()
