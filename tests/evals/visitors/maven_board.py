# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Sixty unseen board-meeting and phone questions over the public Maven CRM tables, with exact answers by pandas.

Rates and shares are 0..100, cycle times and ages are days, nothing is rounded.
Ages count from the newest date in the deals table; deals without an engage date have no age.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

QUESTIONS = [
    ("xe01", "How many open deals does each manager's team hold?"),
    ("xe02", "Revenue by product series in Q3 2017"),
    ("xe03", "This is Kary Hendrixson, how many open GTX Basic deals have I got?"),
    ("xe04", "Top five accounts by revenue from West reps"),
    ("xe05", "avarage deal size in retial, Q2 2017"),
    ("xe06", "Win rate by sector for deals closed in the second half of 2017"),
    ("xe07", "Did our win rate improve from Q2 to Q3 2017?"),
    ("xe08", "Percentage-point change in East's win rate from Q3 to Q4 2017"),
    ("xe09", "Each region's share of Q4 2017 revenue"),
    ("xe10", "What percentage of open deals have no account yet?"),
    ("xe11", "How many deals did we engage each quarter, 2016 included?"),
    ("xe12", "Lost deals week by week, 5 June to 2 July 2017"),
    ("xe13", "Won revenue by country of the account, leaving out the United States"),
    ("xe14", "Which three sectors brought in the least revenue in Q4 2017?"),
    ("xe15", "Median value of won deals, by manager"),
    ("xe16", "Which product has the longest average sales cycle among won deals?"),
    ("xe17", "Quarter-over-quarter revenue growth in percent through 2017"),
    ("xe18", "How many different accounts bought MG Special in Q4 2017?"),
    ("xe19", "How many of our accounts have never bought a GTK 500?"),
    ("xe20", "How many reps on our sales teams have no deals at all?"),
    ("xe21", "Open deals older than 180 days, count per region"),
    ("xe22", "Median age of Engaging deals per product"),
    ("xe23", "How old is Vicki Laflamme's oldest open deal, in days?"),
    ("xe24", "Average cycle of won versus lost deals, in days"),
    ("xe25", "How many won deals took more than 120 days to close?"),
    ("xe26", "Give me the largest single won deal for each East rep"),
    ("xe27", "Second-best product by revenue?"),
    ("xe28", "Change in number of won deals by product, Q3 to Q4 2017"),
    ("xe29", "GTX Plus Pro's share of total revenue, quarter by quarter"),
    ("xe30", "Accounts per sector, biggest sector first"),
    ("xe31", "Average headcount of our marketing accounts"),
    ("xe32", "How many subsidiaries does each parent company have?"),
    ("xe33", "Median annual company revenue of accounts founded before 1990"),
    ("xe34", "Three largest accounts outside the United States by number of employees"),
    ("xe35", "Won revenue from accounts with over 10,000 employees, by sales region"),
    ("xe36", "What percentage of our won revenue comes from accounts that are subsidiaries?"),
    ("xe37", "Deals won from 15 April through 15 May 2017, split by regional office"),
    ("xe38", "Of all deals engaged in January 2017, open ones included, what percentage was won?"),
    ("xe39", "List reps with total revenue above 400,000 dollars"),
    ("xe40", "Isdom: number of deals in each stage"),
    ("xe41", "East or West: who lost fewer deals in September 2017?"),
    ("xe42", "How many dollars is Melvin Marxen's team ahead of Celia Rouche's in revenue?"),
    ("xe43", "Won deals worth between 2,000 and 4,000 dollars, count by product"),
    ("xe44", "revenu Moses Frase vs Cecily Lampkin Q4 2017"),
    ("xe45", "Chiffre d'affaires mensuel de l'équipe de Rocco Neubert"),
    ("xe46", "Wie viele Deals hat das Team von Cara Losch im Juli 2017 verloren?"),
    ("xe47", "Tasa de éxito (ganadas sobre cerradas) de Versie Hillebrand por producto"),
    ("xe48", "Durata mediana del ciclo delle trattative perse, per regione"),
    ("xe49", "Quais são os três clientes com mais negócios perdidos?"),
    ("xe50", "Durchschnittliche Größe gewonnener Deals je Branche, nur GTX Pro"),
    ("xe51", "Who won the most deals in November 2017?"),
    ("xe52", "What share of Central's revenue comes from Darcel Schlecht?"),
    ("xe53", "Revenue growth Q2 to Q3 2017 in percent, technology accounts only"),
    ("xe54", "Lost MG Advanced plus GTX Pro deals at telecommunications accounts, combined count"),
    ("xe55", "five reps with the higest win rate, best first"),
    ("xe56", "How many different products has each sector bought?"),
    ("xe57", "Revenue excluding the GTX series, up to the end of August 2017"),
    ("xe58", "Whose open deals are older on average, Celia Rouche's or Summer Sewald's?"),
    ("xe59", "hwo many deals did Kami Bicknell open in August 2017"),
    ("xe60", "Average cycle of won deals, month by month"),
]


def _load(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    accounts = pd.read_csv(folder / "accounts.csv")
    products = pd.read_csv(folder / "products.csv")
    teams = pd.read_csv(folder / "sales_teams.csv")
    deals["product"] = deals["product"].replace({"GTXPro": "GTX Pro"})
    rows = len(deals)
    deals = deals.merge(teams, on="sales_agent", how="left", validate="many_to_one")
    deals = deals.merge(products[["product", "series"]], on="product", how="left", validate="many_to_one")
    deals = deals.merge(
        accounts.rename(columns={"revenue": "annual_revenue"}), on="account", how="left", validate="many_to_one"
    )
    assert len(deals) == rows
    assert deals[["manager", "series"]].notna().all().all()
    newest = max(deals["engage_date"].max(), deals["close_date"].max())
    deals["cycle"] = (deals["close_date"] - deals["engage_date"]).dt.days
    deals["age"] = (newest - deals["engage_date"]).dt.days
    for kind in ("engage", "close"):
        day = deals[f"{kind}_date"]
        deals[f"{kind}_q"] = (
            day.dt.year.astype("Int64").astype(str) + "-Q" + day.dt.quarter.astype("Int64").astype(str)
        ).where(day.notna())
        deals[f"{kind}_m"] = day.dt.strftime("%Y-%m")
        deals[f"{kind}_w"] = (day - pd.to_timedelta(day.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")
    return deals, accounts, teams


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Series):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return value.item() if hasattr(value, "item") else value


def answers(folder: Path) -> dict[str, Any]:
    d, acc, teams = _load(Path(folder))
    won = d[d["deal_stage"] == "Won"]
    lost = d[d["deal_stage"] == "Lost"]
    closed = d[d["deal_stage"].isin(["Won", "Lost"])]
    opened = d[d["deal_stage"].isin(["Prospecting", "Engaging"])]

    def rate(frame: pd.DataFrame) -> float:
        return 100 * float((frame["deal_stage"] == "Won").sum()) / len(frame)

    def rates(frame: pd.DataFrame, by: str) -> pd.Series:
        return (frame["deal_stage"] == "Won").groupby(frame[by]).mean() * 100

    def value(frame: pd.DataFrame) -> float:
        return frame["close_value"].sum()

    def values(frame: pd.DataFrame, by: str) -> pd.Series:
        return frame.groupby(by)["close_value"].sum()

    def quarter(frame: pd.DataFrame, q: str) -> pd.DataFrame:
        return frame[frame["close_q"] == q]

    def best(series: pd.Series) -> pd.Series:
        return series[series == series.max()]

    def down(series: pd.Series) -> pd.Series:
        return series.sort_values(ascending=False, kind="stable")

    q2, q3, q4 = "2017-Q2", "2017-Q3", "2017-Q4"
    a: dict[str, Any] = {}

    a["xe01"] = opened.groupby("manager").size()
    a["xe02"] = values(quarter(won, q3), "series")
    a["xe03"] = len(opened[(opened["sales_agent"] == "Kary Hendrixson") & (opened["product"] == "GTX Basic")])
    a["xe04"] = down(values(won[won["regional_office"] == "West"], "account")).head(5)
    a["xe05"] = quarter(won, q2).loc[lambda f: f["sector"] == "retail", "close_value"].mean()
    a["xe06"] = rates(closed[closed["close_q"].isin([q3, q4])], "sector")
    a["xe07"] = {q: rate(quarter(closed, q)) for q in (q2, q3)}
    ce = closed[closed["regional_office"] == "East"]
    a["xe08"] = rate(quarter(ce, q4)) - rate(quarter(ce, q3))
    a["xe09"] = values(quarter(won, q4), "regional_office") / value(quarter(won, q4)) * 100
    a["xe10"] = 100 * opened["account"].isna().sum() / len(opened)
    a["xe11"] = d.groupby("engage_q").size()
    span = lost[lost["close_date"].between("2017-06-05", "2017-07-02")]
    a["xe12"] = span.groupby("close_w").size()
    a["xe13"] = values(won[won["office_location"] != "United States"], "office_location")
    a["xe14"] = values(quarter(won, q4), "sector").sort_values().head(3)
    a["xe15"] = won.groupby("manager")["close_value"].median()
    a["xe16"] = best(won.groupby("product")["cycle"].mean())
    by_q = values(won, "close_q").sort_index()
    a["xe17"] = (by_q.pct_change() * 100).dropna()
    a["xe18"] = quarter(won, q4).loc[lambda f: f["product"] == "MG Special", "account"].nunique()
    a["xe19"] = (~acc["account"].isin(won.loc[won["product"] == "GTK 500", "account"])).sum()
    a["xe20"] = (~teams["sales_agent"].isin(d["sales_agent"])).sum()
    a["xe21"] = opened[opened["age"] > 180].groupby("regional_office").size()
    a["xe22"] = d[d["deal_stage"] == "Engaging"].groupby("product")["age"].median()
    a["xe23"] = opened.loc[opened["sales_agent"] == "Vicki Laflamme", "age"].max()
    a["xe24"] = {"Won": won["cycle"].mean(), "Lost": lost["cycle"].mean()}
    a["xe25"] = (won["cycle"] > 120).sum()
    a["xe26"] = won[won["regional_office"] == "East"].groupby("sales_agent")["close_value"].max()
    a["xe27"] = down(values(won, "product")).iloc[1:2]
    counts = {q: quarter(won, q).groupby("product").size() for q in (q3, q4)}
    a["xe28"] = counts[q4].sub(counts[q3], fill_value=0).astype(int)
    a["xe29"] = (values(won[won["product"] == "GTX Plus Pro"], "close_q") / by_q * 100).dropna()
    a["xe30"] = down(acc.groupby("sector").size())
    a["xe31"] = acc.loc[acc["sector"] == "marketing", "employees"].mean()
    a["xe32"] = acc.groupby("subsidiary_of").size()
    a["xe33"] = acc.loc[acc["year_established"] < 1990, "revenue"].median()
    abroad = acc[acc["office_location"] != "United States"].set_index("account")["employees"]
    a["xe34"] = down(abroad).head(3)
    a["xe35"] = values(won[won["employees"] > 10000], "regional_office")
    a["xe36"] = 100 * value(won[won["subsidiary_of"].notna()]) / value(won)
    a["xe37"] = won[won["close_date"].between("2017-04-15", "2017-05-15")].groupby("regional_office").size()
    a["xe38"] = rate(d[d["engage_m"] == "2017-01"])
    reps = values(won, "sales_agent")
    a["xe39"] = down(reps[reps > 400000])
    a["xe40"] = d[d["account"] == "Isdom"].groupby("deal_stage").size()
    sept = lost[lost["close_m"] == "2017-09"].groupby("regional_office").size()
    a["xe41"] = {r: sept[r] for r in ("East", "West")}
    mgr = values(won, "manager")
    a["xe42"] = mgr["Melvin Marxen"] - mgr["Celia Rouche"]
    a["xe43"] = won[won["close_value"].between(2000, 4000)].groupby("product").size()
    rq4 = values(quarter(won, q4), "sales_agent")
    a["xe44"] = {r: rq4[r] for r in ("Moses Frase", "Cecily Lampkin")}
    a["xe45"] = values(won[won["manager"] == "Rocco Neubert"], "close_m")
    a["xe46"] = len(lost[(lost["manager"] == "Cara Losch") & (lost["close_m"] == "2017-07")])
    a["xe47"] = rates(closed[closed["sales_agent"] == "Versie Hillebrand"], "product")
    a["xe48"] = lost.groupby("regional_office")["cycle"].median()
    a["xe49"] = down(lost.groupby("account").size()).head(3)
    a["xe50"] = won[won["product"] == "GTX Pro"].groupby("sector")["close_value"].mean()
    a["xe51"] = best(won[won["close_m"] == "2017-11"].groupby("sales_agent").size())
    a["xe52"] = 100 * reps["Darcel Schlecht"] / value(won[won["regional_office"] == "Central"])
    tech = won[won["sector"] == "technolgy"]
    a["xe53"] = 100 * (value(quarter(tech, q3)) / value(quarter(tech, q2)) - 1)
    a["xe54"] = len(lost[lost["product"].isin(["MG Advanced", "GTX Pro"]) & (lost["sector"] == "telecommunications")])
    a["xe55"] = down(rates(closed, "sales_agent")).head(5)
    a["xe56"] = won.groupby("sector")["product"].nunique()
    a["xe57"] = value(won[(won["series"] != "GTX") & (won["close_date"] <= "2017-08-31")])
    ages = opened.groupby("manager")["age"].mean()
    a["xe58"] = {m: ages[m] for m in ("Celia Rouche", "Summer Sewald")}
    a["xe59"] = len(d[(d["sales_agent"] == "Kami Bicknell") & (d["engage_m"] == "2017-08")])
    a["xe60"] = won.groupby("close_m")["cycle"].mean()
    return {key: _plain(v) for key, v in a.items()}
