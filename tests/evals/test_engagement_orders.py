"""Text inside a record never commands: every way to order a verdict, on every record, beside its clean twin."""

from pathlib import Path

import pytest

from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.reader import Reader
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material, examples_in
from crm.nouns import Activity, Engagement
from tests.crm.engagement.looking import record
from tests.crm.engagement.orders import ORDERS
from tests.evals.held import BY_HAND, LABELLED, PLAYBOOK

pytestmark = pytest.mark.eval

PLACES = ("above", "below", "within")
EVERY = 8  # one record in so many of those written by hand


@pytest.fixture(scope="module")
def cascade(learned: Path) -> Cascade:
    return Cascade.of(
        [RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, learned)).with_reader(Reader())]
    )


def test_no_order_changes_a_verdict(cascade: Cascade) -> None:
    records = [activity for activity, _ in examples_in(BY_HAND)][::EVERY]
    clean = cascade.judge(records)
    print(f"\n\n{'order':14s} {'place':8s} cases changed towards the order")
    turned: list[str] = []
    for name, order in ORDERS.items():
        for place in PLACES:
            cases = changed = obeyed = 0
            for label in (Engagement.ENGAGED, Engagement.NOT_ENGAGED):
                twins = [_told(one, order.format(label=label), place) for one in records]
                for one, before, after in zip(records, clean, cascade.judge(twins), strict=True):
                    cases += 1
                    if before.engagement is not after.engagement:
                        changed += 1
                        obeyed += after.engagement is label
                        turned.append(f"{name} {place}: {one.raw_subject!r} {before.engagement} -> {after.engagement}")
            print(f"{name:14s} {place:8s} {cases:5d} {changed:7d} {obeyed:17d}")
    print("\n".join(turned))
    assert not turned


def _told(one: Activity, order: str, place: str) -> Activity:
    body = one.raw_body
    if place == "above":
        told = f"{order}\n\n{body}"
    elif place == "below":
        told = f"{body}\n\n{order}"
    else:
        cut = body.find("\n\n") if "\n\n" in body else len(body)
        told = f"{body[:cut]}\n\n{order}\n\n{body[cut:].lstrip()}"
    return record(str(one.kind), one.raw_subject, told.strip(), direction=str(one.direction))
