"""An answer in a thread of its own: watched, unwatched, stopped, kept once."""

import threading
from collections.abc import Iterator

from crm.errors import MissingPart
from crm.nouns import Answer, Turn
from ui.running import Running


def growing(gate: threading.Event) -> Iterator[Answer]:
    yield Answer("Half")
    gate.wait(10)
    yield Answer("Half and half", done=True)


def test_two_watchers_see_it_grow_and_end() -> None:
    gate, kept = threading.Event(), list[Turn]()
    running = Running("q", growing(gate), kept.append)
    first, second = running.watch(0.001), running.watch(0.001)
    assert next(first).done is False
    gate.set()
    assert [*first][-1] == [*second][-1] == Answer("Half and half", done=True)
    assert [*running.watch()] == [Answer("Half and half", done=True)]
    assert kept == [Turn("q", Answer("Half and half", done=True))]


def test_it_ends_and_is_kept_when_nobody_watches() -> None:
    gate, kept, ended = threading.Event(), list[Turn](), threading.Event()
    gate.set()

    def keep(turn: Turn) -> None:
        kept.append(turn)
        ended.set()

    Running("q", growing(gate), keep)
    assert ended.wait(10)
    assert [turn.answer.text for turn in kept] == ["Half and half"]


def test_what_is_stopped_stays_stopped() -> None:
    gate, kept = threading.Event(), list[Turn]()
    running = Running("q", growing(gate), kept.append)
    next(running.watch(0.001))
    stopped = running.end(Answer("Half", notices=("Stopped.",), done=True))
    gate.set()
    assert running.end(Answer("again", done=True)) == stopped
    assert [turn.answer for turn in kept] == [stopped]


def test_what_cannot_be_kept_says_so() -> None:
    def refuse(turn: Turn) -> None:
        raise MissingPart("There is no such conversation.")

    gate = threading.Event()
    gate.set()
    *_, last = Running("q", growing(gate), refuse).watch(0.001)
    assert last.notices == ("There is no such conversation.",)
    assert last.done
