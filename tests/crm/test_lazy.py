"""Things made once: by however many threads, anew when what they were made for changed, none waiting for another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.lazy import Once


def test_many_who_ask_at_once_get_the_one_thing() -> None:
    once, made, all_there = Once(), [], threading.Barrier(8)

    def make() -> object:
        made.append(1)
        return object()

    def ask(_: int) -> object:
        all_there.wait(10)
        return once.get("thing", make)

    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(ask, range(8)))
    assert len(got) == len(made) == 1


def test_a_thing_is_made_anew_when_what_it_was_made_for_changed() -> None:
    once = Once()
    first = once.get("book", object, as_of=(1, 2))
    assert once.get("book", object, as_of=(1, 2)) is first
    second = once.get("book", object, as_of=(1, 3))
    assert second is not first
    once.forget("book")
    assert once.get("book", object, as_of=(1, 3)) is not second


def test_what_could_not_be_made_is_tried_again() -> None:
    once, tries = Once(), iter((ValueError("not yet"), None))

    def make() -> str:
        if (err := next(tries)) is not None:
            raise err
        return "there"

    with pytest.raises(ValueError, match="not yet"):
        once.get("part", make)
    assert once.get("part", make) == "there"


def test_nobody_waits_for_another_thing_that_is_slow() -> None:
    once, slow, go_on = Once(), threading.Event(), threading.Event()

    def make_slowly() -> str:
        slow.set()
        assert go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(once.get, "slow", make_slowly)
        assert slow.wait(10)
        assert pool.submit(once.get, "quick", lambda: "quick").result(10) == "quick"
        go_on.set()
        assert waiting.result(10) == "slow"
    assert once.get("slow", lambda: "another") == "slow"


def test_a_thing_may_be_made_of_itself_being_asked_for() -> None:
    once = Once()
    assert once.get("outer", lambda: once.get("inner", lambda: "in") + once.get("inner", lambda: "no")) == "inin"
    with once.alone("outer"):
        assert once.get("outer", lambda: "other") == "inin"
