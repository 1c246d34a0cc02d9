"""The fewest of something may be none of it; who is as good as the last of a top is counted."""

from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame import Figures
from crm.insight.read import FigureReader
from tests.four_accounts import PLAYBOOK, SmallCrm, build
from tests.reading_figures import frame


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallCrm:
    return build(Path(tmp_path_factory.mktemp("fewest")))


def figures(small: SmallCrm, question: str) -> Figures:
    return compute(small.store, frame(FigureReader.over(small.store, PLAYBOOK), question))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("which rep has the fewest deals", {"Claire Dumont"}),
        ("which product has the fewest won deals", {"Plan"}),
        ("which account has the fewest deals", {"Transports Verdier", "Harbeck Logistics", "Harbeck Foods"}),
        ("which industry has the fewest open deals", {"Haulage"}),
    ],
)
def test_who_has_none_has_the_fewest(small: SmallCrm, question: str, names: set[str]) -> None:
    found = figures(small, question)
    assert {f.name for f in found.rows} == names
    assert {f.value for f in found.rows} == {0}


def test_a_month_without_any_has_the_fewest_and_one_to_come_is_none(small: SmallCrm) -> None:
    found = figures(small, "which month had the fewest won deals in 2026")
    assert {f.name for f in found.rows} == {f"2026-{month:02d}" for month in range(1, 11) if month != 3}


def test_what_is_said_of_the_rows_holds_for_those_without_any(small: SmallCrm) -> None:
    found = figures(small, "which account in food has the fewest deals")
    assert {f.name for f in found.rows} == {"Harbeck Foods"}
    found = figures(small, "which account with more than 1000 employees has the fewest won deals")
    assert {f.name for f in found.rows} == {"Brackwater Foods"}


def test_the_most_of_something_is_none_of_those_without_any(small: SmallCrm) -> None:
    assert len(figures(small, "top 10 reps by number of deals").rows) == 1


def test_rows_cut_off_with_the_same_figure_as_the_last_are_counted(small: SmallCrm) -> None:
    found = figures(small, "top 2 accounts by number of contacts")
    assert [f.value for f in found.rows] == [2, 1]
    assert found.tied == 2  # Brackwater, Verdier and Harbeck Logistics have one each


def test_nothing_is_tied_where_the_next_row_has_less(small: SmallCrm) -> None:
    assert figures(small, "which account has the most contacts").tied == 0
