# ruff: noqa
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Eighty unseen figure questions over the demo CRM tables, with their answers computed by pandas.

Voice: somebody who types as they speak and says beside the point that every record counts. What no column tells has no
answer and must be refused. Every stored row counts; today is 2026-10-30; parts are told from 0 to 100.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

TODAY = pd.Timestamp("2026-10-30")
QUESTIONS = [
    ("sx01", "how many open deals do we have right now, all reps together"),
    ("sx02", "total amount of open deals in USD"),
    ("sx03", "won deals closed in Q3 2026 by rep, just the count, skip reps with none"),
    ("sx04", "sum of EUR deals won in 2026 so far per rep (by close date)"),
    ("sx05", "median nr of days from created to closed for won Tessera Dock deals"),
    ("sx06", "avarage days created to close of won deals per product"),
    ("sx07", "win rate in % by rep for deals closed in 2026, won divided by won plus lost"),
    ("sx08", "lost deals per month by close date, may to october 2026"),
    ("sx09", "median age in days of open deals per stage, from created date till today"),
    ("sx10", "whats the biggest open GBP deal, amount only"),
    ("sx11", "how many open deals per manager, counting the deals of their reps"),
    ("sx12", "what % of open deals is in negotiation stage"),
    ("sx13", "open deals with no close date filled in, how many"),
    ("sx14", "how many open deals were created more than 365 days ago"),
    ("sx15", "how many different accounts have at least one won deal"),
    ("sx16", "total EUR amount of open deals with a close date in november 2026"),
    ("sx17", "avg amount of won deals in EUR, all time"),
    ("sx18", "records of type Email in Q3 2026, outbound vs inbound, every record counts (repeats + autoreplies too)"),
    ("sx19", "deals created in 2026 per quarter, counting won and lost ones too"),
    ("sx20", "open pipeline in GBP by product"),
    ("sx21", "compare nr of deals created in Q3 2025 vs Q3 2026"),
    ("sx22", "how many deals did we win with accounts whose industry is exactly Energy, all time"),
    ("sx23", "longest created to close time in days among won deals"),
    ("sx24", "Priya vs Tom: total USD won in 2026 by close date"),
    ("sx25", "top 5 accounts by number of open deals"),
    (
        "sx26",
        "how many accounts had an outbound record of type Email in 2026 but no inbound record of type Email in 2026, going by the account field only",
    ),
    ("sx27", "open deals of Rafael Costas team by stage"),
    ("sx28", "how many accounts have an open deal but never had a won one"),
    ("sx29", "DACH accounts: won and lost deals, counts"),
    ("sx30", "leads per status"),
    ("sx31", "leads created per month june - october 2026"),
    ("sx32", "leads that have no last contact date, by rep"),
    ("sx33", "% of all leads that are unqualified"),
    ("sx34", "average age in days of leads in status Working, from created date to today"),
    ("sx35", "how many leads dont have an email adress"),
    (
        "sx36",
        "nr of distinct accounts with at least one call with outcome Connected in Q3 2026 (only where account field is filled)",
    ),
    ("sx37", "number of leads created in 2026 by manager of the owner"),
    ("sx38", "how many leads had their last contact before 1 august 2026 (skip the ones never contacted)"),
    ("sx39", "leads created per week from mon 31 aug to sun 11 oct 2026, weeks starting monday"),
    ("sx40", "share of qualified leads in % for each rep, out of all their leads"),
    ("sx41", "ops audit: activity records with the account field empty, per type, duplicates counted"),
    ("sx42", "calls with outcome No answer in march 2026 by rep, count every logged record even repeats"),
    ("sx43", "calls w outcome Connected per month in 2026, every logged record incl. doubles"),
    ("sx44", "avg duration in seconds of calls with outcome Connected, all time, over all records incl. repeated ones"),
    ("sx45", "how many calls did tom okafor log in septmber 2026"),
    ("sx46", "tasks with status NOT_STARTED per owner, everybody incl. non reps, dont drop duplicates"),
    ("sx47", "how many events are scheduled after today"),
    ("sx48", "longest call with outcome Connected ever, in seconds"),
    ("sx49", "events marked NO_SHOW by owner"),
    ("sx50", "calls with direction inbound, total over the whole history"),
    ("sx51", "how many accounts per industry, only industries with at least 4 accounts"),
    ("sx52", "average number of employes at accounts in the nordics region"),
    ("sx53", "calls per weekday in Q1 2026 mon to sun, all call records whatever the outcome, repeats included"),
    ("sx54", "median revenue of accounts whose industry is exactly Energy"),
    ("sx55", "how many days on average did deals sit in proposal stage before moving to negotiation"),
    ("sx56", "average discount % on won deals by rep"),
    ("sx57", "email open rate in september 2026 per rep"),
    ("sx58", "how many leads from june 2026 got converted into deals"),
    ("sx59", "how many customer contracts expire in Q1 2027"),
    ("sx60", "total talk time in hours of calls with outcome Connected in Q3 2026, all records, repeats not removed"),
    ("sx61", "combien d'affaires gagnées en 2026 par commercial (date de clôture) ?"),
    ("sx62", "montant total des affaires ouvertes de Claire Dumont en euros"),
    ("sx63", "âge médian en jours des leads au statut New, de la date de création à aujourd'hui"),
    ("sx64", "appels de Claire Dumont en 2026 par résultat, sans ceux qui n'ont pas de résultat, doublons compris"),
    ("sx65", "combien de leads ont Webinar dans les notes ?"),
    ("sx66", "durée moyenne en jours entre création et clôture des affaires perdues, par produit"),
    ("sx67", "nb de comptes par commercial propriétaire"),
    ("sx68", "quelle est la marge brute moyenne par produit sur les affaires gagnées ?"),
    ("sx69", "Wie viele offene Deals hat Jonas Weber je Phase?"),
    (
        "sx70",
        "Anteil der Anrufe mit Ergebnis Left voicemail an allen Anrufen im Oktober 2026 in Prozent (auch die ohne Ergebnis und doppelte Einträge mitzählen)",
    ),
    ("sx71", "Leads nach Firmengröße, ohne die ohne Angabe"),
    ("sx72", "verlorene Deals 2026 pro Quartal nach Abschlussdatum"),
    ("sx73", "Median der Beträge aller gewonnenen Deals in EUR von Jonas Weber"),
    ("sx74", "Wie viele Konten haben noch nie einen Deal verloren?"),
    ("sx75", "Anzahl abgesagter Termine (Event, Status CANCELED) insgesamt"),
    ("sx76", "Wie hoch war die Quotenerreichung in Prozent je Verkäufer im 3. Quartal 2026?"),
    ("sx77", "cuantos leads tiene Sofia Ribeiro por estado"),
    ("sx78", "importe medio de los negocios perdidos de Sofia Ribeiro, en euros"),
    (
        "sx79",
        "llamadas con resultado No answer por mes, de julio a octubre de 2026, contando también los registros repetidos",
    ),
    ("sx80", "¿cuánto se pagó en comisiones a cada vendedor en 2026?"),
]


def answers(folder: Path) -> dict[str, Any]:
    R, A, C, DL, L, X = (
        pd.read_csv(Path(folder) / f"{n}.csv") for n in ("reps", "accounts", "contacts", "deals", "leads", "activities")
    )
    X["t"] = pd.to_datetime(X.activity_date)
    X["m"] = X.t.dt.strftime("%Y-%m")
    for f, c, name in (
        (DL, "created_date", "cr"),
        (DL, "close_date", "cl"),
        (L, "created_date", "cr"),
        (L, "last_contact", "lc"),
    ):
        f[name] = pd.to_datetime(f[c])
    acc = A.set_index("account_id")
    for c, name in (("name", "acc"), ("industry", "industry"), ("region", "region")):
        DL[name] = DL.account_id.map(acc[c])
    mgr = dict(zip(R.name, R.manager))
    for f in (DL, L):
        f["mgr"] = f.owner.map(mgr)
        f["age"] = (TODAY - f.cr).dt.days
    DL["cyc"] = (DL.cl - DL.cr).dt.days
    won, lost = DL[DL.stage == "Won"], DL[DL.stage == "Lost"]
    opn, cls = DL[~DL.stage.isin(["Won", "Lost"])], DL[DL.stage.isin(["Won", "Lost"])]
    calls, mails, events = (X[X.crm_subtype == k] for k in ("Call", "Email", "Event"))
    con = calls[calls.outcome == "Connected"]

    def btw(d, c, a, b):
        return d[(d[c] >= a) & (d[c] < pd.Timestamp(b) + pd.Timedelta(days=1))]

    def in26(d):
        return btw(d, "cl", "2026-01-01", "2026-10-30")

    def quarter(s):
        return s.dt.year.astype(int).astype(str) + "-Q" + s.dt.quarter.astype(int).astype(str)

    M: dict[str, Any] = {}
    n = iter(range(1, 81))

    def add(v):
        i = next(n)
        if v is not None:
            M[f"sx{i:02d}"] = {str(k): float(w) for k, w in v.items()} if hasattr(v, "items") else float(v)

    add(len(opn))
    add(opn[opn.currency == "USD"].amount.sum())
    add(btw(won, "cl", "2026-07-01", "2026-09-30").groupby("owner").size())
    add(in26(won[won.currency == "EUR"]).groupby("owner").amount.sum())
    add(won[won["product"] == "Tessera Dock"].cyc.median())
    add(won.groupby("product").cyc.mean())
    add(in26(cls).stage.eq("Won").groupby(cls.owner).mean() * 100)
    add(btw(lost, "cl", "2026-05-01", "2026-10-31").pipe(lambda d: d.groupby(d.cl.dt.strftime("%Y-%m")).size()))
    add(opn.groupby("stage").age.median())
    add(opn[opn.currency == "GBP"].amount.max())
    add(opn.groupby("mgr").size())
    add(100 * (opn.stage == "Negotiation").mean())
    add(opn.cl.isna().sum())
    add((opn.age > 365).sum())
    add(won.account_id.nunique())
    add(btw(opn[opn.currency == "EUR"], "cl", "2026-11-01", "2026-11-30").amount.sum())
    add(won[won.currency == "EUR"].amount.mean())
    add(mails[mails.m.between("2026-07", "2026-09")].groupby("direction").size())
    add(DL[DL.cr.dt.year == 2026].pipe(lambda d: d.groupby(quarter(d.cr)).size()))
    add(opn[opn.currency == "GBP"].groupby("product").amount.sum())
    add(DL[quarter(DL.cr).isin(["2025-Q3", "2026-Q3"])].pipe(lambda d: d.groupby(quarter(d.cr)).size()))
    add((won.industry == "Energy").sum())
    add(won.cyc.max())
    add(
        in26(won[(won.currency == "USD") & won.owner.isin(["Priya Raman", "Tom Okafor"])]).groupby("owner").amount.sum()
    )
    add(opn.groupby("acc").size().sort_values(ascending=False).head(5))
    add(
        mails[mails.t.dt.year == 2026].pipe(
            lambda e: len(
                set(e[e.direction == "outbound"].account.dropna()) - set(e[e.direction == "inbound"].account.dropna())
            )
        )
    )
    add(opn[opn.mgr == "Rafael Costa"].groupby("stage").size())
    add(len(set(opn.account_id) - set(won.account_id)))
    add(cls[cls.region == "DACH"].groupby("stage").size())
    add(L.groupby("status").size())
    add(btw(L, "cr", "2026-06-01", "2026-10-31").pipe(lambda d: d.groupby(d.cr.dt.strftime("%Y-%m")).size()))
    add(L[L.lc.isna()].groupby("owner").size())
    add((L.status == "Unqualified").mean() * 100)
    add(L[L.status == "Working"].age.mean())
    add(L.email.isna().sum())
    add(con[con.m.between("2026-07", "2026-09")].account.nunique())
    add(L[L.cr.dt.year == 2026].groupby("mgr").size())
    add((L.lc < "2026-08-01").sum())
    add(
        btw(L, "cr", "2026-08-31", "2026-10-11").pipe(
            lambda d: d.groupby(d.cr.dt.to_period("W").dt.start_time.dt.strftime("%Y-%m-%d")).size()
        )
    )
    add(L.status.eq("Qualified").groupby(L.owner).mean() * 100)
    add(X[X.account.isna()].groupby("crm_subtype").size())
    add(calls[(calls.outcome == "No answer") & (calls.m == "2026-03")].groupby("owner").size())
    add(con[con.m >= "2026-01"].groupby("m").size())
    add(con.duration_s.mean())
    add(((calls.owner == "Tom Okafor") & (calls.m == "2026-09")).sum())
    add(X[(X.crm_subtype == "Task") & (X.outcome == "NOT_STARTED")].groupby("owner").size())
    add(((events.outcome == "SCHEDULED") & (events.t >= "2026-10-31")).sum())
    add(con.duration_s.max())
    add(events[events.outcome == "NO_SHOW"].groupby("owner").size())
    add((calls.direction == "inbound").sum())
    add(A.industry.value_counts().pipe(lambda s: s[s >= 4]))
    add(A[A.region == "Nordics"].employees.mean())
    add(calls[calls.m.between("2026-01", "2026-03")].pipe(lambda d: d.groupby(d.t.dt.day_name()).size()))
    add(A[A.industry == "Energy"].revenue.median())
    add(None)
    add(None)
    add(None)
    add(None)
    add(None)
    add(con[con.m.between("2026-07", "2026-09")].duration_s.sum() / 3600)
    add(in26(won).groupby("owner").size())
    add(opn[opn.owner == "Claire Dumont"].amount.sum())
    add(L[L.status == "New"].age.median())
    add(calls[(calls.owner == "Claire Dumont") & (calls.t.dt.year == 2026)].groupby("outcome").size())
    add((L.notes == "Webinar").sum())
    add(lost.groupby("product").cyc.mean())
    add(A.groupby("owner").size())
    add(None)
    add(opn[opn.owner == "Jonas Weber"].groupby("stage").size())
    add(calls[calls.m == "2026-10"].outcome.eq("Left voicemail").mean() * 100)
    add(L.groupby("company_size").size())
    add(in26(lost).pipe(lambda d: d.groupby(quarter(d.cl)).size()))
    add(won[won.owner == "Jonas Weber"].amount.median())
    add(len(set(A.account_id) - set(lost.account_id)))
    add((events.outcome == "CANCELED").sum())
    add(None)
    add(L[L.owner == "Sofia Ribeiro"].groupby("status").size())
    add(lost[lost.owner == "Sofia Ribeiro"].amount.mean())
    add(calls[(calls.outcome == "No answer") & (calls.m >= "2026-07")].groupby("m").size())
    add(None)
    return M
