"""Leads are counted by the day of their creation, where it is on record; else such a question is refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.form import FrameForm, Spanned, frame_in
from crm.insight.frame import About, Field, How, QueryFrame
from crm.insight.question.lexicon import Named
from crm.insight.question.refusal import NOT_KEPT
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period
from crm.records import db
from crm.records.store import Store

PLAYBOOK = Path(__file__).parents[3] / "playbook"
TODAY = date(2026, 6, 10)  # the newest day, by the last contact
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
LEADS = [  # created, last contacted, status
    (date(2026, 5, 4), date(2026, 6, 2), "New"),
    (date(2026, 6, 1), None, "Working"),
    (date(2026, 6, 9), date(2026, 6, 10), "New"),
    (None, date(2026, 6, 3), "New"),
]


def reader(folder: Path, dated: bool = True) -> tuple[Store, FigureReader]:
    store = Store.open(f"sqlite:///{folder}/crm.sqlite")
    common = {"source": "t", "row_hash": "", "import_id": 1, "extra": {}}
    with store.writing() as connection:
        for number, (created, contacted, status) in enumerate(LEADS):
            days = {"created_at": _at(created) if dated else None, "last_contact": _at(contacted)}
            row = {"id": f"l{number}", "native_id": str(number), "status": status, **days, **common}
            connection.execute(db.leads.insert().values(**row))
    return store, FigureReader.over(store, PLAYBOOK)


def _at(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def asked(store: Store, reader: FigureReader, question: str, *named: Named) -> list[tuple[str, float]]:
    frame = reader.read(question, named)
    assert isinstance(frame, QueryFrame), frame
    return [(row.name, row.value) for row in compute(store, frame).rows]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("new leads per week", [("2026-05-04", 1), ("2026-06-01", 1), ("2026-06-08", 1)]),
        ("leads per month", [("2026-05", 1), ("2026-06", 2)]),
        ("leads contacted per month", [("2026-06", 3)]),
        ("how many new leads do we have", [("", 3)]),  # without a time it is their status
        ("which month had the most new leads", [("2026-06", 2)]),  # whatever their status is now
    ],
)
def test_leads_by_time(question: str, rows: list[tuple[str, float]], tmp_path: Path) -> None:
    assert asked(*reader(tmp_path), question) == rows


def test_leads_of_a_period_are_those_created_in_it(tmp_path: Path) -> None:
    store, read = reader(tmp_path)
    text = "new leads in june"
    assert asked(store, read, text, Named(10, len(text), JUNE)) == [("", 2)]


def test_a_model_s_form_means_the_same_day(tmp_path: Path) -> None:
    store, read = reader(tmp_path)
    form = FrameForm(possible=True, about=About.LEADS, how=How.COUNT, period=Spanned(since=JUNE.start, until=JUNE.end))
    by_month = FrameForm(possible=True, about=About.LEADS, how=How.COUNT, group=[Field.MONTH])
    assert [r.value for r in compute(store, frame_in(form, read.held, read.lexicon.words, None)).rows] == [2]
    assert [r.value for r in compute(store, frame_in(by_month, read.held, read.lexicon.words, None)).rows] == [1, 2]


def test_without_such_a_day_the_reason_is_said(tmp_path: Path) -> None:
    _, read = reader(tmp_path, dated=False)
    refused = read.read("new leads per week")
    assert isinstance(refused, Refused)
    assert refused.because == "leads carry no creation date here, only the day of the last contact"


def test_since_when_a_lead_has_its_status_is_not_on_record(tmp_path: Path) -> None:
    store, read = reader(tmp_path)

    def in_june(question: str) -> Named:
        return Named(question.index("June"), question.index("June") + 4, JUNE)

    for question in ("leads working in June", "leads that became working in June"):
        refused = read.read(question, [in_june(question)])
        assert isinstance(refused, Refused), question
        assert refused.because == NOT_KEPT
    created = "working leads created in June"
    assert asked(store, read, created, in_june(created)) == [("", 1)]


def test_today_is_now_for_what_a_lead_is(tmp_path: Path) -> None:
    store, read = reader(tmp_path)

    def today(question: str) -> Named:
        return Named(question.index("today"), question.index("today") + 5, Period(TODAY, TODAY, "today"))

    for question in ("how many leads are working today", "working leads we have today"):
        assert asked(store, read, question, today(question)) == [("", 1)]
    created = "working leads created today"
    assert asked(store, read, created, today(created)) == [("", 0)]
    became = read.read("leads that became working today", [today("leads that became working today")])
    assert isinstance(became, Refused)
    assert became.because == NOT_KEPT


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many leads did we contact", [("", 3)]),
        ("leads created in June that have been contacted", [("", 1)]),
        ("how many of the leads created in June have been contacted since", [("", 1)]),
        ("leads created in June that were never contacted", [("", 1)]),
        ("share of leads created in June that were contacted", [("", 0.5)]),
    ],
)
def test_whoever_was_contacted_has_a_day_of_it(question: str, rows: list[tuple[str, float]], tmp_path: Path) -> None:
    store, read = reader(tmp_path)
    june = [Named(at, at + 4, JUNE)] if (at := question.find("June")) >= 0 else []
    assert asked(store, read, question, *june) == rows


def test_a_share_of_some_of_those_contacted_is_refused(tmp_path: Path) -> None:
    _, read = reader(tmp_path)
    assert isinstance(read.read("share of new leads that were contacted"), Refused)
