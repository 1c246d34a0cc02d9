from dataclasses import replace
from pathlib import Path

from agents.base import judge_accounts, judge_first, judged_log, state_of
from crm.engagement import labels
from crm.engagement.judge import Cascade
from crm.engagement.rule_judge import RuleJudge
from crm.nouns import Engagement, Filter, Verdict
from tests import four_accounts as small


def test_what_has_no_label_is_judged_up_to_a_bound_and_once(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    assert judge_first(tools, Filter(), most=5) == 5
    assert sum(labels.counts(tools.store).values()) == 5
    assert judge_first(tools, Filter()) == 7
    assert judge_first(tools, Filter()) == 0
    opened.store.engine.dispose()


def test_chat_and_audit_agree(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    norvik = Filter(account_id=small.account(tools, "Norvik Maritime").id)
    log = judged_log(tools, norvik)
    verdicts = tools.cascade.judge(log.activities)
    assert [log.labels[a.id].verdict for a in log.activities] == verdicts
    assert {v.engagement for v in verdicts} >= {Engagement.ENGAGED, Engagement.NOT_ENGAGED}
    assert log.unjudged == 0
    opened.store.engine.dispose()


def test_several_accounts_are_judged_and_no_others(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    names = ("Norvik Maritime", "Harbeck Foods", "Brackwater Foods")
    judge_accounts(tools, [small.account(tools, name).id for name in names])
    assert sum(labels.counts(tools.store).values()) == 10
    verdier = Filter(account_id=small.account(tools, "Transports Verdier").id)
    assert sum(labels.counts(tools.store, verdier).values()) == 0
    opened.store.engine.dispose()


def test_what_is_remembered_as_judged_gives_way_to_a_change(tmp_path: Path, learned: Path) -> None:
    opened = small.build(tmp_path)
    tools = small.toolbox(opened, learned)
    judge_first(tools, Filter())
    assert judge_first(tools, Filter()) == 0
    before = state_of(tools)
    activity = tools.store.activities(Filter())[0]
    labels.record(
        tools.store, [(activity, Verdict(Engagement.ND, 1.0, "asked", "", "person:ana"))], labels.PERSON, "ana"
    )
    assert state_of(tools) != before
    assert judge_first(tools, Filter()) == 0
    assert labels.take_back(tools.store, activity, "ana") is not None
    rules = replace(tools, cascade=Cascade.of([RuleJudge.ready(small.PLAYBOOK)]))
    assert judge_first(rules, Filter()) > 0
    shown = labels.current(tools.store, [activity.id])[activity.id].policy
    assert shown == rules.cascade.policy
    assert judge_first(tools, Filter()) == 0
    assert labels.current(tools.store, [activity.id])[activity.id].policy == tools.cascade.policy
    opened.store.engine.dispose()
