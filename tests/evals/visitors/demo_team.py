# ruff: noqa: E501  # one question, one line
"""Sixty questions of a rep who types fast, a manager, an auditor of activities, an executive; demo CRM.

Written with their answers by a hand that saw no code; parts and rates are told from 0 to 100.
"""

from pathlib import Path
from typing import Any

QUESTIONS = [
    # 1. a sales rep who types fast
    ("va01", "how mnay calls did tom okafor log in sept 26"),
    ("va02", "marco bellinis open deals, total in eur??"),
    ("va03", "avg deal size of won usd deals for tessera dock pls"),
    ("va04", "hw many leads r stil New for priya"),
    ("va05", "im sofia ribeiro - top 3 of my accts by company revenue"),
    ("va06", "jonas weber here whats the amt of my biggest open deal in eur"),
    ("va07", "no answer calls by hanna lindqvist per mnth this yr"),
    ("va08", "bramble devices emails, in vs out?"),
    ("va09", "how much eur did claire dumont win last qtr"),
    ("va10", "contcts at sundial grocers, just the count thx"),
    ("va11", "daniel kerr calls 2026: wat % of all the calls he logged were connected"),
    ("va12", "leads w no email adress, how many are tom okafors"),
    ("va13", "which acct has tom okafor called most since 1 may 2026 n how many times"),
    ("va14", "hanna lindqvist open deals w/o a close date - how many"),
    ("va15", "avg days from creatd to closed for priya ramans won deals"),
    # 2. a sales manager comparing people, teams, regions, products, periods
    (
        "va16",
        "Put Ingrid Solberg's team next to Rafael Costa's: how many deals did each win in the third quarter of 2026?",
    ),
    ("va17", "Who has the most completed meetings this year, and how many is that?"),
    ("va18", "I'd like to see the win rate of each product, counting only deals that closed in 2026."),
    (
        "va19",
        "How much does every rep reporting to Ingrid Solberg have sitting in Negotiation? Only the EUR deals please.",
    ),
    ("va20", "Show me how our outbound call volume has moved quarter by quarter since January 2026."),
    ("va21", "US East against US West - what was the value of USD deals won between January and June 2026?"),
    ("va22", "For Q2 2026, how many deals did each rep lose?"),
    ("va23", "Which rep takes the longest on average to get a deal from creation to won? Give me the days."),
    ("va24", "What's the median amount of the GBP deals we've lost?"),
    ("va25", "Which customer industry have we had the most connected calls with in 2026?"),
    ("va26", "Last week, how many activities did each person log if you leave the tasks out?"),
    ("va27", "Between July and September 2026, how many new deals were opened for each product?"),
    ("va28", "Is Hanna Lindqvist logging more calls than Jonas Weber this month? Show both numbers."),
    ("va29", "What percentage of our open EUR pipeline belongs to the Nordics region?"),
    ("va30", "Per manager, what percentage of the team's leads has the status Qualified?"),
    # 3. a sales-operations person auditing activities
    ("va31", "Break all logged calls down by outcome; ignore the ones where the outcome is blank."),
    ("va32", "How many calls were saved without any outcome?"),
    ("va33", "Taking only 2026 meetings marked completed or no-show, what's the no-show percentage?"),
    ("va34", "How many meetings are already in the past but still say SCHEDULED?"),
    (
        "va35",
        "Average length in minutes of calls with outcome Connected, month by month from July 2026 to October 2026.",
    ),
    ("va36", "October 2026: number of inbound emails and number of outbound emails."),
    ("va37", "Tasks dated before 1 October 2026 that are still NOT_STARTED - count them per owner."),
    ("va38", "I'm checking data quality: by activity type, how many activity records have no account filled in?"),
    ("va39", "Count of calls that went on for longer than ten minutes, all time."),
    ("va40", "Add up the duration of outbound calls in Q3 2026 and give me hours."),
    ("va41", "What share of email activities, in percent, has no contact address on it?"),
    ("va42", "Did anybody phone on weekends? How many calls dated 2026 fall on a Saturday or a Sunday?"),
    (
        "va43",
        "Calls with outcome Left voicemail, week by week, for the weeks beginning 5 October through 26 October 2026.",
    ),
    ("va44", "How many contacts have opted out, split by contact owner?"),
    ("va45", "For completed meetings that have a duration recorded, what's the median length in minutes?"),
    # 4. an executive
    ("va46", "Did we win more euro revenue in the third quarter of 2026 than in the second? Give me both totals."),
    ("va47", "Of every deal that has been decided so far, won or lost, what percentage did we win?"),
    ("va48", "What is the median time in days from creation to close for won deals, by product?"),
    ("va49", "Where does the open US dollar pipeline stand, stage by stage?"),
    ("va50", "Name our top five customers by total won amount in EUR."),
    ("va51", "How many different accounts have we closed at least one won deal with in 2026?"),
    (
        "va52",
        "Going by the notes on the leads, such as referral or webinar, how many leads do we have from each source? Skip the blanks.",
    ),
    ("va53", "Our lead base by status, as percentages of the total, please."),
    ("va54", "On average, how many days old are the deals that are still open?"),
    ("va55", "Show the trend of won deals for 2026: number per month, by close date."),
    ("va56", "What is the total GBP value of open deals expected to close by the end of December 2026?"),
    (
        "va57",
        "How many of our accounts have had neither a call, an email nor a meeting since the start of September 2026, up to today?",
    ),
    ("va58", "How many leads were created from March to October in 2025 and in the same months of 2026?"),
    ("va59", "Which industries did our 2026 USD wins come from, and how much from each?"),
    ("va60", "What is the average number of employees at the accounts where we have won at least one deal?"),
]

_NOW = "Now = 2026-10-30 14:23, the newest activity that has happened (a task; the later ones are meetings still SCHEDULED for November)"
_OPEN = "open = stage neither Won nor Lost"

NOTE = {
    "va02": _OPEN,
    "va03": "stage Won, product Tessera Dock, currency USD",
    "va04": "Priya = Priya Raman; status New",
    "va05": "accounts owned by Sofia Ribeiro; revenue as the accounts file has it (millions)",
    "va06": _OPEN,
    "va07": "this year = 2026; " + _NOW,
    "va08": "rows of type Email with account Bramble Devices, by direction; all time",
    "va09": "last quarter = 2026-Q3, by close date; " + _NOW,
    "va11": "denominator: every row of type Call in 2026, those without an outcome too; percent 0-100",
    "va13": "rows of type Call with an account; top 1",
    "va14": _OPEN + "; close_date empty",
    "va15": "close_date minus created_date in days, stage Won",
    "va16": "by close date; team = the manager of the deal's owner in reps.csv",
    "va17": "rows of type Event with outcome COMPLETED, dated 2026 (none of them lies after now); every owner counts; top 1; "
    + _NOW,
    "va18": "Won / (Won + Lost) by number, close date in 2026; percent 0-100",
    "va19": "reps with no EUR deal in Negotiation are left out (Daniel Kerr sells in GBP)",
    "va20": "type Call, direction outbound; 2026-Q4 is not over",
    "va21": "region of the deal's owner (the account's region is the same here), by close date",
    "va22": "stage Lost, by close date",
    "va23": "stage Won, close_date minus created_date, mean per owner; top 1",
    "va25": "outcome Connected, type Call; industry of the activity's account; calls without an account left out; top 1",
    "va26": "last week = Monday 2026-10-19 to Sunday 2026-10-25; every owner, also those who are not in reps.csv; "
    + _NOW,
    "va27": "by created_date",
    "va28": "this month = October 2026; " + _NOW,
    "va29": _OPEN
    + "; by amount; region of the deal's owner (all Nordics accounts are the Nordics rep's); percent 0-100",
    "va30": "team = the manager of the lead's owner; percent 0-100",
    "va33": "Event rows: NO_SHOW / (NO_SHOW + COMPLETED); percent 0-100",
    "va34": "Event rows dated before now; " + _NOW,
    "va35": "mean over rows that have a duration, zero seconds included; minutes",
    "va36": "rows of type Email as they stand (bounces and automatic replies are inbound rows like the others)",
    "va37": "rows of type Task",
    "va38": "whole file; account empty; Postal has none and is left out",
    "va39": "duration_s > 600, type Call",
    "va40": "sum of duration_s / 3600, type Call, direction outbound",
    "va41": "rows of type Email with contact_emails empty; percent 0-100",
    "va42": "by activity_date",
    "va43": "week = Monday; type Call",
    "va45": "Event rows with outcome COMPLETED and a duration_s, in minutes",
    "va46": "by close date, stage Won",
    "va47": "by number; percent 0-100",
    "va48": "close_date minus created_date",
    "va49": _OPEN + "; sum of amount",
    "va50": "by the account's name; all time",
    "va51": "distinct account_id with stage Won and close date in 2026",
    "va54": "from created_date to 2026-10-30; " + _OPEN + "; " + _NOW,
    "va56": _OPEN + "; close_date up to 2026-12-31; open deals without a close date are not counted",
    "va57": "no row of type Call, Email or Event dated 2026-09-01 up to now, whatever its outcome; " + _NOW,
    "va59": "by close date; industry of the deal's account",
    "va60": "each account once",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    r = {n: pd.read_csv(folder / f"{n}.csv") for n in ("reps", "accounts", "contacts", "deals", "leads", "activities")}
    reps, acc, con, d, le, a = (r[n] for n in ("reps", "accounts", "contacts", "deals", "leads", "activities"))
    mgr = reps.set_index("name").manager
    reg = reps.set_index("name").region

    a["t"] = pd.to_datetime(a.activity_date)
    # newest activity that has happened: meetings still SCHEDULED have not
    now = a[~((a.crm_subtype == "Event") & (a.outcome == "SCHEDULED"))].t.max()
    today = now.normalize()
    a["m"] = a.t.dt.strftime("%Y-%m")
    a["q"] = a.t.dt.year.astype(str) + "-Q" + a.t.dt.quarter.astype(str)
    a["week"] = (a.t.dt.normalize() - pd.to_timedelta(a.t.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")
    call, mail, meet, task = (a[a.crm_subtype == k] for k in ("Call", "Email", "Event", "Task"))
    con_calls = call[call.outcome == "Connected"]

    d["made"] = pd.to_datetime(d.created_date)
    d["shut"] = pd.to_datetime(d.close_date)
    d["days"] = (d.shut - d.made).dt.days
    d["region"] = d.owner.map(reg)
    d["manager"] = d.owner.map(mgr)
    d = d.merge(
        acc[["account_id", "name", "industry", "employees"]].rename(columns={"name": "acc_name"}),
        on="account_id",
        how="left",
    )
    won, lost = d[d.stage == "Won"], d[d.stage == "Lost"]
    opn = d[~d.stage.isin(["Won", "Lost"])]
    done = d[d.stage.isin(["Won", "Lost"])]
    le["made"] = pd.to_datetime(le.created_date)

    def span(f: Any, col: Any, lo: Any, hi: Any) -> Any:  # both days included
        return f[(f[col] >= pd.Timestamp(lo)) & (f[col] < pd.Timestamp(hi) + pd.Timedelta(days=1))]

    def dic(s: Any) -> Any:
        return {str(k): float(v) for k, v in s.items() if v != 0}

    def top(s: Any, n: Any) -> Any:
        s = s.sort_values(ascending=False)
        assert len(s) <= n or s.iloc[n - 1] > s.iloc[n], ("tie", s.head(n + 2).to_dict())
        return dic(s.head(n))

    this_q = today.to_period("Q")
    last_q = this_q - 1
    monday = today - pd.Timedelta(days=today.weekday())
    year = today.year
    w26 = won[won.shut.dt.year == 2026]
    o: dict[str, Any] = {}

    # 1
    o["va01"] = len(call[(call.owner == "Tom Okafor") & (call.m == "2026-09")])
    o["va02"] = opn[(opn.owner == "Marco Bellini") & (opn.currency == "EUR")].amount.sum()
    o["va03"] = won[(won["product"] == "Tessera Dock") & (won.currency == "USD")].amount.mean()
    o["va04"] = len(le[(le.owner == "Priya Raman") & (le.status == "New")])
    o["va05"] = top(acc[acc.owner == "Sofia Ribeiro"].set_index("name").revenue, 3)
    o["va06"] = opn[(opn.owner == "Jonas Weber") & (opn.currency == "EUR")].amount.max()
    x = call[(call.owner == "Hanna Lindqvist") & (call.outcome == "No answer") & (call.t.dt.year == year)]
    o["va07"] = dic(x.groupby("m").size())
    o["va08"] = dic(mail[mail.account == "Bramble Devices"].groupby("direction").size())
    o["va09"] = won[
        (won.owner == "Claire Dumont") & (won.currency == "EUR") & (won.shut.dt.to_period("Q") == last_q)
    ].amount.sum()
    o["va10"] = len(con.merge(acc[acc.name == "Sundial Grocers"][["account_id"]], on="account_id"))
    x = call[(call.owner == "Daniel Kerr") & (call.t.dt.year == 2026)]
    o["va11"] = 100 * (x.outcome == "Connected").mean()
    o["va12"] = int(le[le.owner == "Tom Okafor"].email.isna().sum())
    x = call[(call.owner == "Tom Okafor") & (call.t >= "2026-05-01") & (call.t <= now)]
    o["va13"] = top(x.groupby("account").size(), 1)
    o["va14"] = int(opn[opn.owner == "Hanna Lindqvist"].close_date.isna().sum())
    o["va15"] = won[won.owner == "Priya Raman"].days.mean()

    # 2
    o["va16"] = dic(span(won, "shut", "2026-07-01", "2026-09-30").groupby("manager").size())
    x = meet[(meet.outcome == "COMPLETED") & (meet.t.dt.year == year) & (meet.t <= now)]
    o["va17"] = top(x.groupby("owner").size(), 1)
    x = done[done.shut.dt.year == 2026]
    o["va18"] = dic(100 * (x.stage == "Won").groupby(x["product"]).mean())
    x = d[(d.manager == "Ingrid Solberg") & (d.stage == "Negotiation") & (d.currency == "EUR")]
    o["va19"] = dic(x.groupby("owner").amount.sum())
    x = call[(call.direction == "outbound") & (call.t >= "2026-01-01") & (call.t <= now)]
    o["va20"] = dic(x.groupby("q").size())
    x = span(won, "shut", "2026-01-01", "2026-06-30")
    o["va21"] = dic(x[(x.currency == "USD") & x.region.isin(["US East", "US West"])].groupby("region").amount.sum())
    o["va22"] = dic(span(lost, "shut", "2026-04-01", "2026-06-30").groupby("owner").size())
    o["va23"] = top(won.groupby("owner").days.mean(), 1)
    o["va24"] = lost[lost.currency == "GBP"].amount.median()
    x = con_calls[con_calls.t.dt.year == 2026].merge(acc[["name", "industry"]], left_on="account", right_on="name")
    o["va25"] = top(x.groupby("industry").size(), 1)
    x = a[(a.crm_subtype != "Task") & (a.t >= monday - pd.Timedelta(days=7)) & (a.t < monday)]
    o["va26"] = dic(x.groupby("owner").size())
    o["va27"] = dic(span(d, "made", "2026-07-01", "2026-09-30").groupby("product").size())
    x = call[call.owner.isin(["Hanna Lindqvist", "Jonas Weber"]) & (call.m == today.strftime("%Y-%m"))]
    o["va28"] = dic(x.groupby("owner").size())
    x = opn[opn.currency == "EUR"]
    o["va29"] = 100 * x[x.region == "Nordics"].amount.sum() / x.amount.sum()
    o["va30"] = dic(100 * (le.status == "Qualified").groupby(le.owner.map(mgr)).mean())

    # 3
    o["va31"] = dic(call.groupby("outcome").size())
    o["va32"] = int(call.outcome.isna().sum())
    x = meet[(meet.t.dt.year == 2026) & meet.outcome.isin(["COMPLETED", "NO_SHOW"])]
    o["va33"] = 100 * (x.outcome == "NO_SHOW").mean()
    o["va34"] = len(meet[(meet.outcome == "SCHEDULED") & (meet.t < now)])
    x = span(con_calls, "t", "2026-07-01", "2026-10-31")
    o["va35"] = dic(x.groupby("m").duration_s.mean() / 60)
    o["va36"] = dic(mail[mail.m == "2026-10"].groupby("direction").size())
    o["va37"] = dic(task[(task.outcome == "NOT_STARTED") & (task.t < "2026-10-01")].groupby("owner").size())
    o["va38"] = dic(a[a.account.isna()].groupby("crm_subtype").size())
    o["va39"] = int((call.duration_s > 600).sum())
    o["va40"] = call[(call.direction == "outbound") & (call.q == "2026-Q3")].duration_s.sum() / 3600
    o["va41"] = 100 * mail.contact_emails.isna().mean()
    o["va42"] = len(call[(call.t.dt.year == 2026) & (call.t.dt.day_of_week >= 5)])
    x = call[
        (call.outcome == "Left voicemail") & call.week.isin(["2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"])
    ]
    o["va43"] = dic(x.groupby("week").size())
    o["va44"] = dic(con[con.opted_out.eq(True)].groupby("owner").size())
    o["va45"] = meet[meet.outcome == "COMPLETED"].duration_s.median() / 60

    # 4
    x = won[won.currency == "EUR"]
    o["va46"] = {
        "2026-Q2": float(span(x, "shut", "2026-04-01", "2026-06-30").amount.sum()),
        "2026-Q3": float(span(x, "shut", "2026-07-01", "2026-09-30").amount.sum()),
    }
    o["va47"] = 100 * len(won) / len(done)
    o["va48"] = dic(won.groupby("product").days.median())
    o["va49"] = dic(opn[opn.currency == "USD"].groupby("stage").amount.sum())
    o["va50"] = top(won[won.currency == "EUR"].groupby("acc_name").amount.sum(), 5)
    o["va51"] = w26.account_id.nunique()
    o["va52"] = dic(le.groupby("notes").size())
    o["va53"] = dic(100 * le.status.value_counts(normalize=True))
    o["va54"] = (today - opn.made).dt.days.mean()
    o["va55"] = dic(w26.groupby(w26.shut.dt.strftime("%Y-%m")).size())
    o["va56"] = opn[(opn.currency == "GBP") & (opn.shut <= "2026-12-31")].amount.sum()
    x = a[a.crm_subtype.isin(["Call", "Email", "Event"]) & (a.t >= "2026-09-01") & (a.t <= now)]
    o["va57"] = int((~acc.name.isin(x.account)).sum())
    x = le[le.made.dt.year.isin([2025, 2026]) & le.made.dt.month.between(3, 10)]
    o["va58"] = dic(x.groupby(x.made.dt.year).size())
    o["va59"] = dic(w26[w26.currency == "USD"].groupby("industry").amount.sum())
    o["va60"] = won.drop_duplicates("account_id").employees.mean()

    return {k: (v if isinstance(v, dict) else float(v)) for k, v in o.items()}
