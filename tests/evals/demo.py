"""The whole assistant over the demo CRM, for evaluations: without a model, searching by words."""

from pathlib import Path

from agents.assistant import Assistant
from agents.base import Toolbox
from crm.engagement.audit import audit_store
from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.reader import Reader
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.intake.ingest import Plan, ingest
from crm.nouns import Answer, Question, Turn
from crm.records.book import Book
from crm.records.store import Store
from crm.threads.thread import Ours
from crm.writing import TemplateWriter
from retrieval.search import Search
from tests.four_accounts import KINDS, LABELLED, OUR_DOMAINS, PLAYBOOK, ROOT
from tests.whole import assistant


def demo_tools(folder: Path, cache: Path) -> Toolbox:
    """A toolbox over the demo CRM, every record judged."""
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    for kind in KINDS:
        path = ROOT / "data" / "samples" / f"{kind}.csv"
        ingest(path, store, Plan(source="demo", kind=kind, our_domains=OUR_DOMAINS))
    cascade = Cascade.of(
        [RuleJudge.ready(PLAYBOOK), LearnedJudge.ready(Material(LABELLED, cache)).with_reader(Reader())]
    )
    audit_store(store, cascade)
    return Toolbox(store, Book.read(store), Search(store, None, None), cascade, PLAYBOOK, Ours(OUR_DOMAINS))


def demo_assistant(tools: Toolbox, cache: Path) -> Assistant:
    """The assistant that templates answer for."""
    return assistant(tools, TemplateWriter(PLAYBOOK), cache)


def said(house: Assistant, text: str, history: tuple[Turn, ...] = ()) -> Answer:
    """The whole answer to one turn."""
    *_, answer = house.turn(Question(text, history))
    return answer
