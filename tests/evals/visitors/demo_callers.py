# ruff: noqa
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Sixty questions of six people over the demo CRM, with their answers in pandas, written before any was tried.

A controller, a sales manager on the phone, a French account manager, a German ops person, a Spanish rep, an Italian
director. What no column tells has no answer and must be refused.

today = 2026-10-30. Open = neither Won nor Lost; a deal's period is its close date where it was won or lost; team = the
reps of one manager; unanswered calls = No answer, Busy, Left voicemail; held meetings = COMPLETED; region = that of the
account; source of a lead = its note; amounts are never converted. Parts are told from 0 to 100.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tests.evals.visitors.demo_hurry import month, quarter, top
from tests.evals.visitors.demo_tables import tables

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # a finance controller
    ("ca01", "For the accruals: total EUR amount of deals won in Q3 2026, split by product."),
    ("ca02", "How much GBP did we book as won between 1 April and 30 June 2026?"),
    ("ca03", "Number of won deals with an amount of EUR 50,000 or more, by quarter of closing, 2026 only"),
    ("ca04", "What's the median USD deal size for won vs lost deals closed this year?"),
    ("ca05", "Open GBP pipeline, total, excluding anything still in Prospecting"),
    ("ca06", "In which currency did we win the most deals this year?"),
    ("ca07", "Average EUR amount of lost deals, 2025 against 2026"),
    ("ca08", "What share of the EUR we won in 2026 came from Tessera Care?"),
    ("ca09", "How many invoices are overdue by more than 30 days?"),
    ("ca10", "Open deals expected to close in November: total USD amount, please"),
    # a sales manager on the phone
    ("ca11", "quick one - how many open deals has Ingrid's team got in negotiation"),
    ("ca12", "who's sitting on the most proposals right now"),
    ("ca13", "biggest euro deal Hanna has open, just the number"),
    ("ca14", "how many no shows did the guys have since July, per rep"),
    ("ca15", "give me Tom's hit rate this year, won over won plus lost"),
    ("ca16", "calls yesterday per rep"),
    ("ca17", "how many reps haven't won anything this quarter"),
    ("ca18", "open deals nobody gave a close date yet, per rep"),
    ("ca19", "Claire vs Jonas, calls this month"),
    ("ca20", "how much commission is Tom due for Q3"),
    # a French account manager
    ("ca21", "Combien d'affaires ouvertes Claire a-t-elle en phase Proposal ?"),
    ("ca22", "Quel est le montant moyen des affaires gagnées en France cette année ?"),
    ("ca23", "Nombre d'e-mails reçus par mois depuis juin"),
    ("ca24", "Quels sont les trois commerciaux qui ont le plus de leads qualifiés ?"),
    ("ca25", "Taux de réussite par produit pour les affaires clôturées au premier semestre 2026"),
    ("ca26", "Combien de leads de Claire Dumont n'ont jamais été contactés ?"),
    ("ca27", "Répartition des leads de Claire Dumont par source, sans compter ceux sans note"),
    ("ca28", "Ancienneté moyenne en jours des affaires ouvertes par phase, hors Prospecting"),
    ("ca29", "Combien de comptes de plus de 1 000 salariés n'ont aucune affaire gagnée ?"),
    ("ca30", "Combien de factures impayées chez nos clients français ?"),
    # a German ops person
    ("ca31", "Anzahl Aktivitäten pro Typ im September 2026"),
    ("ca32", "Wie viele Leads ohne Branche gibt es je Verkäufer?"),
    ("ca33", "Anteil der Leads ohne E-Mail-Adresse in Prozent"),
    ("ca34", "Aufgaben mit Status NOT_STARTED, deren Datum schon vorbei ist, pro Person"),
    ("ca35", "Durchschnittliche Anrufdauer in Minuten je Verkäufer, nur verbundene Anrufe, 2026"),
    ("ca36", "Wie viele Termine wurden im dritten Quartal abgesagt oder nicht wahrgenommen?"),
    ("ca37", "Konten mit mehr als drei Ansprechpartnern, Anzahl"),
    ("ca38", "Anzahl Leads, die älter als 12 Monate sind und noch den Status New haben"),
    ("ca39", "Deals ohne Abschlussdatum in Phase Negotiation, je Währung"),
    ("ca40", "Wie lange dauert es im Schnitt vom Angebot bis zur Verhandlung?"),
    # a Spanish rep
    ("ca41", "¿Cuántas oportunidades abiertas tiene Sofia Ribeiro por producto?"),
    ("ca42", "importe total en euros de lo que ganó Sofia este año"),
    ("ca43", "tasa de éxito de Sofia frente a Marco este año"),
    ("ca44", "llamadas sin respuesta de Sofia por mes desde julio"),
    ("ca45", "¿cuántos leads creados en 2026 siguen en estado New, por comercial?"),
    ("ca46", "negocios perdidos en el tercer trimestre por producto, de mayor a menor"),
    ("ca47", "¿cuántos días de media tarda en cerrarse un negocio ganado de Tessera Plan?"),
    ("ca48", "¿qué cuentas de Iberia tienen más de dos negocios abiertos?"),
    ("ca49", "reuniones celebradas en septiembre por comercial"),
    ("ca50", "¿cuánto descuento di de media este año?"),
    # an Italian director
    ("ca51", "Quante trattative abbiamo vinto nel 2026 per trimestre?"),
    ("ca52", "Valore totale in euro delle trattative aperte, per fase"),
    ("ca53", "Percentuale di trattative perse sul totale delle chiuse, per responsabile, nel 2026"),
    ("ca54", "I cinque clienti con il maggior valore vinto in euro"),
    ("ca55", "Quanti lead sono stati creati al mese quest'anno?"),
    ("ca56", "Età mediana delle trattative aperte di Marco Bellini, in giorni"),
    ("ca57", "Quante trattative sopra i 60.000 euro sono in negoziazione?"),
    ("ca58", "Differenza tra le trattative vinte nel terzo trimestre 2026 e nel secondo"),
    ("ca59", "Quota di chiamate con esito Connected per ogni venditore nel 2026"),
    ("ca60", "Qual è il margine medio sulle trattative vinte?"),
]


def answers(folder: Path) -> dict[str, Any]:
    """Every expected value; the questions that are left out must be refused."""
    reps, accounts, contacts, deals, leads, acts = tables(folder)
    acts["m"] = month(acts.t)
    manager = dict(zip(reps.name, reps.manager, strict=True))
    by_id = accounts.set_index("account_id")
    deals["mgr"] = deals.owner.map(manager)
    deals["acc"], deals["region"] = deals.account_id.map(by_id.name), deals.account_id.map(by_id.region)
    deals["age"], deals["cyc"] = (TODAY - deals.cr).dt.days, (deals.cl - deals.cr).dt.days
    won, lost = deals[deals.stage == "Won"], deals[deals.stage == "Lost"]
    closed = deals[deals.stage.isin(["Won", "Lost"])]
    opened = deals[~deals.stage.isin(["Won", "Lost"])]
    calls, events = acts[acts.crm_subtype == "Call"], acts[acts.crm_subtype == "Event"]
    tasks, mails = acts[acts.crm_subtype == "Task"], acts[acts.crm_subtype == "Email"]
    year = closed.cl.dt.year == 2026
    won26, closed26 = won[won.cl.dt.year == 2026], closed[year]

    def within(table, column, start, end):
        return table[(table[column] >= start) & (table[column] < pd.Timestamp(end) + pd.Timedelta(days=1))]

    def rate(table, by):
        return table.stage.eq("Won").groupby(by).mean() * 100

    third = won[quarter(won.cl) == "2026-Q3"]
    euros = won26[won26.currency == "EUR"]
    unanswered = calls[calls.outcome.isin(["No answer", "Busy", "Left voicemail"])]
    claire = leads[leads.owner == "Claire Dumont"]
    large = accounts[accounts.employees > 1000]
    fresh = leads[leads.status == "New"]
    found: dict[str, Any] = {
        "ca01": third[third.currency == "EUR"].groupby("product").amount.sum(),
        "ca02": within(won[won.currency == "GBP"], "cl", "2026-04-01", "2026-06-30").amount.sum(),
        "ca03": (big := euros[euros.amount >= 50_000]).groupby(quarter(big.cl)).size(),
        "ca04": closed26[closed26.currency == "USD"].groupby("stage").amount.median(),
        "ca05": opened[(opened.currency == "GBP") & (opened.stage != "Prospecting")].amount.sum(),
        "ca06": won26.groupby("currency").size().pipe(top, 1),
        "ca07": (gone := lost[(lost.currency == "EUR") & lost.cl.dt.year.isin([2025, 2026])])
        .groupby(gone.cl.dt.strftime("%Y"))
        .amount.mean(),
        "ca08": 100 * euros[euros["product"] == "Tessera Care"].amount.sum() / euros.amount.sum(),
        "ca10": within(opened[opened.currency == "USD"], "cl", "2026-11-01", "2026-11-30").amount.sum(),
        "ca11": ((opened.mgr == "Ingrid Solberg") & (opened.stage == "Negotiation")).sum(),
        "ca12": opened[opened.stage == "Proposal"].groupby("owner").size().pipe(top, 1),
        "ca13": opened[(opened.owner == "Hanna Lindqvist") & (opened.currency == "EUR")].amount.max(),
        "ca14": (none := events[(events.outcome == "NO_SHOW") & (events.t >= "2026-07-01")]).groupby("owner").size(),
        "ca15": 100 * (closed26[closed26.owner == "Tom Okafor"].stage == "Won").mean(),
        "ca16": within(calls, "t", "2026-10-29", "2026-10-29").groupby("owner").size(),
        "ca17": len(set(reps.name) - set(won[won.cl >= "2026-10-01"].owner)),
        "ca18": opened[opened.cl.isna()].groupby("owner").size(),
        "ca19": calls[(calls.m == "2026-10") & calls.owner.isin(["Claire Dumont", "Jonas Weber"])]
        .groupby("owner")
        .size(),
        "ca21": ((opened.owner == "Claire Dumont") & (opened.stage == "Proposal")).sum(),
        "ca22": won26[won26.region == "France"].amount.mean(),
        "ca23": (got := mails[(mails.direction == "inbound") & (mails.t >= "2026-06-01")]).groupby("m").size(),
        "ca24": leads[leads.status == "Qualified"].groupby("owner").size().pipe(top, 3),
        "ca25": (half := within(closed, "cl", "2026-01-01", "2026-06-30"))
        .stage.eq("Won")
        .groupby(half["product"])
        .mean()
        * 100,
        "ca26": claire.last_contact.isna().sum(),
        "ca27": claire.groupby("notes").size(),
        "ca28": opened[opened.stage != "Prospecting"].groupby("stage").age.mean(),
        "ca29": len(set(large.account_id) - set(won.account_id)),
        "ca31": acts[acts.m == "2026-09"].groupby("crm_subtype").size(),
        "ca32": leads[leads.industry.isna()].groupby("owner").size(),
        "ca33": 100 * leads.email.isna().mean(),
        "ca34": tasks[(tasks.outcome == "NOT_STARTED") & (tasks.t < TODAY)].groupby("owner").size(),
        "ca35": (met := calls[(calls.outcome == "Connected") & (calls.t.dt.year == 2026)])
        .groupby("owner")
        .duration_s.mean()
        / 60,
        "ca36": within(events, "t", "2026-07-01", "2026-09-30").outcome.isin(["CANCELED", "NO_SHOW"]).sum(),
        "ca37": (contacts.groupby("account_id").size() > 3).sum(),
        "ca38": (fresh.cr < "2025-10-30").sum(),
        "ca39": opened[(opened.stage == "Negotiation") & opened.cl.isna()].groupby("currency").size(),
        "ca41": opened[opened.owner == "Sofia Ribeiro"].groupby("product").size(),
        "ca42": euros[euros.owner == "Sofia Ribeiro"].amount.sum(),
        "ca43": rate(pair := closed26[closed26.owner.isin(["Sofia Ribeiro", "Marco Bellini"])], pair.owner),
        "ca44": unanswered[(unanswered.owner == "Sofia Ribeiro") & (unanswered.t >= "2026-07-01")].groupby("m").size(),
        "ca45": fresh[fresh.cr.dt.year == 2026].groupby("owner").size(),
        "ca46": lost[quarter(lost.cl) == "2026-Q3"].groupby("product").size(),
        "ca47": won[won["product"] == "Tessera Plan"].cyc.mean(),
        "ca48": opened[opened.region == "Iberia"].groupby("acc").size().pipe(lambda s: s[s > 2]),
        "ca49": events[(events.outcome == "COMPLETED") & (events.m == "2026-09")].groupby("owner").size(),
        "ca51": won26.groupby(quarter(won26.cl)).size(),
        "ca52": opened[opened.currency == "EUR"].groupby("stage").amount.sum(),
        "ca53": closed26.stage.eq("Lost").groupby(closed26.mgr).mean() * 100,
        "ca54": won[won.currency == "EUR"].groupby("acc").amount.sum().pipe(top, 5),
        "ca55": (new := leads[leads.cr.dt.year == 2026]).groupby(month(new.cr)).size(),
        "ca56": opened[opened.owner == "Marco Bellini"].age.median(),
        "ca57": ((opened.currency == "EUR") & (opened.stage == "Negotiation") & (opened.amount > 60_000)).sum(),
        "ca58": len(third) - (quarter(won.cl) == "2026-Q2").sum(),
        "ca59": 100 * (said := calls[calls.t.dt.year == 2026]).outcome.eq("Connected").groupby(said.owner).mean(),
    }
    return {
        name: {str(k): float(v) for k, v in value.items()} if hasattr(value, "items") else float(value)
        for name, value in found.items()
    }
