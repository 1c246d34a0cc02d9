"""Finds which phrases of the playbook's long lists are in a text, for all lists at once."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from crm.threads import phrases

_WORD = re.compile(r"\w+")
_RUN_ON = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that do not part their words
_ENDS = re.escape(".,:;!?()[]\"'’/-|*%@#<>")  # the signs that, like white space, end a word


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
        kept = {name: tuple([p for p in cues if p in low]) for name, cues in self.found.items()}
        return Scanned({name: cues for name, cues in kept.items() if cues})

    @property
    def cut(self) -> Cut:
        """The part of it that decides what is cut from the text, to know a text by that was cut before."""
        found = self.found
        return tuple([(name, found[name]) for name in _CUT if name in found]) if found else ()

    def first(self, name: str, part: str) -> int:
        """Where the first of the list's phrases stands in a part of the text; -1 without one."""
        low, first = part.lower(), -1
        for phrase in self.found.get(name, ()):  # asked of every line: a generator costs more than the search itself
            at = low.find(phrase)
            if at >= 0 and (first < 0 or at < first):
                first = at
        return first


_NOTHING: Mapping[str, tuple[str, ...]] = {}
NOTHING_FOUND = Scanned(_NOTHING)


class _Cue(NamedTuple):
    """A phrase of the long lists, with a word that must be there as a whole and the names of its lists."""

    phrase: str
    word: str
    lists: tuple[str, ...]


@lru_cache(maxsize=16)
def scan(text: str) -> Scanned:
    """Looks for all long lists at once, in one pass over the text whatever their length.

    A phrase counts only when one word of it is there, so a phrase of one word is found as a whole word only.
    """
    low = text.lower()
    found: dict[str, tuple[str, ...]] = {}
    for cue in [_cues()[number] for number in sorted(_met(low))]:
        if not cue.word or _whole(cue.word).search(low):
            for name in cue.lists:
                found[name] = (*found.get(name, ()), cue.phrase)
    return Scanned(found or _NOTHING)


def _met(low: str) -> set[int]:
    """The numbers of the cues whose phrase is in the text."""
    try:
        places = _automaton().find_matches_as_indexes(low, overlapping=True)
    except UnicodeEncodeError:  # half a character, which no phrase has
        whole = low.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        places = _automaton().find_matches_as_indexes(whole, overlapping=True)
    return {number for number, _, _ in places}


@cache
def _whole(word: str) -> re.Pattern[str]:
    """The word as a whole. It is looked for by its letters, which are found quickly, then behind and before them."""
    return re.compile(rf"{word}(?<![^\s{_ENDS}]{word})(?![^\s{_ENDS}])")


@cache
def _cues() -> tuple[_Cue, ...]:
    """Every phrase of the long lists, once."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, phrases_of in _long_lists():
        for phrase in phrases_of:
            lists[phrase] = (*lists.get(phrase, ()), name)
    return tuple(_Cue(phrase, _key(phrase), names) for phrase, names in lists.items())


@cache
def _automaton() -> AhoCorasick:
    """All phrases at once, in the form that fits the processor's cache: the quicker one alone is the slower at work."""
    return AhoCorasick([cue.phrase for cue in _cues()], implementation=Implementation.ContiguousNFA)


def _key(phrase: str) -> str:
    """The word that a phrase needs as a whole: long and rare. The last is taken last: it may end in more letters."""
    words = _WORD.findall(phrase)
    if not words or _RUN_ON.search(phrase) or "_" in phrase:
        return ""
    common = phrases.names().common
    rare = [word for word in words[:-1] if word not in common] or [word for word in words[-1:] if word not in common]
    return str(max(rare, key=len, default=words[0]))


def _long_lists() -> Iterator[tuple[str, list[str]]]:
    cut, notices, who = phrases.boilerplate(), phrases.machines(), phrases.sides()
    yield from ((f"machine {kind}", cues) for kind, cues in notices.bodies.items())
    yield from (("bulk", notices.bulk), ("imprint", notices.imprint), ("greeting", notices.greeting))
    yield from (("banner", cut.banners), ("disclaimer", cut.disclaimers), ("device", cut.devices))
    yield from (("optout", cut.optouts), ("marker", cut.markers))
    yield from (("seller", who.seller), ("buyer", who.buyer))


@cache
def machine_kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of machine mail, each with the name of its list."""
    return tuple((kind, f"machine {kind}") for kind in phrases.machines().bodies)
