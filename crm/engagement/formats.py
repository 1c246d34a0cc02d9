"""The result as CSV, Excel workbook, JSON lines or Parquet, by the ending of its name."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from crm.engagement.column_meanings import meanings
from crm.errors import BadFile
from crm.taken_tables import write_workbook

NUMBERS = ("confidence",)  # the columns that hold numbers; all others are text
GROUP = 10_000  # rows of a Parquet file that are held in memory, always cut at the same places
Rows = Iterator[Sequence[str]]


def is_csv(out: Path) -> bool:
    """Whether a spreadsheet may run what stands in it. Raises BadFile for an ending that nobody can write."""
    return _writer(out) is None


def convert(rows: Path, out: Path, target: Path) -> None:
    """Writes the rows of a CSV file to `target` in the form that the name of `out` asks for."""
    write = _writer(out)
    if write is None:
        raise BadFile(f"{out} is a CSV file already.")
    with rows.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = next(reader)
        write(columns, reader, target)


def _writer(out: Path) -> Callable[[Sequence[str], Rows, Path], None] | None:
    match out.suffix.lower():
        case ".csv" | "":
            return None
        case ".xlsx":
            return _workbook
        case ".jsonl":
            return _json_lines
        case ".parquet":
            return _parquet
        case other:
            raise BadFile(f"{out.name} ends in {other}. Results are written as .csv, .xlsx, .jsonl or .parquet.")


def _workbook(columns: Sequence[str], rows: Rows, target: Path) -> None:
    numbers = [name in NUMBERS for name in columns]
    typed = ([float(cell) if n else cell for n, cell in zip(numbers, row, strict=True)] for row in rows)
    write_workbook(columns, typed, target, meanings(columns))


def _json_lines(columns: Sequence[str], rows: Rows, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            cells = (float(cell) if name in NUMBERS else cell for name, cell in zip(columns, row, strict=True))
            file.write(json.dumps(dict(zip(columns, cells, strict=True)), ensure_ascii=False) + "\n")


def _parquet(columns: Sequence[str], rows: Rows, target: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.float64() if name in NUMBERS else pa.string()) for name in columns])
    with pq.ParquetWriter(target, schema) as file:
        while group := list(islice(rows, GROUP)):
            cells = zip(*group, strict=True)
            values = [list(map(float, c)) if n in NUMBERS else list(c) for n, c in zip(columns, cells, strict=True)]
            file.write_table(pa.table(values, schema=schema))
