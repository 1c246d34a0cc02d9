"""The demo CRM: same every time, shaped like a real export, nobody real in it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from crm.demo.build import build
from crm.demo.rows import Crm
from crm.demo.vendor import TERRITORIES, TODAY

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
MB = 1_000_000


@pytest.fixture(scope="module")
def crm() -> Crm:
    return build(SAMPLES)


def test_the_committed_files_are_what_the_stories_make(crm: Crm, tmp_path: Path) -> None:
    crm.write(tmp_path)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (SAMPLES / made.name).read_bytes(), f"{made.name}: run `make samples`"


def test_it_has_the_promised_size(crm: Crm) -> None:
    assert (len(crm.accounts), len(crm.deals), len(crm.leads)) == (60, 400, 300)
    assert len(crm.activities) == 5_000
    assert 180 <= len(crm.contacts) <= 230
    assert len(crm.reps) == 8
    assert sum(f.stat().st_size for f in SAMPLES.rglob("*") if f.is_file()) <= 6 * MB


def test_at_least_twelve_accounts_carry_a_story(crm: Crm) -> None:
    stories = list((SAMPLES / "stories").glob("*.yaml"))
    told = Counter(a.account for a in crm.activities)
    names = [a.name for a in crm.accounts[: len(stories)]]
    assert len(stories) >= 12
    assert all(15 <= told[name] <= 60 for name in names), {name: told[name] for name in names}


def test_its_shape_is_that_of_a_real_export(crm: Crm) -> None:
    rows = crm.activities
    share = {kind: n / len(rows) for kind, n in Counter(r.crm_subtype for r in rows).items()}
    assert share["Task"] == pytest.approx(0.55, abs=0.04)
    assert share["Email"] == pytest.approx(0.23, abs=0.04)
    assert share["Call"] == pytest.approx(0.18, abs=0.04)
    assert share["Event"] == pytest.approx(0.04, abs=0.02)
    assert 0.20 <= sum(not r.crm_description for r in rows) / len(rows) <= 0.32
    assert 1 - len({r.content for r in rows}) / len(rows) == pytest.approx(0.24, abs=0.05)
    assert max(len(r.crm_description) for r in rows) <= 4_000


def test_ids_are_unique_and_links_hold(crm: Crm) -> None:
    ids = [r.hs_object_id for r in crm.activities]
    accounts = {a.account_id for a in crm.accounts}
    assert len(set(ids)) == len(ids)
    assert {c.account_id for c in crm.contacts} <= accounts
    assert {d.account_id for d in crm.deals} <= accounts
    assert {d.owner for d in crm.deals} <= set(TERRITORIES)


def test_what_is_won_or_lost_was_closed_by_today(crm: Crm) -> None:
    closed = [d for d in crm.deals if d.stage in ("Won", "Lost")]
    assert all(d.close_date and d.close_date <= TODAY for d in closed)  # type: ignore[operator]
    assert {d.stage for d in crm.deals} == {"Prospecting", "Discovery", "Proposal", "Negotiation", "Won", "Lost"}


def test_every_mail_domain_is_invented(crm: Crm) -> None:
    text = "\n".join(f"{r.crm_subject} {r.crm_description} {r.contact_emails}" for r in crm.activities)
    text += "\n".join(["", *(c.email for c in crm.contacts), *(lead.email for lead in crm.leads)])
    domains = {d.lower().rstrip(".") for d in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text)}
    assert {d for d in domains if not d.endswith(".example")} == set()


def test_a_generated_crm_grows_with_its_activities() -> None:
    small = build(SAMPLES, 2_000)
    assert len(small.activities) == 2_000
    assert len(small.deals) == 160


def test_the_same_words_every_time(crm: Crm) -> None:
    assert build(SAMPLES).activities == crm.activities
