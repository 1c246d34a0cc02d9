"""Many accounts in a period that ended before the newest day: what came later is not denied, nor what nobody knows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.base import Toolbox
from agents.dialogue.counting import counted, counts_in
from agents.engagement_check import EngagementCheck
from crm.engagement.overview import Answered, pulses
from crm.nouns import Brief, Period, Question, Scope
from tests import four_accounts as small
from tests.four_accounts import told

AS_OF = date(2026, 10, 28)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30), "in Q3 2026")
ASK = "Which accounts answered us in Q3 2026?"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Toolbox]:
    answered = {
        "hs_object_id": 9101,
        "crm_subject": "Re: Plan",
        "crm_description": "From: {graham}\nTo: {hanna}\nSubject: Re: Plan\n\nYes, Thursday at ten suits us.\n\nGraham",
        "crm_subtype": "Email",
        "activity_date": "2026-10-05 08:14",
        "direction": "inbound",
        "owner": "Hanna Lindqvist",
        "contact_emails": "{graham}",
        "account": "Brackwater Foods",
    }
    empty = {
        "hs_object_id": 9102,
        "crm_subtype": "Meeting",
        "activity_date": "2026-09-05 08:14",
        "account": "Harbeck Foods",
    }
    opened = small.build(tmp_path_factory.mktemp("later"), [answered, empty])
    yield small.toolbox(opened, learned)
    opened.store.engine.dispose()


def ask(tools: Toolbox, period: Period | None, text: str = ASK, language: str = "en") -> Brief:
    return EngagementCheck().gather(Question(text, language=language), Scope(period=period, as_of=AS_OF), tools)


def test_never_is_said_of_the_days_until_the_end_of_the_period(later: Toolbox) -> None:
    text = told(ask(later, QUARTER), later)
    assert "with 1 there was never a conversation on record until 30 September 2026, and with 1 it cannot be" in text
    assert "**Never a conversation until 30 September 2026 (records in brackets):** Brackwater Foods (4)." in text


def test_of_a_period_that_is_over_nobody_is_said_to_have_gone_quiet(later: Toolbox) -> None:
    text = told(ask(later, QUARTER, "And our customers?"), later)
    assert "0 accounts talked with us in that time, 1 only before it" in text
    assert "**No conversation in that time, the longest silence first:**" in text
    assert "gone quiet" not in text.casefold()


def test_the_chat_decides_of_a_period_what_the_list_of_accounts_decides(later: Toolbox) -> None:
    facts = ask(later, QUARTER).facts
    within = pulses(later.store, date(2026, 9, 30), since=date(2026, 7, 1))
    named = {later.book.account_by_id[i].name: pulse.answered for i, pulse in within.items()}
    for group, answered in (("talking", Answered.TALKED), ("unclear", Answered.UNDECIDED)):
        rows: Any = facts[group]
        assert {row.name for row in rows} == {name for name, state in named.items() if state is answered}


def test_an_account_of_undecided_records_alone_stands_apart(later: Toolbox) -> None:
    text = told(ask(later, QUARTER), later)
    assert (
        "**Not to be decided, too much of it is ND or a guess (records in brackets):** Harbeck Foods (1, undecided: 1)."
        in text
    )


def test_up_to_the_newest_day_no_day_is_named(later: Toolbox) -> None:
    text = told(ask(later, None), later)
    assert "with 0 there was never a conversation on record, and with 1 it cannot be decided." in text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (ASK, ["talking"]),
        ("Which accounts did we never hear from?", ["never", "unclear"]),
        ("How are our accounts?", ["talking", "quiet", "never", "unclear"]),
    ],
)
def test_how_many_there_are_knows_the_same_groups(later: Toolbox, text: str, kinds: list[str]) -> None:
    assert [c.kind for c in counts_in(ask(later, QUARTER, text))] == kinds


@pytest.mark.parametrize(
    ("language", "never", "unclear"),
    [
        ("en", "never a conversation on record until 30 September 2026.", "it cannot be decided"),
        ("de", "bis zum 30. September 2026 nie ein Gespräch erfasst", "lässt es sich nicht entscheiden"),
        ("fr", "jamais été enregistrée jusqu'au 30 septembre 2026", "on ne peut pas trancher"),
        ("es", "ninguna conversación hasta el 30 de septiembre de 2026", "no se puede decidir"),
        ("pt", "nenhuma conversa registada até 30 de setembro de 2026", "não se pode decidir"),
        ("it", "nessuna conversazione fino al 30 settembre 2026", "non si può decidere"),
    ],
)
def test_both_are_said_in_every_language(later: Toolbox, language: str, never: str, unclear: str) -> None:
    listed = ask(later, QUARTER, "How are our accounts?", language)
    text = told(listed, later)
    assert unclear in text
    short = told(counted(Question("?", language=language), counts_in(listed), listed), later)
    assert never in short
    assert unclear in short
