"""Verbs of erasing: a person who asks for it, and what is older than it may get."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm.access import Right
from crm.erasing import folder, retention
from crm.erasing.erase import Erased, compact, erase_activities, erase_person
from crm.erasing.person import Person, Redactor, find
from crm.erasing.retention import RESULT, Aged, Keeping
from crm.records.trail_entry import Entry, What
from house.rights import needs, who
from retrieval.embed import Remembered
from retrieval.folder import own
from retrieval.index_target import texts_of
from wiring import INDEX, PLAYBOOK, Parts

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Forgot:
    """What forgetting came to: in the store, files that went, and files in which the person still stands."""

    erased: Erased
    files: tuple[Path, ...]
    left: tuple[Path, ...]

    def to_text(self) -> str:
        told = f"{self.erased.to_text()}; files that went: {len(self.files):,}"
        names = ", ".join(path.name for path in self.left)
        return f"{told}. Still named in {names}: look there by hand." if self.left else told


@dataclass(frozen=True, slots=True)
class Retained:
    """What was too old, and the results that went with it: they held such a record, or could not be looked into."""

    aged: tuple[Aged, ...]
    files: tuple[Path, ...] = ()


class Erasing(Parts):
    """Takes out for good."""

    @needs(Right.ERASE)
    def whom(self, typed: str) -> Person:
        """Who would be forgotten: by mail address, id or name. Raises MissingPart, with ids where several fit."""
        return find(self.book, typed)

    @needs(Right.ERASE)
    def forget(self, typed: str) -> Forgot:
        """A person goes from the store, the index, the caches and the data folder, and is refused at imports.

        Raises MissingPart when nobody is called so, or another process holds the index: nothing has happened then.
        """
        person = find(self.book, typed)
        finds = Redactor.of(person.words)
        with self._index_emptied():
            erased = erase_person(self.store, self.chain, person, who(self))
            files = self._cleaned(erased, finds.finds)
            compact(self.store)
        return Forgot(erased, tuple(files), tuple(folder.holding(self.settings.data_dir, person.words)))

    @needs(Right.ERASE)
    def aged(self) -> list[Aged]:
        """What is older than the playbook's retention.yaml allows, counted; nothing goes."""
        keeping = Keeping.read(PLAYBOOK)
        files = [Aged(RESULT, days, len(self._files_older(days))) for days in self._file_days(keeping)]
        return [*retention.aged_rows(self.store, keeping), *files]

    @needs(Right.ERASE)
    def retain(self) -> Retained:
        """The same, and it goes for good. Raises MissingPart when another process holds the index."""
        keeping = Keeping.read(PLAYBOOK)
        found = self.aged()
        if not any(one.count for one in found):
            return Retained(tuple(found))
        with self._index_emptied():
            retention.erase_rows(self.store, keeping)
            erased = erase_activities(self.store, retention.all_activity_ids(self.store, keeping))
            for path in [path for days in self._file_days(keeping) for path in self._files_older(days)]:
                path.unlink()
            files = self._cleaned(erased) if erased.activities else []
            told = [f"{one.kind} {one.count}" for one in found if one.count]
            told += [f"results that held them {len(files)}"] if files else []
            self.chain.put(Entry(who(self), What.RETENTION, after=", ".join(told)))
            compact(self.store)
        return Retained(tuple(found), tuple(files))

    @staticmethod
    def _file_days(keeping: Keeping) -> list[int]:
        return [keeping.limited[RESULT]] if RESULT in keeping.limited else []

    def _files_older(self, days: int) -> list[Path]:
        return folder.older(self.settings.data_dir, time.time() - days * DAY_S)

    def _cleaned(self, erased: Erased, finds: Callable[[str], bool] = lambda said: False) -> list[Path]:
        """Vectors, models that learned, results: what was made of records that went, or `finds` somebody."""
        texts = {text for activity in (*erased.activities, *erased.redacted) for text in texts_of(activity)}
        if isinstance(self.embedder, Remembered):
            self.embedder.forget(texts)
        ids = frozenset(i for a in erased.activities for i in (a.id, a.native_id))
        removed = folder.clean(
            self.settings.data_dir, lambda said: finds(said) or not ids.isdisjoint(folder.WORD.findall(said))
        )
        self.change_judges()
        return removed

    @contextmanager
    def _index_emptied(self) -> Iterator[None]:
        """The index is closed and made anew afterwards: a vector that is only marked as deleted is still there."""
        was_open = self.behind.sync is not None
        self.close()
        self.behind.sync = self.behind.index = None
        place = self.settings.data_dir / INDEX
        lock = own(place)
        try:
            yield
        finally:  # also when something went wrong half-way: what is there may still hold what is gone from the store
            if place.exists():
                shutil.rmtree(place)
            lock.release()
            if was_open:
                self.open_sync().start()
