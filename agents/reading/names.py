"""Finds the names of a list (accounts, people) in a question: exact, partial, joined, split, abbreviated, misspelt.

A name is found by words that tell it apart: words that many names share, or that only say what kind of company it is,
never find one alone. Which of several finds is meant is decided in `scope.py`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agents.reading.company_words import Common
from agents.reading.tokens import Token, german_plain, plain, words_of
from agents.reading.wordlists import word_list

SHARED_BY_MANY = 8  # a word in more names than this tells none of them apart
SHORTEST = 3  # letters of a name's part that may stand for it
FUZZY_FROM = 5  # letters from which a typo is forgiven
FUZZY_WORDS = 80  # words of a question that are read for typos: a longer one is a pasted record
PREFIX_FROM, PREFIX_SHARE = 6, 0.6  # "ganjaf" for Ganjaflex
ACRONYM = 3
BREAKS = frozenset(',;?!¿¡:()"“”«»„\n[]{}<>|=')


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place in the question that may name one of `ids`: tokens `first` to `last`, half-open.

    `letters` is how much of a name was matched, `whole` that all of it was, `slips` how many letters differ;
    `weak` that the words are ordinary ones, so that something around them must say that they are a name.
    """

    ids: tuple[str, ...]
    first: int
    last: int
    letters: int
    whole: bool
    slips: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write some names. `whole` ids bear it as their full name, `part` ids hold it among other words."""

    whole: frozenset[str]
    part: frozenset[str]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(self.whole or self.part))


@dataclass(frozen=True)
class Names:
    """The forms of every name, by their letters without spaces."""

    words: dict[str, tuple[str, ...]]
    forms: dict[str, _Form]
    acronyms: dict[str, frozenset[str]]
    common: Common
    part_fuzzy_from: int = FUZZY_FROM  # letters from which a typo in a part of a name is forgiven

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]], common: Common, also: Iterable[tuple[str, str]] = ()) -> "Names":
        """Names by id, of which one may have several; `also` gives what stands for some, such as the domain."""
        pairs = [(i, name) for i, name in named if words_of(name)]
        words: dict[str, tuple[str, ...]] = {}
        for i, name in pairs:
            words[i] = (*words.get(i, ()), *words_of(name))
        shared = Counter(word for _, name in pairs for word in set(words_of(name)))
        whole: dict[str, set[str]] = {}
        part: dict[str, set[str]] = {}
        acronyms: dict[str, set[str]] = {}
        for i, name in pairs:
            for form, full in _forms(name, common, shared):
                (whole if full else part).setdefault(form, set()).add(i)
            initials = "".join(w[0] for w in words_of(name) if w not in _joining())
            if len(initials) >= ACRONYM:
                acronyms.setdefault(initials, set()).add(i)
        for i, other in also:
            part.setdefault("".join(words_of(other)), set()).add(i)
        forms = {f: _Form(frozenset(whole.get(f, ())), frozenset(part.get(f, ()))) for f in sorted({*whole, *part})}
        return cls(words, forms, {a: frozenset(s) for a, s in acronyms.items()}, common)

    def find(self, words: Sequence[Token]) -> list[Sighting]:
        """Every place that may name somebody, best first, none overlapping a better one."""
        found = list(self._exact(words))
        if len(words) <= FUZZY_WORDS:
            found += self._misspelt(words, {(s.first, s.last) for s in found if not s.weak})
        found.sort(key=lambda s: (-s.letters, s.slips, not s.whole, s.first))
        taken: set[int] = set()
        kept = []
        for sighting in (self._narrowed(s, words) for s in found):
            place = range(sighting.first, sighting.last)
            if taken.isdisjoint(place):
                kept.append(sighting)
                taken.update(place)
        return kept

    def _narrowed(self, s: Sighting, words: Sequence[Token]) -> Sighting:
        """Of several names that share a word, the one whose next word is begun: "ysbrand med"."""
        after = words[s.last].plain if s.last < len(words) else ""
        if s.whole or len(s.ids) < 2 or len(after) < SHORTEST or self.common.is_ordinary(after):
            return s
        begun = tuple(i for i in s.ids if any(w.startswith(after) and w != after for w in self.words[i]))
        return replace(s, ids=begun, last=s.last + 1) if len(begun) == 1 else s

    def _exact(self, words: Sequence[Token]) -> Iterator[Sighting]:
        for first, last, joined in _windows(words, self._longest):
            form = self.forms.get(joined)
            if form:
                weak = self._is_weak(form, _spoken(words, first, last))
                yield Sighting(form.ids, first, last, 2 * len(joined), bool(form.whole), weak=weak)
            elif last == first + 1:
                yield from self._genitive(words[first].plain, first)
                yield from self._short(words[first], first)
        for first, last, joined in _linked(words, self._longest):
            form = self.forms.get(joined)
            if form and form.whole:
                yield Sighting(form.ids, first, last, 2 * len(joined), True)

    def _genitive(self, word: str, first: int) -> Iterator[Sighting]:
        """ "Giulias words", typed without its apostrophe."""
        form = self.forms.get(word[:-1]) if word.endswith("s") and len(word) > SHORTEST else None
        if form and not self.common.is_ordinary(word) and not self.common.is_ordinary(word[:-1]):
            yield Sighting(form.ids, first, first + 1, 2 * len(word) - 3, bool(form.whole), slips=1)

    def _is_weak(self, form: _Form, spoken: Sequence[str]) -> bool:
        """Ordinary words, unless they are two or more and the very words of a name."""
        if not all(self.common.is_ordinary(w) for w in spoken):
            return False
        return len(spoken) < 2 or not any(set(spoken) <= set(self.words[i]) for i in form.whole)

    def _short(self, word: Token, first: int) -> Iterator[Sighting]:
        """An acronym in capitals, or the clear beginning of one name."""
        if word.text.isupper() and word.plain in self.acronyms:
            yield Sighting(tuple(sorted(self.acronyms[word.plain])), first, first + 1, 2 * len(word.plain), False)
        if len(word.plain) < PREFIX_FROM or self.common.is_ordinary(word.plain):
            return
        begun = {
            i
            for f, form in self._wholes
            if f.startswith(word.plain) and len(word.plain) >= PREFIX_SHARE * len(f)
            for i in form.whole
        }
        if len(begun) == 1:
            yield Sighting(tuple(begun), first, first + 1, 2 * len(word.plain) - 2, False)

    def _misspelt(self, words: Sequence[Token], known: Collection[tuple[int, int]]) -> Iterator[Sighting]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for first, last, joined in _windows(words, self._longest):
            if len(joined) < FUZZY_FROM - 1 or (first, last) in known:
                continue
            spoken = _spoken(words, first, last)
            if all(self.common.is_ordinary(w) or w.isdigit() for w in spoken):
                continue
            near = process.extract(
                joined, self._long_forms, scorer=OSA.distance, score_cutoff=_slips(len(joined) + 1), limit=5
            )
            fits = [(f, d) for f, d, _ in near if 0 < d <= _slips(len(f)) and self._plausible(spoken, f)]
            nearest = self._nearest(fits, first, last, spoken) if fits else None
            if nearest:
                yield nearest

    def _nearest(
        self, fits: Sequence[tuple[str, float]], first: int, last: int, spoken: Sequence[str]
    ) -> Sighting | None:
        least = int(min(d for _, d in fits))
        best = [self.forms[f] for f, d in fits if d == least]
        whole = {i for form in best for i in form.whole}
        ids = tuple(sorted(whole or {i for form in best for i in form.part}))
        letters = 2 * max(len(f) for f, d in fits if d == least) - 3 * least
        if len(spoken) == 1 and self.common.near_ordinary(spoken[0], least - 1):
            return None  # more likely a typo of an ordinary word
        weak = len(spoken) == 1 and self.common.near_ordinary(spoken[0], least)
        return Sighting(ids, first, last, letters, bool(whole), least, weak)

    def _plausible(self, spoken: Sequence[str], form: str) -> bool:
        """A real word that the name does not have is no slip of the pen."""
        real = (w for w in spoken if len(w) > 2 and (self.common.is_ordinary(w) or self.common.is_company(w)))
        return all(w in form or (len(w) > SHORTEST + 1 and w[:-1] in form) for w in real)

    @cached_property
    def _longest(self) -> int:
        return min(6, max((len(w) for w in self.words.values()), default=1) + 1)

    @cached_property
    def _wholes(self) -> list[tuple[str, _Form]]:
        return [(f, form) for f, form in self.forms.items() if form.whole]

    @cached_property
    def _long_forms(self) -> list[str]:
        return [f for f, form in self.forms.items() if len(f) >= (FUZZY_FROM if form.whole else self.part_fuzzy_from)]


def _slips(letters: int) -> int:
    """How many letters of a name may be wrong."""
    return 0 if letters < FUZZY_FROM else 1 if letters < 9 else 2 if letters < 14 else 3


def _forms(name: str, common: Common, shared: Counter[str]) -> Iterator[tuple[str, bool]]:
    """Each way to write a name, without spaces; True for those that are all of it."""
    for spelled in {plain(name), german_plain(name)}:
        words = [w for n, w in enumerate(words_of(spelled)) if w not in _joining() or (n == 0 and len(w) == 1)]
        words = words or words_of(spelled)
        kept = [w for w in words if not common.is_legal(w)]
        for version in (words, kept or words):
            yield "".join(version), True
            for short in common.shortened(version):
                yield "".join(short), True
        for first in range(len(words)):
            for last in range(first + 1, len(words) + 1):
                run = words[first:last]
                telling = [w for w in run if not common.is_company(w) and shared[plain(w)] <= SHARED_BY_MANY]
                if telling and len("".join(run)) >= SHORTEST and len(run) < len(words):
                    yield "".join(run), False


def _windows(words: Sequence[Token], longest: int) -> Iterator[tuple[int, int, str]]:
    """Every run of up to `longest` words that no mark breaks: its tokens as a half-open range, its letters joined."""
    joining = _joining()
    for first, token in enumerate(words):
        if not token.is_word or (token.plain in joining and len(token.plain) > 1):
            continue  # a single letter may begin a name: "Y-corporation"
        joined, count = "", 0
        for last in range(first, len(words)):
            word = words[last]
            if word.text in BREAKS or count == longest:
                break
            if word.is_word and (word.plain not in joining or last == first):
                joined, count = joined + word.plain, count + 1
                yield first, last + 1, joined


def _linked(words: Sequence[Token], longest: int) -> Iterator[tuple[int, int, str]]:
    """The runs with the words that join them, as a mail domain has them: "quarryandsons" for "Quarry & Sons"."""
    joining = _joining()
    for first, last, joined in _windows(words, longest):
        run = words[first:last]
        links = sorted(joining) if any(t.text == "&" for t in run) else [""]
        for link in links:
            whole = "".join(link if t.text == "&" else t.plain for t in run if t.is_word or t.text == "&")
            if whole != joined:
                yield first, last, whole


def _spoken(words: Sequence[Token], first: int, last: int) -> list[str]:
    return [t.plain for t in words[first:last] if t.is_word and t.plain not in _joining()]


def _joining() -> frozenset[str]:
    return word_list("company")["joining"]
