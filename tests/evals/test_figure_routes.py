"""Whether a figure reaches the agent that computes it, and whether nothing else does: listened to as in a chat."""

from pathlib import Path

import pytest

from agents.asked_figures import frame_of
from agents.base import Toolbox
from agents.listener import Listener
from agents.router import Router
from agents.routing.examples import ROUTES, SLOT, examples
from agents.scope import Scoper
from crm.insight.frame import QueryFrame
from crm.nouns import Brief, Question, Turn
from tests.evals.test_figures import DEMO_FILES, ROOT, VISITORS, opened

pytestmark = pytest.mark.eval
FIGURES = "pipeline_insights"
MOST_LOST, MOST_DRAWN = 0.02, 0.005
SAID = {"account": "Norvik", "contact": "Ingrid", "rep": "Tom Okafor", "id": "100123", "period": "last month"}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Toolbox:
    samples = ROOT / "data" / "samples"
    return opened(tmp_path_factory.mktemp("routes"), [samples / f"{name}.csv" for name in DEMO_FILES])


@pytest.fixture(scope="module")
def listener(tools: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> Listener:
    router = Router.ready(ROUTES, Path(tmp_path_factory.mktemp("router")))
    return Listener(Scoper(tools.book, tools.store), router, tools, _never)


def _never(question: Question, history: tuple[Turn, ...]) -> Brief:
    raise AssertionError("each question stands alone")


def test_what_reads_as_a_figure_is_answered_as_one(listener: Listener, tools: Toolbox) -> None:
    asked = [Question(text) for visitor in VISITORS["demo"] for _, text in visitor.QUESTIONS]
    read = [q for q in asked if isinstance(frame_of(q, listener.scoper.scope(q), tools), QueryFrame)]
    heard = [(q.text, listener.heard(q).route) for q in read]
    lost = [f"  {text!r}: {route.name}" for text, route in heard if route.name != FIGURES or route.ask_back]
    print(f"\nfigures that go elsewhere: {len(lost)} of {len(read)}", *lost, sep="\n")
    assert len(lost) <= MOST_LOST * len(read)


def test_what_is_meant_for_others_stays_with_them(listener: Listener) -> None:
    """The router's own examples: that it knows them by heart says nothing, but no reading may take them away."""
    texts = [(SLOT.sub(lambda m: SAID.get(m[1], ""), e.text), e.route) for e in examples() if e.route != FIGURES]
    reading = [(text, wanted, listener.heard(Question(text)).route.name) for text, wanted in texts]
    drawn = [f"  {text!r}: {wanted}" for text, wanted, route in reading if route == FIGURES]
    print(f"\ntaken for figures: {len(drawn)} of {len(texts)}", *drawn, sep="\n")
    assert len(drawn) <= MOST_DRAWN * len(texts)
