"""Chooses the concrete parts: the only file that knows which are in use."""

import os
import threading
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from agents.account_summary import AccountSummary
from agents.activity_audit import ActivityAudit
from agents.ask_history import AskHistory
from agents.assistant import Assistant
from agents.base import Agent, Toolbox
from agents.email_draft import EmailDraft
from agents.engagement_check import EngagementCheck
from agents.help import Help
from agents.lead_priority import LeadPriority
from agents.out_of_scope import OutOfScope
from agents.pipeline_insights import PipelineInsights
from agents.router import Router
from agents.scope import Scoper
from crm.access import ALONE, Role, Viewer
from crm.dask_workers import Dask
from crm.engagement import lessons
from crm.engagement.judge import Cascade, Judge
from crm.engagement.learned import LearnedJudge
from crm.engagement.llm_judge import LLMJudge
from crm.engagement.reader import Reader
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Material
from crm.engagement.verdict_cache import RememberedJudge
from crm.errors import MissingPart, NotAllowed
from crm.fair_semaphore import Turnstile
from crm.intake import our_domains
from crm.known_names import Names
from crm.lazy import Once
from crm.llm import LLM
from crm.people.signing_in import People
from crm.people.users import Users
from crm.records.book import Book, revision
from crm.records.store import Store
from crm.records.trail import Trail
from crm.records.trail_entry import Entry, What
from crm.threads.thread import Ours
from crm.workers import Here, Processes, Workers
from crm.writing import ModelWriter, TemplateWriter, Writer
from retrieval.embed import Remembered
from retrieval.embed_int8 import QuickMiniLM
from retrieval.index import Index
from retrieval.search import Search
from retrieval.search_llm import ModelHelper
from retrieval.sync import Sync
from settings import HERE, Settings
from wiring_llm import known_names, open_model

PLAYBOOK = HERE / "playbook"
SAMPLES = HERE / "data" / "samples"
LABELLED = HERE / "data" / "labelled"
INDEX = "chroma"
TRAIL_HEAD = "trail.head"
FIRST_HERE = 12  # batches done before other processes are started: fewer are done sooner than those are ready
LONGEST_STEP = 30  # seconds that closing waits for what is being made behind the window
ANSWERS_AT_ONCE = 3
NOBODY = "nobody\n"  # a rep without a name owns nothing, also not what has no owner
AGENTS: tuple[Agent, ...] = (
    EngagementCheck(),
    ActivityAudit(),
    AccountSummary(),
    EmailDraft(),
    PipelineInsights(),
    LeadPriority(),
    AskHistory(),
    Help(),
    OutOfScope(),
)


@dataclass
class Behind:
    """What runs behind every viewer's window alike, as it stands now."""

    sync: Sync | None = None
    index: Index | None = None
    problem: str = ""  # why there is no index
    arriving: bool = False  # whether the demo may still be about to come in
    loading: tuple[int, int] | None = None  # rows of the demo that are in, of how many, while it comes in
    warming: threading.Thread | None = None  # makes the heavy parts
    ending: threading.Event = field(default_factory=threading.Event)  # set when the house is about to close


class Parts:
    """The concrete parts, each made once, when it is first asked for."""

    def __init__(self, settings: Settings, viewer: Viewer = ALONE) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"  # the weights come with a package; nothing is ever fetched
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.viewer = viewer
        self.behind = Behind()
        self._made = Once()

    def seen_by(self, viewer: Viewer) -> Self:
        """The same parts as this viewer may use them; a rep's hold only what they own, where ownership counts.

        Raises NotAllowed when somebody else is looking already: a narrowed house is never widened again.
        """
        if self.viewer not in (ALONE, viewer):
            raise NotAllowed("This is somebody else's view. Sign in again.")
        seen = copy(self)  # shares what was made, and what is made later
        seen.viewer = viewer
        return seen

    @property
    def owner(self) -> str:
        """Whose accounts are seen; empty where all are."""
        return (self.viewer.name or NOBODY) if self.settings.ownership and self.viewer.role is Role.REP else ""

    @property
    def whole_store(self) -> Store:
        """All there is: for parts that serve everybody, such as the index and the judges."""
        return self._made.get("store", lambda: Store.open(self.settings.store_url))

    @property
    def store(self) -> Store:
        """What the viewer may see of it."""
        owner = self.owner
        if not owner:
            return self.whole_store
        return self._made.get(f"store of {owner}", lambda: self.whole_store.owned_by(owner))

    @property
    def arriving(self) -> bool:
        return self.behind.arriving

    @property
    def loading(self) -> tuple[int, int] | None:
        return self.behind.loading

    @property
    def sync(self) -> Sync | None:
        return self.behind.sync

    @property
    def index_problem(self) -> str:
        return self.behind.problem

    @index_problem.setter
    def index_problem(self, problem: str) -> None:
        self.behind.problem = problem

    @property
    def people(self) -> People:
        """Who may sign in; one for all doors, so that tries are counted once."""
        return self._made.get("people", lambda: People(Users(self.settings.users_file), told=self._tell_sign_in))

    def _tell_sign_in(self, name: str, let_in: bool, address: str) -> None:
        what = What.SIGN_IN if let_in else What.REFUSED
        self.chain.put(Entry(name, what, after=f"from {address}" if address else ""))

    @property
    def chain(self) -> Trail:
        """The audit trail: parts and verbs write to it, `house.trail` reads it."""
        return self._made.get("chain", lambda: Trail(self.whole_store, self.settings.data_dir / TRAIL_HEAD))

    @property
    def llm(self) -> LLM | None:
        """The chat model, or None when templates write. Raises BadSetting once its vendor has switched it off."""
        return self._made.get("llm", self._open_llm)

    def _open_llm(self) -> LLM | None:
        return open_model(self.settings, self.whole_store, PLAYBOOK, lambda: self.names)

    @property
    def names(self) -> Names:
        """Everybody whose name never leaves, whoever looks; made anew with the book."""
        return self._made.get("names", self._known_names, as_of=revision(self.whole_store))

    def _known_names(self) -> Names:
        return known_names(self._book_of(self.whole_store, ""), PLAYBOOK)

    @property
    def writer(self) -> Writer:
        templates = self._made.get("templates", lambda: TemplateWriter(PLAYBOOK))
        match self.llm:
            case None:
                return templates
            case llm:
                return ModelWriter(llm, PLAYBOOK, templates)

    @property
    def workers(self) -> Workers:
        match self.settings.workers:
            case "here":
                return _processes(FIRST_HERE)
            case "1":
                return Here()
            case "dask":
                return self._made.get("dask", lambda: Dask(""))
            case cluster if cluster.startswith("dask://"):
                return self._made.get("dask", lambda: Dask(cluster.removeprefix("dask://")))
            case count:
                return Processes(int(count))

    @property
    def cascade(self) -> Cascade:
        return self._made.get("cascade", self._open_cascade)

    @property
    def judges_ready(self) -> bool:
        """Whether the judges are there; else whoever asks for them waits until the small model has learned."""
        return self._made.has("cascade")

    def _open_cascade(self) -> Cascade:
        return self.cascade_without(frozenset())

    def cascade_without(self, unseen: frozenset[Path]) -> Cascade:
        """The judges in line, with a small model that never saw these labelled files, and then no reader, who did."""
        taught = lessons.taught(self.whole_store)
        learned = LearnedJudge.ready(self.material, unseen, taught)
        learned = learned if unseen else learned.with_reader(Reader())
        judges: list[Judge] = [self.rules, learned]
        if self.llm is not None:
            judges.append(RememberedJudge(LLMJudge.ready(self.llm, PLAYBOOK), self.whole_store))
        return Cascade.of(judges)

    @property
    def material(self) -> Material:
        """What the small model learns from, read by the processes of this machine: no other has the files."""
        workers = Here() if self.settings.workers == "1" else _processes()
        return Material(LABELLED, self.settings.data_dir, PLAYBOOK, workers)

    def change_judges(self) -> None:
        """Whoever asks for the judges next gets new ones: what they learn from has changed."""
        self._made.forget("cascade")

    @property
    def rules(self) -> RuleJudge:
        return self._made.get("rules", lambda: RuleJudge.ready(PLAYBOOK))

    @property
    def embedder(self) -> Remembered:
        folder = self.settings.data_dir
        return self._made.get("embedder", lambda: Remembered(QuickMiniLM(folder), folder / "vectors.sqlite"))

    def open_sync(self) -> Sync:
        """The index with what fills it. Raises MissingPart when another process owns the folder."""
        with self._made.alone("sync"):
            if self.behind.sync is None:
                self.behind.index = Index.open(self.settings.data_dir / INDEX)
                self.behind.sync = Sync(self.whole_store, self.behind.index, self.embedder)
            return self.behind.sync

    def open_index_if_filled(self) -> None:
        """For a single question: the index is used where it is there and free, and the answer says when it is not."""
        if (self.settings.data_dir / INDEX).exists():
            try:
                self.open_sync()
            except MissingPart as err:
                self.index_problem = str(err)

    @property
    def search(self) -> Search:
        """Full text, with meaning as soon as the index is open."""
        index = self.behind.index
        return Search(self.store, index, self.embedder if index else None)

    @property
    def helper(self) -> ModelHelper | None:
        """The chat model as a help to searching, or None without one."""
        return ModelHelper.ready(self.llm, PLAYBOOK) if self.llm else None

    @property
    def assistant(self) -> Assistant:
        tools = Toolbox(self.store, self.book, self.search, self.cascade, PLAYBOOK, self.ours, self.llm, self.helper)
        return Assistant(self.scoper, self.router, {a.name: a for a in AGENTS}, self.writer, tools)

    @property
    def turnstile(self) -> Turnstile:
        """Where answers are made, a few at once: each of many would wait for all others at every row it reads.

        Not for answers that a chat model writes, which wait for its vendor.
        """
        return self._made.get("turnstile", lambda: Turnstile(ANSWERS_AT_ONCE))

    @property
    def scoper(self) -> Scoper:
        """The one that knows the names in today's book, and the newest day; made anew when something was imported."""
        as_of = (revision(self.store), date.today())
        return self._made.get(f"scoper of {self.owner}", lambda: Scoper(self.book, self.store), as_of=as_of)

    @property
    def router(self) -> Router:
        return self._made.get("router", lambda: Router.ready(PLAYBOOK / "routes", self.settings.data_dir))

    @property
    def book(self) -> Book:
        """Who and what of the CRM the viewer may see, read anew when something was imported."""
        return self._book_of(self.store, self.owner)

    def _book_of(self, store: Store, owner: str) -> Book:
        return self._made.get(f"book of {owner}", lambda: Book.read(store), as_of=revision(store))

    @property
    def ours(self) -> Ours:
        """Our side, as the settings say and as the data showed."""
        with self.whole_store.reading() as connection:
            found = our_domains.remembered(connection)
        return our_domains.joined(found, Ours(self.settings.our_domains))

    def close(self) -> None:
        """Ends what runs behind, and gives the index free for others.

        A thread that is left inside a native library when Python ends would bring the process down.
        """
        self.behind.ending.set()
        if self.behind.warming is not None:
            self.behind.warming.join(LONGEST_STEP)
        if self.behind.sync is not None:
            self.behind.sync.stop()
        if self.behind.index is not None:
            self.behind.index.close()
        if self._made.has("embedder"):
            self.embedder.close()


def _processes(first_here: int = 0) -> Workers:
    """As many as there are cores; where there is one only, this one."""
    cores = os.cpu_count() or 1
    return Processes(cores, first_here) if cores > 1 else Here()
