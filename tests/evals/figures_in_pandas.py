# ruff: noqa: E501  # one question, one line: a table is read across
"""Answers to the development questions about figures, computed apart: plain pandas over the CSV files.

Nothing of ours computes here, so that a mistake of ours cannot confirm itself. A key of the question files names an
expression below; its result is a number, or a series of numbers by group.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CLOSED = ("Won", "Lost")
UNANSWERED = ("No answer", "Left voicemail", "Busy")


class Demo:
    """The tables of the demo CRM, with what the questions need beside the columns of the files."""

    def __init__(self, folder: Path, read_in: Mapping[str, tuple[str, str]]) -> None:
        """`read_in` are what the import found of activities by id: the account's name, the sides that wrote."""
        import pandas as pd

        def read(name: str) -> Any:
            return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)

        self.a, self.d, self.l, self.acc = read("activities"), read("deals"), read("leads"), read("accounts")
        self.c, self.reps = read("contacts"), read("reps")
        self.a["at"] = pd.to_datetime(self.a.activity_date)
        self.a["kind"] = self.a.crm_subtype.str.lower()
        self.calls, self.mails = self.a[self.a.kind == "call"], self.a[self.a.kind == "email"]
        self.meets, self.tasks = self.a[self.a.kind == "event"], self.a[self.a.kind == "task"]
        self.d["made"], self.d["shut"] = pd.to_datetime(self.d.created_date), pd.to_datetime(self.d.close_date)
        self.l["made"] = pd.to_datetime(self.l.created_date)
        self.l["met"] = pd.to_datetime(self.l.last_contact)
        happened = self.a[self.a.kind.isin(["email", "call"])]
        self.today = happened["at"].max().normalize()
        by_account = self.acc.set_index("account_id")
        for column in ("industry", "region"):
            self.d[column] = self.d.account_id.map(by_account[column])
        self.d["manager"] = self.d.owner.map(self.reps.set_index("name").manager)
        self.open = self.d[~self.d.stage.isin(CLOSED)].copy()
        self.won, self.lost = self.d[self.d.stage == "Won"].copy(), self.d[self.d.stage == "Lost"].copy()
        self.done = self.d[self.d.stage.isin(CLOSED)].copy()
        self.a["firm"] = self.a.hs_object_id.astype(str).map(lambda i: read_in[i][0])
        self.a["sides"] = self.a.hs_object_id.astype(str).map(lambda i: read_in[i][1])
        self.replies = _replies(self.a)
        self.replies["industry"] = self.replies.firm.map(self.acc.set_index("name").industry)
        self.open["age"] = (self.today - self.open.made).dt.days
        self.done["cycle"] = (self.done.shut - self.done.made).dt.days
        self.won["cycle"] = (self.won.shut - self.won.made).dt.days


def _replies(activities: Any) -> Any:
    """Mails by people that follow one of the account's other side within 30 days, with the hours between."""
    a = activities[(activities.kind == "email") & (activities.direction != "") & (activities.firm != "")]
    a = a[a.sides != "machine"].sort_values(["firm", "at"], kind="stable").copy()
    before = a.groupby("firm").shift()
    a["hours"] = (a["at"] - before["at"]).dt.total_seconds() / 3600
    return a[(before.direction != a.direction) & before.direction.notna() & (a.hours <= 720)].copy()


class Maven:
    """The public sales tables."""

    def __init__(self, folder: Path) -> None:
        import pandas as pd

        self.d = pd.read_csv(folder / "sales_pipeline.csv")
        self.acc, self.teams = pd.read_csv(folder / "accounts.csv"), pd.read_csv(folder / "sales_teams.csv")
        self.products = pd.read_csv(folder / "products.csv")
        self.d["product"] = self.d["product"].replace("GTXPro", "GTX Pro")
        self.d["made"], self.d["shut"] = pd.to_datetime(self.d.engage_date), pd.to_datetime(self.d.close_date)
        teams, accounts = self.teams.set_index("sales_agent"), self.acc.set_index("account")
        self.d["manager"], self.d["office"] = (
            self.d.sales_agent.map(teams.manager),
            self.d.sales_agent.map(teams.regional_office),
        )
        self.d["sector"] = self.d.account.map(accounts.sector)
        self.d["country"] = self.d.account.map(accounts.office_location)
        self.d["series"] = self.d["product"].map(self.products.set_index("product").series)
        self.today = max(self.d.made.max(), self.d.shut.max())
        self.open = self.d[~self.d.deal_stage.isin(CLOSED)].copy()
        self.won, self.lost = self.d[self.d.deal_stage == "Won"].copy(), self.d[self.d.deal_stage == "Lost"].copy()
        self.done = self.d[self.d.deal_stage.isin(CLOSED)].copy()
        self.open["age"] = (self.today - self.open.made).dt.days
        self.won["cycle"] = (self.won.shut - self.won.made).dt.days
        self.done["cycle"] = (self.done.shut - self.done.made).dt.days
        self.done["win"] = (self.done.deal_stage == "Won").astype(float)


def _in(frame: Any, column: str, start: str, end: str) -> Any:
    """The rows whose date lies on one of these days, both included."""
    import pandas as pd

    return frame[(frame[column] >= start) & (frame[column] < pd.Timestamp(end) + pd.Timedelta(days=1))]


def _month(frame: Any, column: str) -> Any:
    return frame.groupby(frame[column].dt.strftime("%Y-%m")).size()


def _week(frame: Any, column: str) -> Any:
    """By the Monday of the week."""
    monday = frame[column].dt.to_period("W-SUN").dt.start_time
    return frame.groupby(monday.dt.strftime("%Y-%m-%d")).size()


def _quarter(frame: Any, column: str) -> Any:
    return frame[column].dt.year.astype(str) + "-Q" + frame[column].dt.quarter.astype(str)


def _two(**values: Any) -> Any:
    import pandas as pd

    return pd.Series({name.replace("_", " "): value for name, value in values.items()})


def _joined(groups: Any) -> Any:
    """The two names of each group as one: "won / Italy"."""
    return groups.set_axis([" / ".join(map(str, names)) for names in groups.index])


def _pair(names: tuple[str, str], values: tuple[float, float]) -> Any:
    import pandas as pd

    return pd.Series(values, index=list(names))


def _top(series: Any, count: int) -> Any:
    return series.sort_values(ascending=False).head(count)


def _mailed(activities: Any) -> set[str]:
    return set(activities[(activities.kind == "email") & (activities.direction == "outbound")].firm) - {""}


def _heard(activities: Any) -> set[str]:
    return set(activities[activities.direction == "inbound"].firm)


def _ones(names: set[str]) -> Any:
    import pandas as pd

    return pd.Series(1.0, index=sorted(names))


def _silence(t: Any) -> Any:
    """Days from the newest activity that is past to the newest day, by account."""
    days = t.a["at"].dt.normalize()
    return (t.today - days[(days <= t.today) & (t.a.firm != "")].groupby(t.a.firm).max()).dt.days


def _ours(t: Any) -> Any:
    return t.replies[t.replies.direction == "outbound"]


def _theirs(t: Any) -> Any:
    return t.replies[t.replies.direction == "inbound"]


def _sum(t: Any, quarter: tuple[str, str]) -> float:
    return float(_in(t.won, "shut", *quarter).close_value.sum())


Y26 = ("2026-01-01", "2026-12-31")
SEP_26 = ("2026-09-01", "2026-09-30")
Q3_26, Q2_26 = ("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30")
Q1_17, Q2_17, Q3_17, Q4_17 = (
    ("2017-01-01", "2017-03-31"),
    ("2017-04-01", "2017-06-30"),
    ("2017-07-01", "2017-09-30"),
    ("2017-10-01", "2017-12-31"),
)

DEMO: Mapping[str, Callable[[Demo], Any]] = {
    "act_sundays": lambda t: int((t.a["at"].dt.day_of_week == 6).sum()),
    "unanswered_march_rep": lambda t: _in(t.calls[t.calls.outcome.isin(UNANSWERED)], "at", "2026-03-01", "2026-03-31").groupby("owner").size(),
    "unanswered_rep": lambda t: t.calls[t.calls.outcome.isin(UNANSWERED)].groupby("owner").size(),
    "calls_march_rep": lambda t: _in(t.calls, "at", "2026-03-01", "2026-03-31").groupby("owner").size(),
    "age_stage": lambda t: t.open.groupby("stage").age.median(),
    "mean_age": lambda t: t.open.age.mean(),
    "held_priya_tom": lambda t: _two(**{n: (t.meets[t.meets.owner == n.replace("_", " ")].outcome == "COMPLETED").mean() for n in ("Priya_Raman", "Tom_Okafor")}),
    "held_share": lambda t: (t.meets.outcome == "COMPLETED").mean(),
    "activities": lambda t: len(t.a),
    "activities_month": lambda t: _month(t.a, "at"),
    "calls": lambda t: len(t.calls),
    "calls_priya_q2": lambda t: len(_in(t.calls[t.calls.owner == "Priya Raman"], "at", *Q2_26)),
    "calls_month": lambda t: _month(t.calls, "at"),
    "calls_rep": lambda t: t.calls.groupby("owner").size(),
    "calls_outcome": lambda t: t.calls[t.calls.outcome != ""].groupby("outcome").size(),
    "mails_out_2026": lambda t: len(_in(t.mails[t.mails.direction == "outbound"], "at", *Y26)),
    "mails_in_month_26": lambda t: _month(_in(t.mails[t.mails.direction == "inbound"], "at", *Y26), "at"),
    "mails_tom_july_in": lambda t: len(_in(t.mails[(t.mails.direction == "inbound") & (t.mails.owner == "Tom Okafor")], "at", "2026-07-01", "2026-07-31")),
    "mails_direction": lambda t: t.mails.groupby("direction").size(),
    "meets_held_june": lambda t: len(_in(t.meets[t.meets.outcome == "COMPLETED"], "at", "2026-06-01", "2026-06-30")),
    "noshow_rep": lambda t: t.meets[t.meets.outcome == "NO_SHOW"].groupby("owner").size(),
    "noshow_rate": lambda t: (t.meets.outcome == "NO_SHOW").mean(),
    "canceled": lambda t: int((t.meets.outcome == "CANCELED").sum()),
    "tasks_open": lambda t: int((t.tasks.outcome == "NOT_STARTED").sum()),
    "tasks_done_rep": lambda t: t.tasks[t.tasks.outcome == "COMPLETED"].groupby("owner").size(),
    "type": lambda t: t.a.kind.replace("postal", "other").value_counts(),
    "unanswered_share_rep": lambda t: t.calls.assign(u=t.calls.outcome.isin(UNANSWERED)).groupby("owner").u.mean(),
    "voicemail_q3": lambda t: len(_in(t.calls[t.calls.outcome == "Left voicemail"], "at", *Q3_26)),
    "connect_rate": lambda t: (t.calls.outcome == "Connected").mean(),
    "duration_mean": lambda t: t.calls[t.calls.duration_s != ""].duration_s.astype(float).mean(),
    "duration_rep": lambda t: t.calls[t.calls.duration_s != ""].assign(s=lambda x: x.duration_s.astype(float)).groupby("owner").s.mean(),
    "calls_q3_q2": lambda t: _pair(("2026-Q3", "2026-Q2"), (len(_in(t.calls, "at", *Q3_26)), len(_in(t.calls, "at", *Q2_26)))),
    "calls_sep_aug": lambda t: _pair(("2026-09", "2026-08"), (len(_in(t.calls, "at", *SEP_26)), len(_in(t.calls, "at", "2026-08-01", "2026-08-31")))),
    "leads_cold_90": lambda t: len(t.l[t.l.met.isna() | (t.l.met < "2026-08-01")]),
    "act_acc_max": lambda t: t.a[t.a.firm != ""].groupby("firm").size().max(),
    "calls_last90": lambda t: len(_in(t.calls, "at", "2026-08-01", "2026-10-30")),
    "weekday": lambda t: t.calls.groupby(t.calls["at"].dt.day_name()).size(),
    "busiest": lambda t: _top(_in(t.calls, "at", "2026-09-01", "2026-09-30").groupby("owner").size(), 1),
    "deals": lambda t: len(t.d),
    "open": lambda t: len(t.open),
    "open_stage": lambda t: t.open.groupby("stage").size(),
    "open_rep": lambda t: t.open.groupby("owner").size(),
    "won_rep": lambda t: t.won.groupby("owner").size(),
    "won_product": lambda t: t.won.groupby("product").size(),
    "won_tot_rep": lambda t: t.won.groupby("owner").amount.sum(),
    "won_tot": lambda t: t.won.groupby("currency").amount.sum(),
    "won_mean_usd": lambda t: t.won[t.won.currency == "USD"].amount.mean(),
    "won_max_eur": lambda t: t.won[t.won.currency == "EUR"].amount.max(),
    "open_tot_stage_eur": lambda t: t.open[t.open.currency == "EUR"].groupby("stage").amount.sum(),
    "open_median_gbp": lambda t: t.open[t.open.currency == "GBP"].amount.median(),
    "rate": lambda t: len(t.won) / len(t.done),
    "rate_rep": lambda t: (t.done.stage == "Won").groupby(t.done.owner).mean(),
    "rate_product_26": lambda t: _in(t.done, "shut", *Y26).pipe(lambda x: (x.stage == "Won").groupby(x["product"]).mean()),
    "rate_manager": lambda t: (t.done.stage == "Won").groupby(t.done.manager).mean(),
    "rate_industry": lambda t: (t.done.stage == "Won").groupby(t.done.industry).mean(),
    "won_sep_aug": lambda t: _pair(("2026-09", "2026-08"), (len(_in(t.won, "shut", "2026-09-01", "2026-09-30")), len(_in(t.won, "shut", "2026-08-01", "2026-08-31")))),
    "won_than_last_q": lambda t: _pair(("2026-Q4", "2026-Q3"), (len(_in(t.won, "shut", "2026-10-01", "2026-12-31")), len(_in(t.won, "shut", *Q3_26)))),
    "won_quarter": lambda t: t.won.groupby(_quarter(t.won, "shut")).size(),
    "cycle_rep": lambda t: t.won.groupby("owner").cycle.mean(),
    "cycle_median": lambda t: t.done.cycle.median(),
    "gbp_over50": lambda t: int(((t.d.currency == "GBP") & (t.d.amount > 50000)).sum()),
    "dock_open": lambda t: int((t.open["product"] == "Tessera Dock").sum()),
    "top5_eur": lambda t: _top(t.open[t.open.currency == "EUR"].set_index("name").amount, 5),
    "lost_26_product": lambda t: _in(t.lost, "shut", *Y26).groupby("product").size(),
    "created_q3": lambda t: len(_in(t.d, "made", *Q3_26)),
    "open_older_180": lambda t: int((t.open.age > 180).sum()),
    "products_priya": lambda t: t.won[t.won.owner == "Priya Raman"]["product"].nunique(),
    "neg_dach": lambda t: int(((t.d.stage == "Negotiation") & (t.d.region == "DACH")).sum()),
    "currency": lambda t: t.d.groupby("currency").size(),
    "open_share": lambda t: len(t.open) / len(t.d),
    "leads": lambda t: len(t.l),
    "leads_status": lambda t: t.l.groupby("status").size(),
    "leads_new": lambda t: int((t.l.status == "New").sum()),
    "leads_industry": lambda t: t.l[t.l.industry != ""].groupby("industry").size(),
    "leads_qualified_rep": lambda t: t.l[t.l.status == "Qualified"].groupby("owner").size(),
    "leads_contacted_june_week": lambda t: _week(_in(t.l, "met", "2026-06-01", "2026-10-30"), "met"),
    "leads_created_june_week": lambda t: _week(_in(t.l, "made", "2026-06-01", "2026-10-30"), "made"),
    "leads_created_may": lambda t: len(_in(t.l, "made", "2026-05-01", "2026-05-31")),
    "leads_no_industry": lambda t: int((t.l.industry == "").sum()),
    "leads_share_qualified": lambda t: (t.l.status == "Qualified").mean(),
    "accounts": lambda t: len(t.acc),
    "accounts_region": lambda t: t.acc.groupby("region").size(),
    "accounts_rep": lambda t: t.acc.groupby("owner").size(),
    "accounts_energy": lambda t: int((t.acc.industry == "Energy").sum()),
    "accounts_over1000": lambda t: int((t.acc.employees > 1000).sum()),
    "accounts_no_open": lambda t: len(set(t.acc.account_id) - set(t.open.account_id)),
    "accounts_won_lost": lambda t: len(set(t.won.account_id) & set(t.lost.account_id)),
    "accounts_open_neg": lambda t: t.d[t.d.stage == "Negotiation"].account_id.nunique(),
    "employees_mean_industry": lambda t: t.acc.groupby("industry").employees.mean(),
    "top3_employees": lambda t: _top(t.acc.set_index("name").employees, 3),
    "contacts": lambda t: len(t.c),
    "contacts_opted": lambda t: int((t.c.opted_out.astype(str).str.lower() == "true").sum()),
    "act_acc_mean": lambda t: t.a[t.a.firm != ""].groupby("firm").size().mean(),
    "act_acc_median": lambda t: t.a[t.a.firm != ""].groupby("firm").size().median(),
    "call_rep_mean": lambda t: t.calls[t.calls.owner != ""].groupby("owner").size().mean(),
    "call_month_by_rep": lambda t: t.calls[t.calls.owner != ""].groupby(["owner", t.calls["at"].dt.to_period("M")]).size().groupby("owner").mean(),
    "deal_acc_mean": lambda t: t.d[t.d.account_id != ""].groupby("account_id").size().mean(),
    "open_rep_mean": lambda t: t.open[t.open.owner != ""].groupby("owner").size().mean(),
    "contacts_acc_mean": lambda t: t.c[t.c.account_id != ""].groupby("account_id").size().mean(),
    "mails_out_week_mean": lambda t: _week(t.mails[t.mails.direction == "outbound"], "at").mean(),
    "won_eur_rep_mean": lambda t: t.won[t.won.currency == "EUR"].groupby("owner").amount.sum().mean(),
    "won_eur_share_product": lambda t: t.won[t.won.currency == "EUR"].groupby("product").amount.sum().pipe(lambda s: s / s.sum()),
    "open_eur_share_stage": lambda t: t.open[t.open.currency == "EUR"].groupby("stage").amount.sum().pipe(lambda s: s / s.sum()),
    "open_usd_neg_share": lambda t: t.open[t.open.currency == "USD"].pipe(lambda x: x[x.stage == "Negotiation"].amount.sum() / x.amount.sum()),
    "won_value_share_rep": lambda t: t.won.groupby(["owner", "currency"]).amount.sum().pipe(lambda s: s / s.groupby("currency").transform("sum")).droplevel("currency"),
    "won_growth_q3_q2": lambda t: len(_in(t.won, "shut", *Q3_26)) / len(_in(t.won, "shut", *Q2_26)) - 1,
    "calls_growth_q3_q2": lambda t: len(_in(t.calls, "at", *Q3_26)) / len(_in(t.calls, "at", *Q2_26)) - 1,
    "won_q3_q2": lambda t: _pair(("2026-Q3", "2026-Q2"), (len(_in(t.won, "shut", *Q3_26)), len(_in(t.won, "shut", *Q2_26)))),
    "calls_than_last_q": lambda t: _pair(("2026-Q4", "2026-Q3"), (len(_in(t.calls, "at", "2026-10-01", "2026-12-31")), len(_in(t.calls, "at", *Q3_26)))),
    "won_diff_q3_q2": lambda t: len(_in(t.won, "shut", *Q3_26)) - len(_in(t.won, "shut", *Q2_26)),
    "calls_growth_sep_aug": lambda t: len(_in(t.calls, "at", "2026-09-01", "2026-09-30")) / len(_in(t.calls, "at", "2026-08-01", "2026-08-31")) - 1,
    "acc_called_priya": lambda t: t.calls[(t.calls.owner == "Priya Raman") & (t.calls.kind == "call")].index.map(t.a.firm).to_series().loc[lambda s: s != ""].nunique(),
    "acc_mailed_26": lambda t: _in(t.a[(t.a.kind == "email") & (t.a.direction == "outbound") & (t.a.firm != "")], "at", *Y26).firm.nunique(),
    "reps_called_june": lambda t: _in(t.calls[t.calls.owner != ""], "at", "2026-06-01", "2026-06-30").owner.nunique(),
    "mailed_silent_26": lambda t: len(_mailed(_in(t.a, "at", *Y26)) - _heard(_in(t.a, "at", *Y26))),
    "mailed_silent": lambda t: len(_mailed(t.a) - _heard(t.a)),
    "mailed_silent_list": lambda t: _ones(_mailed(t.a) - _heard(t.a)),
    "acc_quiet_60": lambda t: len(set(t.acc.name) - set(_in(t.a, "at", "2026-08-31", "2026-10-30").firm)),
    "acc_no_call_july": lambda t: len(set(t.acc.name) - set(_in(t.a[t.a.kind == "call"], "at", "2026-07-01", "2026-10-30").firm)),
    "acc_never_called": lambda t: len(set(t.acc.name) - set(t.a[t.a.kind == "call"].firm)),
    "acc_never_called_share": lambda t: len(set(t.acc.name) - set(t.a[t.a.kind == "call"].firm)) / len(t.acc),
    "acc_open_share": lambda t: t.acc.account_id.isin(t.open.account_id).mean(),
    "unanswered_top": lambda t: _top(t.calls[t.calls.outcome.isin(UNANSWERED)].groupby("owner").size(), 1),
    "unanswered_share_by_rep": lambda t: t.calls[t.calls.owner != ""].assign(u=t.calls.outcome.isin(UNANSWERED)).groupby("owner").u.mean(),
    "unanswered_rep_q3": lambda t: _in(t.calls[t.calls.outcome.isin(UNANSWERED)], "at", *Q3_26).groupby("owner").size(),
    "age_neg": lambda t: t.open[t.open.stage == "Negotiation"].age.mean(),
    "cycle_product_won": lambda t: t.won.groupby("product").cycle.mean(),
    "cycle_won_mean": lambda t: t.won.cycle.mean(),
    "deals_week_june": lambda t: _week(_in(t.d, "made", "2026-06-01", "2026-10-30"), "made"),
    "calls_month_26": lambda t: _month(_in(t.calls, "at", *Y26), "at"),
    "calls_mom_26": lambda t: _month(_in(t.calls, "at", *Y26), "at").pct_change().dropna(),
    "silence_acc": lambda t: _silence(t),
    "silence_top": lambda t: _silence(t).sort_values(ascending=False, kind="stable").head(10),
    "silence_rep_mean": lambda t: _silence(t).groupby(t.acc.set_index("name").owner).mean(),
    "reply_both": lambda t: _pair(("ours", "theirs"), (_ours(t).hours.mean(), _theirs(t).hours.mean())),
    "reply_ours_mean": lambda t: _ours(t).hours.mean(),
    "reply_ours_median": lambda t: _ours(t).hours.median(),
    "reply_ours_rep": lambda t: _ours(t).pipe(lambda x: x[x.owner != ""].groupby("owner").hours.mean()),
    "reply_theirs_mean": lambda t: _theirs(t).hours.mean(),
    "reply_theirs_logistics": lambda t: _theirs(t).pipe(lambda x: x[x.industry == "Logistics"].hours.mean()),
    "reply_ours_norvik": lambda t: _ours(t).pipe(lambda x: x[x.firm == "Norvik Maritime"].hours.mean()),
    "reply_theirs_industry": lambda t: _theirs(t).groupby("industry").hours.median(),
    "inbound_share_month_26": lambda t: _in(t.mails, "at", *Y26).pipe(lambda x: (x.direction == "inbound").groupby(x["at"].dt.strftime("%Y-%m")).mean()),
    "held_noshow": lambda t: _pair(("held", "no show"), ((t.meets.outcome == "COMPLETED").sum(), (t.meets.outcome == "NO_SHOW").sum())),
    "won_eur_mean_q3_q2": lambda t: _pair(("2026-Q3", "2026-Q2"), tuple(_in(t.won[t.won.currency == "EUR"], "shut", *q).amount.mean() for q in (Q3_26, Q2_26))),
    "won_diff_priya_tom": lambda t: int((t.won.owner == "Priya Raman").sum() - (t.won.owner == "Tom Okafor").sum()),
    "act_acc_top": lambda t: _top(t.a[t.a.firm != ""].groupby("firm").size(), 1),
    "open_eur_per_acc": lambda t: t.open[t.open.currency == "EUR"].merge(t.acc, on="account_id").groupby("name_y").amount.mean(),
    "most_open_account": lambda t: t.open.merge(t.acc, on="account_id").groupby("name_y").size().pipe(lambda s: s[s == s.max()]),
    "un_marco_sep": lambda t: len(_in(t.calls[t.calls.outcome.isin(UNANSWERED) & (t.calls.owner == "Marco Bellini")], "at", *SEP_26)),
    "canceled_rep_q3": lambda t: _in(t.meets[t.meets.outcome == "CANCELED"], "at", *Q3_26).groupby("owner").size(),
    "mails_out_aug_rep": lambda t: _in(t.mails[t.mails.direction == "outbound"], "at", "2026-08-01", "2026-08-31").groupby("owner").size(),
    "lost_26_industry": lambda t: _in(t.lost[t.lost.industry != ""], "shut", *Y26).groupby("industry").size(),
    "un_sofia_26": lambda t: len(_in(t.calls[t.calls.outcome.isin(UNANSWERED) & (t.calls.owner == "Sofia Ribeiro")], "at", *Y26)),
    "acc_never_met": lambda t: len(set(t.acc.name) - set(t.a[t.a.kind == "event"].firm)),
    "answered_hanna_claire": lambda t: _in(t.calls, "at", *Y26).pipe(lambda x: (x.outcome.isin(["Connected", "Left live message"])).groupby(x.owner).mean()[["Hanna Lindqvist", "Claire Dumont"]]),
    "cycle_median_product": lambda t: t.won.groupby("product").cycle.median(),
    "open_max_eur": lambda t: t.open[t.open.currency == "EUR"].amount.max(),
    "leads_status_rep": lambda t: t.l[(t.l.owner != "") & (t.l.status != "")].groupby(["status", "owner"]).size().pipe(_joined),
    "leads_manufacturing": lambda t: int((t.l.industry == "Manufacturing").sum()),
    "industry_top3": lambda t: _top(t.acc.groupby("industry").size(), 3),
    "employees_won": lambda t: t.acc[t.acc.account_id.isin(t.won.account_id)].employees.mean(),
    "mails_both_sep": lambda t: _in(t.mails[t.mails.direction != ""], "at", *SEP_26).groupby("direction").size(),
    "talk_rep_q2": lambda t: _in(t.calls[t.calls.duration_s != ""], "at", *Q2_26).assign(s=lambda x: x.duration_s.astype(float)).groupby("owner").s.sum() / 60,
    "longest_call_rep": lambda t: _top(_in(t.calls[t.calls.duration_s != ""], "at", *Y26).assign(s=lambda x: x.duration_s.astype(float)).groupby("owner").s.max(), 1),
    "created_q3_lost": lambda t: len(_in(t.lost, "made", *Q3_26)),
    "type_26": lambda t: _in(t.a, "at", *Y26).kind.replace("postal", "other").value_counts(),
    "tasks_share": lambda t: len(t.tasks) / len(t.a),
    "acc_called_daniel": lambda t: _in(t.a[(t.a.kind == "call") & (t.a.owner == "Daniel Kerr") & (t.a.firm != "")], "at", "2026-07-01", "2026-07-31").firm.nunique(),
    "acc_20_mails": lambda t: int((t.a[(t.a.kind == "email") & (t.a.firm != "")].groupby("firm").size() > 20).sum()),
    "won_gbp_month": lambda t: _in(t.won[t.won.currency == "GBP"], "shut", *Y26).pipe(lambda x: x.groupby(x["shut"].dt.strftime("%Y-%m")).amount.sum()),
    "fewest_mails_sep": lambda t: _in(t.mails[(t.mails.direction == "outbound") & (t.mails.owner != "")], "at", *SEP_26).groupby("owner").size().pipe(lambda s: s[s == s.min()]),
    "open_over_100k": lambda t: int((t.open.amount > 100_000).sum()),
    "dock_value_stage": lambda t: t.d[t.d["product"] == "Tessera Dock"].groupby(["stage", "currency"]).amount.sum().pipe(lambda s: s.set_axis([f"{stage} ({money})" for stage, money in s.index])),
    "open_no_mail_26": lambda t: _ones(set(t.acc[t.acc.account_id.isin(t.open.account_id)].name) - set(_in(t.a[(t.a.kind == "email") & (t.a.direction == "inbound")], "at", *Y26).firm)),
    "oldest_rep": lambda t: _top(t.open.groupby("owner").age.max(), 1),
    "largest_won_rep": lambda t: _top(_in(t.won[t.won.currency == "EUR"], "shut", *Y26).groupby("owner").amount.max(), 1),
    "mailed_open": lambda t: len(_mailed(_in(t.a, "at", *Y26)) & set(t.acc[t.acc.account_id.isin(t.open.account_id)].name)),
}  # fmt: skip

MAVEN: Mapping[str, Callable[[Maven], Any]] = {
    "deals": lambda t: len(t.d),
    "founded_mean": lambda t: t.acc.year_established.mean(),
    "won_founded_after_1990": lambda t: int(
        t.won.account.map(t.acc.set_index("account").year_established).gt(1990).sum()
    ),
    "won_agent_q3": lambda t: _in(t.won, "shut", *Q3_17).groupby("sales_agent").close_value.sum(),
    "rate_product": lambda t: t.done.groupby("product").win.mean(),
    "rate": lambda t: t.done.win.mean(),
    "rate_sector": lambda t: t.done.groupby("sector").win.mean(),
    "rate_manager": lambda t: t.done.groupby("manager").win.mean(),
    "rate_office": lambda t: t.done.groupby("office").win.mean(),
    "best_manager": lambda t: _top(t.done.groupby("manager").win.mean(), 1),
    "rate_two": lambda t: t.done.groupby("sales_agent").win.mean()[["Darcel Schlecht", "Vicki Laflamme"]],
    "rate_q4": lambda t: _in(t.done, "shut", *Q4_17).win.mean(),
    "top5": lambda t: _top(t.acc.set_index("account").revenue, 5),
    "top3_staff": lambda t: _top(t.acc.set_index("account").employees, 3),
    "cycle_manager": lambda t: t.won.groupby("manager").cycle.mean(),
    "cycle_office": lambda t: t.won.groupby("office").cycle.mean(),
    "cycle_won": lambda t: t.won.cycle.mean(),
    "cycle_all_median": lambda t: t.done.cycle.median(),
    "cycle_product": lambda t: t.won.groupby("product").cycle.mean(),
    "best_sector": lambda t: _top(t.won.groupby("sector").close_value.mean(), 1),
    "mean_sector": lambda t: t.won.groupby("sector").close_value.mean(),
    "mean_won": lambda t: t.won.close_value.mean(),
    "median_series": lambda t: t.won.groupby("series").close_value.median(),
    "open_q4": lambda t: len(_in(t.open, "made", *Q4_17)),
    "q2_q1": lambda t: _pair(("2017-Q2", "2017-Q1"), (len(_in(t.won, "shut", *Q2_17)), len(_in(t.won, "shut", *Q1_17)))),
    "won_anna": lambda t: int((t.won.sales_agent == "Anna Snelling").sum()),
    "won_agent": lambda t: t.won.groupby("sales_agent").size(),
    "tech_revenue": lambda t: t.acc[t.acc.sector == "technolgy"].revenue.mean(),
    "acme_staff": lambda t: int(t.acc[t.acc.account == "Acme Corporation"].employees.iloc[0]),
    "no_account": lambda t: int(t.d.account.isna().sum()),
    "open_no_account": lambda t: int(t.open.account.isna().sum()),
    "stage": lambda t: t.d.groupby("deal_stage").size(),
    "open_stage": lambda t: t.open.groupby("deal_stage").size(),
    "month_17": lambda t: _in(t.won, "shut", "2017-01-01", "2017-12-31").pipe(lambda x: x.groupby(x.shut.dt.strftime("%Y-%m")).close_value.sum()),
    "quarter_won": lambda t: t.won.groupby(_quarter(t.won, "shut")).close_value.sum(),
    "kenya": lambda t: int((t.acc.office_location == "Kenya").sum()),
    "countries": lambda t: t.acc.groupby("office_location").size(),
    "sectors": lambda t: t.acc.groupby("sector").size(),
    "best_2017": lambda t: _top(_in(t.won, "shut", "2017-01-01", "2017-12-31").groupby("sales_agent").size(), 1),
    "q3_q2": lambda t: _pair(("2017-Q3", "2017-Q2"), (_in(t.won, "shut", *Q3_17).close_value.sum(), _in(t.won, "shut", *Q2_17).close_value.sum())),
    "over_1000": lambda t: int((t.acc.revenue > 1000).sum()),
    "over_100_days": lambda t: int((t.done.cycle > 100).sum()),
    "east_lost_dec": lambda t: int((_in(t.lost, "shut", "2017-12-01", "2017-12-31").office == "East").sum()),
    "won_total": lambda t: t.won.close_value.sum(),
    "won_office": lambda t: t.won.groupby("office").close_value.sum(),
    "won_product": lambda t: t.won.groupby("product").close_value.sum(),
    "won_account_top3": lambda t: _top(t.won.groupby("account").close_value.sum(), 3),
    "lost_product": lambda t: t.lost.groupby("product").size(),
    "engaged_month": lambda t: _month(t.d[t.d.made.notna()], "made"),
    "accounts": lambda t: len(t.acc),
    "accounts_gtk": lambda t: t.won[t.won["product"] == "GTK 500"].account.nunique(),
    "accounts_no_won": lambda t: len(set(t.acc.account) - set(t.won.account)),
    "parents": lambda t: t.acc.groupby("subsidiary_of").size(),
    "children": lambda t: int(t.acc.subsidiary_of.notna().sum()),
    "agents_won_q1": lambda t: _in(t.won, "shut", *Q1_17).sales_agent.nunique(),
    "max_won": lambda t: t.won.close_value.max(),
    "over_20000": lambda t: int((t.won.close_value > 20000).sum()),
    "cancity": lambda t: int((t.won.account == "Cancity").sum()),
    "cancity_value": lambda t: t.won[t.won.account == "Cancity"].close_value.sum(),
    "age_agent": lambda t: t.open[t.open.made.notna()].groupby("sales_agent").age.median(),
    "age": lambda t: t.open.age.mean(),
    "dustin": lambda t: t.won[t.won.manager == "Dustin Brinkmann"].close_value.sum(),
    "mg_special_west": lambda t: int(((t.won["product"] == "MG Special") & (t.won.office == "West")).sum()),
    "retail_won_q2": lambda t: len(_in(t.won[t.won.sector == "retail"], "shut", *Q2_17)),
    "engaging_share": lambda t: (t.d.deal_stage == "Engaging").mean(),
    "not_retail": lambda t: int((t.acc.sector != "retail").sum()),
    "two_products": lambda t: t.won["product"].value_counts()[["GTX Basic", "MG Special"]],
    "staff_sector": lambda t: t.acc.groupby("sector").employees.median(),
    "within_30": lambda t: int((t.won.cycle <= 30).sum()),
    "deal_acc_mean": lambda t: t.d.groupby("account").size().mean(),
    "done_agent_mean": lambda t: t.done.groupby("sales_agent").size().mean(),
    "won_agent_median": lambda t: t.won.groupby("sales_agent").size().median(),
    "won_share_office": lambda t: t.won.groupby("office").close_value.sum() / t.won.close_value.sum(),
    "won_share_product": lambda t: t.won.groupby("product").close_value.sum() / t.won.close_value.sum(),
    "won_share_gtxpro": lambda t: t.won[t.won["product"] == "GTX Pro"].close_value.sum() / t.won.close_value.sum(),
    "won_share_manager_q4": lambda t: _in(t.won, "shut", *Q4_17).groupby("manager").close_value.sum().pipe(lambda s: s / s.sum()),
    "won_growth_q4_q3": lambda t: _sum(t, Q4_17) / _sum(t, Q3_17) - 1,
    "won_diff_value_q3_q2": lambda t: _sum(t, Q3_17) - _sum(t, Q2_17),
    "won_qoq": lambda t: t.won.groupby(_quarter(t.won, "shut")).close_value.sum().pct_change().dropna(),
    "products_agent": lambda t: t.won.groupby("sales_agent")["product"].nunique(),
    "sectors_won": lambda t: t.won.sector.nunique(),
    "agents_won_dec": lambda t: _in(t.won, "shut", "2017-12-01", "2017-12-31").sales_agent.nunique(),
    "mean_won_q2_q1": lambda t: _pair(("2017-Q2", "2017-Q1"), tuple(_in(t.won, "shut", *q).close_value.mean() for q in (Q2_17, Q1_17))),
    "rate_west_east": lambda t: t.done.groupby("office").win.mean()[["West", "East"]],
    "cycle_sector_rank": lambda t: _top(t.done.groupby("sector").cycle.mean(), 10),
    "rev_agent_top10": lambda t: _top(t.won.groupby("sales_agent").close_value.sum(), 10),
    "rate_series": lambda t: t.done.groupby("series").win.mean(),
    "won_month_mean": lambda t: _month(t.won, "shut").mean(),
    "won_value_month_mean": lambda t: t.won.groupby(t.won.shut.dt.strftime("%Y-%m")).close_value.mean(),
    "won_value_month_manager": lambda t: t.won.groupby(["manager", t.won.shut.dt.to_period("M")]).close_value.sum().groupby("manager").mean(),
    "within30_share": lambda t: (t.done.cycle <= 30).mean(),
    "rate_q4_q3": lambda t: _pair(("2017-Q4", "2017-Q3"), tuple(_in(t.done, "shut", *q).win.mean() for q in (Q4_17, Q3_17))),
    "rate_change": lambda t: _in(t.done, "shut", *Q4_17).win.mean() - _in(t.done, "shut", *Q3_17).win.mean(),
    "won_growth_office": lambda t: _in(t.won, "shut", *Q4_17).groupby("office").close_value.sum() / _in(t.won, "shut", *Q3_17).groupby("office").close_value.sum() - 1,
    "worst_agent": lambda t: t.done.groupby("sales_agent").win.mean().sort_values().head(1),
}  # fmt: skip
