"""Verbs about the house itself: warming, the index, how each part is doing."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crm.access import Right
from crm.errors import CrmError, Stopped
from house.answering import Answering
from house.importing import RowsIn
from house.progress import Watch, until, unwatched
from house.rights import needs
from retrieval.sync import SyncState
from wiring_llm import budget_told, masking_told, replies_told

HEAD_START = 2.5  # seconds that the first page has the processors to itself, for it is asked for at once
BROKE = "Something broke while the parts were made; the log says where. They are made when they are asked for."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """What the doctor found about one part."""

    part: str
    ok: bool
    detail: str


class Condition(RowsIn, Answering):
    """Fills what is heavy behind the open page, and tells how things stand."""

    @needs(Right.IMPORT)
    def sync_now(self, watch: Watch = unwatched) -> SyncState:
        """Fills the index in the foreground. Raises MissingPart when another process owns it."""
        return self.open_sync().run(watch)

    @needs(Right.MANAGE)
    def warm(self) -> None:
        """Loads the demo into an empty store, then what is heavy, then the index, behind the open page."""
        self.behind.arriving = True
        self.behind.warming = threading.Thread(target=self._warm, name="warming", daemon=True)
        self.behind.warming.start()

    def _warm(self) -> None:
        begun = time.monotonic()
        try:
            self._fill()
            self.behind.ending.wait(begun + HEAD_START - time.monotonic())
            self.assistant  # noqa: B018 - made once, here instead of under the first question
            self.judge_store(until(self.behind.ending.is_set, unwatched))
            if not self.behind.ending.is_set():
                self.open_sync().start()
        except Stopped:
            return  # what is judged is kept, and the rest is judged after the next start
        except CrmError as err:
            log.warning("warming stopped: %s", err)
            self.index_problem = str(err)
        except Exception:  # the last line of its thread: what was not made yet is made when it is asked for
            log.exception("warming broke")
            self.index_problem = BROKE

    def _fill(self) -> None:
        try:
            self.load_demo_if_empty()
        finally:
            self.behind.arriving = False

    @needs(Right.ASK)
    def as_of(self) -> date | None:
        """The newest day in the data."""
        return self.store.as_of()

    @needs(Right.ASK)
    def hardly_dated(self) -> bool:
        """Whether nothing has a day, or fewer than half of the activities: a quote may have told some of theirs."""
        return self.as_of() is None or 2 * self.store.undated() > self.store.count()

    @needs(Right.MANAGE)
    def check(self) -> list[Check]:
        """Each part in use: whether it answers, with its state or what to do about it."""
        parts: dict[str, Callable[[], str]] = {
            "settings": lambda: (
                f"data in {self.settings.data_dir}, served on {self.settings.host}:{self.settings.port}"
            ),
            "store": lambda: (
                f"{self.store.engine.dialect.name}, {self.store.count():,} activities, {self._as_of_told()}"
            ),
            "book": lambda: (
                f"{len(self.book.accounts):,} accounts, {len(self.book.contacts):,} contacts, "
                f"{len(self.book.deals):,} deals, {len(self.book.leads):,} leads"
            ),
            "our side": lambda: f"mail from {', '.join(sorted(self.ours.domains)) or 'nobody known yet'}",
            "judges": lambda: self.cascade.policy,
            "router": lambda: f"{self.router.route('help').name} answers to “help”",
            "words": lambda: self.llm.name if self.llm else "templates (no model is set)",
            "privacy": lambda: masking_told(self.settings, self.llm, self.names),
            "budget": lambda: budget_told(self.settings, self.store),
            "replies": lambda: replies_told(self.settings, self.store),
            "embedder": lambda: f"{self.embedder.name}, {len(self.embedder.embed(['hello'])[0])} numbers a text",
            "index": self._index_checked,
        }
        return [_checked(name, look) for name, look in parts.items()]

    def _as_of_told(self) -> str:
        as_of = self.as_of()
        return f"the newest of {as_of}" if as_of else "undated"

    def _index_checked(self) -> str:
        self.open_sync()
        found = self.find("meeting", 1, "", engaged=False)
        return f"open; {' '.join(found.notices) or 'complete'}"


def _checked(part: str, look: Callable[[], str]) -> Check:
    try:
        return Check(part, True, look())
    except CrmError as err:
        return Check(part, False, str(err))
