"""Gives each record its home: the account and contacts that it belongs to, as columns of its table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from crm.intake.match import Directory, Match
from crm.intake.matching import matching
from crm.intake.sources import Refs
from crm.records import db
from crm.records.forgotten import NOBODY, Forgotten
from crm.threads.thread import Ours

GIVEN_PRODUCT = "@product"  # where a deal keeps the spelling of its product when the product list has another
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Homes:
    """What the store knows at one moment that records may belong to. `products` are names by their letters."""

    directory: Directory
    ours: Ours
    products: Mapping[str, str] = field(default_factory=dict)
    forgotten: Forgotten = NOBODY
    _matches: dict[Refs, Match] = field(default_factory=dict)  # rows of one export name the same few people

    @classmethod
    def read(cls, connection: Connection, ours: Ours) -> "Homes":
        names = connection.execute(select(db.products.c.name).order_by(db.products.c.number.desc())).scalars()
        products = {_letters(name): name for name in names}
        return cls(Directory.read(connection, matching()), ours, products, Forgotten.read(connection))

    def columns(self, table: str, row: Mapping[str, Any], refs: Refs) -> dict[str, Any]:
        """The columns of `row` that say whom it belongs to."""
        match table:
            case "activities":
                found = self._match(refs)
                contact_ids = list(found.contact_ids)
                return {"account_id": found.account_id, "matched_by": found.by, "contact_ids": contact_ids}
            case "contacts":
                # The explicit id is kept though its account may come later; a contact is no witness for itself.
                match_id = self.directory.match_contact(refs, self.ours).account_id
                return {"account_id": self.directory.home(refs.account_id) or match_id}
            case "deals":
                return self._deal(row, refs)
            case _:
                return {}

    def _match(self, refs: Refs) -> Match:
        if refs not in self._matches:
            if len(self._matches) >= _MOST_REMEMBERED:
                self._matches.clear()
            self._matches[refs] = self.directory.match(refs, self.ours)
        return self._matches[refs]

    def _deal(self, row: Mapping[str, Any], refs: Refs) -> dict[str, Any]:
        account_id = self.directory.match(refs, self.ours).account_id or self.directory.home(refs.account_id) or None
        name = self.directory.name_now(refs.account) or self.directory.accounts.get(account_id or "", "")
        given = row["extra"].get(GIVEN_PRODUCT, row["product"])
        product = self.products.get(_letters(given), given)
        extra = {k: v for k, v in row["extra"].items() if k != GIVEN_PRODUCT}
        extra |= {GIVEN_PRODUCT: given} if product != given else {}
        return {"account_id": account_id, "account_name": name, "product": product, "extra": extra}


def _letters(name: str) -> str:
    """A product's name without case, spaces and punctuation: GTXPro is GTX Pro."""
    return re.sub(r"[\W_]+", "", name.casefold())
