"""What a chat model does for a search: other words for the question, and which passages answer it.

It never sees an id and never names one: what it may say is words to search by, and the numbers of passages that were
shown to it. A passage that talks to the model can at worst change its own place among those that were found anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from crm.errors import LLMTrouble
from crm.llm import LLM
from crm.quoting import excerpt, folded
from crm.writing import Sheet, form_sheet, prompt_in_use

MOST_PHRASES, MOST_WORDS = 5, 8  # of what a model adds to a question
SHOWN, LONGEST = 20, 400  # passages that a model ranks, characters of each


class OtherWords(BaseModel):
    """What the model answers to a question."""

    phrases: list[str] = Field(description="up to five short phrases to search by")


class Ranking(BaseModel):
    """What the model answers to numbered passages."""

    numbers: list[int] = Field(description="numbers of the passages that help, the best first")


@dataclass(frozen=True, slots=True)
class Widened:
    """Phrases to search by beside the question; `notice` says why there are none."""

    phrases: tuple[str, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Places (from 0) of the passages that help, the best first; None where the model did not say."""

    places: tuple[int, ...] | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ModelHelper:
    """Asks the model; each way once a question. What it cannot say is told in a notice, and search goes on."""

    llm: LLM
    words: Sheet
    ranking: Sheet

    @classmethod
    def ready(cls, llm: LLM, playbook: Path) -> "ModelHelper":
        """With the playbook's prompts. Raises BadPlaybook."""
        return cls(llm, _sheet(playbook, "search_words"), _sheet(playbook, "search_ranking"))

    def widen(self, query: str) -> Widened:
        """Other words for the question, checked: short, few, none twice."""
        try:
            reply = self.llm.fill(self.words.fill({"question": _inert(query)}, {}), OtherWords)
        except LLMTrouble as trouble:
            return Widened(notice=f"{trouble} The search did without other words for the question.")
        phrases = (" ".join(folded(p).split()[:MOST_WORDS]) for p in reply.phrases)
        return Widened(tuple(dict.fromkeys(p for p in phrases if p and p != query))[:MOST_PHRASES])

    def rank(self, query: str, passages: Sequence[str]) -> Ranked:
        """Which passages help; numbers that were not shown are dropped."""
        shown = "\n".join(f'<passage n="{n}">{_inert(p)}</passage>' for n, p in enumerate(passages[:SHOWN], 1))
        try:
            reply = self.llm.fill(self.ranking.fill({"question": _inert(query), "passages": shown}, {}), Ranking)
        except LLMTrouble as trouble:
            return Ranked(notice=f"{trouble} The order is that of the search alone.")
        numbers = dict.fromkeys(n for n in reply.numbers if 1 <= n <= min(len(passages), SHOWN))
        return Ranked(tuple(n - 1 for n in numbers))


def _inert(text: str) -> str:
    """On one line, cut, and without brackets that could close a fence."""
    return excerpt(folded(text), LONGEST).replace("<", "‹").replace(">", "›")


def _sheet(playbook: Path, task: str) -> Sheet:
    return form_sheet(prompt_in_use(playbook, task))
