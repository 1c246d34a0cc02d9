"""A few at once, the others in turn; nobody who fails or leaves keeps a place."""

import threading
from collections.abc import Iterator

import pytest

from crm.fair_semaphore import Turnstile


def start(work: object) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def waiting(stile: Turnstile, many: int) -> None:
    """Until so many stand before it."""
    while len(stile._waiting) < many:
        threading.Event().wait(0.001)


def test_whoever_came_first_goes_first() -> None:
    stile, order, all_in = Turnstile(1), [], []

    def enter(number: int) -> None:
        with stile:
            order.append(number)

    with stile:
        for number in range(5):
            all_in.append(start(lambda number=number: enter(number)))
            waiting(stile, number + 1)
        assert order == []
    for thread in all_in:
        thread.join(10)
    assert order == [0, 1, 2, 3, 4]


def test_no_more_than_its_places_are_inside() -> None:
    stile, lock, inside, most = Turnstile(2), threading.Lock(), [], []

    def stay() -> None:
        for _ in range(50):
            with stile:
                with lock:
                    inside.append(1)
                    most.append(len(inside))
                with lock:
                    inside.pop()

    for thread in [start(stay) for _ in range(6)]:
        thread.join(20)
    assert max(most) <= 2
    assert len(most) == 300


def test_between_two_steps_another_gets_its_turn() -> None:
    stile = Turnstile(1)
    long, short = stile.each(iter(range(100))), stile.each(iter("ab"))
    assert (next(long), next(short), next(long), next(short)) == (0, "a", 1, "b")


def test_a_step_that_fails_gives_its_place_free() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    stile = Turnstile(1)
    steps = stile.each(broken())
    assert next(steps) == 1
    with pytest.raises(ValueError, match="broken"):
        next(steps)
    assert list(stile.each(iter("go"))) == ["g", "o"]


def test_an_answer_that_is_left_in_the_middle_holds_no_place() -> None:
    stile = Turnstile(1)
    steps = stile.each(iter(range(9)))
    next(steps)
    del steps
    assert list(stile.each(iter("go"))) == ["g", "o"]


def test_whoever_leaves_the_line_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches the main thread while it waits."""
    stile = Turnstile(1)
    with stile:
        monkeypatch.setattr(threading.Event, "wait", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            stile.__enter__()
        monkeypatch.undo()
    assert list(stile.each(iter("go"))) == ["g", "o"]
