"""Picks the words of a record that prove a verdict: always a literal piece of the raw subject or body."""

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache

from crm.engagement.features import Features
from crm.engagement.phrase_finder import Lexicon
from crm.engagement.text_folding import folded
from crm.nouns import Activity, Side
from crm.quoting import excerpt
from crm.threads import abbreviations

LONGEST = 200
_WORD = re.compile(r"[^\W_]")
_SIDES = {"them": Side.THEM, "us": Side.US, "machine": Side.MACHINE}
_GREETING = 4  # words; a first line as short as this and ending in a comma is a greeting


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(rf"(?:[^.!?\n<>|;]++|[.!?](?=\S)|(?<=\d)\.|{abbreviations.stop()}|;(?=\S))+[.!?]*")


def pick(activity: Activity, wanted: Sequence[str], seen: Features, lexicon: Lexicon) -> str:
    """The words that prove it, at most LONGEST characters; empty only when the record has no visible character.

    `wanted` is tried in order: a side (`them`, `us`, `machine`), a place (`subject`, `body`, `outcome`) or a
    concept of the lexicon.
    """
    for want in wanted:
        if found := _find(activity, want, seen, lexicon):
            return excerpt(found, LONGEST)
    return excerpt(_any(activity), LONGEST)


def _find(activity: Activity, want: str, seen: Features, lexicon: Lexicon) -> str:
    if want == "subject":
        return activity.raw_subject.strip()
    if want == "body":
        return _written(activity)
    if want == "outcome":
        return _outcome(activity)
    if want in _SIDES:
        return _said_by(activity, _SIDES[want])
    return _with(activity, want, seen, lexicon) if want in seen.heard else ""


def _written(activity: Activity) -> str:
    """The first sentence that somebody wrote, and no head of a logger: "Additional To:"; else of the body."""
    typed = (m for m in activity.messages if m.side is not Side.MACHINE and _WORD.search(m.text))
    first = next(typed, None)
    found = _telling(_pieces(activity.raw_body[slice(*first.span)])) if first else ""
    return found or next(_pieces(activity.raw_body), "")


def _said_by(activity: Activity, side: Side) -> str:
    """The first sentence of that side which is more than a greeting."""
    for message in activity.messages:
        if message.side is not side:
            continue
        typed = _above_name(_pieces(activity.raw_body[slice(*message.span)]), message.author)
        if found := _telling(typed):
            return found
    return ""


def _above_name(pieces: Iterator[str], author: str) -> Iterator[str]:
    """The pieces down to the one that is the writer's name: a title or a company below it proves nothing."""
    names = frozenset(author.lower().split())
    for number, piece in enumerate(pieces):
        if number and names.issuperset(piece.lower().rstrip(",.").split()):
            return
        yield piece


def _telling(pieces: Iterator[str]) -> str:
    """The first of several words that is no greeting, else of two, else the first of all."""
    first = telling = ""
    for piece in pieces:
        first = first or piece
        words = len(piece.split())
        if words > 1 and not _greets(piece):
            if words > _GREETING:  # "Hi Hanna" has no comma and proves little
                return piece
            telling = telling or piece
    return telling or first


def _greets(piece: str) -> bool:
    return piece.rstrip().endswith((",", ":")) and len(piece.split()) <= _GREETING


def _with(activity: Activity, concept: str, seen: Features, lexicon: Lexicon) -> str:
    """The sentence in which the concept is heard: what people typed before what programs did, the subject last."""
    typed = [m for m in activity.messages if m.side is not Side.MACHINE]
    texts = [activity.raw_body[slice(*m.span)] for m in typed] + [activity.raw_subject]
    texts += [activity.raw_body[slice(*m.span)] for m in activity.messages if m.side is Side.MACHINE]
    texts.append(activity.raw_body)
    word = seen.heard[concept]
    for text in texts:
        for piece in _pieces(text):
            plain = html.unescape(piece) if "&" in piece else piece
            if word in (plain if plain.isascii() else folded(plain)).lower() and _says(plain, concept, seen, lexicon):
                return piece
    return ""


def _says(piece: str, concept: str, seen: Features, lexicon: Lexicon) -> bool:
    return any(hit.concept == concept for hit in lexicon.hear(piece).within(seen.languages).hits)


def _outcome(activity: Activity) -> str:
    """The subject of a call, where tools write the outcome; else the line of the body that names one."""
    found = re.search(
        r"(?im)^.{0,12}(?:outcome|disposition|dispo|result|status|esito|statut|estado|resultado)\b.*$",
        activity.raw_body,
    )
    return found.group().strip() if found else activity.raw_subject.strip()


def _any(activity: Activity) -> str:
    return _written(activity) or activity.raw_subject.strip() or activity.raw_body.strip()


def _pieces(text: str) -> Iterator[str]:
    """The sentences of a raw text, with at least one letter or digit each."""
    for found in _piece().finditer(text):
        piece = found.group().strip().lstrip(">*•-–— \t")
        if _WORD.search(piece):
            yield piece
