"""A write that is sent twice is done once, also when two arrive together or the first breaks."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import BaseModel

from api.idempotency import FILE, KEPT, Replies, Write
from api.problems import Trouble
from crm.errors import StoreTrouble


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
    with pytest.raises(ZeroDivisionError):
        replies.once(Write("ana", "key-1", "something else"), Made, lambda: Made(number=1 // 0))
    assert replies.once(WRITE, Made, make).number == 1


def test_a_reply_is_forgotten_after_a_day(tmp_path: Path) -> None:
    now = [1_000_000.0]
    replies, make = Replies(tmp_path, lambda: now[0]), Maker()
    replies.once(WRITE, Made, make)
    now[0] += KEPT + 1
    assert replies.once(WRITE, Made, make).number == 2


def test_a_second_server_leaves_what_the_first_began_alone(tmp_path: Path) -> None:
    first, make = Replies(tmp_path), Maker()

    def begun() -> Made:
        with pytest.raises(Trouble, match="under way"):
            Replies(tmp_path).once(WRITE, Made, make)
        return make()

    assert first.once(WRITE, Made, begun).number == 1
    assert Replies(tmp_path).once(WRITE, Made, make).number == 1


def test_what_a_killed_server_began_is_begun_anew(tmp_path: Path) -> None:
    first, make = Replies(tmp_path), Maker()

    def killed() -> Made:
        first.close()
        return Replies(tmp_path).once(WRITE, Made, make)

    assert first.once(WRITE, Made, killed).number == 1


def test_what_was_done_is_told_although_it_cannot_be_kept(tmp_path: Path) -> None:
    replies, make = Replies(tmp_path), Maker()
    file = tmp_path / FILE

    def breaks() -> Made:
        file.rename(tmp_path / "aside")
        file.mkdir()
        return make()

    assert replies.once(WRITE, Made, breaks).number == 1
    with pytest.raises(StoreTrouble, match="Nothing was done"):
        replies.once(WRITE, Made, make)
    file.rmdir()
    (tmp_path / "aside").rename(file)
    assert replies.once(WRITE, Made, make).number == 1
    assert make.made == 1


def test_a_file_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        columns = "owner text, key text, asked text, reply text, at real, primary key (owner, key)"
        connection.execute(f"create table replies ({columns}) without rowid")
        row = (WRITE.owner, WRITE.key, WRITE.digest, '{"number": 7}', time.time())
        connection.execute("insert into replies values (?, ?, ?, ?, ?)", row)
        connection.execute("insert into replies values ('bo', 'key', ?, null, ?)", (WRITE.digest, time.time()))
    replies, make = Replies(tmp_path), Maker()
    assert replies.once(WRITE, Made, make).number == 7
    assert replies.once(Write("bo", "key", WRITE.asked), Made, make).number == 1
