"""One person's conversation: what was asked and answered, with what is being answered now."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agents.mail.letter import letter_in
from crm.nouns import Answer, Turn
from crm.records.conversations import Conversation, Thumb
from ui.show import answered, prose, rating, steps_told
from ui.tongue import named, said

if TYPE_CHECKING:
    from gradio import ChatMessage

NOTHING = Answer("")
GAP = 0.1  # seconds between two updates: ten a second read as smooth, more only load the browser
LONGEST_SHOWN = 4_000  # characters of a question that are repeated in the chat; all of it is asked
DRAWN = 15  # newest turns that the chat draws; as many more on demand

Opinion = tuple[Thumb, str]


@dataclass(frozen=True, slots=True)
class Talk:
    """`asked` is the question under way, empty when there is none; `answer` is what is said so far.

    `id` is the conversation's in the store, empty before the first question. `opinions` are by turn.
    """

    turns: tuple[Turn, ...] = ()
    asked: str = ""
    answer: Answer = NOTHING
    id: str = ""
    drawn: int = DRAWN
    opinions: Mapping[int, Opinion] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Conversation) -> "Talk":
        """As it was kept; an answer that never came to its end says so."""
        turns = tuple(Turn(t.question, _ended(t.answer)) for t in kept.turns)
        rated = {t.number: (t.thumb, t.comment) for t in kept.turns if t.thumb is not Thumb.NONE}
        return cls(turns, id=kept.id, opinions=rated)

    @property
    def busy(self) -> bool:
        return bool(self.asked)

    @property
    def hidden(self) -> int:
        """Turns at the beginning that are not drawn."""
        return max(0, len(self.turns) - self.drawn)

    def ask(self, text: str) -> "Talk":
        return replace(self, asked=text, answer=NOTHING)

    def grow(self, answer: Answer) -> "Talk":
        """The answer so far; a done one closes the turn."""
        if answer.done:
            return replace(self, turns=(*self.turns, Turn(self.asked, answer)), asked="", answer=NOTHING)
        return replace(self, answer=answer)

    def stop(self) -> "Talk":
        """Keeps what was said so far, marked as stopped."""
        if not self.busy:
            return self
        note = said("ask.stopped_early" if self.answer.text else "ask.stopped")
        return self.grow(replace(self.answer, notices=(*self.answer.notices, note), done=True))

    def last_again(self) -> "Talk":
        """As if the last question were asked anew, without its answer."""
        if not self.turns or self.busy:
            return self
        last = len(self.turns) - 1
        left = {n: opinion for n, opinion in self.opinions.items() if n != last}
        return replace(self, turns=self.turns[:-1], asked=self.turns[-1].question, answer=NOTHING, opinions=left)

    def earlier(self) -> "Talk":
        """More of its beginning drawn."""
        return replace(self, drawn=self.drawn + DRAWN)

    def rated(self, number: int, thumb: Thumb, comment: str = "") -> "Talk":
        """With what the person thinks of one answer."""
        return replace(self, opinions={**self.opinions, number: (thumb, comment)})

    def bubbles(self) -> "list[ChatMessage]":
        """The newest turns as the chat draws them; only the last answer offers follow-ups."""
        drawn = enumerate(self.turns[self.hidden :], self.hidden)
        past = [b for n, turn in drawn for b in _bubbles(n, turn.question, turn.answer, self.opinions.get(n))]
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


def _ended(answer: Answer) -> Answer:
    if answer.done:
        return answer
    return replace(answer, notices=(*answer.notices, said("ask.broken_off")), done=True)


def _bubbles(turn: int, question: str, answer: Answer, opinion: Opinion | None = None) -> "list[ChatMessage]":
    from gradio import ChatMessage

    asked = question if len(question) <= LONGEST_SHOWN else f"{question[:LONGEST_SHOWN]} …"
    bubbles = [ChatMessage(prose(asked), "user")]
    if answer.steps:
        took = sum(step.seconds for step in answer.steps)
        title = said("ask.how_found") if answer.done else f"{named('step', answer.steps[-1].name)} …"
        about = {"title": title, "duration": round(took, 2), "status": "done"}
        bubbles.append(ChatMessage(steps_told(answer), "assistant", about))  # type: ignore[arg-type]
    if answer.text or answer.notices or not answer.steps:
        told = answered(answer, turn) or f"_{said('ask.looking')}_"
        thumbs = (
            f"\n\n{rating(turn, *(opinion or (Thumb.NONE, '')), mail=bool(letter_in(answer.text)))}"
            if answer.done
            else ""
        )
        bubbles.append(ChatMessage(f"{told}{thumbs}", "assistant"))
    return bubbles
