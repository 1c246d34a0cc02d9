"""Masks personal data before a prompt leaves, restores it in what comes back.

Mail addresses, phone numbers, links and the names of people in the CRM become PERSON1, MAIL2 ...: numbered as they
appear, so that the same prompt is always masked in the same way, and what is remembered of it names nobody.
Not covered: companies, and people whom the CRM does not know.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crm.known_names import Names
from crm.llm import LLM, Call, T
from crm.playbook import Page, read_yaml

FILE = "masking.yaml"
PERSON, MAIL, PHONE, LINK, WORD = "PERSON", "MAIL", "PHONE", "LINK", "WORD"
DIGITS = range(8, 16)  # of a phone number: ITU-T E.164 allows fifteen
FORMS = ("", *"bcdefghijklmnopqrstuvwxyz")  # the first way to name a person has no letter

_PLACEHOLDER = re.compile(rf"\b({PERSON}|{MAIL}|{PHONE}|{LINK}|{WORD})(\d+)([a-z]?)", re.IGNORECASE)
_OPEN = re.compile(r"[A-Za-z]{1,6}\d*[a-z]?\Z")  # the end of a piece that may go on as a placeholder
_LINKS = re.compile(r"(?:https?|ftp|mailto|tel|data|file):[^\s<>\"'\])}]+|\bwww\.[^\s<>\"'\])}]+", re.IGNORECASE)
_MAILS = re.compile(r"[\w.+'%-]*[\w%]@[\w-]+(?:\.[\w-]+)+")
_PHONES = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d[\d\s().\u00a0\u202f/-]{6,22}\d(?![\w%])")
_DAY = re.compile(
    r"\b(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d\b"
    r"|\b(?:19|20)\d\d\b[ /-]+(?:19|20)\d\d\b"
)
_PATTERNS = (
    (WORD, _PLACEHOLDER),  # text that only looks like a placeholder stands for itself
    (LINK, _LINKS),
    (MAIL, _MAILS),
    (PHONE, _PHONES),
)
_GROUPED = re.compile(r"\d{1,3}(?:[.\s\u00a0\u202f]\d{3})+\Z")  # a sum: 48 000 000


class Habits(Page):
    """The playbook's masking.yaml."""

    about: str
    note: str
    particles: frozenset[str]
    ordinary: frozenset[str]

    @classmethod
    def read(cls, playbook: Path) -> "Habits":
        """Raises BadPlaybook."""
        return read_yaml(playbook / FILE, cls)

    def names(self, people: Iterable[str], companies: Iterable[str]) -> Names:
        return Names.of(people, companies, self.particles, self.ordinary)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, with what each placeholder stands for."""

    text: str
    raw: Mapping[str, str]

    def restore(self, text: str) -> str:
        """The text with what was masked. A placeholder that stands for nothing is left: the checker takes it out."""
        return _PLACEHOLDER.sub(self._raw, text) if self.raw else text

    def restored(self, pieces: Iterable[str]) -> Iterator[str]:
        """The same for a stream, whose pieces may cut a placeholder in two."""
        held = ""
        for piece in pieces:
            held += piece
            open_end = _OPEN.search(held)
            ready = open_end.start() if open_end and self.raw else len(held)
            if ready:
                yield self.restore(held[:ready])
                held = held[ready:]
        if held:
            yield self.restore(held)

    def _raw(self, found: re.Match[str]) -> str:
        kind, number, form = found[1].upper(), found[2], found[3].lower()
        known = self.raw.get(f"{kind}{number}{form}")
        if known is not None:
            return known
        first = self.raw.get(f"{kind}{number}")  # "PERSON1s": a genitive
        return found[0] if first is None else first + found[3]


def masked(text: str, names: Names) -> Masked:
    """The text with everything personal replaced. What is written alike is replaced alike."""
    labels = _Labels()
    out: list[str] = []
    at = 0
    for start, end, kind, person in _found(text, names):
        out += [text[at:start], labels.of(kind, text[start:end], person)]
        at = end
    return Masked("".join((*out, text[at:])), {label: words for (_, words), label in labels.given.items()})


def unmasked(text: str) -> Masked:
    """The text as it is, for who has switched masking off."""
    return Masked(text, {})


class _Labels:
    """Hands out placeholders, numbered from one in each kind."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._people: dict[int, tuple[str, Iterator[str]]] = {}

    def of(self, kind: str, words: str, person: int) -> str:
        if (kind, words) not in self.given:
            self.given[kind, words] = self._form(person) if kind == PERSON else self._next(kind)
        return self.given[kind, words]

    def _form(self, person: int) -> str:
        """Another way to name the same person gets a letter behind the person's number."""
        if person not in self._people:
            self._people[person] = self._next(PERSON), iter(FORMS)
        first, letters = self._people[person]
        letter = next(letters, None)
        return self._next(PERSON) if letter is None else first + letter

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"


def _found(text: str, names: Names) -> list[tuple[int, int, str, int]]:
    """Everything personal from left to right as start, end, kind, person; of two that overlap the first one wins."""
    spans = [(m.start(), m.end(), kind, 0) for kind, pattern in _PATTERNS for m in pattern.finditer(text)]
    spans = [s for s in spans if s[2] != PHONE or _is_phone(text[s[0] : s[1]])]
    spans += [(f.start, f.end, PERSON, f.person) for f in names.find(text)]
    kept: list[tuple[int, int, str, int]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_phone(words: str) -> bool:
    """Neither a day nor a sum: those a model needs."""
    digits = sum(c.isdigit() for c in words)
    plus = words.startswith(("+", "00"))
    return digits in DIGITS and (plus or not (_DAY.search(words) or _GROUPED.match(words)))


@dataclass(frozen=True, slots=True)
class Masking:
    """An LLM that another one answers without ever seeing personal data."""

    llm: LLM
    names: Callable[[], Names]
    note: str

    @property
    def name(self) -> str:
        return self.llm.name

    def stream(self, prompt: str, call: Call | None = None) -> Iterator[str]:
        hidden = self.hidden(prompt)
        yield from hidden.restored(self.llm.stream(hidden.text, call))

    def fill(self, prompt: str, shape: type[T], call: Call | None = None) -> T:
        hidden = self.hidden(prompt)
        return restored(self.llm.fill(hidden.text, shape, call), hidden)

    def hidden(self, prompt: str) -> Masked:
        """The prompt as it is sent: masked, behind a note on what the placeholders are."""
        found = masked(prompt, self.names())
        return Masked(f"{self.note.strip()}\n\n{found.text}", found.raw) if found.raw else found


def restored(filled: T, hidden: Masked) -> T:
    """A form with what was masked in its prompt."""
    return type(filled).model_validate(_restored(filled.model_dump(), hidden))


def _restored(value: object, hidden: Masked) -> object:
    """Every string in what came back, whatever it lies in."""
    if isinstance(value, str):
        return hidden.restore(value)
    if isinstance(value, dict):
        return {key: _restored(one, hidden) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_restored(one, hidden) for one in value]
    return value
