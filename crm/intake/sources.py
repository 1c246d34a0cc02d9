"""Makes rows of a recognised table into records: ids, values, whom they refer to, what nobody knows."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from crm.intake.cells import Cells, Form
from crm.intake.columns import OPEN, YES
from crm.intake.csv_repair import Row
from crm.nouns import Activity
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded

_NEEDED = {
    "accounts": ("name",),
    "contacts": ("name", "email"),
    "deals": ("name", "account_name", "stage"),
    "leads": ("name", "email", "company"),
    "reps": ("name",),
    "products": ("name",),
}
_TEXTS = {
    "accounts": ("name", "type", "industry", "region", "owner", "parent"),
    "contacts": ("title", "phone", "owner"),
    "deals": ("name", "stage", "currency", "product", "owner", "loss_reason"),
    "leads": ("company", "industry", "job_title", "company_size", "location", "status", "owner"),
    "reps": ("manager", "region"),
    "products": ("name", "series"),
}


GUEST = "This user is a customer's contact, whom the CRM lets in: no person of ours."
FLAGS = frozenset(("true", "false", "yes", "no", "0", "1"))  # they tell no stage
UNSENT = "This is a draft, which was never sent."
NAMES = "@names"  # where an activity keeps the names that stood beside addresses; a row without any has none
_ADDRESSED = ("from_address", "to_addresses", "contact_emails")
_MANY = ("@contact_ids", "@addresses", "@mentioned", "@contact_names", "@deals")
_ALWAYS = 3  # of these a row was hashed by before there were the others


class Refs(NamedTuple):
    """Whom a row says it belongs to.

    `addresses` and `contact_names` stand in columns of the row, `mentioned` in the heads of mails inside its text;
    `deals` are ids and names.
    """

    account_id: str = ""
    account: str = ""
    contact_ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    contact_names: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As it is kept beside the record, so that matching can be done again."""
        told = (
            ("@account_id", self.account_id),
            ("@account", self.account),
            *zip(_MANY, map(list, self._many()), strict=True),
        )
        return {name: said for name, said in told if said}

    @property
    def everybody(self) -> tuple[str, ...]:
        """Every address and contact that the row names."""
        return (*self.contact_ids, *self.addresses, *self.mentioned)

    def said(self) -> tuple[object, ...]:
        """All of it, to be hashed: a row without names or deals as it was hashed before there were any."""
        many = self._many()
        later = many[_ALWAYS:]
        while later and not later[-1]:
            later = later[:-1]
        return self.account_id, self.account, many[:_ALWAYS], *later

    def _many(self) -> tuple[tuple[str, ...], ...]:
        return self.contact_ids, self.addresses, self.mentioned, self.contact_names, self.deals

    @classmethod
    def of(cls, extra: Mapping[str, Any]) -> "Refs":
        """What `stored` kept."""
        many = (tuple(extra.get(name, ())) for name in _MANY)
        return cls(extra.get("@account_id", ""), extra.get("@account", ""), *many)


NO_REFS = Refs()
_NOTHING: Mapping[str, Any] = {}


class Draft(NamedTuple):
    """A row as a record that is still to be parsed and matched. A tuple, for there are many.

    `columns` are those of its table; an activity has `raw` instead. `refused` says why it cannot be stored.
    """

    id: str
    native_id: str
    columns: Mapping[str, Any] = _NOTHING
    raw: RawActivity | None = None
    refs: Refs = NO_REFS
    extra: Mapping[str, Any] = _NOTHING
    refused: str = ""

    def row_hash(self) -> str:
        """Identity of all that the row says, in whatever order or encoding its file says it."""
        raw = self.raw
        text = (raw.kind.value, raw.raw_subject, raw.raw_body, raw.direction.value, raw.outcome) if raw else ()
        when = (raw.duration_s, raw.at, raw.owner) if raw else ()
        said = (self.id, text, when, self.refs.said(), sorted(self.columns.items()), sorted(self.extra.items()))
        return hashlib.blake2b(repr(said).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()

    def activity(self, ours: Ours) -> Activity:
        """The parsed activity; its native id is the file's own, unchanged."""
        if self.raw is None:
            raise TypeError("only a row of activities becomes an activity")
        parsed = threaded(self.raw, ours)
        return parsed if parsed.native_id == self.native_id else replace(parsed, native_id=self.native_id)


@dataclass(frozen=True, slots=True)
class Source:
    """A recognised table, ready to make records of its rows.

    A row without an id is known by what it says, so that next week's file adds what is new. `repeats`: of rows that say
    what an earlier one says, which of them it is, by their number.
    """

    form: Form
    repeats: Mapping[int, int] = field(default_factory=dict)

    @property
    def record(self) -> str:
        return self.form.layout.record

    @property
    def has_ids(self) -> bool:
        return "native_id" in self.form.layout.columns or bool(self.form.layout.id_from)

    def native_id(self, row: Row) -> str:
        """The row's id as the file writes it, or its number; also of a row that cannot be read."""
        whole = len(row.cells) >= len(self.form.names)
        return (Cells(self.form, row.cells).native_id() if whole else "") or str(row.number)

    def draft(self, row: Row) -> Draft:
        """The row as a record. A row that cannot be one says why in `refused`."""
        if row.broken:
            return Draft("", "", refused=row.broken)
        if not any(map(str.strip, row.cells)):
            return Draft("", "", refused="This row is empty.")
        cells = Cells(self.form, row.cells)
        given = cells.native_id()
        native = given or str(row.number)
        if self.record == "activities" and cells.is_draft():
            return Draft("", native, refused=UNSENT)
        full = self._full_id(cells, given, row)
        return (
            _activity(cells, full, native) if self.record == "activities" else _record(cells, self.record, full, native)
        )

    def raw(self, row: Row) -> RawActivity | None:
        """What a row of activities says of itself, without all that it refers to; None for a broken row."""
        if row.broken:
            return None
        cells = Cells(self.form, row.cells)
        return _raw(cells, self._full_id(cells, cells.native_id(), row))

    def _full_id(self, cells: Cells, given: str, row: Row) -> str:
        return f"{self.form.layout.source}:{cells.key(given) or self._told(row)}"

    def _told(self, row: Row) -> str:
        again = self.repeats.get(row.number)
        return f"{self.said(row)}-{again}" if again else self.said(row)

    def said(self, row: Row) -> str:
        """What all cells of the row say, as 16 hex digits: the same in every file of these columns."""
        told = "\0".join((*self.form.names, *map(str.strip, row.cells)))
        return hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _activity(cells: Cells, full: str, native: str) -> Draft:
    raw = _raw(cells, full)
    envelope = {
        "@from": raw.from_address,
        "@to": list(raw.to_addresses),
        "@html": _unread_html(cells),
        NAMES: list(map(list, _names(cells).items())),
    }
    extra = cells.extra() | {name: said for name, said in envelope.items() if said}
    refs = _refs(cells, "contact_emails", "contact_names", "from_address", "to_addresses")
    return Draft(full, native, raw=raw, refs=refs._replace(contact_names=raw.contacts), extra=extra)


def _names(cells: Cells) -> dict[str, str]:
    """What those are called whose addresses the row shows."""
    apart = cells.beside("from_name", "from_address") | cells.beside("to_names", "to_addresses")
    return apart | cells.names(*_ADDRESSED)


def _raw(cells: Cells, full: str) -> RawActivity:
    source, _, key = full.partition(":")
    at, ends_at = cells.at(), cells.moment("ends_at")
    duration = cells.seconds("duration_s")
    if duration is None:
        duration = cells.minutes("duration_min")
    if duration is None and at and ends_at and ends_at > at:
        duration = int((ends_at - at).total_seconds())
    return RawActivity(
        native_id=key,
        source=source,
        kind=cells.kind(),
        raw_subject=cells.text("subject"),
        raw_body=_body(cells),
        direction=cells.direction(),
        outcome=cells.outcome(),
        duration_s=duration,
        at=at,
        owner=cells.word("owner"),
        from_address=next(iter(cells.addresses("from_address")), ""),
        to_addresses=cells.addresses("to_addresses"),
        contacts=cells.people("contact_names"),
    )


def _body(cells: Cells) -> str:
    """The text, else the HTML; notes that were kept apart follow it."""
    body, notes = cells.text("body") or cells.text("html"), cells.text("notes")
    return f"{body}\n\n{notes}" if body and notes else body or notes


def _unread_html(cells: Cells) -> str:
    return cells.text("html") if cells.text("body") else ""


def _record(cells: Cells, record: str, full: str, native: str) -> Draft:
    if record == "reps" and cells.references("contact_ids"):
        return Draft("", native, refused=GUEST)
    columns: dict[str, Any] = {name: cells.word(name) for name in _TEXTS[record]}
    columns |= _OTHERS[record](cells)
    if not any(columns[name] for name in _NEEDED[record]):
        why = f"This row has no {' and no '.join(_NEEDED[record])}: one of {record} needs it."
        return Draft("", native, refused=why.replace("_", " "))
    refs = _refs(cells, "email") if record in ("contacts", "deals") else NO_REFS
    if record == "deals":
        refs = refs._replace(contact_names=cells.people("contact_names"))
    return Draft(full, native, columns, refs=refs, extra=cells.extra())


def _refs(cells: Cells, *address_fields: str) -> Refs:
    return Refs(
        account_id=next(iter(cells.references("account_id")), ""),
        account=cells.word("account"),
        contact_ids=cells.references("contact_ids"),
        addresses=cells.addresses(*address_fields),
        deals=(*cells.references("deal_ids"), *filter(None, (cells.word("deals"),))),
    )


def _account(cells: Cells) -> dict[str, Any]:
    return {"size": cells.whole("size"), "revenue": cells.number("revenue"), "domain": cells.domain("domain")}


def _contact(cells: Cells) -> dict[str, Any]:
    email = _email(cells)
    return {"name": cells.name() or email, "email": email, "opted_out": cells.meaning("opted_out") == YES}


def _deal(cells: Cells) -> dict[str, Any]:
    """The day of closing that a program gives an open deal is the one that is expected."""
    status, won = cells.word("won"), _won(cells)
    closed, expected = cells.moment("closed_at"), cells.moment("expected_close_at")
    return {
        "stage": cells.word("stage") or (status if status.casefold() not in FLAGS else ""),
        "account_name": cells.word("account"),
        "amount": cells.number("amount"),
        "created_at": cells.moment("created_at"),
        "closed_at": None if won is None else closed,
        "expected_close_at": expected or (closed if won is None else None),
        "won": won,
    }


def _won(cells: Cells) -> bool | None:
    """By the flags or the word that say so, else by the name of the stage; None while the deal is open."""
    if told := cells.meaning("won"):
        return None if told == OPEN else told == YES
    if cells.meaning("closed") == YES:
        return False
    said = cells.meaning("stage")
    return said == YES if said else None


def _lead(cells: Cells) -> dict[str, Any]:
    notes = cells.text("notes").strip()
    days = {day: cells.moment(day) for day in ("created_at", "last_contact")}
    return {"name": cells.name(), "email": _email(cells), **days, "notes": notes}


def _rep(cells: Cells) -> dict[str, Any]:
    email = _email(cells)
    return {"name": cells.name() or email, "email": email}


def _email(cells: Cells) -> str:
    return next(iter(cells.addresses("email")), "")


_OTHERS: dict[str, Callable[[Cells], dict[str, Any]]] = {
    "accounts": _account,
    "contacts": _contact,
    "deals": _deal,
    "leads": _lead,
    "reps": _rep,
    "products": lambda cells: {"price": cells.number("price")},
}
