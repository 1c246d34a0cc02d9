"""Routing and scope on questions that nothing learns from. Prints what went wrong; fails below its floors."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import insert

from agents.router import Router
from agents.scope import Scoper
from crm.engagement.measure import share
from crm.measured_figures import Interval
from crm.nouns import Account, Contact, Question, Rep, Scope
from crm.playbook import Page, read_yaml
from crm.records import db
from crm.records.book import Book
from crm.records.store import Store
from tests.evals.noting import interval, note

pytestmark = pytest.mark.eval
COMMAND = "CRM_QUALITY=docs/quality.json pytest -m eval tests/evals/test_questions.py"
DATA = Path(__file__).parent / "data" / "questions.yaml"
RIGHT: list[tuple[str, int, Interval]] = []  # what the tests of this file found so far
ROUTES = Path(__file__).parents[2] / "playbook" / "routes"
FLOORS = {"route": 0.97, "scope": 0.97, "period": 0.97, "contact": 0.95}


class Known(Page):
    """A company, person or colleague of the invented book."""

    name: str
    domain: str = ""
    email: str = ""
    account: str = ""


class Asked(Page):
    """A question with what it means; see the head of the file."""

    q: str
    route: tuple[str, ...]
    account: str = ""
    contact: str = ""
    activity: str = ""
    unknown: bool = False
    ask: bool = False
    none: bool = False
    start: date | None = None
    end: date | None = None


class Questions(Page):
    """The whole file."""

    as_of: date
    accounts: tuple[Known, ...]
    contacts: tuple[Known, ...]
    reps: tuple[Known, ...]
    activities: tuple[str, ...]
    questions: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many were right, with those that were not."""

    right: int
    of: int
    wrong: tuple[str, ...]

    def told(self, name: str) -> str:
        return "\n".join([f"{name}: {self.right} of {self.of}, {self.right / self.of:.1%}", *self.wrong])


class Careless(Page):
    """More questions over the same book."""

    questions: tuple[dict[str, object], ...]


def asked(page: Questions, name: str) -> list[Asked]:
    spelt = {"from": "start", "to": "end"}
    found = page.questions if name == DATA.stem else read_yaml(DATA.with_stem(name), Careless).questions
    return [Asked.model_validate({spelt.get(k, k): v for k, v in q.items()}) for q in found]


FILES = pytest.mark.parametrize("name", ["questions", "questions_careless", "questions_six", "questions_desk"])


@pytest.fixture(scope="module")
def page() -> Questions:
    return read_yaml(DATA, Questions)


@pytest.fixture(scope="module")
def scoper(page: Questions, tmp_path_factory: pytest.TempPathFactory) -> Scoper:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('q')}/crm.sqlite")
    ids = {a.name: f"a{n}" for n, a in enumerate(page.accounts)}
    accounts = tuple(Account(ids[a.name], a.name, domain=a.domain) for a in page.accounts)
    people = tuple(Contact(f"c{n}", ids[c.account], c.name, c.email) for n, c in enumerate(page.contacts))
    blank: dict[str, object] = {
        "source": "t",
        "kind": "call",
        "raw_subject": "",
        "raw_body": "",
        "subject": "",
        "tags": [],
        "messages": [],
    }
    blank |= {"sides": "", "direction": "unknown", "outcome": "", "owner": "", "matched_by": "", "contact_ids": []}
    blank |= {"text_hash": "", "row_hash": "", "import_id": 1, "extra": {}}
    with store.writing() as connection:
        for native in page.activities:
            at = datetime.combine(page.as_of, time(12), UTC)
            connection.execute(insert(db.activities).values(id=f"t:{native}", native_id=native, at=at, **blank))
    return Scoper(Book(accounts, people, (), (), tuple(Rep(r.name) for r in page.reps)), store)


def tally(name: str, judged: list[tuple[bool, str]]) -> None:
    counted = Tally(sum(ok for ok, _ in judged), len(judged), tuple(text for ok, text in judged if not ok))
    print(counted.told(name))
    RIGHT.append((name, counted.of, interval(share(counted.right, counted.of))))
    said = "Questions that nothing learns from: who should answer, whom they are about, which days they mean."
    note("questions", "Questions", said, COMMAND, ("right by", "of", "right"), RIGHT)
    assert counted.right / counted.of >= FLOORS[name]


@FILES
def test_routes(page: Questions, scoper: Scoper, tmp_path: Path, name: str) -> None:
    router = Router.ready(ROUTES, tmp_path)
    routed = [(one, router.route(scoper.masked(one.q)).name) for one in asked(page, name)]
    tally("route", [(to in one.route, f"  {one.q!r}: {to}, not {one.route[0]}") for one, to in routed])
    matrix(routed)


def matrix(routed: list[tuple[Asked, str]]) -> None:
    """Which route was meant against which was taken, where they differ; the number of right ones beside each."""
    tally = Counter((to if to in one.route else one.route[0], to) for one, to in routed)
    for meant in sorted({meant for meant, _ in tally}):
        missed = {to: n for (m, to), n in sorted(tally.items()) if m == meant and to != meant}
        print(f"  {meant:18} {tally[meant, meant]:4} right {missed or ''}")


@FILES
def test_contacts(page: Questions, scoper: Scoper, name: str) -> None:
    meant = [one for one in asked(page, name) if one.contact]
    scoped = [(one, scoper.scope(Question(one.q)).contact) for one in meant]
    tally("contact", [(c is not None and c.name == o.contact, f"  {o.q!r}: {c and c.name}") for o, c in scoped])


def right(one: Asked, scope: Scope) -> bool:
    if one.none:
        return scope.account is None and not scope.candidates
    if one.ask:
        return len(scope.candidates) > 1
    if one.unknown:
        return bool(scope.unknown) and scope.account is None and not scope.candidates
    return scope.account is not None and scope.account.name == one.account


@FILES
def test_accounts(page: Questions, scoper: Scoper, name: str) -> None:
    meant = [one for one in asked(page, name) if one.account or one.unknown or one.ask or one.none]
    scoped = [(one, scoper.scope(Question(one.q))) for one in meant]
    tally("scope", [(right(o, s), f"  {o.q!r}: {s.account and s.account.name} {s.unknown}") for o, s in scoped])


@FILES
def test_periods(page: Questions, scoper: Scoper, name: str) -> None:
    meant = [one for one in asked(page, name) if one.start or one.end]
    scoped = [(one, scoper.scope(Question(one.q)).period) for one in meant]
    tally("period", [(p is not None and (p.start, p.end) == (o.start, o.end), f"  {o.q!r}: {p}") for o, p in scoped])
