"""Times beside names: a name between two words is a word, so that these make no time together."""

from datetime import date

import pytest

from agents.asked_figures import frame_of
from agents.base import Toolbox
from crm.insight.frame import Field, QueryFrame, Where
from crm.nouns import Question, Scope


@pytest.mark.parametrize(
    "question", ["trattative vinte da Hanna quest'anno", "trattative vinte da Hanna Lindqvist quest'anno"]
)
def test_da_before_a_name_is_no_since(question: str, tools: Toolbox) -> None:
    frame = frame_of(Question(question), Scope(as_of=date(2026, 10, 28)), tools)
    assert isinstance(frame, QueryFrame)
    assert Where(Field.REP, ("Hanna Lindqvist",)) in frame.where
