"""A record whose sides change with what is known of us is judged again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.engagement.labels import record, unjudged
from crm.intake.rematch import reparse
from crm.nouns import Kind, Side
from crm.records.store import Store
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded
from tests.crm.engagement.made import ENGAGED, put, verdict

BODY = """Hello Jan,
the drawings are attached, the crane comes on Friday.
Mia

From: Jan Moe <jan@north.example>
Sent: 3 March
To: Mia Holm <mia@tessera.example>

When does it come?"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_only_what_changed_sides_is_judged_again(store: Store) -> None:
    raws = [
        RawActivity(native_id="1", source="csv", kind=Kind.EMAIL, raw_subject="Re: crane", raw_body=BODY),
        RawActivity(native_id="2", source="csv", kind=Kind.TASK,
                    raw_subject="crane", raw_body="tessera.example is our domain"),
    ]  # fmt: skip
    made = [threaded(raw, Ours()) for raw in raws]
    put(store, made)
    record(store, [(one, verdict(ENGAGED)) for one in made], "p1")
    ours = Ours(frozenset({"tessera.example"}), frozenset())
    assert reparse(store, Ours(), ours, apart_from=99) == 2
    again = [one for batch in unjudged(store, "p1") for one in batch]
    assert [one.id for one in again] == ["csv:1"]
    assert [m.side for m in again[0].messages] == [Side.US, Side.THEM]
    assert [m.side for m in made[0].messages] != [Side.US, Side.THEM]
