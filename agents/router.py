"""A question to the agent that should answer it, with how sure that is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agents.dialogue.follow_up import Lean, lean_of
from agents.reading.language import language_of
from agents.reading.tokens import words_of
from agents.reading.wordlists import PLAYBOOK, word_list
from agents.routing.examples import examples
from agents.routing.router_features import masked, words_in
from agents.routing.router_model import FORMAT, RouterModel, learn, load, save
from crm.playbook import digest

SURE = 0.45  # below it a turn asks back: by cross-validation 2 questions in 100, half of which would go wrong
DRAWN = 0.35  # how much "and who else?" speaks for the agent before it
LEANING = 0.12  # how much a "they" does
STANDS = 0.7  # how sure each half of a question must be to count as one of two
HALF = 2  # words that a half must have
ONE_ONLY = frozenset({"help", "out_of_scope"})  # greetings, refusals: never half of a question
LEARNED_FROM = ("concepts", "topics", "periods", "languages")
BREATH = 600  # characters: what is longer holds a record that was pasted, not two things asked in one breath


@dataclass(frozen=True, slots=True)
class Route:
    """Who should answer; `ask_back` when that would be a guess; `also` who should answer what else was asked."""

    name: str
    confidence: float
    ask_back: bool
    also: str = ""


@dataclass(frozen=True, slots=True)
class Router:
    """Routes by what it learned from the playbook's examples."""

    model: RouterModel

    @classmethod
    def ready(cls, folder: Path, cache: Path) -> "Router":
        """Learned from the folder's examples: read from the cache, or trained now, in seconds."""
        words = [PLAYBOOK / "words" / f"{name}.yaml" for name in LEARNED_FROM]
        path = cache / f"router-{FORMAT}-{digest(folder.glob('*.yaml'))}-{digest(words)}.npz"
        model = load(path)
        if model is None:
            model = learn(examples(folder))
            save(model, path)
        return cls(model)

    def route(self, text: str, previous: str = "") -> Route:
        """Who should answer `text`. Names in it are best given as slots ("{account}"); `previous` answered before."""
        if not words_of(text):
            return Route("help", 0.0, True)
        if previous in self.model.routes and _names_only(text):
            return Route(previous, 1.0, False)
        lean = lean_of(text)
        scores = _drawn(self.model.scores(text), previous, lean)
        best = max(scores, key=lambda name: scores[name])
        two = () if (previous and lean.opens) or len(text) > BREATH else self._halves(text)
        if two and best in two:
            return Route(two[0], scores[best], False, two[1])
        stays = best == previous and lean.follows
        return Route(best, scores[best], scores[best] < SURE and not stays)

    def _halves(self, text: str) -> tuple[str, str] | tuple[()]:
        """The routes of two different things asked in one breath, in order; nothing when it is one thing."""
        for cut in partings(text):
            halves = text[: cut.start()], text[cut.end() :]
            if min(len(words_of(half)) for half in halves) < HALF:
                continue
            first, second = (self.model.scores(half) for half in halves)
            routes = max(first, key=lambda n: first[n]), max(second, key=lambda n: second[n])
            if ONE_ONLY & set(routes):
                continue
            if routes[0] != routes[1] and first[routes[0]] >= STANDS and second[routes[1]] >= STANDS:
                return routes
        return ()


@cache
def partings(text: str) -> Iterator[re.Match[str]]:
    """Where a text parts, without the Dutch "en" of other languages: "appels en 2026 par résultat" is one question."""
    dutch = word_list("asks")["parting_dutch"]
    for cut in parting().finditer(text):
        if cut[0].strip(" ,").lower() not in dutch or language_of(text) == "nl":
            yield cut


def parting() -> re.Pattern[str]:
    """Where a text may part into two things asked: behind a sentence, at an "and" or a "then".

    From the start of a run of spaces only, and never going back in it: thousands may be typed.
    """
    phrases = word_list("asks")["parting"] | word_list("asks")["parting_dutch"]
    words = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    joint = "|".join(phrase.replace(" ", r"\s+") for phrase in words)
    return re.compile(rf"(?<!\s)(?:\s*+[;.?!]\s+|\s*+,\s++(?:{joint})\s+|\s++(?:{joint})\s+)", re.IGNORECASE)


def _names_only(text: str) -> bool:
    """ "And Norvik?": the same question about somebody else."""
    words = words_in(masked(text))
    said = [w for w in words if not (len(w) == 1 and w.isupper())]
    return len(said) < len(words) and " ".join(said) in word_list("asking")["opener"] | {""}


def _drawn(scores: Mapping[str, float], previous: str, lean: Lean) -> Mapping[str, float]:
    """The scores, moved towards the agent before where the question leans on the turn before."""
    pull = DRAWN if lean.opens else LEANING if lean.follows else 0.0
    if previous not in scores or not pull:
        return scores
    return {name: (1 - pull) * score + pull * (name == previous) for name, score in scores.items()}
