"""With whom an activity was, as a row and as the store tell it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.engagement.audit import audit_store
from crm.engagement.audit_rows import Outcome, Wish
from crm.engagement.counterparts import NOBODY_KNOWN, Counterparts
from crm.engagement.store_export import Export, export_store
from crm.intake.ingest import Plan, ingest
from crm.intake.sources import Refs
from crm.nouns import Contact, Direction, Kind
from crm.records.store import Store
from crm.threads.thread import Ours, RawActivity
from tests.crm.engagement.made import ByWord

US = Ours(frozenset({"ourselves.example"}))
CONTACTS = [
    Contact("hubspot:7", None, "Ana Ruiz", "ana@quarry.example"),
    Contact("hubspot:8", None, "", "bo@quarry.example"),
]
KNOWN = Counterparts.of(US, CONTACTS)
MAIL = "From: Ana Re <ana@quarry.example>\nTo: Una Berg <una@ourselves.example>\nSubject: Docks\n\nThursday works."


def raw(body: str = "", direction: Direction = Direction.UNKNOWN, sender: str = "", *to: str) -> RawActivity:
    return RawActivity("1", "csv", Kind.EMAIL, "Docks", body, direction, from_address=sender, to_addresses=to)


@pytest.mark.parametrize(
    ("row", "refs", "people", "told"),
    [
        (raw(MAIL), Refs(contact_names=("Ina Voss", "Cy Low")), KNOWN, "Ina Voss; Cy Low"),
        (raw(), Refs(contact_ids=("hubspot:7", "hubspot:99")), KNOWN, "Ana Ruiz"),
        (raw(), Refs(addresses=("ana@quarry.example",)), KNOWN, "Ana Ruiz"),
        (raw(), Refs(addresses=("new@quarry.example", "una@ourselves.example")), KNOWN, "new@quarry.example"),
        (raw(MAIL), Refs(), KNOWN, "Ana Ruiz"),
        (raw(MAIL), Refs(), Counterparts(US), "Ana Re"),
        (raw(MAIL), Refs(), NOBODY_KNOWN, ""),  # nobody knows which side is ours
        (raw(MAIL, Direction.INBOUND), Refs(), NOBODY_KNOWN, "Ana Re"),
        (raw(MAIL, Direction.OUTBOUND), Refs(), NOBODY_KNOWN, "Una Berg"),
        (
            raw("", Direction.UNKNOWN, "una@ourselves.example", "x@tanner.example", "bo@quarry.example"),
            Refs(addresses=("una@ourselves.example", "x@tanner.example", "bo@quarry.example")),
            KNOWN,
            "x@tanner.example; bo@quarry.example",
        ),
        (raw("Fine.\n\nFrom: x@tanner.example\nSent: Monday\n\nHello"), Refs(), KNOWN, "x@tanner.example"),
        (raw("Left a voicemail."), Refs(), KNOWN, ""),
    ],
)
def test_a_row_tells_with_whom_it_was(row: RawActivity, refs: Refs, people: Counterparts, told: str) -> None:
    assert people.of_row(row, refs) == told


ROWS = f"""hs_object_id,crm_subject,crm_description,crm_subtype,activity_date,owner,contact
1,Docks,Left a voicemail.,Call,2026-03-01,Una Berg,Ina Voss
2,Docks,"{MAIL}",Email,2026-03-02 09:30,Una Berg,
3,Note,,Task,2026-03-03,Una Berg,
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    yield opened
    opened.engine.dispose()


def test_the_store_knows_it_too(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(ROWS, encoding="utf-8")
    ingest(tmp_path / "in.csv", store, Plan(our_domains=US.domains))
    audit_store(store, ByWord())
    out = tmp_path / "all.csv"
    export_store(store, out, Export("by word", neutral=False, keep=True))
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["contact"] for row in csv.DictReader(file)] == ["Ina Voss", "Ana Re", ""]
    outcome = Outcome.of_store(out, {})
    told = [(row.about.contact, row.about.at) for row in outcome.pick(Wish(), 9)]
    assert told == [("Ina Voss", "2026-03-01"), ("Ana Re", "2026-03-02T09:30:00"), ("", "2026-03-03")]
