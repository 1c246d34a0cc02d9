"""Each distinct text is judged once, in order, with bounded memory."""

from collections.abc import Sequence

import pytest

from crm.engagement.distinct_texts import Once
from crm.nouns import Activity
from crm.workers import Here, Processes, Workers
from tests.crm.engagement.made import ByWord, activity


def text(one: Activity) -> str:
    return one.raw_body


def batches(texts: Sequence[str], size: int) -> list[list[Activity]]:
    rows = [activity(str(n), text) for n, text in enumerate(texts)]
    return [rows[start : start + size] for start in range(0, len(rows), size)]


TEXTS = ["yes", "no", "yes", "well", "no", "yes", "yes again", "well"]


def test_the_same_text_is_shown_once() -> None:
    judge = ByWord()
    once = Once(judge.judge, text, Here())
    done = [pair for batch in once.over(batches(TEXTS, 3)) for pair in batch]
    assert [a.native_id for a, _ in done] == [str(n) for n in range(8)]
    assert [v for _, v in done] == ByWord().judge([a for a, _ in done])
    assert judge.shown == ["csv:0", "csv:1", "csv:3", "csv:6"]
    assert once.judged == 4


@pytest.mark.parametrize("most", [1, 2])
def test_a_forgotten_text_is_judged_again_with_the_same_result(most: int) -> None:
    judge = ByWord()
    done = [pair for batch in Once(judge.judge, text, Here(), most=most).over(batches(TEXTS, 3)) for pair in batch]
    assert [v for _, v in done] == ByWord().judge([a for a, _ in done])
    assert len(judge.shown) > 4


def test_items_without_a_key_get_no_verdict() -> None:
    judge = ByWord()
    done = list(Once(judge.judge, lambda a: a.raw_body or None, Here()).over(batches(["yes", "", ""], 2)))
    assert [[v is not None for _, v in batch] for batch in done] == [[True, False], [False]]
    assert judge.shown == ["csv:0"]


@pytest.mark.parametrize("workers", [Processes(2)])
def test_processes_give_what_one_process_gives(workers: Workers) -> None:
    many = [f"{text} {n % 7}" for n in range(10) for text in TEXTS]
    here = list(Once(ByWord().judge, text, Here()).over(batches(many, 9)))
    there = list(Once(ByWord().judge, text, workers).over(batches(many, 9)))
    assert there == here
    assert len(there) == 9
