"""Answers to strangers' questions over the public tables, by a hand that saw no code; see figures_in_pandas.py."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

STRANGERS_MAVEN: dict[str, Callable[[Any], Any]] = {}
FILES = {name: name for name in ("accounts", "products", "sales_teams", "sales_pipeline")}


def _pd() -> Any:
    import pandas

    return pandas


def maven_files(folder: Path) -> Any:
    """The files as pandas reads them."""
    return SimpleNamespace(**{name: _pd().read_csv(folder / f"{file}.csv") for name, file in FILES.items()})


def _answer(compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    STRANGERS_MAVEN[compute.__name__] = compute
    return compute


def deals(t: Any) -> Any:
    """One row per deal, dates parsed, product name fixed, the three other tables joined on."""
    d = t.sales_pipeline.copy()
    d["product"] = d["product"].replace({"GTXPro": "GTX Pro"})
    for c in ("engage_date", "close_date"):
        d[c] = _pd().to_datetime(d[c])
    n = len(d)
    d = (
        d.merge(t.products, on="product", how="left")
        .merge(t.sales_teams, on="sales_agent", how="left")
        .merge(t.accounts, on="account", how="left")
    )
    assert len(d) == n
    today = max(d.engage_date.max(), d.close_date.max())
    d["cycle"] = (d.close_date - d.engage_date).dt.days
    d["age"] = (today - d.engage_date).dt.days
    d["month"] = d.close_date.dt.to_period("M").astype(str)
    d["quarter"] = d.close_date.dt.to_period("Q").astype(str)
    return d


def won(t: Any) -> Any:
    d = deals(t)
    return d[d.deal_stage == "Won"]


def lost(t: Any) -> Any:
    d = deals(t)
    return d[d.deal_stage == "Lost"]


def closed(t: Any) -> Any:
    d = deals(t)
    return d[d.deal_stage.isin(["Won", "Lost"])]


def opened(t: Any) -> Any:
    d = deals(t)
    return d[d.deal_stage.isin(["Prospecting", "Engaging"])]


def between(d: Any, a: Any, b: Any, col: Any = "close_date") -> Any:
    """Rows whose date is in [a, b]; '2017-03' means the whole month."""
    return d[(d[col] >= _pd().Period(a).start_time) & (d[col] <= _pd().Period(b).end_time)]


def groups(s: Any) -> dict[str, float]:
    return {re.sub(r"(?<=\d)Q", "-Q", str(k)): float(v) for k, v in s.items()}


def top(s: Any, n: int, ascending: bool = False) -> dict[str, float]:
    return groups(s.sort_values(ascending=ascending, kind="stable").head(n))


def rate(c: Any) -> Any:
    return float((c.deal_stage == "Won").mean())


def rates(c: Any, key: Any) -> Any:
    return (c.deal_stage == "Won").groupby(c[key]).mean()


@_answer
def wins_q4(t: Any) -> Any:
    return len(between(won(t), "2017-10", "2017-12"))


@_answer
def revenue_last_quarter(t: Any) -> Any:
    return float(between(won(t), "2017-07", "2017-09").close_value.sum())


@_answer
def avg_gtx_pro(t: Any) -> Any:
    w = won(t)
    return float(w[w["product"] == "GTX Pro"].close_value.mean())


@_answer
def median_east(t: Any) -> Any:
    w = won(t)
    return float(w[w.regional_office == "East"].close_value.median())


@_answer
def rate_darcel(t: Any) -> Any:
    c = closed(t)
    return rate(c[c.sales_agent == "Darcel Schlecht"])


@_answer
def top5_agents(t: Any) -> Any:
    return top(won(t).groupby("sales_agent").close_value.sum(), 5)


@_answer
def bottom3_managers(t: Any) -> Any:
    return top(rates(closed(t), "manager"), 3, True)


@_answer
def revenue_months_h2(t: Any) -> Any:
    return groups(between(won(t), "2017-07", "2017-12").groupby("month").close_value.sum())


@_answer
def age_by_office(t: Any) -> Any:
    d = deals(t)
    return groups(d[d.deal_stage == "Engaging"].groupby("regional_office").age.mean())


@_answer
def cycle_gtk(t: Any) -> Any:
    w = won(t)
    return float(w[w["product"] == "GTK 500"].cycle.mean())


@_answer
def median_cycle_stage(t: Any) -> Any:
    c = closed(t)
    return groups(c.groupby(c.deal_stage.str.lower()).cycle.median())


@_answer
def buyers_december(t: Any) -> Any:
    return int(between(won(t), "2017-12", "2017-12").account.nunique())


@_answer
def two_agents(t: Any) -> Any:
    w = won(t).groupby("sales_agent").close_value.sum()
    return groups(w[["Maureen Marcano", "Kary Hendrixson"]])


@_answer
def lost_two_quarters(t: Any) -> Any:
    return groups(between(lost(t), "2017-04", "2017-09").groupby("quarter").size())


@_answer
def won_above_5k(t: Any) -> Any:
    return int((won(t).close_value > 5000).sum())


@_answer
def agents_200(t: Any) -> Any:
    s = won(t).groupby("sales_agent").size()
    return groups(s[s >= 200])


@_answer
def accounts_no_win_dec_h1(t: Any) -> Any:
    have = set(between(won(t), "2017-12-01", "2017-12-15").account)
    return int((~t.accounts.account.isin(have)).sum())


@_answer
def agents_no_loss(t: Any) -> Any:
    c = between(closed(t), "2017-12-20", "2017-12-31")
    w = c[c.deal_stage == "Won"].groupby("sales_agent").size()
    return groups(w[~w.index.isin(c[c.deal_stage == "Lost"].sales_agent)])


@_answer
def mg_adv_below(t: Any) -> Any:
    w = won(t)
    w = w[w["product"] == "MG Advanced"]
    return int((w.close_value < w.sales_price).sum())


@_answer
def gtx_pro_pct_list(t: Any) -> Any:
    w = won(t)
    w = w[w["product"] == "GTX Pro"]
    return float((w.close_value / w.sales_price).mean())


@_answer
def gtk_left(t: Any) -> Any:
    w = won(t)
    w = w[(w["product"] == "GTK 500") & (w.close_value < w.sales_price)]
    return float((w.sales_price - w.close_value).sum())


@_answer
def series_share(t: Any) -> Any:
    s = won(t).groupby("series").close_value.sum()
    return groups(s / s.sum())


@_answer
def wins_sector_nov(t: Any) -> Any:
    return groups(between(won(t), "2017-11", "2017-11").groupby("sector").size())


@_answer
def revenue_technology(t: Any) -> Any:
    w = won(t)
    return float(w[w.sector == "technolgy"].close_value.sum())


@_answer
def open_no_account(t: Any) -> Any:
    return int(opened(t).account.isna().sum())


@_answer
def top3_foreign(t: Any) -> Any:
    w = won(t)
    return top(w[w.office_location != "United States"].groupby("office_location").close_value.sum(), 3)


@_answer
def two_regions(t: Any) -> Any:
    w = between(won(t), "2017-10", "2017-12")
    return groups(w[w.regional_office.isin(["Central", "West"])].groupby("regional_office").close_value.mean())


@_answer
def old_engaging(t: Any) -> Any:
    d = deals(t)
    return int(((d.deal_stage == "Engaging") & (d.age > 200)).sum())


@_answer
def rate_manager_q4(t: Any) -> Any:
    return groups(rates(between(closed(t), "2017-10", "2017-12"), "manager"))


@_answer
def prospecting_melvin(t: Any) -> Any:
    d = deals(t)
    return groups(d[(d.deal_stage == "Prospecting") & (d.manager == "Melvin Marxen")].groupby("sales_agent").size())


@_answer
def list_value_summer(t: Any) -> Any:
    d = deals(t)
    return int(d[(d.deal_stage == "Engaging") & (d.manager == "Summer Sewald")].sales_price.sum())


@_answer
def worst_month(t: Any) -> Any:
    return top(lost(t).groupby("month").size(), 1)


@_answer
def growth_q4(t: Any) -> Any:
    s = won(t).groupby("quarter").close_value.sum()
    return float(s["2017Q4"] / s["2017Q3"] - 1)


@_answer
def opened_2016(t: Any) -> Any:
    return len(between(deals(t), "2016-01", "2016-12", "engage_date"))


@_answer
def managers_15m(t: Any) -> Any:
    s = won(t).groupby("manager").close_value.sum()
    return groups(s[s > 1_500_000])


@_answer
def acme_subs(t: Any) -> Any:
    w = won(t)
    return float(w[w.subsidiary_of == "Acme Corporation"].close_value.sum())


@_answer
def two_products(t: Any) -> Any:
    c = closed(t)
    return groups(rates(c[c["product"].isin(["GTX Basic", "MG Special"])], "product"))


@_answer
def many_wins_low_rate(t: Any) -> Any:
    c = closed(t)
    n = c[c.deal_stage == "Won"].groupby("sales_agent").size()
    r = rates(c, "sales_agent")
    return groups(r[(n.reindex(r.index).fillna(0) >= 100) & (r < 0.6)])


@_answer
def weekend_wins(t: Any) -> Any:
    return int((won(t).close_date.dt.day_of_week >= 5).sum())


@_answer
def fr_vicki_nov(t: Any) -> Any:
    w = between(won(t), "2017-11", "2017-11")
    return int((w.sales_agent == "Vicki Laflamme").sum())


@_answer
def fr_revenue_quarter(t: Any) -> Any:
    return groups(between(won(t), "2017-01", "2017-12").groupby("quarter").close_value.sum())


@_answer
def fr_top5_accounts(t: Any) -> Any:
    return top(between(won(t), "2017-10", "2017-12").groupby("account").close_value.sum(), 5)


@_answer
def fr_share_below(t: Any) -> Any:
    w = won(t)
    return float((w.close_value < w.sales_price).mean())


@_answer
def de_open_west(t: Any) -> Any:
    d = opened(t)
    return groups(d[d.regional_office == "West"].groupby("product").size())


@_answer
def de_cycle_manager(t: Any) -> Any:
    return groups(won(t).groupby("manager").cycle.mean())


@_answer
def de_before_1985(t: Any) -> Any:
    w = won(t)
    return float(w[w.year_established < 1985].close_value.sum())


@_answer
def es_rate_office_dec(t: Any) -> Any:
    return groups(rates(between(closed(t), "2017-12", "2017-12"), "regional_office"))


@_answer
def es_agents_gtk(t: Any) -> Any:
    w = won(t)
    return int(w[w["product"] == "GTK 500"].sales_agent.nunique())


@_answer
def es_above_10k(t: Any) -> Any:
    w = won(t)
    return groups(w[w.close_value > 10_000].groupby("sales_agent").size())


@_answer
def it_median_sector(t: Any) -> Any:
    return groups(won(t).groupby("sector").close_value.median())


@_answer
def it_lost_window(t: Any) -> Any:
    return len(between(lost(t), "2017-03-15", "2017-04-15"))


@_answer
def it_oldest_cassey(t: Any) -> Any:
    d = opened(t)
    return int(d[d.sales_agent == "Cassey Cress"].age.max())


@_answer
def pt_opened_months(t: Any) -> Any:
    d = between(deals(t), "2017-01", "2017-06", "engage_date")
    return groups(d.groupby(d.engage_date.dt.to_period("M").astype(str)).size())


@_answer
def pt_foreign(t: Any) -> Any:
    w = won(t)
    return groups(w[w.office_location != "United States"].groupby("office_location").close_value.sum())


@_answer
def pt_wins_per_account(t: Any) -> Any:
    w = won(t)
    return float((w.sector == "telecommunications").sum() / (t.accounts.sector == "telecommunications").sum())
