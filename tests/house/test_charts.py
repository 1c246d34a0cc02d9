"""The pipeline's charts over the demo CRM: the chat's own numbers, the records behind each, one selection for all."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from crm.insight.frame import About
from crm.insight.pipeline.charts import Chart, Shape
from crm.insight.pipeline.selection import Selection
from crm.nouns import Period
from house import House
from house.charts import HEADS
from settings import Settings
from ui.charts import cards, data
from ui.periods import period_of
from ui.pipeline import selection
from wiring import SAMPLES


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[House]:
    store = f"sqlite:///{tmp_path_factory.mktemp('board') / 'crm.sqlite'}"
    house = House(Settings(data_dir=learned, database_url=store, llm="none"))
    house.load_demo()
    yield house
    house.close()
    house.store.engine.dispose()


@pytest.fixture(scope="module")
def charts(demo: House) -> dict[str, Chart]:
    return {chart.key: chart for chart in demo.charts()}


def test_every_chart_is_there(charts: dict[str, Chart]) -> None:
    assert {chart.shape for chart in charts.values()} == set(Shape)
    assert {"stages", "value", "sectors", "conversion", "funnel", "risk", "health", "together"} <= set(charts)


@pytest.mark.parametrize(
    ("key", "question"),
    [
        ("stages", "Open deals by stage"),
        ("value", "Total value of open deals by stage"),
        ("sectors", "Value of won deals by industry"),
        ("conversion", "Win rate by quarter"),
        ("risk", "Which deals are at risk?"),
    ],
)
def test_a_chart_says_what_the_chat_says(demo: House, charts: dict[str, Chart], key: str, question: str) -> None:
    figures = demo.ask(question).figures
    assert figures
    assert [(m.name, m.value, m.unit) for m in charts[key].marks][: len(figures)] == [
        (f.name, f.value, f.unit) for f in figures
    ]


def test_the_forecast_is_the_chats(demo: House, charts: dict[str, Chart]) -> None:
    said = {f.name: f.value for f in demo.ask("pipeline forecast").figures}
    coming = charts["forecast-EUR"].marks[-1]
    quarter = coming.name.removesuffix(" expected")
    assert (coming.value, coming.low, coming.high) == tuple(said[f"{quarter} {w}"] for w in ("expected", "low", "high"))


def test_the_records_behind_a_mark_are_those_it_counts(demo: House, charts: dict[str, Chart]) -> None:
    for mark in charts["stages"].marks:
        rows = demo.records_behind(About.DEALS, mark.ids)
        assert len(rows) == mark.value
        assert {row[HEADS[About.DEALS].index("Stage")] for row in rows} == {mark.name}
    silent = next(m for m in charts["health"].marks if m.name == "silent")
    assert len(demo.records_behind(About.ACCOUNTS, silent.ids)) == silent.value


def test_each_step_of_the_funnel_is_among_the_one_before(charts: dict[str, Chart]) -> None:
    marks = charts["funnel"].marks
    assert len(marks) == 4
    for before, after in pairwise(marks):
        assert set(after.ids) <= set(before.ids)


def counted(chart: Chart) -> int:
    return sum(len(mark.ids) for mark in chart.marks)


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(rep="Claire Dumont"),
        Selection(region="Nordics"),
        Selection(product="Tessera Dock"),
        Selection(period=Period(date(2026, 7, 1), date(2026, 9, 30))),
    ],
)
def test_a_selection_narrows_every_chart(demo: House, charts: dict[str, Chart], chosen: Selection) -> None:
    narrowed = demo.charts(chosen)
    assert {c.key for c in narrowed} >= {"stages", "sectors", "conversion", "funnel", "risk", "health"}
    for chart in narrowed:
        if chart.key == "health" and chosen.period:
            assert "2026-09-30" in chart.said  # every account has a health on that day, too
        elif chart.shape not in (Shape.FORECAST, Shape.GRID):
            assert counted(chart) < counted(charts[chart.key]), chart.key


def test_a_chart_is_drawn_with_all_its_marks_and_taken_away_as_data(charts: dict[str, Chart]) -> None:
    drawn = cards(tuple(charts.values()))
    assert drawn.count("<figure") == len(charts)
    assert drawn.count('data-chart="stages"') == 1
    rows = list(csv.reader(StringIO(data(charts["stages"]))))
    assert [(r[0], float(r[1])) for r in rows[1:]] == [(m.name, m.value) for m in charts["stages"].marks]


def test_a_period_is_typed_as_one_says_it() -> None:
    as_of = date(2026, 10, 30)
    found = period_of("March 2026", as_of)
    assert found is not None
    assert (found.start, found.end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert selection(as_of, "", "Nordics", "", "") == Selection(region="Nordics")


def test_an_empty_store_has_no_charts(tmp_path: Path) -> None:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False))
    assert house.charts() == ()
    house.store.engine.dispose()


def test_what_an_undone_import_left_is_taken_for_no_label(tmp_path: Path, learned: Path) -> None:
    house = House(Settings(data_dir=learned, database_url=f"sqlite:///{tmp_path / 'crm.sqlite'}", llm="none"))
    head = "hs_object_id,crm_subject,crm_description,crm_subtype,activity_date"
    for name, first, last in (("undone", 1, 6), ("kept", 11, 15)):
        rows = [f"{n},Visit {n},We met and he signed number {n}.,Meeting,2026-03-01" for n in range(first, last)]
        (tmp_path / f"{name}.csv").write_text("\n".join((head, *rows)))
    house.import_file(SAMPLES / "deals.csv")
    undone = house.import_file(tmp_path / "undone.csv")
    house.judge_store()
    assert house.first_charts() == ()
    house.undo_import(undone.import_id)
    house.import_file(tmp_path / "kept.csv")
    assert house.first_charts()
    house.close()
    house.store.engine.dispose()
