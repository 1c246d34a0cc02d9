"""Says an English sentence of ours in another language: the playbook's words/said.yaml, notices.yaml, told.yaml.

The sentence is its own key, as in gettext; `{a}` in it stands for something of the data, which stays as it is, and
`{A}` for something that is said in the language too. What the playbook lacks stays English, whole: an "and" within it
is no joint of two sentences. said.yaml is what
answers are made of and notices.yaml what they say about themselves, both in all their languages; told.yaml is what
else the window shows, in the window's own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm.playbook import Page, read_yaml

PAGE, NOTICES, TOLD = "words/said.yaml", "words/notices.yaml", "words/told.yaml"
JOINED = "; "  # between two sentences of ours, each of which is said by itself
SLOT = re.compile(r"\{(\w)\}")
JOINT = re.compile(r"\{[A-Z]\} \w+ \{[A-Z]\}|\{[a-z]\} \w+ \{[a-z]\}")  # two things with a word between: and, to
OURS = "en"
DEEPEST = 6  # sentences within a sentence


class Sayings(Page):
    """One language's words: whole terms, sentences with slots, and questions that may be offered."""

    terms: dict[str, str]
    phrases: dict[str, str]
    examples: dict[str, str]


class Told(Page):
    """One language's words of told.yaml, or of notices.yaml."""

    terms: dict[str, str]
    phrases: dict[str, str]


class ToldByLanguage(Page):
    """The file told.yaml, or notices.yaml."""

    languages: dict[str, Told]


class SayingsByLanguage(Page):
    """The file."""

    languages: dict[str, Sayings]


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language; English says what it is given."""

    terms: Mapping[str, str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    examples: Mapping[str, str]

    @classmethod
    def of(cls, playbook: Path, language: str) -> "Tongue":
        """The language's words, read once."""
        return _tongue(playbook, language)

    def said(self, text: str, deep: int = 0) -> str:
        """The sentence in this language."""
        if text in self.terms or deep > DEEPEST:
            return self.terms.get(text, text)
        for pattern, meant in self.phrases:
            if found := pattern.fullmatch(text):
                slots = {n: self.said(v, deep + 1) if n.isupper() else v for n, v in found.groupdict().items()}
                if JOINT.fullmatch(meant) and (JOINED in text or self._lacks(found, slots)):
                    continue
                return SLOT.sub(lambda slot, slots=slots: slots[slot[1]], meant)  # type: ignore[misc]
        if JOINED in text:
            return JOINED.join(self.said(part, deep + 1) for part in text.split(JOINED))
        return text

    def _lacks(self, found: re.Match[str], slots: Mapping[str, str]) -> bool:
        """Whether a slot holds words of ours that this language does not have; a name begins with a capital."""
        return any(v == slots[n] and v not in self.terms and v[:1].islower() for n, v in found.groupdict().items())

    @property
    def words(self) -> tuple[str, ...]:
        """All that it may say, slots left empty."""
        return tuple(SLOT.sub(" ", meant) for meant in (*self.terms.values(), *(said for _, said in self.phrases)))

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a description, each said by itself."""
        return ", ".join(self.said(part) for part in parts)


@cache
def _tongue(playbook: Path, language: str) -> Tongue:
    page = read_yaml(playbook / PAGE, SayingsByLanguage).languages.get(language) if language != OURS else None
    if page is None:
        return Tongue({}, (), {})
    terms, phrases = dict(page.terms), dict(page.phrases)
    for name in (NOTICES, TOLD):
        more = read_yaml(playbook / name, ToldByLanguage).languages.get(language, Told(terms={}, phrases={}))
        terms, phrases = more.terms | terms, phrases | more.phrases
    plainest = sorted(phrases.items(), key=lambda phrase: -len(SLOT.sub("", phrase[0])))
    patterns = tuple((_pattern(key), meant) for key, meant in plainest)
    return Tongue(terms, patterns, page.examples)


def _pattern(key: str) -> re.Pattern[str]:
    pieces = SLOT.split(key)
    return re.compile("".join(re.escape(p) if n % 2 == 0 else f"(?P<{p}>.+?)" for n, p in enumerate(pieces)))
