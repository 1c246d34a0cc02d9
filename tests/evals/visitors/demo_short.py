# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Seventy short questions of an evaluator over the demo CRM, with their answers in pandas.

Written from the CSV tables alone (reps, accounts, contacts, deals, leads, activities); `answers(folder)` recomputes
every expected value with pandas.

today = 2026-10-30: the newest day with something that already happened (newest completed task 2026-10-30 14:23, newest
mail 2026-10-30 05:07; the Events in November 2026 are SCHEDULED only).  "This year" is 2026, "this quarter" 2026-Q4 so
far, "last quarter" 2026-Q3, "last week" the week of Monday 2026-10-19.  A bare month or quarter is the newest past one
(xa16, about expected closes, means November 2026).

Conventions
- Values: a number, or a dict group name -> number (in ranking order where one is asked).  Rates/shares are 0..100.
  Months "2026-03", weeks by the ISO date of their Monday, quarters "2026-Q1".  Groups with no rows are left out; where
  the question names the two or three things to compare, each has its key.  Durations in days unless the question says
  minutes; reply times in hours.  Ages and silences count whole calendar days up to today.
- Deals: open = stage is neither Won nor Lost; age = today - created_date; sales cycle = close_date - created_date of
  closed deals; win rate = Won / (Won + Lost); a closed deal belongs to the period of its close_date; for open deals
  close_date is the expected one.  Amounts are never converted: each money question stays in one currency or groups by
  it; "over 50k" is the bare number in the amount column.  An account "bought" what it has a Won deal for.
- Rep = owner column; manager = manager of the owner in reps.csv (a manager's own records and owners not in reps.csv
  belong to no team).  Region = accounts.region (only regions spelled in one way are asked for).  Sector = industry.
- Activities: one row of activities.csv = one activity (rows repeated under another id count each); type = crm_subtype;
  meeting = type Event; held = outcome COMPLETED; mails = type Email only (mail traffic logged as Task is a Task).
  An activity belongs to the account in its account column or, where that is blank, to the account of its contact.
  The periods were chosen so that counting repeated rows once, or linking by the account column alone, gives the same.
- Reply time (xa70): each inbound Email counts, from the newest earlier outbound Email to the same address; inbound
  ones with no earlier outbound are left out; plain clock hours; automatic replies are not told apart.
- Leads: never contacted = last_contact blank; age = today - created_date.
"""

from pathlib import Path
from typing import Any

import pandas as pd

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # deals
    ("xa01", "Median age of open Tessera Care deals by rep"),
    ("xa02", "deals won per quarter since the beginning"),
    ("xa03", "Win rate by product for deals closed this year"),
    ("xa04", "top 3 reps by won amount in EUR this year"),
    ("xa05", "average sales cycle of won deals, Priya against Tom"),
    ("xa06", "total open pipeline per currency"),
    ("xa07", "What is the biggest open USD deal in each stage?"),
    ("xa08", "how many deals over 50k did we lose last quarter?"),
    ("xa09", "open deals without a close date per rep"),
    ("xa10", "average size of won vs lost deals, GBP only"),
    ("xa11", "share of open deals sitting in Negotiation, per manager"),
    ("xa12", "How many accounts have more than five open deals?"),
    ("xa13", "new deals per month this year in Rafael Costa's team"),
    ("xa14", "Did we create more deals in Q3 than in Q2?"),
    ("xa15", "lost deals per product, leaving out Tessera Insight"),
    ("xa16", "open deals expected to close in November, by stage"),
    ("xa17", "Combien d'affaires Claire a-t-elle perdues cette année, par produit ?"),
    ("xa18", "top 5 accounts by total amount won in EUR"),
    ("xa19", "fastest win of each rep, in days from creation to close"),
    ("xa20", "deals of Healthcare accounts by stage"),
    ("xa21", "Gewonnene Summe in der Region DACH je Quartal"),
    ("xa22", "distinct products won per Iberia account, only accounts with a win"),
    ("xa23", "age of the oldest open deal for each rep"),
    ("xa24", "Quantos negócios abertos tem a Sofia em cada etapa?"),
    ("xa25", "What percentage of the open EUR pipeline value is in Negotiation?"),
    ("xa26", "how many accounts have both a won and a lost deal for Tessera Dock"),
    ("xa27", "Did we log more outbound activities of type Email in August than in May?"),
    ("xa28", "deals lost this year: Nordics vs US West accounts"),
    ("xa29", "open deals older than 365 days by product"),
    ("xa30", "median amount of open USD deals, Priya vs Tom"),
    # leads
    ("xa31", "leads created per week since 1 July"),
    ("xa32", "lead status split for Ingrid Solberg's team"),
    ("xa33", "percentage of leads that are Qualified by sector, ignoring blank sectors"),
    ("xa34", "leads missing an e-mail address, by rep"),
    ("xa35", "how many leads have never been contacted?"),
    ("xa36", "median days between creation and last contact per lead status"),
    ("xa37", "top 3 locations by number of leads"),
    ("xa38", "leads created from 1000+ companies, Q3 compared with Q2"),
    ("xa39", "mean age of leads still in status New, per manager"),
    ("xa40", "number of distinct locations among Unqualified leads per rep"),
    ("xa41", "¿Qué porcentaje de los leads de Jonas está en Nurturing?"),
    ("xa42", "Working leads last contacted more than 180 days ago, by rep"),
    ("xa43", "of Tom's leads with a known company size, what percentage is 1000+?"),
    ("xa44", "healthcare and retail leads that are not Unqualified, by rep"),
    ("xa45", "which job titles have more than 25 leads, and how many each?"),
    ("xa46", "Quanti lead sono stati creati a ottobre, per venditore?"),
    # accounts
    ("xa47", "sectors with at least four accounts"),
    ("xa48", "Average account revenue by rep"),
    ("xa49", "median headcount of Nordics accounts vs US East accounts"),
    ("xa50", "how many accounts with over 500 employees have no won deal?"),
    ("xa51", "five largest accounts by employees, excluding US East and US West"),
    ("xa52", "accounts with fewer than 3 contacts, by rep"),
    ("xa53", "combined revenue of the accounts that bought Tessera Plan, by manager"),
    # activities
    ("xa54", "Appels avec résultat « No answer » en juin par commercial"),
    ("xa55", "share of outbound calls in April with outcome Connected, per rep"),
    ("xa56", "average length in minutes of connected calls this year, Daniel against Priya"),
    ("xa57", "calls left as voicemail per week in September"),
    ("xa58", "Of the activities of type Email in May, what share is inbound per manager's team?"),
    ("xa59", "meetings completed per month since April"),
    ("xa60", "upcoming scheduled meetings per owner"),
    ("xa61", "tasks dated last quarter and still not started: Tom, Priya, Jonas"),
    ("xa62", "Nadia Haddad's activities by type"),
    ("xa63", "activities of type Event, last week vs the week before"),
    ("xa64", "connected calls longer than 10 minutes this year: Hanna, Jonas and Priya"),
    ("xa65", "Llamadas salientes en junio: ¿cuántos contactos distintos por comercial?"),
    ("xa66", "how many open deals belong to accounts with no activity at all in October"),
    ("xa67", "three accounts silent longest: days since their newest past activity of any type"),
    ("xa68", "Wie viele Termine wurden dieses Jahr je Quartal abgesagt (CANCELED)?"),
    ("xa69", "how many accounts had a call with outcome No answer last quarter?"),
    (
        "xa70",
        "For each inbound Email, average hours since our last outbound Email to that contact: Hollis Renewables vs Villarosa Medical",
    ),
]


def load(folder: Path) -> dict[str, pd.DataFrame]:
    t = {
        n: pd.read_csv(Path(folder) / f"{n}.csv")
        for n in ("reps", "accounts", "contacts", "deals", "leads", "activities")
    }
    manager = t["reps"].set_index("name").manager
    acc = t["accounts"].set_index("account_id")
    d, l, x = t["deals"], t["leads"], t["activities"]
    for f in (t["accounts"], d, l, x):
        f["manager"] = f.owner.map(manager)
    for f, cols in ((d, ["created_date", "close_date"]), (l, ["created_date", "last_contact"])):
        for c in cols:
            f[c] = pd.to_datetime(f[c])
    for c, name in (("name", "account"), ("region", "region"), ("industry", "industry")):
        d[name] = d.account_id.map(acc[c])
    d["open"] = ~d.stage.isin(["Won", "Lost"])
    d["age"] = (TODAY - d.created_date).dt.days
    d["cycle"] = (d.close_date - d.created_date).dt.days
    l["age"] = (TODAY - l.created_date).dt.days
    x["at"] = pd.to_datetime(x.activity_date)
    x["past"] = x["at"] < TODAY + pd.Timedelta(days=1)
    by_mail = t["contacts"].drop_duplicates("email").set_index("email").account_id.map(acc["name"])
    x["company"] = x.account.fillna(x.contact_emails.str.split(";").str[0].map(by_mail))
    return t


def month(s: pd.Series) -> pd.Series:
    return s.dt.strftime("%Y-%m")


def quarter(s: pd.Series) -> pd.Series:
    return s.dt.year.astype("Int64").astype(str) + "-Q" + s.dt.quarter.astype("Int64").astype(str)


def monday(s: pd.Series) -> pd.Series:
    return (s.dt.normalize() - pd.to_timedelta(s.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")


def top(s: pd.Series, n: int) -> pd.Series:
    return s.sort_values(ascending=False, kind="stable").head(n)


def reply_hours(x: pd.DataFrame) -> pd.DataFrame:
    """Each inbound Email with the hours since the newest earlier outbound Email to one of its contacts."""
    mail = x[(x.crm_subtype == "Email") & x.contact_emails.notna()].copy()
    mail["who"] = mail.contact_emails.str.split(";")
    mail = mail.explode("who")
    out = mail[mail.direction == "outbound"].groupby("who")["at"].apply(list).to_dict()
    rows = []
    for oid, g in mail[mail.direction == "inbound"].groupby("hs_object_id"):
        at = g["at"].iloc[0]
        before = [o for w in g.who for o in out.get(w, []) if o < at]
        if before:
            rows.append((g.company.iloc[0], (at - max(before)).total_seconds() / 3600))
    return pd.DataFrame(rows, columns=["company", "hours"])


def answers(folder: Path) -> dict[str, Any]:
    t = load(folder)
    r, a, c, d, l, x = (t[n] for n in ("reps", "accounts", "contacts", "deals", "leads", "activities"))
    op, won, lost = d[d.open], d[d.stage == "Won"], d[d.stage == "Lost"]
    closed = d[~d.open]
    in26 = lambda s: s.dt.year == 2026  # noqa: E731
    A: dict[str, Any] = {}

    # ---- deals
    A["xa01"] = op[op["product"] == "Tessera Care"].groupby("owner").age.median()
    A["xa02"] = won.groupby(quarter(won.close_date)).size()
    y = closed[in26(closed.close_date)]
    A["xa03"] = y.stage.eq("Won").groupby(y["product"]).mean() * 100
    A["xa04"] = top(won[in26(won.close_date) & (won.currency == "EUR")].groupby("owner").amount.sum(), 3)
    A["xa05"] = won[won.owner.isin(["Priya Raman", "Tom Okafor"])].groupby("owner").cycle.mean()
    A["xa06"] = op.groupby("currency").amount.sum()
    A["xa07"] = op[op.currency == "USD"].groupby("stage").amount.max()
    A["xa08"] = int(((lost.amount > 50000) & (quarter(lost.close_date) == "2026-Q3")).sum())
    A["xa09"] = op[op.close_date.isna()].groupby("owner").size()
    A["xa10"] = closed[closed.currency == "GBP"].groupby("stage").amount.mean()
    A["xa11"] = op.stage.eq("Negotiation").groupby(op.manager).mean() * 100
    A["xa12"] = int((op.groupby("account_id").size() > 5).sum())
    y = d[in26(d.created_date) & (d.manager == "Rafael Costa")]
    A["xa13"] = y.groupby(month(y.created_date)).size()
    q = quarter(d.created_date)
    A["xa14"] = {"2026-Q3": int((q == "2026-Q3").sum()), "2026-Q2": int((q == "2026-Q2").sum())}
    A["xa15"] = lost[lost["product"] != "Tessera Insight"].groupby("product").size()
    A["xa16"] = op[month(op.close_date) == "2026-11"].groupby("stage").size()
    A["xa17"] = lost[(lost.owner == "Claire Dumont") & in26(lost.close_date)].groupby("product").size()
    A["xa18"] = top(won[won.currency == "EUR"].groupby("account").amount.sum(), 5)
    A["xa19"] = won.groupby("owner").cycle.min()
    A["xa20"] = d[d.industry == "Healthcare"].groupby("stage").size()
    y = won[won.region == "DACH"]
    A["xa21"] = y.groupby(quarter(y.close_date)).amount.sum()
    A["xa22"] = won[won.region == "Iberia"].groupby("account")["product"].nunique()
    A["xa23"] = op.groupby("owner").age.max()
    A["xa24"] = op[op.owner == "Sofia Ribeiro"].groupby("stage").size()
    y = op[op.currency == "EUR"]
    A["xa25"] = y[y.stage == "Negotiation"].amount.sum() / y.amount.sum() * 100
    y = closed[closed["product"] == "Tessera Dock"].groupby("account_id").stage.nunique()
    A["xa26"] = int((y == 2).sum())
    m = month(x[(x.crm_subtype == "Email") & (x.direction == "outbound")]["at"])
    A["xa27"] = {"2026-08": int((m == "2026-08").sum()), "2026-05": int((m == "2026-05").sum())}
    A["xa28"] = lost[in26(lost.close_date) & lost.region.isin(["Nordics", "US West"])].groupby("region").size()
    A["xa29"] = op[op.age > 365].groupby("product").size()
    A["xa30"] = (
        op[(op.currency == "USD") & op.owner.isin(["Priya Raman", "Tom Okafor"])].groupby("owner").amount.median()
    )

    # ---- leads
    y = l[l.created_date >= "2026-07-01"]
    A["xa31"] = y.groupby(monday(y.created_date)).size()
    A["xa32"] = l[l.manager == "Ingrid Solberg"].groupby("status").size()
    y = l[l.industry.notna()]
    A["xa33"] = y.status.eq("Qualified").groupby(y.industry).mean() * 100
    A["xa34"] = l[l.email.isna()].groupby("owner").size()
    A["xa35"] = int(l.last_contact.isna().sum())
    A["xa36"] = (l.last_contact - l.created_date).dt.days.groupby(l.status).median()
    A["xa37"] = top(l.groupby("location").size(), 3)
    q = quarter(l[l.company_size == "1000+"].created_date)
    A["xa38"] = {"2026-Q3": int((q == "2026-Q3").sum()), "2026-Q2": int((q == "2026-Q2").sum())}
    A["xa39"] = l[l.status == "New"].groupby("manager").age.mean()
    A["xa40"] = l[l.status == "Unqualified"].groupby("owner").location.nunique()
    A["xa41"] = l[l.owner == "Jonas Weber"].status.eq("Nurturing").mean() * 100
    A["xa42"] = l[(l.status == "Working") & ((TODAY - l.last_contact).dt.days > 180)].groupby("owner").size()
    A["xa43"] = l[(l.owner == "Tom Okafor") & l.company_size.notna()].company_size.eq("1000+").mean() * 100
    A["xa44"] = l[l.industry.isin(["Healthcare", "Retail"]) & (l.status != "Unqualified")].groupby("owner").size()
    y = l.groupby("job_title").size()
    A["xa45"] = top(y[y > 25], 99)
    A["xa46"] = l[month(l.created_date) == "2026-10"].groupby("owner").size()

    # ---- accounts
    y = a.groupby("industry").size()
    A["xa47"] = top(y[y >= 4], 99)
    A["xa48"] = a.groupby("owner").revenue.mean()
    A["xa49"] = a[a.region.isin(["Nordics", "US East"])].groupby("region").employees.median()
    A["xa50"] = int(((a.employees > 500) & ~a.account_id.isin(won.account_id)).sum())
    A["xa51"] = top(a[~a.region.isin(["US East", "US West"])].set_index("name").employees, 5)
    n = a.account_id.map(c.groupby("account_id").size()).fillna(0)
    A["xa52"] = a[n < 3].groupby("owner").size()
    A["xa53"] = a[a.account_id.isin(won[won["product"] == "Tessera Plan"].account_id)].groupby("manager").revenue.sum()

    # ---- activities
    calls, mails, events = (x[x.crm_subtype == k] for k in ("Call", "Email", "Event"))
    A["xa54"] = calls[(calls.outcome == "No answer") & (month(calls["at"]) == "2026-06")].groupby("owner").size()
    y = calls[(calls.direction == "outbound") & (month(calls["at"]) == "2026-04")]
    A["xa55"] = y.outcome.eq("Connected").groupby(y.owner).mean() * 100
    y = calls[(calls.outcome == "Connected") & in26(calls["at"]) & calls.owner.isin(["Daniel Kerr", "Priya Raman"])]
    A["xa56"] = y.groupby("owner").duration_s.mean() / 60
    y = calls[(calls.outcome == "Left voicemail") & (month(calls["at"]) == "2026-09")]
    A["xa57"] = y.groupby(monday(y["at"])).size()
    y = mails[month(mails["at"]) == "2026-05"]
    A["xa58"] = y.direction.eq("inbound").groupby(y.manager).mean() * 100
    y = events[(events.outcome == "COMPLETED") & (events["at"] >= "2026-04-01")]
    A["xa59"] = y.groupby(month(y["at"])).size()
    A["xa60"] = events[(events.outcome == "SCHEDULED") & ~events.past].groupby("owner").size()
    y = x[(x.crm_subtype == "Task") & (x.outcome == "NOT_STARTED") & (quarter(x["at"]) == "2026-Q3")]
    A["xa61"] = y[y.owner.isin(["Tom Okafor", "Priya Raman", "Jonas Weber"])].groupby("owner").size()
    A["xa62"] = x[x.owner == "Nadia Haddad"].groupby("crm_subtype").size()
    y = monday(events["at"])
    A["xa63"] = {w: int((y == w).sum()) for w in ("2026-10-19", "2026-10-12")}
    A["xa63"] = {f"{w} to {str(pd.Timestamp(w) + pd.Timedelta(days=6))[:10]}": n for w, n in A["xa63"].items()}
    y = calls[(calls.outcome == "Connected") & (calls.duration_s > 600) & in26(calls["at"])]
    A["xa64"] = y[y.owner.isin(["Hanna Lindqvist", "Jonas Weber", "Priya Raman"])].groupby("owner").size()
    y = calls[(month(calls["at"]) == "2026-06") & (calls.direction == "outbound") & calls.contact_emails.notna()]
    y = y.assign(who=y.contact_emails.str.split(";")).explode("who")
    A["xa65"] = y.groupby("owner").who.nunique()
    seen = set(x[(month(x["at"]) == "2026-10")].company.dropna())
    A["xa66"] = int((~op.account.isin(seen)).sum())
    last = x[x.past].groupby("company")["at"].max().dt.normalize()
    A["xa67"] = top((TODAY - last).dt.days, 3)
    y = events[(events.outcome == "CANCELED") & in26(events["at"])]
    A["xa68"] = y.groupby(quarter(y["at"])).size()
    A["xa69"] = int(calls[(calls.outcome == "No answer") & (quarter(calls["at"]) == "2026-Q3")].company.nunique())
    y = reply_hours(x)
    A["xa70"] = y[y.company.isin(["Hollis Renewables", "Villarosa Medical"])].groupby("company").hours.mean()
    return {
        k: ({g: float(w) for g, w in v.items()} if isinstance(v, (dict, pd.Series)) else float(v)) for k, v in A.items()
    }
