"""What tools and mail programs put around a subject, taken apart from the subject itself."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from crm.nouns import Direction
from crm.threads import phrases

_BRACKETS = re.compile(r"\[(?!\[)([^\[\]\n]{1,80})\](?!\()\s*")
_LAST = re.compile(r"\s*\[(Salesloft|SalesLoft|Outreach|HubSpot|Gong|EXTERNAL|EXT|External)\]\s*$")
_PREFIX = re.compile(r"(re|fw|fwd|aw|wg|tr|rv|sv|vs|vb|antw|odp|pd|res|enc|r|i|rif)\s?:\s*", re.I)
_KIND = re.compile(r"(e-?mail(?: reply)?(?: received)?|call)\s?:\s+", re.I)
_STEP = re.compile(r"(\d{1,3})\s+(?:-\s+)?(?=\S)")
_REPLIES = frozenset(["re", "aw", "sv", "vs", "antw", "odp", "r", "res", "rif"])
_FORWARDS = frozenset(["fw", "fwd", "wg", "tr", "rv", "vb", "pd", "enc", "i"])
_TOOLS = frozenset(["salesloft", "outreach", "hubspot", "gong", "apollo", "groove"])
_ARROW_STARTS = frozenset("<>↙↗")
_MOST = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject without its tags. `replies` and `forwards` count the prefixes; they prove nothing by themselves."""

    text: str
    tags: tuple[str, ...]
    direction: Direction
    replies: int
    forwards: int
    mail: bool


@lru_cache(maxsize=4096)
def read(raw: str) -> Subject:
    """Takes a raw subject apart. What stands between the tags and the words is kept in `tags`, in order."""
    text, replies, forwards = " ".join(raw.split()), 0, 0
    if ":" not in text and "[" not in text and text[:1] not in _ARROW_STARTS:
        return Subject(text, (), Direction.UNKNOWN, 0, 0, False)
    tags: list[str] = []
    while text and len(tags) < _MOST:
        taken = _next(text, bracketed=bool(tags) and f"[{tags[-1]}]" in raw)
        if not taken:
            break
        tag, text = taken
        tags.append(tag)
        replies += tag.lower() in _REPLIES
        forwards += tag.lower() in _FORWARDS
    while last := _LAST.search(text):
        tags.append(last[1])
        text = text[: last.start()]
    if tags and tags[-1].lower() == "call" and "|" in text:
        status, _, text = text.partition("|")
        tags.append(status.strip())
    return Subject(text.strip(), tuple(tags), _direction(tags), replies, forwards, _mail(tags, replies + forwards))


def _next(text: str, bracketed: bool) -> tuple[str, str] | None:
    """The tag the text starts with, and what follows it."""
    if found := _BRACKETS.match(text):
        return found[1].strip(), text[found.end() :]
    if found := _PREFIX.match(text) or _KIND.match(text):
        return found[1], text[found.end() :]
    for arrow in _arrows():
        if text.startswith(arrow):
            return arrow, text[len(arrow) :].lstrip()
    if (found := _STEP.match(text)) and (bracketed or _PREFIX.match(text, found.end())):
        return found[1], text[found.end() :]
    return None


@cache
def _arrows() -> tuple[str, ...]:
    return (*phrases.sides().inbound_arrows, *phrases.sides().outbound_arrows)


@cache
def _ways() -> dict[str, Direction]:
    words = phrases.sides()
    return dict.fromkeys((*words.inbound, *words.inbound_arrows), Direction.INBOUND) | dict.fromkeys(
        (*words.outbound, *words.outbound_arrows), Direction.OUTBOUND
    )


def way(word: str) -> Direction:
    """Inbound or outbound, if that is what the word says."""
    return _ways().get(word.strip(" .:").lower(), Direction.UNKNOWN)


def _direction(tags: list[str]) -> Direction:
    """The first tag that says which way it went; brackets may hold several words, as in `[People.ai | Outbound]`."""
    arrow = Direction.UNKNOWN
    for tag in tags:
        for part in tag.split("|"):
            found = way(part)
            if found is not Direction.UNKNOWN and part.strip() not in _arrows():
                return found
            arrow = arrow if arrow is not Direction.UNKNOWN else found
    return arrow


def is_weak(subject: Subject) -> bool:
    """Whether the direction is only an arrow that no tool signed: such arrows are set loosely."""
    return any(tag in _arrows() for tag in subject.tags) and not any(tag.lower() in _TOOLS for tag in subject.tags)


def _mail(tags: list[str], prefixes: int) -> bool:
    """Whether the tags say that a mail was logged, whatever the CRM calls the record."""
    return prefixes > 0 or any(
        tag.lower().startswith(("email", "e-mail", "people.ai", "gmail")) or tag in _arrows() for tag in tags
    )
