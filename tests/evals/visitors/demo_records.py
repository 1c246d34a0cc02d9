# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Seventy questions of a sales-operations analyst over the demo CRM, many about records, with their answers in pandas.

How the answers were read (the same for every question):

* TODAY is the newest day with a mail or a call that really happened, 2026-10-30, a Friday;
  "this month" is October 2026, "last quarter" Q3 2026, "this week" starts on 2026-10-26;
  a month without a year is its latest occurrence.
* call / email / meeting / task = rows of crm_subtype Call / Email / Event / Task, every
  stored row counting.  Questions whose answer would change were repeated rows dropped say
  "records" (or "rows"); mail questions say "Email records", because sent mails are also
  stored as tasks and those are not meant.
* Connected, No answer, COMPLETED ... are the stored outcomes; open deals are neither Won nor
  Lost; a deal was won or lost on its close_date; its age is TODAY minus its created_date.
* Amounts are never added over currencies; each question names one or keeps to a rep or a
  region group with one.
* An activity belongs to the account in its account field or, where that is empty, to the
  account of its contact addresses; only accounts where nothing is left unlinked are asked.
* A manager's team is the reps listed under that manager; "rep" and "owner" group by owner.
* Rates and shares run 0..100, durations are days unless the question says otherwise, reply
  times hours; weeks are named by their Monday, months 2026-03, quarters 2026-Q1.
  Groups without rows are left out; ties at the end of a top n are included.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # --- calls
    ("xb01", "calls per rep in April"),
    ("xb02", "did we log more calls in April or in February?"),
    ("xb03", "By how much did the number of calls change from Q1 to Q2 2026?"),
    ("xb04", "connect rate per rep, February 2026: outcome Connected in % of all calls"),
    ("xb05", "llamadas con resultado No answer por comercial en abril de 2026"),
    ("xb06", "avg length of Connected calls in February and in April, seconds"),
    ("xb07", "longest call of each rep this year, in seconds"),
    ("xb08", "total minutes of Connected calls in April, Ingrid Solberg's team vs Rafael Costa's team"),
    ("xb09", "stored call records this year by day of the week, repeats counted too"),
    ("xb10", "at what hours do we call? calls in April by hour of the day"),
    ("xb11", "inbound calls per quarter since the data starts"),
    ("xb12", "how many different contact addresses did Priya call in the second quarter?"),
    ("xb13", "Hoeveel dagen geleden had elke rep zijn laatste Connected-gesprek?"),
    ("xb14", "calls by outcome in February, the ones without an outcome left out"),
    (
        "xb15",
        "how many call records in the whole base repeat an earlier call record with the same owner, "
        "same subject and same date and minute?",
    ),
    ("xb16", "median seconds of a Connected call this year: Priya against Daniel"),
    # --- emails
    ("xb17", "inbound and outbound Email records in May"),
    ("xb18", "which share of each rep's Email records in May was inbound?"),
    ("xb19", "outbound Email records per week in August"),
    ("xb20", "how many inbound Email records came in on a Saturday or Sunday this year?"),
    (
        "xb21",
        "Mails are the Email records plus the task records that carry a direction. Take the inbound ones of May: "
        "median hours until our next outbound mail to the same contact, only answers within 7 days.",
    ),
    (
        "xb22",
        "Of the outbound Email records of August that name a contact, what percentage was followed by an "
        "inbound Email record from the same contact within 48 hours?",
    ),
    (
        "xb23",
        "how many contact addresses did we ever send an Email record to without one inbound Email record from them?",
    ),
    ("xb24", "outbound Email records to opted-out contacts this year, by rep"),
    ("xb25", "how many of our contacts are on no Email record at all (their address is never among its contacts)?"),
    ("xb26", "Email records with Norvik Maritime by direction"),
    # --- meetings
    ("xb27", "did we log more meetings in October than in August? give me both"),
    ("xb28", "meetings held (COMPLETED) since 1 July by owner"),
    ("xb29", "no-show rate of meetings per quarter since 1 April 2026: NO_SHOW out of NO_SHOW plus COMPLETED"),
    ("xb30", "how many days until the next scheduled meeting?"),
    ("xb31", "meetings scheduled for November, by owner"),
    ("xb32", "how many stored meeting records still say SCHEDULED although their date has passed?"),
    ("xb33", "Ile spotkań ze statusem CANCELED było w każdym kwartale?"),
    # --- tasks, hygiene, all activities
    ("xb34", "age in days of the oldest NOT_STARTED task of each rep"),
    ("xb35", "NOT_STARTED task records dated this quarter, per manager's team"),
    (
        "xb36",
        "average reply time in hours to contacts of accounts in the Energy industry this year: from each inbound Email "
        "record to our next outbound Email record to the same contact, only answers within 7 days",
    ),
    ("xb37", "Who owns activities but is not in the rep list? number of activity rows per person"),
    ("xb38", "what % of the call records has an empty outcome?"),
    ("xb39", "activity records of Larkspur Logistics by type, tasks left out, planned meetings included"),
    # --- deals
    ("xb40", "open deals by industry of the account, top 5 industries"),
    ("xb41", "median age of open deals by product"),
    ("xb42", "win rate by rep this year (won out of won plus lost)"),
    (
        "xb43",
        "Durée moyenne du cycle de vente, de la création à la clôture, des deals gagnés, par région du commercial (en jours)",
    ),
    ("xb44", "won EUR amount per quarter"),
    ("xb45", "who won the most deals in Q2?"),
    ("xb46", "top 5 accounts by open EUR amount"),
    ("xb47", "open pipeline in USD, Priya vs Tom"),
    ("xb48", "median GBP deal size, Won vs Lost"),
    ("xb49", "running total of won deals by month this year"),
    ("xb50", "biggest open deal of every rep, in the rep's own currency"),
    ("xb51", "Wie viele offene Deals haben kein Abschlussdatum, je Phase?"),
    ("xb52", "EUR amount of open deals expected to close next month, by rep"),
    ("xb53", "each rep's share of the EUR amount won this year"),
    ("xb54", "how many accounts have at least two different products Won?"),
    ("xb55", "Of the deals created in the second half of 2025, what percentage is Won by now?"),
    ("xb56", "won deals this quarter so far against the whole of last quarter"),
    ("xb57", "share of lost deals that were lost within 90 days of being created"),
    ("xb58", "deals open for more than a year, i.e. over 365 days, by rep"),
    ("xb59", "average number of deals per account, by the account owner's manager"),
    ("xb60", "average EUR deal: accounts with under 250 employees vs accounts with 250 or more"),
    # --- leads
    ("xb61", "new leads per week since 1 September"),
    ("xb62", "di quanto per cento è cambiato il numero di nuovi lead dal secondo al terzo trimestre 2026?"),
    ("xb63", "Hur stor andel av leadsen saknar e-postadress, per säljare?"),
    (
        "xb64",
        "What percentage of leads is Qualified, per lead note (referral, webinar and so on)? skip leads without a note",
    ),
    ("xb65", "median days from creation to last contact of Working leads, by manager"),
    ("xb66", "top 3 lead locations"),
    # --- accounts and contacts
    ("xb67", "average employees per account by industry, only industries with at least 4 accounts"),
    ("xb68", "how many accounts with 500 employees or more have never won us a deal (no deal in Won)?"),
    ("xb69", "quantos leads o Jonas tem em cada status?"),
    ("xb70", "contacts whose title is exactly CFO, IT Manager or COO: how many of each?"),
]

REPS_SHORT = {"Daniel": "Daniel Kerr", "Priya": "Priya Raman", "Tom": "Tom Okafor"}


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")


def _quarter(s: pd.Series) -> pd.Series:
    return s.dt.year.astype(str) + "-Q" + s.dt.quarter.astype(str)


def _month(s: pd.Series) -> pd.Series:
    return s.dt.strftime("%Y-%m")


def _monday(s: pd.Series) -> pd.Series:
    return (s.dt.normalize() - pd.to_timedelta(s.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")


def _num(v: Any) -> float | int:
    v = float(v)
    return int(v) if v == int(v) else v


def _dict(s: pd.Series) -> dict[str, float | int]:
    return {str(k): _num(v) for k, v in s.items() if pd.notna(v)}


def _count(s: pd.Series) -> dict[str, float | int]:
    return _dict(s.groupby(s).size())


def _top(s: pd.Series, n: int) -> dict[str, float | int]:
    s = s.sort_values(ascending=False, kind="stable")
    return _dict(s[s >= s.iloc[min(n, len(s)) - 1]])


def _addresses(s: pd.Series) -> pd.Series:
    return s.map(lambda t: [e.strip().lower() for e in t.split(";") if e.strip()])


def _split_by_contact(frame: pd.DataFrame) -> dict[str, list[pd.Timestamp]]:
    by: dict[str, list[pd.Timestamp]] = {}
    for when, who in zip(frame["when"], frame["addr"]):
        for e in who:
            by.setdefault(e, []).append(when)
    return {e: sorted(v) for e, v in by.items()}


def _next_after(when: pd.Timestamp, who: list[str], by: dict[str, list[pd.Timestamp]]) -> float | None:
    later = [t for e in who for t in by.get(e, []) if t > when]
    return (min(later) - when).total_seconds() / 3600 if later else None


def _waits(frame: pd.DataFrame, by: dict[str, list[pd.Timestamp]], limit: float) -> pd.Series:
    """Hours from each row to the next opposite mail of a contact, those within the limit."""
    hours = [_next_after(w, a, by) for w, a in zip(frame["when"], frame["addr"])]
    return pd.Series([h for h in hours if h is not None and h <= limit], dtype=float)


def answers(folder: Path) -> dict[str, Any]:
    reps, acc, con = _read(folder, "reps"), _read(folder, "accounts"), _read(folder, "contacts")
    deals, leads, act = _read(folder, "deals"), _read(folder, "leads"), _read(folder, "activities")

    boss = dict(zip(reps.name, reps.manager))
    is_rep = set(reps.name)
    acc["employees"] = pd.to_numeric(acc.employees)
    acc_name = dict(zip(acc.account_id, acc.name))
    con["email"] = con.email.str.strip().str.lower()
    con_acc = dict(zip(con.email, con.account_id.map(acc_name)))

    act["when"] = pd.to_datetime(act.activity_date)
    act["day"] = act.when.dt.normalize()
    act["month"] = _month(act.when)
    act["q"] = _quarter(act.when)
    act["sec"] = pd.to_numeric(act.duration_s, errors="coerce")
    act["addr"] = _addresses(act.contact_emails)
    act["team"] = act.owner.map(boss)
    act["acct"] = [n or next((con_acc[e] for e in who if e in con_acc), "") for n, who in zip(act.account, act.addr)]
    call, mail = act[act.crm_subtype == "Call"], act[act.crm_subtype == "Email"]
    meet, task = act[act.crm_subtype == "Event"], act[act.crm_subtype == "Task"]
    inb, out = mail[mail.direction == "inbound"], mail[mail.direction == "outbound"]
    conn = call[call.outcome == "Connected"]
    apr, feb = call[call.month == "2026-04"], call[call.month == "2026-02"]
    capr, cfeb = conn[conn.month == "2026-04"], conn[conn.month == "2026-02"]

    deals["amount"] = pd.to_numeric(deals.amount)
    deals["made"] = pd.to_datetime(deals.created_date)
    deals["shut"] = pd.to_datetime(deals.close_date, errors="coerce")
    deals["acct"] = deals.account_id.map(acc_name)
    deals["age"] = (TODAY - deals.made).dt.days
    deals["cycle"] = (deals.shut - deals.made).dt.days
    won, lost = deals[deals.stage == "Won"], deals[deals.stage == "Lost"]
    opn = deals[~deals.stage.isin(["Won", "Lost"])]
    won26, lost26 = won[won.shut.dt.year == 2026], lost[lost.shut.dt.year == 2026]
    wq = _quarter(won.shut)

    leads["made"] = pd.to_datetime(leads.created_date)
    leads["last"] = pd.to_datetime(leads.last_contact, errors="coerce")

    r: dict[str, Any] = {}

    # calls
    r["xb01"] = _count(apr.owner)
    r["xb02"] = {"2026-04": len(apr), "2026-02": len(feb)}
    r["xb03"] = int((call.q == "2026-Q2").sum() - (call.q == "2026-Q1").sum())
    r["xb04"] = _dict(feb.outcome.eq("Connected").groupby(feb.owner).mean() * 100)
    r["xb05"] = _count(apr[apr.outcome == "No answer"].owner)
    r["xb06"] = {"2026-02": _num(cfeb.sec.mean()), "2026-04": _num(capr.sec.mean())}
    c26 = call[call.when.dt.year == 2026]
    r["xb07"] = _dict(c26[c26.owner.isin(is_rep)].groupby("owner").sec.max())
    mins = capr.groupby("team").sec.sum() / 60
    r["xb08"] = {n: _num(mins[n]) for n in ("Ingrid Solberg", "Rafael Costa")}
    days = c26.when.dt.day_name()
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    r["xb09"] = {d: int((days == d).sum()) for d in week if (days == d).any()}
    r["xb10"] = _dict(apr.groupby(apr.when.dt.hour).size())
    r["xb11"] = _count(call[call.direction == "inbound"].q)
    priya = call[(call.owner == "Priya Raman") & (call.q == "2026-Q2")]
    r["xb12"] = len({e for who in priya.addr for e in who})
    r["xb13"] = _dict((TODAY - conn[conn.owner.isin(is_rep) & (conn.day <= TODAY)].groupby("owner").day.max()).dt.days)
    r["xb14"] = _count(feb[feb.outcome != ""].outcome)
    r["xb15"] = int(call.duplicated(["owner", "crm_subject", "activity_date"]).sum())
    r["xb16"] = {
        REPS_SHORT[n]: _num(c26[(c26.outcome == "Connected") & (c26.owner == REPS_SHORT[n])].sec.median())
        for n in ("Priya", "Daniel")
    }

    # emails
    may = mail[mail.month == "2026-05"]
    aug_out = out[out.month == "2026-08"]
    r["xb17"] = _count(may.direction)
    r["xb18"] = _dict(may.direction.eq("inbound").groupby(may.owner).mean() * 100)
    r["xb19"] = _count(_monday(aug_out.when))
    r["xb20"] = int((inb[inb.when.dt.year == 2026].when.dt.day_of_week >= 5).sum())
    by_out, by_in = _split_by_contact(out), _split_by_contact(inb)
    both = act[act.crm_subtype.isin(["Email", "Task"]) & (act.direction != "")]
    may_in = both[(both.direction == "inbound") & (both.month == "2026-05")]
    r["xb21"] = _num(_waits(may_in, _split_by_contact(both[both.direction == "outbound"]), 168).median())
    named = aug_out[aug_out.addr.map(len) > 0]
    r["xb22"] = _num(100 * len(_waits(named, by_in, 48)) / len(named))
    r["xb23"] = len(set(by_out) - set(by_in))
    gone = set(con[con.opted_out.str.lower() == "true"].email)
    out26 = out[(out.when.dt.year == 2026) & out.addr.map(lambda who: any(e in gone for e in who))]
    r["xb24"] = _count(out26.owner)
    seen = set(by_out) | set(by_in)
    r["xb25"] = int((~con.email.isin(seen)).sum())
    r["xb26"] = _count(mail[mail.acct == "Norvik Maritime"].direction)

    # meetings
    r["xb27"] = {"2026-10": int((meet.month == "2026-10").sum()), "2026-08": int((meet.month == "2026-08").sum())}
    held = meet[meet.outcome == "COMPLETED"]
    r["xb28"] = _count(held[held.when >= "2026-07-01"].owner)
    ns = meet[meet.outcome.isin(["COMPLETED", "NO_SHOW"]) & (meet.when >= "2026-04-01")]
    r["xb29"] = _dict(ns.outcome.eq("NO_SHOW").groupby(ns.q).mean() * 100)
    todo = meet[meet.outcome == "SCHEDULED"]
    ahead = todo[todo.day > TODAY].day
    r["xb30"] = int((ahead.min() - TODAY).days) if len(ahead) else None
    r["xb31"] = _count(todo[todo.month == "2026-11"].owner)
    r["xb32"] = int((todo.day < TODAY).sum())
    r["xb33"] = _count(meet[meet.outcome == "CANCELED"].q)

    # tasks, hygiene, all activities
    idle = task[task.outcome == "NOT_STARTED"]
    r["xb34"] = _dict((TODAY - idle[idle.owner.isin(is_rep)].groupby("owner").day.min()).dt.days)
    r["xb35"] = _count(idle[(idle.q == "2026-Q4") & idle.team.notna()].team)
    acc_ind = dict(zip(acc.account_id, acc.industry))
    energy = set(con[con.account_id.map(acc_ind) == "Energy"].email)
    asked = inb[(inb.when.dt.year == 2026) & inb.addr.map(lambda who: any(e in energy for e in who))]
    r["xb36"] = _num(_waits(asked, by_out, 168).mean())
    r["xb37"] = _count(act[~act.owner.isin(is_rep)].owner)
    r["xb38"] = _num(call.outcome.eq("").mean() * 100)
    r["xb39"] = _count(act[(act.acct == "Larkspur Logistics") & (act.crm_subtype != "Task")].crm_subtype)

    # deals
    r["xb40"] = _top(opn.groupby(opn.account_id.map(acc_ind)).size(), 5)
    r["xb41"] = _dict(opn.groupby("product").age.median())
    closed = pd.concat([won26, lost26])
    r["xb42"] = _dict(closed.stage.eq("Won").groupby(closed.owner).mean() * 100)
    r["xb43"] = _dict(won.cycle.groupby(won.owner.map(dict(zip(reps.name, reps.region)))).mean())
    eur = won[won.currency == "EUR"]
    r["xb44"] = _dict(eur.amount.groupby(_quarter(eur.shut)).sum())
    r["xb45"] = _top(won[wq == "2026-Q2"].groupby("owner").size(), 1)
    r["xb46"] = _top(opn[opn.currency == "EUR"].groupby("acct").amount.sum(), 5)
    usd = opn[opn.currency == "USD"].groupby("owner").amount.sum()
    r["xb47"] = {REPS_SHORT[n]: _num(usd[REPS_SHORT[n]]) for n in ("Priya", "Tom")}
    gbp = deals[deals.currency == "GBP"].groupby("stage").amount.median()
    r["xb48"] = {n: _num(gbp[n]) for n in ("Won", "Lost")}
    r["xb49"] = _dict(won26.groupby(_month(won26.shut)).size().sort_index().cumsum())
    r["xb50"] = _dict(opn.groupby("owner").amount.max())
    r["xb51"] = _count(opn[opn.shut.isna()].stage)
    nxt = opn[(_month(opn.shut) == "2026-11") & (opn.currency == "EUR")]
    r["xb52"] = _dict(nxt.groupby("owner").amount.sum())
    e26 = won26[won26.currency == "EUR"].groupby("owner").amount.sum()
    r["xb53"] = _dict(e26 / e26.sum() * 100)
    r["xb54"] = int((won.groupby("account_id")["product"].nunique() >= 2).sum())
    h2 = deals[(deals.made >= "2025-07-01") & (deals.made < "2026-01-01")]
    r["xb55"] = _num(h2.stage.eq("Won").mean() * 100)
    r["xb56"] = {"2026-Q4": int((wq == "2026-Q4").sum()), "2026-Q3": int((wq == "2026-Q3").sum())}
    r["xb57"] = _num((lost.cycle <= 90).mean() * 100)
    r["xb58"] = _count(opn[opn.age > 365].owner)
    team_a = acc.set_index("account_id").owner.map(boss)
    r["xb59"] = _dict(deals.groupby(deals.account_id.map(team_a)).size() / team_a.value_counts())
    de = deals[deals.currency == "EUR"]
    small = de.account_id.map(acc.set_index("account_id").employees) < 250
    r["xb60"] = {"under 250": _num(de[small].amount.mean()), "250 or more": _num(de[~small].amount.mean())}

    # leads
    r["xb61"] = _count(_monday(leads[leads.made >= "2026-09-01"].made))
    lq = _quarter(leads.made)
    r["xb62"] = _num(100 * ((lq == "2026-Q3").sum() / (lq == "2026-Q2").sum() - 1))
    r["xb63"] = _dict(leads.email.eq("").groupby(leads.owner).mean() * 100)
    noted = leads[leads.notes != ""]
    r["xb64"] = _dict(noted.status.eq("Qualified").groupby(noted.notes).mean() * 100)
    busy = leads[(leads.status == "Working") & leads["last"].notna()]
    r["xb65"] = _dict((busy["last"] - busy.made).dt.days.groupby(busy.owner.map(boss)).median())
    r["xb66"] = _top(leads.groupby("location").size(), 3)

    # accounts and contacts
    g = acc.groupby("industry").employees.agg(["size", "mean"])
    r["xb67"] = _dict(g[g["size"] >= 4]["mean"])
    big = acc[acc.employees >= 500]
    r["xb68"] = int((~big.account_id.isin(won.account_id)).sum())
    r["xb69"] = _count(leads[leads.owner == "Jonas Weber"].status)
    r["xb70"] = {t: int((con.title == t).sum()) for t in ("CFO", "IT Manager", "COO")}
    return r
