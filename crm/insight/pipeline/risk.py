"""Which open deals are at risk, each reason named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.nouns import Deal
from crm.playbook import Page, read_yaml


class Priority(Page):
    """Points of an account for each thing that holds."""

    open_value: int
    engaged_lately: int
    won_before: int


class RiskScale(Page):
    """playbook/scales/risk.yaml."""

    slower_than: float
    priority: Priority

    @classmethod
    def read(cls, playbook: Path) -> "RiskScale":
        return read_yaml(playbook / "scales" / "risk.yaml", cls)


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An open deal with why it is at risk, the gravest reasons first."""

    deal: Deal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """Contact as far as it is known: the last verified two-way day by account id, after how many days one is silent.

    `last` is None where no activities were imported, so that nothing can be said about contact.
    """

    last: Mapping[str, date] | None
    silent_days: int


def at_risk(deals: Sequence[Deal], talk: Talk, scale: RiskScale, as_of: date) -> list[AtRisk]:
    """Open deals with at least one reason, those with most reasons first, then the oldest."""
    limit = usual_cycle(deals, scale.slower_than)
    found = [
        AtRisk(d, (*_overdue(d, as_of), *_silent(d, talk, as_of), *_slow(d, limit, scale, as_of)))
        for d in deals
        if d.open
    ]
    risky = [r for r in found if r.reasons]
    return sorted(risky, key=lambda r: (-len(r.reasons), _created(r.deal), r.deal.id))


def sought(talk: Talk, scale: RiskScale) -> str:
    """What counts as a risk, in words; the chat and the board say the same."""
    return (
        f"open deals with an overdue closing day, no two-way contact for {talk.silent_days} days, or older than"
        f" {scale.slower_than:.0%} of the won deals became"
    )


def counted(risky: int, whole: int) -> str:
    """How many of the open deals have a reason."""
    return f"{risky} of {whole} open deals have at least one reason"


def usual_cycle(deals: Sequence[Deal], share: float) -> int | None:
    """Days within which this share of the won deals were closed; None before any was won."""
    cycles = sorted((d.closed_at - d.created_at).days for d in deals if d.won and d.closed_at and d.created_at)
    return cycles[min(len(cycles) - 1, int(share * len(cycles)))] if cycles else None


def _overdue(deal: Deal, as_of: date) -> Iterator[str]:
    if deal.expected_close_at and deal.expected_close_at.date() < as_of:
        yield f"should have closed on {deal.expected_close_at.date()}"


def _silent(deal: Deal, talk: Talk, as_of: date) -> Iterator[str]:
    if talk.last is None:
        return
    if deal.account_id is None:
        yield "belongs to no account, so that no contact can be seen"
    elif deal.account_id not in talk.last:
        yield "nobody at the account was ever engaged"
    elif (silent := (as_of - talk.last[deal.account_id]).days) > talk.silent_days:
        yield f"no two-way contact for {silent} days"


def _slow(deal: Deal, limit: int | None, scale: RiskScale, as_of: date) -> Iterator[str]:
    if limit is not None and deal.created_at and (age := (as_of - deal.created_at.date()).days) > limit:
        yield f"open for {age} days, when {scale.slower_than:.0%} of won deals took {limit} or fewer"


def _created(deal: Deal) -> date:
    return deal.created_at.date() if deal.created_at else date.max
