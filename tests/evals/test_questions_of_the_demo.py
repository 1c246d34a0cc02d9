"""Routing and scope over the demo CRM itself, heard as a chat hears them. Prints what went wrong.

At first sight 124 of 130 routes, 57 of 59 scopes and 12 of 13 periods were right; nothing was learned from them.
"""

from pathlib import Path

import pytest

from agents.dialogue.turn import Understood
from agents.listener import Listener
from agents.router import Router
from agents.routing.examples import ROUTES
from agents.scope import Scoper
from crm.nouns import Brief, Question, Scope, Turn
from crm.playbook import read_yaml
from tests.evals.test_figures import DEMO_FILES, ROOT, opened
from tests.evals.test_questions import DATA, Asked, Careless, right

pytestmark = pytest.mark.eval
FLOOR = 0.95


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Asked, Understood, Scope]]:
    samples = ROOT / "data" / "samples"
    tools = opened(tmp_path_factory.mktemp("demo"), [samples / f"{name}.csv" for name in DEMO_FILES])
    router = Router.ready(ROUTES, Path(tmp_path_factory.mktemp("router")))
    scoper = Scoper(tools.book, tools.store)
    listener = Listener(scoper, router, tools, _never)
    spelt = {"from": "start", "to": "end"}
    rows = read_yaml(DATA.with_stem("questions_demo"), Careless).questions
    page = [Asked.model_validate({spelt.get(k, k): v for k, v in row.items()}) for row in rows]
    return [(one, listener.heard(Question(one.q)), scoper.scope(Question(one.q))) for one in page]


def _never(question: Question, history: tuple[Turn, ...]) -> Brief:
    raise AssertionError("each question stands alone")


def told(name: str, judged: list[tuple[bool, str]]) -> None:
    wrong = [f"  {text}" for ok, text in judged if not ok]
    print(f"\n{name}, demo: {len(judged) - len(wrong)} of {len(judged)}", *wrong, sep="\n")
    assert len(wrong) <= (1 - FLOOR) * len(judged)


def test_routes(heard: list[tuple[Asked, Understood, Scope]]) -> None:
    told(
        "route",
        [(u.route.name in o.route, f"{o.q!r}: {u.route.name}, not {o.route[0]}") for o, u, _ in heard if o.route],
    )


def test_scopes(heard: list[tuple[Asked, Understood, Scope]]) -> None:
    told(
        "scope",
        [
            (right(o, s), f"{o.q!r}: {s.account and s.account.name} {s.unknown} {[c.name for c in s.candidates]}")
            for o, _, s in heard
            if o.account or o.unknown or o.ask or o.none
        ],
    )


def test_periods(heard: list[tuple[Asked, Understood, Scope]]) -> None:
    told(
        "period",
        [(bool(s.period) and s.span == (o.start, o.end), f"{o.q!r}: {s.period}") for o, _, s in heard if o.start],
    )


def test_others(heard: list[tuple[Asked, Understood, Scope]]) -> None:
    told(
        "contact",
        [
            (s.contact is not None and s.contact.name == o.contact, f"{o.q!r}: {s.contact}")
            for o, _, s in heard
            if o.contact
        ],
    )
    told(
        "activity",
        [((s.activity_id or "").endswith(o.activity), f"{o.q!r}: {s.activity_id}") for o, _, s in heard if o.activity],
    )
