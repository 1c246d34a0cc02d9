"""Records that are asked for are listed, and not only counted."""

from datetime import date

import pytest

from agents.asked_figures import asks_records
from agents.base import Toolbox
from agents.pipeline_insights import PipelineInsights
from crm.nouns import Question, Scope
from tests.four_accounts import told

AS_OF = date(2026, 10, 28)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("show me the calls of October 2026", True),
        ("which meetings are planned?", True),
        ("Zeig mir die Anrufe von gestern", True),
        ("montre-moi les appels de la semaine dernière", True),
        ("mostrami le chiamate di ieri", True),
        ("which calls did we make to Norvik in September 2026?", True),
        ("how many calls did we make to Norvik in September 2026?", False),  # a figure
        ("show me calls by month", False),
        ("show me all calls", False),  # nothing says which
        ("show the notes about the union", False),
        ("what did Norvik say in October 2026?", False),
    ],
)
def test_which_records_to_show_is_told_by_every_word(tools: Toolbox, text: str, records: bool) -> None:
    assert asks_records(text, tools) is records


def answer(tools: Toolbox, text: str) -> tuple[str, int]:
    brief = PipelineInsights().gather(Question(text), Scope(as_of=AS_OF), tools)
    return told(brief, tools), len(brief.evidence)


def test_they_are_listed_with_their_sources(tools: Toolbox) -> None:
    text, sources = answer(tools, "which calls did we make to Norvik in 2026?")
    count = int(text.split("**")[1])
    assert 0 < count == sources
    assert f"[{sources}]" in text
    assert "counted, not listed" not in text


def test_a_number_that_is_asked_for_stands_alone(tools: Toolbox) -> None:
    text, sources = answer(tools, "how many calls did we make to Norvik in 2026?")
    assert sources == 0
    assert "Norvik Maritime: “" not in text
