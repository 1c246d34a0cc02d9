# ruff: noqa: E501  # one question, one line
"""Sixty questions of an analyst, a chief executive, a careless team lead, and a colleague abroad; public sales tables.

Written with their answers by a hand that saw no code.
"""

import pathlib
from pathlib import Path
from typing import Any

QUESTIONS = [
    # --- a sales analyst
    ("hm001", "Median sales cycle in days, per product, for deals won in the third quarter of 2017."),
    ("hm002", "Lost deals as a share of all deals, open ones included, for each product series."),
    (
        "hm003",
        "Number of distinct sales agents who won at least one GTX Plus Pro deal in October 2017, broken down by manager.",
    ),
    ("hm004", "Please give me the median value of won deals per sector for Q2 2017."),
    ("hm005", "How many deals were engaged during 2016 but closed as lost in 2017?"),
    ("hm006", "Of the deals engaged in July 2017, what share is still open today?"),
    ("hm007", "Monthly revenue of the GTX series, June through November 2017."),
    ("hm008", "What proportion of the deals lost in 2017 had taken more than 90 days from engagement to close?"),
    ("hm009", "Count of open deals with no account recorded, split by stage."),
    ("hm010", "Percentage change in revenue from Q3 2017 to Q4 2017 for each regional office."),
    ("hm011", "How many sales agents do not own a single deal? Show it by regional office."),
    ("hm012", "Revenue won in 2017 from accounts with more than 10,000 employees."),
    ("hm013", "How many accounts have more than 30 lost deals?"),
    ("hm014", "I'd like the number of deals engaged per week from Monday 6 November 2017 to Sunday 24 December 2017."),
    (
        "hm015",
        "Among sales agents with at least 250 closed deals (won plus lost) in 2017, who has the highest win rate?",
    ),
    # --- a CEO preparing a board slide
    ("hm016", "For the board: what was our total revenue last quarter?"),
    ("hm017", "Give me the top 3 customer sectors by revenue in the second half of 2017."),
    (
        "hm018",
        "How dependent are we on big customers? I need the share of this year's revenue that came from the ten customers with the most revenue this year.",
    ),
    ("hm019", "How many more deals did we win in December than in November 2017?"),
    ("hm020", "One line for the slide: each product series' share of total 2017 revenue."),
    ("hm021", "Which manager's team has the lowest win rate this year?"),
    ("hm022", "Which parent companies do our accounts belong to, and how many of our accounts does each one have?"),
    (
        "hm023",
        "How many customers bought GTX Pro in both Q3 and Q4 2017, i.e. have at least one won GTX Pro deal closed in each of the two quarters?",
    ),
    ("hm024", "Average won deal in 2017, GTX Plus Pro against MG Advanced, please."),
    ("hm025", "How many of our accounts had no won deal for MG Advanced at all in the fourth quarter of 2017?"),
    ("hm026", "Our five largest accounts by their own company revenue, with that company revenue as recorded."),
    ("hm027", "What was our best month of 2017 in terms of sales revenue?"),
    (
        "hm028",
        "How much of this year's revenue, in dollars, came from customers headquartered outside the United States?",
    ),
    (
        "hm029",
        "East vs West: how many days on average does it take us to win a deal, from engagement to close, over all won deals?",
    ),
    ("hm030", "Board slide on effectiveness: win rate for every quarter of 2017."),
    # --- a team lead who types carelessly
    ("hm031", "how many open dels does each agent of melvin marxen have rigth now"),
    ("hm032", "lost deals last mnth by agent, only summer sewalds team"),
    ("hm033", "who in celia rouches team won the most deals in q4 2017??"),
    ("hm034", "deals still sitting in prospecting, per manger"),
    ("hm035", "averge age in days of the deals in stage engaging, by product"),
    ("hm036", "engaging deals oldr than 250 days, how many per agent, only east office"),
    ("hm037", "wn rate moses frase vs anna snelling this yr"),
    ("hm038", "deals closed per day last week pls, won and lost togther"),
    ("hm039", "darcel schlecht revnue month by month since 1 july 2017"),
    ("hm040", "gtx basic - wich sector bought it most in 2017, by nr of won deals"),
    ("hm041", "how many differnt accounts did vicki laflamme win deals with in 2017"),
    ("hm042", "the 3 agents w the lowest revenue in q3 2017, only those who won somthing then, lowest first"),
    ("hm043", "new deals engaged in the last 30 days by regional ofice"),
    ("hm044", "biggest won deal value for evry agent under cara losch, all time"),
    ("hm045", "how many deals did we win this quater in less than 14 days from engage to close"),
    # --- a colleague writing in German, French, Spanish, Portuguese or Italian
    ("hm046", "Wie hoch war der Umsatz aus gewonnenen Deals im November 2017 je Regionalbüro?"),
    (
        "hm047",
        "Mit wie vielen verschiedenen Kunden aus dem Sektor finance haben wir 2017 mindestens einen Deal über GTX Plus Pro gewonnen?",
    ),
    ("hm048", "Zeig mir bitte die durchschnittliche Mitarbeiterzahl unserer Accounts pro Branche."),
    (
        "hm049",
        "Quel a été le taux de réussite (gagnées sur gagnées + perdues) par secteur au troisième trimestre 2017 ?",
    ),
    ("hm050", "Les cinq commerciaux qui ont perdu le plus d'affaires en 2017, avec le nombre d'affaires perdues ?"),
    ("hm051", "Quelle part du chiffre d'affaires gagné en 2017 revient à l'équipe de Dustin Brinkmann ?"),
    ("hm052", "¿Cuántos negocios ganamos con Hottechi en cada trimestre de 2017?"),
    ("hm053", "¿Cuál es la mediana del ciclo de venta, en días, de los negocios perdidos por sector de la cuenta?"),
    ("hm054", "¿Qué cuenta tiene más negocios abiertos en este momento?"),
    ("hm055", "Quantos negócios ainda abertos foram iniciados (engage) antes de julho de 2017, por gerente?"),
    ("hm056", "Qual foi o valor médio dos negócios ganhos, mês a mês, de julho a dezembro de 2017?"),
    ("hm057", "Quantos vendedores diferentes ganharam pelo menos um negócio com a Kan-code em 2017?"),
    ("hm058", "Quanti affari abbiamo con Konex in ciascuna fase?"),
    ("hm059", "Vorrei vedere il fatturato vinto nel 2017 con la serie MG per settore del cliente."),
    (
        "hm060",
        "Di quanto è cambiato, in percentuale, il numero di affari vinti a dicembre 2017 rispetto a settembre 2017?",
    ),
]

NOTE = {
    "hm002": "all time; every stage in the denominator",
    "hm011": "agents of sales_teams.csv with no row in sales_pipeline.csv",
    "hm014": "weeks with no engaged deal would be listed with 0 (none here)",
    "hm031": "stages Prospecting and Engaging; agents without any deal (Mei-Mei Johns) left out",
    "hm032": "agents without any deal (Carl Lin) left out",
    "hm036": "agents without such a deal left out",
    "hm038": "days without a closed deal left out; last week = 2017-12-18 to 2017-12-24",
    "hm044": "agents without a won deal (Elizabeth Anderson) left out",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    folder = pathlib.Path(folder)
    acc = pd.read_csv(folder / "accounts.csv")
    prod = pd.read_csv(folder / "products.csv")
    team = pd.read_csv(folder / "sales_teams.csv")
    raw = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    raw["product"] = raw["product"].replace({"GTXPro": "GTX Pro"})
    d = (
        raw.merge(prod[["product", "series"]], on="product", how="left")
        .merge(team, on="sales_agent", how="left")
        .merge(acc, on="account", how="left")
    )
    assert len(d) == len(raw)
    assert d.series.notna().all()
    assert d.manager.notna().all()
    today = max(d.engage_date.max(), d.close_date.max())
    d["cycle"] = (d.close_date - d.engage_date).dt.days
    d["age"] = (today - d.engage_date).dt.days
    d["cm"] = d.close_date.dt.strftime("%Y-%m")
    d["cd"] = d.close_date.dt.strftime("%Y-%m-%d")
    d["cq"] = (
        d.close_date.dt.year.astype("Int64").astype(str) + "-Q" + d.close_date.dt.quarter.astype("Int64").astype(str)
    )
    d["em"] = d.engage_date.dt.strftime("%Y-%m")
    d["ew"] = (d.engage_date - pd.to_timedelta(d.engage_date.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")
    won = d[d.deal_stage == "Won"]
    lost = d[d.deal_stage == "Lost"]
    dec = d[d.deal_stage.isin(["Won", "Lost"])]
    opn = d[~d.deal_stage.isin(["Won", "Lost"])]
    won17, lost17, dec17 = (x[x.close_date.dt.year == 2017] for x in (won, lost, dec))

    def q(x: Any, n: Any) -> Any:
        return x[x.cq == f"2017-Q{n}"]

    def m(x: Any, n: Any) -> Any:
        return x[x.cm == f"2017-{n:02d}"]

    def out(s: Any) -> Any:
        return {str(k): float(v) for k, v in s.items()}

    def rev(x: Any, by: Any) -> Any:
        return x.groupby(by).close_value.sum()

    def wr(x: Any, by: Any) -> Any:
        return x.deal_stage.eq("Won").groupby(x[by]).mean()

    def best(s: Any, low: Any = False) -> Any:
        return out(s[s == (s.min() if low else s.max())])

    def top(s: Any, n: Any, low: Any = False) -> Any:
        s = s.sort_values(ascending=low, kind="stable")
        assert s.iloc[n - 1] != s.iloc[n]
        return out(s.head(n))

    def pick(s: Any, names: Any) -> Any:
        return {n: float(s[n]) for n in names}

    h2 = won17[won17.close_date >= "2017-07-01"]
    A = {}
    A["hm001"] = out(q(won, 3).groupby("product").cycle.median())
    A["hm002"] = out(d.deal_stage.eq("Lost").groupby(d.series).mean())
    x = m(won, 10)
    A["hm003"] = out(x[x["product"] == "GTX Plus Pro"].groupby("manager").sales_agent.nunique())
    A["hm004"] = out(q(won, 2).groupby("sector").close_value.median())
    A["hm005"] = float((lost17.engage_date.dt.year == 2016).sum())
    x = d[d.em == "2017-07"]
    A["hm006"] = float((~x.deal_stage.isin(["Won", "Lost"])).mean())
    x = won[(won.series == "GTX") & won.cm.between("2017-06", "2017-11")]
    A["hm007"] = out(rev(x, "cm"))
    A["hm008"] = float((lost17.cycle > 90).mean())
    A["hm009"] = out(opn[opn.account.isna()].groupby("deal_stage").size())
    A["hm010"] = out(rev(q(won, 4), "regional_office") / rev(q(won, 3), "regional_office") - 1)
    A["hm011"] = out(team[~team.sales_agent.isin(d.sales_agent)].groupby("regional_office").size())
    A["hm012"] = float(won17[won17.employees > 10000].close_value.sum())
    A["hm013"] = float((lost.groupby("account").size() > 30).sum())
    x = d[(d.engage_date >= "2017-11-06") & (d.engage_date <= "2017-12-24")]
    weeks = pd.date_range("2017-11-06", "2017-12-18", freq="7D").strftime("%Y-%m-%d")
    A["hm014"] = out(x.groupby("ew").size().reindex(weeks, fill_value=0))
    n = dec17.groupby("sales_agent").size()
    A["hm015"] = best(wr(dec17, "sales_agent")[n[n >= 250].index])
    A["hm016"] = float(q(won, 3).close_value.sum())
    A["hm017"] = top(rev(h2, "sector"), 3)
    s = rev(won17, "account").sort_values(ascending=False)
    A["hm018"] = float(s.head(10).sum() / won17.close_value.sum())
    A["hm019"] = float(len(m(won, 12)) - len(m(won, 11)))
    A["hm020"] = out(rev(won17, "series") / won17.close_value.sum())
    A["hm021"] = best(wr(dec17, "manager"), low=True)
    A["hm022"] = out(acc.groupby("subsidiary_of").size())
    x = won[won["product"] == "GTX Pro"]
    A["hm023"] = float(len(set(q(x, 3).account.dropna()) & set(q(x, 4).account.dropna())))
    A["hm024"] = pick(won17.groupby("product").close_value.mean(), ["GTX Plus Pro", "MG Advanced"])
    x = q(won, 4)
    A["hm025"] = float((~acc.account.isin(x[x["product"] == "MG Advanced"].account)).sum())
    A["hm026"] = top(acc.set_index("account").revenue, 5)
    A["hm027"] = best(rev(won17, "cm"))
    A["hm028"] = float(
        won17[won17.office_location.notna() & (won17.office_location != "United States")].close_value.sum()
    )
    A["hm029"] = pick(won.groupby("regional_office").cycle.mean(), ["East", "West"])
    A["hm030"] = out(wr(dec17, "cq"))
    A["hm031"] = out(opn[opn.manager == "Melvin Marxen"].groupby("sales_agent").size())
    x = m(lost, 11)
    A["hm032"] = out(x[x.manager == "Summer Sewald"].groupby("sales_agent").size())
    x = q(won, 4)
    A["hm033"] = best(x[x.manager == "Celia Rouche"].groupby("sales_agent").size())
    A["hm034"] = out(d[d.deal_stage == "Prospecting"].groupby("manager").size())
    eng = d[d.deal_stage == "Engaging"]
    A["hm035"] = out(eng.groupby("product").age.mean())
    A["hm036"] = out(eng[(eng.age > 250) & (eng.regional_office == "East")].groupby("sales_agent").size())
    A["hm037"] = pick(wr(dec17, "sales_agent"), ["Moses Frase", "Anna Snelling"])
    A["hm038"] = out(dec[(dec.close_date >= "2017-12-18") & (dec.close_date <= "2017-12-24")].groupby("cd").size())
    A["hm039"] = out(rev(h2[h2.sales_agent == "Darcel Schlecht"], "cm"))
    A["hm040"] = best(won17[won17["product"] == "GTX Basic"].groupby("sector").size())
    A["hm041"] = float(won17[won17.sales_agent == "Vicki Laflamme"].account.nunique())
    A["hm042"] = top(rev(q(won, 3), "sales_agent"), 3, low=True)
    A["hm043"] = out(
        d[(d.engage_date >= today - pd.Timedelta(days=30)) & (d.engage_date <= today)].groupby("regional_office").size()
    )
    A["hm044"] = out(won[won.manager == "Cara Losch"].groupby("sales_agent").close_value.max())
    A["hm045"] = float((q(won, 4).cycle < 14).sum())
    A["hm046"] = out(rev(m(won, 11), "regional_office"))
    A["hm047"] = float(won17[(won17.sector == "finance") & (won17["product"] == "GTX Plus Pro")].account.nunique())
    A["hm048"] = out(acc.groupby("sector").employees.mean())
    A["hm049"] = out(wr(q(dec, 3), "sector"))
    A["hm050"] = top(lost17.groupby("sales_agent").size(), 5)
    A["hm051"] = float(won17[won17.manager == "Dustin Brinkmann"].close_value.sum() / won17.close_value.sum())
    A["hm052"] = out(won17[won17.account == "Hottechi"].groupby("cq").size())
    A["hm053"] = out(lost.groupby("sector").cycle.median())
    A["hm054"] = best(opn.groupby("account").size())
    A["hm055"] = out(opn[opn.engage_date < "2017-07-01"].groupby("manager").size())
    A["hm056"] = out(h2.groupby("cm").close_value.mean())
    A["hm057"] = float(won17[won17.account == "Kan-code"].sales_agent.nunique())
    A["hm058"] = out(d[d.account == "Konex"].groupby("deal_stage").size())
    A["hm059"] = out(rev(won17[won17.series == "MG"], "sector"))
    A["hm060"] = float(len(m(won, 12)) / len(m(won, 9)) - 1)
    return A
