"""Numbered evidence, collected while facts are.

A fact that stands on a record holds a `Said`: its number, who, when, and the literal words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from agents.whose_log import speaker
from crm.engagement.timeline import Touch
from crm.nouns import Activity, Evidence, Side
from crm.quoting import passage
from crm.records.book import Book
from crm.threads import abbreviations

PASSAGE = 400  # characters of a record that a quote may hold
MARKER = re.compile(r"^(?:[-*•–]|\d{1,2}\))\s+")  # not "12. ", which may begin a date
BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)+")
ITEM = re.compile(r"\s*(?:[-*•–>]|\d{1,2}[.)])\s")
WRAPPED = range(55, 81)  # characters of a line that was broken because it was full
SUBSTANCE = 50  # characters from which a statement is more than an aside
GREETING = re.compile(r"(?:[^\W\d_a-z]\w*[.]?\s){0,2}[^\W\d_a-z]\w*,\s+(?=\S)")  # "Dear Ola, ...", "Pavel, ..."
TELLING = range(30, 280)  # characters of a sentence that says something


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(
        r"(?:[^\n.!?…]"
        r"|[.!?…]+(?=[^\s\"'”»).!?…])"  # the dot in 3.5
        rf"|(?<=\b\d)\.|(?<=\b\d\d)\.|{abbreviations.stop()}(?=\s*\S)"  # 12. November, Dr. Roth, J. Weber
        r"|\n(?=[^\W\d_A-Z]))+"  # a line that was wrapped
        r"(?:[.!?…]+[\"'”»)]*|(?=\n|$))"
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Words on record, as a template needs them: [n], by whom, on what day, in what kind of record."""

    n: int
    who: str
    day: date | None
    quote: str
    kind: str
    side: Side


@dataclass
class Exhibits:
    """Evidence in the order it was shown; the same words of the same record keep their number."""

    shown: list[Evidence] = field(default_factory=list)

    def add(
        self, activity: Activity, text: str, who: str = "", side: Side = Side.UNKNOWN, at: datetime | None = None
    ) -> Said:
        """Shows `text`, which must be literally in the activity."""
        text = text.strip()
        moment = at or activity.at
        known = next((e for e in self.shown if e.activity_id == activity.id and e.text == text), None)
        if known is None:
            known = Evidence(len(self.shown) + 1, activity.id, text, moment, who, side)
            self.shown.append(known)
        return Said(known.number, who, moment.date() if moment else None, text, activity.kind.value, side)

    def touch(self, touch: Touch, book: Book) -> Said:
        """A moment of contact by its telling part, with the full name of who spoke."""
        who = speaker(touch.who, touch.activity, book)
        return self.add(touch.activity, telling(touch.text), who, touch.side, touch.at)

    def record(self, activity: Activity) -> Said:
        """The record as such, by its subject, or by its first words where it has none."""
        text = activity.subject or activity.raw_subject or passage(activity.text, PASSAGE)
        return self.add(activity, text, activity.owner, Side.US)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self.shown)


def telling(text: str) -> str:
    """The one or two sentences that say most, literally: a question, a figure, a day rather than a pleasantry."""
    found = [m for m in _sentence().finditer(_unwrapped(text)) if m.group().strip()]
    said = [i for i, m in enumerate(found) if len(m.group().strip()) in TELLING]
    whole = [i for i in said if _ends(found[i].group())]
    start = max(whole or said, key=lambda i: (_weight(found[i].group()), -i), default=None)
    if start is None:
        return _whole(text, found) or passage(text.strip(), PASSAGE)
    first = last = start
    if _joins(text, found, start, start + 1) and start + 1 in said:
        last = start + 1
    elif _joins(text, found, start - 1, start) and start - 1 in said:
        first = start - 1
    return MARKER.sub("", text[found[first].start() : found[last].end()].strip())


def _whole(text: str, found: list[re.Match[str]]) -> str:
    """The first sentences that end as such, without the name that is signed below them."""
    begun = next((i for i, m in enumerate(found) if _ends(m.group())), None)
    if begun is None:
        return ""
    last = begun
    while last + 1 < len(found) and _joins(text, found, last, last + 1):
        last += 1
    whole = MARKER.sub("", text[found[begun].start() : found[last].end()].strip())
    return whole if len(whole) <= PASSAGE else ""


def _unwrapped(text: str) -> str:
    """The text with a blank for each line break that only wraps a paragraph: what is found in it stands in the text."""
    return BLOCK.sub(lambda block: block[0].replace("\n", " ") if _is_wrapped(block[0]) else block[0], text)


def _is_wrapped(block: str) -> bool:
    """Every line but the last is about as long as mail programs make them, and none begins an item of a list."""
    first, *others = block.split("\n")
    return all(len(line.strip()) in WRAPPED for line in (first, *others[:-1])) and not any(map(ITEM.match, others))


def _joins(text: str, found: list[re.Match[str]], one: int, next_one: int) -> bool:
    """Whether two sentences stand side by side, whole, and are short enough to be shown together."""
    if one < 0 or next_one >= len(found):
        return False
    a, b = found[one], found[next_one]
    whole = _ends(a.group()) and _ends(b.group()) and not GREETING.match(a.group().strip())
    return whole and not text[a.end() : b.start()].strip(" ") and b.end() - a.start() <= PASSAGE


def _weight(sentence: str) -> int:
    """How much a sentence says: it asks, it names a figure, it is more than an aside; a greeting says least."""
    words = sentence.strip()
    asks = 2 * words.rstrip("\"'”»)").endswith("?")
    figure = 2 * any(c.isdigit() for c in words)
    return asks + figure + (len(words) >= SUBSTANCE) - bool(GREETING.match(words))


def _ends(sentence: str) -> bool:
    """Ends as a sentence does, not as a greeting or the head of a list."""
    return sentence.strip().rstrip("\"'”»)").endswith((".", "!", "?", "…"))


def sentences_in(text: str) -> list[str]:
    """The whole sentences, literally; no greetings, no heads of lists."""
    return [MARKER.sub("", sentence) for sentence in _found(text) if _ends(sentence)]


def _found(text: str) -> Iterator[str]:
    return (text[m.start() : m.end()].strip() for m in _sentence().finditer(_unwrapped(text)))


def lines_in(text: str) -> list[str]:
    """The sentences, and the lines that end without a stop, as those of notes do; literally."""
    return [said for sentence in _found(text) if (said := MARKER.sub("", sentence))]


def questions_in(text: str) -> list[str]:
    """The sentences that ask something, literally."""
    return [s for s in sentences_in(text) if s.rstrip("\"'”»)").endswith("?")]
