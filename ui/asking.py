"""What happens to a question of the chat: it is taken, put on record, its answer grows, is stopped or found again."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ui.conversation import NOTHING, Talk
from ui.faults import spoken
from ui.running_answer import Running, UnderWay
from ui.tongue import said

if TYPE_CHECKING:
    from house import House


class Asking:
    """Everybody's conversations on their way; knows no components but the note that nothing was taken."""

    def __init__(self, house: "House") -> None:
        self.house, self.running = house, UnderWay()

    def opened(self, owner: str, conversation_id: str) -> Talk:
        """As it was kept; with the answer that is still under way. Raises MissingPart."""
        talk = Talk.of(self.house.conversation(owner, conversation_id))
        running = self.running.of(conversation_id)
        if running is None or running.answer.done or not talk.turns:
            return talk
        return replace(talk, turns=talk.turns[:-1], asked=running.asked, answer=NOTHING)

    def taken(self, text: str, talk: Talk, owner: str) -> Talk | None:
        """The conversation with the question in it; None where there is none, or one is under way."""
        import gradio as gr

        if talk.busy:
            gr.Info(said("ask.busy"))
            return None
        if not text.strip():
            gr.Info(said("ask.empty"))
            return None
        if talk.id and self.house.turns_of(owner, talk.id) != len(talk.turns):
            talk = self.opened(owner, talk.id)  # it went on in another window
        return self.begun(talk.ask(text.strip()), owner)

    def begun(self, talk: Talk, owner: str) -> Talk:
        """The question is on record, its answer on its way."""
        number = len(talk.turns)
        if not talk.id:
            talk = replace(talk, id=self.house.begin(owner, talk.asked))
        self.house.asked(owner, talk.id, number, talk.asked)
        answers = spoken(self.house.conversed(owner, talk.asked, talk.turns))
        keep = partial(self.house.answered, owner, talk.id, number)
        self.running.put(talk.id, Running(talk.asked, answers, keep))
        return talk

    def stopped(self, talk: Talk) -> Talk:
        """What was said so far stays, with its sources."""
        running = self.running.of(talk.id)
        halted = talk.stop()
        if running is not None and talk.busy:
            halted = replace(talk, answer=running.answer).stop() if not running.answer.done else halted
            halted = talk.grow(running.end(halted.turns[-1].answer))
        return halted
