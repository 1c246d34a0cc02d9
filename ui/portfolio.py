"""Accounts as HTML: the list, one account's head, its timeline, its people and deals."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from crm.engagement.portfolio import AccountPage, AccountRow, Acquaintance, Moment
from crm.nouns import Deal, Engagement
from ui.show import TONE, figure, words

SHOWN = 200  # accounts that the list draws; a search narrows it
DRAWN = 400  # newest entries on a timeline
WIDTH, LANE = 640, 34  # of the timeline, in its own units
LANES = (
    (Engagement.ENGAGED, "conversations"),
    (Engagement.NOT_ENGAGED, "one-way"),
    (Engagement.ND, "undecided"),
)
AT_RISK = "at risk"
NO_ACCOUNTS = (
    '<div class="empty hint"><h3>No accounts yet</h3><p>Import an export of yours under Imports, or start with '
    "<code>python app.py demo</code>.</p></div>"
)


def account_list(rows: Sequence[AccountRow], total: int, opened: str = "") -> str:
    """The accounts as a table whose rows open their page; `opened` is the id of the one that is open."""
    if not total:
        return NO_ACCOUNTS
    if not rows:
        return '<p class="empty">No account matches. Clear the search or choose another filter.</p>'
    drawn = "".join(_line(row, row.account.id == opened) for row in rows[:SHOWN])
    told = f"{figure(len(rows))} of {figure(total)} accounts"
    if len(rows) > SHOWN:
        told += f"; the first {SHOWN} are shown, search to narrow them"
    return (
        f'<p class="count">{told}</p><div class="scroll"><table class="accounts"><thead><tr><th>Account</th>'
        "<th>Last two-way contact</th><th>Records</th><th>Open deals</th><th>Health</th></tr></thead>"
        f"<tbody>{drawn}</tbody></table></div>"
    )


def account_head(page: AccountPage) -> str:
    """Who the account is and how it is doing, with every reason."""
    row = page.row
    about = [row.account.industry, row.account.region, f"owner {row.account.owner}" if row.account.owner else ""]
    reasons = "".join(f"<li>{words(reason)}</li>" for reason in row.health.reasons)
    return (
        f'<header class="account"><p class="kicker">{" · ".join(words(a) for a in about if a)}</p>'
        f"<h2>{words(row.account.name)} {_pill(row)}</h2><ul>{reasons}</ul></header>"
    )


def timeline(page: AccountPage) -> str:
    """Every dated entry as a dot in the lane of its label; a dot opens its record."""
    moments = page.moments[:DRAWN]
    if not moments:
        return '<p class="empty">No dated records.</p>'
    days = [_day(m) for m in moments]
    first, last = min(days), max(*days, page.as_of)
    dots = "".join(_dot(m, first, last) for m in moments)
    lanes = "".join(
        f'<text class="lane" x="0" y="{_lane(label) - 9}">{name} '
        f"({sum(m.label is label for m in moments)})</text>"
        f'<line x1="0" x2="{WIDTH}" y1="{_lane(label)}" y2="{_lane(label)}"/>'
        for label, name in LANES
    )
    older = len(page.moments) - len(moments)
    note = f'<p class="count">{figure(older)} older entries are not drawn.</p>' if older else ""
    height = LANE * len(LANES) + 26
    return (
        f'<figure class="timeline"><svg viewBox="-6 0 {WIDTH + 12} {height}" role="group" '
        f'aria-label="Entries by day and label">{lanes}{dots}'
        f'<text x="0" y="{height - 4}">{first:%b %Y}</text>'
        f'<text x="{WIDTH}" y="{height - 4}" text-anchor="end">{last:%b %Y}</text></svg></figure>{note}'
    )


def people(page: AccountPage) -> str:
    """Who is there, and who answers."""
    if not page.people:
        return ""
    rows = "".join(_person(p) for p in page.people)
    return f'<section class="people"><h3>People</h3><table><tbody>{rows}</tbody></table></section>'


def deals(page: AccountPage) -> str:
    """The deals, open ones first."""
    if not page.deals:
        return ""
    order = sorted(page.deals, key=lambda d: (not d.open, -(d.amount or 0)))
    rows = "".join(_deal(d) for d in order)
    return f'<section class="people"><h3>Deals</h3><table><tbody>{rows}</tbody></table></section>'


def money(value: Mapping[str, float]) -> str:
    """Sums by currency, never added up: 120,000 EUR + 8,000 USD."""
    return " + ".join(f"{amount:,.0f} {currency}".strip() for currency, amount in sorted(value.items()))


def _line(row: AccountRow, opened: bool) -> str:
    pulse = row.pulse
    last = (
        f"{_date(pulse.last_engaged)}<small>{row.days_silent} days ago</small>"
        if pulse and pulse.last_engaged
        else "never"
    )
    open_deals = f"{len(row.open_deals)}<small>{words(money(row.value))}</small>" if row.open_deals else "none"
    counts = (pulse.engaged, pulse.not_engaged, pulse.nd + pulse.unjudged) if pulse else (0, 0, 0)
    pressed = str(opened).lower()
    return (
        f'<tr class="{"opened" if opened else ""}"><td><button type="button" class="open-account" '
        f'data-account="{words(row.account.id)}" aria-pressed="{pressed}">{words(row.account.name)}</button>'
        f"<small>{words(row.account.owner)}</small></td>"
        f"<td>{last}</td><td>{_share(counts)}</td><td>{open_deals}</td><td>{_pill(row)}</td></tr>"
    )


def _share(counts: Sequence[int]) -> str:
    """Records by label: a bar, with the numbers in words for whoever cannot see it."""
    total = sum(counts)
    told = f"{counts[0]} conversations, {counts[1]} one-way, {counts[2]} undecided"
    parts = "".join(
        f'<i class="{TONE[label]}" style="flex:{count}"></i>'
        for (label, _), count in zip(LANES, counts, strict=True)
        if count
    )
    bar = f'<span class="split" role="img" aria-label="{told}" title="{told}">{parts}</span>'
    return f"{bar}<small>{counts[0]} of {total}</small>"


def _pill(row: AccountRow) -> str:
    band = row.health.band
    risk = (
        '<span class="risk" title="Open deals rest on no recent conversation">at risk</span>'
        if row.health.at_risk
        else ""
    )
    return f'<span class="pill {band.name.lower()}" title="{words("; ".join(row.health.reasons))}">{band}</span>{risk}'


def _dot(moment: Moment, first: date, last: date) -> str:
    span = max(1, (last - first).days)
    x = WIDTH * (_day(moment) - first).days / span
    label = moment.label or Engagement.ND
    a = moment.activity
    told = words(f"{_date(_day(moment))}: {a.kind.value}, {a.subject or a.raw_subject or 'no subject'}")
    return (
        f'<a role="button" tabindex="0" class="dot {TONE[label]}" data-activity="{words(a.id)}" aria-label="{told}">'
        f'<circle cx="{x:.1f}" cy="{_lane(label)}" r="5"><title>{told}</title></circle></a>'
    )


def _lane(label: Engagement | None) -> int:
    return LANE * (1 + [name for name, _ in LANES].index(label or Engagement.ND)) - 6


def _person(person: Acquaintance) -> str:
    c = person.contact
    talked = "never in a conversation on record"
    if person.last:
        count = "1 conversation" if person.conversations == 1 else f"{person.conversations} conversations"
        talked = f"{count}, the last on {_date(person.last)}"
    return f"<tr><td>{words(c.name)}<small>{words(c.title)}</small></td><td>{talked}</td></tr>"


def _deal(deal: Deal) -> str:
    state = "open" if deal.open else "won" if deal.won else "lost"
    told = deal.stage if deal.stage.casefold() == state else ", ".join(filter(None, (deal.stage, state)))
    amount = money({deal.currency: deal.amount}) if deal.amount is not None else "no amount"
    return f"<tr><td>{words(deal.name)}<small>{words(told)}</small></td><td>{words(amount)}</td></tr>"


def _date(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "never"


def _day(moment: Moment) -> date:
    if moment.activity.at is None:
        raise ValueError(f"{moment.activity.id} has no date")
    return moment.activity.at.date()


def matching(rows: Iterable[AccountRow], text: str, band: str, owner: str) -> list[AccountRow]:
    """The rows whose name, owner, industry or region holds every word, in the band, of the owner; empty means any."""
    wanted = text.casefold().split()
    found = []
    for row in rows:
        a = row.account
        held = f"{a.name} {a.owner} {a.industry} {a.region} {a.domain}".casefold()
        fits = row.health.band == band or (band == AT_RISK and row.health.at_risk) or not band
        if fits and (not owner or a.owner == owner) and all(word in held for word in wanted):
            found.append(row)
    return found
