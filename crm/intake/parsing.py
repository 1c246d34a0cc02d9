"""Rows to records that are ready to be matched: pure, so that it can run in another process."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from crm.intake import cell_values
from crm.intake.csv_repair import Row
from crm.intake.known_people import NOBODY_KNOWN, KnownPeople
from crm.intake.matching import matching
from crm.intake.sources import NO_REFS, Draft, Refs, Source
from crm.nouns import Activity, Message
from crm.records.activity_row import body_of, row_of
from crm.records.jsontext import encoded
from crm.threads import phrases
from crm.threads.thread import Ours

_MOST_HEADS = 40


class Record(NamedTuple):
    """A row as it will be stored, but for its account. `refused` says why it is not stored.

    Of an activity, `body` is what full-text search sees of its words, `people` the names and addresses on it; its
    columns of several values are JSON text already, which costs the reading process nothing. A tuple, for there are
    many and they come from other processes.
    """

    id: str
    row_hash: str
    columns: dict[str, Any]
    refs: Refs = NO_REFS
    refused: str = ""
    body: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True)
class Parse:
    """Makes records of a batch of rows."""

    source: Source
    ours: Ours
    known: KnownPeople = NOBODY_KNOWN

    def __call__(self, rows: Sequence[Row]) -> list[Record]:
        return [self._record(self.source.draft(row)) for row in rows]

    def _record(self, draft: Draft) -> Record:
        """The hash is of what the row says, whoever its people turn out to be."""
        if draft.refused:
            return Record(draft.id, "", {}, refused=draft.refused)
        row_hash, draft = draft.row_hash(), self.known.on(draft)
        if draft.raw is not None:
            return self._activity(draft, draft.activity(self.ours), row_hash)
        columns = dict(draft.columns) | self._kept(draft, draft.refs, row_hash)
        return Record(draft.id, row_hash, columns, draft.refs)

    def _activity(self, draft: Draft, activity: Activity, row_hash: str) -> Record:
        found = mentioned(activity.raw_body, activity.messages)
        refs = draft.refs._replace(mentioned=found) if found else draft.refs
        columns = row_of(activity) | self._kept(draft, refs, row_hash)
        body, people = body_of(columns["messages"], activity.raw_body), written_on(columns, refs)
        columns |= {name: encoded(columns[name]) for name in ("tags", "messages", "named", "extra")}
        return Record(draft.id, row_hash, columns, refs, body=body, people=people)

    def _kept(self, draft: Draft, refs: Refs, row_hash: str) -> dict[str, Any]:
        """The columns that every record has."""
        return {
            "id": draft.id,
            "native_id": draft.native_id,
            "source": self.source.form.layout.source,
            "row_hash": row_hash,
            "extra": dict(draft.extra) | refs.stored(),
        }


def written_on(row: Mapping[str, Any], refs: Refs) -> str:
    """The names and addresses that stand on the row itself: who wrote, whom mails went to, our rep."""
    wrote = (part for message in row["messages"] for part in (message[1], message[2]))
    return "\n".join(
        dict.fromkeys(filter(None, (*wrote, *refs.addresses, *refs.mentioned, *refs.contact_names, row["owner"])))
    )


def mentioned(raw_body: str, messages: Iterable[Message]) -> tuple[str, ...]:
    """The addresses in heads of mails inside a text; those in its sentences may be anybody's."""
    if "@" not in raw_body:
        return ()
    heads = (found[1] for found in islice(_heads().finditer("\n" + raw_body), _MOST_HEADS))
    addresses = [address for head in heads for address in cell_values.addresses(head)]
    return tuple(dict.fromkeys([*addresses, *(m.address for m in messages if m.address)]))


@cache
def _heads() -> re.Pattern[str]:
    """A head's line that names people, in plain text or in HTML, up to the tag that ends it.

    It starts with a sign, for which the engine looks quickly; marks are never given back, for no word begins with one.
    """
    words = phrases.either(matching().heads)
    return re.compile(rf"[\n>][\s>*_]{{0,8}}+(?:{words})\s?:((?:(?!<(?:br|div|p|/))[^\n]){{1,500}})", re.IGNORECASE)
