# ruff: noqa: E501  # one question, one line
"""Sixty questions of an agent who types fast, a regional manager, an analyst, an executive; the public tables.

Written with their answers by a hand that saw no code; parts and rates are told from 0 to 100.
"""

from pathlib import Path
from typing import Any

QUESTIONS = [
    # 1 - a sales agent typing fast
    ("vm01", "hw many open deals has versie hillebrand got rn"),
    ("vm02", "kami bicknell total won $$ this qtr?"),
    ("vm03", "vicki laflamme here, whats my avg deal size on gtx pro wins"),
    ("vm04", "how much has hottechi spent w us so far, all won deals"),
    ("vm05", "# of mg special sold last mnth"),
    ("vm06", "darcel schlecht - wich accts did he win in december 2017 n how much $ from each"),
    ("vm07", "top 2 agents in west by nr of deals won this month"),
    ("vm08", "james ascencio win rate % pls"),
    ("vm09", "biggest deal donn cantrell evr won, how much was it"),
    ("vm10", "kary hendrixsons engaging deals, count per prodct"),
    ("vm11", "anna snelling, how many of my prospecting deals stil have no acct on them"),
    ("vm12", "avg days from engage to close for the deals reed clapper won"),
    ("vm13", "did markita hansen lose more deals in q3 or q4 2017? gimme both nrs"),
    ("vm14", "hw many diffrent accounts bought gtx plus pro off moses frase"),
    ("vm15", "how many deals did maureen marcano engage in teh last 30 days"),
    # 2 - a regional manager comparing
    ("vm16", "Compare the regional offices on revenue from won deals in 2017."),
    ("vm17", "Who on Cara Losch's team has the best win rate, and what is it in percent?"),
    ("vm18", "Average size of a won deal under each manager, please"),
    ("vm19", "How many deals did Rocco Neubert's team win month by month this year?"),
    (
        "vm20",
        "GTX series against MG series: how much did each bring in from deals closed in the third quarter of 2017?",
    ),
    ("vm21", "Last quarter, how many dollars of won revenue separated Central from East?"),
    ("vm22", "What percentage of the West office's won revenue is down to Kary Hendrixson alone?"),
    ("vm23", "How many agents on our sales team list don't have a single opportunity to their name?"),
    ("vm24", "Of the agents who have won anything, which five have the fewest wins, and how many is that each?"),
    ("vm25", "Break down the deals Summer Sewald's people lost in Q4 2017 by product."),
    (
        "vm26",
        "Looking at won deals only, what is the median number of days from engagement to close in each regional office?",
    ),
    (
        "vm27",
        "How many open deals is each of Melvin Marxen's agents sitting on today? Count prospecting and engaging together.",
    ),
    ("vm28", "By what percentage did Central's won revenue change between Q2 and Q3 2017?"),
    ("vm29", "When we win a GTX Pro deal, what percent of the list price do we get on average?"),
    (
        "vm30",
        "Wins of 5,000 dollars or more that closed between July and September 2017 - how many did each manager's team land?",
    ),
    # 3 - a sales-operations analyst
    ("vm31", "Number of deals in Engaging whose engage date lies more than 180 days back"),
    ("vm32", "Average age in days of deals currently in Engaging, by product"),
    ("vm33", "Count open opportunities with the account field empty, split by stage"),
    ("vm34", "What % of Engaging deals are missing an account?"),
    ("vm35", "How many distinct accounts show up on deals that are still in Prospecting?"),
    ("vm36", "For each sector, how many of our accounts employ more than 5,000 people?"),
    ("vm37", "Total close value of won deals with accounts headquartered outside the United States"),
    (
        "vm38",
        "Sum the won revenue from subsidiaries and roll it up to the parent company; leave out what the parents bought themselves.",
    ),
    ("vm39", "Mean cycle time (engage to close, days) of lost deals per product series"),
    ("vm40", "How many accounts in our list were established before 1985?"),
    ("vm41", "Median annual revenue of the accounts, by sector (in millions)"),
    ("vm42", "How many accounts had no win in December 2017 although they had at least one in November 2017?"),
    ("vm43", "Deals engaged per week, Monday to Sunday, from 2 October through 29 October 2017"),
    ("vm44", "How many won deals closed 7 days or less after their engage date?"),
    ("vm45", "What's the age in days of the oldest deal still sitting in Engaging?"),
    # 4 - an executive dictating
    ("vm46", "So tell me, how much revenue did we win this quarter?"),
    ("vm47", "Did we win more deals this quarter than last quarter? I'd like to hear both counts."),
    (
        "vm48",
        "Walk me through our win rate in percent for every quarter of twenty seventeen, going by when the deals closed.",
    ),
    ("vm49", "Who are our top five customers by the money we've won from them, and how much is each one worth?"),
    (
        "vm50",
        "What share of all our won revenue comes from the ten accounts that have brought us the most money? Give me a percentage.",
    ),
    ("vm51", "What would you say is the median value of a deal we've won?"),
    ("vm52", "I want to know what percentage of our closed deals we win in each industry."),
    ("vm53", "Suppose every deal that's in the engaging stage today closes at list price, what would that add up to?"),
    ("vm54", "How has our won revenue been trending from July to December twenty seventeen, month by month?"),
    ("vm55", "How many GTK five hundreds have we sold over the last six months, July through December?"),
    (
        "vm56",
        "When a company with more than ten thousand employees buys from us, how much is the deal worth on average?",
    ),
    (
        "vm57",
        "Quel chiffre d'affaires chaque bureau régional a-t-il réalisé sur les affaires gagnées au deuxième trimestre 2017 ?",
    ),
    (
        "vm58",
        "Wie viele Tage vergehen im Durchschnitt vom Engage-Datum bis zum Abschluss, wenn wir einen Deal mit einem Kunden aus dem Finanzsektor gewinnen?",
    ),
    ("vm59", "¿Cuántas oportunidades perdimos en noviembre de 2017 con clientes del sector minorista?"),
    ("vm60", "Quali sono i tre venditori che il mese scorso hanno vinto di più in valore, e quanto ciascuno?"),
]

NOTE = {
    "vm01": "open = Prospecting + Engaging",
    "vm02": "this quarter = 2017-Q4 by close_date (now = 2017-12-31)",
    "vm03": "mean close_value of Won deals, product GTXPro",
    "vm05": "Won deals with close_date in November 2017",
    "vm06": "sum of close_value of Won deals per account, close_date in December 2017",
    "vm07": "this month = December 2017 by close_date",
    "vm08": "percent: Won / (Won + Lost)",
    "vm10": "the product is called GTXPro in the pipeline",
    "vm13": "by close_date",
    "vm15": "engage_date later than newest date minus 30 days; any stage (the day exactly 30 days back holds no such deal, so it does not matter)",
    "vm17": "percent: Won / (Won + Lost); only the best agent is returned",
    "vm19": "by close_date",
    "vm21": "absolute difference, 2017-Q3 by close_date",
    "vm22": "percent",
    "vm24": "agents without any win are left out, as the question says",
    "vm25": "by close_date; the product is called GTXPro in the pipeline",
    "vm27": "agents with no open deal are left out",
    "vm28": "percent: (Q3 - Q2) / Q2 * 100, by close_date, signed",
    "vm29": "percent: mean close_value of Won deals / sales_price",
    "vm30": "close_value >= 5000, close_date in 2017-Q3; teams with none left out",
    "vm31": "age = newest date in the data (2017-12-31) minus engage_date, > 180 days",
    "vm32": "age = newest date in the data minus engage_date; GTXPro as in the pipeline",
    "vm34": "percent",
    "vm35": "empty accounts not counted",
    "vm36": "employees > 5000; sectors with none left out; sector names as spelled in the data",
    "vm38": "accounts with subsidiary_of filled, grouped by subsidiary_of",
    "vm41": "accounts.revenue, millions of USD; all 85 accounts, bought or not",
    "vm42": "wins by close_date",
    "vm43": "any stage, by engage_date; week named by its Monday",
    "vm46": "2017-Q4 by close_date",
    "vm47": "Won deals by close_date: this quarter 2017-Q4, last quarter 2017-Q3",
    "vm48": "percent: Won / (Won + Lost) by close_date; Q1 has March only",
    "vm50": "percent",
    "vm52": "percent: Won / (Won + Lost)",
    "vm53": "sum of products.sales_price over the Engaging deals",
    "vm55": "Won deals, close_date from 2017-07-01 to 2017-12-31",
    "vm56": "mean close_value of Won deals, employees > 10000",
    "vm57": "2017-Q2 by close_date",
    "vm58": "mean of close_date - engage_date, Won, sector finance",
    "vm59": "Lost, close_date in November 2017, sector retail",
    "vm60": "last month = November 2017 by close_date",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    folder = Path(folder)
    acc = pd.read_csv(folder / "accounts.csv")
    prod = pd.read_csv(folder / "products.csv")
    team = pd.read_csv(folder / "sales_teams.csv")
    p = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])

    now = max(p["engage_date"].max(), p["close_date"].max())
    this_m, this_q = now.to_period("M"), now.to_period("Q")
    last_m, last_q = this_m - 1, this_q - 1

    n = len(p)
    p["pkey"] = p["product"].replace({"GTXPro": "GTX Pro"})
    p["product"] = p["pkey"]
    p = p.merge(prod.rename(columns={"product": "pkey"}), on="pkey", how="left")
    p = p.merge(team, on="sales_agent", how="left")
    p = p.merge(acc, on="account", how="left")
    assert len(p) == n
    assert p[["series", "manager"]].notna().all().all()
    p["m"] = p["close_date"].dt.to_period("M")
    p["q"] = p["close_date"].dt.to_period("Q")
    p["days"] = (p["close_date"] - p["engage_date"]).dt.days
    p["age"] = (now - p["engage_date"]).dt.days

    won = p[p.deal_stage == "Won"]
    lost = p[p.deal_stage == "Lost"]
    closed = p[p.deal_stage.isin(["Won", "Lost"])]
    opened = p[p.deal_stage.isin(["Prospecting", "Engaging"])]
    eng = p[p.deal_stage == "Engaging"]
    pro = p[p.deal_stage == "Prospecting"]

    def M(s: Any) -> Any:
        return pd.Period(s, "M")

    def Q(s: Any) -> Any:
        return pd.Period(s, "Q")

    def name(k: Any) -> Any:
        if isinstance(k, pd.Period):
            return f"{k.year}-Q{k.quarter}" if k.freqstr.startswith("Q") else str(k)
        if isinstance(k, pd.Timestamp):
            return k.strftime("%Y-%m-%d")
        return str(k)

    def num(v: Any) -> Any:
        f = float(v)
        return int(f) if f == int(f) else f

    def d(s: Any) -> Any:
        return {name(k): num(v) for k, v in s.items()}

    def rate(x: Any) -> Any:
        return 100 * (x.deal_stage == "Won").sum() / len(x)

    def rate_by(x: Any, key: Any) -> Any:
        return x.groupby(key)["deal_stage"].agg(lambda s: 100 * (s == "Won").mean())

    def total(x: Any, key: Any) -> Any:
        return x.groupby(key)["close_value"].sum()

    def by(x: Any, a: Any) -> Any:
        return x[x.sales_agent == a]

    a: dict[str, Any] = {}

    a["vm01"] = len(by(opened, "Versie Hillebrand"))
    a["vm02"] = by(won, "Kami Bicknell").query("q == @this_q").close_value.sum()
    x = by(won, "Vicki Laflamme")
    a["vm03"] = x[x["product"] == "GTX Pro"].close_value.mean()
    a["vm04"] = won[won.account == "Hottechi"].close_value.sum()
    a["vm05"] = len(won[(won["product"] == "MG Special") & (won.m == last_m)])
    x = by(won, "Darcel Schlecht")
    a["vm06"] = d(total(x[x.m == M("2017-12")], "account"))
    x = won[(won.regional_office == "West") & (won.m == this_m)]
    a["vm07"] = d(x.groupby("sales_agent").size().nlargest(2))
    a["vm08"] = rate(by(closed, "James Ascencio"))
    a["vm09"] = by(won, "Donn Cantrell").close_value.max()
    a["vm10"] = d(by(eng, "Kary Hendrixson").groupby("product").size())
    a["vm11"] = int(by(pro, "Anna Snelling").account.isna().sum())
    a["vm12"] = by(won, "Reed Clapper").days.mean()
    x = by(lost, "Markita Hansen")
    a["vm13"] = d(x[x.q.isin([Q("2017Q3"), Q("2017Q4")])].groupby("q").size())
    x = by(won, "Moses Frase")
    a["vm14"] = x[x["product"] == "GTX Plus Pro"].account.nunique()
    x = by(p, "Maureen Marcano")
    a["vm15"] = int((x.engage_date > now - pd.Timedelta(days=30)).sum())

    a["vm16"] = d(total(won[won.close_date.dt.year == 2017], "regional_office"))
    a["vm17"] = d(rate_by(closed[closed.manager == "Cara Losch"], "sales_agent").nlargest(1))
    a["vm18"] = d(won.groupby("manager").close_value.mean())
    x = won[(won.manager == "Rocco Neubert") & (won.close_date.dt.year == now.year)]
    a["vm19"] = d(x.groupby("m").size())
    x = won[(won.q == Q("2017Q3")) & won.series.isin(["GTX", "MG"])]
    a["vm20"] = d(total(x, "series"))
    x = total(won[won.q == last_q], "regional_office")
    a["vm21"] = abs(x["Central"] - x["East"])
    x = won[won.regional_office == "West"]
    a["vm22"] = 100 * by(x, "Kary Hendrixson").close_value.sum() / x.close_value.sum()
    a["vm23"] = int((~team.sales_agent.isin(p.sales_agent)).sum())
    a["vm24"] = d(won.groupby("sales_agent").size().nsmallest(5))
    x = lost[(lost.manager == "Summer Sewald") & (lost.q == Q("2017Q4"))]
    a["vm25"] = d(x.groupby("product").size())
    a["vm26"] = d(won.groupby("regional_office").days.median())
    a["vm27"] = d(opened[opened.manager == "Melvin Marxen"].groupby("sales_agent").size())
    x = total(won[won.regional_office == "Central"], "q")
    a["vm28"] = 100 * (x[Q("2017Q3")] - x[Q("2017Q2")]) / x[Q("2017Q2")]
    x = won[won.pkey == "GTX Pro"]
    a["vm29"] = 100 * (x.close_value / x.sales_price).mean()
    x = won[(won.close_value >= 5000) & (won.close_date >= "2017-07-01") & (won.close_date <= "2017-09-30")]
    a["vm30"] = d(x.groupby("manager").size())

    a["vm31"] = int((eng.age > 180).sum())
    a["vm32"] = d(eng.groupby("product").age.mean())
    a["vm33"] = d(opened[opened.account.isna()].groupby("deal_stage").size())
    a["vm34"] = 100 * eng.account.isna().mean()
    a["vm35"] = pro.account.nunique()
    a["vm36"] = d(acc[acc.employees > 5000].groupby("sector").size())
    a["vm37"] = won[won.office_location.notna() & (won.office_location != "United States")].close_value.sum()
    a["vm38"] = d(total(won[won.subsidiary_of.notna()], "subsidiary_of"))
    a["vm39"] = d(lost.groupby("series").days.mean())
    a["vm40"] = int((acc.year_established < 1985).sum())
    a["vm41"] = d(acc.groupby("sector").revenue.median())
    nov, dec = (set(won[won.m == M(s)].account.dropna()) for s in ("2017-11", "2017-12"))
    a["vm42"] = len(nov - dec)
    x = p[(p.engage_date >= "2017-10-02") & (p.engage_date <= "2017-10-29")]
    monday = x.engage_date - pd.to_timedelta(x.engage_date.dt.day_of_week, unit="D")
    a["vm43"] = d(x.groupby(monday).size())
    a["vm44"] = int((won.days <= 7).sum())
    a["vm45"] = eng.age.max()

    a["vm46"] = won[won.q == this_q].close_value.sum()
    a["vm47"] = d(won[won.q.isin([last_q, this_q])].groupby("q").size())
    a["vm48"] = d(rate_by(closed[closed.close_date.dt.year == 2017], "q"))
    x = total(won, "account")
    a["vm49"] = d(x.nlargest(5))
    a["vm50"] = 100 * x.nlargest(10).sum() / won.close_value.sum()
    a["vm51"] = won.close_value.median()
    a["vm52"] = d(rate_by(closed, "sector"))
    a["vm53"] = eng.sales_price.sum()
    a["vm54"] = d(total(won[(won.m >= M("2017-07")) & (won.m <= M("2017-12"))], "m"))
    x = won[won["product"] == "GTK 500"]
    a["vm55"] = int(((x.close_date >= "2017-07-01") & (x.close_date <= "2017-12-31")).sum())
    a["vm56"] = won[won.employees > 10000].close_value.mean()
    a["vm57"] = d(total(won[won.q == Q("2017Q2")], "regional_office"))
    a["vm58"] = won[won.sector == "finance"].days.mean()
    a["vm59"] = len(lost[(lost.sector == "retail") & (lost.m == M("2017-11"))])
    a["vm60"] = d(total(won[won.m == last_m], "sales_agent").nlargest(3))

    return {k: v if isinstance(v, dict) else num(v) for k, v in a.items()}
