# ruff: noqa
"""Sixty short questions of an evaluator over the public sales tables, with their answers in pandas.

QUESTIONS holds (id, question); answers(folder) recomputes every reference figure from the CSV files.

Conventions of the reference figures
- Won and Lost are closed, Prospecting and Engaging are open. Revenue = sum of close_value of won deals;
  deal size / deal value = close_value of won deals. Win rate = won / (won + lost), loss rate = lost / (won + lost).
- Rates, shares and percent changes are on a 0..100 scale; nothing is rounded.
- A deal's period is its close day for won / lost / closed / revenue / win rate / cycle,
  its engage day for created / engaged / opened.
- Sales cycle = close day - engage day. Age = newest engage or close day in the data - engage day;
  Prospecting deals carry no engage day and therefore have no age.
- Calendar groups: months "2017-03", weeks by the ISO date of their Monday, quarters "2017-Q1".
- 'GTXPro' in the pipeline is 'GTX Pro'; sector 'technolgy' stays as it is spelt. Other names as the tables spell them.
- Groups without rows are left out; deals without an account belong to no account / sector / country group.
- Rankings (top n, bottom n) are dicts in ranking order; "which ... most" gives the winner(s), ties included.
- A yes/no comparison of two names or periods gives both figures.
- "revenue" of a deal group is deal revenue; "annual revenue" is the accounts column (in millions of USD).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

QUESTIONS: list[tuple[str, str]] = [
    ("xc01", "how many deals did we win in May 2017?"),
    ("xc02", "Revenue per manager in the second quarter of 2017"),
    ("xc03", "win rate by rep for GTX Basic in the East region"),
    ("xc04", "average sales cycle in days of won MG Advanced deals"),
    ("xc05", "median age of engaging deals per region"),
    ("xc06", "top 5 accounts by won revenue"),
    ("xc07", "Which rep has lost the most deals?"),
    ("xc08", "What share of our total revenue comes from each sector?"),
    ("xc09", "how many different accounts bought GTX Plus Pro in Q3 2017"),
    ("xc10", "number of won deals over 5k by region"),
    ("xc11", "avg deal size by product, excluding GTK 500"),
    ("xc12", "Quarter-over-quarter change in revenue through 2017, in dollars"),
    ("xc13", "deals engaged per month in 2017, central only"),
    ("xc14", "weekly won deals from 1 May to 28 May 2017"),
    ("xc15", "how many open deals have no account, by manager"),
    ("xc16", "How many subsidiaries does each parent company have?"),
    ("xc17", "average number of employees per account, by sector"),
    ("xc18", "how many accounts were founded before 1990, per sector"),
    ("xc19", "What is the median annual revenue of our retail accounts, in millions?"),
    ("xc20", "Anna Snelling vs Moses Frase: average deal size"),
    ("xc21", "Did the technology sector bring in more revenue in Q4 2017 than in Q3?"),
    ("xc22", "loss rate by sector for deals closed in the second half of 2017"),
    ("xc23", "GTX series revenue by month"),
    ("xc24", "Longest sales cycle among won deals for each product, in days"),
    ("xc25", "How many reps have won at least one GTK 500 deal?"),
    ("xc26", "top 3 reps by number of different accounts won in September 2017"),
    ("xc27", "reps with no deals at all, count per region"),
    ("xc28", "Valeur médiane des affaires gagnées par manager au 4e trimestre 2017"),
    ("xc29", "Wie viele Deals stehen je Produkt noch auf Prospecting?"),
    ("xc30", "Ciclo de venta medio en días de los negocios perdidos, por vendedor de la región Central"),
    ("xc31", "Quante trattative abbiamo perso ad agosto 2017, per regione?"),
    ("xc32", "Taxa de ganho de Darcel Schlecht em cada trimestre de 2017"),
    ("xc33", "Les 3 comptes avec le plus d'affaires perdues"),
    ("xc34", "Biggest single deal won by each manager's team"),
    ("xc35", "smallest won GTX Pro deal, in dollars"),
    ("xc36", "bottom 3 reps by win rate among those with at least 200 closed deals"),
    ("xc37", "Which sectors have an average deal size above 2,400?"),
    ("xc38", "won deals per account, only accounts with more than 70 wins"),
    ("xc39", "ganjaflex deals by stage"),
    ("xc40", "share of open deals still in prospecting, for each Central manager"),
    ("xc41", "How many engaging deals are older than 200 days, per rep in the West?"),
    ("xc42", "age in days of the oldest open deal per product"),
    ("xc43", "avg age of open MG Special deals on Rocco Neubert's team"),
    ("xc44", "deals won in fewer than 30 days from engaging, per manager"),
    ("xc45", "What percentage of all won deals took longer than 90 days to close?"),
    ("xc46", "median won deal value by product for accounts outside the United States"),
    ("xc47", "H2 2017 revenue from accounts with more than 10,000 employees"),
    ("xc48", "which month had the highest revenue?"),
    ("xc49", "Which manager had the lowest win rate in Q3 2017?"),
    ("xc50", "average number of won deals per account in each sector"),
    ("xc51", "deals engaged in 2016 by current stage"),
    ("xc52", "How many deals engaged in Q1 2017 were won in Q2 2017?"),
    ("xc53", "revenue from each Acme Corporation subsidiary"),
    ("xc54", "what % of total revenue did Melvin Marxen's team bring in?"),
    ("xc55", "By how many percentage points does West's win rate exceed East's?"),
    ("xc56", "won vs lost deals closed between 15 June and 15 July 2017"),
    ("xc57", "Number of won deals worth between 1,500 and 3,500 dollars, per quarter"),
    ("xc58", "revenue by region without Darcel Schlecht and Vicki Laflamme"),
    ("xc59", "How many accounts had no won deal in October 2017?"),
    ("xc60", "percent change in number of won deals from Q3 to Q4 2017, by region"),
]


def _load(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    folder = Path(folder)
    accounts = pd.read_csv(folder / "accounts.csv")
    products = pd.read_csv(folder / "products.csv")
    teams = pd.read_csv(folder / "sales_teams.csv")
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    accounts["sector"] = accounts["sector"].replace({"technology": "technolgy"})
    deals["product"] = deals["product"].replace({"GTXPro": "GTX Pro"})
    accounts = accounts.rename(columns={"revenue": "annual_revenue"})
    teams = teams.rename(columns={"regional_office": "region"})
    d = deals.merge(teams, on="sales_agent", how="left", validate="m:1")
    d = d.merge(products[["product", "series"]], on="product", how="left", validate="m:1")
    d = d.merge(accounts, on="account", how="left", validate="m:1")
    assert len(d) == len(deals)
    assert d["manager"].notna().all() and d["series"].notna().all()
    assert d.loc[d["account"].notna(), "sector"].notna().all()
    newest = max(d["engage_date"].max(), d["close_date"].max())
    d["won"] = d["deal_stage"].eq("Won")
    d["lost"] = d["deal_stage"].eq("Lost")
    d["closed"] = d["won"] | d["lost"]
    d["cycle"] = (d["close_date"] - d["engage_date"]).dt.days
    d["age"] = (newest - d["engage_date"]).dt.days.where(~d["closed"])
    for side in ("engage", "close"):
        day = d[f"{side}_date"]
        d[f"{side}_month"] = day.dt.strftime("%Y-%m")
        quarter = "Q" + day.dt.quarter.astype("Int64").astype("string")
        d[f"{side}_q"] = (day.dt.year.astype("Int64").astype("string") + "-" + quarter).astype(object)
        d[f"{side}_week"] = (day - pd.to_timedelta(day.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")
    return d, accounts, teams


def _plain(x: Any) -> Any:
    if isinstance(x, pd.Series):
        return {str(k): _plain(v) for k, v in x.items()}
    x = x.item() if hasattr(x, "item") else x
    return int(x) if isinstance(x, float) and x.is_integer() else x


def answers(folder: Path) -> dict[str, Any]:
    """Reference figure of every question: a number, or a dict of group name -> number."""
    d, acc, teams = _load(folder)
    won, lost, closed = d[d["won"]], d[d["lost"]], d[d["closed"]]
    opened, engaging = d[~d["closed"]], d[d["deal_stage"].eq("Engaging")]
    REP, VAL = "sales_agent", "close_value"
    desc: dict[str, Any] = {"ascending": False, "kind": "stable"}

    def win_rate(rows: pd.DataFrame, by: str) -> pd.Series:
        return rows.groupby(by)["won"].mean() * 100

    def between(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
        return rows[rows["close_date"].between(pd.Timestamp(first), pd.Timestamp(last))]

    def quarter(rows: pd.DataFrame, q: str) -> pd.DataFrame:
        return rows[rows["close_q"].eq(q)]

    def month(rows: pd.DataFrame, m: str) -> pd.DataFrame:
        return rows[rows["close_month"].eq(m)]

    total = won[VAL].sum()
    a: dict[str, Any] = {}
    a["xc01"] = len(month(won, "2017-05"))
    a["xc02"] = quarter(won, "2017-Q2").groupby("manager")[VAL].sum()
    a["xc03"] = win_rate(closed[closed["product"].eq("GTX Basic") & closed["region"].eq("East")], REP)
    a["xc04"] = won.loc[won["product"].eq("MG Advanced"), "cycle"].mean()
    a["xc05"] = engaging.groupby("region")["age"].median()
    a["xc06"] = won.groupby("account")[VAL].sum().nlargest(5, keep="all")
    s = lost.groupby(REP).size()
    a["xc07"] = s[s.eq(s.max())]
    a["xc08"] = won.groupby("sector")[VAL].sum() / total * 100
    a["xc09"] = quarter(won, "2017-Q3").loc[lambda r: r["product"].eq("GTX Plus Pro"), "account"].nunique()
    a["xc10"] = won[won[VAL] > 5000].groupby("region").size()
    a["xc11"] = won[won["product"].ne("GTK 500")].groupby("product")[VAL].mean()
    a["xc12"] = won.groupby("close_q")[VAL].sum().sort_index().diff().dropna()
    rows = d[d["engage_date"].dt.year.eq(2017) & d["region"].eq("Central")]
    a["xc13"] = rows.groupby("engage_month").size()
    a["xc14"] = between(won, "2017-05-01", "2017-05-28").groupby("close_week").size()
    a["xc15"] = opened[opened["account"].isna()].groupby("manager").size()
    a["xc16"] = acc.dropna(subset=["subsidiary_of"]).groupby("subsidiary_of").size()
    a["xc17"] = acc.groupby("sector")["employees"].mean()
    a["xc18"] = acc[acc["year_established"] < 1990].groupby("sector").size()
    a["xc19"] = acc.loc[acc["sector"].eq("retail"), "annual_revenue"].median()
    a["xc20"] = won[won[REP].isin(["Anna Snelling", "Moses Frase"])].groupby(REP)[VAL].mean()
    rows = won[won["sector"].eq("technolgy") & won["close_q"].isin(["2017-Q3", "2017-Q4"])]
    a["xc21"] = rows.groupby("close_q")[VAL].sum()
    a["xc22"] = between(closed, "2017-07-01", "2017-12-31").groupby("sector")["lost"].mean() * 100
    a["xc23"] = won[won["series"].eq("GTX")].groupby("close_month")[VAL].sum()
    a["xc24"] = won.groupby("product")["cycle"].max()
    a["xc25"] = won.loc[won["product"].eq("GTK 500"), REP].nunique()
    a["xc26"] = month(won, "2017-09").groupby(REP)["account"].nunique().nlargest(3, keep="all")
    a["xc27"] = teams[~teams[REP].isin(d[REP])].groupby("region").size()
    a["xc28"] = quarter(won, "2017-Q4").groupby("manager")[VAL].median()
    a["xc29"] = d[d["deal_stage"].eq("Prospecting")].groupby("product").size()
    a["xc30"] = lost[lost["region"].eq("Central")].groupby(REP)["cycle"].mean()
    a["xc31"] = month(lost, "2017-08").groupby("region").size()
    a["xc32"] = win_rate(closed[closed[REP].eq("Darcel Schlecht")], "close_q")
    a["xc33"] = lost.groupby("account").size().nlargest(3, keep="all")
    a["xc34"] = won.groupby("manager")[VAL].max()
    a["xc35"] = won.loc[won["product"].eq("GTX Pro"), VAL].min()
    g = closed.groupby(REP)["won"].agg(["size", "mean"])
    a["xc36"] = (g.loc[g["size"] >= 200, "mean"] * 100).nsmallest(3, keep="all")
    s = won.groupby("sector")[VAL].mean()
    a["xc37"] = s[s > 2400].sort_values(**desc)
    s = won.groupby("account").size()
    a["xc38"] = s[s > 70].sort_values(**desc)
    a["xc39"] = d[d["account"].eq("Ganjaflex")].groupby("deal_stage").size()
    rows = opened[opened["region"].eq("Central")]
    a["xc40"] = rows["deal_stage"].eq("Prospecting").groupby(rows["manager"]).mean() * 100
    a["xc41"] = engaging[engaging["region"].eq("West") & (engaging["age"] > 200)].groupby(REP).size()
    a["xc42"] = opened.groupby("product")["age"].max().dropna()
    a["xc43"] = opened.loc[opened["product"].eq("MG Special") & opened["manager"].eq("Rocco Neubert"), "age"].mean()
    a["xc44"] = won[won["cycle"] < 30].groupby("manager").size()
    a["xc45"] = (won["cycle"] > 90).mean() * 100
    rows = won[won["office_location"].notna() & won["office_location"].ne("United States")]
    a["xc46"] = rows.groupby("product")[VAL].median()
    a["xc47"] = between(won, "2017-07-01", "2017-12-31").loc[lambda r: r["employees"] > 10000, VAL].sum()
    s = won.groupby("close_month")[VAL].sum()
    a["xc48"] = s[s.eq(s.max())]
    s = win_rate(quarter(closed, "2017-Q3"), "manager")
    a["xc49"] = s[s.eq(s.min())]
    a["xc50"] = won.groupby("sector").size() / acc.groupby("sector").size()
    a["xc51"] = d[d["engage_date"].dt.year.eq(2016)].groupby("deal_stage").size()
    a["xc52"] = int((won["engage_q"].eq("2017-Q1") & won["close_q"].eq("2017-Q2")).sum())
    a["xc53"] = won[won["subsidiary_of"].eq("Acme Corporation")].groupby("account")[VAL].sum()
    a["xc54"] = won.loc[won["manager"].eq("Melvin Marxen"), VAL].sum() / total * 100
    s = win_rate(closed, "region")
    a["xc55"] = s["West"] - s["East"]
    a["xc56"] = between(closed, "2017-06-15", "2017-07-15").groupby("deal_stage").size()
    a["xc57"] = won[won[VAL].between(1500, 3500)].groupby("close_q").size()
    a["xc58"] = won[~won[REP].isin(["Darcel Schlecht", "Vicki Laflamme"])].groupby("region")[VAL].sum()
    a["xc59"] = int((~acc["account"].isin(month(won, "2017-10")["account"])).sum())
    q3, q4 = (quarter(won, q).groupby("region").size() for q in ("2017-Q3", "2017-Q4"))
    a["xc60"] = (q4 - q3) / q3 * 100
    return {k: _plain(v) for k, v in a.items()}
