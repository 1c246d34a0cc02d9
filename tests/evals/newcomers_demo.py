"""Answers to newcomers' questions over the demo CRM, written by a hand that saw no code; each is named as its question.

Shares, rates and changes in percent are fractions; weeks are named by their Monday; the last 30
days begin 30 days before the newest one.
"""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

NEWCOMERS_DEMO: dict[str, Callable[[Any], Any]] = {}
FILES = ("accounts", "activities", "contacts", "deals", "leads", "reps")


def _pd() -> Any:
    import pandas

    return pandas


def newcomers_demo_files(folder: Path) -> Any:
    """The files as pandas reads them."""
    return SimpleNamespace(**{name: _pd().read_csv(folder / f"{name}.csv", low_memory=False) for name in FILES})


def _answer(compute: Callable[[Any], Any]) -> Callable[[Any], Any]:
    NEWCOMERS_DEMO[compute.__name__] = compute
    return compute


def blank(s: Any) -> Any:
    return s.isna() | s.astype(str).str.strip().isin(["", "nan", "NaT"])


def dt(s: Any) -> Any:
    return _pd().to_datetime(s, errors="coerce")


def today(t: Any) -> Any:
    a = t.activities
    return dt(a.activity_date[a.outcome.fillna("") != "SCHEDULED"]).max().normalize()


def acts(t: Any, kind: Any = None, lo: Any = None, hi: Any = None) -> Any:
    """activities with day column; lo/hi are inclusive days"""
    a = t.activities.copy()
    a["day"] = dt(a.activity_date).dt.normalize()
    a["dur"] = _pd().to_numeric(a.duration_s, errors="coerce")
    if kind:
        a = a[a.crm_subtype == kind]
    if lo:
        a = a[a.day >= _pd().Timestamp(lo)]
    if hi:
        a = a[a.day <= _pd().Timestamp(hi)]
    return a


def deals(t: Any) -> Any:
    d = t.deals.copy()
    d["cr"], d["cl"] = (dt(d.created_date), dt(d.close_date))
    d["open"] = ~d.stage.isin(["Won", "Lost"])
    d["age"] = (today(t) - d.cr).dt.days
    d["cycle"] = (d.cl - d.cr).dt.days
    ac = t.accounts.set_index("account_id")
    d["account"] = d.account_id.map(ac["name"])
    d["sector"] = d.account_id.map(ac.industry)
    d["region"] = d.account_id.map(ac.region)
    d["manager"] = d.owner.map(t.reps.set_index("name").manager)
    return d


def leads(t: Any) -> Any:
    x = t.leads.copy()
    x["cr"], x["lc"] = (dt(x.created_date), dt(x.last_contact))
    x["manager"] = x.owner.map(t.reps.set_index("name").manager)
    return x


def won(d: Any) -> Any:
    return d[d.stage == "Won"]


def lost(d: Any) -> Any:
    return d[d.stage == "Lost"]


def opn(d: Any) -> Any:
    return d[d.open]


def between(d: Any, c: Any, lo: Any, hi: Any) -> Any:
    return d[(d[c] >= _pd().Timestamp(lo)) & (d[c] <= _pd().Timestamp(hi))]


def winrate(d: Any, by: Any = None) -> Any:
    c = d[~d.open]
    w = c.stage == "Won"
    return w.groupby(c[by]).mean() if by else w.mean()


def team(t: Any, m: Any) -> Any:
    return set(t.reps.name[t.reps.manager == m])


def num(v: Any) -> Any:
    v = float(v)
    return v


def dic(s: Any) -> Any:
    assert s.index.is_unique
    return {str(k): num(v) for k, v in s.items()}


def cnt(x: Any, by: Any) -> Any:
    return dic(x.groupby(by).size())


def month(s: Any) -> Any:
    return s.dt.strftime("%Y-%m")


def quarter(s: Any) -> Any:
    return s.dt.year.astype(int).astype(str) + "-Q" + s.dt.quarter.astype(int).astype(str)


def top(s: Any, n: Any) -> Any:
    return dic(s.sort_values(ascending=False).head(n))


@_answer
def nd001(t: Any) -> Any:
    a = acts(t, "Call", "2026-10-19", "2026-10-25")
    return len(a[a.owner == "Tom Okafor"])


@_answer
def nd002(t: Any) -> Any:
    a = acts(t, "Call", "2026-10-01", "2026-10-31")
    a = a[a.owner == "Priya Raman"]
    return num((a.outcome == "Connected").mean())


@_answer
def nd003(t: Any) -> Any:
    d = opn(deals(t))
    return num(d.amount[(d.owner == "Claire Dumont") & (d.currency == "EUR")].sum())


@_answer
def nd004(t: Any) -> Any:
    d = opn(deals(t))
    return num(d.age[d.owner == "Jonas Weber"].max())


@_answer
def nd005(t: Any) -> Any:
    a = acts(t, "Email", "2026-09-01", "2026-09-30")
    return len(a[(a.owner == "Marco Bellini") & (a.direction == "inbound")])


@_answer
def nd006(t: Any) -> Any:
    d = opn(deals(t))
    return top(d[d.owner == "Sofia Ribeiro"].groupby("account").size(), 1)


@_answer
def nd007(t: Any) -> Any:
    a = acts(t, None, "2026-01-01", "2026-12-31")
    a = a[a.owner == "Hanna Lindqvist"]
    return num((a.crm_subtype == "Email").sum() / (a.crm_subtype == "Call").sum())


@_answer
def nd008(t: Any) -> Any:
    x = leads(t)
    return len(x[(x.owner == "Tom Okafor") & (x.status == "New")])


@_answer
def nd009(t: Any) -> Any:
    d = won(deals(t))
    return num(d.amount[(d.owner == "Priya Raman") & (d.currency == "USD")].median())


@_answer
def nd010(t: Any) -> Any:
    a = acts(t, "Call", today(t) - _pd().Timedelta(days=30), today(t))
    return cnt(a[a.outcome == "No answer"], "owner")


@_answer
def nd011(t: Any) -> Any:
    d = won(between(deals(t), "cl", "2026-01-01", "2026-12-31"))
    return num(d.amount[d.currency == "USD"].max())


@_answer
def nd012(t: Any) -> Any:
    d = opn(deals(t))
    return top(d[d.owner == "Hanna Lindqvist"].set_index("name").amount, 3)


@_answer
def nd013(t: Any) -> Any:
    c = t.contacts.merge(t.accounts[["account_id", "name"]].rename(columns={"name": "acc"}), on="account_id")
    return len(c[c.acc == "Garnet Utilities"])


@_answer
def nd014(t: Any) -> Any:
    a = acts(t, None, None, today(t))
    return num((today(t) - a.day[a.account == "Nyborg Solar"].max()).days)


@_answer
def nd015(t: Any) -> Any:
    a = acts(t, "Call", "2026-09-01", "2026-09-30")
    return num(a.dur[a.outcome == "Connected"].mean())


@_answer
def nd016(t: Any) -> Any:
    a = acts(t, "Call", "2026-01-01", "2026-12-31")
    a = a[a.owner == "Sofia Ribeiro"]
    return num((a.outcome == "Left voicemail").mean())


@_answer
def nd017(t: Any) -> Any:
    a = acts(t, "Task")
    return len(a[(a.owner == "Marco Bellini") & (a.outcome == "NOT_STARTED")])


@_answer
def nd018(t: Any) -> Any:
    a = acts(t, "Call", "2026-10-01", "2026-12-31")
    a = a[(a.owner == "Hanna Lindqvist") & ~blank(a.account)]
    return num(a.account.nunique())


@_answer
def nd021(t: Any) -> Any:
    return dic(winrate(between(deals(t), "cl", "2026-01-01", "2026-12-31"), "owner"))


@_answer
def nd022(t: Any) -> Any:
    d = won(deals(t))
    d = d.assign(q=quarter(d.cl))
    return cnt(d[d.q.isin(["2026-Q3", "2025-Q3"])], "q")


@_answer
def nd023(t: Any) -> Any:
    return cnt(opn(deals(t)), "stage")


@_answer
def nd024(t: Any) -> Any:
    d = won(between(deals(t), "cl", "2026-01-01", "2026-12-31"))
    return cnt(d[d.owner.isin(["Claire Dumont", "Jonas Weber"])], "owner")


@_answer
def nd025(t: Any) -> Any:
    return top(winrate(deals(t), "product"), 1)


@_answer
def nd026(t: Any) -> Any:
    return dic(won(deals(t)).groupby("manager").cycle.mean())


@_answer
def nd027(t: Any) -> Any:
    d = opn(deals(t))
    return len(d[(d.currency == "EUR") & (d.amount > 100000)])


@_answer
def nd028(t: Any) -> Any:
    return num((opn(deals(t)).age > 180).mean())


@_answer
def nd029(t: Any) -> Any:
    d = won(between(deals(t), "cl", "2026-01-01", "2026-12-31"))
    return top(d.groupby(month(d.cl)).size(), 1)


@_answer
def nd030(t: Any) -> Any:
    d = deals(t)
    return len(between(d, "cr", "2026-07-01", "2026-09-30")) - len(between(d, "cr", "2026-04-01", "2026-06-30"))


@_answer
def nd031(t: Any) -> Any:
    d = deals(t)
    s = d[(d.stage == "Negotiation") & d.owner.isin(team(t, "Ingrid Solberg"))].groupby("owner").size()
    return dic(s.nsmallest(1))


@_answer
def nd032(t: Any) -> Any:
    x = leads(t)
    x = x[x.manager == "Rafael Costa"]
    return cnt(x, "status")


@_answer
def nd033(t: Any) -> Any:
    a = acts(t, "Event", "2026-01-01", "2026-12-31")
    return num(a.outcome.isin(["CANCELED", "NO_SHOW"]).sum())


@_answer
def nd035(t: Any) -> Any:
    s = opn(deals(t)).groupby("account").size()
    return dic(s[s >= 8])


@_answer
def nd036(t: Any) -> Any:
    return cnt(opn(between(deals(t), "cl", "2026-11-01", "2026-11-30")), "owner")


@_answer
def nd037(t: Any) -> Any:
    return len(set(t.accounts.account_id) - set(opn(deals(t)).account_id))


@_answer
def nd038(t: Any) -> Any:
    d = won(between(deals(t), "cl", "2026-01-01", "2026-12-31"))
    d = d[d.currency == "USD"]
    return dic(d.groupby(quarter(d.cl)).amount.sum())


@_answer
def nd041(t: Any) -> Any:
    a = acts(t, "Call", "2026-09-28", "2026-10-25")
    return cnt(a, (a.day - _pd().to_timedelta(a.day.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d"))


@_answer
def nd042(t: Any) -> Any:
    a = acts(t, "Call", "2026-01-01", "2026-12-31")
    return cnt(a, a.day.dt.day_name())


@_answer
def nd043(t: Any) -> Any:
    d = opn(deals(t))
    return dic(d[d.currency == "EUR"].groupby("owner").amount.median())


@_answer
def nd044(t: Any) -> Any:
    a = acts(t, "Email", "2026-07-01", "2026-09-30")
    return num((a.direction == "inbound").mean())


@_answer
def nd045(t: Any) -> Any:
    x = between(leads(t), "cr", "2026-01-01", "2026-12-31")
    return dic(x.status.value_counts(normalize=True))


@_answer
def nd046(t: Any) -> Any:
    return dic(lost(deals(t)).groupby("product").cycle.median())


@_answer
def nd047(t: Any) -> Any:
    c = t.contacts[t.contacts.opted_out.astype(str).str.lower() == "true"]
    return cnt(c, c.account_id.map(t.accounts.set_index("account_id").region))


@_answer
def nd048(t: Any) -> Any:
    return num(blank(t.leads.industry).mean())


@_answer
def nd049(t: Any) -> Any:
    return top(won(deals(t)).groupby("sector").size(), 3)


@_answer
def nd050(t: Any) -> Any:
    d = won(between(deals(t), "cl", "2026-01-01", "2026-12-31"))
    return num(d.amount[d.currency == "GBP"].sum())


@_answer
def nd051(t: Any) -> Any:
    return num(len(t.contacts) / len(t.accounts))


@_answer
def nd052(t: Any) -> Any:
    x = leads(t)
    x = x[x.status == "New"]
    return num((today(t) - x.cr).dt.days.median())


@_answer
def nd053(t: Any) -> Any:
    x = t.leads
    return dic(blank(x.last_contact).groupby(x.owner).mean())


@_answer
def nd054(t: Any) -> Any:
    x = between(leads(t), "cr", "2026-05-01", "2026-10-31")
    return cnt(x, month(x.cr))


@_answer
def nd055(t: Any) -> Any:
    a = acts(t, "Event", "2026-01-01", today(t))
    a = a[a.outcome == "COMPLETED"]
    return cnt(a, quarter(a.day))


@_answer
def nd056(t: Any) -> Any:
    d = deals(t)
    return dic(winrate(d[d.region.isin(["DACH", "Nordics"])], "region"))


@_answer
def nd057(t: Any) -> Any:
    d = opn(deals(t))
    return cnt(d[d.cl.isna()], "stage")


@_answer
def nd058(t: Any) -> Any:
    a = t.accounts
    return num(a.revenue[a.employees > 500].sum() / a.revenue.sum())


@_answer
def nd062(t: Any) -> Any:
    a = t.accounts
    g = a.groupby("industry").employees.agg(["mean", "size"])
    return dic(g["mean"][g["size"] >= 5])


@_answer
def nd063(t: Any) -> Any:
    return top(t.accounts.set_index("name").revenue, 5)


@_answer
def nd064(t: Any) -> Any:
    x = t.leads[t.leads.notes.fillna("").str.contains("Webinar")]
    return num((x.status == "Qualified").mean())


@_answer
def nd065(t: Any) -> Any:
    d = deals(t)
    big = set(t.accounts.account_id[t.accounts.employees > 500])
    return num(winrate(d[d.account_id.isin(big)]))


@_answer
def nd067(t: Any) -> Any:
    return num((leads(t).manager == "Ingrid Solberg").mean())


@_answer
def nd068(t: Any) -> Any:
    def f(lo: str, hi: str) -> Any:
        return (acts(t, "Email", lo, hi).direction == "outbound").sum()

    n, o = (f("2026-09-01", "2026-09-30"), f("2026-08-01", "2026-08-31"))
    return num((n - o) / o)


@_answer
def nd069(t: Any) -> Any:
    return top(t.leads.groupby("location").size(), 3)


@_answer
def nd070(t: Any) -> Any:
    return num(won(deals(t)).account_id.nunique())


@_answer
def nd071(t: Any) -> Any:
    d = won(deals(t))
    return top(d[d.currency == "EUR"].groupby("product").amount.mean(), 1)


@_answer
def nd072(t: Any) -> Any:
    a = acts(t, None, "2026-01-01", today(t))
    s = a.groupby(a.day.dt.strftime("%Y-%m-%d")).size()
    return top(s, 1)


@_answer
def nd073(t: Any) -> Any:
    return num(len(acts(t, "Call", "2026-09-01", "2026-09-30")) / 30)


@_answer
def nd074(t: Any) -> Any:
    x = between(leads(t), "cr", "2026-01-01", "2026-12-31")
    return num(((today(t) - x.lc).dt.days > 90).sum())


@_answer
def nd075(t: Any) -> Any:
    a = acts(t, None, today(t) - _pd().Timedelta(days=30), today(t))
    return len(set(t.accounts.name) - set(a.account.dropna()))


@_answer
def nd076(t: Any) -> Any:
    x = leads(t)
    x = x[x.lc.notna()]
    return num((x.lc - x.cr).dt.days.mean())


@_answer
def nd077(t: Any) -> Any:
    return cnt(acts(t, "Postal"), "owner")
