"""Reads a record as a whole: MiniLM, whose layers learned from the labelled records who took part.

Words and flags tell most records. What they leave in doubt differs by who is meant and what is recounted, which takes
reading. The weights are `data/reader/reader.onnx`, made by `reader_training.py`; a text is read alone, so that what
it says does not depend on its neighbours.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from crm import minilm
from crm.engagement.text_folding import folded
from crm.engagement.vectors import Floats
from crm.errors import MissingPart
from crm.nouns import Activity
from crm.threads.untrusted import suspicious, without_orders

FILE = Path(__file__).parents[2] / "data" / "reader" / "reader.onnx"
MOST_TOKENS = 256
MOST_MESSAGES, MOST_OF_ONE, MOST_OF_TITLE = 5, 600, 150  # characters: what 256 tokens hold, shared among the newest
_TABLES = ("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight")
_NORM = ("LayerNorm.weight", "LayerNorm.bias")
_EPSILON = 1e-12  # of MiniLM's layer norm


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader whose weights lie in a file; in the product's own one, on whatever machine, where none is named."""

    path: Path | None = None

    @property
    def name(self) -> str:
        """Another name may say other chances."""
        return f"reader@{_digest(self.path or FILE)}"

    def chances(self, activity: Activity) -> Floats:
        """A probability for each label, in the order of `LABELS` of model.py. Raises MissingPart."""
        return _opened(self.path or FILE)(told(activity))


def told(activity: Activity) -> str:
    """The record as the reader reads it: what it is called, its title, each message with its side, the newest first.

    What is addressed to a judge is taken out, as for every other judge.
    """
    messages = activity.messages[:MOST_MESSAGES]
    texts = [folded(text) for text in (activity.raw_subject, *(message.text for message in messages))]
    if suspicious("\n".join(texts)):
        texts = [without_orders(text) for text in texts]
    title, *bodies = (" ".join(text.split()) for text in texts)
    parts = [f"{activity.kind.value} {activity.outcome}".strip(), title[:MOST_OF_TITLE]]
    parts += [f"[{m.side.value}] {body[:MOST_OF_ONE]}" for m, body in zip(messages, bodies, strict=True)] or ["(empty)"]
    return " ; ".join(parts)


def pooled(one: Floats, other: Floats) -> Floats:
    """Two opinions as one: the geometric mean of the chances, made to add up to one.

    It is the logarithmic opinion pool, see Genest and Zidek, "Combining Probability Distributions" (1986).
    """
    mean = np.sqrt(one * other)
    return np.asarray(mean / mean.sum())


@cache
def _digest(path: Path) -> str:
    if not path.exists():
        raise MissingPart(f"{path} is missing: python -m crm.engagement.reader_training makes it.")
    return hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest()


@cache
def _opened(path: Path) -> Callable[[str], Floats]:
    folder = minilm.model_folder()
    cut, graph, embedded = minilm.tokenizer(folder, MOST_TOKENS), minilm.session(path), _embedding(folder)

    def chances(text: str) -> Floats:
        ids = np.array(cut.encode(minilm.encodable(text)).ids)
        found: Floats = graph.run(None, {"words": embedded(ids)[None]})[0][0]
        return found.astype(np.float64)

    return chances


def _embedding(folder: Path) -> Callable[[Floats], Floats]:
    """MiniLM's lowest step, from the published file: a third of its weights, which the graph does without."""
    from safetensors import safe_open

    with safe_open(str(folder / "model.safetensors"), "numpy") as file:
        words, places, types = (file.get_tensor(f"embeddings.{name}").astype(np.float16) for name in _TABLES)
        scale, shift = (file.get_tensor(f"embeddings.{name}") for name in _NORM)

    def embedded(ids: Floats) -> Floats:
        summed = words[ids].astype(np.float32) + places[: len(ids)] + types[0]
        centred = summed - summed.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        return np.asarray(centred / spread * scale + shift, dtype=np.float32)

    return embedded
