"""Brings the index up to date with the store, in the background.

What is left to do is what has no row, or a row made of other words: there is no list of jobs to lose, so a killed
sync goes on where it stopped, and an index that is missing, damaged or made with another model is simply filled.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from crm.errors import CrmError
from crm.records.store import Store
from retrieval.embed import Embedder
from retrieval.fill_term_index import fill
from retrieval.index import Index
from retrieval.index_target import stamp_of, wanted

BATCH = 64  # records between two looks at whether to stop: about a second
BROKE = "Filling the index broke; the log says where. Words are searched all the same, and the next import tries again."
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far it is: `done` of `total` records are in the index; `rate` is records a second in this run."""

    done: int = 0
    total: int = 0
    running: bool = False
    problem: str = ""
    rate: float = 0.0


class Sync:
    """Keeps one index filled from one store."""

    def __init__(self, store: Store, index: Index, embedder: Embedder) -> None:
        self._store, self._index, self._embedder = store, index, embedder
        self._state = SyncState()
        self._one_at_a_time = threading.Lock()
        self._woken, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> SyncState:
        return self._state

    def run(self, progress: Callable[[SyncState], None] | None = None) -> SyncState:
        """Works until nothing is left, or `stop` is called. Raises CrmError; what was done by then stays done."""
        self._stopping.clear()
        return self._run(progress)

    def start(self) -> None:
        """Runs in the background from now on, again whenever it is woken."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._keep_running, name="sync", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Says that the store has changed."""
        self._woken.set()

    def stop(self) -> None:
        """Ends the background thread after the batch in hand."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, progress: Callable[[SyncState], None] | None = None) -> SyncState:
        with self._one_at_a_time:
            try:
                for state in self._work():
                    self._state = state
                    if progress is not None:
                        progress(state)
            finally:
                self._state = replace(self._state, running=False)
            return self._state

    def _keep_running(self) -> None:
        while True:
            self._woken.clear()
            if self._stopping.is_set():  # asked only now: who stops it has said so before waking it
                return
            try:
                self._run()
            except CrmError as err:  # shown in the window; the next import, or the next start, tries again
                logger.warning("sync stopped: %s", err)
                self._state = replace(self._state, problem=str(err))
            except Exception:  # the last line of its thread: whatever broke, the next import tries again
                logger.exception("sync broke")
                self._state = replace(self._state, problem=BROKE)
            self._woken.wait()

    def _work(self) -> Iterator[SyncState]:
        self._index.begin(stamp_of(self._embedder))
        for _ in fill(self._store, self._index.bags):  # takes seconds, and then most questions are answered well
            if self._stopping.is_set():
                return
        shelves = wanted(self._store, self._index, self._embedder)
        left = [part.left() for part in shelves]
        for part in shelves:
            part.shelf.drop(part.gone())
        total = sum(len(part.marks) for part in shelves)
        state = SyncState(done=total - sum(map(len, left)), total=total, running=True)
        self._index.left = len(left[0])
        yield state
        begun, before = time.monotonic(), state.done
        for part, ids in zip(shelves, left, strict=True):
            for start in range(0, len(ids), BATCH):
                if self._stopping.is_set():
                    return
                batch = ids[start : start + BATCH]
                part.shelf.put(part.entries(batch))
                if part.shelf is self._index.activities:
                    self._index.left = len(ids) - start - len(batch)
                done = state.done + len(batch)
                state = replace(state, done=done, rate=(done - before) / (time.monotonic() - begun))
                yield state
