"""One Activity to the passages it is found by.

A passage is a sentence or two of one message, so that who wrote it is known, and it stands literally in the record.
Small passages find more than whole records do: a vector of a long thread is near to everything and to nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crm.nouns import Activity, Message, Side

VERSION = "1"  # of the cutting and the weighing below: another one makes the index anew
WORDS = 20  # sentences are joined up to here; 20 found a little more than 1, 40 or 60, for half the price of 1
MOST_WORDS = 40  # a sentence longer than this is cut
MOST_CHARACTERS = 400  # as is one without spaces
LONG_WORD = 10  # characters; in writing without spaces so many count as a word
MOST_PASSAGES = 64  # of one record, newest message first; full text still reaches the rest
MOST_READ = 200_000  # characters of one message
SUBJECT_SHARE = 0.5  # of the subject's vector, added to each passage's: what the sentence is about is often only there

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\s*\n\s*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in the record as they stand here, and who wrote them (UNKNOWN for a subject)."""

    text: str
    side: Side
    author: str
    at: datetime | None

    @property
    def key(self) -> str:
        """What is embedded."""
        return on_one_line(self.text)


def passages_of(activity: Activity, most: int = MOST_PASSAGES) -> tuple[Passage, ...]:
    """The subject, then the messages from the newest down; at least one for a record with any text at all.

    What a thread quotes again is not repeated.
    """
    found: dict[str, Passage] = {}
    for passage in _all(activity):
        found.setdefault(passage.key, passage)
        if len(found) == most:
            break
    return tuple(found.values())


def on_one_line(text: str) -> str:
    """The text without line breaks and doubled spaces."""
    return " ".join(text.split())


def has_text(subject: str, raw_body: str) -> bool:
    """Whether a record with these has passages."""
    return bool(subject.strip() or raw_body.strip())


def _all(activity: Activity) -> Iterator[Passage]:
    if activity.subject.strip():
        yield Passage(activity.subject.strip(), Side.UNKNOWN, "", activity.at)
    messages = activity.messages or _unparsed(activity)
    for message in messages:
        for text in _pieces(message.text):
            yield Passage(text, message.side, message.author, message.at or activity.at)
    if not activity.subject.strip() and not any(message.text.strip() for message in messages):
        yield from (Passage(text, Side.UNKNOWN, "", activity.at) for text in _pieces(activity.raw_body))


def _unparsed(activity: Activity) -> tuple[Message, ...]:
    """The raw body as one message of nobody in particular, where there is one that nothing was made of."""
    body = activity.raw_body
    return (Message(Side.UNKNOWN, "", "", None, body, 0, (0, len(body))),) if body.strip() else ()


def _pieces(text: str) -> Iterator[str]:
    """Runs of sentences of about WORDS words, as they stand in the text."""
    text = text[:MOST_READ]
    start, end, words = 0, 0, 0
    for begin, stop in _sentences(text):
        more = max(len(text[begin:stop].split()), (stop - begin) // LONG_WORD)
        if words and words + more > WORDS:
            yield text[start:end]
            start, words = begin, 0
        start, end, words = (start if words else begin), stop, words + more
    if words:
        yield text[start:end]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences and lines begin and end; the overlong are cut into pieces that are not."""
    start = 0
    for gap in _END.finditer(text):
        # the closing quote stays with its sentence, the space does not
        yield from _cut(text, start, gap.end() - len(gap.group()) + len(gap.group().rstrip()))
        start = gap.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [
        (begin, min(begin + MOST_CHARACTERS, word.end()))
        for word in _WORD.finditer(text, start, end)
        for begin in range(word.start(), word.end(), MOST_CHARACTERS)
    ]
    first = 0
    for n in range(len(words)):
        full = n + 1 - first >= MOST_WORDS
        last = n + 1 == len(words)
        if last or full or words[n + 1][1] - words[first][0] > MOST_CHARACTERS:
            yield words[first][0], words[n][1]
            first = n + 1
