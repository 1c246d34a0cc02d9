"""Which words are ordinary, which only say what kind of company a name is, and how those are shortened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from agents.reading.tokens import words_of
from agents.reading.wordlists import PLAYBOOK, WordList, entries, word_list
from agents.routing.concepts import concepts
from agents.routing.examples import ordinary_words
from crm.playbook import read_yaml

NEAR_FROM = 4  # letters: "inty" is as near to many words as to a name


@dataclass(frozen=True)
class Common:
    """What words are worth as names."""

    legal: frozenset[str]
    business: frozenset[str]
    forms: frozenset[str]
    short: dict[str, tuple[str, ...]]
    ordinary: frozenset[str]
    _near: dict[str, int] = field(default_factory=dict)

    def is_legal(self, word: str) -> bool:
        return word in self.legal

    def is_business(self, word: str) -> bool:
        return word in self.business and word not in self.legal

    def is_form(self, word: str) -> bool:
        """A word that is said of a company only, in any case: "holdings", "partners"."""
        return word in self.forms

    def is_company(self, word: str) -> bool:
        return word in self.legal or word in self.business

    def is_ordinary(self, word: str) -> bool:
        return word in self.ordinary or len(word) == 1

    def near_ordinary(self, word: str, slips: int) -> bool:
        """Is it as near to an ordinary word as `slips` letters?"""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if word not in self._near:
            near = process.extractOne(word, self._long_ordinary, scorer=OSA.distance, score_cutoff=2)
            self._near[word] = int(near[1]) if near else 9
        return self._near[word] <= slips

    def shortened(self, words: Sequence[str]) -> Iterator[list[str]]:
        """The words with one of them abbreviated, or with its ending abbreviated: zencorporation, zencorp."""
        for place, word in enumerate(words):
            for long, shorts in self.short.items():
                if (word.endswith(long) and word != long) or (word == long and len(words) > 1):
                    for short in shorts:
                        yield [*words[:place], word.removesuffix(long) + short, *words[place + 1 :]]

    @property
    def _long_ordinary(self) -> tuple[str, ...]:
        return _long(self.ordinary)


@cache
def common_words() -> Common:
    """The playbook's lists, with every word of the example questions as ordinary. Raises BadPlaybook."""
    lists = read_yaml(PLAYBOOK / "words" / "company.yaml", WordList).words
    short: dict[str, tuple[str, ...]] = {}
    for pair in entries(lists["short"]):
        long, _, abbreviated = pair.partition("=")
        short[long.strip()] = (*short.get(long.strip(), ()), abbreviated.strip())
    asking = word_list("asking")
    spoken = {w for group in asking.values() for phrase in group for w in phrase.split()}
    known = {w for phrase in concepts().words for w in phrase.split()}
    return Common(
        legal=frozenset(w for e in entries(lists["legal"]) for w in words_of(e)),
        business=frozenset(w for e in entries(lists["business"]) for w in words_of(e)),
        forms=frozenset(w for e in entries(lists["form"]) for w in words_of(e)),
        short=short,
        ordinary=ordinary_words() | spoken | known,
    )


@cache
def _long(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in words if len(w) >= NEAR_FROM)
