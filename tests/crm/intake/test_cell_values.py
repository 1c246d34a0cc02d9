"""Single cells: dates, numbers, ids, addresses."""

from datetime import UTC, datetime, time

import pytest

from crm.intake import cell_values

NOON = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-02", DAY),
        ("2026-03-02 14:05", NOON),
        ("2026-03-02T14:05:00Z", NOON),
        ("2026-03-02T15:05:00+01:00", NOON),
        ("2026-03-02T14:05:00.000+0000", NOON),
        ("2026/3/2 14:05", NOON),
        ("1772460300000", NOON),
        ("1772460300", NOON),
        ("46083", DAY),
        ("02/03/2026", DAY),
        ("2.3.2026 14:05", NOON),
        ("02-03-26 14:05", NOON),
        ("2 March 2026", DAY),
        ("Mar 2, 2026", DAY),
    ],
)
def test_dates_in_the_formats_that_exports_use(cell: str, expected: datetime) -> None:
    assert cell_values.moment(cell) == expected


def test_the_order_of_day_and_month_is_given_and_yields_to_the_date_itself() -> None:
    assert cell_values.moment("04/05/2026", True) == datetime(2026, 5, 4, tzinfo=UTC)
    assert cell_values.moment("04/05/2026", False) == datetime(2026, 4, 5, tzinfo=UTC)
    assert cell_values.moment("25/04/2026", False) == datetime(2026, 4, 25, tzinfo=UTC)
    assert cell_values.moment("04/25/2026 2:05 PM", True) == datetime(2026, 4, 25, 14, 5, tzinfo=UTC)
    assert cell_values.moment("4.5.2026", False) == datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell", ["yesterday", "31/02/2026", "13/13/2026", "2026-02-30", "0", "9999-12-31", "0001-01-01", "12", "²", "1e5"]
)
def test_nonsense_is_no_date(cell: str) -> None:
    assert cell_values.moment(cell) is None


@pytest.mark.parametrize(
    ("cell", "told", "ambiguous"),
    [("25/04/2026", True, False), ("04/25/2026", False, False), ("04/05/2026", None, True), ("4/4/2026", None, False)],
)
def test_what_a_date_tells_of_its_order(cell: str, told: bool | None, ambiguous: bool) -> None:
    assert cell_values.order_told(cell) is told
    assert cell_values.ambiguous(cell) is ambiguous


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("€ 1 234", 1234.0),
        ("USD 12,000", 12000.0),
        ("12,5", 12.5),
        ("1.234.567", 1234567.0),
        ("1e5", 100000.0),
        ("-3", -3.0),
        ("12k", None),
        ("51-200", None),
        ("none at all", None),
    ],
)
def test_numbers_in_the_ways_people_write_them(cell: str, expected: float | None) -> None:
    assert cell_values.number(cell) == expected


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("5123", "5123"),
        ("5123.0", "5123"),
        ("1.0", "1"),
        ("1e5", "100000"),
        ("1.5E+3", "1500"),
        ("1.23457E+11", "123457000000"),
        ("00123", "00123"),
        ("12.5", "12.5"),
        ("A-7", "A-7"),
    ],
)
def test_ids_that_excel_has_damaged(cell: str, key: str) -> None:
    assert cell_values.key(cell) == key


def test_only_an_id_that_lost_digits_counts_as_rounded() -> None:
    assert [cell_values.rounded(cell) for cell in ("1e5", "1.5E+3", "1.23457E+5", "5123")] == [
        False,
        True,
        False,
        False,
    ]


def test_salesforce_ids_of_15_characters_become_18() -> None:
    # Capitals of each five are bits: 001A0 has its 4th (8 = I), 00000 none (A), 6Vm9r its 2nd (2 = C).
    assert cell_values.key("001A0000006Vm9r", salesforce=True) == "001A0000006Vm9rIAC"
    assert cell_values.key("001A0000006Vm9rIAC", salesforce=True) == "001A0000006Vm9rIAC"
    assert cell_values.key("001A0000006Vm9r") == "001A0000006Vm9r"


def test_addresses_and_domains() -> None:
    assert cell_values.addresses("Ann <Ann.B@x.example>; 'c@y.example', c@y.example") == (
        "ann.b@x.example",
        "c@y.example",
    )
    assert cell_values.addresses("no address") == ()
    cells = ("https://www.norvik.example/a?b=c", "norvik.example", "ann@norvik.example", "Norvik AS", "")
    assert [cell_values.domain(cell) for cell in cells] == ["norvik.example"] * 3 + ["", ""]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("14:40", time(14, 40)), ("9.12", time(9, 12)), ("09:12:05", time(9, 12, 5)), ("14h40", time(14, 40)),
        ("9 h", time(9)), ("9 Uhr", time(9)), ("9.30 Uhr", time(9, 30)), ("2:40 pm", time(14, 40)),
        ("12:05 a.m.", time(0, 5)), ("25:00", None), ("13 pm", time(13)), ("9", None), ("0930", None),
        ("morning", None),
    ],
)  # fmt: skip
def test_a_time_of_the_day_is_read_however_it_is_written(cell: str, told: time | None) -> None:
    assert cell_values.clock(cell) == told


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Judith Quarry <Judith@quarry.example>", {"judith@quarry.example": "Judith Quarry"}),
        ('"Quarry, Judith" <j@q.example>, Bo <b@q.example>', {"j@q.example": "Judith Quarry", "b@q.example": "Bo"}),
        ("Ann <a@x.example>; Team; Bo Dam [mailto:bo@x.example]", {"a@x.example": "Ann", "bo@x.example": "Bo Dam"}),
        ("a@x.example (Ann), Bo <b@x.example>", {"b@x.example": "Bo"}),
        ("Bo (b@x.example), Cy (c@x.example)", {"b@x.example": "Bo", "c@x.example": "Cy"}),
        ("'a@x.example' <a@x.example>", {}),
        ("=?utf-8?q?J=C3=BCrgen?= <j@x.example>", {}),
        ("a@x.example;b@x.example", {}),
        ("undisclosed-recipients:;", {}),
    ],
)  # fmt: skip
def test_names_beside_addresses(cell: str, found: dict[str, str]) -> None:
    assert cell_values.names(cell) == found
