"""The list of accounts as a table: numbers that can be summed, and that never mix currencies."""

from dataclasses import replace
from datetime import date

from crm.engagement.account_table import AccountTable
from crm.engagement.health import Band, Health
from crm.engagement.overview import Pulse
from crm.engagement.portfolio import AccountRow
from crm.nouns import Account, Deal, Period


def row(name: str, **value: float) -> AccountRow:
    deals = tuple(Deal(f"d:{name}{c}", name, name, "", "Open", v, c) for c, v in value.items())
    return AccountRow(Account(name, name), None, None, deals, value, Health(Band.UNTOUCHED, (), at_risk=False))


def values(*rows: AccountRow) -> dict[str, list[object]]:
    table = AccountTable(rows)
    named = [dict(zip(table.meanings, cells, strict=True)) for cells in table.cells]
    return {name: [line[name] for line in named] for name in table.meanings if name.startswith("open_value")}


def test_open_value_is_a_number_in_a_column_for_each_currency() -> None:
    assert values(row("Norvik", EUR=49000.5, USD=10.0), row("Dunmore", USD=2.0), row("Quillan")) == {
        "open_value_EUR": [49000.5, None, None],
        "open_value_USD": [10.0, 2.0, None],
    }


def test_without_a_currency_or_a_deal_there_is_one_column() -> None:
    assert values(row("Norvik", **{"": 5.0})) == {"open_value": [5.0]}
    assert values(row("Quillan")) == {"open_value": [None]}


def test_each_column_is_explained_in_a_sentence() -> None:
    meanings = AccountTable([row("Norvik", EUR=1.0)]).meanings
    assert meanings["open_value_EUR"] == "What its open deals are worth together, in EUR."
    assert all(sentence.endswith(".") for sentence in meanings.values())


def test_what_an_account_is_to_us_is_told() -> None:
    typed = row("Norvik", EUR=1.0)
    table = AccountTable([replace(typed, account=replace(typed.account, type="Customer - Direct"))])
    assert dict(zip(table.meanings, table.cells[0], strict=True))["type"] == "Customer - Direct"


def test_a_chosen_period_has_columns_of_its_own() -> None:
    then = replace(row("Norvik", EUR=1.0), within=Pulse("Norvik", 4, 2, 1, 1, date(2026, 8, 4), date(2026, 9, 1)))
    table = AccountTable([then], Period(date(2026, 7, 1), date(2026, 9, 30)))
    (cells,) = table.cells
    told = dict(zip(table.meanings, cells, strict=True))
    assert {name: cell for name, cell in told.items() if name.startswith("in_period")} == {
        "in_period_from": "2026-07-01",
        "in_period_to": "2026-09-30",
        "in_period": "talked",
        "in_period_last_two_way_contact": "2026-08-04",
        "in_period_engaged": 2,
        "in_period_not_engaged": 1,
        "in_period_undecided": 1,
    }
    assert (told["last_two_way_contact"], told["engaged"]) == ("", 0)
