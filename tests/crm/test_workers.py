"""The worker seam: the same results in the same order, wherever the work is done."""

import os
from collections.abc import Iterator
from itertools import count

import pytest

from crm.workers import AHEAD, Here, Processes, Workers


def doubled(batch: list[int]) -> list[int]:
    return [2 * n for n in batch]


def killed_by_seven(batch: list[int]) -> list[int]:
    if 7 in batch and "CRM_TEST_PARENT" in os.environ and os.environ["CRM_TEST_PARENT"] != str(os.getpid()):
        os.kill(os.getpid(), 9)
    return doubled(batch)


def fails(batch: list[int]) -> list[int]:
    raise ValueError(f"no {batch}")


@pytest.mark.parametrize("workers", [Here(), Processes(2), Processes(2, first_here=3), Processes(2, first_here=99)])
def test_results_come_in_the_order_of_the_batches(workers: Workers) -> None:
    batches = [[n, n + 1] for n in range(20)]
    assert list(workers.map(doubled, batches)) == [[2 * n, 2 * n + 2] for n in range(20)]


def test_only_a_few_batches_are_read_ahead() -> None:
    read = []

    def batches() -> Iterator[list[int]]:
        for n in range(100):
            read.append(n)
            yield [n]

    results = Processes(1).map(doubled, batches())
    assert next(results) == [0]
    assert len(read) == AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def where(batch: list[int]) -> int:
    return os.getpid()


def test_few_batches_start_no_other_process() -> None:
    assert set(Processes(2, first_here=4).map(where, [[n] for n in range(4)])) == {os.getpid()}


def test_nobody_waits_for_a_process_that_starts() -> None:
    found = []
    for place in Processes(1, first_here=4).map(where, ([n] for n in count())):
        found.append(place)
        if place != os.getpid():
            break
    assert len(found) > 2
    assert set(found[:-1]) == {os.getpid()}


def test_a_process_that_is_killed_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TEST_PARENT", str(os.getpid()))
    batches = [[n] for n in range(30)]
    assert list(Processes(2).map(killed_by_seven, batches)) == [[2 * n] for n in range(30)]


@pytest.mark.parametrize("workers", [Here(), Processes(1)])
def test_an_error_in_the_work_reaches_the_caller(workers: Workers) -> None:
    with pytest.raises(ValueError, match=r"no \[1\]"):
        list(workers.map(fails, [[1]]))
