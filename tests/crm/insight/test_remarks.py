"""What stands before a question or in brackets: left out where it says nothing, refused where it may narrow."""

from pathlib import Path

import pytest

from crm.insight.question.brackets import without_echoes, without_units
from crm.insight.question.preamble import without_preamble
from crm.insight.read import FigureReader, Refused
from tests.four_accounts import PLAYBOOK, build


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FigureReader:
    return FigureReader.over(build(Path(tmp_path_factory.mktemp("remarks"))).store, PLAYBOOK)


@pytest.mark.parametrize(
    "remark",
    [
        "Good evening,",
        "Hi team,",
        "Hallo zusammen!",
        "Bonjour à tous,",
        "I am drafting slides, so",
        "Je prépare un point,",
        "Sorry, I know it is late, but",
        "Estoy preparando algo:",
    ],
)
def test_a_remark_before_the_question_says_nothing(reader: FigureReader, remark: str) -> None:
    assert reader.read(f"{remark} how many open deals per stage") == reader.read("how many open deals per stage")


@pytest.mark.parametrize(
    "remark",
    [
        "Zorblax Ltd,",
        "I cover Zorblax,",
        "Enterprise segment:",
        "I am working on something for Acme,",
        "I have lost them,",
        "We need 3,",
        "I am not sure,",
    ],
)
def test_what_may_narrow_is_no_remark(reader: FigureReader, remark: str) -> None:
    question = f"{remark} how many open deals per stage"
    assert without_preamble(question, reader.lexicon) == question


def test_brackets_that_repeat_the_question_are_left_out(reader: FigureReader) -> None:
    asked = "accounts that have never won a deal (no won deal)"
    assert without_echoes(asked, reader.lexicon).strip() == "accounts that have never won a deal"
    assert "sunday" not in without_echoes("calls per week (monday to sunday)", reader.lexicon)


@pytest.mark.parametrize(
    "aside", ["(only won)", "(excluding EUR)", "(Zorblax)", "(2 or more)", "(Monday to Friday)", "(lost)"]
)
def test_brackets_that_tell_more_must_be_understood(reader: FigureReader, aside: str) -> None:
    asked = f"won deals {aside}"
    assert without_echoes(asked, reader.lexicon) == asked


def test_company_money_is_told_in_millions(reader: FigureReader) -> None:
    assert without_units("average company revenue (in m USD)", reader.lexicon).strip() == "average company revenue"
    assert not isinstance(reader.read("won deals (in USD)"), Refused)


def test_a_part_of_the_day_is_no_greeting(reader: FigureReader) -> None:
    assert isinstance(reader.read("how many calls in the morning"), Refused)
