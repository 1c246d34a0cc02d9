"""When a quoted conversation was: on the day they wrote, and not on that of our mail that quotes it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from crm.engagement.labels import record
from crm.engagement.overview import pulses
from crm.intake.ingest import Plan, ingest
from crm.nouns import Engagement, Verdict
from crm.records.activity_row import told_at
from crm.records.store import Store

JUNE, JULY = datetime(2026, 6, 16, 9, tzinfo=UTC), datetime(2026, 7, 7, 9, tzinfo=UTC)
SINCE = ("expected_close_at", "loss_reason")  # columns of deals that are newer
US, THEM = ["us", "Una", "", None, "Any word?", 0], ["them", "Ana", "", JUNE.isoformat(), "In autumn.", 1]
NUDGE = """From: Una Berg <una@ourselves.example>
To: Ana Ruiz <ana@quarry.example>
Date: 7 July 2026 09:00
Subject: Re: Docks

Any word?

On 16 June 2026 at 09:00, Ana Ruiz <ana@quarry.example> wrote:
> We decide in autumn.
"""


@pytest.mark.parametrize(
    ("kind", "messages", "told"),
    [
        ("email", [US, THEM], JUNE),
        ("call", [US, THEM], None),  # the note tells of a talk of its own
        ("email", [THEM, US], None),
        ("email", [US], None),
        ("email", [US, [*THEM[:3], None, *THEM[4:]]], None),
        ("email", [US, [*THEM[:3], datetime(2026, 8, 1, tzinfo=UTC).isoformat(), *THEM[4:]]], None),  # a wrong clock
    ],
)
def test_only_a_mail_of_ours_that_quotes_them_tells_another_day(
    kind: str, messages: list[list[object]], told: datetime | None
) -> None:
    assert told_at(kind, messages, JULY) == told


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    (tmp_path / "a.csv").write_text("account_name,domain\nQuarry,quarry.example\n")
    ingest(tmp_path / "a.csv", opened, Plan("csv", "accounts"))
    (tmp_path / "m.csv").write_text(f'id,type,date,note\n1,Email,2026-07-07 09:00,"{NUDGE}"\n')
    ingest(tmp_path / "m.csv", opened, Plan(our_domains=frozenset({"ourselves.example"})))
    yield opened
    opened.engine.dispose()


@pytest.mark.parametrize("guessed", [False, True])
def test_a_quoted_conversation_counts_on_its_own_day(store: Store, guessed: bool) -> None:
    (activity,) = store.activities()
    verdict = Verdict(Engagement.ENGAGED, 0.9, "they wrote", "We decide in autumn.", "rule:test", guessed)
    record(store, [(activity, verdict)], "p")
    (later,) = pulses(store, date(2026, 9, 30), since=date(2026, 7, 1)).values()
    assert (later.engaged, later.not_engaged, later.nd, later.last_engaged) == (0, 1, 0, None)
    (whole,) = pulses(store, date(2026, 9, 30)).values()
    told = (0, None, 0) if guessed else (1, date(2026, 6, 16), 1)
    assert (whole.engaged, whole.last_engaged, whole.chasing) == told


def test_an_older_store_learns_it(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        (told,) = connection.execute(text("SELECT told_at FROM activities")).scalars()
        for newer in (
            "activities DROP COLUMN told_at",
            "activities DROP COLUMN named",
            "accounts DROP COLUMN type",
            *(f"deals DROP COLUMN {name}" for name in SINCE),
            *(f"{table} DROP COLUMN joined_into" for table in ("accounts", "contacts")),
        ):
            connection.execute(text(f"ALTER TABLE {newer}"))
        connection.execute(text("DROP TABLE joins"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0005_found_faster'"))
    assert told.startswith("2026-06-16 09:00")
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    with opened.reading() as connection:
        assert connection.execute(text("SELECT told_at FROM activities")).scalar_one() == told
    opened.engine.dispose()
