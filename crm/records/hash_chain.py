"""How the rows of the audit trail hang together: each carries the hash of the one before, and the seal of its words.

What people typed, and what was there before and after, may name a customer, who may want to be forgotten. So a row
holds only the seal of its words (a salted hash); the words lie beside it. Erasing words leaves the chain whole and is
itself a row that names the rows whose words are gone.

How many rows there are, with the last hash, is kept a second time in a file of its own. Together they show a row that
was altered, taken out or cut off the end. They cannot show it against somebody who writes to both and computes the
whole chain anew: for that, keep what `verify` prints somewhere else.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import RowMapping

from crm.errors import StoreTrouble

BEGINNING = "0" * 64  # what the first row carries as the hash of the one before
FIELDS = ("number", "at", "who", "what", "about", "policy", "cost", "seal", "gone", "previous")  # what is hashed


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the chain came to. `number` is the first row that is wrong; `count` and `head` what was found."""

    count: int
    head: str
    number: int | None = None
    wrong: str = ""

    @property
    def whole(self) -> bool:
        return not self.wrong

    def to_text(self) -> str:
        if self.whole:
            return f"The trail is whole: {self.count:,} rows, the last hash {self.head}"
        return f"The trail was altered: {'row ' + str(self.number) + ': ' if self.number else ''}{self.wrong}"


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The file that says a second time how many rows there are, with the last hash."""

    path: Path

    def keep(self, count: int, last: str) -> None:
        """In one step; a process that was killed before it leaves an older head, which still fits."""
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}-{secrets.token_hex(4)}")
        try:
            beside.write_text(json.dumps({"count": count, "hash": last}), encoding="ascii")
            beside.replace(self.path)
        except OSError as err:
            beside.unlink(missing_ok=True)
            raise StoreTrouble(f"{self.path.name} cannot be written ({err}). Check the data folder.") from err

    def compared(self, hashes: Sequence[str]) -> Verified:
        """The end of the chain against what was kept; `hashes` starts with BEGINNING."""
        count, head = len(hashes) - 1, hashes[-1]
        try:
            kept = json.loads(self.path.read_text(encoding="ascii"))
            known, last = int(kept["count"]), str(kept["hash"])
        except FileNotFoundError:
            missing = f"{self.path.name} is missing: whether rows were cut off the end cannot be told"
            return Verified(count, head, None, missing if count else "")
        except (OSError, ValueError, KeyError, TypeError) as err:
            return Verified(count, head, None, f"{self.path.name} cannot be read ({err})")
        if known > count:
            return Verified(count, head, count + 1, f"the last {known - count:,} of {known:,} rows are missing")
        if hashes[known] != last:
            return Verified(count, head, known, f"it is not the row that {self.path.name} knows")
        return Verified(count, head)


def verified(rows: Sequence[RowMapping], words: Mapping[int, RowMapping], kept: KeptHead) -> Verified:
    """Every hash and seal computed anew, then the end compared with the head; `rows` in the order of their numbers."""
    erased = {int(n) for row in rows for n in row["gone"].split(",") if n}
    hashes = [BEGINNING]
    for place, row in enumerate(rows, 1):
        if wrong := _wrong(row, place, hashes[-1], words.get(row["number"]), erased):
            return Verified(len(rows), hashes[-1], place, wrong)
        hashes.append(row["hash"])
    return kept.compared(hashes)


def row_hash(row: Mapping[str, Any] | RowMapping) -> str:
    """SHA-256 of what the row says, the hash of the one before included: 64 hex digits."""
    return _digest([row[name] for name in FIELDS])


def seal(salt: str, *words: str) -> str:
    """What a row holds instead of its words; nobody can guess them from it without the salt."""
    return _digest([salt, *words])


def _digest(told: list[Any]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _wrong(row: RowMapping, place: int, previous: str, words: RowMapping | None, erased: set[int]) -> str:
    """What is wrong with a row; nothing when it is as it was written."""
    if row["number"] != place:
        return "it was taken out"
    if row["previous"] != previous:
        return "it does not follow the row before it"
    if row["hash"] != row_hash(row):
        return "it was changed"
    if words is None:
        return "its words were taken out" if row["seal"] and place not in erased else ""
    if place in erased:
        return "its words were put back after they were erased"
    told = (words["salt"], words["before"], words["after"], words["why"])
    return "its words were changed" if seal(*told) != row["seal"] else ""
