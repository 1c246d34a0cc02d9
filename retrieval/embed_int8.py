"""The same MiniLM, run in eight-bit integers by onnxruntime.

Made once from the published weights and kept in a cache folder: about twice as fast as full precision and,
after the first time, without torch in memory. Its vectors have a cosine of 0.99 to the full ones on average,
and find as well (`tests/bench/bench_retrieval.py` prints both).
"""

import hashlib
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import numpy as np

from crm import minilm
from crm.errors import MissingPart
from retrieval.embed import MOST_TOKENS, Vectors, load_sentence_transformer, nothing, versions

RECIPE = "int8-channel-7bit-1"  # names how the weights were made smaller; change it when that changes
MAKERS = ("torch", "onnx", "onnxruntime")


@dataclass(slots=True)
class QuickMiniLM:
    """all-MiniLM-L6-v2 in eight bits.

    One text a run, as many runs at a time as there are cores: nothing is padded, and a text's vector does not
    depend on the texts that happen to stand beside it, as it would when activations are quantised by batch.
    """

    cache: Path
    _lock: Lock = field(default_factory=Lock, repr=False)
    _encode: "Callable[[str], Vectors] | None" = field(default=None, repr=False)
    _pool: ThreadPoolExecutor | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return f"all-MiniLM-L6-v2/{RECIPE}/{MOST_TOKENS}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return nothing()
        encode, pool = self._ready()
        if len(texts) == 1:
            return encode(texts[0])
        longest_first = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # so that no core waits at the end
        vectors = np.concatenate(list(pool.map(encode, (texts[i] for i in longest_first))))
        return vectors[np.argsort(longest_first)]

    def _ready(self) -> "tuple[Callable[[str], Vectors], ThreadPoolExecutor]":
        with self._lock:
            if self._encode is None or self._pool is None:
                self._encode = _encoder(model_file(self.cache))
                self._pool = ThreadPoolExecutor(max_workers=_cores(), thread_name_prefix="embed")
            return self._encode, self._pool


def model_file(cache: Path) -> Path:
    """The eight-bit model in the cache folder, made first if it is not there (some ten seconds, once)."""
    stamp = hashlib.blake2b(f"{minilm.OFFICIAL} {RECIPE} {versions(MAKERS)}".encode(), digest_size=6).hexdigest()
    path = cache / f"minilm-{stamp}.onnx"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache) as folder:
            exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
            _export(exact)
            minilm.shrink(exact, small)
            small.replace(path)  # in one step: a process killed half-way leaves no half a model
    return path


def _export(path: Path) -> None:
    """The model with pooling as one graph: token ids in, vectors of length one out."""
    try:
        import onnx  # noqa: F401  (torch asks for it only half-way through)
        import torch
    except ImportError as err:
        raise MissingPart("The quick embedder has to be made first: pip install torch onnx") from err

    class Whole(torch.nn.Module):
        def __init__(self, transformer: Any) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, ids: Any, mask: Any) -> Any:
            types = torch.zeros_like(ids)
            states = self.transformer(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)

    loaded: Any = load_sentence_transformer(attention="eager")  # the attention that the exporter can draw
    shape = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its successor, which needs one more package
        torch.onnx.export(
            Whole(loaded[0].auto_model.eval()).eval(),
            (torch.randint(1000, 20000, (2, 7)), torch.ones(2, 7, dtype=torch.long)),
            str(path),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={"ids": shape, "mask": shape, "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def _encoder(path: Path) -> "Callable[[str], Vectors]":
    cut, graph = minilm.tokenizer(minilm.model_folder(), MOST_TOKENS), minilm.session(path)

    def encode(text: str) -> Vectors:
        ids = np.array([cut.encode(minilm.encodable(text)).ids], dtype=np.int64)
        vectors: Vectors = graph.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        return vectors

    return encode


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
