"""An audited file in the table: counted whole, filtered whole, shown in part."""

import csv
from pathlib import Path

import pytest

from ui.results import EVERY, SHOWN, Picked, Results

HEAD = ("hs_object_id", "trueai_engaged", "confidence", "decided_by", "because", "quote")


def audited(path: Path, *labels: str) -> Results:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        rows.writerows(
            (n, label, "0.9", "model", f"because {n}", 'a "quote",\nin two lines') for n, label in enumerate(labels)
        )
    return Results.read(path)


def test_counts_by_label_hold_every_row(tmp_path: Path) -> None:
    results = audited(tmp_path / "r.csv", "ENGAGED", "ND", "ND")
    assert results.counts == {"ENGAGED": 1, "NOT ENGAGED": 0, "ND": 2}
    assert results.total == 3


@pytest.mark.parametrize(
    ("label", "text", "ids"),
    [
        (EVERY, "", ["0", "1", "2"]),
        ("ND", "", ["1", "2"]),
        ("ND", "BECAUSE 2", ["2"]),
        (EVERY, "in two", ["0", "1", "2"]),
        ("NOT ENGAGED", "", []),
    ],
)
def test_filter_by_label_and_text(tmp_path: Path, label: str, text: str, ids: list[str]) -> None:
    picked = audited(tmp_path / "r.csv", "ENGAGED", "ND", "ND").pick(label, text)
    assert [row[0] for row in picked.rows] == ids
    assert (picked.matching, picked.total) == (len(ids), 3)


def test_the_table_is_cut_but_the_count_is_not(tmp_path: Path) -> None:
    picked = audited(tmp_path / "r.csv", *["ND"] * (SHOWN + 5)).pick()
    assert (len(picked.rows), picked.matching) == (SHOWN, SHOWN + 5)
    assert picked.told() == "1,005 rows; the first 1,000 are shown."


@pytest.mark.parametrize(
    ("matching", "total", "told"),
    [
        (0, 12, "None of the 12 rows match."),
        (3, 12, "3 of 12 rows match."),
        (12, 12, "12 rows."),
        (1, 1, "1 row."),
        (1_500, 5_000, "1,500 of 5,000 rows match; the first 1,000 are shown."),
    ],
)
def test_the_table_says_what_it_shows(matching: int, total: int, told: str) -> None:
    assert Picked((), matching, total).told() == told
