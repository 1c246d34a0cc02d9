"""An answer in a thread of its own: watched, unwatched, stopped, kept once."""

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.errors import MissingPart
from crm.nouns import Answer, Turn
from ui.running_answer import Running, UnderWay


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


@pytest.mark.parametrize("told", [MissingPart("There is no such conversation."), ValueError("a bug")])
def test_whatever_breaks_the_answer_comes_to_its_end(told: Exception) -> None:
    def refuse(turn: Turn) -> None:
        raise told

    gate = threading.Event()
    gate.set()
    *_, last = Running("q", growing(gate), refuse).watch(0.001)
    assert last.done
    (notice,) = last.notices
    assert notice == str(told) if isinstance(told, MissingPart) else "reference" in notice


def test_answers_that_break_off_come_to_their_end() -> None:
    kept = list[Turn]()
    *_, last = Running("q", iter([Answer("Half")]), kept.append).watch(0.001)
    assert last == Answer("Half", done=True)
    assert kept == [Turn("q", last)]


def test_many_people_ask_at_once() -> None:
    gate, under_way, kept = threading.Event(), UnderWay(), sys.getswitchinterval()
    gate.set()
    done = Running("q", growing(gate), lambda turn: None)
    [*done.watch(0.001)]

    def ask(person: int) -> None:
        for number in range(2_000):
            under_way.put(f"{person} {number}", done)

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as people:
            list(people.map(ask, range(4)))
    finally:
        sys.setswitchinterval(kept)
    assert sum(under_way.of(f"{person} 1999") is done for person in range(4)) == 1
