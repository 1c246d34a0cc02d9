# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Seventy figure questions over deals, leads, accounts and activities, answered straight from the CSV tables.

Conventions: relative dates count from the day of the newest email or call; rates and shares are 0..100;
durations are days (call lengths seconds) unless the question names a unit; open = neither Won nor Lost;
a deal is won or lost on its close date; win rate = won / (won + lost); an activity's type is its crm_subtype.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

QUESTIONS = [
    # deals
    ("xf01", "median USD deal amount in US East against US West"),
    ("xf02", "what is the win rate of deals closed in Q2 2026?"),
    ("xf03", "how long does Claire take on average to win a deal"),
    ("xf04", "which product has the highest average won amount in EUR?"),
    ("xf05", "open pipeline in GBP by stage"),
    ("xf06", "share of Lost among all deals, open included, per manager"),
    ("xf07", "age of the oldest open deal in Discovery"),
    ("xf08", "give me the average age of Iberia's deals in Negotiation"),
    ("xf09", "how many open deals are expected to close in December 2026"),
    ("xf10", "percentage growth in number of won deals, Q1 to Q2 2026"),
    ("xf11", "top 5 accounts by won value in EUR"),
    ("xf12", "biggest open deal of Daniel Kerr in GBP"),
    ("xf13", "who lost the most deals this year?"),
    ("xf14", "number of accounts without any won deal"),
    ("xf15", "how many different accounts bought Tessera Care in 2026?"),
    ("xf16", "median days from creation to loss per product"),
    ("xf17", "what share of open USD pipeline value sits in Proposal?"),
    ("xf18", "won USD amount per month since May 2026"),
    ("xf19", "mean size of EUR deals won in 2025 versus 2026"),
    ("xf20", "rank the reps by win rate this year, best first"),
    ("xf21", "EUR value lost by Rafael Costa's team last quarter"),
    ("xf22", "how many deals were won within 90 days of creation?"),
    ("xf23", "longest sales cycle of a won Tessera Plan deal"),
    ("xf24", "open deals with no close date, by rep"),
    ("xf25", "average number of deals per account in DACH"),
    ("xf26", "percentage of open deals more than 300 days old"),
    ("xf27", "best quarter for won EUR amount"),
    ("xf28", "which stage has the highest median age of open deals?"),
    # leads
    ("xf29", "new leads per week since 7 September 2026"),
    ("xf30", "what percentage of each rep's leads is qualified?"),
    ("xf31", "median age of leads still in status New"),
    ("xf32", "which industry has the most unqualified leads?"),
    ("xf33", "average days between creation and last contact for Working leads"),
    ("xf34", "new leads last month compared with the month before"),
    ("xf35", "how many distinct companies are behind our CFO leads"),
    ("xf36", "difference in new leads between Q3 2025 and Q3 2026"),
    ("xf37", "leads missing an email adress by manager"),
    ("xf38", "what percentage of leads have no industry?"),
    ("xf39", "busiest month for new leads in 2025"),
    # accounts
    ("xf40", "median number of employees of acounts per owner"),
    ("xf41", "which account has the highest revenue?"),
    ("xf42", "number of accounts with both won and lost deals"),
    # activities
    ("xf43", "longest connected call this year, in minutes"),
    ("xf44", "conected calls in May 2026 by rep"),
    ("xf45", "share of outbound calls in February 2026 that ended in voicemail"),
    ("xf46", "average length of connected calls by manager, February to April 2026"),
    ("xf47", "meeting no-shows per quarter"),
    ("xf48", "who had the most cancelled meetings?"),
    ("xf49", "Tom's not started tasks per month in Q2 2026"),
    ("xf50", "how many calls came in during 2026?"),
    ("xf51", "median length of voicemail calls, Claire against Sofia"),
    ("xf52", "on how many days did Sofia make calls in June 2026"),
    ("xf53", "days since Jonas Weber's last connected call"),
    ("xf54", "meetings scheduled for November 2026"),
    ("xf55", "calls longer than 30 minutes, by year"),
    ("xf56", "how many more calls did Daniel log in October than September 2026"),
    ("xf57", "share of outbound calls that connected, February against April 2026"),
    ("xf58", "avrage duration of completed meetings in 2025, in hours"),
    ("xf59", "activities of type Email in August 2026, inbound against outbound"),
    ("xf60", "no answer calls before 9 am in 2026"),
    ("xf61", "top 3 reps by no answer calls in October 2026"),
    ("xf62", "calls on Mondays in February 2026"),
    # other languages
    ("xf63", "combien d'affaires perdues par mois depuis avril 2026 ?"),
    ("xf64", "durée médiane du cycle des affaires gagnées par trimestre"),
    ("xf65", "Durchschnittliches Alter der offenen Deals je Manager"),
    ("xf66", "Wie viele neue Leads bekam Jonas Weber im August 2025?"),
    ("xf67", "importe medio de las oportunidades ganadas en Iberia, en EUR"),
    ("xf68", "¿qué comercial tiene más leads cualificados?"),
    ("xf69", "quanti account hanno meno di 100 dipendenti?"),
    ("xf70", "negócios abertos da Sofia Ribeiro por produto"),
]


def answers(folder: Path) -> dict[str, Any]:
    folder = Path(folder)
    reps = pd.read_csv(folder / "reps.csv")
    accounts = pd.read_csv(folder / "accounts.csv")
    deals = pd.read_csv(folder / "deals.csv")
    leads = pd.read_csv(folder / "leads.csv")
    act = pd.read_csv(folder / "activities.csv")

    day = pd.Timestamp
    manager = dict(zip(reps["name"], reps["manager"]))

    # activities
    act["at"] = pd.to_datetime(act["activity_date"])
    act["day"] = act["at"].dt.normalize()
    act["manager"] = act["owner"].map(manager)
    calls = act[act["crm_subtype"] == "Call"]
    meetings = act[act["crm_subtype"] == "Event"]
    todo = act[(act["crm_subtype"] == "Task") & (act["outcome"] == "NOT_STARTED")]
    out_calls = calls[calls["direction"] == "outbound"]
    connected = calls[calls["outcome"] == "Connected"]
    today = act.loc[act["crm_subtype"].isin(["Email", "Call"]), "day"].max()
    year = today.year
    this_quarter = today.to_period("Q")
    this_month = today.to_period("M")

    # deals
    for col in ("created_date", "close_date"):
        deals[col] = pd.to_datetime(deals[col])
    deals["manager"] = deals["owner"].map(manager)
    deals = deals.merge(
        accounts[["account_id", "name", "industry", "region"]].rename(columns={"name": "account"}),
        on="account_id",
        how="left",
    )
    deals["age"] = (today - deals["created_date"]).dt.days
    deals["cycle"] = (deals["close_date"] - deals["created_date"]).dt.days
    open_ = deals[~deals["stage"].isin(["Won", "Lost"])]
    won = deals[deals["stage"] == "Won"]
    lost = deals[deals["stage"] == "Lost"]
    closed = deals[deals["stage"].isin(["Won", "Lost"])]

    # leads
    for col in ("created_date", "last_contact"):
        leads[col] = pd.to_datetime(leads[col])
    leads["manager"] = leads["owner"].map(manager)
    leads["age"] = (today - leads["created_date"]).dt.days

    def between(frame: pd.DataFrame, col: str, first: str, last: str) -> pd.DataFrame:
        return frame[(frame[col] >= day(first)) & (frame[col] <= day(last))]

    def plain(value: Any) -> int | float:
        value = value.item() if hasattr(value, "item") else value
        return value

    def table(series: pd.Series) -> dict[str, int | float]:
        return {str(k): plain(v) for k, v in series.items()}

    def count(frame: pd.DataFrame, by: str) -> dict[str, int | float]:
        return table(frame.groupby(by).size())

    def ranked(series: pd.Series) -> pd.Series:
        return series.sort_values(ascending=False, kind="stable")

    def most(series: pd.Series) -> dict[str, int | float]:
        return table(series[series == series.max()])

    def months(frame: pd.DataFrame, col: str) -> pd.Series:
        return frame[col].dt.strftime("%Y-%m")

    def quarters(frame: pd.DataFrame, col: str) -> pd.Series:
        return frame[col].dt.year.astype(str) + "-Q" + frame[col].dt.quarter.astype(str)

    def weeks(frame: pd.DataFrame, col: str) -> pd.Series:
        monday = frame[col] - pd.to_timedelta(frame[col].dt.day_of_week, unit="D")
        return monday.dt.strftime("%Y-%m-%d")

    def pct(part: float, whole: float) -> float:
        return float(100.0 * part / whole)

    def share(frame: pd.DataFrame, by: str, hit: pd.Series) -> pd.Series:
        grouped = hit.loc[frame.index].groupby(frame[by])
        return 100.0 * grouped.sum() / grouped.size()

    is_won = deals["stage"] == "Won"
    is_lost = deals["stage"] == "Lost"
    res: dict[str, Any] = {}

    # ---- deals
    res["xf01"] = {r: plain(deals.loc[deals["region"] == r, "amount"].median()) for r in ("US East", "US West")}
    q2 = between(closed, "close_date", "2026-04-01", "2026-06-30")
    res["xf02"] = pct((q2["stage"] == "Won").sum(), len(q2))
    res["xf03"] = plain(won.loc[won["owner"] == "Claire Dumont", "cycle"].mean())
    res["xf04"] = most(won[won["currency"] == "EUR"].groupby("product")["amount"].mean())
    res["xf05"] = table(open_[open_["currency"] == "GBP"].groupby("stage")["amount"].sum())
    res["xf06"] = table(share(deals, "manager", is_lost))
    res["xf07"] = plain(deals.loc[deals["stage"] == "Discovery", "age"].max())
    res["xf08"] = plain(deals.loc[(deals["stage"] == "Negotiation") & (deals["region"] == "Iberia"), "age"].mean())
    res["xf09"] = len(between(open_, "close_date", "2026-12-01", "2026-12-31"))
    q1w = len(between(won, "close_date", "2026-01-01", "2026-03-31"))
    q2w = len(between(won, "close_date", "2026-04-01", "2026-06-30"))
    res["xf10"] = pct(q2w - q1w, q1w)
    res["xf11"] = table(ranked(won[won["currency"] == "EUR"].groupby("account")["amount"].sum()).head(5))
    res["xf12"] = plain(open_.loc[(open_["owner"] == "Daniel Kerr") & (open_["currency"] == "GBP"), "amount"].max())
    res["xf13"] = most(lost[lost["close_date"].dt.year == year].groupby("owner").size())
    res["xf14"] = plain((~accounts["account_id"].isin(won["account_id"])).sum())
    care = won[(won["product"] == "Tessera Care") & (won["close_date"].dt.year == 2026)]
    res["xf15"] = plain(care["account_id"].nunique())
    res["xf16"] = table(lost.groupby("product")["cycle"].median())
    usd = open_[open_["currency"] == "USD"]
    res["xf17"] = pct(usd.loc[usd["stage"] == "Proposal", "amount"].sum(), usd["amount"].sum())
    wusd = won[(won["currency"] == "USD") & (won["close_date"] >= day("2026-05-01"))]
    res["xf18"] = table(wusd.groupby(months(wusd, "close_date"))["amount"].sum())
    weur = won[won["currency"] == "EUR"]
    res["xf19"] = {str(y): plain(weur.loc[weur["close_date"].dt.year == y, "amount"].mean()) for y in (2025, 2026)}
    cy = closed[closed["close_date"].dt.year == year]
    res["xf20"] = table(ranked(share(cy, "owner", is_won)))
    lq = lost[(lost["manager"] == "Rafael Costa") & (lost["currency"] == "EUR")]
    res["xf21"] = plain(lq.loc[lq["close_date"].dt.to_period("Q") == this_quarter - 1, "amount"].sum())
    res["xf22"] = int((won["cycle"] <= 90).sum())
    res["xf23"] = plain(won.loc[won["product"] == "Tessera Plan", "cycle"].max())
    res["xf24"] = count(open_[open_["close_date"].isna()], "owner")
    dach = accounts[accounts["region"] == "DACH"]
    res["xf25"] = float(deals["account_id"].isin(dach["account_id"]).sum() / len(dach))
    res["xf26"] = pct((open_["age"] > 300).sum(), len(open_))
    res["xf27"] = most(weur.groupby(quarters(weur, "close_date"))["amount"].sum())
    res["xf28"] = most(open_.groupby("stage")["age"].median())

    # ---- leads
    fresh = leads[leads["created_date"] >= day("2026-09-07")]
    res["xf29"] = table(fresh.groupby(weeks(fresh, "created_date")).size())
    res["xf30"] = table(share(leads, "owner", leads["status"] == "Qualified"))
    res["xf31"] = plain(leads.loc[leads["status"] == "New", "age"].median())
    res["xf32"] = most(leads[leads["status"] == "Unqualified"].groupby("industry").size())
    working = leads[leads["status"] == "Working"]
    res["xf33"] = plain((working["last_contact"] - working["created_date"]).dt.days.mean())
    res["xf34"] = {
        str(p): int((leads["created_date"].dt.to_period("M") == p).sum()) for p in (this_month - 2, this_month - 1)
    }
    res["xf35"] = plain(leads.loc[leads["job_title"] == "CFO", "company"].nunique())
    res["xf36"] = len(between(leads, "created_date", "2026-07-01", "2026-09-30")) - len(
        between(leads, "created_date", "2025-07-01", "2025-09-30")
    )
    res["xf37"] = count(leads[leads["email"].isna()], "manager")
    res["xf38"] = pct(leads["industry"].isna().sum(), len(leads))
    l25 = leads[leads["created_date"].dt.year == 2025]
    res["xf39"] = most(l25.groupby(months(l25, "created_date")).size())

    # ---- accounts
    res["xf40"] = table(accounts.groupby("owner")["employees"].median())
    res["xf41"] = most(accounts.set_index("name")["revenue"])
    res["xf42"] = len(set(won["account_id"]) & set(lost["account_id"]))

    # ---- activities
    res["xf43"] = plain(connected.loc[connected["at"].dt.year == year, "duration_s"].max()) / 60
    res["xf44"] = count(connected[months(connected, "at") == "2026-05"], "owner")
    feb = out_calls[months(out_calls, "at") == "2026-02"]
    res["xf45"] = pct((feb["outcome"] == "Left voicemail").sum(), len(feb))
    spring = connected[months(connected, "at").isin(["2026-02", "2026-03", "2026-04"])]
    res["xf46"] = table(spring.groupby("manager")["duration_s"].mean())
    shows = meetings[meetings["outcome"] == "NO_SHOW"]
    res["xf47"] = table(shows.groupby(quarters(shows, "at")).size())
    res["xf48"] = most(meetings[meetings["outcome"] == "CANCELED"].groupby("owner").size())
    toms = todo[(todo["owner"] == "Tom Okafor") & (quarters(todo, "at") == "2026-Q2")]
    res["xf49"] = table(toms.groupby(months(toms, "at")).size())
    res["xf50"] = int(((calls["direction"] == "inbound") & (calls["at"].dt.year == 2026)).sum())
    vm = calls[calls["outcome"] == "Left voicemail"]
    res["xf51"] = {
        n: plain(vm.loc[vm["owner"] == n, "duration_s"].median()) for n in ("Claire Dumont", "Sofia Ribeiro")
    }
    sof = calls[(calls["owner"] == "Sofia Ribeiro") & (months(calls, "at") == "2026-06")]
    res["xf52"] = plain(sof["day"].nunique())
    res["xf53"] = (today - connected.loc[connected["owner"] == "Jonas Weber", "day"].max()).days
    nov = meetings[months(meetings, "at") == "2026-11"]
    res["xf54"] = int((nov["outcome"] == "SCHEDULED").sum())
    long_ = calls[calls["duration_s"] > 1800]
    res["xf55"] = table(long_.groupby(long_["at"].dt.year.astype(str)).size())
    dan = months(calls[calls["owner"] == "Daniel Kerr"], "at")
    res["xf56"] = int((dan == "2026-10").sum() - (dan == "2026-09").sum())
    tri = out_calls[months(out_calls, "at").isin(["2026-02", "2026-04"])]
    by_month = (tri["outcome"] == "Connected").groupby(months(tri, "at"))
    res["xf57"] = table(100.0 * by_month.sum() / by_month.size())
    held25 = meetings[(meetings["outcome"] == "COMPLETED") & (meetings["at"].dt.year == 2025)]
    res["xf58"] = plain(held25["duration_s"].mean()) / 3600
    aug = act[(act["crm_subtype"] == "Email") & (months(act, "at") == "2026-08")]
    res["xf59"] = {d: int((aug["direction"] == d).sum()) for d in ("inbound", "outbound")}
    na = calls[calls["outcome"] == "No answer"]
    res["xf60"] = int(((na["at"].dt.year == 2026) & (na["at"].dt.hour < 9)).sum())
    res["xf61"] = table(ranked(na[months(na, "at") == "2026-10"].groupby("owner").size()).head(3))
    feb_calls = calls[months(calls, "at") == "2026-02"]
    res["xf62"] = int((feb_calls["at"].dt.day_of_week == 0).sum())

    # ---- other languages
    l4 = lost[lost["close_date"] >= day("2026-04-01")]
    res["xf63"] = table(l4.groupby(months(l4, "close_date")).size())
    res["xf64"] = table(won.groupby(quarters(won, "close_date"))["cycle"].median())
    res["xf65"] = table(open_.groupby("manager")["age"].mean())
    res["xf66"] = int(((leads["owner"] == "Jonas Weber") & (months(leads, "created_date") == "2025-08")).sum())
    res["xf67"] = plain(won.loc[(won["region"] == "Iberia") & (won["currency"] == "EUR"), "amount"].mean())
    res["xf68"] = most(leads[leads["status"] == "Qualified"].groupby("owner").size())
    res["xf69"] = int((accounts["employees"] < 100).sum())
    res["xf70"] = count(open_[open_["owner"] == "Sofia Ribeiro"], "product")
    return res
