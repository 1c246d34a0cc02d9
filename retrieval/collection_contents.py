"""What a collection holds, known by heart: each record's mark, and who wrote each of its passages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Row:
    """One passage as the collection holds it; `of` is how many its record has."""

    passage_id: str
    mark: str
    side: str
    of: int


@dataclass(frozen=True, slots=True)
class _Record:
    mark: str
    sides: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(slots=True)
class Held:
    """Kept in step with the collection by whoever writes to it; safe to read while that goes on."""

    _records: dict[str, _Record] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self._records)

    @property
    def marks(self) -> Mapping[str, str]:
        with self._lock:
            return {record_id: record.mark for record_id, record in self._records.items()}

    def put(self, record_id: str, mark: str, sides: tuple[str, ...]) -> None:
        ids = tuple(f"{record_id}#{number}" for number in range(len(sides)))
        with self._lock:
            self._records[record_id] = _Record(mark, sides, ids)

    def take(self, record_ids: Iterable[str]) -> list[str]:
        """Forgets these records; returns the ids of their passages."""
        with self._lock:
            taken = [self._records.pop(record_id) for record_id in record_ids if record_id in self._records]
        return [passage_id for record in taken for passage_id in record.ids]

    def passages(self, only: Collection[str] | None = None, side: str | None = None) -> list[str]:
        """Passage ids: of some records or of all, written by one side or by any."""
        with self._lock:
            known = self._records
            found = list(known.values()) if only is None else [known[i] for i in only if i in known]
        if side is None:
            return [passage_id for record in found for passage_id in record.ids]
        return [i for record in found for i, wrote in zip(record.ids, record.sides, strict=True) if wrote == side]


def read(rows: Iterable[Row]) -> tuple[Held, list[str]]:
    """What is wholly held; apart from it the passages of records of which a part is missing."""
    found: dict[str, dict[int, Row]] = {}
    for row in rows:
        record_id, number = split(row.passage_id)
        found.setdefault(record_id, {})[number] = row
    held, broken = Held(), list[str]()
    for record_id, parts in found.items():
        first = next(iter(parts.values()))
        if sorted(parts) == list(range(first.of)):
            held.put(record_id, first.mark, tuple(parts[number].side for number in range(first.of)))
        else:
            broken += [row.passage_id for row in parts.values()]
    return held, broken


def split(passage_id: str) -> tuple[str, int]:
    """The record of a passage, with its number there."""
    record_id, _, number = passage_id.rpartition("#")
    return record_id, int(number)
