"""A small CRM, stored as the importer stores it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import text

from crm.nouns import Activity, Kind, Message, Side
from crm.records import fulltext
from crm.records.activity_row import row_of
from crm.records.db import accounts, activities, deals
from crm.records.fulltext import Page
from crm.records.store import Store
from retrieval.embed import Embedder, Vectors

RECORD = {"native_id": "1", "source": "demo", "row_hash": "", "import_id": 1, "extra": {}}


def a_message(author: str, said: str, side: Side = Side.THEM, at: datetime | None = None) -> Message:
    return Message(side, author, "", at, said, 0, (0, len(said)))


def an_activity(native_id: str, subject: str, *messages: Message, day: int = 1, **other: object) -> Activity:
    body = "\n\n".join(message.text for message in messages)
    plain = Activity(
        id=f"demo:{native_id}",
        native_id=native_id,
        source="demo",
        kind=Kind.EMAIL,
        raw_subject=subject,
        raw_body=body,
        subject=subject,
        messages=messages,
        at=datetime(2026, 1, day, 9, tzinfo=UTC),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def put(store: Store, found: Sequence[Activity]) -> None:
    """Stores activities with their full text, in one transaction."""
    with store.writing() as connection:
        for activity in found:
            row = {**row_of(activity), "matched_by": "", "row_hash": activity.text_hash, "import_id": 1, "extra": {}}
            inserted = connection.execute(activities.insert().values(row)).inserted_primary_key
            assert inserted is not None
            people = "\n".join(part for m in activity.messages for part in (m.author, m.address) if part)
            fulltext.put(connection, [Page.of({**row, "number": inserted[0]}, people)])


def take(store: Store, activity_id: str) -> None:
    """Removes an activity, as forgetting does."""
    with store.writing() as connection:
        connection.execute(
            text("DELETE FROM activities_fts WHERE rowid = (SELECT number FROM activities WHERE id = :id)"),
            {"id": activity_id},
        )
        connection.execute(activities.delete().where(activities.c.id == activity_id))


def put_account(store: Store, account_id: str, name: str, **other: str) -> None:
    with store.writing() as connection:
        connection.execute(accounts.insert().values({**RECORD, "id": account_id, "name": name, **other}))


def put_deal(store: Store, deal_id: str, name: str, **other: str) -> None:
    with store.writing() as connection:
        connection.execute(deals.insert().values({**RECORD, "id": deal_id, "name": name, **other}))


LETTERS = [
    an_activity(
        "1",
        "Tessera Dock: cold rooms",
        a_message("Sigrid Aas", "The freezer alarms went off twice on Sunday night. Nobody knew which room was warm."),
        a_message("Tom Okafor", "Our loggers cost 42 EUR each. Would Thursday suit you?", Side.US),
        day=3,
        account_id="demo:A1",
        contact_ids=("demo:C1",),
    ),
    an_activity(
        "2",
        "Tessera Dock: invoice INV-20855",
        a_message("Melinda Hart", "Sorry, that invoice got buried. The transfer goes out today."),
        day=5,
        account_id="demo:A2",
    ),
    an_activity(
        "3",
        "Tessera Dock: votre devis",
        a_message("Mme Lefort", "Le prix est trop élevé pour nous. Nous avons signé chez un concurrent."),
        day=7,
        account_id="demo:A2",
    ),
    an_activity(
        "4",
        "Tessera Dock: call with Mr Teel",
        a_message(
            "Tom Okafor",
            "He runs fourteen forklifts and three are broken. The plant controller owns the budget.",
            Side.US,
        ),
        day=9,
        kind=Kind.CALL,
        account_id="demo:A1",
    ),
    an_activity(
        "5",
        "Tessera Dock: single sign-on",
        a_message(
            "Amara Obi", "We said no two years ago because SSO cost extra. Now it is included, we would look again."
        ),
        day=11,
        account_id="demo:A3",
    ),
    an_activity("6", "", day=12, account_id="demo:A3"),
]


@dataclass
class Counted:
    """An embedder that counts the texts it was given."""

    inner: Embedder
    texts: int = 0
    renamed: str = ""

    @property
    def name(self) -> str:
        return self.renamed or self.inner.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return self.inner.embed(texts)
