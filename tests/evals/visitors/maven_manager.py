# ruff: noqa
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Forty-eight questions as a sales manager types them, over the public sales tables, with their answers in pandas.

In English, German, French, Spanish and Italian; the answers were written before any was tried. Won and Lost are closed,
the rest is open; revenue is the close value of won deals, by the day of closing; a cycle runs from engaging to closing,
an age from engaging to 2017-12-31. Parts are told from 0 to 100. At first sight 45 were right, 2 wrong, 1 refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tests.evals.visitors.demo_hurry import month, quarter, top

QUESTIONS = [
    ("fp01", "how many opportunities did Moses Frase win"),
    ("fp02", "revenue we closed in Q3 2017"),
    ("fp03", "win rate for each manager"),
    ("fp04", "best 3 sectors by won revenue"),
    ("fp05", "what does a won MG Advanced deal bring in on average"),
    ("fp06", "median close value of won GTX Basic deals"),
    ("fp07", "opportunities still in Engaging, by region"),
    ("fp08", "how many deals are missing an account"),
    ("fp09", "avg sales cycle of won deals in the West"),
    ("fp10", "which agent has the lowest win rate"),
    ("fp11", "Umsatz je Quartal 2017"),
    ("fp12", "verlorene Deals bei Hottechi, Anzahl"),
    ("fp13", "combien d'affaires perdues en décembre 2017 par l'équipe de Cara Losch"),
    ("fp14", "average revenue of our medical accounts"),
    ("fp15", "oportunidades ganadas por región"),
    ("fp16", "ingresos de Darcel Schlecht en 2017"),
    ("fp17", "quanti deal vinti nel secondo trimestre 2017"),
    ("fp18", "valore medio dei deal vinti per regione"),
    ("fp19", "number of accounts founded before 1990"),
    ("fp20", "how many customers do we have outside the United States"),
    ("fp21", "top 5 accounts by number of opportunities"),
    ("fp22", "GTK 500: won versus lost"),
    ("fp23", "biggest account by headcount"),
    ("fp24", "GTX Pro's share of won revenue"),
    ("fp25", "deals engaged in October 2017 per agent under Summer Sewald"),
    ("fp26", "median days to close per product, won deals only"),
    ("fp27", "number of different accounts Kami Bicknell has won deals with"),
    ("fp28", "won revenue of the East, agent by agent"),
    ("fp29", "growth of won revenue from Q2 to Q3 2017"),
    ("fp30", "lost deals month by month in 2017"),
    ("fp31", "how old is an open opportunity on average"),
    ("fp32", "how many retail accounts have over 5000 employees"),
    ("fp33", "count the deals we won above 20k"),
    ("fp34", "who's our worst manager on win rate"),
    ("fp35", "how much did the Central office sell in November"),
    ("fp36", "average number of won deals per agent"),
    ("fp37", "deals won vs lost in the finance sector"),
    ("fp38", "which product takes longest to win"),
    ("fp39", "cuánto vendió el equipo de Rocco Neubert en el cuarto trimestre de 2017"),
    ("fp40", "quale prodotto ha generato più ricavi"),
    ("fp41", "nombre de comptes par secteur"),
    ("fp42", "durée médiane pour perdre une affaire, par région"),
    ("fp43", "how many accounts are subsidiaries of Acme"),
    ("fp44", "largest single win of Elease Gluck"),
    ("fp45", "how many agents have more than 150 wins"),
    ("fp46", "Anzahl offener Deals pro Manager"),
    ("fp47", "revenue from software customers in 2017, by quarter"),
    ("fp48", "share of open deals that are still prospecting"),
]


def answers(folder: Path) -> dict[str, Any]:
    """Every expected value."""
    accounts, teams = pd.read_csv(folder / "accounts.csv"), pd.read_csv(folder / "sales_teams.csv")
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    deals = deals.merge(teams, on="sales_agent").merge(accounts, on="account", how="left")
    deals["product"] = deals["product"].replace("GTXPro", "GTX Pro")
    deals["cyc"] = (deals.close_date - deals.engage_date).dt.days
    deals["age"] = (pd.Timestamp("2017-12-31") - deals.engage_date).dt.days
    won, lost = deals[deals.deal_stage == "Won"], deals[deals.deal_stage == "Lost"]
    closed = deals[deals.deal_stage.isin(["Won", "Lost"])]
    opened = deals[~deals.deal_stage.isin(["Won", "Lost"])]
    engaging = deals[deals.deal_stage == "Engaging"]

    def within(table, start, end, column="close_date"):
        return table[(table[column] >= start) & (table[column] <= end)]

    def count(table, by):
        return table.groupby(by).size()

    def rate(by):
        return 100 * closed.deal_stage.eq("Won").groupby(closed[by]).mean()

    won17, lost17 = (within(t, "2017-01-01", "2017-12-31") for t in (won, lost))
    second, third = within(won, "2017-04-01", "2017-06-30"), within(won, "2017-07-01", "2017-09-30")
    summers = deals[deals.manager == "Summer Sewald"]
    software = won17[won17.sector == "software"]
    two, three = second.close_value.sum(), third.close_value.sum()
    asked = [
        len(won[won.sales_agent == "Moses Frase"]),
        three,
        rate("manager"),
        won.groupby("sector").close_value.sum().pipe(top, 3),
        won[won["product"] == "MG Advanced"].close_value.mean(),
        won[won["product"] == "GTX Basic"].close_value.median(),
        count(engaging, "regional_office"),
        deals.account.isna().sum(),
        won[won.regional_office == "West"].cyc.mean(),
        rate("sales_agent").nsmallest(1),
        won17.groupby(quarter(won17.close_date)).close_value.sum(),
        lost.account.eq("Hottechi").sum(),
        within(lost, "2017-12-01", "2017-12-31").manager.eq("Cara Losch").sum(),
        accounts[accounts.sector == "medical"].revenue.mean(),
        count(won, "regional_office"),
        won17[won17.sales_agent == "Darcel Schlecht"].close_value.sum(),
        len(second),
        won.groupby("regional_office").close_value.mean(),
        (accounts.year_established < 1990).sum(),
        (accounts.office_location != "United States").sum(),
        count(deals, "account").pipe(top, 5),
        count(closed[closed["product"] == "GTK 500"], "deal_stage"),
        accounts.set_index("account").employees.pipe(top, 1),
        100 * won[won["product"] == "GTX Pro"].close_value.sum() / won.close_value.sum(),
        within(summers, "2017-10-01", "2017-10-31", "engage_date").pipe(count, "sales_agent"),
        won.groupby("product").cyc.median(),
        won[won.sales_agent == "Kami Bicknell"].account.nunique(),
        won[won.regional_office == "East"].groupby("sales_agent").close_value.sum(),
        100 * (three - two) / two,
        count(lost17, month(lost17.close_date)),
        opened.age.mean(),
        ((accounts.sector == "retail") & (accounts.employees > 5000)).sum(),
        (won.close_value > 20_000).sum(),
        rate("manager").nsmallest(1),
        within(won, "2017-11-01", "2017-11-30").pipe(lambda t: t[t.regional_office == "Central"]).close_value.sum(),
        len(won) / won.sales_agent.nunique(),
        count(closed[closed.sector == "finance"], "deal_stage"),
        won.groupby("product").cyc.mean().nlargest(1),
        within(won, "2017-10-01", "2017-12-31").pipe(lambda t: t[t.manager == "Rocco Neubert"]).close_value.sum(),
        won.groupby("product").close_value.sum().pipe(top, 1),
        count(accounts, "sector"),
        lost.groupby("regional_office").cyc.median(),
        accounts.subsidiary_of.eq("Acme Corporation").sum(),
        won[won.sales_agent == "Elease Gluck"].close_value.max(),
        (count(won, "sales_agent") > 150).sum(),
        count(opened, "manager"),
        software.groupby(quarter(software.close_date)).close_value.sum(),
        100 * opened.deal_stage.eq("Prospecting").mean(),
    ]
    return {
        key: {str(k): float(v) for k, v in value.items()} if hasattr(value, "items") else float(value)
        for (key, _), value in zip(QUESTIONS, asked, strict=True)
    }
