# ruff: noqa: E501  # one question, one line: a table is read across
"""Answers to the questions about figures that a second sitting wrote in a hurry; see figures_in_pandas.py."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.evals.figures_in_pandas import (
    UNANSWERED,
    Demo,
    Maven,
    _in,
    _joined,
    _month,
    _pair,
    _silence,
    _top,
)

TODAY, SUMMER, SPRING, AUTUMN_25 = "2026-10-30", "2026-06-01", "2026-03-01", "2025-09-01"
Q2, Q3, Q4 = (("2026-04-01", "2026-06-30"), ("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"))
Y26, MAY, JUNE = ("2026-01-01", "2026-12-31"), ("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")
AUG, SEP, OCT = ("2026-08-01", "2026-08-31"), ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31")


def _size(frame: Any, by: Any) -> Any:
    return frame.groupby(by).size()


def _named(frame: Any) -> Any:
    return frame[frame.owner != ""]


def _managed(t: Demo, frame: Any) -> Any:
    return _size(frame, frame.owner.map(t.reps.set_index("name").manager))


def _long(t: Demo) -> int:
    import pandas as pd

    return int((pd.to_numeric(t.calls.duration_s, errors="coerce") > 600).sum())


def _expected(t: Demo) -> Any:
    return t.open[t.open.shut.notna()]


HURRIED_DEMO: Mapping[str, Callable[[Demo], Any]] = {
    "h_leads_summer_rep": lambda t: _size(_in(t.l, "made", SUMMER, TODAY), "owner"),
    "h_leads_q3_q2": lambda t: _pair(("2026-Q3", "2026-Q2"), (len(_in(t.l, "made", *Q3)), len(_in(t.l, "made", *Q2)))),
    "h_leads_month": lambda t: _month(_in(t.l, "made", "2026-01-01", TODAY), "made"),
    "h_leads_summer": lambda t: len(_in(t.l, "made", SUMMER, TODAY)),
    "h_leads_january": lambda t: len(_in(t.l, "made", "2026-01-01", TODAY)),
    "h_leads_may_june": lambda t: _pair(("2026-05", "2026-06"), (len(_in(t.l, "made", *MAY)), len(_in(t.l, "made", *JUNE)))),
    "h_leads_no_email": lambda t: int((t.l.email == "").sum()),
    "h_leads_size": lambda t: _size(t.l[t.l.company_size != ""], "company_size"),
    "h_leads_location": lambda t: _size(t.l[t.l.location != ""], "location"),
    "h_won_spring": lambda t: len(_in(t.won, "shut", SPRING, TODAY)),
    "h_lost_spring": lambda t: len(_in(t.lost, "shut", SPRING, TODAY)),
    "h_rate_autumn": lambda t: _in(t.done, "shut", AUTUMN_25, TODAY).pipe(lambda x: (x.stage == "Won").groupby(x["product"]).mean()),
    "h_calls_summer": lambda t: len(_in(t.calls, "at", SUMMER, TODAY)),
    "h_gbp_median": lambda t: t.d[(t.d.currency == "GBP") & t.d.amount.notna()].groupby("stage").amount.median(),
    "h_priya_mails": lambda t: t.mails[(t.mails.owner == "Priya Raman") & (t.mails.direction == "outbound")].pipe(lambda x: _pair(("2026-09", "2026-08"), (len(_in(x, "at", *SEP)), len(_in(x, "at", *AUG))))),
    "h_loser": lambda t: _top(_size(t.lost, "product"), 1),
    "h_age_negotiation": lambda t: t.open[t.open.stage == "Negotiation"].age.mean(),
    "h_meet_weekday": lambda t: _size(t.meets, t.meets["at"].dt.day_name()),
    "h_calls_rep_month": lambda t: _joined(_named(_in(t.calls, "at", *Q3)).pipe(lambda x: x.groupby(["owner", x["at"].dt.strftime("%Y-%m")]).size())),
    "h_nordic_idle": lambda t: len(set(t.acc[t.acc.region == "Nordics"].account_id) - set(t.open.account_id)),
    "h_no_title": lambda t: int((t.c.title == "").sum()),
    "h_big_accounts": lambda t: int((t.acc.employees > 500).sum()),
    "h_open_eur_product": lambda t: t.open[t.open.currency == "EUR"].groupby("product").amount.sum(),
    "h_open_gbp_max": lambda t: t.open[t.open.currency == "GBP"].amount.max(),
    "h_top3_won": lambda t: _top(_size(_in(t.won, "shut", *Y26), "owner"), 3),
    "h_long_calls": _long,
    "h_unanswered_q4": lambda t: _named(_in(t.calls, "at", *Q4)).pipe(lambda x: x.outcome.isin(UNANSWERED).groupby(x.owner).mean()),
    "h_expected_q4": lambda t: len(_in(_expected(t), "shut", *Q4)),
    "h_overdue": lambda t: int((_expected(t).shut < t.today).sum()),
    "h_cycle_region": lambda t: t.won.groupby("region").cycle.mean(),
    "h_firms_called": lambda t: _in(t.calls[t.calls.direction != "inbound"], "at", *OCT).index.map(t.a.firm).to_series().loc[lambda s: s != ""].nunique(),
    "h_least_active": lambda t: _size(_named(_in(t.a, "at", *SEP)), "owner").sort_values().head(1),
    "h_mails_in_month": lambda t: _month(_in(t.mails[t.mails.direction == "inbound"], "at", *Y26), "at"),
    "h_meets_account": lambda t: t.meets.index.map(t.a.firm).to_series().loc[lambda s: s != ""].value_counts().mean(),
    "h_won_q3_q2": lambda t: _pair(("2026-Q3", "2026-Q2"), (len(_in(t.won, "shut", *Q3)), len(_in(t.won, "shut", *Q2)))),
    "h_canceled": lambda t: int(t.meets.outcome.isin(["CANCELED", "CANCELLED"]).sum()),
    "h_rate_rep": lambda t: (t.done.stage == "Won").groupby(t.done.owner).mean(),
    "h_noshow_spring": lambda t: _size(_named(_in(t.meets[t.meets.outcome == "NO_SHOW"], "at", SPRING, TODAY)), "owner"),
    "h_lost_gbp": lambda t: t.lost[(t.lost.currency == "GBP") & t.lost.amount.notna()].groupby("owner").amount.sum(),
    "h_manager_calls": lambda t: _top(_managed(t, _named(_in(t.calls, "at", *Q3))), 1),
    "h_deals_account": lambda t: t.d[t.d.account_id.astype(str).isin(set(t.acc.account_id))].groupby("account_id").size().mean(),
    "h_mailers": lambda t: _top(_size(_named(_in(t.mails[t.mails.direction == "outbound"], "at", SUMMER, TODAY)), "owner"), 3),
    "h_quietest": lambda t: _top(_silence(t), 5),
}  # fmt: skip

Q3_17, Q4_17, Y17 = ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"), ("2017-01-01", "2017-12-31")


def _win(frame: Any) -> Any:
    return (frame.deal_stage == "Won").mean()


HURRIED_MAVEN: Mapping[str, Callable[[Maven], Any]] = {
    "founded_before_1990": lambda t: int((t.acc.year_established < 1990).sum()),
    "g_won_summer": lambda t: len(_in(t.won, "shut", "2017-06-01", "2017-12-31")),
    "g_seasons": lambda t: _pair(("2017-03-01 to 2017-05-31", "2017-06-01 to 2017-08-31"), (_win(_in(t.done, "shut", "2017-03-01", "2017-05-31")), _win(_in(t.done, "shut", "2017-06-01", "2017-08-31")))),
    "g_series_median": lambda t: t.done.groupby("series").close_value.median(),
    "g_short_cycle": lambda t: t.done.groupby("sector").cycle.mean().sort_values().head(1),
    "g_west_agents": lambda t: _size(t.d[t.d.office == "West"], "sales_agent"),
    "g_gtk": lambda t: t.won[t.won["product"] == "GTK 500"].account.nunique(),
    "g_retail_medical": lambda t: t.won.groupby("sector").close_value.mean()[["retail", "medical"]],
    "g_lost_manager": lambda t: _size(_in(t.lost, "shut", *Q4_17), "manager"),
    "g_top_accounts": lambda t: _top(t.won.groupby("account").close_value.sum(), 5),
    "g_software_share": lambda t: (t.won.sector == "software").mean(),
    "g_staff": lambda t: t.acc.groupby("sector").employees.mean(),
    "g_low_rate": lambda t: t.done.groupby("product").win.mean().sort_values().head(1),
    "g_darcel": lambda t: _in(t.won[t.won.sales_agent == "Darcel Schlecht"], "shut", *Y17).pipe(lambda x: x.groupby(x.shut.dt.strftime("%Y-%m")).close_value.sum()),
    "g_east_central": lambda t: t.won[t.won.office == "East"].close_value.sum() - t.won[t.won.office == "Central"].close_value.sum(),
    "g_mg_cycle": lambda t: t.done[t.done["product"] == "MG Special"].cycle.mean(),
    "g_prospecting": lambda t: int((t.d.deal_stage == "Prospecting").sum()),
    "g_quarter_region": lambda t: _joined(t.won.groupby([t.won.shut.dt.year.astype(str) + "-Q" + t.won.shut.dt.quarter.astype(str), "office"]).size()),
    "g_engaging_age": lambda t: t.open[t.open.deal_stage == "Engaging"].age.median(),
    "g_best_month": lambda t: _top(_in(t.won, "shut", *Y17).pipe(lambda x: x.groupby(x.shut.dt.strftime("%Y-%m")).close_value.sum()), 1),
    "g_lost_q3_q4": lambda t: _pair(("2017-Q3", "2017-Q4"), (len(_in(t.lost, "shut", *Q3_17)), len(_in(t.lost, "shut", *Q4_17)))),
    "g_autumn_winner": lambda t: _top(_size(_in(t.won, "shut", "2017-09-01", "2017-12-31"), "sales_agent"), 1),
}  # fmt: skip
