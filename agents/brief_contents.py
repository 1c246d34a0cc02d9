"""What a brief holds: the numbers, days, words and literal texts that an answer may use.

Numbers written as words are not looked at; what a sentence claims is `claims.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache

from agents.prompt_injection import without_planted
from agents.reading.tokens import plain, tokens, words_of
from agents.reading.wordlists import PLAYBOOK
from crm.nouns import Brief
from crm.quoting import folded
from crm.wording import languages

NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")
SIGN = 2  # letters of initials, which are no name
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was written; without a year where none was said."""

    day: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Bag:
    """The numbers, days and words of a part of the brief."""

    numbers: frozenset[str] = frozenset()
    days: frozenset[Day] = frozenset()
    words: frozenset[str] = frozenset()

    def __or__(self, other: "Bag") -> "Bag":
        return Bag(self.numbers | other.numbers, self.days | other.days, self.words | other.words)

    def has_day(self, day: Day) -> bool:
        if day.year is not None and day in self.days:
            return True
        return any((d.day, d.month) == (day.day, day.month) and None in (d.year, day.year) for d in self.days)


@dataclass(frozen=True, slots=True)
class Holdings:
    """The material of one brief. `texts` are its literal words: by evidence number, and under 0 the facts.

    `bags` holds what may be told beside each number: the record, and the facts that stand with it; under 0 the facts
    that stand alone. `people` are the words of names of those who speak in it.
    """

    texts: Mapping[int, str]
    records: Mapping[int, str]
    bags: Mapping[int, Bag]
    people: frozenset[str]

    @classmethod
    def of(cls, brief: Brief) -> "Holdings":
        quoted = {e.text for e in brief.evidence}  # these belong to their own number only
        near: dict[int, list[object]] = {}
        alone = list(_sorted_out(brief.facts, near))
        said = {e.number: without_planted(e.text) for e in brief.evidence}
        beside = {n: [without_planted(leaf) if isinstance(leaf, str) else leaf for leaf in near[n]] for n in near}
        told = {e.number: [*beside.get(e.number, ()), said[e.number], e.author, e.at] for e in brief.evidence}
        bags = {n: _bag(leaves) for n, leaves in told.items()}
        bags[0] = _bag(alone) | Bag(words=frozenset(t.plain for t in tokens(brief.ask)))
        facts = (leaf for leaf in leaves(brief.facts) if isinstance(leaf, str) and leaf not in quoted)
        texts = {0: loose(" \n ".join(facts))} | {e.number: loose(e.text) for e in brief.evidence}
        names = {w for e in brief.evidence for w in words_of(e.author) if len(w) > SIGN}
        return cls(texts, said, bags, frozenset(names))

    def beside(self, cited: frozenset[int]) -> Bag:
        """What a sentence with these numbers may tell; without one, anything in the brief."""
        bag = self.bags[0]
        for n in cited or self.bags.keys():
            bag = bag | self.bags[n]
        return bag

    def cited_texts(self, cited: frozenset[int]) -> list[str]:
        """The records' words behind these numbers; without one, all of them."""
        return [text for n, text in self.records.items() if n in cited or not cited]

    def has_quote(self, quote: str, cited: frozenset[int]) -> bool:
        """Literal in one of the cited pieces of evidence, or in any where none is cited; or in the facts."""
        wanted = loose(quote)
        return any(wanted in text for n, text in self.texts.items() if n in cited or n == 0 or not cited)

    def is_fact(self, quote: str) -> bool:
        """Literal in the facts, as the reason on a deal is: no record needs to hold it."""
        return loose(quote) in self.texts[0]


def _bag(leaves: Iterable[object]) -> Bag:
    numbers: set[str] = set()
    days: set[Day] = set()
    words: set[str] = set()
    for leaf in leaves:
        if isinstance(leaf, str):
            numbers |= set(numbers_in(leaf))
            days |= set(days_in(leaf)[0])
            words |= {t.plain for t in tokens(leaf)}
        elif isinstance(leaf, date):
            days.add(Day(leaf.day, leaf.month, leaf.year))
            words |= _month_names(leaf.month)
        elif isinstance(leaf, (int, float)) and not isinstance(leaf, bool):
            numbers |= {*numbers_in(f"{leaf:g}"), *numbers_in(f"{leaf:.0f}"), *numbers_in(f"{leaf:.1f}")}
    return Bag(frozenset(numbers | {str(d.year) for d in days if d.year}), frozenset(days), frozenset(words))


def _sorted_out(value: object, near: dict[int, list[object]]) -> Iterator[object]:
    """The leaves that stand alone; those beside a numbered piece of evidence go to its number in `near`."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _sorted_out(inner, near)
    elif is_dataclass(value) and not isinstance(value, type):
        if numbers := set(_numbered(value)):
            for n in numbers:
                near.setdefault(n, []).extend(leaves(value))
        else:
            yield from leaves(value)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _sorted_out(inner, near)
    elif value is not None:
        yield value


def _numbered(value: object) -> Iterator[int]:
    """The evidence numbers inside a fact."""
    if is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            inner = getattr(value, f.name)
            if f.name == "n" and isinstance(inner, int):
                yield inner
            else:
                yield from _numbered(inner)


def loose(text: str) -> str:
    """For comparing quotes: spaces, case and typographic marks do not matter, words do."""
    low = folded(text).casefold().translate(str.maketrans("’‘“”«»„", '\'\'"""""'))
    return low.strip(" .…,;:!?\"'")


def numbers_in(text: str) -> list[str]:
    """Each number as bare digits, so that 1,200 and 1 200 are the same."""
    return [digits(m.group()) for m in NUMBER.finditer(text)]


def digits(number: str) -> str:
    """A number without its separators or leading zeros."""
    return re.sub(r"\D", "", number).lstrip("0") or "0"


def days_in(text: str) -> tuple[list[Day], str]:
    """The days written out in a text, and the text without them."""
    found: list[Day] = []

    def keep(match: re.Match[str]) -> str:
        groups = {k: v for k, v in match.groupdict().items() if v}
        month = _months()[plain(groups.get("m1") or groups.get("m2") or "")]
        year = groups.get("y1") or groups.get("y2")
        found.append(Day(int(groups.get("d1") or groups.get("d2") or 0), month, int(year) if year else None))
        return " "

    rest = _written().sub(keep, text)
    found += [Day(int(m[3]), int(m[2]), int(m[1])) for m in ISO.finditer(rest)]
    return found, ISO.sub(" ", rest)


@cache
def _months() -> Mapping[str, int]:
    """Month names and their three-letter forms in every language of the playbook."""
    named: dict[str, int] = {}
    for habits in languages(PLAYBOOK).values():
        for number, name in enumerate(habits.months, 1):
            named[plain(name)] = number
            named.setdefault(plain(name)[:3], number)
    return named


@cache
def _month_names(number: int) -> frozenset[str]:
    """A day may be told by its month alone: "in June"."""
    return frozenset(plain(habits.months[number - 1]) for habits in languages(PLAYBOOK).values())


@cache
def _written() -> re.Pattern[str]:
    spelt = {name for habits in languages(PLAYBOOK).values() for name in habits.months}
    month = "|".join(sorted({*spelt, *(name[:3] for name in spelt)}, key=len, reverse=True))
    day_first = (
        rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:of\s+|de\s+)?"
        rf"(?P<m1>{month})\b\.?(?:,?\s+(?:de\s+)?(?P<y1>\d{{4}}))?"
    )
    month_first = rf"\b(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}))?"
    return re.compile(f"{day_first}|{month_first}", re.IGNORECASE)


def leaves(value: object) -> Iterator[object]:
    """Every plain value in facts, however deep."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from leaves(getattr(value, f.name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, datetime):
        yield value.date()
    elif value is not None:
        yield value
