"""The transparent lead score: points out of a hundred, each part with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.nouns import Lead, Score
from crm.playbook import Page, read_yaml


class Engagement(Page):
    """Points by the lead's status."""

    most: int
    missing: int
    by_status: dict[str, int]


class Recency(Page):
    """Points by days since the last contact, the tightest limit first."""

    most: int
    missing: int
    within_days: dict[int, int]


class Seniority(Page):
    """Points by a word in the job title."""

    most: int
    missing: int
    by_word: dict[int, tuple[str, ...]]
    otherwise: int


class CompanySize(Page):
    """Points from a number of employees on."""

    most: int
    missing: int
    from_employees: dict[int, int]


class Routing(Page):
    """From how many points on a lead goes to whom; below both it is nurtured."""

    senior_from: int
    mid_from: int


class LeadScale(Page):
    """playbook/scales/lead.yaml."""

    engagement: Engagement
    recency: Recency
    seniority: Seniority
    company_size: CompanySize
    bands: dict[int, str]
    personas: dict[str, tuple[str, ...]]
    otherwise: str
    routing: Routing

    @classmethod
    def read(cls, playbook: Path) -> "LeadScale":
        return read_yaml(playbook / "scales" / "lead.yaml", cls)


Part = tuple[str, float, str]
NOT_GIVEN = "not given"  # how a part's reason ends when its field was empty
TECHNICAL = "technical buyer"  # the persona that technical presales talks to


@dataclass(frozen=True, slots=True)
class ScoredLead:
    """A lead with its score, what kind of person it is, who should take it.

    `guessed` names what was assumed for want of a field: parts of the score, or the persona.
    """

    lead: Lead
    score: Score
    guessed: tuple[str, ...]
    persona: str
    route: str


def score(lead: Lead, scale: LeadScale, as_of: date) -> ScoredLead:
    """0 to 100 points as of a day. An empty field scores its `missing` points and is named in `guessed`."""
    parts = tuple(_parts(lead, scale, as_of))
    total = sum(points for _, points, _ in parts)
    band = next(name for floor, name in sorted(scale.bands.items(), reverse=True) if total >= floor)
    guessed = [name for name, _, because in parts if because.endswith(NOT_GIVEN)]
    guessed += [] if lead.job_title else ["persona"]
    guessed += sorted(lead.guessed)
    persona = persona_of(lead.job_title, scale)
    return ScoredLead(lead, Score(total, parts, band), tuple(guessed), persona, _route(total, persona, scale))


def persona_of(title: str, scale: LeadScale) -> str:
    """The kind of person that a job title speaks of."""
    low = title.lower()
    found = (name for name, words in scale.personas.items() if any(_has_word(low, word) for word in words))
    return next(found, scale.otherwise)


def _route(points: float, persona: str, scale: LeadScale) -> str:
    """Who should take a lead: nurture first where it is not worth a call, then by what it takes to talk to it."""
    if points < scale.routing.mid_from:
        return "nurture"
    if persona == TECHNICAL:
        return "technical presales"
    return "senior rep" if points >= scale.routing.senior_from else "mid-level rep"


def _has_word(low: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", low) is not None


def _parts(lead: Lead, scale: LeadScale, as_of: date) -> Iterator[Part]:
    yield _engagement(lead.status, scale.engagement)
    yield _recency(None if lead.last_contact is None else (as_of - lead.last_contact.date()).days, scale.recency)
    yield _seniority(lead.job_title, scale.seniority)
    yield _company_size(lead.company_size, scale.company_size)


def _engagement(status: str, scale: Engagement) -> Part:
    if status.lower() not in scale.by_status:
        return "engagement", scale.missing, "status not given" if not status else f"status {status} is not on the scale"
    return "engagement", scale.by_status[status.lower()], f"status {status}"


def _recency(days: int | None, scale: Recency) -> Part:
    if days is None:
        return "recency", scale.missing, "last contact not given"
    points = next((p for limit, p in sorted(scale.within_days.items()) if days <= limit), 0)
    return "recency", points, f"last contact {max(days, 0)} days ago"


def _seniority(title: str, scale: Seniority) -> Part:
    if not title:
        return "seniority", scale.missing, "job title not given"
    low = title.lower()
    for points, words in sorted(scale.by_word.items(), reverse=True):
        if any(_has_word(low, word) for word in words):
            return "seniority", points, title
    return "seniority", scale.otherwise, title


def _company_size(size: str, scale: CompanySize) -> Part:
    numbers = [int(n) for n in re.findall(r"\d+", size.replace(",", "").replace(".", ""))]
    if not numbers:
        return "company size", scale.missing, "company size not given"
    points = next(p for floor, p in sorted(scale.from_employees.items(), reverse=True) if numbers[0] >= floor)
    return "company size", points, f"{size} employees"
