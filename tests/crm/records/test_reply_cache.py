"""Replies are remembered for as long as they are wanted, in the store or in a real Redis."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm.llm import Call, Falling, open_llm
from crm.records.db import answers
from crm.records.reply_cache import Remembering
from crm.records.reply_cache_store import PREFIX, RedisReplies, StoreReplies
from crm.records.store import Store
from tests.gemini_server import GeminiServer, fails, says

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_a_reply_in_the_store_grows_old(store: Store) -> None:
    now = [START]
    replies = StoreReplies(store, HOUR, lambda: now[0])
    replies.put("k", "m", b"one")
    now[0] += HOUR - timedelta(seconds=1)
    assert replies.recall("k") == b"one"
    now[0] += timedelta(seconds=2)
    assert replies.recall("k") is None


def test_old_replies_go_when_a_new_one_comes_and_verdicts_stay(store: Store) -> None:
    now = [START]
    replies = StoreReplies(store, HOUR, lambda: now[0])
    replies.put("old", "m", b"1")
    replies.put("verdict", "m/engagement_audit.v1@0", b"2")
    now[0] += 2 * HOUR
    replies.put("new", "m", b"3")
    with store.reading() as connection:
        assert set(connection.execute(answers.select()).scalars()) == {"verdict", "new"}


def test_the_same_prompt_is_asked_again_after_its_time(store: Store) -> None:
    now = [START]
    with GeminiServer(says("First."), says("Second.")) as gemini:
        llm = Remembering(
            open_llm("google_genai:gemini-test", "key", gemini.url), StoreReplies(store, HOUR, lambda: now[0])
        )
        call = Call()
        said = ["".join(llm.stream("Q")), "".join(llm.stream("Q", call))]
        now[0] += 2 * HOUR
        said.append("".join(llm.stream("Q")))
    assert said == ["First.", "First.", "Second."]
    assert (call.remembered, call.tokens_in) == (True, 0)


def test_what_a_second_model_said_is_not_remembered_as_the_first_one_s(store: Store) -> None:
    with GeminiServer(fails(404), says("From two."), says("From one.")) as gemini:
        pair = Falling(*(open_llm(f"google_genai:{n}", "key", gemini.url, 10, 0) for n in ("one", "two")))
        llm = Remembering(pair, StoreReplies(store, HOUR))
        assert ["".join(llm.stream("Q")), "".join(llm.stream("Q"))] == ["From two.", "From one."]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis on the loopback, where one is installed."""
    pytest.importorskip("redis")
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    told = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(told, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}"
    try:
        replies = RedisReplies.open(url, HOUR)
        deadline = time.monotonic() + 10
        while not replies.answers() and time.monotonic() < deadline:
            time.sleep(0.02)
        replies.client.close()
        yield url
    finally:
        process.terminate()
        process.wait(10)


def test_a_reply_in_redis_is_found_and_forgotten(redis_url: str) -> None:
    replies = RedisReplies.open(redis_url, timedelta(milliseconds=300))
    with GeminiServer(says("First."), says("Second.")) as gemini:
        llm = Remembering(open_llm("google_genai:gemini-test", "key", gemini.url), replies)
        said = ["".join(llm.stream("Q")), "".join(llm.stream("Q"))]
        keys = list(replies.client.scan_iter(f"{PREFIX}*"))
        time.sleep(0.4)
        said.append("".join(llm.stream("Q")))
    assert len(keys) == 1
    assert said == ["First.", "First.", "Second."]
    assert len(gemini.asked) == 2
    replies.client.close()


def test_a_redis_that_is_down_costs_no_answer() -> None:
    pytest.importorskip("redis")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = probe.getsockname()[1]
    replies = RedisReplies.open(f"redis://127.0.0.1:{nobody}", HOUR)
    with GeminiServer(says("Fine.")) as gemini:
        llm = Remembering(open_llm("google_genai:gemini-test", "key", gemini.url), replies)
        assert "".join(llm.stream("Q")) == "Fine."
    assert replies.answers() is False
    replies.client.close()
