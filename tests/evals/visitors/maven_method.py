# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Sixty unseen questions over the public Maven CRM tables, with answers computed by pandas straight from the CSV files.

Conventions: Won and Lost are closed, Prospecting and Engaging are open; win rate = won / (won + lost);
revenue and deal size are the close value of won deals; cycle = close day minus engage day; the age of an
open deal counts from the newest date in the data (Prospecting deals have no engage day, hence no age).
Rates and shares are 0..100, nothing is rounded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

QUESTIONS = [
    ("xg01", "Average days to lose a deal, per manager"),
    ("xg02", "how many different accounts bought from Zane Levy in Q2 2017?"),
    ("xg03", "GTX Plus Pro's share of West revenue"),
    ("xg04", "Median value of won GTX Basic deals by sector"),
    ("xg05", "Revenue growth in the East region from Q2 2017 to Q3 2017"),
    ("xg06", "deals engaged per month in 2016"),
    ("xg07", "Top 5 accounts by number of lost deals in Q4 2017"),
    ("xg08", "Show the win rate of Celia Rouche's team month by month"),
    ("xg09", "How many reps brought in more than $400,000 of revenue?"),
    ("xg10", "Did Central lose more deals in Q4 2017 than in Q3 2017?"),
    ("xg11", "Rosalina Dieter's open deals split by prodcut"),
    ("xg12", "What is the mean age of Engaging deals per regional office?"),
    ("xg13", "How many days old is each manager's oldest Engaging deal?"),
    ("xg14", "Quanti affari ha perso il team di Summer Sewald ad agosto 2017?"),
    ("xg15", "Medianwert der gewonnenen Deals je Region im Mai 2017"),
    ("xg16", "Taux de réussite de MG Advanced par secteur"),
    ("xg17", "¿Cuántas cuentas tienen su sede fuera de Estados Unidos?"),
    ("xg18", "Duração média do ciclo dos negócios ganhos por trimestre"),
    ("xg19", "Les 3 commerciaux avec le plus d'affaires gagnées dans la région East"),
    ("xg20", "won deals worth more than $5,000, by product"),
    ("xg21", "Count the accounts founded before 1990 in each sector"),
    ("xg22", "How many people do our retail accounts employ altogether?"),
    ("xg23", "median annual revenue of software accounts, in millions"),
    ("xg24", "Which manager has the highest average deal size?"),
    ("xg25", "Which product had the lowest win rate in September 2017?"),
    ("xg26", "Rank Rocco Neubert's reps by revenue in October 2017"),
    ("xg27", "Anna Snelling vs Cecily Lampkin: median cycle of won deals"),
    ("xg28", "Value of the largest won deal in every quarter"),
    ("xg29", "Open deals without an account, by stage"),
    ("xg30", "Give me the percentage of each manager's deals that are still open"),
    ("xg31", "weekly number of won deals in May 2017"),
    ("xg32", "How many deals engaged in 2016 ended up lost?"),
    ("xg33", "Win rate by region for deals engaged in Q1 2017"),
    ("xg34", "In how many sectors has Wilburn Farren won GTX Plus Pro deals?"),
    ("xg35", "how many accounts have never bought GTK 500?"),
    ("xg36", "What percent of Hottechi's closed deals were lost?"),
    ("xg37", "Average number of won deals per finance account"),
    ("xg38", "How many deals did we win at Acme Corporation's subsidiaries?"),
    ("xg39", "Number of subsidiaries per parent company"),
    ("xg40", "avrage founding year of accounts by sector"),
    ("xg41", "MG series revenue, Q2 2017 against Q4 2017"),
    ("xg42", "Average deal size by product series"),
    ("xg43", "How many deals were won in fewer than 10 days, by region?"),
    ("xg44", "Longest cycle of a lost deal for each sector, in days"),
    ("xg45", "Engaging deals older than 200 days, per product"),
    ("xg46", "Vicki Laflamme revnue by month, July to December 2017"),
    ("xg47", "Which month was the best for GTX Basic revenue?"),
    ("xg48", "Average number of wins per month from April to September 2017"),
    ("xg49", "How many sales reps have no deals at all?"),
    ("xg50", "In days, the change in median won cycle, Q3 to Q4 2017"),
    ("xg51", "Top 10 accounts by won revenue: their combined share of total revenue"),
    ("xg52", "Each region's share of all Q4 2017 wins"),
    ("xg53", "Average deal size at accounts with over 5,000 employees"),
    ("xg54", "Won revenue by office location, excluding the United States"),
    ("xg55", "how many acounts had both a win and a loss in December 2017?"),
    ("xg56", "Won-to-lost ratio per manager for technolgy accounts"),
    ("xg57", "Distinct accounts with a won deal in June 2017, per manager"),
    ("xg58", "What share of won deals was worth less than $100?"),
    ("xg59", "How many deals engaged in July 2017 are still open?"),
    ("xg60", "Who spent more with us in November 2017, Condax or Konex?"),
]


def _load(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    folder = Path(folder)
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    accounts = pd.read_csv(folder / "accounts.csv")
    teams = pd.read_csv(folder / "sales_teams.csv")
    products = pd.read_csv(folder / "products.csv")
    for frame in (deals, accounts, teams, products):
        for column in frame.columns:
            if not pd.api.types.is_numeric_dtype(frame[column]) and not pd.api.types.is_datetime64_any_dtype(
                frame[column]
            ):
                frame[column] = frame[column].str.strip()
    deals["product"] = deals["product"].replace({"GTXPro": "GTX Pro"})
    n = len(deals)
    deals = deals.merge(teams, on="sales_agent", how="left", validate="m:1")
    deals = deals.merge(products, on="product", how="left", validate="m:1")
    deals = deals.merge(accounts, on="account", how="left", validate="m:1")
    assert len(deals) == n
    assert deals[["manager", "regional_office", "series"]].notna().all().all()
    assert deals.loc[deals.account.notna(), "sector"].notna().all()
    newest = max(deals.engage_date.max(), deals.close_date.max())
    deals["cycle"] = (deals.close_date - deals.engage_date).dt.days
    deals["age"] = (newest - deals.engage_date).dt.days
    for name, column in (("c", "close_date"), ("e", "engage_date")):
        day = deals[column]
        has = day.notna()
        deals.loc[has, name + "_month"] = day[has].dt.strftime("%Y-%m")
        deals.loc[has, name + "_quarter"] = day[has].dt.year.astype(str) + "-Q" + day[has].dt.quarter.astype(str)
        deals.loc[has, name + "_year"] = day[has].dt.year.astype(str)
        monday = day[has] - pd.to_timedelta(day[has].dt.day_of_week, unit="D")
        deals.loc[has, name + "_week"] = monday.dt.strftime("%Y-%m-%d")
    return deals, accounts, teams


def _d(series: pd.Series) -> dict[str, Any]:
    return {str(k): v.item() if hasattr(v, "item") else v for k, v in series.items()}


def _top(series: pd.Series, n: int) -> dict[str, Any]:
    return _d(series.sort_values(ascending=False, kind="stable").head(n))


def _best(series: pd.Series, lowest: bool = False) -> dict[str, Any]:
    edge = series.min() if lowest else series.max()
    return _d(series[series == edge])


def answers(folder: Path) -> dict[str, Any]:
    deals, accounts, teams = _load(folder)
    won = deals[deals.deal_stage == "Won"]
    lost = deals[deals.deal_stage == "Lost"]
    closed = deals[deals.deal_stage.isin(["Won", "Lost"])]
    open_ = deals[deals.deal_stage.isin(["Prospecting", "Engaging"])]
    engaging = deals[deals.deal_stage == "Engaging"]

    def win_rate(rows: pd.DataFrame, by: str) -> pd.Series:
        rows = rows[rows.deal_stage.isin(["Won", "Lost"])]
        return (rows.deal_stage == "Won").groupby(rows[by]).mean() * 100

    a: dict[str, Any] = {}
    a["xg01"] = _d(lost.groupby("manager").cycle.mean())
    a["xg02"] = int(won[(won.sales_agent == "Zane Levy") & (won.c_quarter == "2017-Q2")].account.nunique())
    west = won[won.regional_office == "West"]
    a["xg03"] = float(west[west["product"] == "GTX Plus Pro"].close_value.sum() / west.close_value.sum() * 100)
    a["xg04"] = _d(won[won["product"] == "GTX Basic"].groupby("sector").close_value.median())
    east = won[won.regional_office == "East"].groupby("c_quarter").close_value.sum()
    a["xg05"] = float((east["2017-Q3"] - east["2017-Q2"]) / east["2017-Q2"] * 100)
    a["xg06"] = _d(deals[deals.e_year == "2016"].groupby("e_month").size())
    a["xg07"] = _top(lost[lost.c_quarter == "2017-Q4"].groupby("account").size(), 5)
    a["xg08"] = _d(win_rate(deals[deals.manager == "Celia Rouche"], "c_month"))
    a["xg09"] = int((won.groupby("sales_agent").close_value.sum() > 400_000).sum())
    central = lost[(lost.regional_office == "Central") & lost.c_quarter.isin(["2017-Q3", "2017-Q4"])]
    a["xg10"] = _d(central.groupby("c_quarter").size())
    a["xg11"] = _d(open_[open_.sales_agent == "Rosalina Dieter"].groupby("product").size())
    a["xg12"] = _d(engaging.groupby("regional_office").age.mean())
    a["xg13"] = {k: int(v) for k, v in engaging.groupby("manager").age.max().items()}
    a["xg14"] = int(((lost.manager == "Summer Sewald") & (lost.c_month == "2017-08")).sum())
    a["xg15"] = _d(won[won.c_month == "2017-05"].groupby("regional_office").close_value.median())
    a["xg16"] = _d(win_rate(deals[deals["product"] == "MG Advanced"], "sector"))
    a["xg17"] = int((accounts.office_location != "United States").sum())
    a["xg18"] = _d(won.groupby("c_quarter").cycle.mean())
    a["xg19"] = _top(won[won.regional_office == "East"].groupby("sales_agent").size(), 3)
    a["xg20"] = _d(won[won.close_value > 5000].groupby("product").size())
    a["xg21"] = _d(accounts[accounts.year_established < 1990].groupby("sector").size())
    a["xg22"] = int(accounts[accounts.sector == "retail"].employees.sum())
    a["xg23"] = float(accounts[accounts.sector == "software"].revenue.median())
    a["xg24"] = _best(won.groupby("manager").close_value.mean())
    a["xg25"] = _best(win_rate(deals[deals.c_month == "2017-09"], "product"), lowest=True)
    rocco = won[(won.manager == "Rocco Neubert") & (won.c_month == "2017-10")]
    a["xg26"] = _top(rocco.groupby("sales_agent").close_value.sum(), 100)
    pair = won[won.sales_agent.isin(["Anna Snelling", "Cecily Lampkin"])]
    a["xg27"] = _d(pair.groupby("sales_agent").cycle.median())
    a["xg28"] = _d(won.groupby("c_quarter").close_value.max())
    a["xg29"] = _d(open_[open_.account.isna()].groupby("deal_stage").size())
    a["xg30"] = _d(deals.deal_stage.isin(["Prospecting", "Engaging"]).groupby(deals.manager).mean() * 100)
    a["xg31"] = _d(won[won.c_month == "2017-05"].groupby("c_week").size())
    a["xg32"] = int((lost.e_year == "2016").sum())
    a["xg33"] = _d(win_rate(deals[deals.e_quarter == "2017-Q1"], "regional_office"))
    a["xg34"] = int(won[(won.sales_agent == "Wilburn Farren") & (won["product"] == "GTX Plus Pro")].sector.nunique())
    buyers = set(won[won["product"] == "GTK 500"].account)
    a["xg35"] = int((~accounts.account.isin(buyers)).sum())
    hottechi = closed[closed.account == "Hottechi"]
    a["xg36"] = float((hottechi.deal_stage == "Lost").mean() * 100)
    a["xg37"] = float((won.sector == "finance").sum() / (accounts.sector == "finance").sum())
    a["xg38"] = int((won.subsidiary_of == "Acme Corporation").sum())
    a["xg39"] = _d(accounts[accounts.subsidiary_of.notna()].groupby("subsidiary_of").size())
    a["xg40"] = _d(accounts.groupby("sector").year_established.mean())
    mg = won[(won.series == "MG") & won.c_quarter.isin(["2017-Q2", "2017-Q4"])]
    a["xg41"] = _d(mg.groupby("c_quarter").close_value.sum())
    a["xg42"] = _d(won.groupby("series").close_value.mean())
    a["xg43"] = _d(won[won.cycle < 10].groupby("regional_office").size())
    a["xg44"] = {k: int(v) for k, v in lost.groupby("sector").cycle.max().items()}
    a["xg45"] = _d(engaging[engaging.age > 200].groupby("product").size())
    vicki = won[(won.sales_agent == "Vicki Laflamme") & (won.c_month >= "2017-07") & (won.c_month <= "2017-12")]
    a["xg46"] = _d(vicki.groupby("c_month").close_value.sum())
    a["xg47"] = _best(won[won["product"] == "GTX Basic"].groupby("c_month").close_value.sum())
    a["xg48"] = float(((won.c_month >= "2017-04") & (won.c_month <= "2017-09")).sum() / 6)
    a["xg49"] = int((~teams.sales_agent.isin(set(deals.sales_agent))).sum())
    medians = won.groupby("c_quarter").cycle.median()
    a["xg50"] = float(medians["2017-Q4"] - medians["2017-Q3"])
    per_account = won.groupby("account").close_value.sum().sort_values(ascending=False)
    a["xg51"] = float(per_account.head(10).sum() / won.close_value.sum() * 100)
    q4 = won[won.c_quarter == "2017-Q4"]
    a["xg52"] = _d(q4.groupby("regional_office").size() / len(q4) * 100)
    a["xg53"] = float(won[won.employees > 5000].close_value.mean())
    a["xg54"] = _d(won[won.office_location != "United States"].groupby("office_location").close_value.sum())
    a["xg55"] = len(set(won[won.c_month == "2017-12"].account) & set(lost[lost.c_month == "2017-12"].account))
    tech = closed[closed.sector == "technolgy"]
    counts = tech.groupby(["manager", "deal_stage"]).size().unstack(fill_value=0)
    a["xg56"] = _d(counts["Won"] / counts["Lost"])
    a["xg57"] = _d(won[won.c_month == "2017-06"].groupby("manager").account.nunique())
    a["xg58"] = float((won.close_value < 100).mean() * 100)
    a["xg59"] = int((open_.e_month == "2017-07").sum())
    duel = won[won.account.isin(["Condax", "Konex"]) & (won.c_month == "2017-11")]
    a["xg60"] = _d(duel.groupby("account").close_value.sum())
    return {key: a[key] for key, _ in QUESTIONS}
