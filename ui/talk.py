"""One person's conversation: what was asked and answered, with what is being answered now."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crm.nouns import Answer, Turn
from ui.show import answered, prose, steps_told

if TYPE_CHECKING:
    from gradio import ChatMessage

NOTHING = Answer("")
LOOKING = "_Looking …_"
GAP = 0.1  # seconds between two updates: ten a second read as smooth, more only load the browser
LONGEST_SHOWN = 4_000  # characters of a question that are repeated in the chat; all of it is asked


@dataclass(frozen=True, slots=True)
class Talk:
    """`asked` is the question under way, empty when there is none; `answer` is what is said so far."""

    turns: tuple[Turn, ...] = ()
    asked: str = ""
    answer: Answer = NOTHING

    @property
    def busy(self) -> bool:
        return bool(self.asked)

    def ask(self, text: str) -> "Talk":
        return Talk(self.turns, text)

    def grow(self, answer: Answer) -> "Talk":
        """The answer so far; a done one closes the turn."""
        if answer.done:
            return Talk((*self.turns, Turn(self.asked, answer)))
        return Talk(self.turns, self.asked, answer)

    def stop(self) -> "Talk":
        """Keeps what was said so far, marked as stopped."""
        if not self.busy:
            return self
        note = "Stopped before the end." if self.answer.text else "Stopped."
        return self.grow(replace(self.answer, notices=(*self.answer.notices, note), done=True))

    def last_again(self) -> "Talk":
        """As if the last question were asked anew, without its answer."""
        return Talk(self.turns[:-1], self.turns[-1].question) if self.turns and not self.busy else self

    def bubbles(self) -> "list[ChatMessage]":
        """The conversation as the chat draws it; only the last answer offers follow-ups."""
        past = [b for n, turn in enumerate(self.turns) for b in _bubbles(n, turn.question, turn.answer)]
        if self.busy:
            return [*past, *_bubbles(len(self.turns), self.asked, self.answer)]
        if past:
            past[-1].options = [{"label": s, "value": s} for s in self.turns[-1].answer.suggestions]
        return past


def paced(answers: Iterator[Answer], gap: float = GAP, clock: Callable[[], float] = time.monotonic) -> Iterator[Answer]:
    """At most one answer per `gap`, the last one always."""
    held: Answer | None = None
    due = float("-inf")
    for answer in answers:
        now = clock()
        if answer.done or now >= due:
            due, held = now + gap, None
            yield answer
        else:
            held = answer
    if held is not None:
        yield held


def _bubbles(turn: int, question: str, answer: Answer) -> "list[ChatMessage]":
    from gradio import ChatMessage

    asked = question if len(question) <= LONGEST_SHOWN else f"{question[:LONGEST_SHOWN]} …"
    bubbles = [ChatMessage(prose(asked), "user")]
    if answer.steps:
        took = sum(step.seconds for step in answer.steps)
        title = "How this was found" if answer.done else f"{answer.steps[-1].name} …"
        about = {"title": title, "duration": round(took, 2), "status": "done"}
        bubbles.append(ChatMessage(steps_told(answer), "assistant", about))  # type: ignore[arg-type]
    if answer.text or answer.notices or not answer.steps:
        bubbles.append(ChatMessage(answered(answer, turn) or LOOKING, "assistant"))
    return bubbles
