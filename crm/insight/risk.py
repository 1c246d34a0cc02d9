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

    silent_days: int
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


def at_risk(deals: Sequence[Deal], engaged: Mapping[str, date] | None, scale: RiskScale, as_of: date) -> list[AtRisk]:
    """Open deals with at least one reason, those with most reasons first, then the oldest.

    `engaged` is the last day of verified two-way contact by account id; None where no activities were imported, so
    that nothing can be said about contact.
    """
    limit = usual_cycle(deals, scale.slower_than)
    found = [AtRisk(d, tuple(_reasons(d, engaged, scale, limit, as_of))) for d in deals if d.open]
    risky = [r for r in found if r.reasons]
    return sorted(risky, key=lambda r: (-len(r.reasons), _created(r.deal), r.deal.id))


def usual_cycle(deals: Sequence[Deal], share: float) -> int | None:
    """Days within which this share of the won deals were closed; None before any was won."""
    cycles = sorted((d.closed_at - d.created_at).days for d in deals if d.won and d.closed_at and d.created_at)
    return cycles[min(len(cycles) - 1, int(share * len(cycles)))] if cycles else None


def _reasons(
    deal: Deal, engaged: Mapping[str, date] | None, scale: RiskScale, limit: int | None, as_of: date
) -> Iterator[str]:
    if deal.closed_at and deal.closed_at.date() < as_of:
        yield f"should have closed on {deal.closed_at.date()}"
    if engaged is None:
        pass
    elif deal.account_id is None:
        yield "belongs to no account, so that no contact can be seen"
    elif deal.account_id not in engaged:
        yield "nobody at the account was ever engaged"
    elif (silent := (as_of - engaged[deal.account_id]).days) > scale.silent_days:
        yield f"no two-way contact for {silent} days"
    if limit is not None and deal.created_at and (age := (as_of - deal.created_at.date()).days) > limit:
        yield f"open for {age} days, when {scale.slower_than:.0%} of won deals took {limit} or fewer"


def _created(deal: Deal) -> date:
    return deal.created_at.date() if deal.created_at else date.max
