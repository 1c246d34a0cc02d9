import pickle
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crm.engagement.rule_judge import RuleJudge
from crm.errors import BadPlaybook
from crm.nouns import Engagement
from crm.rules import Rule, Rules
from tests.crm.engagement.looking import PLAYBOOK, record, seen


@pytest.fixture(scope="module")
def judge() -> RuleJudge:
    return RuleJudge.ready(PLAYBOOK)


CASES = [
    ("call", "Kari Moe", "LVM, will try Thursday", "NOT ENGAGED", "voicemail_left"),
    ("call", "Frau Brandt", "leider nicht erreicht", "NOT ENGAGED", "no_answer"),
    ("event", "Demo Talleres Ochoa", "No se presentaron, esperé veinte minutos", "NOT ENGAGED", "nobody_came"),
    ("event", "Riunione interna vendite", "", "NOT ENGAGED", "among_colleagues"),
    ("email", "Automatisch antwoord: Offerte", "", "NOT ENGAGED", "notice_without_text"),
    ("call", "Kari Moe", "Spoke with her for ten minutes, she wants two sites", "ENGAGED", "talk_recounted"),
    ("call", "Sr. Antunes", "Falei com ele, quer a proposta até sexta", "ENGAGED", "talk_recounted"),
    ("call", "[Outreach] [Call] [outbound] [Answered - Not Interested]", "", "ENGAGED", "outcome_with_an_answer"),
    ("call", "Call", "", "ND", "nothing_at_all"),
    ("event", "Demo Bergen Fisk", "", "ND", "title_only"),
    ("email", "RE: contract", "[cid:image001.png]", "ND", "no_words"),
    ("call", "Call: Busy", "Spoke to Nadia, she is coming", "ND", "outcome_says_no_note_says_talk"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subject", "body", "says", "rule"), CASES)
def test_a_rule_decides_and_proves_it(
    judge: RuleJudge, kind: str, subject: str, body: str, says: str, rule: str
) -> None:
    verdict = judge.judge([record(kind, subject, body)])[0]
    assert verdict is not None
    assert (verdict.engagement, verdict.decided_by) == (says, f"rule:{rule}")
    assert verdict.quote
    assert verdict.quote in subject or verdict.quote in body
    assert verdict.because.endswith(".")
    assert 0.5 <= verdict.confidence <= 1
    assert not verdict.undecided


ADVISED = [
    ("task", "Zadzwonić do pani Nowak w piątek", "", "NOT ENGAGED", "to_do"),
    ("event", "Onboarding Bergen Fisk - held", "", "ENGAGED", "meeting_held"),
]


@pytest.mark.parametrize(("kind", "subject", "body", "says", "rule"), ADVISED)
def test_a_rule_that_errs_too_often_advises(
    judge: RuleJudge, kind: str, subject: str, body: str, says: str, rule: str
) -> None:
    spoke = {one.name: one for one in judge.vote(seen(kind, subject, body)).spoke}
    assert spoke[rule].says == says
    assert judge.judge([record(kind, subject, body)]) == [None]


@pytest.mark.parametrize(
    ("kind", "subject", "body"),
    [
        ("email", "Re: Quote", "The one with the longer hose."),
        ("task", "Bergen Fisk", "Kari, 12 units, blue"),
        ("call", "Kari Moe", "interesting times over there"),
    ],
)
def test_where_no_rule_is_sure_it_abstains(judge: RuleJudge, kind: str, subject: str, body: str) -> None:
    assert judge.judge([record(kind, subject, body)]) == [None]


def test_rules_that_contradict_each_other_abstain(judge: RuleJudge) -> None:
    rules = {rule.name: rule for rule in judge.rules.rules}
    facts = seen("call", "Kari Moe", "LVM, will try Thursday")
    both = Rules((rules["voicemail_left"], _opposite(rules["voicemail_left"])))
    vote = both.vote(facts)
    assert vote.conflict
    assert judge.decide(record("call", "Kari Moe", "LVM, will try Thursday"), vote) is None


def _opposite(rule: Rule) -> Rule:
    return replace(rule, name="opposite", says="ENGAGED")


def test_a_long_connection_is_proved_by_its_note_before_its_title(judge: RuleJudge) -> None:
    one = record("call", "Call with Kari Moe", "Two cranes by May, budget is there", "Connected", 545)
    verdict = judge.judge([one])[0]
    assert verdict is not None
    assert (verdict.decided_by, verdict.quote) == ("rule:long_connection", "Two cranes by May, budget is there")


def test_a_record_is_judged_alike_in_any_company(judge: RuleJudge) -> None:
    records = [record(kind, subject, body) for kind, subject, body, *_ in CASES]
    together = judge.judge(records)
    assert judge.judge(records[::-1]) == together[::-1]
    assert [judge.judge([one])[0] for one in records] == together


def test_the_report_names_every_rule(judge: RuleJudge) -> None:
    labelled = [(record(kind, subject, body), Engagement(says)) for kind, subject, body, says, _ in CASES]
    scores = {score.name: score for score in judge.report(labelled)}
    assert len(scores) == len(judge.rules.rules)
    assert scores["title_only"].speaks == scores["title_only"].right == 1
    assert sum(score.speaks for score in scores.values()) >= len(CASES)


def test_the_policy_follows_the_files(judge: RuleJudge, tmp_path: Path) -> None:
    shutil.copytree(PLAYBOOK / "rules", tmp_path / "rules")
    assert RuleJudge.ready(tmp_path).policy == judge.policy
    page = tmp_path / "rules" / "engagement_notes.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("Nobody answered.", "Nobody picked up."), encoding="utf-8")
    assert RuleJudge.ready(tmp_path).policy != judge.policy


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("note:voicemail", "note:voicemial", "rule voicemail_left should match"),
        ("their_message", "their_mesage", "uses their_mesage, but no record can have that"),
        ("quote: [voicemail]", "quote: [voicemial]", "quotes voicemial, which is no concept"),
        ("kind: call", "kin: call", "An example has kin"),
    ],
)
def test_a_slip_in_a_rule_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    shutil.copytree(PLAYBOOK / "rules", tmp_path / "rules")
    page = tmp_path / "rules" / "engagement_notes.yaml"
    page.write_text(re.sub(re.escape(old), new, page.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    with pytest.raises(BadPlaybook) as caught:
        RuleJudge.ready(tmp_path)
    assert told in str(caught.value)


def test_it_travels_to_another_process(judge: RuleJudge) -> None:
    one = record("call", "Kari Moe", "LVM, will try Thursday")
    assert pickle.loads(pickle.dumps(judge)).judge([one]) == judge.judge([one])  # noqa: S301
