"""Learns routes from examples, keeps what was learned in a file, and scores a question with it.

TF-IDF over the features into a linear SVM (scikit-learn), trained in seconds. What it learned is a table of
weights: scoring needs no scikit-learn, and the file holds numbers and words only.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agents.reading.spelling import Speller
from agents.routing.concepts import concepts
from agents.routing.examples import SLOT, Example
from agents.routing.router_features import Blocks, features, masked, words_in

OUTSIDE = "out_of_scope"
ELSEWHERE = frozenset({"CHAT_OFF", "PRIVATE", "SYSTEM", "DELETE", "CHANGE"})  # concepts of what is declined
FORMAT = 2  # raise when features or training change: old files are then learned anew
SEEN = 2  # a feature must stand in so many questions
STRICTNESS = 0.3  # the SVM's C, by cross-validation
TEMPERATURE = 0.25  # margins to probabilities, by cross-validation
SYLLABLES = ("ka", "lo", "mi", "ren", "tor", "vas", "nel", "bru", "den", "fi", "gra", "hol", "jun", "zan", "pel", "wex")

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class RouterModel:
    """Weights by feature and route.

    `spelling` lists the words that a typo is mended to, `house` the words that questions of this trade use.
    """

    routes: tuple[str, ...]
    vocabulary: tuple[str, ...]
    rarity: Vector
    weights: Vector
    bias: Vector
    spelling: tuple[str, ...]
    house: tuple[str, ...]

    def scores(self, text: str) -> dict[str, float]:
        """How likely each route is, summing to 1."""
        total = self.bias.copy()
        for block in self._features(text):
            places, values = self._vector(block)
            total += values @ self.weights[places]
        risen = np.exp((total - total.max()) / TEMPERATURE)
        return dict(zip(self.routes, (float(p) for p in risen / risen.sum()), strict=True))

    @cached_property
    def places(self) -> dict[str, int]:
        return {feature: place for place, feature in enumerate(self.vocabulary)}

    @cached_property
    def _at_home(self) -> frozenset[str]:
        return frozenset(self.house)

    @cached_property
    def speller(self) -> Speller:
        return Speller(self.spelling)

    def _features(self, text: str) -> Blocks:
        words = [self.speller.mend(word) for word in words_in(masked(text))]
        return features(words, [w for w in words if w not in self._at_home and not _of_the_trade(w)])

    def _vector(self, block: Sequence[str]) -> tuple[list[int], Vector]:
        counts = Counter(self.places[f] for f in block if f in self.places)
        places = list(counts)
        values = np.array([1 + math.log(counts[p]) for p in places], dtype=np.float32) * self.rarity[places]
        length = float(np.linalg.norm(values))
        return places, values / length if length else values


def learn(known: Sequence[Example]) -> RouterModel:
    """A model of the examples, each learned as written and once with typos and names left in."""
    from sklearn.svm import LinearSVC

    spelling = _spelling(known)
    speller = Speller(spelling)
    as_written = [masked(e.text) for e in known]
    routes = [e.route for e in known] * 2
    texts = as_written + [spoiled(text) for text in as_written]
    lines = [[speller.mend(w) for w in words_in(text)] for text in texts]
    house = Counter(
        w for line, route in zip(lines[: len(known)], routes, strict=False) if route != OUTSIDE for w in set(line)
    )
    blocks = [features(line, _strange(line, house, route)) for line, route in zip(lines, routes, strict=True)]
    seen = Counter(f for three in blocks for block in three for f in set(block))
    vocabulary = tuple(sorted(f for f, count in seen.items() if count >= SEEN))
    rarity = np.array([math.log((1 + len(texts)) / (1 + seen[f])) + 1 for f in vocabulary], dtype=np.float32)
    blank = RouterModel((), vocabulary, rarity, np.zeros((0, 0), np.float32), np.zeros(0, np.float32), spelling, ())
    machine = LinearSVC(C=STRICTNESS, class_weight="balanced", random_state=0)
    machine.fit(_matrix(blank, blocks), routes)
    return RouterModel(
        routes=tuple(map(str, machine.classes_)),
        vocabulary=vocabulary,
        rarity=rarity,
        weights=np.ascontiguousarray(machine.coef_.T, dtype=np.float32),
        bias=machine.intercept_.astype(np.float32),
        spelling=spelling,
        house=tuple(sorted(house)),
    )


def _strange(line: Sequence[str], house: Mapping[str, int], route: str) -> list[str]:
    """The words no other question of this trade uses: a question must not vouch for its own words."""
    own = 0 if route == OUTSIDE else 1
    return [w for w in line if house.get(w, 0) <= own and not _of_the_trade(w)]


def _of_the_trade(word: str) -> bool:
    return bool(concepts().of_word(word) - ELSEWHERE)


def spoiled(text: str) -> str:
    """The text as a hurried person types it: one slip, names where slots were. The same every time."""

    def chance(salt: object, below: int) -> int:
        return zlib.crc32(f"{salt}/{text}".encode()) % below

    def name(slot: str) -> str:
        return "".join(SYLLABLES[chance(f"{slot}{i}", len(SYLLABLES))] for i in range(2 + chance(slot, 3)))

    filled = SLOT.sub(lambda m: name(m[1]) if m[1] in ("account", "contact", "rep") and chance(m, 2) else m[0], text)
    parts = filled.split(" ")
    long = [i for i, part in enumerate(parts) if len(part) >= 4 and part.isalpha()]
    if long:
        at = long[chance("where", len(long))]
        parts[at] = _slip(parts[at], 1 + chance("letter", len(parts[at]) - 2), swap=chance("swap", 2) == 1)
    return " ".join(parts)


def save(model: RouterModel, path: Path) -> None:
    """Whole or not at all: two processes may learn at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{zlib.crc32(str(id(model)).encode())}.part.npz")
    np.savez_compressed(
        part,
        rarity=model.rarity,
        weights=model.weights,
        bias=model.bias,
        routes=_packed(model.routes),
        vocabulary=_packed(model.vocabulary),
        spelling=_packed(model.spelling),
        house=_packed(model.house),
    )
    part.replace(path)


def load(path: Path) -> RouterModel | None:
    """What was saved; None when it is not there or not whole, so that it is learned anew."""
    from zipfile import BadZipFile

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return RouterModel(
                routes=_unpacked(kept["routes"]),
                vocabulary=_unpacked(kept["vocabulary"]),
                rarity=kept["rarity"],
                weights=kept["weights"],
                bias=kept["bias"],
                spelling=_unpacked(kept["spelling"]),
                house=_unpacked(kept["house"]),
            )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile):
        return None


def _spelling(known: Iterable[Example]) -> tuple[str, ...]:
    words = {w for e in known for w in words_in(e.text)} | {w for w in concepts().words if " " not in w}
    return tuple(sorted(w for w in words if len(w) >= 4))


def _slip(word: str, at: int, swap: bool) -> str:
    return word[:at] + (word[at + 1] + word[at] + word[at + 2 :] if swap else word[at + 1 :])


def _matrix(model: RouterModel, blocks: Sequence[Blocks]) -> object:
    from scipy.sparse import csr_matrix

    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for three in blocks:
        for block in three:
            places, values = model._vector(block)
            columns += places
            data += values.tolist()
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(blocks), len(model.vocabulary)))


def _packed(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(stored: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(stored.tobytes().decode().split("\n"))
