"""The rows of a finished audit, kept where they can be filtered, corrected and taken away, however many there are."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path

from crm.engagement import formats
from crm.engagement.audited_record import About, rows_about, when
from crm.engagement.counterparts import NOBODY_KNOWN, Counterparts
from crm.engagement.export import NEWLINE, Result, cells, columns
from crm.intake.survey import Surveyed
from crm.nouns import Activity, Engagement, Verdict

FILE = "rows.sqlite"
FORMS = ("xlsx", "csv", "jsonl", "parquet")
TAKEN = ("account", "contact", "date", "owner", "kind", "subject")
"""What a file that is taken away tells of each record beside its verdict."""
_FIELDS = (
    "native_id", "label", "confidence", "decided_by", "because", "quote", "id", "kind", "owner", "at", "subject",
    "account", "contact",
)  # fmt: skip
_ANY: tuple[str, ...] = ("label", "decided_by", "judge", "owner", "kind")


@dataclass(frozen=True, slots=True)
class Row:
    """One judged record. `number` is its place in the result, from 1."""

    number: int
    native_id: str
    label: str
    confidence: float
    decided_by: str
    because: str
    quote: str
    about: About

    def is_of(self, activity: Activity) -> bool:
        """Whether a stored record is this row's own: that of another export may have its id."""
        text = f"{activity.raw_subject}\n{activity.raw_body}"
        return self.about.subject.split() == activity.raw_subject.split() and self.quote in text


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows are wanted; what is empty or None does not matter. `judge` is rule, model, llm, person or refused."""

    label: str = ""
    judge: str = ""
    decided_by: str = ""
    kind: str = ""
    owner: str = ""
    surest: float = 1.0
    text: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rows of one audit in a folder of their own."""

    folder: Path

    @classmethod
    def of_file(cls, judged: Path, source: Surveyed, people: Counterparts = NOBODY_KNOWN) -> "Outcome":
        """The result of auditing a file, beside what its rows say of themselves; `people` tells with whom they were."""
        return cls._filled(judged, rows_about(source, people))

    @classmethod
    def of_store(cls, judged: Path, accounts: Mapping[str, str]) -> "Outcome":
        """The result of auditing the store, written with its records beside the verdicts; `accounts`: names by id."""
        with judged.open(encoding="utf-8", newline="") as file:
            kept = (
                About(
                    id=r["id"],
                    kind=r["crm_subtype"],
                    owner=r["owner"],
                    at=when(datetime.fromisoformat(r["date"])) if r["date"] else "",
                    subject=r["crm_subject"],
                    account=accounts.get(r["account_id"], ""),
                    contact=r["contact"],
                )
                for r in csv.DictReader(file)
            )
            return cls._filled(judged, kept)

    @property
    def total(self) -> int:
        return self.count(Wish())

    def counts(self) -> dict[str, int]:
        """Rows by label, every label."""
        with closing(self._open()) as rows:
            found = dict(rows.execute("SELECT label, count(*) FROM rows GROUP BY label").fetchall())
        return {e.value: found.get(e.value, 0) for e in Engagement}

    def values(self, column: str) -> list[str]:
        """The values of a column, the most frequent first."""
        if column not in _ANY:
            raise ValueError(f"{column} cannot be listed")
        query = f"SELECT {column} FROM rows WHERE {column} != '' GROUP BY {column} ORDER BY count(*) DESC, {column}"
        with closing(self._open()) as rows:
            return [value for (value,) in rows.execute(query)]

    def count(self, wish: Wish) -> int:
        where, bound = _where(wish)
        with closing(self._open()) as rows:
            return int(rows.execute(f"SELECT count(*) FROM rows {where}", bound).fetchone()[0])

    def pick(self, wish: Wish, limit: int, after: int = 0) -> list[Row]:
        """The rows that are wanted, in the order of the file, `limit` of them after the first `after`."""
        where, bound = _where(wish)
        with closing(self._open()) as rows:
            query = f"SELECT number, {', '.join(_FIELDS)} FROM rows {where} ORDER BY number LIMIT ? OFFSET ?"
            return [_row(found) for found in rows.execute(query, (*bound, limit, after))]

    def row(self, number: int) -> Row | None:
        with closing(self._open()) as rows:
            found = rows.execute(
                f"SELECT number, {', '.join(_FIELDS)} FROM rows WHERE number = ?", (number,)
            ).fetchone()
        return _row(found) if found else None

    def put(self, number: int, verdict: Verdict) -> None:
        """The row's verdict from now on."""
        new = (verdict.engagement.value, verdict.confidence, verdict.decided_by, verdict.because, verdict.quote)
        with closing(self._open()) as rows, rows:
            rows.execute(
                "UPDATE rows SET label = ?, confidence = ?, decided_by = ?, because = ?, quote = ?, judge = ? "
                "WHERE number = ?",
                (*new, _judge(verdict.decided_by), number),
            )

    def write(self, form: str, name: str, wish: Wish = Wish()) -> Path:
        """The rows that are wanted as a file to be taken away; a CSV runs in no spreadsheet. Raises BadFile.

        A CSV begins with the mark by which Excel knows UTF-8.
        """
        plain = self.folder / f"{name}.plain"
        neutral = form == "csv"
        with plain.open("w", encoding="utf-8-sig" if neutral else "utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator=NEWLINE)
            writer.writerow(columns(TAKEN))
            writer.writerows(cells(result, neutral) for result in self._results(wish))
        out = self.folder / f"{name}.{form}"
        if neutral:
            return plain.replace(out)
        formats.convert(plain, out, out)
        plain.unlink()
        return out

    @classmethod
    def _filled(cls, judged: Path, about: Iterable[About]) -> "Outcome":
        path = judged.parent / FILE
        path.unlink(missing_ok=True)
        outcome = cls(judged.parent)
        fields = ", ".join(f"{name} {'REAL' if name == 'confidence' else 'TEXT'}" for name in _FIELDS)
        with closing(outcome._open()) as rows, rows, judged.open(encoding="utf-8", newline="") as file:
            rows.execute(f"CREATE TABLE rows (number INTEGER PRIMARY KEY, {fields}, judge TEXT)")
            read = csv.reader(file)
            next(read, None)
            values = (
                (*r[:2], float(r[2]), *r[3:6], *astuple(a), _judge(r[3])) for r, a in zip(read, about, strict=False)
            )
            holes = ", ".join("?" * (len(_FIELDS) + 1))
            rows.executemany(f"INSERT INTO rows ({', '.join(_FIELDS)}, judge) VALUES ({holes})", values)
            rows.execute("CREATE INDEX by_label ON rows (label)")
        return outcome

    def _results(self, wish: Wish) -> Iterator[Result]:
        where, bound = _where(wish)
        with closing(self._open()) as rows:
            query = (
                "SELECT native_id, label, confidence, because, quote, decided_by, "
                "account, contact, at, owner, kind, subject "
                f"FROM rows {where} ORDER BY number"
            )
            for native_id, label, sure, because, quote, judge, *about in rows.execute(query, bound):
                yield Result(native_id, Verdict(Engagement(label), sure, because, quote, judge), tuple(about))

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / FILE)


def _where(wish: Wish) -> tuple[str, tuple[object, ...]]:
    """The condition with what is bound to it."""
    found: list[tuple[str, object]] = [(f"{c} = ?", getattr(wish, c)) for c in _ANY if getattr(wish, c)]
    if wish.surest < 1:
        found.append(("confidence < ?", wish.surest))
    if wish.text.strip():
        needle = wish.text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        text = "native_id || char(10) || subject || char(10) || because || char(10) || quote || char(10) || decided_by"
        text += "|| char(10) || account || char(10) || contact"
        found.append((f"{text} LIKE ? ESCAPE '\\'", f"%{needle}%"))
    if wish.start:
        found.append(("substr(at, 1, 10) >= ?", wish.start.isoformat()))
    if wish.end:
        found.append(("at != '' AND substr(at, 1, 10) <= ?", wish.end.isoformat()))
    where = f"WHERE {' AND '.join(c for c, _ in found)}" if found else ""
    return where, tuple(value for _, value in found)


def _row(found: tuple[object, ...]) -> Row:
    number, native_id, label, sure, judge, because, quote, *about = found
    return Row(
        int(str(number)), str(native_id), str(label), float(str(sure)), str(judge), str(because), str(quote),
        About(*map(str, about)),
    )  # fmt: skip


def _judge(decided_by: str) -> str:
    """rule, model, llm, person, refused: who it was in one word."""
    return decided_by.partition(":")[0]
