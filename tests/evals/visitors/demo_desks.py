# ruff: noqa: E501  # one question, one line
"""Sixty questions of customer success, marketing, a team leader, a controller, colleagues abroad; demo CRM.

Written with their answers by a hand that saw no code; parts and rates are told from 0 to 100.
"""

from pathlib import Path
from typing import Any

QUESTIONS = [
    # 1 - customer-success lead: accounts, industries, sizes, contacts, owners
    ("vb01", "How do our accounts split between the two managers, going by who the account owner reports to?"),
    ("vb02", "Show me the five biggest accounts by number of employees, with the headcount of each."),
    ("vb03", "What's the median headcount of the accounts whose industry is Healthcare?"),
    ("vb04", "How many contacts do we have at accounts in the Food and Drink industry?"),
    ("vb05", "How many accounts are thinly covered, by which I mean exactly two contacts on file?"),
    ("vb06", "Contacts who opted out: how many does each owner have?"),
    ("vb07", "How many accounts with more than 500 employees have never had a single won deal?"),
    ("vb08", "On average, how many contacts per account does each account owner have?"),
    ("vb09", "Which three job titles turn up most often among our contacts, and how many people hold each?"),
    ("vb10", "Add up the employees of all the accounts in the Nordics region for me."),
    ("vb11", "How many different industries are there across our accounts?"),
    ("vb12", "How many distinct accounts currently have at least one deal in Negotiation?"),
    # 2 - marketing: leads
    ("vb13", "Where do our leads stand? Number of leads in each status, please."),
    ("vb14", "What percentage of leads came in without an email address?"),
    ("vb15", "How many Qualified leads do we have from companies with a size of 1000+?"),
    ("vb16", "Top 5 lead locations by number of leads?"),
    (
        "vb17",
        "I'd like to see which source works best: for every kind of note on the leads (webinar, referral and so on), what percentage of those leads is Qualified? Ignore leads with no note.",
    ),
    ("vb18", "How many leads were created month by month since January 2026?"),
    ("vb19", "How many leads have no last contact date whatsoever?"),
    (
        "vb20",
        "Looking at lead industries (skip the blanks), which one has the highest percentage of Unqualified leads, and what is that percentage?",
    ),
    (
        "vb21",
        "Number of leads whose title is Purchasing Manager or Supply Chain Planner and that are either New or Nurturing?",
    ),
    (
        "vb22",
        "Counting only leads that ended up Qualified or Unqualified, what's the Qualified percentage for each lead owner?",
    ),
    ("vb23", "On how many lead records are both the industry and the company size missing?"),
    ("vb24", "How old, in days since creation, is a lead with status New on average?"),
    # 3 - team leader, Monday meeting, spoken
    (
        "vb25",
        "Morning, just getting my Monday sheet together... Rafael Costa's people, how many deals has each of them won so far this year, please?",
    ),
    ("vb26", "ok and outbound calls, last week, Monday to Sunday, how many per person"),
    (
        "vb27",
        "Sorry, Tom again - his deals in negotiation that are supposed to close before the end of this year, how many would that be?",
    ),
    (
        "vb28",
        "Tom's outbound calls this quarter so far, could you tell me how they ended, like a count for each outcome?",
    ),
    ("vb29", "Tasks dated this month that are still not started, who's got how many?"),
    (
        "vb30",
        "Priya's connected calls this year, how long do they last on average, in minutes, and leave out the ones logged with zero seconds if you don't mind",
    ),
    ("vb31", "no-shows. Meetings I mean, ever since we started logging, how many per owner?"),
    (
        "vb32",
        "Could you just check for me, Ingrid Solberg's team, Tessera Plan only, deals lost since January this year, what's the count?",
    ),
    (
        "vb33",
        "Right, win rate rep by rep, so won out of won plus lost, only what was closed last quarter - in percent please",
    ),
    (
        "vb34",
        "What's been stuck... deals still in Discovery that were created before May this year, how many are there?",
    ),
    ("vb35", "And next month, so November, the meetings already scheduled, how many does everybody have?"),
    (
        "vb36",
        "Is Friday any good for calling? Like, of the outbound calls made on Fridays in 2026, what percent got Connected?",
    ),
    # 4 - controller
    ("vb37", "Please state the total amount, in EUR, of deals won with a close date in the third quarter of 2026."),
    (
        "vb38",
        "Kindly provide the value of deals won in calendar year 2026 to date, shown separately for each currency.",
    ),
    ("vb39", "What is the median amount of won deals denominated in USD, by product?"),
    ("vb40", "Year over year, by what percentage did the number of deals won in Q3 2026 differ from Q3 2025?"),
    ("vb41", "Please list the total amount of lost GBP deals per quarter of closing."),
    ("vb42", "What share of the total open EUR pipeline amount, in per cent, relates to Tessera Plan?"),
    ("vb43", "For won deals, report the average number of days between creation date and close date, by product."),
    (
        "vb44",
        "What is the total amount of open USD deals with an expected close date in Q1 2027, broken down by stage?",
    ),
    ("vb45", "How many open deals lack a close date, by currency?"),
    (
        "vb46",
        "For each quarter from Q3 2025 to Q3 2026 inclusive, what percentage of outbound calls resulted in Left voicemail?",
    ),
    ("vb47", "Identify the three accounts with the highest cumulative won amount in EUR, together with that amount."),
    (
        "vb48",
        "Measured by amount rather than number, what was the win rate in USD for deals closed in 2026, i.e. won amount as a percentage of won plus lost amount?",
    ),
    # 5 - colleagues writing in French, German, Spanish, Italian, Portuguese
    ("vb49", "Combien de leads ont été créés au troisième trimestre 2026, et combien au troisième trimestre 2025 ?"),
    (
        "vb50",
        "Quel est le montant moyen, en euros, des affaires gagnées par Claire Dumont depuis le début de l'année ?",
    ),
    ("vb51", "Combien d'affaires sont encore ouvertes dans l'équipe de chaque manager ?"),
    ("vb52", "Wie viele ausgehende Anrufe hat Jonas Weber 2026 pro Monat gemacht?"),
    ("vb53", "Wie viele Mitarbeiter haben unsere Accounts in der Region DACH im Durchschnitt?"),
    ("vb54", "Wie viele Meetings mit dem Ergebnis COMPLETED hatten wir pro Quartal?"),
    ("vb55", "¿Cuántos leads de Getafe o Zaragoza tenemos en cada estado?"),
    (
        "vb56",
        "¿Cuántos días llevan abiertas, en mediana, las oportunidades que están en fase Proposal, contando desde su fecha de creación?",
    ),
    (
        "vb57",
        "Quanti minuti in totale ha passato al telefono Marco Bellini nel 2026, contando solo le chiamate con esito Connected?",
    ),
    ("vb58", "Quali sono i due account della regione Italy con più trattative in assoluto, e quante ne hanno?"),
    ("vb59", "Quantas empresas diferentes aparecem nos leads criados em 2026?"),
    ("vb60", "Quantos negócios perdemos no segundo trimestre de 2026, por produto?"),
]

_NOW = (
    "Now = the newest date of an activity that has happened (an e-mail, a call with a direction or a record "
    "with outcome COMPLETED; scheduled meetings and unstarted tasks do not count): 2026-10-30 in the sample. "
)
NOTE = {
    "vb01": "manager of the account's owner, from reps",
    "vb03": "industry exactly 'Healthcare' (not 'Medical ... distribution')",
    "vb04": "industry exactly 'Food and Drink' (not 'Food manufacturing'); contact rows counted",
    "vb07": "no deal of any date in stage Won",
    "vb08": "contacts of the owner's accounts / the owner's accounts",
    "vb09": "titles as they stand ('CFO' and 'Chief Financial Officer' are two titles)",
    "vb10": "account region 'Nordics'",
    "vb11": "distinct industry values as they stand",
    "vb14": "percent of all leads",
    "vb17": "percent, by notes value; empty notes left out; status Qualified / all leads with that note",
    "vb18": "by created_date, 2026-01 to the newest month",
    "vb20": "percent; one row: the top industry",
    "vb22": "percent: Qualified / (Qualified + Unqualified)",
    "vb24": _NOW + "Mean of now - created_date in days",
    "vb25": _NOW + "Won, close_date in 2026, owners whose manager is Rafael Costa",
    "vb26": _NOW
    + "Last week = the Monday-Sunday week before the one of now; calls with direction outbound; by activity owner",
    "vb27": _NOW + "Stage Negotiation, owner Tom Okafor, close_date not empty and up to 31 December of now's year",
    "vb28": _NOW + "This quarter = the quarter of now (Q4 2026); calls of Tom Okafor with direction outbound",
    "vb29": _NOW + "Type Task with outcome NOT_STARTED, dated in the month of now",
    "vb30": _NOW + "Outcome Connected, duration_s > 0, activity in now's year; minutes",
    "vb31": "type Event with outcome NO_SHOW, by activity owner",
    "vb32": _NOW + "Lost, close_date in now's year, owners whose manager is Ingrid Solberg",
    "vb33": _NOW
    + "Percent; close_date in the quarter before that of now (Q3 2026); reps with at least one closed deal",
    "vb34": "stage Discovery, created_date before 2026-05-01",
    "vb35": "type Event, outcome SCHEDULED, dated in November 2026",
    "vb36": "percent; direction outbound, weekday Friday, outcome Connected / all such calls",
    "vb38": "by close_date in 2026",
    "vb40": "percent change in the number of Won deals, quarter by close_date",
    "vb41": "by close_date quarter; quarters with no lost GBP deal left out",
    "vb42": "percent; open = neither Won nor Lost",
    "vb44": "open = neither Won nor Lost; close_date 2027-01-01 to 2027-03-31",
    "vb45": "open = neither Won nor Lost",
    "vb46": "percent; direction outbound, outcome Left voicemail / all outbound calls of the quarter",
    "vb48": "percent",
    "vb50": _NOW + "Won, close_date in now's year",
    "vb51": "open = neither Won nor Lost; manager of the deal's owner",
    "vb52": "calls with direction outbound, months with at least one",
    "vb53": "account region 'DACH'",
    "vb54": "type Event, outcome COMPLETED, by activity date",
    "vb56": _NOW + "Median of now - created_date in days, stage Proposal",
    "vb57": "sum of duration_s / 60, type Call, outcome Connected, activity in 2026",
    "vb58": "deals of any stage; account region 'Italy' (the one 'Italy & Adriatic' account has a single deal)",
    "vb59": "distinct company names, created_date in 2026",
    "vb60": "stage Lost, close_date in Q2 2026",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    def read(name: Any) -> Any:
        return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, dtype=str)

    reps, acc, con, deals, leads, act = (
        read(n) for n in ("reps", "accounts", "contacts", "deals", "leads", "activities")
    )

    acc["employees"] = acc.employees.astype(float)
    deals["amount"] = deals.amount.astype(float)
    deals["created"] = pd.to_datetime(deals.created_date)
    deals["close"] = pd.to_datetime(deals.close_date.replace("", None))
    leads["created"] = pd.to_datetime(leads.created_date)
    act["when"] = pd.to_datetime(act.activity_date)
    act["secs"] = pd.to_numeric(act.duration_s.replace("", None))

    manager = reps.set_index("name").manager
    acc_name = acc.set_index("account_id").name
    for t in (acc, deals):
        t["manager"] = t.owner.map(manager)
    deals["account"] = deals.account_id.map(acc_name)

    happened = act[
        (act.crm_subtype == "Email")
        | ((act.crm_subtype == "Call") & (act.direction != ""))
        | (act.outcome == "COMPLETED")
    ]
    now = happened.when.max().normalize()
    year = now.year
    this_q = now.to_period("Q")
    last_q = this_q - 1
    this_m = now.to_period("M")
    monday = now - pd.Timedelta(days=now.weekday())

    def q(s: Any) -> Any:  # quarter label
        p = s.dt.to_period("Q")
        return p.dt.year.astype("Int64").astype(str) + "-Q" + p.dt.quarter.astype("Int64").astype(str)

    def m(s: Any) -> Any:
        return s.dt.strftime("%Y-%m")

    def d(s: Any) -> Any:  # series -> plain dict without empty groups
        return {str(k): float(v) for k, v in s.items() if pd.notna(v)}

    won = deals[deals.stage == "Won"]
    lost = deals[deals.stage == "Lost"]
    closed = deals[deals.stage.isin(["Won", "Lost"])]
    opn = deals[~deals.stage.isin(["Won", "Lost"])]
    calls = act[act.crm_subtype == "Call"]
    out_calls = calls[calls.direction == "outbound"]
    connected = calls[calls.outcome == "Connected"]
    events = act[act.crm_subtype == "Event"]
    A: dict[str, Any] = {}

    # 1 - accounts and contacts
    A["vb01"] = d(acc.groupby("manager").size())
    A["vb02"] = d(acc.set_index("name").employees.nlargest(5))
    A["vb03"] = float(acc[acc.industry == "Healthcare"].employees.median())
    food = acc[acc.industry == "Food and Drink"].account_id
    A["vb04"] = int(con.account_id.isin(food).sum())
    per_acc = acc.account_id.map(con.groupby("account_id").size()).fillna(0)
    A["vb05"] = int((per_acc == 2).sum())
    A["vb06"] = d(con[con.opted_out == "true"].groupby("owner").size())
    A["vb07"] = int(((acc.employees > 500) & ~acc.account_id.isin(won.account_id)).sum())
    A["vb08"] = d(per_acc.groupby(acc.owner).mean())
    A["vb09"] = d(con[con.title != ""].title.value_counts().head(3))
    A["vb10"] = float(acc[acc.region == "Nordics"].employees.sum())
    A["vb11"] = int(acc[acc.industry != ""].industry.nunique())
    A["vb12"] = int(deals[deals.stage == "Negotiation"].account_id.nunique())

    # 2 - leads
    A["vb13"] = d(leads.groupby("status").size())
    A["vb14"] = float((leads.email == "").mean() * 100)
    A["vb15"] = int(((leads.status == "Qualified") & (leads.company_size == "1000+")).sum())
    A["vb16"] = d(leads[leads.location != ""].location.value_counts().head(5))
    noted = leads[leads.notes != ""]
    A["vb17"] = d((noted.status == "Qualified").groupby(noted.notes).mean() * 100)
    l26 = leads[leads.created >= "2026-01-01"]
    A["vb18"] = d(l26.groupby(m(l26.created)).size())
    A["vb19"] = int((leads.last_contact == "").sum())
    ind = leads[leads.industry != ""]
    A["vb20"] = d(((ind.status == "Unqualified").groupby(ind.industry).mean() * 100).nlargest(1))
    A["vb21"] = int(
        (
            leads.job_title.isin(["Purchasing Manager", "Supply Chain Planner"])
            & leads.status.isin(["New", "Nurturing"])
        ).sum()
    )
    dec = leads[leads.status.isin(["Qualified", "Unqualified"])]
    A["vb22"] = d((dec.status == "Qualified").groupby(dec.owner).mean() * 100)
    A["vb23"] = int(((leads.industry == "") & (leads.company_size == "")).sum())
    A["vb24"] = float((now - leads[leads.status == "New"].created).dt.days.mean())

    # 3 - team leader
    A["vb25"] = d(won[(won.manager == "Rafael Costa") & (won.close.dt.year == year)].groupby("owner").size())
    lw = out_calls[(out_calls.when >= monday - pd.Timedelta(days=7)) & (out_calls.when < monday)]
    A["vb26"] = d(lw.groupby("owner").size())
    A["vb27"] = int(
        (
            (deals.stage == "Negotiation") & (deals.owner == "Tom Okafor") & (deals.close <= pd.Timestamp(year, 12, 31))
        ).sum()
    )
    tom = out_calls[(out_calls.owner == "Tom Okafor") & (out_calls.when.dt.to_period("Q") == this_q)]
    A["vb28"] = d(tom.groupby("outcome").size())
    todo = act[(act.crm_subtype == "Task") & (act.outcome == "NOT_STARTED") & (act.when.dt.to_period("M") == this_m)]
    A["vb29"] = d(todo.groupby("owner").size())
    A["vb30"] = float(
        connected[
            (connected.owner == "Priya Raman") & (connected.when.dt.year == year) & (connected.secs > 0)
        ].secs.mean()
        / 60
    )
    A["vb31"] = d(events[events.outcome == "NO_SHOW"].groupby("owner").size())
    A["vb32"] = int(
        ((lost.manager == "Ingrid Solberg") & (lost["product"] == "Tessera Plan") & (lost.close.dt.year == year)).sum()
    )
    cq = closed[closed.close.dt.to_period("Q") == last_q]
    A["vb33"] = d((cq.stage == "Won").groupby(cq.owner).mean() * 100)
    A["vb34"] = int(((deals.stage == "Discovery") & (deals.created < pd.Timestamp(year, 5, 1))).sum())
    nov = events[(events.outcome == "SCHEDULED") & (m(events.when) == f"{year}-11")]
    A["vb35"] = d(nov.groupby("owner").size())
    fri = out_calls[(out_calls.when.dt.year == 2026) & (out_calls.when.dt.day_of_week == 4)]
    A["vb36"] = float((fri.outcome == "Connected").mean() * 100)

    # 4 - controller
    wq = q(won.close)
    A["vb37"] = float(won[(won.currency == "EUR") & (wq == "2026-Q3")].amount.sum())
    A["vb38"] = d(won[won.close.dt.year == 2026].groupby("currency").amount.sum())
    A["vb39"] = d(won[won.currency == "USD"].groupby("product").amount.median())
    A["vb40"] = float(((wq == "2026-Q3").sum() / (wq == "2025-Q3").sum() - 1) * 100)
    lg = lost[lost.currency == "GBP"]
    A["vb41"] = d(lg.groupby(q(lg.close)).amount.sum())
    oe = opn[opn.currency == "EUR"]
    A["vb42"] = float(oe[oe["product"] == "Tessera Plan"].amount.sum() / oe.amount.sum() * 100)
    A["vb43"] = d((won.close - won.created).dt.days.groupby(won["product"]).mean())
    ou = opn[(opn.currency == "USD") & (opn.close >= "2027-01-01") & (opn.close <= "2027-03-31")]
    A["vb44"] = d(ou.groupby("stage").amount.sum())
    A["vb45"] = d(opn[opn.close.isna()].groupby("currency").size())
    oc = out_calls.assign(q=q(out_calls.when))
    oc = oc[oc.q.isin(["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"])]
    A["vb46"] = d((oc.outcome == "Left voicemail").groupby(oc.q).mean() * 100)
    A["vb47"] = d(won[won.currency == "EUR"].groupby("account").amount.sum().nlargest(3))
    cu = closed[(closed.currency == "USD") & (closed.close.dt.year == 2026)]
    A["vb48"] = float(cu[cu.stage == "Won"].amount.sum() / cu.amount.sum() * 100)

    # 5 - other languages
    lq = q(leads.created)
    A["vb49"] = d(lq[lq.isin(["2025-Q3", "2026-Q3"])].value_counts().sort_index())
    A["vb50"] = float(
        won[(won.owner == "Claire Dumont") & (won.currency == "EUR") & (won.close.dt.year == year)].amount.mean()
    )
    A["vb51"] = d(opn.groupby("manager").size())
    jw = out_calls[(out_calls.owner == "Jonas Weber") & (out_calls.when.dt.year == 2026)]
    A["vb52"] = d(jw.groupby(m(jw.when)).size())
    A["vb53"] = float(acc[acc.region == "DACH"].employees.mean())
    done = events[events.outcome == "COMPLETED"]
    A["vb54"] = d(done.groupby(q(done.when)).size())
    A["vb55"] = d(leads[leads.location.isin(["Getafe", "Zaragoza"])].groupby("status").size())
    A["vb56"] = float((now - deals[deals.stage == "Proposal"].created).dt.days.median())
    mb = connected[(connected.owner == "Marco Bellini") & (connected.when.dt.year == 2026)]
    A["vb57"] = float(mb.secs.sum() / 60)
    italy = acc[acc.region == "Italy"].account_id
    A["vb58"] = d(deals[deals.account_id.isin(italy)].groupby("account").size().nlargest(2))
    A["vb59"] = int(leads[leads.created.dt.year == 2026].company.nunique())
    A["vb60"] = d(lost[q(lost.close) == "2026-Q2"].groupby("product").size())
    return A


if __name__ == "__main__":
    import sys

    got = answers(Path(sys.argv[1]))
    for key, text in QUESTIONS:
        print(key, "|", text[:70], "|", got[key])
    assert len(QUESTIONS) == 60
    assert list(got) == [k for k, _ in QUESTIONS]
    assert set(NOTE) <= set(got)
