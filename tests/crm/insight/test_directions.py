"""Which way a mail went where the CRM does not say: whose its newest words are."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from crm.insight.figures.compute import compute
from crm.insight.frame import About, Dated, Field, How, QueryFrame, When, Where
from crm.nouns import Period
from tests import four_accounts as small

BODY = "From: {who}\nTo: {whom}\nSubject: Crane\n\n{text}\n"


def mail(number: int, who: str, whom: str, direction: str) -> small.Row:
    return {
        "hs_object_id": number,
        "crm_subject": "Crane",
        "crm_description": BODY.replace("{who}", who).replace("{whom}", whom).replace("{text}", "The crane is late."),
        "crm_subtype": "Email",
        "activity_date": f"2026-05-{number % 100:02d} 09:00",
        "direction": direction,
        "owner": "Hanna Lindqvist",
        "contact_emails": "{sigrid}",
    }


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    extra = [
        mail(92111, "{hanna}", "{sigrid}", ""),
        mail(92112, "{sigrid}", "{hanna}", ""),
        mail(92113, "{sigrid}", "{hanna}", ""),
        mail(92114, "{hanna}", "{sigrid}", "inbound"),
    ]
    opened = small.build(tmp_path_factory.mktemp("silent"), extra)
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


@pytest.mark.parametrize(("way", "count"), [("outbound", 1), ("inbound", 3)])
def test_what_the_crm_says_counts_then_who_wrote(silent: Toolbox, way: str, count: int) -> None:
    days = When(Period(date(2026, 5, 11), date(2026, 5, 14)), Dated.DATED)
    where = (Where(Field.DIRECTION, (way,)), Where(Field.TYPE, ("email",)), days)
    found = compute(silent.store, QueryFrame(About.ACTIVITIES, How.COUNT, where=where))
    assert [row.value for row in found.rows] == [count]
