# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Sixty unseen figure questions over the demo CRM tables, with their answers computed by pandas.

Voice: a busy regional sales manager and a junior analyst. Reading rules used here:
- "today" is the newest day on which a mail or call took place (2026-10-30 in the demo data);
- mails/calls/meetings/tasks are activities of type Email/Call/Event/Task; every stored row counts;
- "per rep" over activities: the people of reps.csv; "per owner": everyone who owns such a row;
- team, manager and rep region come from reps.csv through the owner; a manager's team is the reps below;
- open deals are neither Won nor Lost; "closed" = Won or Lost, dated by close_date; win rate = won / (won + lost);
- ages and cycle times in days between dates; blank durations are left out of averages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

QUESTIONS = [
    ("xd01", "no answer calls in March 2026 by rep"),
    ("xd02", "Average length of connected calls in September 2026 per owner, longest first"),
    ("xd03", "What share of outbound calls connected in September 2026?"),
    ("xd04", "Call volume growth from February to March 2026, in percent"),
    ("xd05", "Total minutes of Priya Raman's calls, February to April 2026"),
    ("xd06", "Our longest call ever - how many seconds?"),
    ("xd07", "Which weekday had the most calls in September 2026?"),
    ("xd08", "Outbound calls per outcome, February through April 2026"),
    ("xd09", "Inbound versus outbound emails this week, only type Email"),
    ("xd10", "Who has the most inbound activities of type Email in May 2026?"),
    ("xd11", "Different contacts on Claire Dumont's outbound calls in 2026, how many?"),
    ("xd12", "Since July, how many Food and Drink accounts got our emails but sent none?"),
    ("xd13", "Inbound share of type Email activities in May 2026, per manager's team"),
    ("xd14", "Not started tasks dated July 2026, by rep"),
    ("xd15", "Completed meetings per quarter since April 2026"),
    ("xd16", "No-shows out of no-shows plus completed meetings, Hanna against Tom"),
    ("xd17", "Meetings still ahead of us, by owner"),
    ("xd18", "Durée moyenne en minutes des réunions terminées en septembre 2026"),
    ("xd19", "Wie viele Tage seit dem letzten Anruf von Sofia Ribeiro?"),
    ("xd20", "Activity count by type, week of 14 September 2026"),
    ("xd21", "median age of open deals per stage"),
    ("xd22", "Win rate by product for deals closed this year, best first"),
    ("xd23", "Open USD pipeline by stage pls"),
    ("xd24", "Won GBP revenue per closing quarter"),
    ("xd25", "Average won EUR deal: Claire Dumont against Hanna Lindqvist"),
    ("xd26", "Average days from creation to win per rep, fastest first"),
    ("xd27", "Median cycle time of Tessera Dock deals, won against lost"),
    ("xd28", "Open deals due to close in December 2026, per currency"),
    ("xd29", "Top 5 accounts by open EUR amount"),
    ("xd30", "Quanti account hanno almeno tre trattative aperte?"),
    ("xd31", "Negotiation's share of our open USD value"),
    ("xd32", "new deals per month in 2026"),
    ("xd33", "Change in number of deals created, Q2 to Q3 2026"),
    ("xd34", "Negócios perdidos no mês passado contra o mês anterior"),
    ("xd35", "How many accounts have won deals for two or more different products?"),
    ("xd36", "Percentage of won deals that closed within 60 days of creation"),
    ("xd37", "Deals of Healthcare accounts, split by stage"),
    ("xd38", "How many won deals sit at accounts with over 1000 employees?"),
    ("xd39", "who lost most deals this year"),
    ("xd40", "Cumulative won deals by month, 2026"),
    ("xd41", "New leads per week since June"),
    ("xd42", "Qualified share of leads per industry, leave out blank industries"),
    ("xd43", "Leads without any last contact date, by rep region"),
    ("xd44", "Median days from lead creation to last contact, by company size"),
    ("xd45", "Unqualified share: leads created in 2025 against those from 2026"),
    ("xd46", "¿Cuántas empresas distintas hay entre los leads en estado Working?"),
    ("xd47", "Averge age of leads still in status New"),
    ("xd48", "Lead locations with at least 15 leads, and their counts"),
    ("xd49", "Per manager, what percent of leads lack an email adress?"),
    ("xd50", "New leads July to September, this year against last year"),
    ("xd51", "Leads last contacted more than 90 days ago, per status"),
    ("xd52", "Did Claire Dumont create more deals this quarter than last quarter?"),
    ("xd53", "Median headcount of our Nordics accounts"),
    ("xd54", "Opted-out contacts per rep, how many?"),
    ("xd55", "Average number of contacts per account, for each account owner"),
    ("xd56", "Calls per won deal, February to April 2026, by rep"),
    ("xd57", "How many different accounts had a completed meeting in Q3 2026?"),
    ("xd58", "Quel mois a vu le plus de nouveaux leads, et combien?"),
    ("xd59", "Tessera Care deals won so far, by rep region"),
    ("xd60", "Combined USD amount of every Sundial Grocers deal"),
]


def _num(series: pd.Series) -> dict[str, Any]:
    return {str(k): (v.item() if hasattr(v, "item") else v) for k, v in series.items()}


def _month(s: pd.Series) -> pd.Series:
    return s.dt.strftime("%Y-%m")


def _quarter(s: pd.Series) -> pd.Series:
    return s.dt.year.astype("Int64").astype(str) + "-Q" + s.dt.quarter.astype("Int64").astype(str)


def _monday(s: pd.Series) -> pd.Series:
    day = s.dt.normalize()
    return (day - pd.to_timedelta(day.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")


def _pct(mask: pd.Series) -> float:
    return float(mask.sum()) / len(mask) * 100


def answers(folder: Path) -> dict[str, Any]:
    folder = Path(folder)
    reps = pd.read_csv(folder / "reps.csv")
    accounts = pd.read_csv(folder / "accounts.csv")
    contacts = pd.read_csv(folder / "contacts.csv")
    deals = pd.read_csv(folder / "deals.csv", parse_dates=["created_date", "close_date"])
    leads = pd.read_csv(folder / "leads.csv", parse_dates=["created_date", "last_contact"])
    acts = pd.read_csv(folder / "activities.csv", parse_dates=["activity_date"])

    manager = dict(zip(reps["name"], reps["manager"]))
    region = dict(zip(reps["name"], reps["region"]))
    acts["when"] = acts["activity_date"]
    acts["day"] = acts["when"].dt.normalize()
    acts["month"] = _month(acts["when"])
    acts["quarter"] = _quarter(acts["when"])
    acts["monday"] = _monday(acts["when"])
    acts["manager"] = acts["owner"].map(manager)
    # an activity's account: the one stored, else that of the first known contact address
    by_name = dict(zip(accounts["name"], accounts["account_id"]))
    by_mail = dict(zip(contacts["email"].str.lower(), contacts["account_id"]))

    def first_account(cell: Any) -> Any:
        if not isinstance(cell, str):
            return None
        found = [by_mail[a.strip().lower()] for a in cell.split(";") if a.strip().lower() in by_mail]
        return found[0] if found else None

    acts["account_id"] = acts["account"].map(by_name).fillna(acts["contact_emails"].map(first_account))

    calls = acts[acts["crm_subtype"] == "Call"]
    mails = acts[acts["crm_subtype"] == "Email"]
    meets = acts[acts["crm_subtype"] == "Event"]
    tasks = acts[acts["crm_subtype"] == "Task"]
    today = max(calls["day"].max(), mails["day"].max())
    year = today.year

    deals["age"] = (today - deals["created_date"]).dt.days
    deals["cycle"] = (deals["close_date"] - deals["created_date"]).dt.days
    open_deals = deals[~deals["stage"].isin(["Won", "Lost"])]
    won = deals[deals["stage"] == "Won"]
    lost = deals[deals["stage"] == "Lost"]
    closed = deals[deals["stage"].isin(["Won", "Lost"])]
    name_of = dict(zip(accounts["account_id"], accounts["name"]))
    leads["manager"] = leads["owner"].map(manager)
    leads["region"] = leads["owner"].map(region)

    out: dict[str, Any] = {}

    # --- calls
    m = calls[(calls["month"] == "2026-03") & (calls["outcome"] == "No answer")]
    out["xd01"] = _num(m[m["owner"].isin(reps["name"])].groupby("owner").size())
    m = calls[(calls["month"] == "2026-09") & (calls["outcome"] == "Connected")]
    out["xd02"] = _num(m.groupby("owner")["duration_s"].mean().sort_values(ascending=False))
    m = calls[(calls["month"] == "2026-09") & (calls["direction"] == "outbound")]
    out["xd03"] = _pct(m["outcome"] == "Connected")
    feb, mar = (calls["month"] == "2026-02").sum(), (calls["month"] == "2026-03").sum()
    out["xd04"] = float((mar - feb) / feb * 100)
    m = calls[calls["month"].between("2026-02", "2026-04") & (calls["owner"] == "Priya Raman")]
    out["xd05"] = float(m["duration_s"].sum() / 60)
    out["xd06"] = float(calls["duration_s"].max())
    n = calls.loc[calls["month"] == "2026-09", "when"].dt.day_name().value_counts()
    out["xd07"] = _num(n[n == n.max()])
    m = calls[calls["month"].between("2026-02", "2026-04") & (calls["direction"] == "outbound")]
    out["xd08"] = _num(m.groupby("outcome").size())

    # --- mails
    this_monday = today - pd.Timedelta(days=today.weekday())
    m = mails[(mails["day"] >= this_monday) & (mails["day"] <= today)]
    out["xd09"] = {d: int((m["direction"] == d).sum()) for d in ("inbound", "outbound")}
    m = mails[(mails["month"] == "2026-05") & (mails["direction"] == "inbound")]
    n = m.groupby("owner").size()
    out["xd10"] = _num(n[n == n.max()])
    m = calls[
        (calls["owner"] == "Claire Dumont") & (calls["when"].dt.year == 2026) & (calls["direction"] == "outbound")
    ]
    out["xd11"] = int(m["contact_emails"].dropna().str.split(";").explode().str.strip().str.lower().nunique())
    m = mails[(mails["day"] >= pd.Timestamp(year, 7, 1)) & (mails["day"] <= today)]
    sent = set(m.loc[m["direction"] == "outbound", "account_id"].dropna())
    heard = set(m.loc[m["direction"] == "inbound", "account_id"].dropna())
    food = set(accounts.loc[accounts["industry"] == "Food and Drink", "account_id"])
    out["xd12"] = len((sent - heard) & food)
    m = mails[(mails["month"] == "2026-05") & mails["manager"].notna()]
    out["xd13"] = _num(m.groupby("manager")["direction"].apply(lambda s: _pct(s == "inbound")))

    # --- tasks, meetings, all types
    m = tasks[(tasks["month"] == "2026-07") & (tasks["outcome"] == "NOT_STARTED")]
    out["xd14"] = _num(m[m["owner"].isin(reps["name"])].groupby("owner").size())
    held = meets[meets["outcome"] == "COMPLETED"]
    out["xd15"] = _num(held[held["day"] >= pd.Timestamp(2026, 4, 1)].groupby("quarter").size())
    out["xd16"] = {}
    for who in ("Hanna Lindqvist", "Tom Okafor"):
        m = meets[(meets["owner"] == who) & meets["outcome"].isin(["COMPLETED", "NO_SHOW"])]
        out["xd16"][who] = _pct(m["outcome"] == "NO_SHOW")
    out["xd17"] = _num(meets[meets["day"] > today].groupby("owner").size())
    out["xd18"] = float(held.loc[held["month"] == "2026-09", "duration_s"].mean() / 60)
    last = calls.loc[(calls["owner"] == "Sofia Ribeiro") & (calls["day"] <= today), "day"].max()
    out["xd19"] = int((today - last).days)
    out["xd20"] = _num(acts[acts["monday"] == "2026-09-14"].groupby("crm_subtype").size())

    # --- deals
    out["xd21"] = _num(open_deals.groupby("stage")["age"].median())
    m = closed[closed["close_date"].dt.year == year]
    out["xd22"] = _num(m.groupby("product")["stage"].apply(lambda s: _pct(s == "Won")).sort_values(ascending=False))
    out["xd23"] = _num(open_deals[open_deals["currency"] == "USD"].groupby("stage")["amount"].sum())
    m = won[won["currency"] == "GBP"]
    out["xd24"] = _num(m.groupby(_quarter(m["close_date"]))["amount"].sum())
    m = won[won["currency"] == "EUR"]
    out["xd25"] = {w: float(m.loc[m["owner"] == w, "amount"].mean()) for w in ("Claire Dumont", "Hanna Lindqvist")}
    out["xd26"] = _num(won.groupby("owner")["cycle"].mean().sort_values())
    dock = closed[closed["product"] == "Tessera Dock"]
    out["xd27"] = {s: float(dock.loc[dock["stage"] == s, "cycle"].median()) for s in ("Won", "Lost")}
    out["xd28"] = _num(open_deals[_month(open_deals["close_date"]) == "2026-12"].groupby("currency").size())
    m = open_deals[open_deals["currency"] == "EUR"].groupby("account_id")["amount"].sum()
    m = m.sort_values(ascending=False).head(5)
    out["xd29"] = _num(m.rename(index=name_of))
    out["xd30"] = int((open_deals.groupby("account_id").size() >= 3).sum())
    m = open_deals[open_deals["currency"] == "USD"]
    out["xd31"] = float(m.loc[m["stage"] == "Negotiation", "amount"].sum() / m["amount"].sum() * 100)
    m = deals[deals["created_date"].dt.year == 2026]
    out["xd32"] = _num(m.groupby(_month(m["created_date"])).size())
    q = _quarter(deals["created_date"])
    out["xd33"] = int((q == "2026-Q3").sum() - (q == "2026-Q2").sum())
    last_month = today.to_period("M") - 1
    out["xd34"] = {str(p): int((_month(lost["close_date"]) == str(p)).sum()) for p in (last_month, last_month - 1)}
    out["xd35"] = int((won.groupby("account_id")["product"].nunique() >= 2).sum())
    out["xd36"] = _pct(won["cycle"] <= 60)
    health = accounts.loc[accounts["industry"] == "Healthcare", "account_id"]
    out["xd37"] = _num(deals[deals["account_id"].isin(health)].groupby("stage").size())
    big = accounts.loc[accounts["employees"] > 1000, "account_id"]
    out["xd38"] = int(won["account_id"].isin(big).sum())
    n = lost[lost["close_date"].dt.year == year].groupby("owner").size()
    out["xd39"] = _num(n[n == n.max()])
    m = won[won["close_date"].dt.year == 2026]
    out["xd40"] = _num(m.groupby(_month(m["close_date"])).size().sort_index().cumsum())

    # --- leads
    m = leads[leads["created_date"] >= pd.Timestamp(year, 6, 1)]
    out["xd41"] = _num(m.groupby(_monday(m["created_date"])).size())
    out["xd42"] = _num(leads.groupby("industry")["status"].apply(lambda s: _pct(s == "Qualified")))
    out["xd43"] = _num(leads[leads["last_contact"].isna()].groupby("region").size())
    leads["wait"] = (leads["last_contact"] - leads["created_date"]).dt.days
    out["xd44"] = _num(leads.dropna(subset=["company_size", "wait"]).groupby("company_size")["wait"].median())
    out["xd45"] = {
        str(y): _pct(leads.loc[leads["created_date"].dt.year == y, "status"] == "Unqualified") for y in (2025, 2026)
    }
    out["xd46"] = int(leads.loc[leads["status"] == "Working", "company"].nunique())
    out["xd47"] = float((today - leads.loc[leads["status"] == "New", "created_date"]).dt.days.mean())
    n = leads.groupby("location").size()
    out["xd48"] = _num(n[n >= 15])
    out["xd49"] = _num(leads.groupby("manager")["email"].apply(lambda s: _pct(s.isna())))
    q = _quarter(leads["created_date"])
    out["xd50"] = {f"{y}-Q3": int((q == f"{y}-Q3").sum()) for y in (year - 1, year)}
    m = leads[(today - leads["last_contact"]).dt.days > 90]
    out["xd51"] = _num(m.groupby("status").size())

    # --- accounts, contacts, several tables
    m = _quarter(deals.loc[deals["owner"] == "Claire Dumont", "created_date"])
    this_quarter = today.to_period("Q")
    out["xd52"] = {
        f"{p.year}-Q{p.quarter}": int((m == f"{p.year}-Q{p.quarter}").sum()) for p in (this_quarter, this_quarter - 1)
    }
    out["xd53"] = float(accounts.loc[accounts["region"] == "Nordics", "employees"].median())
    gone = contacts["opted_out"].astype(str).str.strip().str.lower() == "true"
    out["xd54"] = _num(contacts[gone].groupby("owner").size())
    per = contacts.groupby("account_id").size().reindex(accounts["account_id"]).fillna(0)
    out["xd55"] = _num(per.groupby(accounts.set_index("account_id")["owner"]).mean())
    span = calls[calls["month"].between("2026-02", "2026-04") & calls["owner"].isin(reps["name"])]
    wins = won[_month(won["close_date"]).between("2026-02", "2026-04")].groupby("owner").size()
    out["xd56"] = _num((span.groupby("owner").size() / wins).dropna())
    out["xd57"] = int(held.loc[held["quarter"] == "2026-Q3", "account_id"].nunique())
    n = leads.groupby(_month(leads["created_date"])).size()
    out["xd58"] = _num(n[n == n.max()])
    m = won[won["product"] == "Tessera Care"]
    out["xd59"] = _num(m.groupby(m["owner"].map(region)).size())
    sundial = accounts.loc[accounts["name"] == "Sundial Grocers", "account_id"]
    m = deals[deals["account_id"].isin(sundial) & (deals["currency"] == "USD")]
    out["xd60"] = int(m["amount"].sum())
    return out
