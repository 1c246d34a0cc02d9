# ruff: noqa
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,assignment,call-overload,arg-type"
"""Eighty questions of eight people on an ordinary day over the demo CRM, with their answers in pandas.

A rep, a sales manager, an ops auditor, a CEO, marketing, customer success, a controller and an intern, in English,
French, German and Spanish; the answers were written before any was tried. What no column tells must be refused.

today = 2026-10-30, a Friday. Open = neither Won nor Lost; a deal that was won or lost belongs to the day of its close
date, an open one closes on the day that is expected. Team = the reps of one manager. Region and industry are those of
the account, taken as they stand. Unanswered = No answer, Busy, Left voicemail; held = COMPLETED. The source of a lead is
its note. Parts are told from 0 to 100. An activity belongs to the account in its column, else to that of its contact.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tests.evals.visitors.demo_hurry import month, quarter, top
from tests.evals.visitors.demo_tables import joined, tables

TODAY = pd.Timestamp("2026-10-30")

QUESTIONS = [
    # a rep
    ("dt01", "how many calls did Priya make yesterday"),
    ("dt02", "how many of Priya's open deals over $50k should close before Christmas?"),
    ("dt03", "what's Priya's biggest open deal worth"),
    ("dt04", "avg age of the deals Priya has in proposal"),
    ("dt05", "how many meetings does Daniel have next week?"),
    ("dt06", "win rate Priya vs Tom this year"),
    ("dt07", "how many tasks hasn't Tom started yet"),
    ("dt08", "how many accounts in US East has nobody called since August?"),
    # a sales manager
    ("dt09", "Who on Rafael's team won the most deals last quarter?"),
    ("dt10", "Open pipeline per rep, euro deals only"),
    ("dt11", "how many open deals are already past their close date?"),
    ("dt12", "On average how many days does it take Ingrid's team to win a deal compared with Rafael's team?"),
    ("dt13", "How many deals in negotiation were created more than four months ago?"),
    ("dt14", "no-shows by rep this year"),
    ("dt15", "Which rep has the lowest win rate this year?"),
    ("dt16", "How far is each rep from quota?"),
    # an ops auditor
    ("dt17", "How many calls have no outcome recorded?"),
    ("dt18", "% of calls without an outcome, by owner"),
    ("dt19", "Deals with no close date entered, count by stage"),
    ("dt20", "Leads with neither an industry nor a company size - how many?"),
    ("dt21", "Count the meetings that are still marked scheduled even though the date is in the past"),
    ("dt22", "emails sent on weekends, per owner"),
    ("dt23", "How many contacts have opted out?"),
    ("dt24", "how many accounts have fewer than three contacts on file?"),
    # a CEO
    ("dt25", "How much business have we won in euros so far this year?"),
    ("dt26", "Deals won per month since January"),
    ("dt27", "What's our overall win rate?"),
    ("dt28", "Top 5 customers by value won, EUR only"),
    ("dt29", "Which region has brought us the most won deals?"),
    ("dt30", "How many accounts have bought from us more than once?"),
    ("dt31", "What percentage of our dollar pipeline is in negotiation?"),
    ("dt32", "What's our churn rate this year?"),
    # marketing
    ("dt33", "Which source gave us the most qualified leads?"),
    ("dt34", "qualification rate of leads by source"),
    ("dt35", "how many leads did we collect at the trade fair in May"),
    ("dt36", "How many of the leads created in September have been contacted since?"),
    ("dt37", "CFOs among the leads: how many are still new?"),
    ("dt38", "what was the cost per lead of the webinar?"),
    # customer success
    ("dt39", "How many emails has Norvik Maritime sent us this year?"),
    ("dt40", "how many people do we know at Quillan?"),
    ("dt41", "How many open deals do our healthcare accounts have between them?"),
    # finance
    ("dt42", "Value of the deals expected to close in December, by currency"),
    ("dt43", "Smallest deal we won this year in pounds"),
    # an intern
    ("dt44", "how many reps report to each manager?"),
    ("dt45", "how many deals were created last month?"),
    # French: marketing, customer success, a sales manager
    ("dt46", "Combien de leads avons-nous reçus en octobre ?"),
    ("dt47", "Répartition des leads qualifiés par secteur"),
    ("dt48", "Combien de leads à Lille n'ont pas encore été contactés ?"),
    ("dt49", "Quelle part des leads venus du webinar est qualifiée ?"),
    ("dt50", "Combien de rendez-vous ont été annulés depuis le début de l'année, par commercial ?"),
    ("dt51", "Quels comptes ont plus de 4 contacts ?"),
    ("dt52", "Combien d'appels restés sans réponse Claire a-t-elle passés cette année ?"),
    ("dt53", "Chiffre d'affaires gagné en euros par trimestre cette année"),
    ("dt54", "Quelle est la plus grosse affaire ouverte de Claire ?"),
    ("dt55", "Combien d'affaires ouvertes devraient se conclure avant la fin de l'année ?"),
    ("dt56", "Durée moyenne des appels aboutis de Claire, en minutes"),
    ("dt57", "Quel est le taux de satisfaction de nos clients ?"),
    # German: a controller, a sales manager, customer success
    ("dt58", "Wie hoch ist der Gesamtwert der im dritten Quartal gewonnenen Deals in Euro?"),
    ("dt59", "Welcher Vertriebler hat im Oktober die meisten Deals gewonnen?"),
    ("dt60", "Wie viele offene Deals über 40.000 Euro hat Jonas?"),
    ("dt61", "Durchschnittliche Dealgröße in Euro nach Produkt, nur gewonnene"),
    ("dt62", "Wie viele Anrufe haben wir diese Woche gemacht?"),
    ("dt63", "Anteil der verlorenen an allen abgeschlossenen Deals pro Quartal 2026"),
    ("dt64", "Wie viele Kunden in DACH haben noch nie etwas bei uns gekauft?"),
    ("dt65", "Leads von Jonas nach Status"),
    ("dt66", "Wie viele E-Mails hat jeder Mitarbeiter im September verschickt?"),
    ("dt67", "Medianalter der offenen Deals in Tagen, je Verkäufer"),
    ("dt68", "Welche drei Produkte haben wir 2026 am häufigsten verkauft?"),
    ("dt69", "Wie hoch sind unsere offenen Forderungen?"),
    # Spanish: a rep, an intern, marketing
    ("dt70", "¿Cuántos negocios ha ganado Sofia en lo que va de año?"),
    ("dt71", "¿Cuánto suman en euros los negocios abiertos de Sofia?"),
    ("dt72", "llamadas conectadas por comercial en octubre"),
    ("dt73", "¿Qué comercial tiene más leads sin contactar?"),
    ("dt74", "¿Cuál es el ticket medio en dólares de los negocios ganados este año?"),
    ("dt75", "¿Qué porcentaje de las llamadas de Tom acabó en buzón de voz este año?"),
    ("dt76", "¿Cuántas cuentas tienen más de un negocio perdido?"),
    ("dt77", "negocios perdidos en septiembre de más de 50.000 euros, ¿cuántos?"),
    ("dt78", "las cinco cuentas con más negocios abiertos"),
    ("dt79", "¿cuántos empleados tienen de media nuestras cuentas de Iberia?"),
    ("dt80", "¿cuántas horas trabajó Sofia la semana pasada?"),
]


def answers(folder: Path) -> dict[str, Any]:
    """Every expected value; the questions that are left out must be refused."""
    six = tables(folder)
    joined(six, TODAY)
    reps, accounts, contacts, deals, leads, acts = six
    by_id = accounts.set_index("account_id")
    won, lost = deals[deals.stage == "Won"], deals[deals.stage == "Lost"]
    closed = deals[deals.stage.isin(["Won", "Lost"])]
    opened = deals[~deals.stage.isin(["Won", "Lost"])]
    calls, events = acts[acts.crm_subtype == "Call"], acts[acts.crm_subtype == "Event"]
    tasks, mails = acts[acts.crm_subtype == "Task"], acts[acts.crm_subtype == "Email"]
    won26, closed26 = won[won.cl.dt.year == 2026], closed[closed.cl.dt.year == 2026]
    euros = won26[won26.currency == "EUR"]
    qualified = leads[leads.status == "Qualified"]
    sent, got = mails[mails.direction == "outbound"], mails[mails.direction == "inbound"]

    def within(table, column, start, end="2026-10-30"):
        return table[(table[column] >= start) & (table[column] <= end)]

    def part(table, column, value, by=None):
        hit = 100 * table[column].eq(value)
        return hit.mean() if by is None else hit.groupby(by).mean()

    def count(table, by):
        return table.groupby(by).size()

    def sums(table, by):
        return table.groupby(by).amount.sum()

    priya = opened[opened.owner == "Priya Raman"]
    east = accounts[accounts.region == "US East"]
    called = set(calls[(calls.day >= "2026-08-01")].firm)
    pair = closed26[closed26.owner.isin(["Priya Raman", "Tom Okafor"])]
    third = won[quarter(won.cl) == "2026-Q3"]
    buyers = won.groupby("account_id").size()
    dollars = opened[opened.currency == "USD"]
    past = events[(events.outcome == "SCHEDULED") & (events.day < TODAY)]
    september = within(leads, "cr", "2026-09-01", "2026-09-30")
    ordinary = contacts.groupby("account_id").size().reindex(accounts.account_id).fillna(0)
    known = contacts.account_id.map(by_id.name)
    weekend = sent[sent.t.dt.day_of_week >= 5]
    december = opened[(opened.cl >= "2026-12-01") & (opened.cl <= "2026-12-31")]
    unanswered = calls[calls.outcome.isin(["No answer", "Busy", "Left voicemail"])]
    claire, tom = calls[calls.owner == "Claire Dumont"], calls[calls.owner == "Tom Okafor"]
    dach = accounts[accounts.region == "DACH"]
    sofia = opened[opened.owner == "Sofia Ribeiro"]
    found: dict[str, Any] = {
        "dt01": ((calls.owner == "Priya Raman") & (calls.day == "2026-10-29")).sum(),
        "dt02": ((priya.amount > 50_000) & (priya.currency == "USD") & (priya.cl < "2026-12-25")).sum(),
        "dt03": priya.amount.max(),
        "dt04": priya[priya.stage == "Proposal"].age.mean(),
        "dt05": len(within(events[events.owner == "Daniel Kerr"], "day", "2026-11-02", "2026-11-08")),
        "dt06": part(pair, "stage", "Won", pair.owner),
        "dt07": ((tasks.owner == "Tom Okafor") & (tasks.outcome == "NOT_STARTED")).sum(),
        "dt08": len(set(east.name) - called),
        "dt09": count(third[third.mgr == "Rafael Costa"], "owner").pipe(top, 1),
        "dt10": sums(opened[opened.currency == "EUR"], "owner"),
        "dt11": (opened.cl < TODAY).sum(),
        "dt12": won.groupby("mgr").cyc.mean(),
        "dt13": ((opened.stage == "Negotiation") & (opened.cr < "2026-06-30")).sum(),
        "dt14": count(events[(events.outcome == "NO_SHOW") & (events.day.dt.year == 2026)], "owner"),
        "dt15": part(closed26, "stage", "Won", closed26.owner).nsmallest(1),
        "dt17": calls.outcome.isna().sum(),
        "dt18": 100 * calls.outcome.isna().groupby(calls.owner).mean(),
        "dt19": count(deals[deals.cl.isna()], "stage"),
        "dt20": (leads.industry.isna() & leads.company_size.isna()).sum(),
        "dt21": len(past),
        "dt22": count(weekend, "owner"),
        "dt23": contacts.opted_out.eq(True).sum(),
        "dt24": (ordinary < 3).sum(),
        "dt25": euros.amount.sum(),
        "dt26": count(won26, month(won26.cl)),
        "dt27": part(closed, "stage", "Won"),
        "dt28": sums(won[won.currency == "EUR"], "acc_name").pipe(top, 5),
        "dt29": count(won, "acc_region").pipe(top, 1),
        "dt30": (buyers > 1).sum(),
        "dt31": 100 * dollars[dollars.stage == "Negotiation"].amount.sum() / dollars.amount.sum(),
        "dt33": count(qualified, "notes").pipe(top, 1),
        "dt34": part(leads, "status", "Qualified", leads.notes),
        "dt35": leads.notes.eq("Trade fair in May").sum(),
        "dt36": september.last_contact.notna().sum(),
        "dt37": (leads.job_title.eq("CFO") & leads.status.eq("New")).sum(),
        "dt39": ((got.firm == "Norvik Maritime") & (got.day.dt.year == 2026)).sum(),
        "dt40": known.eq("Quillan Health Supply").sum(),
        "dt41": opened.acc_industry.eq("Healthcare").sum(),
        "dt42": sums(december, "currency"),
        "dt43": won26[won26.currency == "GBP"].amount.min(),
        "dt44": count(reps, "manager"),
        "dt45": len(within(deals, "cr", "2026-09-01", "2026-09-30")),
        "dt46": len(within(leads, "cr", "2026-10-01")),
        "dt47": count(qualified, "industry"),
        "dt48": ((leads.location == "Lille") & leads.last_contact.isna()).sum(),
        "dt49": part(leads[leads.notes == "Webinar"], "status", "Qualified"),
        "dt50": count(events[(events.outcome == "CANCELED") & (events.day >= "2026-01-01")], "owner"),
        "dt51": (n := contacts.groupby(known).size())[n > 4],
        "dt52": len(within(unanswered[unanswered.owner == "Claire Dumont"], "day", "2026-01-01")),
        "dt53": sums(euros, quarter(euros.cl)),
        "dt54": opened[opened.owner == "Claire Dumont"].amount.max(),
        "dt55": (opened.cl <= "2026-12-31").sum(),
        "dt56": claire[claire.outcome == "Connected"].duration_s.mean() / 60,
        "dt58": third[third.currency == "EUR"].amount.sum(),
        "dt59": count(within(won, "cl", "2026-10-01"), "owner").pipe(top, 1),
        "dt60": ((opened.owner == "Jonas Weber") & (opened.currency == "EUR") & (opened.amount > 40_000)).sum(),
        "dt61": won[won.currency == "EUR"].groupby("product").amount.mean(),
        "dt62": len(within(calls, "day", "2026-10-26")),
        "dt63": part(closed26, "stage", "Lost", quarter(closed26.cl)),
        "dt64": len(set(dach.account_id) - set(won.account_id)),
        "dt65": count(leads[leads.owner == "Jonas Weber"], "status"),
        "dt66": count(within(sent, "day", "2026-09-01", "2026-09-30"), "owner"),
        "dt67": opened.groupby("owner").age.median(),
        "dt68": count(won26, "product").pipe(top, 3),
        "dt70": (won26.owner == "Sofia Ribeiro").sum(),
        "dt71": sofia[sofia.currency == "EUR"].amount.sum(),
        "dt72": count(within(calls[calls.outcome == "Connected"], "day", "2026-10-01"), "owner"),
        "dt73": count(leads[leads.last_contact.isna()], "owner").pipe(top, 1),
        "dt74": won26[won26.currency == "USD"].amount.mean(),
        "dt75": part(tom[tom.day.dt.year == 2026], "outcome", "Left voicemail"),
        "dt76": (lost.groupby("account_id").size() > 1).sum(),
        "dt77": (within(lost[lost.currency == "EUR"], "cl", "2026-09-01", "2026-09-30").amount > 50_000).sum(),
        "dt78": count(opened, "acc_name").pipe(top, 5),
        "dt79": accounts[accounts.region == "Iberia"].employees.mean(),
    }
    return {
        name: {str(k): float(v) for k, v in value.items()} if hasattr(value, "items") else float(value)
        for name, value in found.items()
    }
