"""Speed among a hundred thousand activities: search by each way, and what an account's summary gathers.

Run: python -m tests.bench.bench_large [--activities 100000]. The CRM is the labelled texts with other numbers in them;
its vectors are drawn at random, one for each activity: they are walked as slowly as real ones, and made in no time.
What was made stays in a folder under the system's own for such, and is made once. "Processor" is the time of all cores
together, which a busy machine does not lengthen.
"""

import argparse
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import quantiles
from tempfile import gettempdir

import numpy as np

from agents.account_summary import AccountSummary
from agents.base import Toolbox
from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.garbage_collection import collect_seldom
from crm.nouns import Filter, Question, Scope, Side
from crm.records.book import Book
from crm.records.db import accounts
from crm.records.store import Store
from crm.threads.thread import Ours
from retrieval.embed import DIMENSIONS
from retrieval.embed_int8 import QuickMiniLM
from retrieval.fill_term_index import fill
from retrieval.index import Entry, Index
from retrieval.index_target import stamp_of
from retrieval.search import Search
from tests.bench.bench_retrieval import filled, grown, labelled, say, time_search, timed
from tests.four_accounts import LABELLED, PLAYBOOK

MANY = 100_000
ACCOUNTS = 60  # as `grown` numbers them: 1,667 activities each, far more than is usual
SUMMED_UP = 12  # accounts whose summaries are timed
RECORD = {"native_id": "1", "source": "demo", "row_hash": "", "import_id": 1, "extra": {}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=MANY)
    wanted = parser.parse_args().activities
    collect_seldom()  # as the program does
    folder = Path(gettempdir()) / f"crm-bench-{wanted}"
    folder.mkdir(exist_ok=True)
    quick = QuickMiniLM(folder / "models")
    store, spent = timed(lambda: kept(folder, wanted))
    say(f"store of {wanted:,} activities: {spent}")
    index, spent = timed(lambda: Index.open(folder / "chroma"))
    index.begin(stamp_of(quick))
    say(f"index opened: {spent}")
    say(f"words and topics: {timed(lambda: list(fill(store, index.bags)))[1]}")
    say(f"read into memory: {timed(index.bags.postings)[1]}")
    held = index.activities.marks
    missing = [entry for entry in drawn(wanted) if entry.record_id not in held]
    say(f"{len(missing):,} vectors: {timed(lambda: index.activities.put(missing))[1]}")
    index.left = 0
    time_search("full text", Search(store), store)
    time_search("fused", Search(store, index, quick), store)
    time_summaries(Search(store, index, quick), store, folder)
    index.close()


def kept(folder: Path, wanted: int) -> Store:
    """The store as it was left, or made now; one whose making was cut short is not taken for whole."""
    made, whole = folder / "store", folder / "store.whole"
    if not whole.exists():
        shutil.rmtree(made, ignore_errors=True)
        store = filled(made, grown(labelled(), wanted))
        rows = [{**RECORD, "id": f"demo:A{n}", "name": f"Account {n}"} for n in range(ACCOUNTS)]
        with store.writing() as connection:
            connection.execute(accounts.insert(), rows)
        whole.touch()
        return store
    return Store.open(f"sqlite:///{made / 'crm.sqlite'}")


def drawn(wanted: int) -> Iterator[Entry]:
    """An entry with one random vector of length 1 for each activity of `grown`."""
    chance = np.random.default_rng(7)
    for number in range(wanted):
        vector = chance.standard_normal((1, DIMENSIONS), dtype=np.float32)
        yield Entry(f"demo:{number}", "m", (Side.UNKNOWN.value,), vector / np.linalg.norm(vector))


def time_summaries(search: Search, store: Store, folder: Path) -> None:
    """What is gathered for an account's summary, its activities being judged."""
    cascade = Cascade.of([RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, folder / "judge"))])
    book = Book.read(store)
    tools = Toolbox(store, book, search, cascade, PLAYBOOK, Ours())
    agent = AccountSummary()
    some = book.accounts[:SUMMED_UP]
    for account in some:
        agent.gather(Question("summary"), Scope(account=account), tools)
    spent = [
        timed(lambda a=account: agent.gather(Question("summary"), Scope(account=a, as_of=date(2026, 11, 1)), tools))[1]  # type: ignore[misc]
        for account in some
        for _ in range(3)
    ]
    clock, work = (quantiles(t, n=20) for t in ([s.seconds for s in spent], [s.processor for s in spent]))
    each = store.count(Filter(account_id=some[0].id))
    say(
        f"context of a summary, {each:,} of {store.count():,} activities: p50 {1000 * clock[9]:.0f} ms,"
        f" p95 {1000 * clock[18]:.0f} ms; processor p50 {1000 * work[9]:.0f} ms, p95 {1000 * work[18]:.0f} ms"
    )


if __name__ == "__main__":
    main()
