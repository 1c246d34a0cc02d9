import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from crm.records.store import Store
from retrieval.embed import Remembered, Vectors
from retrieval.embed_int8 import QuickMiniLM
from retrieval.index import Index, Near
from retrieval.search import Search
from retrieval.sync import BATCH, BROKE, Sync, SyncState
from tests.retrieval.small_crm import Counted, a_message, an_activity, put, put_account, put_deal, take

MANY = 4 * BATCH
CHILD = """
import sys
from pathlib import Path
from crm.records.store import Store
from retrieval.embed import Remembered, Vectors
from retrieval.index import Index
from retrieval.embed_int8 import QuickMiniLM
from retrieval.sync import Sync
url, folder, models = sys.argv[1:]
embedder = Remembered(QuickMiniLM(Path(models)), Path(folder) / "vectors.sqlite")
Sync(Store.open(url), Index.open(Path(folder) / "chroma"), embedder).run(lambda state: print(state.done, flush=True))
"""


def fill(store: Store) -> None:
    put(
        store,
        [
            an_activity(
                f"m{n}",
                f"Visit {n}",
                a_message("Ana", f"Gate {n} was closed. We moved {n} pallets to hall {n % 7}."),
                day=1 + n % 28,
            )
            for n in range(MANY)
        ],
    )


def contents(index: Index, embedder: Remembered) -> tuple[dict[str, str], list[Near]]:
    return dict(index.activities.marks), index.activities.near(embedder.embed(["a closed gate"])[0], 40)


def test_everything_with_text_is_indexed_once(store: Store, index: Index, quick: QuickMiniLM, tmp_path: Path) -> None:
    put(store, [an_activity(f"d{n}", "Tessera Dock: votre devis", a_message("Ana", "Done."), day=2) for n in range(20)])
    counted = Counted(quick)
    sync = Sync(store, index, Remembered(counted, tmp_path / "vectors.sqlite"))
    assert sync.run() == SyncState(done=25, total=25, running=False, rate=sync.state.rate)
    said_again = 3  # in English: the one French letter's passage, and of the twenty their subject and what is below
    distinct = 5 + 6 + 1 + said_again  # subjects, passages (the first record has two), and the one that twenty share
    assert counted.texts == distinct
    assert "demo:6" not in index.activities.marks  # it has no text
    sync.run()
    assert counted.texts == distinct


def test_what_changed_is_done_again_and_what_is_gone_is_dropped(
    store: Store, index: Index, embedder: Remembered
) -> None:
    Sync(store, index, embedder).run()
    before = dict(index.activities.marks)
    take(store, "demo:2")
    with store.writing() as connection:
        connection.execute(text("UPDATE activities SET messages = replace(messages, 'forklifts', 'cranes')"))
    Sync(store, index, embedder).run()
    after = dict(index.activities.marks)
    assert set(before) - set(after) == {"demo:2"}
    assert [i for i in after if after[i] != before[i]] == ["demo:4"]
    assert (
        Search(store, index, embedder).find("cranes in the hall").hits[0].passage.startswith("He runs fourteen cranes")
    )


def test_killed_and_started_again_it_holds_the_same(store: Store, quick: QuickMiniLM, tmp_path: Path) -> None:
    fill(store)
    quick.embed(["make the model before the child asks for it"])
    url, killed, whole = store.engine.url.render_as_string(), tmp_path / "killed", tmp_path / "whole"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(killed), str(quick.cache)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    begun = [int(child.stdout.readline()) for _ in range(2)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert begun == [0, BATCH]

    held = {}
    for folder in (killed, whole):
        embedder, index = Remembered(quick, folder / "vectors.sqlite"), Index.open(folder / "chroma")
        assert index.moved is None
        states: list[SyncState] = []
        Sync(store, index, embedder).run(states.append)
        held[folder.name] = (contents(index, embedder), states[0].done)
        index.close()
        embedder.close()
    assert held["killed"][0] == held["whole"][0]
    assert held["killed"][1] >= BATCH
    assert held["whole"][1] == 0


def test_newest_first_and_the_rest_is_owned_up_to(store: Store, index: Index, embedder: Remembered) -> None:
    fill(store)
    sync = Sync(store, index, embedder)
    sync.run(lambda state: sync.stop() if state.done else None)
    newest = {activity.id for activity in store.activities(limit=BATCH)}
    assert set(index.activities.marks) == newest
    notices = Search(store, index, embedder).find("closed gate").notices
    assert notices == (
        f"The semantic index holds {BATCH} of {MANY + 5} activities so far; the others were searched by words only.",
    )
    sync.run()
    assert Search(store, index, embedder).find("closed gate").notices == ()


def test_an_index_that_no_sync_looked_at_is_counted(store: Store, tmp_path: Path, embedder: Remembered) -> None:
    first = Index.open(tmp_path / "chroma")
    Sync(store, first, embedder).run()
    first.close()
    put(store, [an_activity("9", "Late", a_message("Ana", "One more."))])
    second = Index.open(tmp_path / "chroma")
    (notice,) = Search(store, second, embedder).find("freezer").notices
    assert notice.startswith("The semantic index holds 5 of 6 activities")
    second.close()


def test_another_embedder_makes_the_index_anew(store: Store, index: Index, quick: QuickMiniLM) -> None:
    Sync(store, index, quick).run()
    other = Counted(quick, renamed="another model")
    search = Search(store, index, other)
    assert search.find("freezer alarms").notices == (
        "The semantic index has yet to be made: only words were searched.",
    )
    Sync(store, index, other).run()
    assert other.texts > 5
    assert search.find("freezer alarms").ways == ("words", "meaning")
    assert Search(store, index, quick).find("freezer alarms").ways == ("words",)


def test_in_the_background_it_wakes_for_what_is_new(store: Store, index: Index, embedder: Remembered) -> None:
    sync, search = Sync(store, index, embedder), Search(store, index, embedder)
    sync.start()
    wait_for(lambda: sync.state.total == 5 and sync.state.done == 5 and not sync.state.running)
    put(store, [an_activity("9", "Late", a_message("Ana", "The roof of the silo leaks."), day=20)])
    sync.wake()
    wait_for(lambda: index.activities.size == 6)
    assert search.find("water comes in at the top of the silo").hits[0].activity.native_id == "9"
    sync.stop()
    put(store, [an_activity("10", "Later", a_message("Ana", "Nobody indexes this."), day=21)])
    sync.wake()
    assert index.activities.size == 6


def test_questions_are_answered_while_it_fills(store: Store, index: Index, embedder: Remembered) -> None:
    fill(store)
    sync, search = Sync(store, index, embedder), Search(store, index, embedder)
    sync.start()
    answers = []
    while sync.state.total == 0 or sync.state.done < sync.state.total:
        answers.append(search.find("freezer alarms on Sunday"))
        assert sync.state.problem == ""
    sync.stop()
    assert {answer.hits[0].activity.native_id for answer in answers} == {"1"}
    assert answers[0].notices != ()
    assert search.find("freezer alarms on Sunday").notices == ()


def test_whatever_breaks_is_shown_and_the_next_wake_tries_again(store: Store, index: Index, quick: QuickMiniLM) -> None:
    class Broken(Counted):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if not self.texts:
                self.texts = 1
                raise ZeroDivisionError
            return self.inner.embed(texts)

    sync = Sync(store, index, Broken(quick))
    sync.start()
    wait_for(lambda: sync.state.problem == BROKE and not sync.state.running)
    sync.wake()
    wait_for(lambda: index.activities.size == 5)
    sync.stop()


def test_it_stops_though_it_is_asked_right_after_its_start(store: Store, index: Index, embedder: Remembered) -> None:
    for _ in range(20):
        sync = Sync(store, index, embedder)
        sync.start()
        sync.stop()  # waits for the thread: one that had missed the word would never end
    assert not [thread for thread in threading.enumerate() if thread.name == "sync"]


def test_a_problem_is_shown_and_the_next_wake_tries_again(
    store: Store, index: Index, quick: QuickMiniLM, tmp_path: Path
) -> None:
    blocked = tmp_path / "vectors.sqlite"
    blocked.mkdir()
    sync = Sync(store, index, Remembered(quick, blocked))
    sync.start()
    wait_for(lambda: bool(sync.state.problem))
    assert "cannot be opened" in sync.state.problem
    blocked.rmdir()
    sync.wake()
    wait_for(lambda: index.activities.size == 5)
    sync.stop()
    assert sync.state.problem == ""


def test_an_activity_is_found_by_the_sector_of_its_account(store: Store, index: Index, embedder: Remembered) -> None:
    put_account(store, "demo:A9", "Aurland", industry="Zeppelin yards")
    put(store, [an_activity("z", "Hello", a_message("Ann Zed", "Please ring me on Monday."), account_id="demo:A9")])
    Sync(store, index, embedder).run()
    assert [hit.activity.id for hit in Search(store, index, embedder).find("zeppelin monday").hits][:1] == ["demo:z"]


def test_accounts_and_deals_are_found_by_what_they_are(store: Store, index: Index, embedder: Remembered) -> None:
    put_account(store, "demo:A1", "Norvik Maritime", industry="Shipping", region="Nordics")
    put_account(store, "demo:A2", "Rossi Alimentari", industry="Food retail", region="Italy")
    put_deal(store, "demo:D1", "Norvik - Dock", account_name="Norvik Maritime", product="Tessera Dock", stage="Won")
    put_deal(store, "demo:D2", "Rossi - Plan", account_name="Rossi Alimentari", product="Tessera Plan", stage="Lost")
    assert Search(store, index, embedder).accounts("shipping companies") == []
    Sync(store, index, embedder).run()
    search = Search(store, index, embedder)
    assert [c.name for c in search.accounts("shipping companies in the north")] == [
        "Norvik Maritime",
        "Rossi Alimentari",
    ]
    assert search.accounts("supermarkets in Italy", k=1)[0].id == "demo:A2"
    assert search.deals("lost deals for planning", k=1)[0].id == "demo:D2"
    assert search.accounts("") == []
    assert Search(store).deals("lost") == []


def wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it never came to hold")
