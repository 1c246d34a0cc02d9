"""Answers to newcomers' questions over the public sales tables, written by a hand that saw no code, one a question.

Shares, rates and changes in percent are fractions; weeks are named by their Monday; the last 30
days begin 30 days before the newest one.
"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

NEWCOMERS_MAVEN: dict[str, Callable[[Any], Any]] = {}
FILES = ("accounts", "products", "sales_teams", "sales_pipeline")


def _pd() -> Any:
    import pandas

    return pandas


def newcomers_maven_files(folder: Path) -> Any:
    """The files as pandas reads them."""
    return SimpleNamespace(**{name: _pd().read_csv(folder / f"{name}.csv", low_memory=False) for name in FILES})


def _answer(compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    NEWCOMERS_MAVEN[compute.__name__] = compute
    return compute


def deals(t: Any) -> Any:
    """The pipeline joined to teams, accounts and products, with derived columns."""
    d = t.sales_pipeline.copy()
    d["product"] = d["product"].replace("GTXPro", "GTX Pro")
    d["engage_date"] = _pd().to_datetime(d["engage_date"])
    d["close_date"] = _pd().to_datetime(d["close_date"])
    n = len(d)
    d = d.merge(t.sales_teams, on="sales_agent", how="left")
    d = d.merge(t.accounts, on="account", how="left")
    d = d.merge(t.products, on="product", how="left")
    assert len(d) == n
    assert d.manager.notna().all()
    assert d.sales_price.notna().all()
    d["won"] = d.deal_stage.eq("Won")
    d["lost"] = d.deal_stage.eq("Lost")
    d["closed"] = d.won | d.lost
    d["open"] = ~d.closed
    d["cycle"] = (d.close_date - d.engage_date).dt.days
    d["age"] = (today(t) - d.engage_date).dt.days
    d["cmonth"] = d.close_date.dt.strftime("%Y-%m")
    d["cq"] = (
        d.close_date.dt.year.astype("Int64").astype(str) + "-Q" + d.close_date.dt.quarter.astype("Int64").astype(str)
    )
    d["cweek"] = d.close_date.dt.to_period("W-SUN").dt.start_time.dt.strftime("%Y-%m-%d")
    return d


def today(t: Any) -> Any:
    p = t.sales_pipeline
    return max(_pd().to_datetime(p.engage_date).max(), _pd().to_datetime(p.close_date).max())


def between(d: Any, a: Any, b: Any, col: Any = "close_date") -> Any:
    return d[d[col].between(_pd().Timestamp(a), _pd().Timestamp(b))]


def dic(s: Any) -> Any:
    return {str(k): int(v) if float(v).is_integer() else float(v) for k, v in s.items()}


def winrate(d: Any, by: Any = None) -> Any:
    c = d[d.closed]
    return float(c.won.mean()) if by is None else c.groupby(by).won.mean()


def top(s: Any, n: Any, largest: Any = True) -> Any:
    s = s.sort_values(ascending=not largest)
    assert len(s) <= n or s.iloc[n - 1] != s.iloc[n], "tie at the edge"
    return dic(s.head(n))


@_answer
def nm001(t: Any) -> Any:
    d = deals(t)
    return int((d.open & d.sales_agent.eq("Zane Levy")).sum())


@_answer
def nm002(t: Any) -> Any:
    d = between(deals(t), "2017-12-01", "2017-12-31")
    return int((d.won & d.regional_office.eq("West")).sum())


@_answer
def nm003(t: Any) -> Any:
    return dic(winrate(between(deals(t), "2017-10-01", "2017-12-31"), "manager"))


@_answer
def nm004(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    return top(d[d.won].groupby("sales_agent").close_value.sum(), 3)


@_answer
def nm005(t: Any) -> Any:
    d = deals(t)
    return top(winrate(d[d.regional_office.eq("East")], "sales_agent"), 1, largest=False)


@_answer
def nm006(t: Any) -> Any:
    d = between(deals(t), "2017-07-01", "2017-09-30")
    d = d[d.won & d.sales_agent.isin(["Hayden Neloms", "Rosalina Dieter"])]
    return dic(d.groupby("sales_agent").close_value.sum())


@_answer
def nm007(t: Any) -> Any:
    d = deals(t)
    return int(d[d.deal_stage.eq("Engaging") & d.sales_agent.eq("Maureen Marcano")].age.max())


@_answer
def nm008(t: Any) -> Any:
    d = deals(t)
    return dic(d[d.won].groupby("regional_office").cycle.median())


@_answer
def nm009(t: Any) -> Any:
    return int(between(deals(t), "2017-12-18", "2017-12-24").lost.sum())


@_answer
def nm010(t: Any) -> Any:
    d = deals(t)
    s = d[d.open].groupby("sales_agent").size()
    return dic(s[s > 100])


@_answer
def nm011(t: Any) -> Any:
    d = deals(t)
    return int(d[d.won].close_value.max())


@_answer
def nm012(t: Any) -> Any:
    d = between(deals(t), "2017-11-01", "2017-11-30")
    return int(d[d.won & d.sales_agent.eq("Darcel Schlecht")].account.nunique())


@_answer
def nm013(t: Any) -> Any:
    d = deals(t)
    w = d[d.won & d.regional_office.eq("West")]
    return float(w[w.sales_agent.eq("Kami Bicknell")].close_value.mean() - w.close_value.mean())


@_answer
def nm014(t: Any) -> Any:
    d = deals(t)
    o = d[d.open]
    return float(o.deal_stage.eq("Prospecting").mean())


@_answer
def nm015(t: Any) -> Any:
    d = deals(t)
    return dic(d[d["product"].eq("GTK 500")].groupby("deal_stage").size())


@_answer
def nm016(t: Any) -> Any:
    return int((~t.sales_teams.sales_agent.isin(t.sales_pipeline.sales_agent)).sum())


@_answer
def nm017(t: Any) -> Any:
    d = deals(t)
    s = d[d.won].groupby("sales_agent").size()
    c = s["Cassey Cress"]
    assert (s == c).sum() == 1, "tie"
    return int((s > c).sum() + 1)


@_answer
def nm018(t: Any) -> Any:
    d = deals(t)
    d = d[d.manager.eq("Rocco Neubert")]
    return dic(winrate(between(d, "2017-04-01", "2017-09-30"), "cq"))


@_answer
def nm019(t: Any) -> Any:
    d = deals(t)
    w = d[d.won]
    return dic(w.groupby(w.close_date.dt.day_name()).size())


@_answer
def nm021(t: Any) -> Any:
    d = deals(t)
    return dic(d[d.deal_stage.eq("Engaging") & (d.age > 180)].groupby("regional_office").size())


@_answer
def nm022(t: Any) -> Any:
    d = deals(t)
    return top(d[d.open & d.account.isna()].groupby("sales_agent").size(), 4)


@_answer
def nm023(t: Any) -> Any:
    d = deals(t)
    g = d[d.won].pivot_table(index="sales_agent", columns="cq", values="close_value", aggfunc="sum", fill_value=0)
    return top(g["2017-Q4"] - g["2017-Q3"], 1, largest=False)


@_answer
def nm024(t: Any) -> Any:
    d = deals(t)
    return int((d.won & d.manager.eq("Cara Losch") & (d.cycle < 10)).sum())


@_answer
def nm026(t: Any) -> Any:
    d = deals(t)
    return winrate(d[d.year_established < 1985])


@_answer
def nm028(t: Any) -> Any:
    d = deals(t)
    return dic(d[d.open].groupby("product").size())


@_answer
def nm029(t: Any) -> Any:
    d = deals(t)
    return dic(d[d.lost].groupby("sector").cycle.mean())


@_answer
def nm030(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    return float(d[d.won].series.eq("GTX").mean())


@_answer
def nm031(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    return dic(d[d.won].groupby("cq").close_value.sum())


@_answer
def nm032(t: Any) -> Any:
    d = deals(t)
    return float(d[d.won & d["product"].eq("MG Advanced") & d.regional_office.eq("Central")].close_value.median())


@_answer
def nm033(t: Any) -> Any:
    d = deals(t)
    return int((d[d.won].groupby("account")["sales_agent"].nunique() >= 20).sum())


@_answer
def nm034(t: Any) -> Any:
    d = deals(t)
    w = d[d.won & d.office_location.ne("United States")]
    return dic(w.groupby("office_location").close_value.sum())


@_answer
def nm035(t: Any) -> Any:
    d = deals(t)
    return int(between(d, "2017-07-01", "2017-07-31", "engage_date").open.sum())


@_answer
def nm036(t: Any) -> Any:
    d = deals(t)
    return dic(winrate(d[d.sector.isin(["software", "finance"])], "sector"))


@_answer
def nm037(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    return dic(d[d.won & d.sales_agent.eq("Vicki Laflamme")].groupby("cmonth").size())


@_answer
def nm038(t: Any) -> Any:
    return top(winrate(deals(t), "sector"), 1)


@_answer
def nm039(t: Any) -> Any:
    d = deals(t)
    w = d[d.won].groupby("cq").size()
    return int(w["2017-Q4"] - w["2017-Q3"])


@_answer
def nm040(t: Any) -> Any:
    d = deals(t)
    return dic(d[d.deal_stage.eq("Engaging")].groupby("manager").age.mean())


@_answer
def nm041(t: Any) -> Any:
    d = deals(t)
    return int(d[d.won & d.subsidiary_of.eq("Acme Corporation")].close_value.sum())


@_answer
def nm044(t: Any) -> Any:
    d = between(deals(t), "2017-12-01", "2017-12-31")
    return dic(d[d.closed].groupby("regional_office").size())


@_answer
def nm046(t: Any) -> Any:
    d = deals(t)
    return int(d[d.open].sales_price.sum())


@_answer
def nm047(t: Any) -> Any:
    d = deals(t)
    g = d[d.won].groupby("product")[["close_value", "sales_price"]].sum()
    return dic(g.close_value / g.sales_price)


@_answer
def nm048(t: Any) -> Any:
    d = deals(t)
    return int((d.won & (d.close_value < d.sales_price)).sum())


@_answer
def nm049(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    s = d[d.won].groupby("account").close_value.sum()
    return sum(top(s, 10).values()) / float(s.sum())


@_answer
def nm050(t: Any) -> Any:
    d = deals(t)
    s = d[d.won].groupby("cmonth").close_value.sum()
    return float(s["2017-12"] / s["2017-11"] - 1)


@_answer
def nm051(t: Any) -> Any:
    return dic(t.accounts.groupby("sector").revenue.mean())


@_answer
def nm052(t: Any) -> Any:
    return int(t.accounts[t.accounts.sector.eq("retail")].employees.sum())


@_answer
def nm053(t: Any) -> Any:
    d = deals(t)
    return float(d[d.won & (d.employees > 10000)].close_value.mean())


@_answer
def nm054(t: Any) -> Any:
    d = between(deals(t), "2017-12-04", "2017-12-31")
    return dic(d[d.won].groupby("cweek").close_value.sum())


@_answer
def nm055(t: Any) -> Any:
    d = between(deals(t), "2017-03-01", "2017-12-31")
    return float(d[d.won].groupby("cmonth").size().mean())


@_answer
def nm056(t: Any) -> Any:
    d = between(deals(t), "2017-01-01", "2017-12-31")
    s = d[d.won].groupby("regional_office").close_value.sum()
    return dic(s / s.sum())


@_answer
def nm057(t: Any) -> Any:
    d = deals(t)
    b = d[d.won & d["product"].eq("GTK 500")].account
    return int((~t.accounts.account.isin(b)).sum())


@_answer
def nm059(t: Any) -> Any:
    d = between(deals(t), "2017-11-01", "2017-11-30")
    return float((d[d.won].close_value > 5000).mean())


@_answer
def nm060(t: Any) -> Any:
    d = between(deals(t), "2017-07-01", "2017-09-30")
    return dic(d[d.won].groupby("regional_office").close_value.mean())
