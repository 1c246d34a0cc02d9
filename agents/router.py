"""A question to the agent that should answer it, with how sure that is."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from agents.examples import examples
from agents.router_model import RouterModel, learn, load, save

SURE = 0.34  # below it a turn asks back
FEW = 5  # words: a shorter question may be about what was just answered
DRAWN = 0.55  # a follow-up stays with the agent before it, unless it clearly asks for another


@dataclass(frozen=True, slots=True)
class Route:
    """Who should answer; `ask_back` when that would be a guess."""

    name: str
    confidence: float
    ask_back: bool


@dataclass(frozen=True, slots=True)
class Router:
    """Routes by what it learned from the playbook's examples."""

    model: RouterModel

    @classmethod
    def ready(cls, folder: Path, cache: Path) -> "Router":
        """Learned from the folder's examples: read from the cache, or trained now, in seconds."""
        content = b"".join(path.read_bytes() for path in sorted(folder.glob("*.yaml")))
        path = cache / f"router-{zlib.crc32(content):08x}.npz"
        model = load(path)
        if model is None:
            model = learn(examples(folder))
            save(model, path)
        return cls(model)

    def route(self, text: str, previous: str = "") -> Route:
        scores = self.model.scores(text)
        best = max(scores, key=lambda name: scores[name])
        if previous in scores and len(text.split()) <= FEW and scores[best] < DRAWN:
            return Route(previous, scores[previous], False)
        return Route(best, scores[best], scores[best] < SURE)
