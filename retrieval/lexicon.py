"""Words of many languages to the topics and things they name, by the playbook's word lists for search."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count, pairwise
from pathlib import Path

from crm.common_words import stop_words
from crm.errors import BadPlaybook
from crm.playbook import Page, digest, read_yaml
from retrieval.words import tokens_in

PLAYBOOK = Path(__file__).resolve().parents[1] / "playbook"
FILES = ("topics_of_search.yaml", "things_of_search.yaml", "speech_of_search.yaml")
HINGE = 3  # first letters by which phrases are kept apart that begin with a starred word
ANY_WORD = "*"  # within a phrase
PART = 6  # letters that an entry needs to be seen within a compound: "Kühlfahrzeug" is a vehicle too


class Lists(Page):
    """Entries by name, separated by commas; `about` says what they are for."""

    about: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`names` of what a text speaks of. Equal stamps give equal names."""

    stamp: str
    whole: Mapping[str, frozenset[str]]
    begun: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[int, tuple[str, ...], str], ...]]]  # by the first two words' hinges
    english: Mapping[str, str]  # how each name is said, which is the first entry of its line
    sizes: Mapping[str, int]  # entries under each name
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """The lists in a `words` folder. Raises BadPlaybook."""
        paths = [folder / name for name in FILES]
        whole: dict[str, set[str]] = defaultdict(set)
        begun: dict[str, set[str]] = defaultdict(set)
        phrases: dict[str, dict[str, list[tuple[int, tuple[str, ...], str]]]] = defaultdict(lambda: defaultdict(list))
        lines: dict[str, list[str]] = defaultdict(list)
        places = count()
        for path in paths:
            for name, text in read_yaml(path, Lists).words.items():
                lines[name] += _entries(text)
        for name, entries in lines.items():
            for said in map(_folded, entries):
                if len(said) > 1:
                    phrases[_hinge(said[0])][_hinge(said[1])].append((next(places), said, name))
                elif said[0].endswith("*"):
                    begun[said[0][:-1]].add(name)
                else:
                    whole[said[0]].add(name)
        return cls(
            stamp=digest(paths),
            whole={word: frozenset(names) for word, names in whole.items()},
            begun={word: frozenset(names) for word, names in begun.items()},
            phrases={first: {second: tuple(p) for second, p in rest.items()} for first, rest in phrases.items()},
            english={name: entries[0].rstrip("*") for name, entries in lines.items()},
            sizes={name: len(entries) for name, entries in lines.items()},
        )

    def of_word(self, word: str) -> frozenset[str]:
        """What one folded word names."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked_up(word)
        return known

    def of_phrases(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand among folded words: first word, the word after the last, name."""
        for start, (word, after) in enumerate(pairwise(words)):
            for first in _hinges(word):
                if rest := self.phrases.get(first):
                    near = (phrase for second in _hinges(after) for phrase in rest.get(second, ()))
                    for _, phrase, name in sorted(near):
                        end = start + len(phrase)
                        if end <= len(words) and all(map(_same, phrase, words[start:end])):
                            yield start, end, name

    def gloss(self, text: str) -> str:
        """A text said again in English, word for word: what has a name by that name, the rest as it stands.

        It is no translation, but an English model finds in it what it cannot read in Polish.
        """
        words = tuple(tokens_in(text))
        phrases = {start: (end, name) for start, end, name in self.of_phrases(words)}
        said: list[str] = []
        at = 0
        while at < len(words):
            end, name = phrases.get(at, (at + 1, ""))
            if name:
                said.append(self.english[name])
            elif words[at] not in stop_words():
                names = self.of_word(words[at])
                narrowest = min(names, key=lambda n: (self.sizes[n], n), default="")
                said.append(self.english[narrowest] if narrowest else words[at])
            at = end
        return " ".join(dict.fromkeys(said))

    def _looked_up(self, word: str) -> frozenset[str]:
        found = set(self.whole.get(word, ()))
        for size in range(2, len(word) + 1):
            found |= self.begun.get(word[:size], frozenset())
        for start in range(3, len(word) - PART + 1):
            for size in range(PART, len(word) - start + 1):
                found |= self.begun.get(word[start : start + size], frozenset())
        return frozenset(found)


@cache
def lexicon() -> Lexicon:
    """The playbook's, read once."""
    return Lexicon.read(PLAYBOOK / "words")


def _hinge(entry: str) -> str:
    """Where a phrase is kept: by its first word, or by how that begins."""
    return entry[:HINGE].rstrip("*") + "*" if entry.endswith("*") else entry


def _hinges(word: str) -> tuple[str, str, str]:
    """What a phrase may be kept by where this word stands: itself, how it begins, any word at all."""
    return word, word[:HINGE] + "*", ANY_WORD


def _same(entry: str, word: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry


def _entries(text: str) -> list[str]:
    found = [entry.strip() for entry in text.split(",")]
    if bad := [entry for entry in found if not tokens_in(entry)]:
        raise BadPlaybook(f"A word list for search has an entry without letters: {bad[0]!r} in {text[:60]!r}.")
    return found


def _folded(entry: str) -> tuple[str, ...]:
    """An entry as folded words; a star stays with the word it stands behind, or is a word of its own."""
    words: list[str] = []
    for part in entry.split():
        words += tokens_in(part)
        if part == ANY_WORD and words:
            words.append(ANY_WORD)
        elif part.endswith("*") and words:
            words[-1] += "*"
    return tuple(words)
