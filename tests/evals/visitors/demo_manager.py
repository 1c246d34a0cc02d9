# ruff: noqa
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Eighty-eight questions as a sales manager types them, over the demo CRM, with their answers in pandas.

In English, German, French, Spanish and Italian, careless, with asides; the answers were written before any was tried.
At first sight 69 were right, 6 wrong, 13 refused; two of the six count otherwise, and one of the thirteen.

today = 2026-10-30. Open = neither Won nor Lost; a deal that was won or lost belongs to the day of its close date, an
open one closes on the day that is expected. Team = the reps of one manager. Unanswered = no answer, busy, voicemail.
The source of a lead is its note. Parts are told from 0 to 100. An activity belongs to the account in its column, else
to that of its contact.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tests.evals.visitors.demo_hurry import month, quarter, top
from tests.evals.visitors.demo_tables import joined, tables

TODAY = pd.Timestamp("2026-10-30")
UNANSWERED = ["No answer", "Busy", "Left voicemail"]

QUESTIONS = [
    ("fr01", "hey, number of calls Tom logged in September?"),
    ("fr02", "how many emails came in from customers in august"),
    ("fr03", "wie viele mails haben wir im Juli verschickt"),
    ("fr04", "combien de réunions annulées depuis le début de l'année ?"),
    ("fr05", "cuántas llamadas sin respuesta tuvo Sofia este año"),
    ("fr06", "quante chiamate ha registrato Marco a settembre"),
    ("fr07", "Priya's deals that we won this year, how many is that?"),
    ("fr08", "nr of deals Claire lost in q3"),
    ("fr09", "what's the average size of our open dollar deals"),
    ("fr10", "median amount of the open deals in EUR"),
    ("fr11", "Hanna's three biggest open deals"),
    ("fr12", "top 3 reps by number of deals won this year"),
    ("fr13", "who lost the most deals this year, count please"),
    ("fr14", "give me the win rate of every rep for 2026"),
    ("fr15", "Gewinnquote von Ingrids Team dieses Jahr?"),
    ("fr16", "taux de réussite par produit, tout confondu"),
    ("fr17", "tasa de éxito en Iberia"),
    ("fr18", "tasso di vittoria di Jonas nel 2026"),
    ("fr19", "how old are Daniel's open deals on average"),
    ("fr20", "what is the oldest open deal in the Nordics and how old is it"),
    ("fr21", "how many days do we need to win a deal, split by product"),
    ("fr22", "median sales cycle of lost deals"),
    ("fr23", "durée moyenne du cycle de vente des affaires gagnées par Claire"),
    ("fr24", "number of leads sitting in each status"),
    ("fr25", "leads that came through the webinar: how many of them are qualified"),
    ("fr26", "share of qualified leads per rep"),
    ("fr27", "wie viele Leads haben keine E-Mail-Adresse"),
    ("fr28", "fresh leads created in the last 30 days, count"),
    ("fr29", "combien de leads dans l'énergie chez Jonas"),
    ("fr30", "leads por sector, de mayor a menor"),
    ("fr31", "quanti lead non sono mai stati contattati"),
    ("fr32", "how many accounts haven't had a single call this year"),
    ("fr33", "count of customers with two or more won deals"),
    ("fr34", "how many different accounts did we email in october"),
    ("fr35", "average number of employees per industry"),
    ("fr36", "headcount of all our healthcare accounts together"),
    ("fr37", "the 5 accounts with the most employees"),
    ("fr38", "calls last quarter broken down by outcome"),
    ("fr39", "for each rep the share of calls that ended on voicemail"),
    ("fr40", "no-show rate of our meetings"),
    ("fr41", "emails month by month in 2026"),
    ("fr42", "emails we sent in Q2 versus Q3"),
    ("fr43", "how many more calls did Hanna log than Marco in september"),
    ("fr44", "Brackwater Foods: activities by type"),
    ("fr45", "calls on mondays this year"),
    ("fr46", "tasks not started yet, by rep"),
    ("fr47", "Priya's total call time in hours"),
    ("fr48", "durchschnittliche Anrufdauer in Minuten pro Mitarbeiter"),
    ("fr49", "overdue open deals by rep"),
    ("fr50", "how many open deals don't have any close date"),
    ("fr51", "deals in negotiation worth more than 50k, how many"),
    ("fr52", "Dock deals in DACH: how many are still open"),
    ("fr53", "valor de los negocios abiertos en DACH"),
    ("fr54", "ricavi di Priya quest'anno"),
    ("fr55", "chiffre d'affaires de Claire par trimestre en 2026"),
    ("fr56", "what percentage of open deals sits with Rafael's team"),
    ("fr57", "average number of contacts per account"),
    ("fr58", "how many contacts have opted out"),
    ("fr59", "Anzahl Aktivitäten bei Norvik im Oktober"),
    ("fr60", "Tom's calls per month since March, i want to see if he is slacking"),
    ("fr61", "who's got the fattest pipeline in euros"),
    ("fr62", "how many deals over 100k did we lose this year"),
    ("fr63", "out of the meetings booked by Claire, how many were actually held"),
    ("fr64", "wie groß ist ein gewonnener Deal im Schnitt, nach Währung"),
    ("fr65", "welcher Mitarbeiter hat 2026 die meisten E-Mails verschickt"),
    ("fr66", "combien d'affaires ouvertes dépassent 80 000 euros"),
    ("fr67", "quel est le délai moyen entre création et signature pour les affaires gagnées en 2026"),
    ("fr68", "répartition des prospects par taille d'entreprise"),
    ("fr69", "cuántos negocios perdimos el trimestre pasado, por región"),
    ("fr70", "qué comercial tarda menos en cerrar una venta"),
    ("fr71", "quanto vale in media una trattativa aperta in euro"),
    ("fr72", "percentuale di chiamate senza risposta nel 2026"),
    ("fr73", "what's our hit rate with Tessera Plan in Q3"),
    ("fr74", "accounts in the energy sector without any open deal, how many"),
    ("fr75", "how many accounts has nobody contacted in the last 60 days"),
    ("fr76", "stage breakdown of what Sofia has open"),
    ("fr77", "how much USD is sitting in proposal"),
    ("fr78", "emails per rep last month, highest first"),
    ("fr79", "leads older than 6 months that are still new"),
    ("fr80", "which lead source brings in the most qualified leads"),
    ("fr81", "E-Mails eingehend vs ausgehend im September"),
    ("fr82", "montant moyen des affaires perdues en France"),
    ("fr83", "open deals expected to close in november, by rep"),
    ("fr84", "how many opportunities does the average account have"),
    ("fr85", "tasks completed in october per manager"),
    ("fr86", "what fraction of leads never got an industry filled in"),
    ("fr87", "days since we last emailed Kestrel Solar"),
    ("fr88", "how many customers in Iberia have more than 300 people"),
]


def answers(folder: Path) -> dict[str, Any]:
    """Every expected value."""
    six = tables(folder)
    joined(six, TODAY)
    reps, accounts, contacts, deals, leads, acts = six
    acts["mgr"] = acts.owner.map(dict(zip(reps.name, reps.manager, strict=True)))
    won, lost = deals[deals.stage == "Won"], deals[deals.stage == "Lost"]
    closed = deals[deals.stage.isin(["Won", "Lost"])]
    opened = deals[~deals.stage.isin(["Won", "Lost"])]
    closed26 = closed[closed.cl.dt.year == 2026]
    won26, lost26 = closed26[closed26.stage == "Won"], closed26[closed26.stage == "Lost"]
    calls, events = acts[acts.crm_subtype == "Call"], acts[acts.crm_subtype == "Event"]
    tasks, mails = acts[acts.crm_subtype == "Task"], acts[acts.crm_subtype == "Email"]
    sent, got = mails[mails.direction == "outbound"], mails[mails.direction == "inbound"]
    qualified = leads[leads.status == "Qualified"]

    def within(table, column, start, end="2026-10-30"):
        return table[(table[column] >= start) & (table[column] <= end)]

    def part(table, column, value, by=None):
        hit = 100 * table[column].eq(value)
        return hit.mean() if by is None else hit.groupby(by).mean()

    def count(table, by):
        return table.groupby(by).size()

    def of_them(table, who):
        return table[table.owner == who]

    def quarter3(table):
        return within(table, "cl", "2026-07-01", "2026-09-30")

    euros = opened[opened.currency == "EUR"]
    september = within(acts, "day", "2026-09-01", "2026-09-30")
    september_calls = september[september.crm_subtype == "Call"].groupby("owner").size()
    claire = won26[won26.owner == "Claire Dumont"]
    won_times = count(won, "account_id")
    calls26 = within(calls, "day", "2026-01-01")
    energy = set(accounts[accounts.industry == "Energy"].name)
    toms = of_them(within(calls, "day", "2026-03-01"), "Tom Okafor")
    mails26 = within(mails, "day", "2026-01-01")
    asked = [
        len(of_them(september[september.crm_subtype == "Call"], "Tom Okafor")),
        len(within(got, "day", "2026-08-01", "2026-08-31")),
        len(within(sent, "day", "2026-07-01", "2026-07-31")),
        within(events, "day", "2026-01-01").outcome.eq("CANCELED").sum(),
        of_them(calls26, "Sofia Ribeiro").outcome.isin(UNANSWERED).sum(),
        len(of_them(september[september.crm_subtype == "Call"], "Marco Bellini")),
        len(of_them(won26, "Priya Raman")),
        len(of_them(quarter3(lost), "Claire Dumont")),
        opened[opened.currency == "USD"].amount.mean(),
        euros.amount.median(),
        of_them(opened, "Hanna Lindqvist").set_index("name").amount.pipe(top, 3),
        count(won26, "owner").pipe(top, 3),
        count(lost26, "owner").pipe(top, 1),
        part(closed26, "stage", "Won", closed26.owner),
        part(closed26[closed26.mgr == "Ingrid Solberg"], "stage", "Won"),
        part(closed, "stage", "Won", closed["product"]),
        part(closed[closed.acc_region == "Iberia"], "stage", "Won"),
        part(of_them(closed26, "Jonas Weber"), "stage", "Won"),
        of_them(opened, "Daniel Kerr").age.mean(),
        opened[opened.acc_region == "Nordics"].set_index("name").age.pipe(top, 1),
        won.groupby("product").cyc.mean(),
        lost.cyc.median(),
        of_them(won, "Claire Dumont").cyc.mean(),
        count(leads, "status"),
        qualified.notes.eq("Webinar").sum(),
        part(leads, "status", "Qualified", leads.owner),
        leads.email.isna().sum(),
        len(within(leads, "cr", "2026-09-30")),
        of_them(leads, "Jonas Weber").industry.eq("Energy").sum(),
        count(leads, "industry"),
        leads.last_contact.isna().sum(),
        len(set(accounts.name) - set(calls26.firm)),
        (won_times >= 2).sum(),
        within(sent, "day", "2026-10-01").firm.nunique(),
        accounts.groupby("industry").employees.mean(),
        accounts[accounts.industry == "Healthcare"].employees.sum(),
        accounts.set_index("name").employees.pipe(top, 5),
        within(calls, "day", "2026-07-01", "2026-09-30").pipe(count, "outcome"),
        part(calls, "outcome", "Left voicemail", calls.owner),
        part(events, "outcome", "NO_SHOW"),
        count(mails26, month(mails26.t)),
        {
            "2026-Q2": len(within(sent, "day", "2026-04-01", "2026-06-30")),
            "2026-Q3": len(within(sent, "day", "2026-07-01", "2026-09-30")),
        },
        september_calls["Hanna Lindqvist"] - september_calls["Marco Bellini"],
        count(acts[acts.firm == "Brackwater Foods"], "crm_subtype"),
        (calls26.t.dt.day_of_week == 0).sum(),
        count(tasks[tasks.outcome == "NOT_STARTED"], "owner"),
        of_them(calls, "Priya Raman").duration_s.sum() / 3600,
        calls.groupby("owner").duration_s.mean() / 60,
        count(opened[opened.cl < TODAY], "owner"),
        opened.cl.isna().sum(),
        ((deals.stage == "Negotiation") & (deals.amount > 50_000)).sum(),
        ((opened["product"] == "Tessera Dock") & (opened.acc_region == "DACH")).sum(),
        opened[opened.acc_region == "DACH"].amount.sum(),
        of_them(won26, "Priya Raman").amount.sum(),
        claire.groupby(quarter(claire.cl)).amount.sum(),
        part(opened, "mgr", "Rafael Costa"),
        len(contacts) / contacts.account_id.nunique(),
        contacts.opted_out.eq(True).sum(),
        len(within(acts[acts.firm == "Norvik Maritime"], "day", "2026-10-01")),
        count(toms, month(toms.t)),
        euros.groupby("owner").amount.sum().pipe(top, 1),
        (lost26.amount > 100_000).sum(),
        of_them(events, "Claire Dumont").outcome.eq("COMPLETED").sum(),
        won.groupby("currency").amount.mean(),
        count(within(sent, "day", "2026-01-01"), "owner").pipe(top, 1),
        (euros.amount > 80_000).sum(),
        won26.cyc.mean(),
        count(leads, "company_size"),
        count(quarter3(lost), "acc_region"),
        won.groupby("owner").cyc.mean().nsmallest(1),
        euros.amount.mean(),
        100 * calls26.outcome.isin(UNANSWERED).mean(),
        part(quarter3(closed[closed["product"] == "Tessera Plan"]), "stage", "Won"),
        len(energy - set(opened.acc_name)),
        len(set(accounts.name) - set(within(acts, "day", "2026-08-31").firm)),
        count(of_them(opened, "Sofia Ribeiro"), "stage"),
        deals[(deals.stage == "Proposal") & (deals.currency == "USD")].amount.sum(),
        count(september[september.crm_subtype == "Email"], "owner"),
        ((leads.status == "New") & (leads.cr < "2026-04-30")).sum(),
        count(qualified, "notes").pipe(top, 1),
        count(september[september.crm_subtype == "Email"], "direction"),
        lost[lost.acc_region == "France"].amount.mean(),
        count(within(opened, "cl", "2026-11-01", "2026-11-30"), "owner"),
        len(deals) / deals.account_id.nunique(),
        count(within(tasks[tasks.outcome == "COMPLETED"], "day", "2026-10-01"), "mgr"),
        100 * leads.industry.isna().mean(),
        (TODAY - sent[sent.firm == "Kestrel Solar"].day.max()).days,
        ((accounts.region == "Iberia") & (accounts.employees > 300)).sum(),
    ]
    return {
        key: {str(k): float(v) for k, v in value.items()} if hasattr(value, "items") else float(value)
        for (key, _), value in zip(QUESTIONS, asked, strict=True)
    }
