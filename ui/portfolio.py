"""Accounts as HTML: the list, one account's head, its timeline, its people and deals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from crm.engagement.overview import Answered
from crm.engagement.portfolio import AccountPage, AccountRow, Acquaintance, Moment
from crm.nouns import Activity, Deal, Engagement, Period
from crm.quoting import excerpt
from ui.address import Address, copy_link
from ui.show import TONE, badge, doubt_told, hint, words, written
from ui.tongue import day, figure, heard, month, said

SHOWN = 200  # accounts that the list draws; a search narrows it
DRAWN = 400  # newest entries on a timeline
UNDATED_DRAWN = 50  # entries without a day that are listed
WIDTH, LANE = 640, 34  # of the timeline, in its own units
LANES = (Engagement.ENGAGED, Engagement.NOT_ENGAGED, Engagement.ND)
TITLED = 80  # characters of a note that stand for the title it lacks
AT_RISK = "at risk"
THEN = {
    Answered.UNDECIDED: "undecided_then",
    Answered.APPROACHED: "approached_then",
    Answered.NO_RECORD: "no_record_then",
}
HEADS = ("account", "last_contact", "records", "open_deals", "health")


def account_list(
    rows: Sequence[AccountRow],
    total: int,
    as_of: date | None,
    opened: str = "",
    activities: int = 0,
    period: Period | None = None,
) -> str:
    """The accounts as a table whose rows open their page; `opened` is the id of the one that is open.

    `as_of` is the day up to which silence is counted; `activities` tells whether there are records that no account was
    found for. With a period the rows' records are those within it.
    """
    if not total:
        return hint(said("accounts.none_title"), said("accounts.none_of" if activities else "accounts.none"))
    if not rows:
        return f'<p class="empty">{written("accounts.no_match")}</p>'
    typed = any(row.account.type for row in rows)  # where no account has a type the column would be empty
    drawn = "".join(_line(row, row.account.id == opened, typed) for row in rows[:SHOWN])
    told = said("accounts.found", found=len(rows), total=total)
    if len(rows) > SHOWN:
        told += said("accounts.first_shown", shown=SHOWN)
    if as_of:
        told += said("accounts.counted_to", day=as_of)
    then = f'<p class="summary">{_told_of(rows, period)}</p>' if period else ""
    heads = "".join(
        f"<th>{written(f'accounts.{_head(name, period)}')}</th>" for name in (*HEADS, *(["type"] if typed else []))
    )
    return (
        f'<p class="count" role="status">{words(told)}</p>{then}'
        f'<div class="scroll" tabindex="0"><table class="accounts">'
        f"<thead><tr>{heads}</tr></thead><tbody>{drawn}</tbody></table></div>"
    )


def account_head(page: AccountPage) -> str:
    """Who the account is and how it is doing, with every reason."""
    row = page.row
    owner = said("accounts.owned_by", who=row.account.owner) if row.account.owner else ""
    about = [row.account.type, row.account.industry, row.account.region, owner]
    link = copy_link(Address(account=row.account.id))
    reasons = "".join(f"<li>{words(heard(reason))}</li>" for reason in row.health.reasons)
    return (
        f'<header class="account"><p class="kicker">{" · ".join(words(a) for a in about if a)}</p>'
        f"<h2>{words(row.account.name)} {_pill(row)}</h2><ul>{reasons}</ul>{link}</header>"
    )


def timeline(page: AccountPage) -> str:
    """Every dated entry as a dot in the lane of its label; a dot opens its record.

    A mail of ours that only quotes them stands on the day of their words, which is when they talked. What lies still
    ahead is drawn hollow and counted apart: a planned meeting was no conversation yet.
    """
    moments = page.moments[:DRAWN]
    if not moments:
        return _undated(page) or f'<p class="empty">{written("accounts.no_dates")}</p>'
    days = [m.quoted_of or _day(m) for m in moments]
    first, last = min(days), max(*days, page.as_of)
    done = [m for m in moments if _day(m) <= page.as_of]
    ahead = [m for m in moments if _day(m) > page.as_of]
    dots = "".join([_dot(m, first, last) for m in done] + [_dot(m, first, last, " ahead") for m in ahead])
    planned = f'<text x="{WIDTH}" y="10" text-anchor="end">{written("accounts.ahead", n=len(ahead))}</text>'
    lanes = "".join(
        f'<text class="lane" x="0" y="{_lane(label) - 9}">{written(f"accounts.lane_{TONE[label]}")} '
        f"({figure(sum(m.counts_as is label for m in done))})</text>"
        f'<line x1="0" x2="{WIDTH}" y1="{_lane(label)}" y2="{_lane(label)}"/>'
        for label in LANES
    )
    older = len(page.moments) - len(moments)
    note = f'<p class="count">{written("accounts.older", n=older)}</p>' if older else ""
    height = LANE * len(LANES) + 26
    return (
        f'<figure class="timeline"><svg viewBox="-6 0 {WIDTH + 12} {height}" role="group" '
        f'aria-label="{written("accounts.timeline")}">{lanes}{dots}'
        f"{planned if ahead else ''}"
        f'<text x="0" y="{height - 4}">{month(first)}</text>'
        f'<text x="{WIDTH}" y="{height - 4}" text-anchor="end">{month(last)}</text></svg></figure>'
        f"{_entries(moments)}{note}{_undated(page)}"
    )


def _entries(moments: Sequence[Moment]) -> str:
    """The dots as a list to read, the newest first; each opens its record."""
    rows = "".join(f"<li>{_judged(m)} {day(_day(m))} {_entry(m)}</li>" for m in moments)
    summary = written("accounts.as_list", n=len(moments))
    return f'<details class="entries"><summary>{summary}</summary><ul tabindex="0">{rows}</ul></details>'


def people(page: AccountPage) -> str:
    """Who is there, and who answers."""
    if not page.people:
        return ""
    rows = "".join(_person(p) for p in page.people)
    return (
        f'<section class="people"><h3>{written("accounts.people")}</h3><table><tbody>{rows}</tbody></table></section>'
    )


def deals(page: AccountPage) -> str:
    """The deals, open ones first."""
    if not page.deals:
        return ""
    order = sorted(page.deals, key=lambda d: (not d.open, -(d.amount or 0)))
    rows = "".join(_deal(d) for d in order)
    return f'<section class="people"><h3>{written("accounts.deals")}</h3><table><tbody>{rows}</tbody></table></section>'


def money(value: Mapping[str, float]) -> str:
    """Sums by currency, never added up: 120,000 EUR + 8,000 USD."""
    return " + ".join(f"{figure(round(amount))} {currency}".strip() for currency, amount in sorted(value.items()))


def _told_of(rows: Sequence[AccountRow], period: Period) -> str:
    """How many of the accounts talked in the period, were only approached, cannot be told, have no record in it."""
    stood = Counter(row.within.answered for row in rows if row.within)
    days = " – ".join(day(end) for end in (period.start, period.end) if end)
    return written(
        "accounts.in_period",
        days=days,
        talked=stood[Answered.TALKED],
        approached=stood[Answered.APPROACHED],
        unsure=stood[Answered.UNDECIDED],
        none=stood[Answered.NO_RECORD],
    )


def _head(name: str, period: Period | None) -> str:
    """Health is that of today, whatever period the other columns are of."""
    return "health_today" if period and name == "health" else name


def _last(row: AccountRow) -> str:
    """The last conversation; in a period the last of it, which nobody counts days from."""
    pulse = row.counted
    if pulse is None or not pulse.last_engaged:
        if row.within:
            return written(f"accounts.{THEN.get(row.within.answered, 'no_day')}")
        return written("accounts.no_day" if pulse and pulse.undated else "accounts.never")
    ago = "" if row.within else f"<small>{written('accounts.days_ago', n=row.days_silent or 0)}</small>"
    return f"{day(pulse.last_engaged)}{ago}"


def _line(row: AccountRow, opened: bool, typed: bool) -> str:
    pulse = row.counted
    type_ = f"<td>{words(row.account.type)}</td>" if typed else ""
    open_deals = (
        f"{len(row.open_deals)}<small>{words(money(row.value))}</small>"
        if row.open_deals
        else written("accounts.no_deals")
    )
    counts = (pulse.engaged, pulse.not_engaged, pulse.nd + pulse.unjudged) if pulse else (0, 0, 0)
    pressed = str(opened).lower()
    return (
        f'<tr class="{"opened" if opened else ""}"><td><button type="button" class="open-account" '
        f'data-account="{words(row.account.id)}" aria-pressed="{pressed}">{words(row.account.name)}</button>'
        f"<small>{words(row.account.owner)}</small></td>"
        f"<td>{_last(row)}</td><td>{_share(counts)}</td><td>{open_deals}</td><td>{_pill(row)}</td>{type_}</tr>"
    )


def _share(counts: Sequence[int]) -> str:
    """Records by label: a bar, with the numbers in words for whoever cannot see it."""
    total = sum(counts)
    told = written("accounts.split", engaged=counts[0], one_way=counts[1], undecided=counts[2])
    parts = "".join(
        f'<i class="{TONE[label]}" style="flex:{count}"></i>'
        for label, count in zip(LANES, counts, strict=True)
        if count
    )
    bar = f'<span class="split" role="img" aria-label="{told}" title="{told}">{parts}</span>'
    return f"{bar}<small>{written('accounts.engaged_of', engaged=counts[0], total=total)}</small>"


def _pill(row: AccountRow) -> str:
    band = row.health.band
    risk = (
        f'<span class="risk" title="{written("accounts.risk_why")}">{written("accounts.at_risk")}</span>'
        if row.health.at_risk
        else ""
    )
    name, why = band.name.lower(), words("; ".join(map(heard, row.health.reasons)))
    return f'<span class="pill {name}" title="{why}">{written(f"accounts.{name}")}</span>{risk}'


def _dot(moment: Moment, first: date, last: date, ahead: str = "") -> str:
    span = max(1, (last - first).days)
    x = WIDTH * ((moment.quoted_of or _day(moment)) - first).days / span
    label = moment.counts_as
    a, tone = moment.activity, TONE[label] + ahead
    quoted = f"; {said('accounts.quotes', day=moment.quoted_of)}" if moment.quoted_of else ""
    told = words(f"{day(_day(moment))}: {_called(a)}{quoted}")
    return (
        f'<a role="button" tabindex="0" class="dot {tone}" data-activity="{words(a.id)}" aria-label="{told}">'
        f'<circle cx="{x:.1f}" cy="{_lane(label)}" r="5"><title>{told}</title></circle></a>'
    )


def _undated(page: AccountPage) -> str:
    """The entries that no line of time can hold, conversations first; each opens its record."""
    if not page.undated:
        return ""
    order = sorted(page.undated, key=lambda m: LANES.index(m.counts_as))[:UNDATED_DRAWN]
    rows = "".join(f"<li>{_entry(moment)}</li>" for moment in order)
    heading = written("accounts.undated_records", n=len(page.undated))
    return f'<section class="undated"><h3>{heading}</h3><ul>{rows}</ul></section>'


def _judged(moment: Moment) -> str:
    """Its label, whether that is a guess, and of which day the words are that a mail of ours only quotes."""
    verdict = moment.verdict
    if verdict is None:
        return badge(Engagement.ND)
    told = f"{badge(verdict.engagement)} {doubt_told(verdict)}"
    if moment.quoted_of:
        told += f'<span class="doubt">{written("accounts.quotes", day=moment.quoted_of)}</span>'
    return told


def _entry(moment: Moment) -> str:
    tone, entry = TONE[moment.counts_as], moment.activity
    told = words(_called(entry))
    return f'<button type="button" class="dot {tone}" data-activity="{words(entry.id)}">{told}</button>'


def _called(activity: Activity) -> str:
    """Its kind and title; where the title says no more than the kind, the first words of what stands in it."""
    kind = said(f"record.{activity.kind.value}")
    subject = activity.subject or activity.raw_subject
    if subject.casefold().strip() in ("", kind.casefold(), activity.kind.value):
        note = next((m.text.strip() for m in activity.messages if m.text.strip()), "")
        subject = excerpt(note, TITLED) or subject or said("record.no_subject")
    return f"{kind}, {subject}"


def _lane(label: Engagement | None) -> int:
    return LANE * (1 + LANES.index(label or Engagement.ND)) - 6


def _person(person: Acquaintance) -> str:
    c = person.contact
    talked = said("accounts.never_talked")
    if person.last:
        talked = said("accounts.talked", n=person.conversations, day=day(person.last))
    return f"<tr><td>{words(c.name)}<small>{words(c.title)}</small></td><td>{words(talked)}</td></tr>"


def _deal(deal: Deal) -> str:
    state = "open" if deal.open else "won" if deal.won else "lost"
    shown = said(f"accounts.{state}")
    stage = "" if deal.stage.casefold() == state else deal.stage
    told = ", ".join(filter(None, (stage, shown, _decided(deal))))
    amount = money({deal.currency: deal.amount}) if deal.amount is not None else said("accounts.no_amount")
    return f"<tr><td>{words(deal.name)}<small>{words(told)}</small></td><td>{words(amount)}</td></tr>"


def _decided(deal: Deal) -> str:
    """When it closed with why it was lost, or when an open one is expected to close."""
    if deal.open:
        return said("accounts.expected", day=day(deal.expected_close_at.date())) if deal.expected_close_at else ""
    closed = day(deal.closed_at.date()) if deal.closed_at else ""
    return ": ".join(filter(None, (closed, "" if deal.won else deal.loss_reason)))


def _day(moment: Moment) -> date:
    if moment.activity.at is None:
        raise ValueError(f"{moment.activity.id} has no date")
    return moment.activity.at.date()


def matching(rows: Iterable[AccountRow], text: str, band: str, owner: str, type_: str = "") -> list[AccountRow]:
    """The rows whose name, owner, type, industry or region holds every word; empty means any.

    The others are the band, the owner and the type that they are in.
    """
    wanted = text.casefold().split()
    found = []
    for row in rows:
        a = row.account
        told = (*(x for one in a.everyone for x in (one.name, one.domain)), a.owner, a.type, a.industry, a.region)
        held = " ".join(told).casefold()
        fits = row.health.band == band or (band == AT_RISK and row.health.at_risk) or not band
        if fits and owner in ("", a.owner) and type_ in ("", a.type) and all(word in held for word in wanted):
            found.append(row)
    return found
