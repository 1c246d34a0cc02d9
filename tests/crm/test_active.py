from datetime import date
from pathlib import Path

import pytest

from crm.active import Active
from crm.errors import BadSetting

PLAYBOOK = Path(__file__).parents[2] / "playbook"
OLD = "google_genai:gemini-2.5-flash"


def test_the_playbook_s_own_model_is_not_being_switched_off() -> None:
    active = Active.read(PLAYBOOK)
    assert active.notice(active.model, date(2026, 11, 21)) == ""


def test_a_model_is_announced_sixty_days_before() -> None:
    active = Active.read(PLAYBOOK)
    assert active.notice(OLD, date(2026, 10, 1)) == ""
    assert "on 2026-12-01, in 60 days" in active.notice(OLD, date(2026, 10, 2))
    assert "CRM_LLM=google_genai:gemini-3.5-flash-lite" in active.notice(OLD, date(2026, 11, 30))


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 5, 1)])
def test_a_model_is_refused_from_its_last_day(day: date) -> None:
    with pytest.raises(BadSetting, match=r"gemini-2\.5-flash was switched off .* Use gemini-3\.5-flash-lite"):
        Active.read(PLAYBOOK).notice(OLD, day)


def test_a_model_that_is_not_listed_is_nobody_s_business() -> None:
    assert Active.read(PLAYBOOK).notice("openai:some-model", date(2030, 1, 1)) == ""
