"""An answer under way, in a thread of its own: it comes to its end, and is kept, whether anybody watches or not.

So a page may be reloaded or closed in the middle of it: whoever opens the conversation again finds it growing,
or grown.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import replace

from crm.nouns import Answer, Turn
from ui.conversation import GAP, NOTHING
from ui.faults import sentence

Keep = Callable[[Turn], None]
LOOK = 1.0  # seconds after which a watcher looks again, whatever it was told


class Running:
    """Starts at once. `keep` is given the turn once, when it is done or stopped."""

    def __init__(self, asked: str, answers: Iterator[Answer], keep: Keep) -> None:
        self.asked, self._answers, self._keep = asked, answers, keep
        self.answer, self._changed, self._lock = NOTHING, threading.Event(), threading.Lock()
        threading.Thread(target=copy_context().run, args=(self._run,), name="answer", daemon=True).start()

    def watch(self, gap: float = GAP) -> Iterator[Answer]:
        """The answer as it grows, at most one in `gap` seconds; the last one is done."""
        shown: Answer | None = None
        while shown is None or not shown.done:
            if not self.answer.done:
                self._changed.wait(LOOK)
                self._changed.clear()
            answer = self.answer
            if answer is not shown:
                yield answer
            shown = answer
            if not answer.done:
                time.sleep(gap)

    def end(self, answer: Answer) -> Answer:
        """Stops it with this as what was said; what it had said, if it was done already."""
        with self._lock:
            if not self.answer.done:
                self.answer = self._kept(answer)
        self._changed.set()
        return self.answer

    def _run(self) -> None:
        for answer in self._answers:
            with self._lock:
                if self.answer.done:
                    return
                self.answer = self._kept(answer) if answer.done else answer
            self._changed.set()
        self.end(replace(self.answer, done=True))  # whatever came, nobody watches for ever

    def _kept(self, answer: Answer) -> Answer:
        """The answer, on record; where that failed, it says so."""
        try:
            self._keep(Turn(self.asked, answer))
        except Exception as err:  # noqa: BLE001 - the door: nobody else hears what breaks in this thread
            return replace(answer, notices=(*answer.notices, sentence(err)))
        return answer


class UnderWay:
    """The answers under way, by conversation; those that are done go when another begins."""

    def __init__(self) -> None:
        self._all: dict[str, Running] = {}
        self._lock = threading.Lock()

    def of(self, conversation_id: str) -> Running | None:
        return self._all.get(conversation_id)

    def put(self, conversation_id: str, running: Running) -> None:
        with self._lock:  # a new dict each time: many people ask at once, and nobody looks at a half-made one
            self._all = {name: one for name, one in self._all.items() if not one.answer.done}
            self._all[conversation_id] = running
