"""A question in words to a QueryFrame, or to a refusal that says what can be asked instead."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy import select

from crm.insight.frame import OF, About, Field, Measure, QueryFrame, Where
from crm.nouns import Account, Period
from crm.playbook import Page, read_yaml
from crm.records import db
from crm.records.book import Book
from crm.records.store import Store

MONEY = (Measure.TOTAL, Measure.MEAN, Measure.MEDIAN, Measure.WIN_RATE)
TOP_DEFAULT = 10


class Words(Page):
    """playbook/words/insight.yaml: phrases by what they mean."""

    about: dict[About, tuple[str, ...]]
    measure: dict[Measure, tuple[str, ...]]
    group: dict[Field, tuple[str, ...]]
    value: dict[Field, dict[str, tuple[str, ...]]]
    top: tuple[str, ...]
    beyond: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a question has no frame; `instead` are questions that have one."""

    because: str
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Reads questions against the names and values that the store really holds."""

    words: Words
    names: Mapping[Field, Mapping[str, str]]

    @classmethod
    def over(cls, store: Store, book: Book, playbook: Path) -> "Reader":
        """`names` maps a plain spelling to the value as stored, for every field that has names."""
        with store.reading() as connection:
            outcomes = connection.execute(select(db.activities.c.outcome).distinct()).scalars().all()
            products = connection.execute(select(db.deals.c.product).distinct()).scalars().all()
        reps = {d.owner for d in book.deals} | {a.owner for a in book.accounts} | {r.name for r in book.reps}
        names = {
            Field.REP: _plain_map(reps) | _first_names(reps),
            Field.STAGE: _plain_map({d.stage for d in book.deals if d.open}),
            Field.PRODUCT: _plain_map(products),
            Field.REGION: _plain_map(a.region for a in book.accounts),
            Field.INDUSTRY: _plain_map(a.industry for a in book.accounts),
            Field.OUTCOME: _plain_map(outcomes),
            Field.STATUS: _plain_map(lead.status for lead in book.leads),
        }
        return cls(_words(playbook), names)

    def read(self, question: str, account: Account | None = None, period: Period | None = None) -> QueryFrame | Refused:
        """The frame that says exactly what was asked, or why there is none."""
        text = plain(question)
        if found := _first(text, self.words.beyond):
            return self._refused(f"I cannot compute “{found}” exactly yet")
        about, measure = self._about(text), self._measure(text)
        if measure in MONEY:
            about = About.DEALS
        if measure is Measure.ENGAGED_SHARE:
            about = About.ACTIVITIES
        if about is None:
            return self._refused("I do not see which records to count: activities, deals, leads or accounts")
        where = tuple(self._where(text, about, measure))
        if account is not None and Field.ACCOUNT in OF[about]:
            where += (Where(Field.ACCOUNT, (account.name,)),)
        group = next((f for f, phrases in self.words.group.items() if _first(text, phrases)), None)
        if group is not None and group not in OF[about]:
            return self._refused(f"{about} have no {group} here")
        if period is not None and about is About.ACCOUNTS:
            return self._refused("accounts carry no date here")
        measure = measure or self._default(about, group)
        return QueryFrame(about, measure, where, period, group, self._top(text, group))

    def _about(self, text: str) -> About | None:
        found = [(about, place) for about, words in self.words.about.items() if (place := _place(text, words)) >= 0]
        return min(found, key=lambda pair: pair[1])[0] if found else None

    def _measure(self, text: str) -> Measure | None:
        return next((m for m in reversed(Measure) if _first(text, self.words.measure[m])), None)

    def _default(self, about: About, group: Field | None) -> Measure:
        return Measure.TOTAL if about is About.DEALS and group is not None else Measure.COUNT

    def _where(self, text: str, about: About, measure: Measure | None) -> Iterable[Where]:
        for field, values in self.words.value.items():
            said = tuple(v for v, words in values.items() if _first(text, words))
            if field is Field.LABEL and "NOT ENGAGED" in said:
                said = tuple(v for v in said if v != "ENGAGED")
            if field is Field.LABEL and measure is Measure.ENGAGED_SHARE:
                continue
            if field is Field.STATE and measure is Measure.WIN_RATE:
                said = ("won", "lost")
            if said and field in OF[about]:
                yield Where(field, said)
        for field, names in self.names.items():
            said = tuple(sorted({value for spelling, value in names.items() if _first(text, (spelling,))}))
            if said and field in OF[about]:
                yield Where(field, said)

    def _top(self, text: str, group: Field | None) -> int | None:
        if group is None or not _first(text, self.words.top):
            return None
        number = re.search(r"\b([1-9]\d?)\b", text)
        return int(number[1]) if number else TOP_DEFAULT

    def _refused(self, because: str) -> Refused:
        return Refused(because, self.examples)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions that can be answered, made from what is in the store."""
        asked = ["How many activities per month?", "What is the total value of open deals by stage?"]
        asked += [f"How many calls did {rep} log?" for rep in sorted(set(self.names[Field.REP].values()))[:1]]
        return (*asked, "Win rate of deals by product", "Number of engaged activities by account, top 5")


@cache
def _words(playbook: Path) -> Words:
    return read_yaml(playbook / "words" / "insight.yaml", Words)


def plain(text: str) -> str:
    """Lower-case words without accents or punctuation, a blank between: how questions and words are compared."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    kept = "".join(c if c.isalnum() or c in "&-" else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


def _place(text: str, phrases: Iterable[str]) -> int:
    """Where the earliest of the phrases stands as whole words, or -1."""
    padded = f" {text} "
    return min((place for p in phrases if (place := padded.find(f" {p} ")) >= 0), default=-1)


def _first(text: str, phrases: Iterable[str]) -> str:
    padded = f" {text} "
    return next((p for p in phrases if f" {p} " in padded), "")


def _plain_map(values: Iterable[str | None]) -> dict[str, str]:
    return {plain(v): v for v in values if v}


def _first_names(people: Iterable[str]) -> dict[str, str]:
    """First names that only one of the people bears."""
    by_first: dict[str, list[str]] = {}
    for name in people:
        by_first.setdefault(plain(name).partition(" ")[0], []).append(name)
    return {first: names[0] for first, names in by_first.items() if len(names) == 1 and first}
