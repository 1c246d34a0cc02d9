"""A write that is sent twice is done once, also when two arrive together or the first breaks."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from api.problems import Trouble
from api.replies import KEPT, Replies, Write


class Made(BaseModel):
    number: int


class Maker:
    made = 0

    def __call__(self) -> Made:
        self.made += 1
        return Made(number=self.made)


WRITE = Write("ana", "key-1", "correct 7 ND")


def test_without_a_key_it_is_done_each_time(tmp_path: Path) -> None:
    replies, make = Replies(tmp_path), Maker()
    for number in (1, 2):
        assert replies.once(Write("ana", "", "x"), Made, make).number == number


def test_with_a_key_it_is_done_once_also_after_a_restart(tmp_path: Path) -> None:
    make = Maker()
    assert Replies(tmp_path).once(WRITE, Made, make).number == 1
    assert Replies(tmp_path).once(WRITE, Made, make).number == 1
    assert Replies(tmp_path).once(Write("bo", "key-1", WRITE.asked), Made, make).number == 2


def test_a_key_stands_for_one_write(tmp_path: Path) -> None:
    replies, make = Replies(tmp_path), Maker()
    replies.once(WRITE, Made, make)
    with pytest.raises(Trouble, match="another request") as told:
        replies.once(Write("ana", "key-1", "correct 7 ENGAGED"), Made, make)
    assert (told.value.status, make.made) == (422, 1)


def test_while_the_first_is_under_way_the_second_waits(tmp_path: Path) -> None:
    replies, make = Replies(tmp_path), Maker()

    def first() -> Made:
        with pytest.raises(Trouble, match="under way") as told:
            replies.once(WRITE, Made, make)
        assert told.value.status == 409
        return make()

    assert replies.once(WRITE, Made, first).number == 1


def test_a_write_that_broke_may_be_sent_again(tmp_path: Path) -> None:
    replies, make = Replies(tmp_path), Maker()
    with pytest.raises(ZeroDivisionError):
        replies.once(WRITE, Made, lambda: Made(number=1 // 0))
    assert replies.once(WRITE, Made, make).number == 1


def test_a_reply_is_forgotten_after_a_day(tmp_path: Path) -> None:
    now = [1_000_000.0]
    replies, make = Replies(tmp_path, lambda: now[0]), Maker()
    replies.once(WRITE, Made, make)
    now[0] += KEPT + 1
    assert replies.once(WRITE, Made, make).number == 2
