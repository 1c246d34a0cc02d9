"""The words of accounts and of their types, among which those that the data hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from crm.insight.frame import About, Field
from crm.insight.question.account_type_words import TypeWords, entries, kinds_in, small_words, type_words
from crm.insight.question.tokens import PAUSES, Token, plain
from crm.insight.question.type_marks import Mark
from crm.insight.question.wordbook import listed, words_in

WHOLE = 4  # letters of a type in one word from which it may stand for its accounts


@dataclass(frozen=True)
class TypeLexicon:
    """What the words of a question may mean of types; `held` are the types of the data."""

    playbook: Path
    held: frozenset[str]

    def marks(self, tokens: Sequence[Token]) -> list[Mark]:
        """What each run of words is, in their order."""
        marks: list[Mark] = []
        at = 0
        while at < len(tokens):
            mark = self._mark(tokens, at)
            marks.append(mark)
            at = mark.last
        return marks

    def _mark(self, tokens: Sequence[Token], at: int) -> Mark:
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            said = " ".join(t.plain for t in tokens[at : at + length])
            if said in self._types:
                return Mark("type", at, at + length, said, self._types[said])
            if (kind := self._small.get(said)) is not None:
                return Mark(kind, at, at + length)
        return Mark("comma" if tokens[at].plain in PAUSES else "", at, at + 1)

    @cached_property
    def _types(self) -> dict[str, str]:
        """The kind, or the type of the data, that words stand for; a type as it is stored goes before its kind."""
        found = {word: kind for kind, entry in self.words.kinds.items() for word in entries(entry.words)}
        for value in self.held:
            said = plain(value)
            if " " in said or (len(said) >= WHOLE and said not in self._known and said not in found):
                found[said] = value
                found.setdefault(f"{said}s", value)
        return found

    @cached_property
    def held_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The types of the data that are of each kind; of words within words the longest counts."""
        kinds = {
            word: kind
            for kind, entry in self.words.kinds.items()
            for word in (*entries(entry.values), *entries(entry.words))
        }
        found: dict[str, list[str]] = {kind: [] for kind in self.words.kinds}
        for value in sorted(self.held):
            for kind in kinds_in(plain(value).split(), kinds):
                found[kind].append(value)
        return {kind: tuple(values) for kind, values in found.items()}

    @cached_property
    def _small(self) -> dict[str, str]:
        """The kind of mark of each small word and noun; what stands in several lists is of the first.

        "Type de client" names the field: nobody asks for customers by it.
        """
        found = dict.fromkeys(entries(words_in(self.playbook).fields[Field.ACCOUNT_TYPE]), "field")
        found |= {noun: "noun" for noun in self.nouns if noun not in self._types}
        for kind in ("leaving", "but", "only", "deny", "versus", "among", "joint", "article"):
            for word in self.lists[kind]:
                found.setdefault(word, kind)
        for word in self._spoken:
            found.setdefault(word, "about")
        return found

    @cached_property
    def nouns(self) -> frozenset[str]:
        """How accounts are called."""
        return entries(words_in(self.playbook).about[About.ACCOUNTS])

    @cached_property
    def _spoken(self) -> frozenset[str]:
        """How any records are called."""
        return frozenset(word for phrases in words_in(self.playbook).about.values() for word in entries(phrases))

    @cached_property
    def _known(self) -> frozenset[str]:
        """Words of figures, which a type of the data in one word must not hide: open, other, active."""
        return frozenset(word for phrases, _, _ in listed(words_in(self.playbook)) for word in entries(phrases))

    @cached_property
    def binding(self) -> frozenset[str]:
        """Words that bind a type to what stands before it."""
        return words_in(self.playbook).shades.binding

    @cached_property
    def _longest(self) -> int:
        return max(len(phrase.split()) for phrase in (*self._types, *self._small))

    @property
    def words(self) -> TypeWords:
        """The page."""
        return type_words(self.playbook)

    @property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """Its small words."""
        return small_words(self.playbook)
