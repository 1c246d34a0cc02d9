# ruff: noqa: E501  # one question, one line
"""Sixty questions of a rep on a phone and of a manager before a forecast meeting, over the demo CRM.

Written with their answers by a hand that saw no code.
"""

import pathlib
from pathlib import Path
from typing import Any

QUESTIONS = [
    # --- deals
    ("sal001", "open pipeline in euros by stage pls"),
    ("sal002", "How many open deals is each rep carrying at the moment?"),
    ("sal003", "What revenue have we closed so far this quarter, one figure per currency?"),
    ("sal004", "win rate this year, Ingrid Solberg's team against Rafael Costa's team (show it by manager)"),
    ("sal005", "On average, how many days old are our open deals, split by product?"),
    (
        "sal006",
        "Compare the median sales cycle in days of Tessera Dock and Tessera Care, over all deals won or lost so far.",
    ),
    ("sal007", "who's closed the most wins in 2026? number of deals won"),
    ("sal008", "Give me the five accounts with the largest open pipeline in US dollars."),
    ("sal009", "For the forecast: value of the open EUR deals whose close date falls in November 2026, per rep"),
    ("sal010", "I'd like to see how many open deals carry a close date between today and 31 December 2026, by stage."),
    ("sal011", "Quante trattative aperte sono senza data di chiusura?"),
    ("sal012", "avg won deal in USD, Priya vs Tom, all time"),
    ("sal013", "How much GBP business did we lose in 2026? Total amount of the lost deals please."),
    ("sal014", "lost deals last quarter, count per product"),
    ("sal015", "How many deals were created in Q2 2026 and how many in Q3 2026?"),
    ("sal016", "By what percentage did the number of won deals change from Q2 2026 to Q3 2026?"),
    ("sal017", "Wie viele neue Deals wurden 2026 pro Monat angelegt?"),
    ("sal018", "what fraction of our open deals is more than 180 days old"),
    ("sal019", "Win rate by industry of the customer, for deals closed since 1 January 2026"),
    ("sal020", "How many days has our oldest still-open deal been sitting there since it was created?"),
    ("sal021", "biggest open GBP deal, how much is it worth?"),
    (
        "sal022",
        "How many different accounts have a deal in the Negotiation stage right now, counting each account once?",
    ),
    ("sal023", "Valor medio de los deals abiertos en euros: Jonas Weber frente a Sofia Ribeiro"),
    ("sal024", "Of our 2026 revenue in euros, what share came from Tessera Insight?"),
    ("sal025", "fastest win we ever had - days from creation to close"),
    ("sal026", "Wins per quarter, from the third quarter of 2025 through the third quarter of 2026"),
    ("sal027", "how many accounts have no open deal at all?"),
    (
        "sal028",
        "Number of customers that have bought at least two different products from us, i.e. with won deals on two or more products",
    ),
    ("sal029", "Quel est le montant total des affaires ouvertes en euros au stade Negotiation, par commercial ?"),
    (
        "sal030",
        "Mi serve l'importo mediano delle trattative vinte in euro, prodotto per prodotto, su tutto lo storico.",
    ),
    # --- activities
    ("sal031", "outbound calls in september 2026 by owner, anyone who logged one, not only the reps"),
    ("sal032", "What share of all the calls logged this year was answered? Break it down by the owner's manager."),
    ("sal033", "voicemails we left in the last 30 days, just the number"),
    ("sal034", "No-show meetings per owner since the start of the data, colleagues outside the sales team included"),
    (
        "sal035",
        "Of all meetings dated 1 January to 30 October 2026, what portion was actually held - Nordics compared with US West, going by the region of the rep who owns the meeting?",
    ),
    ("sal036", "hey, how many tasks dated this month are still marked not started, in total?"),
    ("sal037", "Im Tom Okafor, how many minutes did I talk on connected calls in 2026 all together"),
    ("sal038", "How many of our accounts haven't had a single call of any kind logged since 1 October 2026?"),
    ("sal039", "Which single day of 2026 saw the highest number of activities, and how many?"),
    ("sal040", "inbound versus outbound activities, october 2026"),
    ("sal041", "Llamadas por semana desde el 31 de agosto de 2026"),
    ("sal042", "unansered calls last week per rep"),
    ("sal043", "Welche drei Accounts haben 2026 die meisten Anrufe? Bitte alle zählen, egal wie sie ausgingen."),
    ("sal044", "how many distinct accounts did Priya Raman log a call with in Q3 2026?"),
    (
        "sal045",
        "Count the accounts we called this year (outbound calls) without a single answered call, in either direction, this year.",
    ),
    ("sal046", "Wie viele Termine sind nach heute noch geplant (Status SCHEDULED), pro Owner?"),
    ("sal047", "How many activities does an account have in the median, over all 60 accounts and all dates?"),
    ("sal048", "Qual a percentagem das atividades com o campo da conta vazio?"),
    ("sal049", "Combien d'appels en octobre 2026, comparé à octobre 2025 ?"),
    ("sal050", "Across every meeting we have on record, which proportion ended up cancelled or as a no-show?"),
    # --- leads
    ("sal051", "new leads so far this year, by the region of the rep who owns them"),
    ("sal052", "leads nobody has ever contacted (no last contact date), by status"),
    ("sal053", "Wie viele Leads wurden in den letzten 30 Tagen kontaktiert?"),
    ("sal054", "taux de leads Unqualified sur l'ensemble des leads : Tom Okafor contre Jonas Weber"),
    (
        "sal055",
        "For the leads in status Working that have a last contact, how many days on average have passed since that contact?",
    ),
    ("sal056", "Which location do most of our leads come from?"),
    ("sal057", "Quantos leads com 1000+ funcionários estão com status Qualified?"),
    # --- accounts and contacts
    ("sal058", "Top 3 industries by number of accounts"),
    ("sal059", "contacts who opted out, per owner"),
    ("sal060", "How many accounts with more than 500 employees have never had a deal won with us?"),
]

NOTES = {
    "sal017": "January to October 2026; every month has rows, none is zero",
    "sal026": "2025-Q3 to 2026-Q3; none is zero",
    "sal041": "weeks 2026-08-31 to 2026-10-26; none is zero",
    "sal009": "reps without such a deal are left out",
    "sal042": "reps without such a call are left out",
    "sal019": "industries without a decided deal since 2026-01-01 are left out",
}


def answers(folder: Path) -> dict[str, Any]:
    """The answer to each question, from the files in the folder: a figure, or one for each row."""
    import pandas as pd

    folder = pathlib.Path(folder)

    def rd(n: Any) -> Any:
        return pd.read_csv(folder / f"{n}.csv")

    acc, con, deals, leads, act, reps = (
        rd(n) for n in ("accounts", "contacts", "deals", "leads", "activities", "reps")
    )
    act["t"] = pd.to_datetime(act.activity_date)
    act["day"] = act.t.dt.normalize()
    today = act.loc[act.outcome.ne("SCHEDULED"), "day"].max()
    T = pd.Timestamp

    deals["created"] = pd.to_datetime(deals.created_date)
    deals["closed"] = pd.to_datetime(deals.close_date)
    deals = deals.merge(
        acc[["account_id", "name", "industry"]].rename(columns={"name": "account"}), on="account_id", how="left"
    )
    mgr, reg = reps.set_index("name").manager, reps.set_index("name").region
    deals["manager"] = deals.owner.map(mgr)
    deals["q"] = (
        deals.closed.dt.year.astype("Int64").astype(str) + "-Q" + deals.closed.dt.quarter.astype("Int64").astype(str)
    )
    op = deals[~deals.stage.isin(["Won", "Lost"])].copy()
    op["age"] = (today - op.created).dt.days
    dec = deals[deals.stage.isin(["Won", "Lost"])].copy()
    dec["cycle"] = (dec.closed - dec.created).dt.days
    dec["w"] = dec.stage.eq("Won").astype(float)
    won, lost = dec[dec.stage.eq("Won")], dec[dec.stage.eq("Lost")]

    def y26(s: Any) -> Any:
        return s.dt.year.eq(2026)

    def D(s: Any) -> Any:
        return {str(k): float(v) for k, v in s.items()}

    def pick(s: Any, names: Any) -> Any:
        return {n: float(s.get(n, 0)) for n in names}

    def first(s: Any) -> Any:
        return D(s[s.eq(s.max())])

    def top(s: Any, n: Any) -> Any:
        return D(s.sort_values(ascending=False, kind="stable").head(n))

    A = {}
    # deals
    A["sal001"] = D(op[op.currency.eq("EUR")].groupby("stage").amount.sum())
    A["sal002"] = D(op.groupby("owner").size())
    A["sal003"] = D(won[won.q.eq("2026-Q4") & (won.closed <= today)].groupby("currency").amount.sum())
    A["sal004"] = pick(dec[y26(dec.closed)].groupby("manager").w.mean(), ["Ingrid Solberg", "Rafael Costa"])
    A["sal005"] = D(op.groupby("product").age.mean())
    A["sal006"] = pick(dec.groupby("product").cycle.median(), ["Tessera Dock", "Tessera Care"])
    A["sal007"] = first(won[y26(won.closed)].groupby("owner").size())
    A["sal008"] = top(op[op.currency.eq("USD")].groupby("account").amount.sum(), 5)
    A["sal009"] = D(
        op[op.currency.eq("EUR") & op.closed.between(T("2026-11-01"), T("2026-11-30"))].groupby("owner").amount.sum()
    )
    A["sal010"] = D(op[op.closed.between(today, T("2026-12-31"))].groupby("stage").size())
    A["sal011"] = float(op.closed.isna().sum())
    A["sal012"] = pick(won[won.currency.eq("USD")].groupby("owner").amount.mean(), ["Priya Raman", "Tom Okafor"])
    A["sal013"] = float(lost[lost.currency.eq("GBP") & y26(lost.closed)].amount.sum())
    A["sal014"] = D(lost[lost.q.eq("2026-Q3")].groupby("product").size())
    A["sal015"] = {
        "2026-Q2": float(deals.created.between(T("2026-04-01"), T("2026-06-30")).sum()),
        "2026-Q3": float(deals.created.between(T("2026-07-01"), T("2026-09-30")).sum()),
    }
    n2, n3 = won.q.eq("2026-Q2").sum(), won.q.eq("2026-Q3").sum()
    A["sal016"] = float((n3 - n2) / n2)
    A["sal017"] = D(deals[y26(deals.created)].groupby(deals.created.dt.strftime("%Y-%m")).size())
    A["sal018"] = float((op.age > 180).mean())
    A["sal019"] = D(dec[dec.closed >= T("2026-01-01")].groupby("industry").w.mean())
    A["sal020"] = float(op.age.max())
    A["sal021"] = float(op[op.currency.eq("GBP")].amount.max())
    A["sal022"] = float(deals[deals.stage.eq("Negotiation")].account_id.nunique())
    A["sal023"] = pick(op[op.currency.eq("EUR")].groupby("owner").amount.mean(), ["Jonas Weber", "Sofia Ribeiro"])
    e26 = won[won.currency.eq("EUR") & y26(won.closed)]
    A["sal024"] = float(e26[e26["product"].eq("Tessera Insight")].amount.sum() / e26.amount.sum())
    A["sal025"] = float(won.cycle.min())
    qs = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    A["sal026"] = pick(won.groupby("q").size(), qs)
    A["sal027"] = float((~acc.account_id.isin(op.account_id)).sum())
    A["sal028"] = float((won.groupby("account_id")["product"].nunique() >= 2).sum())
    A["sal029"] = D(op[op.currency.eq("EUR") & op.stage.eq("Negotiation")].groupby("owner").amount.sum())
    A["sal030"] = D(won[won.currency.eq("EUR")].groupby("product").amount.median())

    # activities
    calls = act[act.crm_subtype.eq("Call")].copy()
    calls["ans"] = calls.outcome.isin(["Connected", "Left live message"])
    calls["unans"] = calls.outcome.isin(["No answer", "Busy", "Left voicemail", "Missed"])
    meet = act[act.crm_subtype.eq("Event")].copy()
    meet["held"] = meet.outcome.eq("COMPLETED").astype(float)
    tasks = act[act.crm_subtype.eq("Task")]

    def bt(d: Any, a: Any, b: Any) -> Any:
        return d[d.day.between(T(a), T(b))]

    A["sal031"] = D(bt(calls, "2026-09-01", "2026-09-30").query("direction == 'outbound'").groupby("owner").size())
    c26 = calls[y26(calls.day)]
    A["sal032"] = D(c26.groupby(c26.owner.map(mgr)).ans.mean())
    A["sal033"] = float(
        calls[calls.day.between(today - pd.Timedelta(days=30), today)].outcome.eq("Left voicemail").sum()
    )
    A["sal034"] = D(meet[meet.outcome.eq("NO_SHOW")].groupby("owner").size())
    A["sal035"] = pick(
        bt(meet, "2026-01-01", "2026-10-30").pipe(lambda m: m.groupby(m.owner.map(reg)).held.mean()),
        ["Nordics", "US West"],
    )
    A["sal036"] = float(bt(tasks, "2026-10-01", "2026-10-31").outcome.eq("NOT_STARTED").sum())
    k = c26
    A["sal037"] = float(k[k.owner.eq("Tom Okafor") & k.outcome.eq("Connected")].duration_s.sum() / 60)
    A["sal038"] = float((~acc.name.isin(calls[calls.day >= T("2026-10-01")].account)).sum())
    A["sal039"] = first(act[y26(act.day)].groupby(act.day.dt.strftime("%Y-%m-%d")).size())
    A["sal040"] = pick(bt(act, "2026-10-01", "2026-10-31").groupby("direction").size(), ["inbound", "outbound"])
    k = calls[calls.day.between(T("2026-08-31"), today)]
    mon = (k.day - pd.to_timedelta(k.day.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d")
    A["sal041"] = D(k.groupby(mon).size())
    A["sal042"] = D(bt(calls, "2026-10-19", "2026-10-25").query("unans").groupby("owner").size())
    A["sal043"] = top(c26.groupby("account").size(), 3)
    k = bt(calls, "2026-07-01", "2026-09-30")
    A["sal044"] = float(k[k.owner.eq("Priya Raman")].account.nunique())
    A["sal045"] = float(
        len(set(c26[c26.direction.eq("outbound")].account.dropna()) - set(c26[c26.ans].account.dropna()))
    )
    A["sal046"] = D(meet[meet.outcome.eq("SCHEDULED") & (meet.day > today)].groupby("owner").size())
    A["sal047"] = float(acc.name.map(act.account.value_counts()).fillna(0).median())
    A["sal048"] = float(act.account.isna().mean())
    A["sal049"] = {
        "2026-10": float(len(bt(calls, "2026-10-01", "2026-10-31"))),
        "2025-10": float(len(bt(calls, "2025-10-01", "2025-10-31"))),
    }
    A["sal050"] = float(meet.outcome.isin(["CANCELED", "NO_SHOW"]).mean())

    # leads
    leads["created"], leads["contact"] = pd.to_datetime(leads.created_date), pd.to_datetime(leads.last_contact)
    A["sal051"] = D(leads[y26(leads.created)].groupby(leads.owner.map(reg)).size())
    A["sal052"] = D(leads[leads.contact.isna()].groupby("status").size())
    A["sal053"] = float(leads.contact.between(today - pd.Timedelta(days=30), today).sum())
    A["sal054"] = pick(leads.status.eq("Unqualified").groupby(leads.owner).mean(), ["Tom Okafor", "Jonas Weber"])
    A["sal055"] = float((today - leads[leads.status.eq("Working")].contact.dropna()).dt.days.mean())
    A["sal056"] = first(leads.groupby("location").size())
    A["sal057"] = float((leads.company_size.eq("1000+") & leads.status.eq("Qualified")).sum())

    # accounts and contacts
    A["sal058"] = top(acc.groupby("industry").size(), 3)
    A["sal059"] = D(con[con.opted_out.eq(True)].groupby("owner").size())
    A["sal060"] = float((acc.employees.gt(500) & ~acc.account_id.isin(won.account_id)).sum())
    return A
