"""What a turn means: the table of readings that are tried on it, in order, with the router among them.

An aside asks nothing, so it is looked for first. What leans on the turn before is tried next, because by itself it
would send the router elsewhere: the surest sign first (a count, a doubt, a correction, a wish), then what asks the same
of another time or name, last what can only be asked back. What is left the router sends to an agent, and what the turn
before makes of that choice corrects it. At the end comes what the words alone settle, also where a reading took them
from an earlier turn. In each part the first that holds counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from agents.base import Toolbox
from agents.dialogue import follow_up_readings, list_readings, plain_readings
from agents.dialogue.counting import listing
from agents.dialogue.list_items import item_of, pointer_in
from agents.dialogue.small_talk import apart
from agents.dialogue.step_back import for_another_task, stepped_back
from agents.dialogue.subject import LEFT_OPEN, stayed
from agents.dialogue.turn import Ask, Understood, sure
from agents.router import Router
from agents.scope import Scoper
from agents.types_asked import types_asked
from crm.nouns import Answer, Brief, Question, Turn


class Part(Enum):
    """When a reading is tried."""

    ASIDE = auto()
    LEANING = auto()
    ROUTED = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """A special reading: what it becomes where it holds, else None."""

    name: str
    part: Part
    read: Callable[[Ask], Understood | None]


READINGS = (
    Reading("an aside", Part.ASIDE, plain_readings.aside),
    Reading("how many the list holds", Part.LEANING, plain_readings.count),
    Reading("how that is known", Part.LEANING, follow_up_readings.doubted),
    Reading("another account is meant", Part.LEANING, follow_up_readings.another_account),
    Reading("a wish about the answer", Part.LEANING, follow_up_readings.wished),
    Reading("the same of another time", Part.LEANING, follow_up_readings.another_time),
    Reading("the same of earlier, later or another of ours", Part.LEANING, follow_up_readings.moved_on),
    Reading("the same of accounts of other types", Part.LEANING, follow_up_readings.other_types),
    Reading("a part of the account's summary", Part.LEANING, follow_up_readings.section),
    Reading("who else said so", Part.LEANING, follow_up_readings.others),
    Reading("the same of another name", Part.LEANING, follow_up_readings.another_name),
    Reading("another account that fits several or nobody", Part.LEANING, follow_up_readings.another_unnamed),
    Reading("the figure before, changed", Part.ROUTED, plain_readings.figure_changed),
    Reading("what is left to do", Part.ROUTED, plain_readings.to_do),
    Reading("a figure in every word", Part.ROUTED, plain_readings.figure),
    Reading("a list of what is not on record", Part.ROUTED, plain_readings.unheld),
    Reading("who holds a value of a column", Part.ROUTED, list_readings.holding),
    Reading("the same, only mine", Part.ROUTED, plain_readings.mine),
    Reading("whom to call at a customer", Part.ROUTED, plain_readings.whom_to_call),
    Reading("how to reach somebody", Part.PLAIN, plain_readings.reach),
    Reading("which promises are open", Part.PLAIN, list_readings.unkept),
    Reading("who has left a company", Part.PLAIN, list_readings.gone),
    Reading("what stands twice", Part.PLAIN, list_readings.twice),
    Reading("why a deal was lost", Part.PLAIN, plain_readings.loss),
    Reading("whether they complained", Part.PLAIN, plain_readings.worry),
    Reading("what they want", Part.PLAIN, plain_readings.wants),
    Reading("who did not turn up, or did not pick up", Part.PLAIN, plain_readings.missing),
    Reading("what is new", Part.PLAIN, plain_readings.news_of_all),
)


def reading_of(ask: Ask, part: Part) -> Understood | None:
    """What the first reading of the part that holds makes of the turn."""
    tried = (one.read(ask) for one in READINGS if one.part is part)
    return next((found for found in tried if found is not None), None)


@dataclass(frozen=True, slots=True)
class Listener:
    """Understands turns; `again` gives the brief behind the newest of some turns."""

    scoper: Scoper
    router: Router
    tools: Toolbox
    again: Callable[[Question, tuple[Turn, ...]], Brief]

    def heard(self, question: Question, agent: str = "") -> Understood:
        """What is asked, about whom and who answers; `agent` names who must answer, where that is settled already."""
        question = replace(question, history=apart(question.history))
        pointed = self._pointed(question)
        ask = Ask(pointed, self.scoper.scope(pointed), question.text, self.tools, self.scoper.masked, self.again)
        if agent:
            return self._settled(ask, agent)
        if aside := reading_of(ask, Part.ASIDE):
            return aside
        understood = self._leaning(ask) or self._routed(ask)
        if understood.task or understood.told:
            return understood
        ask = replace(ask, question=understood.question, scope=understood.scope)
        return reading_of(ask, Part.PLAIN) or understood

    def _leaning(self, ask: Ask) -> Understood | None:
        """From the turn before, where there is one to lean on."""
        leans = ask.question.history and ask.before.route not in LEFT_OPEN
        found = reading_of(ask, Part.LEANING) if leans else None
        return replace(found, scope=stepped_back(ask.question, found.scope, self.tools.store)) if found else None

    def _routed(self, ask: Ask) -> Understood:
        """From the router, by how it is asked and not about whom: names are masked, types of accounts are accounts."""
        text = types_asked(ask.text, self.tools).rest
        route = self.router.route(self.scoper.masked(text if text.strip() else ask.text), ask.before.route)
        scope = stepped_back(ask.question, stayed(ask.question, ask.scope, route.name), self.tools.store)
        found = reading_of(replace(ask, scope=scope, route=route), Part.ROUTED)
        return _on_its_own(found or Understood(ask.question, scope, route))

    def _settled(self, ask: Ask, agent: str) -> Understood:
        scope = stepped_back(ask.question, stayed(ask.question, ask.scope, agent), self.tools.store)
        return _on_its_own(Understood(ask.question, scope, sure(agent)))

    def _pointed(self, question: Question) -> Question:
        """The question with the name of what it points at by its place in the last answer: "the first one"."""
        told = listing(question.history)
        last = told[-1].answer if told else Answer("")
        pointer = None if last.scope.candidates else pointer_in(question.text)
        name = item_of(last, pointer.place) if pointer else ""
        if pointer is None or not name:
            return question
        account = self.scoper.scope(Question(name)).account
        words = account.name if account else name
        return replace(question, text=f"{question.text[: pointer.start]}{words}{question.text[pointer.end :]}")


def _on_its_own(understood: Understood) -> Understood:
    """A step back in time was meant for what was asked then, not for another task."""
    history = understood.question.history
    if not history or understood.route.name == history[-1].answer.route:
        return understood
    return replace(understood, scope=for_another_task(understood.scope, history[-1].answer.scope))
