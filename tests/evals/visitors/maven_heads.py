# ruff: noqa: E501  # one question, one line
"""Sixty questions of a head of sales, a product manager and a regional manager, over the public sales tables.

Written with their answers by a hand that saw no code.
"""

from pathlib import Path
from typing import Any

QUESTIONS = [
    ("maven001", "How much revenue have we booked this quarter?"),
    ("maven002", "win rate of each product, all time"),
    ("maven003", "East team: December revenue per rep"),
    ("maven004", "Whose team pulled in the most revenue last quarter? Give me the manager."),
    ("maven005", "How many GTX Plus Pro deals did we win each month since July?"),
    ("maven006", "how many deals did Rocco Neuberts crew win in october"),
    ("maven007", "I'd like to see our win rate month by month for 2017."),
    ("maven008", "Sales by product series, please"),
    ("maven009", "Who in the West is carrying the most open deals?"),
    ("maven010", "top 5 reps by number of won deals in novmber pls"),
    ("maven011", "What share of our open MG Special deals is still in Prospecting?"),
    ("maven012", "Compare Dustin Brinkmann and Melvin Marxen on win rate for Q4 2017"),
    ("maven013", "By what percentage did sales in Q4 2017 change against Q3 2017?"),
    ("maven014", "In which sector have we won the most MG Advanced deals?"),
    ("maven015", "New opportunities engaged per week by the Central office since Monday 6 November 2017"),
    ("maven016", "What share of this year's revenue comes from Darcel Schlecht alone?"),
    ("maven017", "What fraction of our won deals closed below the list price of the product?"),
    ("maven018", "Quanti venditori ci sono nel team di ciascun manager, secondo l'elenco dei team di vendita?"),
    ("maven019", "How many people on the sales team roster have never had a single opportunity?"),
    ("maven020", "What did MG Special and MG Advanced actually sell for on average in Q2 2017?"),
    ("maven021", "Won deals per rep in Celia Rouche's team over the last 30 days"),
    ("maven022", "biggest deal we ever won, whats the amount"),
    ("maven023", "Number of different accounts that bought GTX Basic in December"),
    ("maven024", "How old, in days, is the oldest open deal in the Central region?"),
    (
        "maven025",
        "What portion of all our revenue to date comes from the ten accounts we have sold the most to, in money?",
    ),
    ("maven026", "How many accounts have bought both GTK 500 and GTX Plus Pro from us?"),
    ("maven027", "Of the deals Cara Losch's team won this year, what share was with medical accounts?"),
    ("maven028", "How many customers who bought from us in October didn't buy anything in November?"),
    ("maven029", "Quantos negócios em aberto ainda não têm uma conta associada, por produto?"),
    (
        "maven030",
        "On average, how many days does it take us to lose a deal, from engagement to close, in each regional office?",
    ),
    ("maven031", "How many open deals are more than 200 days old by now?"),
    ("maven032", "Median number of days from engagement to close for the GTX Plus Basic deals we won"),
    ("maven033", "Quelle est la valeur médiane des affaires gagnées par Kary Hendrixson cette année ?"),
    ("maven034", "Average deal size of the wins, Central against West"),
    ("maven035", "If every open deal closed at list price, how much would each product bring in?"),
    ("maven036", "Anna Snelling's revenue broken down by customer sector"),
    ("maven037", "Wie hoch war der Umsatz je Quartal in diesem Jahr?"),
    ("maven038", "How many different reps have sold at least one GTK 500?"),
    ("maven039", "did Zane Levy win more deals than Maureen Marcano this quarter? show me the count for each"),
    ("maven040", "Combien d'affaires avons-nous perdues le mois dernier, par manager ?"),
    ("maven041", "What share of GTX Basic revenue is from retail accounts?"),
    (
        "maven042",
        "Counting only accounts located outside the United States, to how many different ones did the East reps sell something in Q3 2017?",
    ),
    ("maven043", "Opportunities engaged per month during the first half of 2017"),
    ("maven044", "Welches Produkt hat die meisten Deals in der Phase Prospecting?"),
    ("maven045", "Wie viele Deals hat die Region West diese Woche gewonnen?"),
    ("maven046", "Is our cycle getting longer? Average sales cycle in days by the quarter in which deals closed, 2017"),
    ("maven047", "Quale prodotto ha il ciclo di vendita medio più lungo?"),
    ("maven048", "¿A cuántas cuentas distintas les vendió algo el equipo de Summer Sewald en agosto de 2017?"),
    ("maven049", "Deals closed from 1 to 15 December 2017: how many won and how many lost?"),
    ("maven050", "Revenue from the MG series week by week, 4 September through 1 October 2017"),
    ("maven051", "How much have we sold so far to the subsidiaries of Acme Corporation?"),
    ("maven052", "Our win rate with companies founded before 1990?"),
    ("maven053", "average list price across the products in the GTX series?"),
    (
        "maven054",
        "Qual é a receita das nossas vendas, por escritório regional, para empresas com mais de 10.000 funcionários?",
    ),
    ("maven055", "How many of our reps have won more than $300,000 worth of business this year?"),
    (
        "maven056",
        "Combien d'opportunités MG Special ont été engagées au deuxième trimestre 2017, par bureau régional ?",
    ),
    ("maven057", "Count of accounts in each sector"),
    ("maven058", "¿Cuál fue la tasa de éxito de cada región en los negocios cerrados en octubre?"),
    ("maven059", "What is the combined company revenue of the accounts in each country other than the United States?"),
    ("maven060", "On which day did we win the most deals?"),
]

NOTES = {
    "all": "Today = 2017-12-31 (a Sunday). Product names as the product table has them (the pipeline writes GTXPro, "
    "and the two are matched for list prices and series). Sector names as in the data (technolgy). Region = the rep's "
    "regional office. Names with nothing to count are left out; Prospecting deals have no engage date, so no age.",
    "maven015": "every week listed, zero weeks included",
    "maven021": "2017-12-01 to 2017-12-31, reps with wins only",
    "maven029": "open deals only (Engaging, Prospecting)",
    "maven059": "in millions, as the accounts table has it; spelling of countries as in the data (Philipines)",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    a = pd.read_csv(folder / "accounts.csv")
    p = pd.read_csv(folder / "products.csv")
    t = pd.read_csv(folder / "sales_teams.csv")
    d = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    d["product"] = d["product"].replace("GTXPro", "GTX Pro")  # as the products table has it
    n = len(d)
    d = d.merge(t, on="sales_agent", how="left")
    p = p.assign(key=p["product"].str.replace(" ", ""))
    d["key"] = d["product"].str.replace(" ", "")
    d = d.merge(p[["key", "series", "sales_price"]], on="key", how="left").merge(a, on="account", how="left")
    assert len(d) == n
    assert d[["manager", "series", "sales_price"]].notna().all().all()
    assert d.loc[d.account.notna(), "sector"].notna().all()

    today = max(d.engage_date.max(), d.close_date.max())
    d["won"] = (d.deal_stage == "Won").astype(float)
    d["cycle"] = (d.close_date - d.engage_date).dt.days
    d["age"] = (today - d.engage_date).dt.days
    won, lost = d[d.deal_stage == "Won"], d[d.deal_stage == "Lost"]
    dec = d[d.deal_stage.isin(["Won", "Lost"])]
    opn = d[~d.deal_stage.isin(["Won", "Lost"])]

    def cl(x: Any, lo: Any, hi: Any) -> Any:
        return x[(x.close_date >= lo) & (x.close_date <= hi)]

    def en(x: Any, lo: Any, hi: Any) -> Any:
        return x[(x.engage_date >= lo) & (x.engage_date <= hi)]

    def rows(s: Any) -> Any:
        return {str(k): float(v) for k, v in s.items()}

    def most(s: Any) -> Any:
        return rows(s[s == s.max()])

    def month(x: Any) -> Any:
        return x.dt.strftime("%Y-%m")

    def quarter(x: Any) -> Any:
        return x.dt.year.astype(int).astype(str) + "-Q" + x.dt.quarter.astype(int).astype(str)

    def monday(x: Any) -> Any:
        return (x - pd.to_timedelta(x.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")

    def weeks(lo: Any, hi: Any) -> Any:
        return [w.strftime("%Y-%m-%d") for w in pd.date_range(lo, hi, freq="7D")]

    Q2, Q3, Q4 = (("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"))
    OCT, NOV, DEC = (("2017-10-01", "2017-10-31"), ("2017-11-01", "2017-11-30"), ("2017-12-01", "2017-12-31"))
    YEAR = ("2017-01-01", "2017-12-31")
    assert str(today.date()) == "2017-12-31"
    yr = cl(won, *YEAR)
    r = {}

    r["maven001"] = float(cl(won, *Q4).close_value.sum())
    r["maven002"] = rows(dec.groupby("product").won.mean())
    r["maven003"] = rows(cl(won, *DEC).query("regional_office == 'East'").groupby("sales_agent").close_value.sum())
    r["maven004"] = most(cl(won, *Q3).groupby("manager").close_value.sum())
    x = cl(won, "2017-07-01", today).query("product == 'GTX Plus Pro'")
    r["maven005"] = rows(x.groupby(month(x.close_date)).size())
    r["maven006"] = float(len(cl(won, *OCT).query("manager == 'Rocco Neubert'")))
    x = cl(dec, *YEAR)
    r["maven007"] = rows(x.groupby(month(x.close_date)).won.mean())
    r["maven008"] = rows(won.groupby("series").close_value.sum())
    r["maven009"] = most(opn.query("regional_office == 'West'").groupby("sales_agent").size())
    r["maven010"] = rows(
        cl(won, *NOV).groupby("sales_agent").size().sort_values(ascending=False, kind="stable").head(5)
    )
    x = opn.query("product == 'MG Special'")
    r["maven011"] = float((x.deal_stage == "Prospecting").mean())
    x = cl(dec, *Q4).groupby("manager").won.mean()
    r["maven012"] = rows(x[["Dustin Brinkmann", "Melvin Marxen"]])
    q3, q4 = cl(won, *Q3).close_value.sum(), cl(won, *Q4).close_value.sum()
    r["maven013"] = float((q4 - q3) / q3)
    r["maven014"] = most(won.query("product == 'MG Advanced'").groupby("sector").size())
    x = en(d, "2017-11-06", today).query("regional_office == 'Central'")
    r["maven015"] = rows(x.groupby(monday(x.engage_date)).size().reindex(weeks("2017-11-06", today), fill_value=0))
    r["maven016"] = float(yr[yr.sales_agent == "Darcel Schlecht"].close_value.sum() / yr.close_value.sum())
    r["maven017"] = float((won.close_value < won.sales_price).mean())
    r["maven018"] = rows(t.groupby("manager").sales_agent.nunique())
    r["maven019"] = float((~t.sales_agent.isin(d.sales_agent)).sum())
    x = cl(won, *Q2).groupby("product").close_value.mean()
    r["maven020"] = rows(x[["MG Special", "MG Advanced"]])
    x = cl(won, today - pd.Timedelta(days=30), today)
    r["maven021"] = rows(x[x.manager == "Celia Rouche"].groupby("sales_agent").size())
    r["maven022"] = float(won.close_value.max())
    r["maven023"] = float(cl(won, *DEC).query("product == 'GTX Basic'").account.nunique())
    r["maven024"] = float(opn.query("regional_office == 'Central'").age.max())
    x = won.groupby("account").close_value.sum().sort_values(ascending=False)
    r["maven025"] = float(x.head(10).sum() / x.sum())
    r["maven026"] = float(
        len(set(won[won["product"] == "GTK 500"].account) & set(won[won["product"] == "GTX Plus Pro"].account))
    )
    r["maven027"] = float((yr[yr.manager == "Cara Losch"].sector == "medical").mean())
    r["maven028"] = float(len(set(cl(won, *OCT).account) - set(cl(won, *NOV).account)))
    r["maven029"] = rows(opn[opn.account.isna()].groupby("product").size())
    r["maven030"] = rows(lost.groupby("regional_office").cycle.mean())
    r["maven031"] = float((opn.age > 200).sum())
    r["maven032"] = float(won[won["product"] == "GTX Plus Basic"].cycle.median())
    r["maven033"] = float(yr[yr.sales_agent == "Kary Hendrixson"].close_value.median())
    r["maven034"] = rows(won.groupby("regional_office").close_value.mean()[["Central", "West"]])
    r["maven035"] = rows(opn.groupby("product").sales_price.sum())
    r["maven036"] = rows(won[won.sales_agent == "Anna Snelling"].groupby("sector").close_value.sum())
    r["maven037"] = rows(yr.groupby(quarter(yr.close_date)).close_value.sum())
    r["maven038"] = float(won[won["product"] == "GTK 500"].sales_agent.nunique())
    r["maven039"] = rows(cl(won, *Q4).groupby("sales_agent").size()[["Zane Levy", "Maureen Marcano"]])
    r["maven040"] = rows(cl(lost, *NOV).groupby("manager").size())
    x = won[won["product"] == "GTX Basic"]
    r["maven041"] = float(x[x.sector == "retail"].close_value.sum() / x.close_value.sum())
    x = cl(won, *Q3)
    r["maven042"] = float(x[(x.regional_office == "East") & (x.office_location != "United States")].account.nunique())
    x = en(d, "2017-01-01", "2017-06-30")
    r["maven043"] = rows(x.groupby(month(x.engage_date)).size())
    r["maven044"] = most(d[d.deal_stage == "Prospecting"].groupby("product").size())
    r["maven045"] = float(len(cl(won, "2017-12-25", "2017-12-31").query("regional_office == 'West'")))
    x = cl(dec, *YEAR)
    r["maven046"] = rows(x.groupby(quarter(x.close_date)).cycle.mean())
    r["maven047"] = most(dec.groupby("product").cycle.mean())
    r["maven048"] = float(cl(won, "2017-08-01", "2017-08-31").query("manager == 'Summer Sewald'").account.nunique())
    x = cl(dec, "2017-12-01", "2017-12-15").groupby("deal_stage").size()
    r["maven049"] = rows(x[["Won", "Lost"]])
    x = cl(won, "2017-09-04", "2017-10-01").query("series == 'MG'")
    r["maven050"] = rows(x.groupby(monday(x.close_date)).close_value.sum())
    r["maven051"] = float(won[won.subsidiary_of == "Acme Corporation"].close_value.sum())
    r["maven052"] = float(dec[dec.year_established < 1990].won.mean())
    r["maven053"] = float(p[p.series == "GTX"].sales_price.mean())
    r["maven054"] = rows(won[won.employees > 10000].groupby("regional_office").close_value.sum())
    r["maven055"] = float((yr.groupby("sales_agent").close_value.sum() > 300000).sum())
    x = en(d, *Q2)
    r["maven056"] = rows(x[x["product"] == "MG Special"].groupby("regional_office").size())
    r["maven057"] = rows(a.groupby("sector").size())
    r["maven058"] = rows(cl(dec, *OCT).groupby("regional_office").won.mean())
    r["maven059"] = rows(a[a.office_location != "United States"].groupby("office_location").revenue.sum())
    r["maven060"] = most(won.groupby(won.close_date.dt.strftime("%Y-%m-%d")).size())
    return r
