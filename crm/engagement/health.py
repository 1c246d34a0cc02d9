"""An account's health in one word, with every reason for it. Counts are given; nothing is predicted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from crm.engagement.overview import Pulse
from crm.nouns import Deal
from crm.playbook import Page, read_yaml


class Band(StrEnum):
    """From the liveliest to the one nobody ever wrote to; undated: they talked, and nobody knows when."""

    TALKING = "talking"
    COOLING = "cooling"
    SILENT = "silent"
    UNDATED = "undated"
    NEVER = "never answered"
    UNTOUCHED = "no records"


class HealthScale(Page):
    """playbook/scales/health.yaml."""

    talking_days: int
    cooling_days: int
    chased: int
    undecided_share: float

    @classmethod
    def read(cls, playbook: Path) -> "HealthScale":
        return read_yaml(playbook / "scales" / "health.yaml", cls)


@dataclass(frozen=True, slots=True)
class Health:
    """The band with its reasons; `at_risk` when money stands on an account that does not talk."""

    band: Band
    reasons: tuple[str, ...]
    at_risk: bool


def health(pulse: Pulse | None, open_deals: Sequence[Deal], as_of: date, scale: HealthScale) -> Health:
    """The health of an account as of a day."""
    band = _band(pulse, as_of, scale)
    at_risk = bool(open_deals) and band in (Band.SILENT, Band.NEVER, Band.UNTOUCHED)
    return Health(band, tuple(_reasons(pulse, open_deals if at_risk else (), as_of, scale)), at_risk)


def days_silent(pulse: Pulse | None, as_of: date) -> int | None:
    """Days since the last two-way contact; None when there was none."""
    return (as_of - pulse.last_engaged).days if pulse and pulse.last_engaged else None


def _band(pulse: Pulse | None, as_of: date, scale: HealthScale) -> Band:
    if pulse is None or not pulse.records:
        return Band.UNTOUCHED
    days = days_silent(pulse, as_of)
    if days is None:
        return Band.UNDATED if pulse.undated else Band.NEVER
    if days <= scale.talking_days:
        return Band.TALKING
    return Band.COOLING if days <= scale.cooling_days else Band.SILENT


def _reasons(pulse: Pulse | None, at_risk: Sequence[Deal], as_of: date, scale: HealthScale) -> Iterator[str]:
    if pulse is None or not pulse.records:
        yield "no record of this account"
    else:
        days = days_silent(pulse, as_of)
        talked = f"last two-way contact {days} days ago" if days else "two-way contact on the newest day"
        never = "two-way contact on record, without a date" if pulse.undated else "no two-way contact on record"
        yield never if days is None else talked
        if pulse.chasing >= scale.chased:
            yield (
                f"{pulse.chasing} one-way entries since then"
                if days is not None
                else f"{pulse.chasing} one-way entries"
            )
        undecided = pulse.nd + pulse.unjudged
        if undecided >= scale.undecided_share * pulse.records:
            yield f"{undecided} of {pulse.records} records could not be decided"
    if at_risk:
        deals = "1 open deal rests" if len(at_risk) == 1 else f"{len(at_risk)} open deals rest"
        yield f"{deals} on no recent conversation"
