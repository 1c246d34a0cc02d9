"""Answers to strangers' questions over the demo CRM, written by a hand that saw no code; see figures_in_pandas.py."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

STRANGERS_DEMO: dict[str, Callable[[Any], Any]] = {}
FILES = {"a": "activities", "acc": "accounts", "con": "contacts", "d": "deals", "l": "leads", "r": "reps"}


def _pd() -> Any:
    import pandas

    return pandas


def demo_files(folder: Path) -> Any:
    """The files as pandas reads them."""
    return SimpleNamespace(**{name: _pd().read_csv(folder / f"{file}.csv") for name, file in FILES.items()})


def _answer(compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    STRANGERS_DEMO[compute.__name__] = compute
    return compute


def A(t: Any) -> Any:
    a = t.a.copy()
    a["dt"] = _pd().to_datetime(a.activity_date).dt.normalize()
    return a.merge(t.r[["name", "manager"]].rename(columns={"name": "owner"}), on="owner", how="left")


def today(t: Any) -> Any:
    return _pd().to_datetime(t.a[t.a.outcome != "SCHEDULED"].activity_date).max().normalize()


def D(t: Any) -> Any:
    d = t.d.copy()
    d["created"] = _pd().to_datetime(d.created_date)
    d["close"] = _pd().to_datetime(d.close_date)
    d["open"] = ~d.stage.isin(["Won", "Lost"])
    d["age"] = (today(t) - d.created).dt.days
    d["cycle"] = (d.close - d.created).dt.days
    d = d.merge(t.r[["name", "manager"]].rename(columns={"name": "owner"}), on="owner", how="left")
    ac = t.acc[["account_id", "name", "industry", "region"]].rename(columns={"name": "account"})
    return d.merge(ac, on="account_id", how="left")


def L(t: Any) -> Any:
    x = t.l.copy()
    x["created"] = _pd().to_datetime(x.created_date)
    x["last"] = _pd().to_datetime(x.last_contact)
    return x


def calls(t: Any) -> Any:
    x = A(t)
    return x[x.crm_subtype == "Call"]


def events(t: Any) -> Any:
    x = A(t)
    return x[x.crm_subtype == "Event"]


def emails(t: Any) -> Any:
    x = A(t)
    return x[x.crm_subtype == "Email"]


def opn(t: Any) -> Any:
    x = D(t)
    return x[x.open]


def won(t: Any) -> Any:
    x = D(t)
    return x[x.stage == "Won"]


def lost(t: Any) -> Any:
    x = D(t)
    return x[x.stage == "Lost"]


def closed(t: Any) -> Any:
    x = D(t)
    return x[~x.open]


def per(df: Any, col: Any, start: Any, end: Any) -> Any:
    """rows whose date lies in start..end, both days included"""
    return df[(df[col] >= _pd().Timestamp(start)) & (df[col] <= _pd().Timestamp(end))]


def P(t: Any, name: Any) -> Any:
    t = today(t)
    m, qs = t.replace(day=1), t.to_period("Q").start_time.normalize()
    y, w = t.replace(month=1, day=1), t - _pd().Timedelta(days=t.weekday())
    one = _pd().Timedelta(days=1)
    return {
        "today": (t, t),
        "yesterday": (t - one, t - one),
        "this week": (w, t),
        "last week": (w - 7 * one, w - one),
        "this month": (m, t),
        "last month": ((m - one).replace(day=1), m - one),
        "next month": (m + _pd().offsets.MonthBegin(1), m + _pd().offsets.MonthEnd(1) + _pd().offsets.MonthEnd(1)),
        "this quarter": (qs, t),
        "last quarter": ((t.to_period("Q") - 1).start_time.normalize(), qs - one),
        "q2": ((t.to_period("Q") - 2).start_time.normalize(), (t.to_period("Q") - 1).start_time.normalize() - one),
        "ytd": (y, t),
        "h1": (y, y.replace(month=6, day=30)),
    }[name]


def back(t: Any, days: Any) -> Any:
    """the last `days` days, today included"""
    return today(t) - _pd().Timedelta(days=days - 1), today(t)


def since(t: Any, month: Any, day: Any = 1) -> Any:
    return _pd().Timestamp(today(t).year, month, day), today(t)


def num(x: Any) -> float:
    return float(x)


def dic(s: Any) -> dict[str, float]:
    return {re.sub(r"(?<=\d)Q", "-Q", str(k)): float(v) for k, v in s.items()}


def top(s: Any, n: int, asc: bool = False) -> dict[str, float]:
    return dic(s.sort_values(ascending=asc, kind="stable").iloc[:n])


def pct(part: float, whole: float) -> float:
    return part / whole


def sizes(df: Any, by: Any) -> Any:
    return df.groupby(by).size()


@_answer
def calls_of_rep_last_week(t: Any) -> Any:
    c = per(calls(t), "dt", *P(t, "last week"))
    return len(c[c.owner == "Tom Okafor"])


@_answer
def open_deals_by_rep(t: Any) -> Any:
    return dic(sizes(opn(t), "owner"))


@_answer
def open_amount_eur(t: Any) -> Any:
    x = opn(t)
    return num(x[x.currency == "EUR"].amount.sum())


@_answer
def avg_won_usd_ytd(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "ytd"))
    return num(x[x.currency == "USD"].amount.mean())


@_answer
def share_open_older_180(t: Any) -> Any:
    x = opn(t)
    return pct((x.age > 180).sum(), len(x))


@_answer
def win_rate_last_quarter(t: Any) -> Any:
    x = per(closed(t), "close", *P(t, "last quarter"))
    return pct((x.stage == "Won").sum(), len(x))


@_answer
def bottom_reps_outbound_since_may(t: Any) -> Any:
    x = per(calls(t), "dt", *since(t, 5))
    return top(sizes(x[x.direction == "outbound"], "owner"), 3, asc=True)


@_answer
def reps_over_10_negotiation(t: Any) -> Any:
    s = sizes(D(t).query("stage == 'Negotiation'"), "owner")
    return dic(s[s > 10])


@_answer
def accounts_without_call_since_august(t: Any) -> Any:
    c = per(calls(t), "dt", *since(t, 8))
    return int((~t.acc.name.isin(c.account)).sum())


@_answer
def deals_without_close_date(t: Any) -> Any:
    return int(t.d.close_date.isna().sum())


@_answer
def won_eur_over_50k_since_jan(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "ytd"))
    return len(x[(x.currency == "EUR") & (x.amount > 50000)])


@_answer
def no_shows_ytd(t: Any) -> Any:
    x = per(events(t), "dt", *P(t, "ytd"))
    return int((x.outcome == "NO_SHOW").sum())


@_answer
def voicemail_share_outbound_q3(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last quarter"))
    x = x[x.direction == "outbound"]
    return pct((x.outcome == "Left voicemail").sum(), len(x))


@_answer
def calls_by_month_may_sep(t: Any) -> Any:
    x = per(calls(t), "dt", "2026-05-01", "2026-09-30")
    return dic(sizes(x, x.dt.dt.to_period("M")))


@_answer
def activities_yesterday_by_type(t: Any) -> Any:
    x = per(A(t), "dt", *P(t, "yesterday"))
    return dic(sizes(x, x.crm_subtype.str.lower()))


@_answer
def leads_1000plus_new(t: Any) -> Any:
    return len(t.l[(t.l.company_size == "1000+") & (t.l.status == "New")])


@_answer
def avg_age_open(t: Any) -> Any:
    return num(opn(t).age.mean())


@_answer
def oldest_open_priya(t: Any) -> Any:
    x = opn(t)
    return num(x[x.owner == "Priya Raman"].age.max())


@_answer
def distinct_accounts_called_hanna_6w(t: Any) -> Any:
    x = per(calls(t), "dt", *back(t, 42))
    return int(x[x.owner == "Hanna Lindqvist"].account.nunique())


@_answer
def won_claire_vs_jonas_ytd(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "ytd"))
    x = x[x.owner.isin(["Claire Dumont", "Jonas Weber"])]
    return dic(sizes(x, "owner"))


@_answer
def won_q3_minus_q2(t: Any) -> Any:
    return len(per(won(t), "close", *P(t, "last quarter"))) - len(per(won(t), "close", *P(t, "q2")))


@_answer
def lost_eur_dock(t: Any) -> Any:
    x = lost(t)
    return num(x[(x["product"] == "Tessera Dock") & (x.currency == "EUR")].amount.sum())


@_answer
def won_eur_by_product_h1(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "h1"))
    return dic(x[x.currency == "EUR"].groupby("product").amount.sum())


@_answer
def top_owners_not_started_tasks(t: Any) -> Any:
    x = A(t)
    x = x[(x.crm_subtype == "Task") & (x.outcome == "NOT_STARTED")]
    return top(sizes(x, "owner"), 3)


@_answer
def leads_stale_90(t: Any) -> Any:
    return int((L(t)["last"] < today(t) - _pd().Timedelta(days=90)).sum())


@_answer
def leads_never_contacted_by_owner(t: Any) -> Any:
    return dic(sizes(t.l[t.l.last_contact.isna()], "owner"))


@_answer
def connected_team_ingrid_last_month(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last month"))
    return len(x[(x.manager == "Ingrid Solberg") & (x.outcome == "Connected")])


@_answer
def avg_minutes_connected_q3(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last quarter"))
    return num(x[x.outcome == "Connected"].duration_s.mean() / 60)


@_answer
def longest_call_minutes_ytd(t: Any) -> Any:
    return num(per(calls(t), "dt", *P(t, "ytd")).duration_s.max() / 60)


@_answer
def meetings_held_vs_cancelled_h1(t: Any) -> Any:
    x = per(events(t), "dt", *P(t, "h1"))
    x = x[x.outcome.isin(["COMPLETED", "CANCELED"])]
    return dic(sizes(x, x.outcome.map({"COMPLETED": "held", "CANCELED": "canceled"})))


@_answer
def median_open_usd(t: Any) -> Any:
    x = opn(t)
    return num(x[x.currency == "USD"].amount.median())


@_answer
def max_open_gbp(t: Any) -> Any:
    x = opn(t)
    return num(x[x.currency == "GBP"].amount.max())


@_answer
def top_industries_open(t: Any) -> Any:
    return top(sizes(opn(t), "industry"), 3)


@_answer
def accounts_us_west_over_200(t: Any) -> Any:
    return len(t.acc[(t.acc.region == "US West") & (t.acc.employees > 200)])


@_answer
def accounts_over_8_open(t: Any) -> Any:
    s = sizes(opn(t), "account")
    return dic(s[s > 8])


@_answer
def days_since_last_call_kestrel(t: Any) -> Any:
    x = calls(t)
    return int((today(t) - x.loc[x.account == "Kestrel Solar", "dt"].max()).days)


@_answer
def open_eur_three_regions(t: Any) -> Any:
    x = opn(t)
    x = x[(x.currency == "EUR") & x.region.isin(["DACH", "Iberia", "Nordics"])]
    return dic(x.groupby("region").amount.sum())


@_answer
def inbound_emails_by_week_4(t: Any) -> Any:
    s, e = P(t, "last week")
    x = per(emails(t), "dt", s - _pd().Timedelta(days=21), e)
    x = x[x.direction == "inbound"]
    return dic(sizes(x, (x.dt - _pd().to_timedelta(x.dt.dt.day_of_week, unit="D")).dt.date))


@_answer
def deals_created_by_quarter(t: Any) -> Any:
    x = per(D(t), "created", "2025-07-01", "2026-09-30")
    return dic(sizes(x, x.created.dt.to_period("Q")))


@_answer
def meetings_scheduled_next_month(t: Any) -> Any:
    x = per(events(t), "dt", *P(t, "next month"))
    return int((x.outcome == "SCHEDULED").sum())


@_answer
def connect_rate_by_manager_q3(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last quarter"))
    x = x[x.manager.notna()]
    return dic((x.outcome == "Connected").groupby(x.manager).mean())


@_answer
def negotiation_eur_next_month(t: Any) -> Any:
    x = per(D(t), "close", *P(t, "next month"))
    return num(x[(x.stage == "Negotiation") & (x.currency == "EUR")].amount.sum())


@_answer
def calls_change_september_vs_august(t: Any) -> Any:
    x = calls(t)
    s, p = len(per(x, "dt", "2026-09-01", "2026-09-30")), len(per(x, "dt", "2026-08-01", "2026-08-31"))
    return pct(s - p, p)


@_answer
def won_eur_by_rep_ytd(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "ytd"))
    return dic(x[x.currency == "EUR"].groupby("owner").amount.sum())


@_answer
def leads_by_company_size(t: Any) -> Any:
    return dic(sizes(t.l[t.l.company_size.notna()], "company_size"))


@_answer
def accounts_claire_without_call_since_july(t: Any) -> Any:
    c = per(calls(t), "dt", *since(t, 7))
    x = t.acc[t.acc.owner == "Claire Dumont"]
    return int((~x.name.isin(c.account)).sum())


@_answer
def deals_created_q3_vs_year_before(t: Any) -> Any:
    x = D(t)
    n = x.created.dt.to_period("Q").astype(str).value_counts()
    return {k.replace("Q", "-Q"): num(n.get(k, 0)) for k in ("2026Q3", "2025Q3")}


@_answer
def no_answer_jonas_ytd(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "ytd"))
    return len(x[(x.owner == "Jonas Weber") & (x.outcome == "No answer")])


@_answer
def avg_age_open_by_stage(t: Any) -> Any:
    return dic(opn(t).groupby("stage").age.mean())


@_answer
def win_rate_by_manager_ytd(t: Any) -> Any:
    x = per(closed(t), "close", *P(t, "ytd"))
    return dic((x.stage == "Won").groupby(x.manager).mean())


@_answer
def reps_lost_over_8_ytd(t: Any) -> Any:
    s = sizes(per(lost(t), "close", *P(t, "ytd")), "owner")
    return dic(s[s > 8])


@_answer
def leads_no_email_qualified(t: Any) -> Any:
    return len(t.l[t.l.email.isna() & (t.l.status == "Qualified")])


@_answer
def won_sofia_last_quarter(t: Any) -> Any:
    x = per(won(t), "close", *P(t, "last quarter"))
    return len(x[x.owner == "Sofia Ribeiro"])


@_answer
def avg_open_usd_by_product(t: Any) -> Any:
    x = opn(t)
    return dic(x[x.currency == "USD"].groupby("product").amount.mean())


@_answer
def qualified_share_created_ytd(t: Any) -> Any:
    x = per(L(t), "created", *P(t, "ytd"))
    return pct((x.status == "Qualified").sum(), len(x))


@_answer
def owners_over_4_outbound_september(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last month"))
    s = sizes(x[x.direction == "outbound"], "owner")
    return dic(s[s > 4])


@_answer
def voicemails_last_month_by_owner(t: Any) -> Any:
    x = per(calls(t), "dt", *P(t, "last month"))
    return dic(sizes(x[x.outcome == "Left voicemail"], "owner"))


@_answer
def top_accounts_open_eur(t: Any) -> Any:
    x = opn(t)
    return top(x[x.currency == "EUR"].groupby("account").amount.sum(), 3)


@_answer
def accounts_lost_never_won(t: Any) -> Any:
    return len(set(lost(t).account_id) - set(won(t).account_id))


@_answer
def median_cycle_won_by_product(t: Any) -> Any:
    return dic(won(t).groupby("product").cycle.median())


@_answer
def avg_age_discovery_marco(t: Any) -> Any:
    x = opn(t)
    return num(x[(x.stage == "Discovery") & (x.owner == "Marco Bellini")].age.mean())


@_answer
def lost_gbp_ytd(t: Any) -> Any:
    x = per(lost(t), "close", *P(t, "ytd"))
    return num(x[x.currency == "GBP"].amount.sum())


@_answer
def leads_created_by_month_h1(t: Any) -> Any:
    x = per(L(t), "created", *P(t, "h1"))
    return dic(sizes(x, x.created.dt.to_period("M")))


@_answer
def energy_accounts_open_over_100k(t: Any) -> Any:
    x = opn(t)
    x = x[(x.currency == "EUR") & (x.amount > 100000) & (x.industry == "Energy")]
    return int(x.account_id.nunique())


@_answer
def top_owners_avg_revenue(t: Any) -> Any:
    return top(t.acc.groupby("owner").revenue.mean(), 3)
