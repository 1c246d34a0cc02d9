"""Accounts as careless people write them, over the demo CRM and the public sales tables; absent ones among them.

`account` is the name that is meant; "?" where several are, so that the question is asked back; empty where no such
company is in the data: then none may be chosen.
"""

import csv
import os
from pathlib import Path

import pytest

from agents.scope import Scoper
from crm.intake.ingest import Plan, ingest
from crm.nouns import Question, Scope
from crm.records.book import Book
from crm.records.store import Store

pytestmark = pytest.mark.eval
ROOT = Path(__file__).parents[2]
PUBLIC = Path(os.environ.get("CRM_PUBLIC_DATA", "")) / "maven_crm"
FILES = {
    "demo": [ROOT / "data" / "samples" / f"{name}.csv" for name in ("reps", "accounts", "contacts", "deals", "leads")],
    "maven": [PUBLIC / f"{name}.csv" for name in ("accounts", "products", "sales_teams", "sales_pipeline")],
}
FLOOR = 0.94


def rows(store: str) -> list[tuple[str, str]]:
    with (Path(__file__).parent / "data" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["account"]) for row in csv.DictReader(file) if row["store"] == store]


def found(scope: Scope) -> str:
    """The account's name, "?" with candidates among several, empty for none."""
    if scope.account:
        return scope.account.name
    return "?" if scope.candidates and not scope.unknown else ""


@pytest.mark.parametrize("name", ["demo", "maven"])
def test_mentions(name: str, tmp_path: Path) -> None:
    if name == "maven" and not PUBLIC.is_dir():
        pytest.skip("CRM_PUBLIC_DATA names no folder with the public tables")
    store = Store.open(f"sqlite:///{tmp_path}/crm.sqlite")
    for file in FILES[name]:
        ingest(file, store, Plan())
    scoper = Scoper(Book.read(store), store)
    judged = [(text, meant, found(scoper.scope(Question(text)))) for text, meant in rows(name)]
    wrong = [f"  {text!r}: {got or 'none'}, not {meant or 'none'}" for text, meant, got in judged if got != meant]
    print(f"\nmentions, {name}: {len(judged) - len(wrong)} of {len(judged)}", *wrong, sep="\n")
    matched = [text for text, meant, got in judged if not meant and got not in ("", "?")]
    assert not matched, "a company that is not there was taken for one that is"
    assert len(wrong) <= (1 - FLOOR) * len(judged)
