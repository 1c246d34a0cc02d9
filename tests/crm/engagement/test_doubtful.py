"""What judges outside leave open stays open: a guess is written, and asked about again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crm.engagement import labels
from crm.engagement.audit import AuditPlan, audit_file, audit_store, judge_and_record
from crm.engagement.judge import Cascade
from crm.engagement.llm_judge import LEFT_S, LLMJudge
from crm.engagement.verdict_cache import RememberedJudge
from crm.nouns import Activity, Engagement, Verdict
from crm.records.store import Store
from crm.workers import Processes
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, activity, put
from tests.crm.engagement.reader import Reader, honest, judge_at
from tests.gemini_server import fails

HEAD = "hs_object_id,crm_subject,crm_description,crm_subtype\n"


class Guessing:
    """Sure of what says "sure", guesses at the rest."""

    policy = "guessing"

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        return [
            Verdict(ND, 0.9 if "sure" in a.raw_body else 0.4, "A guess.", a.raw_body, "model", "sure" not in a.raw_body)
            for a in batch
        ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


RECORDS = [activity("1", "sure, yes"), activity("2", "yes, Thursday"), activity("3", "no, thanks")]


def standing(store: Store) -> dict[str, Engagement]:
    return {i: label.verdict.engagement for i, label in labels.current(store, [a.id for a in RECORDS]).items()}


def test_only_the_doubtful_are_asked_about(store: Store) -> None:
    put(store, RECORDS)
    with Reader(honest) as model:
        assert audit_store(store, Cascade.of([Guessing(), judge_at(model)])) == 3
    assert standing(store) == {"csv:1": ND, "csv:2": ENGAGED, "csv:3": NOT_ENGAGED}
    assert "sure, yes" not in model.prompts[0]


def test_an_outage_leaves_guesses_that_the_next_run_asks_about(store: Store) -> None:
    put(store, RECORDS)
    now, down = [0.0], [True]
    with Reader(lambda shown: fails(500) if down[0] else honest(shown)) as model:
        asked = judge_at(model)
        asked.clock = lambda: now[0]
        cascade = Cascade.of([Guessing(), RememberedJudge(asked, store)])
        assert audit_store(store, cascade) == 3
        assert standing(store) == {"csv:1": ND, "csv:2": ND, "csv:3": ND}
        assert labels.count_unjudged(store, cascade.policy) == 2
        assert audit_store(store, cascade) == 0
        assert len(model.asked) == 1
        now[0], down[0] = LEFT_S, False
        assert audit_store(store, cascade) == 2
        assert standing(store) == {"csv:1": ND, "csv:2": ENGAGED, "csv:3": NOT_ENGAGED}
        assert audit_store(store, cascade) == 0
        assert len(model.asked) == 2


def test_a_question_during_an_outage_leaves_guesses_too(store: Store) -> None:
    put(store, RECORDS)
    with Reader(lambda _: fails(500)) as model:
        cascade = Cascade.of([Guessing(), judge_at(model)])
        judge_and_record(store, cascade, RECORDS)
    assert standing(store) == {"csv:1": ND, "csv:2": ND, "csv:3": ND}
    assert labels.count_unjudged(store, cascade.policy) == 2


def write(path: Path) -> Path:
    path.write_text(HEAD + "".join(f'{a.native_id},,"{a.raw_body}",Email\n' for a in RECORDS * 4))
    return path


def test_a_file_audited_during_an_outage_says_so(tmp_path: Path) -> None:
    with Reader(lambda _: fails(500)) as model:
        cascade = Cascade.of([Guessing(), judge_at(model)])
        report = audit_file(write(tmp_path / "in.csv"), tmp_path / "out.csv", AuditPlan(cascade))
    assert report.labels == {ENGAGED: 0, NOT_ENGAGED: 0, ND: 12}
    assert "8 rows keep the small model's guess. google_genai:gemini-test is having trouble" in report.notices[0]
    assert report.notices[0] in report.to_text()


def test_a_file_audited_without_a_model_says_how_many_are_guesses(tmp_path: Path) -> None:
    plan = AuditPlan(Cascade.of([Guessing()]))
    report = audit_file(write(tmp_path / "in.csv"), tmp_path / "out.csv", plan)
    assert report.notices == ("8 rows are undecided: no judge is sure of them, so the likeliest label stands.",)


def test_with_processes_the_model_is_still_asked_from_here(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv")
    with Reader(honest) as model:
        cascade = Cascade.of([Guessing(), judge_at(model)])
        one = audit_file(source, tmp_path / "one.csv", AuditPlan(cascade, batch=2))
        asked = len(model.asked)
        two = audit_file(source, tmp_path / "two.csv", AuditPlan(cascade, batch=2, workers=Processes(2)))
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    assert one.labels == two.labels == {ENGAGED: 4, NOT_ENGAGED: 4, ND: 4}
    assert len(model.asked) == 2 * asked
    assert isinstance(cascade.judges[1], LLMJudge)
