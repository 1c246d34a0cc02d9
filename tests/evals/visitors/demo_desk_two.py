# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Sixty short questions of a manager, a rep and an ops auditor over the demo CRM, with their answers in pandas.

Written from the CSV tables before any was tried; `answers(folder)` recomputes every expected value with pandas.

today = 2026-10-30, the newest day on which something already happened. "This year" is 2026 so far, "this quarter"
2026-Q4, "last month" September 2026, "next month" November 2026, "last week" Monday 19 to Sunday 25 October 2026.

Conventions
- Values: a number, or a dict group name -> number. Rates and shares are 0..100. Groups with no rows are left out; the
  two things that a question compares each have their key.
- Deals: open = stage is neither Won nor Lost; overdue = open with a close date before today; win rate =
  Won / (Won + Lost) by the day of closing; amounts are never converted. Team = the reps of one manager.
- Activities: one row of activities.csv = one activity, type = crm_subtype; held = outcome COMPLETED; unanswered = no
  answer, busy or voicemail.
- Leads: source = the note; never contacted = last_contact blank.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.evals.visitors.demo_hurry import month, quarter, top

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # a manager
    ("dt01", "Who won the most deals this year?"),
    ("dt02", "EUR pipeline by rep"),
    ("dt03", "deals expected to close next month by rep"),
    ("dt04", "EUR pipeline expected to close next quarter, by rep"),
    ("dt05", "win rate by manager this year"),
    ("dt06", "how many deals did each team lose last quarter"),
    ("dt07", "won deals in Q3 2026 vs the same period last year"),
    ("dt08", "average won deal size in EUR by product in 2026"),
    ("dt09", "Which product has the lowest win rate?"),
    ("dt10", "reps with a win rate below 50%"),
    ("dt11", "how many accounts with an open deal had no activity in the last 14 days"),
    ("dt12", "the 5 biggest open EUR deals"),
    ("dt13", "share of won EUR revenue from the top 5 accounts"),
    ("dt14", "new deals per month this year"),
    ("dt15", "win rate by product, only products with more than 40 closed deals"),
    ("dt16", "how many open deals have a close date in the past?"),
    ("dt17", "how much EUR pipeline is due this quarter"),
    ("dt18", "open deals, Ingrid's team vs Rafael's team"),
    ("dt19", "median sales cycle of won deals 2026 vs 2025"),
    ("dt20", "won EUR by quarter since Q1 2025"),
    # a rep
    ("dt21", "Priya's open deals by stage"),
    ("dt22", "Tom's open deals closing next month"),
    ("dt23", "how many of Hanna's leads were never contacted"),
    ("dt24", "Sofia's biggest open deal"),
    ("dt25", "how many of Priya's accounts have no open deal?"),
    ("dt26", "Claire's calls in September"),
    ("dt27", "Daniel's average call length in minutes this year, connected calls only"),
    ("dt28", "leads from webinars for Marco"),
    ("dt29", "how many qualified leads does each rep have"),
    ("dt30", "no-shows per rep this year"),
    ("dt31", "meetings held last month vs the month before"),
    ("dt32", "who has the oldest open deal?"),
    ("dt33", "how many contacts do we have at Hollis Renewables"),
    ("dt34", "Priya's win rate in H1 2026 vs H2 2025"),
    ("dt35", "which rep made the fewest calls last month"),
    ("dt36", "top 3 lead sources by qualified leads"),
    # an ops auditor
    ("dt37", "deals without a close date"),
    ("dt38", "how many leads have no industry?"),
    ("dt39", "leads with no company size by owner"),
    ("dt40", "share of leads without a note"),
    ("dt41", "how many accounts have fewer than 3 contacts"),
    ("dt42", "open deals older than a year"),
    ("dt43", "deals won in less than 30 days"),
    ("dt44", "meetings still scheduled although their date has passed"),
    ("dt45", "calls without an outcome"),
    ("dt46", "how many reps have not won a deal this month"),
    ("dt47", "how many accounts have more than one open deal"),
    ("dt48", "opted-out contacts by rep"),
    ("dt49", "qualified share of leads by source"),
    ("dt50", "average age of open deals by rep, oldest first"),
    # French
    ("dt51", "taux de gain par commercial cette année"),
    ("dt52", "combien d'affaires ouvertes doivent se conclure le mois prochain"),
    ("dt53", "part des appels sans réponse en mars 2026"),
    ("dt54", "combien de leads jamais contactés par commercial"),
    # German
    ("dt55", "Gewinnquote nach Produkt im Q3 2026"),
    ("dt56", "verlorene Deals je Vertriebler dieses Jahr"),
    ("dt57", "Anzahl Leads ohne Branche"),
    # Spanish
    ("dt58", "negocios ganados por mes en 2026"),
    ("dt59", "¿cuántas llamadas hizo Tom en septiembre?"),
    ("dt60", "importe de los negocios abiertos en EUR por etapa"),
]


def answers(folder: str | Path) -> dict[str, Any]:
    folder = Path(folder)
    load = lambda name, *dates: pd.read_csv(folder / f"{name}.csv", parse_dates=list(dates))
    r, a, c = load("reps"), load("accounts"), load("contacts")
    d = load("deals", "created_date", "close_date")
    l = load("leads", "created_date", "last_contact")
    x = load("activities", "activity_date").rename(columns={"activity_date": "at"})

    boss = dict(zip(r["name"], r["manager"]))
    d["manager"] = d.owner.map(boss)
    d["account"] = d.account_id.map(dict(zip(a.account_id, a["name"])))
    d["age"] = (TODAY - d.created_date).dt.days
    d["cycle"] = (d.close_date - d.created_date).dt.days
    won, lost = d[d.stage == "Won"], d[d.stage == "Lost"]
    closed, op = d[d.stage.isin(["Won", "Lost"])], d[~d.stage.isin(["Won", "Lost"])]
    rate = lambda rows, by: rows.stage.eq("Won").groupby(by).mean() * 100
    this_year = lambda days: days.dt.year == 2026
    mail_account = dict(zip(c.email.str.lower(), c.account_id.map(dict(zip(a.account_id, a["name"])))))
    first = x.contact_emails.str.split(";").str[0].str.strip().str.lower().map(mail_account)
    x["company"] = x.account.fillna(first)
    past = x[x["at"] < TODAY + pd.Timedelta(days=1)]
    calls, events = x[x.crm_subtype == "Call"], x[x.crm_subtype == "Event"]

    A: dict[str, Any] = {}
    A["dt01"] = top(won[this_year(won.close_date)].groupby("owner").size(), 1)
    A["dt02"] = op[op.currency == "EUR"].groupby("owner").amount.sum()
    A["dt03"] = op[month(op.close_date) == "2026-11"].groupby("owner").size()
    A["dt04"] = op[(op.currency == "EUR") & (quarter(op.close_date) == "2027-Q1")].groupby("owner").amount.sum()
    y = closed[this_year(closed.close_date)]
    A["dt05"] = rate(y, y.manager)
    A["dt06"] = lost[quarter(lost.close_date) == "2026-Q3"].groupby("manager").size()
    A["dt07"] = {k: int((quarter(won.close_date) == k).sum()) for k in ("2026-Q3", "2025-Q3")}
    A["dt08"] = won[(won.currency == "EUR") & this_year(won.close_date)].groupby("product").amount.mean()
    y = rate(closed, closed["product"])
    A["dt09"] = y[y == y.min()]
    y = rate(closed, closed.owner)
    A["dt10"] = y[y < 50]
    seen = set(past[past["at"] >= TODAY - pd.Timedelta(days=14)].company.dropna())
    A["dt11"] = len(set(op.account.dropna()) - seen)
    A["dt12"] = top(op[op.currency == "EUR"].set_index("name").amount, 5)
    y = won[won.currency == "EUR"].groupby("account").amount.sum().sort_values(ascending=False)
    A["dt13"] = y.head(5).sum() / won[won.currency == "EUR"].amount.sum() * 100
    y = d[this_year(d.created_date)]
    A["dt14"] = y.groupby(month(y.created_date)).size()
    y = closed.groupby("product").size()
    A["dt15"] = rate(closed, closed["product"])[y > 40]
    A["dt16"] = int((op.close_date < TODAY).sum())
    A["dt17"] = op[(op.currency == "EUR") & (quarter(op.close_date) == "2026-Q4")].amount.sum()
    A["dt18"] = {k: int((op.manager == k).sum()) for k in ("Ingrid Solberg", "Rafael Costa")}
    A["dt19"] = {str(y): won[won.close_date.dt.year == y].cycle.median() for y in (2026, 2025)}
    y = won[(won.currency == "EUR") & (won.close_date >= "2025-01-01")]
    A["dt20"] = y.groupby(quarter(y.close_date)).amount.sum()

    A["dt21"] = op[op.owner == "Priya Raman"].groupby("stage").size()
    A["dt22"] = int(((op.owner == "Tom Okafor") & (month(op.close_date) == "2026-11")).sum())
    A["dt23"] = int(((l.owner == "Hanna Lindqvist") & l.last_contact.isna()).sum())
    A["dt24"] = op[op.owner == "Sofia Ribeiro"].amount.max()
    A["dt25"] = int(((a.owner == "Priya Raman") & ~a.account_id.isin(op.account_id)).sum())
    A["dt26"] = int(((calls.owner == "Claire Dumont") & (month(calls["at"]) == "2026-09")).sum())
    y = calls[(calls.owner == "Daniel Kerr") & this_year(calls["at"]) & (calls.outcome == "Connected")]
    A["dt27"] = y.duration_s.mean() / 60
    A["dt28"] = int(((l.owner == "Marco Bellini") & (l.notes == "Webinar")).sum())
    A["dt29"] = l[l.status == "Qualified"].groupby("owner").size()
    y = events[(events.outcome == "NO_SHOW") & this_year(events["at"])]
    A["dt30"] = y.groupby("owner").size()
    y = events[events.outcome == "COMPLETED"]
    A["dt31"] = {k: int((month(y["at"]) == k).sum()) for k in ("2026-09", "2026-08")}
    y = op.groupby("owner").age.max()
    A["dt32"] = y[y == y.max()]
    A["dt33"] = int((c.account_id == a[a["name"] == "Hollis Renewables"].account_id.iloc[0]).sum())
    y = closed[closed.owner == "Priya Raman"]
    halves = (("2026-01-01", "2026-06-30"), ("2025-07-01", "2025-12-31"))
    A["dt34"] = {f"{s} to {e}": y[y.close_date.between(s, e)].stage.eq("Won").mean() * 100 for s, e in halves}
    y = calls[month(calls["at"]) == "2026-09"].groupby("owner").size()
    A["dt35"] = y[y == y.min()]
    A["dt36"] = top(l[l.status == "Qualified"].groupby("notes").size(), 3)

    A["dt37"] = int(d.close_date.isna().sum())
    A["dt38"] = int(l.industry.isna().sum())
    A["dt39"] = l[l.company_size.isna()].groupby("owner").size()
    A["dt40"] = l.notes.isna().mean() * 100
    A["dt41"] = int((a.account_id.map(c.groupby("account_id").size()).fillna(0) < 3).sum())
    A["dt42"] = int((op.age > 365).sum())
    A["dt43"] = int((won.cycle < 30).sum())
    A["dt44"] = int(((events.outcome == "SCHEDULED") & (events["at"] < TODAY)).sum())
    A["dt45"] = int(calls.outcome.isna().sum())
    A["dt46"] = int((~r["name"].isin(won[month(won.close_date) == "2026-10"].owner)).sum())
    A["dt47"] = int((op.groupby("account_id").size() > 1).sum())
    A["dt48"] = c[c.opted_out.eq(True)].groupby("owner").size()
    A["dt49"] = l.status.eq("Qualified").groupby(l.notes).mean() * 100
    A["dt50"] = top(op.groupby("owner").age.mean(), 99)

    y = closed[this_year(closed.close_date)]
    A["dt51"] = rate(y, y.owner)
    A["dt52"] = int((month(op.close_date) == "2026-11").sum())
    y = calls[month(calls["at"]) == "2026-03"]
    A["dt53"] = y.outcome.isin(["No answer", "Busy", "Left voicemail"]).mean() * 100
    A["dt54"] = l[l.last_contact.isna()].groupby("owner").size()
    y = closed[quarter(closed.close_date) == "2026-Q3"]
    A["dt55"] = rate(y, y["product"])
    A["dt56"] = lost[this_year(lost.close_date)].groupby("owner").size()
    A["dt57"] = int(l.industry.isna().sum())
    y = won[this_year(won.close_date)]
    A["dt58"] = y.groupby(month(y.close_date)).size()
    A["dt59"] = int(((calls.owner == "Tom Okafor") & (month(calls["at"]) == "2026-09")).sum())
    A["dt60"] = op[op.currency == "EUR"].groupby("stage").amount.sum()
    return {
        k: ({g: float(w) for g, w in v.items()} if isinstance(v, (dict, pd.Series)) else float(v)) for k, v in A.items()
    }
