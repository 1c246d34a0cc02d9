"""Lead points can be added up by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.nouns import Lead
from crm.scoring.points import LeadScale, persona_of, score

AS_OF = date(2026, 10, 30)
SCALE = LeadScale.read(Path(__file__).parents[3] / "playbook")


@pytest.mark.parametrize(
    ("lead", "points", "band", "guessed"),
    [
        (Lead("1", "Ada"), 6 + 0 + 8 + 6, "cool", ("engagement", "recency", "seniority", "company size", "persona")),
        (
            Lead(
                "2",
                "Bo",
                status="Qualified",
                job_title="COO",
                company_size="1000+",
                last_contact=datetime(2026, 10, 20, tzinfo=UTC),
            ),
            30 + 25 + 25 + 20,
            "hot",
            (),
        ),
        (
            Lead(
                "3",
                "Cy",
                status="working",
                job_title="Head of Logistics",
                company_size="51-200",
                last_contact=datetime(2026, 9, 1, tzinfo=UTC),
            ),
            18 + 12 + 20 + 10,
            "warm",
            (),
        ),
        (
            Lead(
                "4",
                "Di",
                status="Unqualified",
                job_title="Clerk",
                company_size="1-10",
                last_contact=datetime(2024, 1, 1, tzinfo=UTC),
            ),
            0 + 0 + 6 + 3,
            "cool",
            (),
        ),
    ],
)
def test_points(lead: Lead, points: int, band: str, guessed: tuple[str, ...]) -> None:
    scored = score(lead, SCALE, AS_OF)
    assert scored.score.value == points
    assert scored.score.band == band
    assert scored.guessed == guessed
    assert len(scored.score.parts) == 4


def test_a_word_inside_another_is_no_title() -> None:
    assert score(Lead("5", "Ed", job_title="Scooter mechanic"), SCALE, AS_OF).score.parts[2][1] == 6


def test_full_marks_are_a_hundred() -> None:
    assert SCALE.engagement.most + SCALE.recency.most + SCALE.seniority.most + SCALE.company_size.most == 100


@pytest.mark.parametrize(
    ("title", "persona"),
    [
        ("CTO", "technical buyer"),
        ("IT Manager", "technical buyer"),
        ("CFO", "budget holder"),
        ("Managing Director", "decision maker"),
        ("Warehouse Manager", "operations"),
        ("Clerk", "influencer"),
        ("", "influencer"),
    ],
)
def test_a_title_tells_what_kind_of_person_it_is(title: str, persona: str) -> None:
    assert persona_of(title, SCALE) == persona


@pytest.mark.parametrize(
    ("title", "status", "size", "route"),
    [
        ("COO", "Qualified", "1000+", "senior rep"),
        ("Warehouse Manager", "Working", "201-500", "mid-level rep"),
        ("CTO", "Qualified", "1000+", "technical presales"),
        ("CTO", "Unqualified", "1-10", "nurture"),
        ("Clerk", "New", "", "nurture"),
    ],
)
def test_points_and_persona_route_a_lead(title: str, status: str, size: str, route: str) -> None:
    lead = Lead("6", "Fe", job_title=title, status=status, company_size=size)
    assert score(lead, SCALE, AS_OF).route == route


def test_fields_that_were_inferred_at_import_stay_marked() -> None:
    lead = Lead("7", "Gil", job_title="COO", status="New", company_size="10", guessed=frozenset({"industry"}))
    assert score(lead, SCALE, AS_OF).guessed == ("recency", "industry")
