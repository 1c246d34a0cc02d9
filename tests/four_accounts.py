"""A small CRM of four accounts for tests: real files, imported into a real store, searched and judged for real."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from agents.base import Toolbox
from agents.check import check
from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.intake.ingest import Plan, ingest
from crm.nouns import Account, Brief, Contact
from crm.records.book import Book
from crm.records.store import Store
from crm.threads.thread import Ours
from crm.writing import TemplateWriter
from retrieval.search import Search

ROOT = Path(__file__).parents[1]
PLAYBOOK, LABELLED = ROOT / "playbook", ROOT / "data" / "labelled"

OUR_DOMAINS = frozenset({"tesseraflow.example"})
KINDS = ("reps", "accounts", "contacts", "deals", "leads", "activities")
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SmallCrm:
    """An opened store with its files."""

    store: Store
    folder: Path


def build(folder: Path, extra: Sequence[Row] = (), without: str = "") -> SmallCrm:
    """Writes the files, imports them, opens the store. `extra` are more activities, `without` a column they lack."""
    pages = yaml.safe_load((ROOT / "tests" / "four_accounts.yaml").read_text(encoding="utf-8"))
    rows = (*pages["activities"], *extra)
    pages["activities"] = [{name: v for name, v in row.items() if name != without} for row in rows]
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    for kind in KINDS:
        path = folder / f"{kind}.csv"
        _write(path, pages[kind], pages["addresses"])
        ingest(path, store, Plan(source="demo", kind=kind, our_domains=OUR_DOMAINS))
    return SmallCrm(store, folder)


def _write(path: Path, rows: Sequence[Row], addresses: Mapping[str, str]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _filled(str(value), addresses) for name, value in row.items()})


def _filled(text: str, addresses: Mapping[str, str]) -> str:
    for name, address in addresses.items():
        text = text.replace(f"{{{name}}}", address)
    return text


def toolbox(opened: SmallCrm, cache: Path) -> Toolbox:
    """The real parts over the small CRM: rules, model and full-text search, without an index."""
    cascade = Cascade.of([RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, cache))])
    search = Search(opened.store, None, None)
    return Toolbox(opened.store, Book.read(opened.store), search, cascade, PLAYBOOK, Ours(OUR_DOMAINS))


def account(tools: Toolbox, name: str) -> Account:
    return next(a for a in tools.book.accounts if a.name == name)


def contact(tools: Toolbox, name: str) -> Contact:
    return next(c for c in tools.book.contacts if c.name == name)


def told(brief: Brief, tools: Toolbox) -> str:
    """The brief in a template's words, after the checker took nothing out of them."""
    text = "".join(TemplateWriter(tools.playbook).write(brief))
    checked = check(text, brief)
    assert checked.text == text.strip()
    assert not any("taken out" in notice for notice in checked.notices)
    return checked.text
