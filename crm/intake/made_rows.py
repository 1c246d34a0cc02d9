"""Records that we made ourselves, as a file to import like any other."""

import csv
from collections.abc import Sequence
from pathlib import Path

COMPANIES, PEOPLE = "companies named in activities.csv", "people named in activities.csv"  # the files' names


def write_rows(out: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Writes the rows as they are, for they are read by us again and by no spreadsheet; how many."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows)
