"""An Activity as the columns that are stored of it; whoever makes them needs no database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from crm.nouns import Activity, Kind, Side


def row_of(activity: Activity) -> dict[str, Any]:
    """The columns of `activities` that an Activity fills; the importer adds its own."""
    messages = [
        [str(m.side), m.author, m.address, m.at.isoformat() if m.at else None, m.text, m.depth, *m.span]
        for m in activity.messages
    ]
    return {
        "id": activity.id,
        "native_id": activity.native_id,
        "source": activity.source,
        "kind": str(activity.kind),
        "raw_subject": activity.raw_subject,
        "raw_body": activity.raw_body,
        "subject": activity.subject,
        "tags": list(activity.tags),
        "messages": messages,
        "sides": ",".join(sorted({m.side for m in activity.messages})),
        "direction": str(activity.direction),
        "outcome": activity.outcome,
        "duration_s": activity.duration_s,
        "at": activity.at,
        "owner": activity.owner,
        "account_id": activity.account_id,
        "contact_ids": list(activity.contact_ids),
        "named": list(activity.named),
        "text_hash": activity.text_hash,
        "told_at": told_at(activity.kind, messages, activity.at),
    }


def told_at(kind: str, messages: Sequence[Sequence[Any]], at: datetime | None) -> datetime | None:
    """When they wrote what a mail of ours quotes; None where the record's own day tells when they spoke, or nothing.

    A mail of ours without a day was sent no earlier, and nobody knows when.
    """
    if kind != Kind.EMAIL or not messages or messages[0][0] != Side.US:
        return None
    theirs = next((m for m in messages if m[0] == Side.THEM and m[4].strip()), None)
    told = datetime.fromisoformat(theirs[3]) if theirs and theirs[3] else None
    return told if told and (at is None or told < _aware(at)) else None


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def body_of(messages: Sequence[Sequence[Any]], raw_body: str) -> str:
    """The words of a record: what its messages say without markup, else the raw body."""
    return "\n".join(message[4] for message in messages) or raw_body
