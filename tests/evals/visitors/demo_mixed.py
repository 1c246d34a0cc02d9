# ruff: noqa: E501  # one question, one line
"""Sixty questions of a new account executive, a manager who dictates, a controller, and a colleague abroad; demo CRM.

Written with their answers by a hand that saw no code.
"""

import pathlib
from pathlib import Path
from typing import Any

QUESTIONS = [
    # a new account executive: chatty, careless
    ("hd01", "unanswered calls in february, per rep?"),
    ("hd02", "whos got the most open deals right now"),
    ("hd03", "How many leads with status New does Tom Okafor own?"),
    ("hd04", "median duration in seconds of connected calls, rep by rep pls"),
    ("hd05", "of all the calls logged since 1 august 2026, what fraction got answered?"),
    ("hd06", "how many accounts have no open deal at all"),
    ("hd07", "contacts that opted out, by contact owner"),
    ("hd08", "new leads week by week from monday 7 september 2026 until today"),
    ("hd09", "how many meetings ended as a no-show so far this year?"),
    ("hd10", "leads by what it says in the notes, e.g. Webinar, Referral... just the number for each"),
    ("hd11", "whats the average age in days of sofia ribeiros open deals"),
    ("hd12", "With how many different accounts has Claire Dumont won at least one deal?"),
    ("hd13", "top 3 locations by number of leads"),
    ("hd14", "how big is the largest open deal in dollars"),
    ("hd15", "leads nobody has evr contacted (no last contact date), split by owner"),
    ("hd16", "On how many different days did Jonas Weber log at least one call in July 2026?"),
    ("hd17", "who has meetings scheduled in november and how many each?"),
    # a regional manager who dictates into a phone
    ("hd18", "okay can you give me the win rate this year for each rep who reports to Rafael Costa please"),
    ("hd19", "number of deals won so far this year Ingrid Solberg's team against Rafael Costa's team"),
    ("hd20", "um how many meetings did we actually hold in September and how many in August of this year"),
    ("hd21", "I'd like to see how many deals we lost month by month from January this year until now"),
    (
        "hd22",
        "tell me on average how many days it took from creation to closing for the Tessera Dock deals we won all time",
    ),
    (
        "hd23",
        "share of meetings that were held Hanna Lindqvist versus Jonas Weber counting every meeting from January first to September thirtieth this year",
    ),
    ("hd24", "how many calls in the last thirty days for each rep on Ingrid Solberg's team"),
    ("hd25", "which product had the most lost deals last quarter"),
    ("hd26", "for every open stage how many days old is the oldest deal sitting in there"),
    (
        "hd27",
        "outbound activities all types together third quarter this year compared to second quarter what is the change in percent",
    ),
    ("hd28", "open deals that were created more than one hundred and eighty days ago how many per rep"),
    ("hd29", "tasks that are still not started give me the count by the rep's region"),
    ("hd30", "inbound activities of any kind since the beginning of October who got how many"),
    ("hd31", "what share of each owner's leads is qualified out of all the leads they own"),
    ("hd32", "which month of this year saw the most calls"),
    ("hd33", "voicemails we left quarter by quarter this year"),
    # a finance controller, formal
    ("hd34", "Kindly state the total value of EUR deals won in the third quarter of 2026."),
    ("hd35", "Please provide the total amount of the open pipeline, broken down by currency."),
    ("hd36", "I require the monthly revenue from won deals denominated in USD, January to October 2026."),
    ("hd37", "What is the average amount of a won deal per product, considering EUR deals only?"),
    ("hd38", "What proportion of the EUR open pipeline, by value, is held by Claire Dumont?"),
    ("hd39", "Please indicate the median amount of our lost deals in pounds sterling."),
    (
        "hd40",
        "By what percentage did the number of won deals change between the second half of 2025 and the first half of 2026?",
    ),
    (
        "hd41",
        "Please report the combined amount of open EUR deals whose close date lies in the first quarter of 2027, per stage.",
    ),
    ("hd42", "Which five accounts have generated the highest value of won deals in USD to date?"),
    ("hd43", "Among open deals, how many lack a close date?"),
    (
        "hd44",
        "What is the average company revenue, as recorded on the account, of accounts having more than 1,000 employees?",
    ),
    ("hd45", "For deals closed in 2026, which share of the decided deals was lost, by product?"),
    ("hd46", "By how many euros did the value of won EUR deals in Q3 2026 differ from that of Q2 2026 (Q3 minus Q2)?"),
    ("hd47", "Of all deals created in calendar year 2025, what share is still open today?"),
    ("hd48", "How many deals were won within 60 days of their creation?"),
    # colleagues in French, German, Spanish, Italian, Portuguese
    ("hd49", "Sur l'ensemble des appels, quelle part est restée sans réponse, trimestre par trimestre en 2026 ?"),
    ("hd50", "Nombre de nouvelles opportunités créées chaque mois depuis le 1er mai 2026"),
    ("hd51", "Quel secteur d'activité regroupe le plus de comptes ?"),
    ("hd52", "Wie viele Leads von Jonas Weber wurden dieses Jahr angelegt, aufgeteilt nach Status?"),
    ("hd53", "Medianes Alter der offenen Deals in Tagen je Produkt"),
    ("hd54", "Welcher Vertriebler hatte im letzten Quartal die meisten Anrufe?"),
    ("hd55", "¿cuántas cuentas de la región Iberia tienen por lo menos un negocio ganado?"),
    ("hd56", "Leads cuyo último contacto fue en septiembre de 2026, por responsable"),
    ("hd57", "Percentuale di vittoria di Marco Bellini per ogni trimestre del 2026, in base alla data di chiusura"),
    ("hd58", "quanti lead del settore Energy abbiamo per ciascuna dimensione aziendale?"),
    (
        "hd59",
        "Mediana del ciclo di vendita in giorni dei deal chiusi nel 2026, vinti e persi insieme, team di Ingrid Solberg contro team di Rafael Costa",
    ),
    ("hd60", "Quantas reuniões foram canceladas em 2026, por responsável?"),
]

UNANSWERED = ["No answer", "Busy", "Left voicemail", "Missed"]
ANSWERED = ["Connected", "Left live message"]


def rows(s: Any) -> Any:
    import pandas as pd

    return {str(k): float(v) for k, v in s.items() if pd.notna(v)}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    f = pathlib.Path(folder)
    acc, con, deals, leads, act, reps = (
        pd.read_csv(f / (n + ".csv"), low_memory=False)
        for n in ["accounts", "contacts", "deals", "leads", "activities", "reps"]
    )
    ts = pd.Timestamp
    for c in ("created_date", "close_date"):
        deals[c] = pd.to_datetime(deals[c])
    for c in ("created_date", "last_contact"):
        leads[c] = pd.to_datetime(leads[c])
    act["day"] = pd.to_datetime(act.activity_date).dt.normalize()
    today = act[act.outcome != "SCHEDULED"].day.max()
    manager, region = reps.set_index("name").manager, reps.set_index("name").region
    team = {m: sorted(reps[reps.manager == m].name) for m in reps.manager.unique()}

    won, lost = deals[deals.stage == "Won"], deals[deals.stage == "Lost"]
    decided = deals[deals.stage.isin(["Won", "Lost"])].copy()
    decided["won"] = decided.stage == "Won"
    decided["cycle"] = (decided.close_date - decided.created_date).dt.days
    open_ = deals[~deals.stage.isin(["Won", "Lost"])].copy()
    open_["age"] = (today - open_.created_date).dt.days
    calls, meets = act[act.crm_subtype == "Call"], act[act.crm_subtype == "Event"]

    def inside(s: Any, a: Any, b: Any = today) -> Any:
        return (s >= ts(a)) & (s <= ts(b))

    def month(s: Any) -> Any:
        return s.dt.strftime("%Y-%m")

    def quarter(s: Any) -> Any:
        return s.dt.year.astype(str) + "-Q" + s.dt.quarter.astype(str)

    def first(s: Any) -> Any:
        return rows(s[s == s.max()])

    months26 = [f"2026-{m:02d}" for m in range(1, 11)]
    quarters26 = [f"2026-Q{q}" for q in range(1, 5)]
    y26 = ("2026-01-01", today)
    q3 = ("2026-07-01", "2026-09-30")
    r = {}

    r["hd01"] = rows(
        calls[inside(calls.day, "2026-02-01", "2026-02-28") & calls.outcome.isin(UNANSWERED)].groupby("owner").size()
    )
    r["hd02"] = first(open_.groupby("owner").size())
    r["hd03"] = float(((leads.status == "New") & (leads.owner == "Tom Okafor")).sum())
    r["hd04"] = rows(calls[calls.outcome == "Connected"].groupby("owner").duration_s.median())
    x = calls[inside(calls.day, "2026-08-01")]
    r["hd05"] = float(x.outcome.isin(ANSWERED).mean())
    r["hd06"] = float((~acc.account_id.isin(open_.account_id)).sum())
    r["hd07"] = rows(con[con.opted_out.astype(str).str.lower() == "true"].groupby("owner").size())
    x = leads[inside(leads.created_date, "2026-09-07")]
    x = (
        (x.created_date - pd.to_timedelta(x.created_date.dt.day_of_week, unit="D"))
        .dt.strftime("%Y-%m-%d")
        .value_counts()
    )
    r["hd08"] = rows(
        x.reindex([d.strftime("%Y-%m-%d") for d in pd.date_range("2026-09-07", today, freq="W-MON")], fill_value=0)
    )
    r["hd09"] = float((inside(meets.day, *y26) & (meets.outcome == "NO_SHOW")).sum())
    r["hd10"] = rows(leads.groupby("notes").size())
    r["hd11"] = float(open_[open_.owner == "Sofia Ribeiro"].age.mean())
    r["hd12"] = float(won[won.owner == "Claire Dumont"].account_id.nunique())
    r["hd13"] = rows(leads.location.value_counts().head(3))
    r["hd14"] = float(open_[open_.currency == "USD"].amount.max())
    r["hd15"] = rows(leads[leads.last_contact.isna()].groupby("owner").size())
    r["hd16"] = float(
        calls[inside(calls.day, "2026-07-01", "2026-07-31") & (calls.owner == "Jonas Weber")].day.nunique()
    )
    r["hd17"] = rows(
        meets[inside(meets.day, "2026-11-01", "2026-11-30") & (meets.outcome == "SCHEDULED")].groupby("owner").size()
    )

    x = decided[inside(decided.close_date, *y26)]
    r["hd18"] = rows(x[x.owner.isin(team["Rafael Costa"])].groupby("owner").won.mean())
    x = won[inside(won.close_date, *y26)]
    r["hd19"] = rows(x.groupby(x.owner.map(manager)).size().reindex(["Ingrid Solberg", "Rafael Costa"]))
    x = meets[meets.outcome == "COMPLETED"]
    r["hd20"] = rows(month(x.day).value_counts().reindex(["2026-09", "2026-08"], fill_value=0))
    r["hd21"] = rows(month(lost.close_date).value_counts().reindex(months26, fill_value=0))
    r["hd22"] = float(decided[decided.won & (decided["product"] == "Tessera Dock")].cycle.mean())
    x = meets[inside(meets.day, "2026-01-01", "2026-09-30")]
    r["hd23"] = rows((x.outcome == "COMPLETED").groupby(x.owner).mean().reindex(["Hanna Lindqvist", "Jonas Weber"]))
    x = calls[inside(calls.day, today - pd.Timedelta(days=30))]
    r["hd24"] = rows(x.owner.value_counts().reindex(team["Ingrid Solberg"], fill_value=0))
    r["hd25"] = first(lost[inside(lost.close_date, *q3)].groupby("product").size())
    r["hd26"] = rows(open_.groupby("stage").age.max())
    x = act[act.direction == "outbound"]
    a, b = inside(x.day, "2026-04-01", "2026-06-30").sum(), inside(x.day, *q3).sum()
    r["hd27"] = float(b / a - 1)
    r["hd28"] = rows(open_[open_.age > 180].groupby("owner").size())
    x = act[(act.crm_subtype == "Task") & (act.outcome == "NOT_STARTED")]
    r["hd29"] = rows(x.groupby(x.owner.map(region)).size())
    r["hd30"] = rows(act[inside(act.day, "2026-10-01") & (act.direction == "inbound")].groupby("owner").size())
    r["hd31"] = rows((leads.status == "Qualified").groupby(leads.owner).mean())
    r["hd32"] = first(month(calls[inside(calls.day, *y26)].day).value_counts())
    r["hd33"] = rows(
        quarter(calls[calls.outcome == "Left voicemail"].day).value_counts().reindex(quarters26, fill_value=0)
    )

    eur_won = won[won.currency == "EUR"]
    eur_open = open_[open_.currency == "EUR"]
    s3 = eur_won[inside(eur_won.close_date, *q3)].amount.sum()
    r["hd34"] = float(s3)
    r["hd35"] = rows(open_.groupby("currency").amount.sum())
    x = won[won.currency == "USD"]
    r["hd36"] = rows(x.groupby(month(x.close_date)).amount.sum().reindex(months26, fill_value=0))
    r["hd37"] = rows(eur_won.groupby("product").amount.mean())
    r["hd38"] = float(eur_open[eur_open.owner == "Claire Dumont"].amount.sum() / eur_open.amount.sum())
    r["hd39"] = float(lost[lost.currency == "GBP"].amount.median())
    a, b = (
        inside(won.close_date, "2025-07-01", "2025-12-31").sum(),
        inside(won.close_date, "2026-01-01", "2026-06-30").sum(),
    )
    r["hd40"] = float(b / a - 1)
    r["hd41"] = rows(eur_open[inside(eur_open.close_date, "2027-01-01", "2027-03-31")].groupby("stage").amount.sum())
    x = won[won.currency == "USD"].merge(acc[["account_id", "name"]], on="account_id", suffixes=("", "_acc"))
    r["hd42"] = rows(x.groupby("name_acc").amount.sum().sort_values(ascending=False).head(5))
    r["hd43"] = float(open_.close_date.isna().sum())
    r["hd44"] = float(acc[acc.employees > 1000].revenue.mean())
    x = decided[inside(decided.close_date, *y26)]
    r["hd45"] = rows((~x.won).groupby(x["product"]).mean())
    r["hd46"] = float(s3 - eur_won[inside(eur_won.close_date, "2026-04-01", "2026-06-30")].amount.sum())
    x = deals[deals.created_date.dt.year == 2025]
    r["hd47"] = float((~x.stage.isin(["Won", "Lost"])).mean())
    r["hd48"] = float((decided.won & (decided.cycle <= 60)).sum())

    x = calls[inside(calls.day, *y26)]
    r["hd49"] = rows(x.outcome.isin(UNANSWERED).groupby(quarter(x.day)).mean())
    r["hd50"] = rows(month(deals.created_date).value_counts().reindex(months26[4:], fill_value=0))
    r["hd51"] = first(acc.industry.value_counts())
    r["hd52"] = rows(leads[inside(leads.created_date, *y26) & (leads.owner == "Jonas Weber")].groupby("status").size())
    r["hd53"] = rows(open_.groupby("product").age.median())
    r["hd54"] = first(calls[inside(calls.day, *q3)].groupby("owner").size())
    r["hd55"] = float(((acc.region == "Iberia") & acc.account_id.isin(won.account_id)).sum())
    r["hd56"] = rows(leads[inside(leads.last_contact, "2026-09-01", "2026-09-30")].groupby("owner").size())
    x = decided[inside(decided.close_date, *y26) & (decided.owner == "Marco Bellini")]
    r["hd57"] = rows(x.won.groupby(quarter(x.close_date)).mean())
    r["hd58"] = rows(leads[leads.industry == "Energy"].groupby("company_size").size())
    x = decided[inside(decided.close_date, *y26)]
    r["hd59"] = rows(x.groupby(x.owner.map(manager)).cycle.median().reindex(["Ingrid Solberg", "Rafael Costa"]))
    r["hd60"] = rows(
        meets[inside(meets.day, "2026-01-01", "2026-12-31") & (meets.outcome == "CANCELED")].groupby("owner").size()
    )
    return r
