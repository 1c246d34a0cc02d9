"""One entry of the audit trail: what it may say, as it is put, kept and sought."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class What(StrEnum):
    """What was done."""

    SIGN_IN = "sign-in"
    REFUSED = "refused sign-in"
    PEOPLE = "people"
    IMPORT = "import"
    UNDO = "undo"
    OUR_SIDE = "our side"
    JOIN = "join"
    TAKE_APART = "take apart"
    KEEP_APART = "keep apart"
    CORRECTION = "correction"
    TAKE_BACK = "take-back"
    LEARN = "learn"
    EXPORT = "export"
    DRAFT = "draft"
    MODEL_CALL = "model call"
    ERASURE = "erasure"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `about` is the id of a record or of an import, never words about a customer.

    `before`, `after`, `why` may hold such words; `policy` says under which rules; `cost` is in US dollars; `gone`
    lists earlier entries whose words were erased with this one.
    """

    who: str
    what: What
    about: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    policy: str = ""
    cost: float | None = None
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An entry on record. `erased` tells that its words are gone."""

    number: int
    at: datetime
    entry: Entry
    hash: str
    erased: bool = False

    def to_text(self) -> str:
        """One line for a terminal."""
        entry = self.entry
        told = [f"{self.number:>6}  {self.at:%Y-%m-%d %H:%M:%S}  {entry.who or '-'}  {entry.what}", entry.about]
        told += ["(words erased)"] if self.erased else [_change(entry), f"“{entry.why}”" if entry.why else ""]
        told += [f"policy {entry.policy}" if entry.policy else ""]
        told += [f"${entry.cost:.4f}" if entry.cost is not None else ""]
        return "  ".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows are meant; every field that is set must hold. Days are inclusive, in UTC."""

    who: str = ""
    what: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


def _change(entry: Entry) -> str:
    return f"{entry.before} → {entry.after}" if entry.before and entry.after else entry.before or entry.after
