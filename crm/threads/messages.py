"""Makes a Message of a stretch of the plain text: its own words, its span in the raw body."""

from datetime import datetime
from typing import NamedTuple

from crm.nouns import Message, Side
from crm.threads import scanning
from crm.threads.clean import own_words
from crm.threads.markup import Plain
from crm.threads.people import NOBODY, Person

_SIGNS = " \n\"'“”„«».,;:()[]{}<>-–—*_|/"  # no words: what is left when only the marks around them are left


class Said(NamedTuple):
    """Who said it, how deep it is quoted, when; whether it is a mail, which may be signed. A tuple: there are many."""

    side: Side
    author: Person = NOBODY
    depth: int = 0
    at: datetime | None = None
    mailed: bool = False


def message(body: Plain, start: int, end: int, said: Said) -> Message | None:
    """The message of the plain text from `start` to `end`; None when there are no words of its own in it."""
    text = own_words(body.text[start:end], said.depth > 0, said.mailed, scanning.scan(body.text))
    if not text.strip(_SIGNS):
        return None
    start, end = _trimmed(body.text, start, end)
    if start >= end:
        return None
    span = body.span(start, end)
    return Message(said.side, said.author.name, said.author.address, said.at, text, said.depth, span)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space and the quote marks around its words."""
    while start < end and (text[start].isspace() or text[start] == ">"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ">"):
        end -= 1
    return start, end
