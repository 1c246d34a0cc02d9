"""Gemini's batch mode with Google's real client: a job that is stopped is found again, and nothing is asked twice."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crm.engagement.batch_asking import BatchAsking, Counter
from crm.engagement.verdict_cache import RememberedJudge
from crm.errors import BadSetting, BudgetSpent, LLMTrouble
from crm.llm.batch import MOST_BYTES, open_batches, portions
from crm.nouns import Activity, Side
from crm.prices import Price
from crm.privacy import Habits, masked
from crm.records.model_calls import spent
from crm.records.store import Store
from tests.crm.engagement.made import activity
from tests.crm.engagement.reader import BODY, FENCE, PLAYBOOK, Where, honest, judge_at
from tests.gemini_server import GeminiServer, Reply, fails, says, stalls

ROOT = Path(__file__).parents[3]
NAMES = Habits.read(PLAYBOOK).names(["Sigrid Aas"], [])
PRICE = Price(name="gemini-test", input=10_000, output=40_000)


class Queue(GeminiServer):
    """A vendor's queue: a job runs for `looks` looks, then its model has read the records and says what it found.

    `silent`: jobs are taken, but nobody is told their names before the server closes.
    """

    def __init__(self, looks: int = 0, state: str = "SUCCEEDED", silent: bool = False) -> None:
        super().__init__(says(""))
        self.looks, self.state, self.silent = looks, state, silent
        self.refusing = False
        self.taken = threading.Event()
        self.labels: list[str] = []
        self.jobs: list[list[Mapping[str, Any]]] = []
        self.looked = 0

    def next(self, path: str, body: Mapping[str, Any]) -> Reply:
        super().next(path, body)
        if path.endswith(":batchGenerateContent"):
            if self.refusing:
                return fails(503)
            self.jobs.append(body["batch"]["inputConfig"]["requests"]["requests"])
            self.labels.append(body["batch"]["displayName"])
            self.taken.set()
            return stalls() if self.silent else told(len(self.jobs), "PENDING", [])
        if path.partition("?")[0].endswith("/batches"):
            return Reply(raw=json.dumps(self._listed(path)))
        if "/batches/" not in path:
            return fails(404)
        self.looked += 1
        number = int(path.rpartition("job")[2])
        done = self.looked > self.looks
        replies = [self._answered(one) for one in self.jobs[number - 1]] if done and self.state == "SUCCEEDED" else []
        return told(number, self.state if done else "RUNNING", replies)

    def _listed(self, path: str) -> dict[str, Any]:
        """One job a page, the newest first, each as the vendor tells of it."""
        wanted = parse_qs(urlsplit(path).query).get("pageToken", [str(len(self.jobs))])[0]
        number = int(wanted)
        if not number:
            return {}
        job = {"name": f"batches/job{number}", "metadata": {"displayName": self.labels[number - 1]}}
        return {"operations": [job]} | ({"nextPageToken": str(number - 1)} if number > 1 else {})

    def _answered(self, one: Mapping[str, Any]) -> dict[str, Any]:
        prompt = one["request"]["contents"][0]["parts"][0]["text"]
        shown = {i: BODY.search(text)[1] for i, text in FENCE.findall(prompt)}  # type: ignore[index]
        content = {"parts": [{"text": json.dumps({"verdicts": honest(shown)})}], "role": "model"}
        usage = {"promptTokenCount": 100, "candidatesTokenCount": 20}
        return {"response": {"candidates": [{"content": content}], "usageMetadata": usage}, "metadata": one["metadata"]}


def told(number: int, state: str, replies: list[dict[str, Any]]) -> Reply:
    about: dict[str, Any] = {"state": f"BATCH_STATE_{state}", "model": "models/gemini-test"}
    if replies:
        about["output"] = {"inlinedResponses": {"inlinedResponses": replies}}
    return Reply(raw=json.dumps({"name": f"batches/job{number}", "metadata": about}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def asking(
    queue: Where, store: Store, rest: Callable[[float], None] = lambda _: None, budget: float = 0
) -> BatchAsking:
    batches = open_batches("google_genai:gemini-test", "key", queue.url, 10)
    judge = RememberedJudge(judge_at(queue), store)
    counter = Counter(PRICE, 0.5, budget)
    return BatchAsking(judge, batches, lambda text: masked(text, NAMES), store, counter, rest=rest)


def records(count: int) -> list[Activity]:
    return [activity(str(n), f"Sigrid Aas, number {n}: {('yes', 'no')[n % 2]}", side=Side.THEM) for n in range(count)]


def test_verdicts_come_back_and_an_audit_finds_them(store: Store) -> None:
    with Queue(looks=2) as queue:
        rests: list[float] = []
        assert asking(queue, store, rests.append).ask(records(30)) == 30
        verdicts = RememberedJudge(judge_at(queue), store).judge(records(30))
        sent = queue.raw.decode()
    assert [v.engagement if v else "" for v in verdicts] == ["ENGAGED", "NOT ENGAGED"] * 15
    assert verdicts[0] is not None
    assert verdicts[0].quote == "Sigrid Aas, number 0: yes"
    assert (len(queue.jobs), len(queue.jobs[0]), len(rests)) == (1, 2, 2)
    assert all(":generateContent" not in path for path in queue.paths)
    assert "Sigrid" not in sent
    assert "responseJsonSchema" in sent


def test_it_costs_half(store: Store) -> None:
    with Queue() as queue:
        asking(queue, store).ask(records(30))
    used = spent(store, datetime(2000, 1, 1, tzinfo=UTC))
    assert (used.calls, used.tokens_in, used.tokens_out) == (1, 200, 40)
    assert used.dollars == pytest.approx(0.5 * (200 * 0.01 + 40 * 0.04))


def test_a_stopped_program_finds_its_job_again_and_queues_no_other(store: Store) -> None:
    class Killed(Exception):
        pass

    def kill(_: float) -> None:
        raise Killed

    with Queue(looks=1) as queue:
        with pytest.raises(Killed):
            asking(queue, store, kill).ask(records(5))
        assert asking(queue, store).ask(records(5)) == 5
        assert asking(queue, store).ask(records(5)) == 0
        assert len(queue.jobs) == 1


def test_a_program_that_was_killed_before_it_heard_the_job_s_name_finds_it(store: Store) -> None:
    with Queue() as queue:
        asking(queue, store).ask(records(2))  # an earlier job, which is another's
        queue.silent = True
        queue.taken.clear()
        command = [sys.executable, "-m", "tests.crm.engagement.batch_asked", str(store.engine.url), queue.url, "5"]
        with subprocess.Popen(command, cwd=ROOT) as process:
            assert queue.taken.wait(120)
            process.kill()
        queue.silent = False
        assert len(queue.jobs) == 2
        assert asking(queue, store).ask(records(5)) == 3
        assert len(queue.jobs) == len(set(queue.labels)) == 2
        assert asking(queue, store).ask(records(5)) == 0


def test_what_the_vendor_never_took_is_queued_when_asked_again(store: Store) -> None:
    with Queue() as queue:
        queue.refusing = True
        with pytest.raises(LLMTrouble):
            asking(queue, store).ask(records(5))
        queue.refusing = False
        assert asking(queue, store).ask(records(5)) == 5
        assert len(queue.jobs) == 1


def test_only_what_is_new_is_queued(store: Store) -> None:
    with Queue() as queue:
        asking(queue, store).ask(records(3))
        assert asking(queue, store).ask(records(5)) == 2
    assert "number 4" in json.dumps(queue.jobs[1])
    assert "number 0" not in json.dumps(queue.jobs[1])


@pytest.mark.parametrize("state", ["FAILED", "EXPIRED", "CANCELLED"])
def test_a_job_that_ends_without_replies_is_told_and_not_waited_for_again(store: Store, state: str) -> None:
    with Queue(state=state) as queue:
        for _ in range(2):
            with pytest.raises(LLMTrouble, match="ended without replies"):
                asking(queue, store).ask(records(2))
        assert len(queue.jobs) == 2


def test_a_budget_is_kept(store: Store) -> None:
    with Queue() as queue:
        with pytest.raises(BudgetSpent):
            asking(queue, store, budget=0.01).ask(records(2))
        assert queue.asked == []


def test_many_prompts_are_several_jobs() -> None:
    prompts = {str(n): "x" * (MOST_BYTES // 3) for n in range(7)}
    assert [len(part) for part in portions(prompts)] == [3, 3, 1]
    assert portions({}) == []


def test_another_vendor_has_no_batch_mode_here() -> None:
    with pytest.raises(BadSetting, match="Gemini alone"):
        open_batches("openai:gpt", "key")
