# ruff: noqa: E501  # one question, one line: a table is read across
"""Answers to figures asked as an ops person types, written before any was tried; see figures_in_pandas.py."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.evals.figures_in_pandas import Demo, Maven, _in, _month, _pair, _silence, _top
from tests.evals.hurried_in_pandas import OCT, Q2, Q3, Q4, SEP, Y26, _managed, _named, _size, _win

Y25, NOV, NEXT_WEEK, LAST_WEEK = (
    ("2025-01-01", "2025-12-31"),
    ("2026-11-01", "2026-11-30"),
    ("2026-11-02", "2026-11-08"),
    ("2026-10-19", "2026-10-25"),
)


def _eur(frame: Any) -> Any:
    return frame[frame.currency == "EUR"]


def _usd(frame: Any) -> Any:
    return frame[frame.currency == "USD"]


def _wrote(t: Demo) -> set[str]:
    inbound = _in(t.a[t.a.direction == "inbound"], "at", *Y26)
    return set(inbound.firm) - {""}


def _open_firms(t: Demo) -> set[str]:
    return set(t.open.account_id.map(t.acc.set_index("account_id").name).dropna())


def _seconds(t: Demo) -> Any:
    import pandas as pd

    return pd.to_numeric(t.calls.duration_s, errors="coerce")


OPS_DEMO: Mapping[str, Callable[[Demo], Any]] = {
    "o_won_usd_mean": lambda t: _in(_usd(t.won), "shut", *Y26).amount.mean(),
    "o_best_eur": lambda t: _top(_in(_eur(t.won), "shut", *Y26).groupby("owner").amount.sum(), 1),
    "o_calls_last_week": lambda t: len(_in(t.calls, "at", *LAST_WEEK)),
    "o_meets_next_week": lambda t: len(_in(t.meets, "at", *NEXT_WEEK)),
    "o_won_q4_q3": lambda t: _pair(("2026-Q4", "2026-Q3"), (len(_in(t.won, "shut", *Q4)), len(_in(t.won, "shut", *Q3)))),
    "o_won_eur_q4_q3": lambda t: _pair(("2026-Q4", "2026-Q3"), (_in(_eur(t.won), "shut", *Q4).amount.sum(), _in(_eur(t.won), "shut", *Q3).amount.sum())),
    "o_noshow_manager": lambda t: _managed(t, _named(t.meets[t.meets.outcome == "NO_SHOW"])),
    "o_connect_rep_q3": lambda t: _named(_in(t.calls, "at", *Q3)).pipe(lambda x: (x.outcome == "Connected").groupby(x.owner).mean()),
    "o_voicemail_share": lambda t: (t.calls.outcome == "Left voicemail").mean(),
    "o_old_rep": lambda t: _size(t.open[t.open.age > 120], "owner"),
    "o_open_over_40": lambda t: int((_eur(t.open).amount > 40_000).sum()),
    "o_tom_touched": lambda t: _in(t.a[(t.a.owner == "Tom Okafor") & (t.a.firm != "")], "at", *SEP).firm.nunique(),
    "o_wrote_no_open": lambda t: len(_wrote(t) - _open_firms(t)),
    "o_pipe_usd_rep": lambda t: _usd(t.open).groupby("owner").amount.sum(),
    "o_top3_usd": lambda t: _top(_usd(t.open).set_index("name").amount, 3),
    "o_worst_rate": lambda t: _in(t.done, "shut", *Y26).pipe(lambda x: (x.stage == "Won").groupby(x["product"]).mean()).sort_values().head(1),
    "o_lost_nordics_dach": lambda t: t.lost.groupby("region").size()[["Nordics", "DACH"]],
    "o_held_oct": lambda t: len(_in(t.meets[t.meets.outcome == "COMPLETED"], "at", *OCT)),
    "o_leads_new_rep": lambda t: _size(t.l[t.l.status == "New"], "owner"),
    "o_leads_two": lambda t: int(t.l.industry.isin(["Logistics", "Retail"]).sum()),
    "o_no_answer_month": lambda t: _month(_in(t.calls[t.calls.outcome == "No answer"], "at", *Y26), "at"),
    "o_call_median": lambda t: _seconds(t).median(),
    "o_calls_5min_rep": lambda t: _size(_named(t.calls[_seconds(t) > 300]), "owner"),
    "o_created_sep": lambda t: len(_in(t.d, "made", *SEP)),
    "o_age_proposal": lambda t: t.open[t.open.stage == "Proposal"].age.mean(),
    "o_best_industry": lambda t: (t.done.stage == "Won").groupby(t.done.industry).mean().loc[lambda s: s == s.max()],
    "o_lost_share_region": lambda t: (t.d.stage == "Lost").groupby(t.d.region).mean(),
    "o_top5_inbound": lambda t: _top(_size(t.a[(t.a.kind == "email") & (t.a.direction == "inbound") & (t.a.firm != "")], "firm"), 5),
    "o_silent_90": lambda t: int((_silence(t) > 90).sum()),
    "o_norvik_contacts": lambda t: int((t.c.account_id == t.acc[t.acc.name == "Norvik Maritime"].account_id.iloc[0]).sum()),
    "o_won_month": lambda t: _month(_in(t.won, "shut", *Y26), "shut"),
    "o_won_eur_product": lambda t: _in(_eur(t.won), "shut", *Y26).groupby("product").amount.sum(),
    "o_canceled_rep": lambda t: _size(_named(t.meets[t.meets.outcome == "CANCELED"]), "owner"),
    "o_calls_diff": lambda t: len(_in(t.calls, "at", *Q3)) - len(_in(t.calls, "at", *Q2)),
    "o_gbp_closing": lambda t: _in(t.open[t.open.currency == "GBP"], "shut", *Y26).amount.sum(),
    "o_planned_nov": lambda t: len(_in(t.meets[t.meets.outcome == "SCHEDULED"], "at", *NOV)),
    "o_calls_yesterday": lambda t: len(_in(t.calls, "at", "2026-10-29", "2026-10-29")),
    "o_hanna_rate": lambda t: _in(t.done[t.done.owner == "Hanna Lindqvist"], "shut", *Y25).pipe(lambda x: (x.stage == "Won").mean()),
    "o_no_amount": lambda t: int(t.d.amount.isna().sum()),
}  # fmt: skip

Q1_17, Q3_17, Q4_17 = ("2017-01-01", "2017-03-31"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31")
Y17, DEC_17 = ("2017-01-01", "2017-12-31"), ("2017-12-01", "2017-12-31")

OPS_MAVEN: Mapping[str, Callable[[Maven], Any]] = {
    "p_won_q4_q3": lambda t: _pair(("2017-Q4", "2017-Q3"), (_in(t.won, "shut", *Q4_17).close_value.sum(), _in(t.won, "shut", *Q3_17).close_value.sum())),
    "p_won_mean_region": lambda t: t.won.groupby("office").close_value.mean(),
    "p_loser_dec": lambda t: _top(_size(_in(t.lost, "shut", *DEC_17), "sales_agent"), 1),
    "p_rev_month": lambda t: _in(t.won, "shut", *Y17).pipe(lambda x: x.groupby(x.shut.dt.strftime("%Y-%m")).close_value.sum()),
    "p_anna_engaging": lambda t: int(((t.open.sales_agent == "Anna Snelling") & (t.open.deal_stage == "Engaging")).sum()),
    "p_gtxpro_rate": lambda t: t.done[t.done["product"] == "GTX Pro"].groupby("manager").win.mean(),
    "p_rate": lambda t: _win(_in(t.done, "shut", *Y17)),
    "p_accounts_sector": lambda t: _size(t.acc, "sector"),
    "p_retail_staff": lambda t: t.acc[t.acc.sector == "retail"].employees.mean(),
    "p_won_series_share": lambda t: _size(t.won, "series") / len(t.won),
    "p_west_q4": lambda t: len(_in(t.won[t.won.office == "West"], "shut", *Q4_17)),
    "p_lowest3": lambda t: t.won.groupby("sales_agent").close_value.sum().sort_values().head(3),
    "p_central_cycle": lambda t: t.won[t.won.office == "Central"].cycle.median(),
    "p_top10": lambda t: _top(_size(t.won, "account"), 10),
    "p_hottechi": lambda t: _in(t.won[t.won.account == "Hottechi"], "shut", *Y17).close_value.sum(),
    "p_q1_lost": lambda t: len(_in(t.lost, "made", *Q1_17)),
    "p_no_account": lambda t: t.d.account.isna().mean(),
    "p_west_central": lambda t: _in(t.done, "shut", *Q3_17).groupby("office").win.mean()[["West", "Central"]],
    "p_biggest": lambda t: _in(t.won, "shut", *Y17).close_value.max(),
    "p_abroad": lambda t: int((t.acc.office_location != "United States").sum()),
}  # fmt: skip
