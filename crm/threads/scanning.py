"""Finds which phrases of the playbook's long lists are in a text, for all lists at once."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from crm.threads import phrases

_WORD = re.compile(r"\w+")
_RUN_ON = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that do not part their words
_BETWEEN = ".,:;!?()[]\"'’/-|*%@#<>"
_SPACED = str.maketrans(dict.fromkeys(_BETWEEN, " "))


Cut = tuple[tuple[str, tuple[str, ...]], ...]
_CUT = ("marker", "banner", "disclaimer", "device", "optout")


class Scanned(NamedTuple):
    """What of the playbook's long lists is in a text: by the list's name, its phrases."""

    found: Mapping[str, tuple[str, ...]]

    def has(self, name: str) -> bool:
        return name in self.found

    def count(self, name: str) -> int:
        return len(self.found.get(name, ()))

    def within(self, part: str) -> "Scanned":
        """The same for a part of the text, without reading it anew."""
        if not self.found:
            return self
        low = part.lower()
        kept = {name: tuple(p for p in cues if p in low) for name, cues in self.found.items()}
        return Scanned({name: cues for name, cues in kept.items() if cues})

    @property
    def cut(self) -> Cut:
        """The part of it that decides what is cut from the text, to know a text by that was cut before."""
        found = self.found
        return tuple([(name, found[name]) for name in _CUT if name in found]) if found else ()

    def first(self, name: str, part: str) -> int:
        """Where the first of the list's phrases stands in a part of the text; -1 without one."""
        low = part.lower()
        return min((at for phrase in self.found.get(name, ()) if (at := low.find(phrase)) >= 0), default=-1)


_NOTHING: Mapping[str, tuple[str, ...]] = {}
NOTHING_FOUND = Scanned(_NOTHING)


@lru_cache(maxsize=16)
def scan(text: str) -> Scanned:
    """Looks for all long lists at once.

    A phrase is searched for only when one word of it is there, so a phrase of one word is found as a whole word only.
    """
    low = text.lower()
    words = set(_parted(low).split())
    index = _index()
    found: dict[str, tuple[str, ...]] = {}
    for word in (*(index.keys() & words), ""):
        for phrase, names in index[word]:
            if phrase in low:
                for name in names:
                    found[name] = (*found.get(name, ()), phrase)
    return Scanned(found or _NOTHING)


def _parted(low: str) -> str:
    """The text with a space for each sign between words; the two ways differ in speed alone."""
    if low.isascii():
        return low.translate(_SPACED)
    for sign in _BETWEEN:
        low = low.replace(sign, " ")
    return low


@cache
def _index() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Every phrase of the long lists under one of its words, with the names of its lists."""
    names: dict[str, tuple[str, ...]] = {}
    for name, cues in _long_lists():
        for phrase in cues:
            names[phrase] = (*names.get(phrase, ()), name)
    index: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {"": ()}
    for phrase, lists in names.items():
        key = _key(phrase)
        index[key] = (*index.get(key, ()), (phrase, lists))
    return index


def _key(phrase: str) -> str:
    """The word a phrase is looked up by: a long and rare one. The last is taken last: it may end in more letters."""
    words = _WORD.findall(phrase)
    if not words or _RUN_ON.search(phrase) or "_" in phrase:
        return ""
    common = phrases.names().common
    rare = [word for word in words[:-1] if word not in common] or [word for word in words[-1:] if word not in common]
    return str(max(rare, key=len, default=words[0]))


def _long_lists() -> Iterator[tuple[str, list[str]]]:
    cut, notices, who = phrases.boilerplate(), phrases.machines(), phrases.sides()
    yield from ((f"machine {kind}", cues) for kind, cues in notices.bodies.items())
    yield from (("bulk", notices.bulk), ("greeting", notices.greeting))
    yield from (("banner", cut.banners), ("disclaimer", cut.disclaimers), ("device", cut.devices))
    yield from (("optout", cut.optouts), ("marker", cut.markers))
    yield from (("seller", who.seller), ("buyer", who.buyer))


@cache
def machine_kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of machine mail, each with the name of its list."""
    return tuple((kind, f"machine {kind}") for kind in phrases.machines().bodies)
