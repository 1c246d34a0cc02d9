# ruff: noqa: E501  # one question, one line
"""Sixty questions of an operations auditor and of a marketing analyst, over the demo CRM.

Written with their answers by a hand that saw no code.
"""

import pathlib
from pathlib import Path
from typing import Any

QUESTIONS = [
    # --- auditor ---
    ("ops01", "How many of our open deals don't have any close date entered?"),
    ("ops02", "tasks still not started, per owner"),
    ("ops03", "What's the win rate for each product, looking only at deals that closed in 2026?"),
    ("ops04", "For deals we won: the median number of days from creation to close, split by the reps' manager please"),
    ("ops05", "voicemails left in Q3 2026 by each rep"),
    # --- marketing analyst ---
    ("ops06", "Among qualified leads, which note shows up the most?"),
    ("ops07", "what fraction of all our leads has no industry filled in"),
    ("ops08", "I'd like to see the new leads month by month for 2026, January through October"),
    ("ops09", "how many contacts have opted out?"),
    ("ops10", "How many different companies are there on our lead list altogether?"),
    # --- auditor ---
    ("ops11", "Taking every meeting dated January to September 2026, what share ended as a no-show?"),
    ("ops12", "Euro revenue per quarter in 2026, so far"),
    ("ops13", "Hanna Lindqvist vs Marco Bellini: average size of a won deal in EUR"),
    ("ops14", "Wie viel Pipeline in Euro liegt aktuell in jeder offenen Phase?"),
    ("ops15", "any open deals whose close date has already gone by? how many"),
    # --- marketing analyst ---
    ("ops16", "Top 5 locations by number of leads"),
    ("ops17", "Wie viele Leads je Status haben überhaupt noch keinen letzten Kontakt eingetragen?"),
    ("ops18", "Of the leads from companies with 1000+ people, what portion is marked Unqualified?"),
    ("ops19", "wich job title is the most common one on leads created during 2026?"),
    ("ops20", "On average how many contacts do we hold per account?"),
    # --- auditor ---
    ("ops21", "number of open deals that were created more than 365 days ago"),
    ("ops22", "whats the open pipline in USD, Priya Raman against Tom Okafor"),
    ("ops23", "Please give the average duration, in minutes, of calls with the outcome Connected in 2026, per owner."),
    ("ops24", "July 2026: inbound versus outbound activities, how many of each?"),
    ("ops25", "Which account has cost us the most lost deals? I mean the number of deals, not the money"),
    # --- marketing analyst ---
    ("ops26", "Quelle part des leads créés en 2025 a aujourd'hui le statut Qualified ?"),
    (
        "ops27",
        "How many days lie between a lead's creation and its last contact on average? Per status, skipping leads never contacted",
    ),
    ("ops28", "¿Cuántos leads siguen en estado New aunque se crearon hace más de 180 días?"),
    ("ops29", "Quais são os três setores com mais leads no status Nurturing? Ignore os leads sem setor."),
    ("ops30", 'contacts whose title is exactly "IT Manager" - count?'),
    # --- auditor ---
    ("ops31", "Qui a gagné des affaires le trimestre dernier, et combien par commercial ?"),
    ("ops32", "¿Cuál es la antigüedad media, en días, de los negocios abiertos de cada producto?"),
    ("ops33", "Quantas reuniões de 2026 foram canceladas?"),
    ("ops34", "Qual è il tasso di vittoria di Marco Bellini sulle trattative chiuse nel 2026?"),
    ("ops35", "Welcher Vertriebsmitarbeiter hat im Jahr 2026 die meisten Deals verloren (Anzahl)?"),
    # --- marketing analyst ---
    (
        "ops36",
        "Vorrei il numero totale di dipendenti dei nostri account, per settore, ma solo per i settori Energy, Logistics e Retail",
    ),
    ("ops37", "show me the five accounts with the highest company revenue"),
    ("ops38", "Share of leads with status Qualified, by the region of the rep who owns the lead"),
    ("ops39", "Take the Healthcare leads and break them down by what the note says; leads with no note can be dropped"),
    ("ops40", "so how many leads did we last contact within the last 30 days"),
    # --- auditor ---
    ("ops41", "By what percentage did the number of calls change from September 2026 to October 2026?"),
    ("ops42", "On which single day in October 2026 were the most calls logged?"),
    ("ops43", "Calls in 2026 with no outcome recorded whatsoever: number per owner"),
    ("ops44", "how long was the longest call we ever logged, in minutes?"),
    ("ops45", "Median amount over all our GBP deals, whatever the stage"),
    # --- marketing analyst ---
    ("ops46", "leads without an email address by owner pls"),
    ("ops47", "How many of our accounts have more than 1,000 employees?"),
    (
        "ops48",
        "What do customers in the Nordics go for most: which product has the most won deals for accounts of that region?",
    ),
    ("ops49", "Median time since creation, in days as of today, for leads that are in status Working"),
    ("ops50", "Records of type Email that came inbound, per month, from July through September 2026"),
    # --- auditor ---
    ("ops51", "Of all decided deals, what fraction was decided within 90 days of being created? by manager"),
    ("ops52", "In how many distinct accounts is there a deal in Negotiation right now?"),
    ("ops53", "Accounts on file that we've never won a single deal with - how many is that?"),
    ("ops54", "Who has meetings scheduled for November 2026, and how many each? only those with outcome SCHEDULED"),
    ("ops55", "How many activities belong to an owner who's not on the list of reps?"),
    ("ops56", "unanswered calls as a share of all calls, 2026, Sofia Ribeiro compared with Jonas Weber"),
    # --- marketing analyst ---
    (
        "ops57",
        "D'après le compte inscrit sur l'activité, combien de comptes différents ont eu au moins un appel abouti (Connected) en octobre 2026 ?",
    ),
    ("ops58", "Energy against Manufacturing accounts: the win rate over all closed deals"),
    ("ops59", "calls week by week during July 2026"),
    ("ops60", "Average amount of our EUR deals, the Won ones against the Lost ones"),
]


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    folder = pathlib.Path(folder)
    acc, con, deals, leads, act, reps = (
        pd.read_csv(folder / f"{n}.csv") for n in ("accounts", "contacts", "deals", "leads", "activities", "reps")
    )
    for df, cols in ((deals, ("created_date", "close_date")), (leads, ("created_date", "last_contact"))):
        for c in cols:
            df[c] = pd.to_datetime(df[c])
    act["day"] = pd.to_datetime(act["activity_date"].str[:10])
    today = act.loc[act["outcome"] != "SCHEDULED", "day"].max()
    ts = pd.Timestamp

    manager = reps.set_index("name")["manager"]
    rep_region = reps.set_index("name")["region"]
    deals["manager"] = deals["owner"].map(manager)
    a = acc.set_index("account_id")
    deals["cust_region"] = deals["account_id"].map(a["region"])
    deals["industry"] = deals["account_id"].map(a["industry"])
    deals["cycle"] = (deals["close_date"] - deals["created_date"]).dt.days
    deals["age"] = (today - deals["created_date"]).dt.days
    won, lost = deals[deals["stage"] == "Won"], deals[deals["stage"] == "Lost"]
    decided = deals[deals["stage"].isin(["Won", "Lost"])]
    opened = deals[~deals["stage"].isin(["Won", "Lost"])]
    calls, meets = act[act["crm_subtype"] == "Call"], act[act["crm_subtype"] == "Event"]
    unanswered = ["No answer", "Busy", "Left voicemail"]

    def between(df: Any, col: Any, lo: Any, hi: Any) -> Any:
        return df[(df[col] >= ts(lo)) & (df[col] <= ts(hi))]

    def y26(df: Any, col: Any) -> Any:
        return between(df, col, "2026-01-01", "2026-12-31")

    def rows(s: Any) -> Any:
        return {str(k): float(v) for k, v in s.items()}

    def top(s: Any, n: Any = 1) -> Any:
        s = s.sort_values(ascending=False, kind="stable")
        return rows(s[s == s.iloc[0]] if n == 1 else s.head(n))

    def quarter(s: Any) -> Any:
        return s.dt.year.astype(int).astype(str) + "-Q" + s.dt.quarter.astype(int).astype(str)

    def monday(s: Any) -> Any:
        return (s - pd.to_timedelta(s.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")

    def winrate(df: Any) -> Any:
        return float((df["stage"] == "Won").sum() / df["stage"].isin(["Won", "Lost"]).sum())

    r: dict[str, Any] = {}
    r["ops01"] = float(opened["close_date"].isna().sum())
    tasks = act[act["crm_subtype"] == "Task"]
    r["ops02"] = rows(tasks[tasks["outcome"] == "NOT_STARTED"].groupby("owner").size())
    r["ops03"] = {p: winrate(g) for p, g in y26(decided, "close_date").groupby("product")}
    r["ops04"] = rows(won.groupby("manager")["cycle"].median())
    q3 = between(calls, "day", "2026-07-01", "2026-09-30")
    r["ops05"] = rows(q3[q3["outcome"] == "Left voicemail"].groupby("owner").size())
    r["ops06"] = top(leads[leads["status"] == "Qualified"].groupby("notes").size())
    r["ops07"] = float(leads["industry"].isna().mean())
    n26 = between(leads, "created_date", "2026-01-01", "2026-10-31")
    r["ops08"] = rows(n26.groupby(n26["created_date"].dt.strftime("%Y-%m")).size())
    r["ops09"] = float((con["opted_out"].astype(str).str.lower() == "true").sum())
    r["ops10"] = float(leads["company"].nunique())
    m = between(meets, "day", "2026-01-01", "2026-09-30")
    r["ops11"] = float((m["outcome"] == "NO_SHOW").mean())
    w = y26(won[won["currency"] == "EUR"], "close_date")
    r["ops12"] = rows(w.groupby(quarter(w["close_date"]))["amount"].sum())
    e = won[won["currency"] == "EUR"].groupby("owner")["amount"].mean()
    r["ops13"] = rows(e[["Hanna Lindqvist", "Marco Bellini"]])
    r["ops14"] = rows(opened[opened["currency"] == "EUR"].groupby("stage")["amount"].sum())
    r["ops15"] = float((opened["close_date"] < today).sum())
    r["ops16"] = top(leads.groupby("location").size(), 5)
    r["ops17"] = rows(leads[leads["last_contact"].isna()].groupby("status").size())
    big = leads[leads["company_size"] == "1000+"]
    r["ops18"] = float((big["status"] == "Unqualified").mean())
    r["ops19"] = top(y26(leads, "created_date").groupby("job_title").size())
    r["ops20"] = float(len(con) / len(acc))
    r["ops21"] = float((opened["age"] > 365).sum())
    u = opened[opened["currency"] == "USD"].groupby("owner")["amount"].sum()
    r["ops22"] = rows(u[["Priya Raman", "Tom Okafor"]])
    c = y26(calls, "day")
    r["ops23"] = rows(c[c["outcome"] == "Connected"].groupby("owner")["duration_s"].mean() / 60)
    j = between(act, "day", "2026-07-01", "2026-07-31").groupby("direction").size()
    r["ops24"] = rows(j[["inbound", "outbound"]])
    names = a["name"]
    r["ops25"] = top(lost.groupby(lost["account_id"].map(names)).size())
    l25 = between(leads, "created_date", "2025-01-01", "2025-12-31")
    r["ops26"] = float((l25["status"] == "Qualified").mean())
    t = leads.assign(gap=(leads["last_contact"] - leads["created_date"]).dt.days).dropna(subset=["gap"])
    r["ops27"] = rows(t.groupby("status")["gap"].mean())
    lead_age = (today - leads["created_date"]).dt.days
    r["ops28"] = float(((leads["status"] == "New") & (lead_age > 180)).sum())
    r["ops29"] = top(leads[leads["status"] == "Nurturing"].groupby("industry").size(), 3)
    r["ops30"] = float((con["title"] == "IT Manager").sum())
    r["ops31"] = rows(between(won, "close_date", "2026-07-01", "2026-09-30").groupby("owner").size())
    r["ops32"] = rows(opened.groupby("product")["age"].mean())
    r["ops33"] = float((y26(meets, "day")["outcome"] == "CANCELED").sum())
    d26 = y26(decided, "close_date")
    r["ops34"] = winrate(d26[d26["owner"] == "Marco Bellini"])
    r["ops35"] = top(d26[d26["stage"] == "Lost"].groupby("owner").size())
    r["ops36"] = rows(acc.groupby("industry")["employees"].sum()[["Energy", "Logistics", "Retail"]])
    r["ops37"] = top(acc.set_index("name")["revenue"], 5)
    q = (leads["status"] == "Qualified").groupby(leads["owner"].map(rep_region)).mean()
    r["ops38"] = rows(q)
    r["ops39"] = rows(leads[leads["industry"] == "Healthcare"].groupby("notes").size())
    r["ops40"] = float(leads["last_contact"].between(today - pd.Timedelta(days=30), today).sum())
    s9 = len(between(calls, "day", "2026-09-01", "2026-09-30"))
    o10 = between(calls, "day", "2026-10-01", "2026-10-31")
    r["ops41"] = float((len(o10) - s9) / s9)
    r["ops42"] = top(o10.groupby(o10["day"].dt.strftime("%Y-%m-%d")).size())
    r["ops43"] = rows(c[c["outcome"].isna()].groupby("owner").size())
    r["ops44"] = float(calls["duration_s"].max() / 60)
    r["ops45"] = float(deals.loc[deals["currency"] == "GBP", "amount"].median())
    r["ops46"] = rows(leads[leads["email"].isna()].groupby("owner").size())
    r["ops47"] = float((acc["employees"] > 1000).sum())
    r["ops48"] = top(won[won["cust_region"] == "Nordics"].groupby("product").size())
    r["ops49"] = float(lead_age[leads["status"] == "Working"].median())
    em = between(
        act[(act["crm_subtype"] == "Email") & (act["direction"] == "inbound")], "day", "2026-07-01", "2026-09-30"
    )
    r["ops50"] = rows(em.groupby(em["day"].dt.strftime("%Y-%m")).size())
    r["ops51"] = rows((decided["cycle"] <= 90).groupby(decided["manager"]).mean())
    r["ops52"] = float(opened.loc[opened["stage"] == "Negotiation", "account_id"].nunique())
    r["ops53"] = float((~acc["account_id"].isin(won["account_id"])).sum())
    nov = between(meets, "day", "2026-11-01", "2026-11-30")
    r["ops54"] = rows(nov[nov["outcome"] == "SCHEDULED"].groupby("owner").size())
    r["ops55"] = float((~act["owner"].isin(reps["name"])).sum())
    un = c["outcome"].isin(unanswered).groupby(c["owner"]).mean()
    r["ops56"] = rows(un[["Sofia Ribeiro", "Jonas Weber"]])
    r["ops57"] = float(o10.loc[o10["outcome"] == "Connected", "account"].nunique())
    r["ops58"] = {i: winrate(decided[decided["industry"] == i]) for i in ("Energy", "Manufacturing")}
    jul = between(calls, "day", "2026-07-01", "2026-07-31")
    r["ops59"] = rows(jul.groupby(monday(jul["day"])).size())
    av = decided[decided["currency"] == "EUR"].groupby("stage")["amount"].mean()
    r["ops60"] = rows(av[["Won", "Lost"]])
    return r
