# ruff: noqa
# mypy: disable-error-code="no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Seventy questions typed in a hurry over the demo CRM, with their answers in pandas.

Written from the CSV tables alone (reps, accounts, contacts, deals, leads, activities); `answers(folder)` recomputes
every expected value with pandas.

today = 2026-10-30: the newest day with something that already happened (newest completed task 2026-10-30 14:23; the
Events of November 2026 are SCHEDULED only).  "This year" is 2026 so far, "this quarter" 2026-Q4, "last quarter"
2026-Q3, "last month" September 2026, "last N days" the N days up to and including today.

Conventions
- Values: a number, or a dict group name -> number (in ranking order where one is asked).  Rates/shares are 0..100.
  Months "2026-03", quarters "2026-Q1", weekdays "Monday".  Groups with no rows are left out; where the question names
  the two or three things to compare, each has its key.  Durations in days unless the question says minutes.
- Deals: open = stage is neither Won nor Lost; age = today - created_date; sales cycle = close_date - created_date of
  closed deals; win rate = Won / (Won + Lost); a closed deal belongs to the period of its close_date; for open deals
  close_date is the expected one.  Amounts are never converted: each money question stays in one currency, groups by
  it, or groups by rep (each rep sells in one currency only).
- Rep = owner column; team = the reps whose manager that is in reps.csv.  Region = accounts.region (only regions spelled
  in one way are asked for).  Sector = industry, taken as the exact value.  Title = the exact value.
- Activities: one row of activities.csv = one activity (rows repeated under another id count each); type = crm_subtype
  (mail traffic logged as Task is a Task); held = outcome COMPLETED.  An activity belongs to the account in its account
  column or, where that is blank, to the account of its contact.  The rows were chosen so that counting repeated
  rows once, leaving out scheduled November Events, or linking by the account column alone gives the same.
- Leads: never contacted = last_contact blank; age = today - created_date.
"""

from pathlib import Path
from typing import Any

import pandas as pd

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # deals
    ("hu01", "how many deals did we win last quarter"),
    ("hu02", "won amt by product this year, EUR deals only"),
    ("hu03", "Average amount of a won deal per rep, all time, each rep in their own currency"),
    ("hu04", "win rate per rep on deals closed this year (won out of won+lost)"),
    ("hu05", "Did we win more deals in Q3 2026 than in Q2 2026?"),
    ("hu06", "Median sales cycle of won deals by product, in days from creation to close"),
    ("hu07", "open deals count for each rep of ingrid solbergs team"),
    ("hu08", "top 5 accounts by total amount of open USD deals"),
    ("hu09", "nb of open deals expected to close in december 2026 by rep"),
    ("hu10", "Total amount of open deals expected to close this quarter, by currency"),
    ("hu11", "what % of all our lost deals were Tessera Insight"),
    ("hu12", "avg days from creation to close for lost deals, per product, slowest first"),
    ("hu13", "Priya Raman's deals by month of creation, 2026 only"),
    ("hu14", "how many deals created this yr are already lost"),
    ("hu15", "Average age in days of open deals by stage"),
    ("hu16", "For each rep, how many accounts have two or more won deals?"),
    ("hu17", "how many accounts never had a single won deal"),
    ("hu18", "gbp lost amount per quarter of close date"),
    ("hu19", "Of the deals created in Q1 2026, what percentage is won by now?"),
    ("hu20", "% of open deals older than 180 days, by manager"),
    ("hu21", "won deals this year, rafael costa team vs ingrid solberg team"),
    # leads
    ("hu22", "leads created per quarter since 1 jan 2026"),
    ("hu23", "Tom Okafor's leads by status"),
    ("hu24", "What share of the leads created in 2025 is Qualified today?"),
    ("hu25", "leads with the note Webinar, split by status"),
    (
        "hu26",
        "Average number of days between creation and last contact of leads, by rep, ignoring leads with no last contact",
    ),
    ("hu27", "leads in status New never contacted so far, per rep"),
    ("hu28", "how many Working leads had their last contact more than 60 days ago"),
    ("hu29", "Top 3 industries by number of Qualified leads, blank industries left out"),
    ("hu30", "jonas webers leads per location"),
    # accounts and contacts
    ("hu31", "How many leads were created in the last 90 days, by rep?"),
    ("hu32", "contacts that opted out, count per rep"),
    ("hu33", "avg number of contacts per account, by account owner"),
    ("hu34", "Number of accounts with more than 1000 employees, per account owner"),
    ("hu35", "top 5 US West accounts by revenue"),
    ("hu36", "How many contacts titled CFO work at an account that has a deal in Negotiation?"),
    ("hu37", "median revenue of accounts in US East vs US West"),
    # activities
    ("hu38", "calls per rep in april 2026, all activities of type Call"),
    ("hu39", "Share of outbound calls in February 2026 that ended Connected, per rep"),
    ("hu40", "activities of type Email in aug 2026, inbound vs outbound"),
    ("hu41", "calls per weekday in april 2026"),
    ("hu42", "Average length in minutes of Connected calls in Q2 2026, Daniel Kerr vs Priya Raman vs Tom Okafor"),
    ("hu43", "completed meetings (type Event, outcome COMPLETED) per month, march to sept 2026"),
    ("hu44", "Days since the last activity up to today, for each account owned by Marco Bellini"),
    ("hu45", "nb of open Negotiation deals on accounts with zero activity in the last 30 days"),
    # French
    ("hu46", "Combien d'affaires a-t-on gagnées le mois dernier, par produit ?"),
    ("hu47", "montant total des affaires ouvertes en EUR par étape"),
    (
        "hu48",
        "Quel est le taux de gain (gagnées sur gagnées + perdues) par trimestre de clôture depuis le 1er janvier 2026 ?",
    ),
    ("hu49", "nb de leads par taille d'entreprise, sans les vides"),
    ("hu50", "Parmi les leads créés au 3e trimestre 2026, combien ont déjà été contactés, par commercial ?"),
    ("hu51", "durée moyenne en minutes des appels aboutis (Connected) de Claire Dumont en octobre 2026"),
    ("hu52", "Quels sont les 3 comptes qui ont le plus de salariés en DACH ?"),
    ("hu53", "combien de comptes du secteur Healthcare n'ont aucune affaire ouverte"),
    (
        "hu54",
        "Combien d'activités de type Event sont annulées (CANCELED) ou NO_SHOW, par propriétaire (owner) de l'activité, depuis le début ?",
    ),
    ("hu55", "âge médian en jours des affaires ouvertes, par commercial de l'équipe de Rafael Costa"),
    # German
    ("hu56", "Wie viele Deals hat Jonas Weber dieses Jahr verloren, nach Produkt?"),
    ("hu57", "Durchschnittlicher Betrag der offenen EUR-Deals je Phase"),
    ("hu58", "anrufe mit ergebnis No answer je vertriebler im juni 2026"),
    ("hu59", "Anteil der Leads ohne E-Mail-Adresse je Status in Prozent"),
    ("hu60", "Anzahl der offenen Deals pro Kunde in der Region DACH"),
    # Spanish
    ("hu61", "¿Cuántas oportunidades abiertas tiene Sofia Ribeiro por producto?"),
    ("hu62", "importe ganado por Sofia Ribeiro en EUR por trimestre de cierre en 2026"),
    ("hu63", "¿Qué porcentaje de los leads de Sofia Ribeiro está en Nurturing?"),
    (
        "hu64",
        "emails salientes (tipo Email, outbound) en agosto de 2026 por responsable, Tom Okafor contra Sofia Ribeiro",
    ),
    ("hu65", "¿Cuántos contactos distintos figuran en al menos una actividad de tipo Call de abril de 2026?"),
    # Italian
    ("hu66", "Quante trattative perse per rep nello scorso trimestre?"),
    ("hu67", "valore mediano delle trattative vinte in EUR, per prodotto"),
    ("hu68", "Lead di Marco Bellini creati per mese nel 2026"),
    ("hu69", "chiamate con esito Left voicemail ad agosto 2026 e a settembre 2026"),
    ("hu70", "Quanti account diversi hanno avuto almeno una chiamata Connected ad aprile 2026?"),
]


def month(s: Any) -> Any:
    return s.dt.strftime("%Y-%m")


def quarter(s: Any) -> Any:
    return s.dt.year.astype("Int64").astype(str) + "-Q" + s.dt.quarter.astype("Int64").astype(str)


def top(s: Any, n: int) -> dict[str, float]:
    """The n highest, highest first, with everything tied with the n-th."""
    s = s.sort_values(ascending=False, kind="stable")
    return s[s >= s.iloc[min(n, len(s)) - 1]].to_dict()


def answers(folder: str | Path) -> dict[str, Any]:
    folder = Path(folder)
    load = lambda name, *dates: pd.read_csv(folder / f"{name}.csv", parse_dates=list(dates))
    r = load("reps")
    a = load("accounts")
    c = load("contacts")
    d = load("deals", "created_date", "close_date")
    l = load("leads", "created_date", "last_contact")
    x = load("activities", "activity_date").rename(columns={"activity_date": "at"})

    boss = dict(zip(r["name"], r["manager"]))
    d["manager"] = d.owner.map(boss)
    d = d.merge(
        a[["account_id", "name", "region", "industry"]].rename(columns={"name": "account"}), on="account_id", how="left"
    )
    d["age"] = (TODAY - d.created_date).dt.days
    d["cycle"] = (d.close_date - d.created_date).dt.days
    won, lost = d[d.stage == "Won"], d[d.stage == "Lost"]
    closed, op = d[d.stage.isin(["Won", "Lost"])], d[~d.stage.isin(["Won", "Lost"])]
    # the account of an activity: its account column, else the account of its (first known) contact
    mail_account = dict(zip(c.email.str.lower(), c.account_id.map(dict(zip(a.account_id, a["name"])))))
    first = x.contact_emails.str.split(";").str[0].str.strip().str.lower().map(mail_account)
    x["company"] = x.account.fillna(first)
    x["past"] = x["at"] < TODAY + pd.Timedelta(days=1)
    calls, mails, events = (x[x.crm_subtype == k] for k in ("Call", "Email", "Event"))

    A: dict[str, Any] = {}

    # ---- deals
    A["hu01"] = int((quarter(won.close_date) == "2026-Q3").sum())
    A["hu02"] = won[(won.currency == "EUR") & (won.close_date.dt.year == 2026)].groupby("product").amount.sum()
    A["hu03"] = won.groupby("owner").amount.mean()
    y = closed[closed.close_date.dt.year == 2026]
    A["hu04"] = y.stage.eq("Won").groupby(y.owner).mean() * 100
    q = quarter(won.close_date)
    A["hu05"] = {k: int((q == k).sum()) for k in ("2026-Q3", "2026-Q2")}
    A["hu06"] = won.groupby("product").cycle.median()
    A["hu07"] = op[op.manager == "Ingrid Solberg"].groupby("owner").size()
    y = op[op.currency == "USD"]
    A["hu08"] = top(y.groupby("account").amount.sum(), 5)
    A["hu09"] = op[month(op.close_date) == "2026-12"].groupby("owner").size()
    A["hu10"] = op[quarter(op.close_date) == "2026-Q4"].groupby("currency").amount.sum()
    A["hu11"] = lost["product"].eq("Tessera Insight").mean() * 100
    A["hu12"] = top(lost.groupby("product").cycle.mean(), 99)
    y = d[(d.owner == "Priya Raman") & (d.created_date.dt.year == 2026)]
    A["hu13"] = y.groupby(month(y.created_date)).size()
    A["hu14"] = int((lost.created_date.dt.year == 2026).sum())
    A["hu15"] = op.groupby("stage").age.mean()
    n = won.groupby(["owner", "account_id"]).size()
    A["hu16"] = n[n >= 2].groupby("owner").size()
    A["hu17"] = int((~a.account_id.isin(won.account_id)).sum())
    y = lost[lost.currency == "GBP"]
    A["hu18"] = y.groupby(quarter(y.close_date)).amount.sum()
    A["hu19"] = d[quarter(d.created_date) == "2026-Q1"].stage.eq("Won").mean() * 100
    A["hu20"] = (op.age > 180).groupby(op.manager).mean() * 100
    y = won[won.close_date.dt.year == 2026]
    A["hu21"] = {k: int((y.manager == k).sum()) for k in ("Rafael Costa", "Ingrid Solberg")}

    # ---- leads
    y = l[l.created_date >= "2026-01-01"]
    A["hu22"] = y.groupby(quarter(y.created_date)).size()
    A["hu23"] = l[l.owner == "Tom Okafor"].groupby("status").size()
    A["hu24"] = l[l.created_date.dt.year == 2025].status.eq("Qualified").mean() * 100
    A["hu25"] = l[l.notes == "Webinar"].groupby("status").size()
    y = l[l.last_contact.notna()]
    A["hu26"] = (y.last_contact - y.created_date).dt.days.groupby(y.owner).mean()
    A["hu27"] = l[(l.status == "New") & l.last_contact.isna()].groupby("owner").size()
    A["hu28"] = int(((l.status == "Working") & ((TODAY - l.last_contact).dt.days > 60)).sum())
    A["hu29"] = top(l[l.status == "Qualified"].groupby("industry").size(), 3)
    A["hu30"] = l[l.owner == "Jonas Weber"].groupby("location").size()

    # ---- accounts and contacts
    A["hu31"] = l[(l.created_date > TODAY - pd.Timedelta(days=90)) & (l.created_date <= TODAY)].groupby("owner").size()
    A["hu32"] = c[c.opted_out.eq(True)].groupby("owner").size()
    n = a.account_id.map(c.groupby("account_id").size()).fillna(0)
    A["hu33"] = n.groupby(a.owner).mean()
    A["hu34"] = a[a.employees > 1000].groupby("owner").size()
    A["hu35"] = top(a[a.region == "US West"].set_index("name").revenue, 5)
    nego = set(d[d.stage == "Negotiation"].account_id)
    A["hu36"] = int(((c.title == "CFO") & c.account_id.isin(nego)).sum())
    A["hu37"] = a[a.region.isin(["US East", "US West"])].groupby("region").revenue.median()

    # ---- activities
    apr = calls[month(calls["at"]) == "2026-04"]
    A["hu38"] = apr.groupby("owner").size()
    y = calls[(month(calls["at"]) == "2026-02") & (calls.direction == "outbound")]
    A["hu39"] = y.outcome.eq("Connected").groupby(y.owner).mean() * 100
    y = mails[month(mails["at"]) == "2026-08"]
    A["hu40"] = {k: int((y.direction == k).sum()) for k in ("inbound", "outbound")}
    A["hu41"] = apr.groupby(apr["at"].dt.day_name()).size()
    y = calls[(calls.outcome == "Connected") & (quarter(calls["at"]) == "2026-Q2")]
    y = y[y.owner.isin(["Daniel Kerr", "Priya Raman", "Tom Okafor"])]
    A["hu42"] = y.groupby("owner").duration_s.mean() / 60
    y = events[(events.outcome == "COMPLETED") & (events["at"] >= "2026-03-01") & (events["at"] < "2026-10-01")]
    A["hu43"] = y.groupby(month(y["at"])).size()
    last = x[x.past].groupby("company")["at"].max().dt.normalize()
    silent = (TODAY - last).dt.days
    mine = a[a.owner == "Marco Bellini"]["name"]
    A["hu44"] = silent[silent.index.isin(mine)]
    seen = set(x[x.past & (x["at"] >= TODAY - pd.Timedelta(days=29))].company.dropna())
    A["hu45"] = int(((op.stage == "Negotiation") & ~op.account.isin(seen)).sum())

    # ---- French
    A["hu46"] = won[month(won.close_date) == "2026-09"].groupby("product").size()
    A["hu47"] = op[op.currency == "EUR"].groupby("stage").amount.sum()
    y = closed[closed.close_date >= "2026-01-01"]
    A["hu48"] = y.stage.eq("Won").groupby(quarter(y.close_date)).mean() * 100
    A["hu49"] = l.groupby("company_size").size()
    y = l[(quarter(l.created_date) == "2026-Q3") & l.last_contact.notna()]
    A["hu50"] = y.groupby("owner").size()
    y = calls[(calls.outcome == "Connected") & (calls.owner == "Claire Dumont") & (month(calls["at"]) == "2026-10")]
    A["hu51"] = y.duration_s.mean() / 60
    A["hu52"] = top(a[a.region == "DACH"].set_index("name").employees, 3)
    A["hu53"] = int(((a.industry == "Healthcare") & ~a.account_id.isin(op.account_id)).sum())
    A["hu54"] = events[events.outcome.isin(["CANCELED", "NO_SHOW"])].groupby("owner").size()
    A["hu55"] = op[op.manager == "Rafael Costa"].groupby("owner").age.median()

    # ---- German
    A["hu56"] = lost[(lost.owner == "Jonas Weber") & (lost.close_date.dt.year == 2026)].groupby("product").size()
    A["hu57"] = op[op.currency == "EUR"].groupby("stage").amount.mean()
    A["hu58"] = calls[(calls.outcome == "No answer") & (month(calls["at"]) == "2026-06")].groupby("owner").size()
    A["hu59"] = l.email.isna().groupby(l.status).mean() * 100
    A["hu60"] = op[op.region == "DACH"].groupby("account").size()

    # ---- Spanish
    A["hu61"] = op[op.owner == "Sofia Ribeiro"].groupby("product").size()
    y = won[(won.owner == "Sofia Ribeiro") & (won.currency == "EUR") & (won.close_date.dt.year == 2026)]
    A["hu62"] = y.groupby(quarter(y.close_date)).amount.sum()
    A["hu63"] = l[l.owner == "Sofia Ribeiro"].status.eq("Nurturing").mean() * 100
    y = mails[(month(mails["at"]) == "2026-08") & (mails.direction == "outbound")]
    A["hu64"] = {k: int((y.owner == k).sum()) for k in ("Tom Okafor", "Sofia Ribeiro")}
    A["hu65"] = int(apr.contact_emails.dropna().str.split(";").explode().str.strip().str.lower().nunique())

    # ---- Italian
    A["hu66"] = lost[quarter(lost.close_date) == "2026-Q3"].groupby("owner").size()
    A["hu67"] = won[won.currency == "EUR"].groupby("product").amount.median()
    y = l[(l.owner == "Marco Bellini") & (l.created_date.dt.year == 2026)]
    A["hu68"] = y.groupby(month(y.created_date)).size()
    y = calls[(calls.outcome == "Left voicemail") & month(calls["at"]).isin(["2026-08", "2026-09"])]
    A["hu69"] = y.groupby(month(y["at"])).size()
    A["hu70"] = int(apr[apr.outcome == "Connected"].company.nunique())
    return {
        k: ({g: float(w) for g, w in v.items()} if isinstance(v, (dict, pd.Series)) else float(v)) for k, v in A.items()
    }
