"""One turn, one direction: scope, route, gather, write, check.

Each step adds to what is known; nothing flows back. A turn yields growing answers, and the last is done.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from agents.base import Agents, Toolbox
from agents.brief_contents import Holdings, leaves
from agents.carried_over import carried_over
from agents.check import QUOTED, Checked, Checker, settled
from agents.counted_from import counted_from
from agents.dialogue.counting import counted, counts_in, listing
from agents.dialogue.explaining import explained
from agents.dialogue.small_talk import SENDING
from agents.dialogue.subject import ABOUT_ONE, FROM_RECORDS
from agents.dialogue.turn import COUNT, EXPLAIN, Understood
from agents.dialogue.two_questions import halves, joined, of_each
from agents.fallback_briefs import ask_which, empty_store, refused, unknown_account, unsure
from agents.listener import Listener
from agents.prompt_injection import planted_notices
from agents.reading.language import another_language, language_after, language_of
from agents.reading.shorthand import written_out
from agents.router import Route, Router
from agents.scope import Scoper
from agents.types_asked import untyped
from crm.errors import MissingPart
from crm.nouns import Answer, Brief, Question, Scope, Step, Turn
from crm.tongue import Tongue
from crm.wording import languages
from crm.writing import AS_FAR, Aside, Receipt, TemplateWriter, Writer

LONGEST = 10_000  # characters of a question, a pasted record included
UNSUPPORTED = "Nothing that the model wrote is supported by the records, so this answer was written from a template."

WRONG_LANGUAGE = "The model answered in {} instead of {}, so this answer was written from a template."


@dataclass(frozen=True)
class Assistant:
    """Answers questions with its parts; holds nothing between turns."""

    scoper: Scoper
    router: Router
    agents: Agents
    writer: Writer
    tools: Toolbox

    def turn(self, question: Question, agent: str = "") -> Iterator[Answer]:
        """Growing answers to one question; `agent` names who must answer, where that is settled already."""
        question = _written_out(question)
        if not question.text or len(question.text) > LONGEST:
            why = "too_long" if question.text else "empty"
            brief = refused(question, why, LONGEST, self.tools.playbook)
            yield from self._told(brief, Answer("", "refused"), Steps(), question.language)
            return
        heard = self._listener.heard(question, agent)
        routes, parts = self._parts(heard, agent)
        if not parts:
            yield from self._answered(heard, Steps())
            return
        first = Answer("")
        for first in self._answered(self._half(heard, parts[0], routes[0]), Steps(), heard.question):
            yield replace(first, done=False)
        told = (*question.history, Turn(parts[0], first))
        second = self._half(heard, parts[1], routes[1], told)
        for answer in self._answered(second, Steps(), heard.question):
            yield joined(first, answer)

    def _parts(self, heard: Understood, agent: str) -> tuple[Sequence[str], Sequence[str]]:
        """The two parts of a question that is to be answered in two, and who answers each; else nothing."""
        if each := of_each(heard, self.scoper, self.tools):
            return [agent or each[0]] * 2, each[1]
        parts = halves(heard.question, heard.route, self.scoper, self.router) if heard.route.also else ()
        return (heard.route.name, heard.route.also), parts

    @property
    def _listener(self) -> Listener:
        return Listener(self.scoper, self.router, self.tools, self._again)

    def _again(self, question: Question, history: tuple[Turn, ...]) -> Brief:
        """The brief behind the answer to the newest of these turns."""
        last = history[-1]
        asked = replace(question, text=last.question, history=history[:-1])
        heard = self._listener.heard(asked)
        return self._brief(replace(heard, scope=last.answer.scope))

    def _half(self, whole: Understood, text: str, route: str, told: tuple[Turn, ...] = ()) -> Understood:
        """One of two things that were asked in one breath; whom it does not name, the other half or the whole does."""
        question = replace(whole.question, text=text, history=told or whole.question.history)
        scope = self.scoper.scope(question)
        own = scope.account or scope.contact or scope.candidates or scope.unknown or scope.rep or scope.activity_id
        if not own:
            scope = replace(whole.scope, period=scope.period or whole.scope.period)
        return Understood(question, scope, Route(route, whole.route.confidence, False))

    def _answered(self, heard: Understood, steps: "Steps", whole: Question | None = None) -> Iterator[Answer]:
        """One thing asked, answered; `whole` is the question that it is half of."""
        steps.add("Scope", _scope_told(heard.scope))
        steps.add("Route", f"{heard.route.name} ({heard.route.confidence:.0%} sure)")
        begun = Answer("", heard.route.name, heard.scope, steps=steps.taken)
        yield begun
        brief = self._brief(heard)
        steps.add("Gather", _brief_told(brief))
        carried = tuple(carried_over(whole or heard.question, heard.scope, self.scoper)) if brief.evidence else ()
        if not (heard.scope.account or heard.scope.contact or heard.told or heard.task):
            carried += untyped(heard.question.text, brief.task, self.tools)
        yield from self._told(brief, begun, steps, heard.question.language, carried)

    def _brief(self, heard: Understood) -> Brief:
        """The agent's brief, or one that asks back where it would have to guess."""
        question, scope, route = heard.question, heard.scope, heard.route
        if heard.task == EXPLAIN:
            return explained(question, question.history[-1].answer, self.tools)
        if heard.task == COUNT:
            listed = self._again(question, listing(question.history))
            return counted(question, counts_in(listed), listed)
        if route.name in FROM_RECORDS and self.tools.empty:
            return empty_store(question)
        if route.name in ABOUT_ONE and scope.unknown and scope.account is None:
            return unknown_account(question, scope, self.tools.playbook)
        if route.ask_back:
            return unsure(question, self.tools.playbook)
        if route.name in ABOUT_ONE and scope.candidates and scope.account is None:
            return ask_which(question, scope, route.name, self.tools.playbook)
        if heard.told is not None:
            return heard.told(self.tools)
        if route.name not in self.agents:
            raise MissingPart(f"There is no agent {route.name}; there are {', '.join(sorted(self.agents))}.")
        return self.agents[route.name].gather(question, scope, self.tools)

    def _told(
        self, brief: Brief, begun: Answer, steps: "Steps", language: str, carried: tuple[str, ...] = ()
    ) -> Iterator[Answer]:
        """The brief in words, checked as they grow; the last answer carries sources, notices and suggestions.

        Notices are in the language of the question, whatever language a mail is in.
        """
        checker = Checker(brief, Holdings.of(brief))
        words, seen = "", 0
        asides: list[str] = []
        receipt = ""
        for piece in self.writer.write(brief):
            if isinstance(piece, Receipt):
                receipt = str(piece)
                continue
            if isinstance(piece, Aside):
                asides.append(str(piece))
                continue
            words += piece
            ready = settled(words)
            if len(ready) > seen:
                seen = len(ready)
                yield _shown(begun, checker.check(ready), steps)
        steps.add("Write", "; ".join(part for part in (asides[0] if asides else brief.task, receipt) if part))
        checked = checker.check(words)
        if why := self._worthless(words, checked, brief):
            asides = [*(aside.removesuffix(AS_FAR) for aside in asides), why]
            checked = checker.check(self._from_template(brief))
        steps.add("Check", _check_told(checked))
        counted = counted_from(begun.scope, date.today())
        notices = (*brief.notices, *carried, *counted, *asides, *checked.notices, *self._planted(brief, begun.scope))
        yield replace(
            _shown(begun, checked, steps),
            notices=tuple(map(Tongue.of(self.tools.playbook, language).said, notices)),
            suggestions=brief.suggestions,
            frame=brief.frame,
            figures=brief.figures,
            done=True,
        )

    def _planted(self, brief: Brief, scope: Scope) -> Iterator[str]:
        if brief.task == SENDING:
            return iter(())  # what would be an order to a program was answered as such
        account_id = scope.account.id if scope.account else None
        return planted_notices(brief, leaves(brief.facts), account_id, self.tools.store)

    def _worthless(self, words: str, checked: Checked, brief: Brief) -> str:
        """Why a template answers after all: nothing of the model's words holds, or nobody asked for their language."""
        if not words.strip():
            return ""
        if not checked.text:
            return UNSUPPORTED
        wanted = brief.manner.language
        other = another_language(QUOTED.sub(" ", words), wanted)
        if not other or words.strip() == self._from_template(brief).strip():
            return ""
        spoken = languages(self.tools.playbook)
        named = [spoken[code].name if code in spoken else code for code in (other, wanted)]
        return WRONG_LANGUAGE.format(*named)

    def _from_template(self, brief: Brief) -> str:
        return "".join(TemplateWriter(self.tools.playbook).write(brief))


@dataclass
class Steps:
    """What a turn has done so far, with the time each step took."""

    taken: tuple[Step, ...] = ()
    since: float = field(default_factory=time.perf_counter)

    def add(self, name: str, detail: str) -> None:
        now = time.perf_counter()
        self.taken = (*self.taken, Step(name, detail, now - self.since))
        self.since = now


def _written_out(question: Question) -> Question:
    """The question and those before it in full words, each with its language from the turns before it."""
    language, told = "", []
    for turn in question.history:
        language = language_after(turn.question, language) if language else language_of(turn.question)
        told.append(replace(turn, question=written_out(turn.question, language)))
    text = question.text.strip()
    language = language_after(text, language) if language else language_of(text)
    return replace(question, text=written_out(text, language), history=tuple(told), language=language)


def _shown(begun: Answer, checked: Checked, steps: Steps) -> Answer:
    return replace(begun, text=checked.text, sources=checked.sources, steps=steps.taken)


def _scope_told(scope: Scope) -> str:
    parts = [scope.account.name if scope.account else "", scope.contact.name if scope.contact else ""]
    parts += [f"activity {scope.activity_id}" if scope.activity_id else ""]
    parts += [f"not in the data: {scope.unknown}" if scope.unknown else ""]
    parts += [f"perhaps {', '.join(c.name for c in scope.candidates)}" if scope.candidates else ""]
    if scope.period:
        parts.append(f"{scope.period.start or '…'} to {scope.period.end or '…'}")
    parts.append(f"as of {scope.as_of}" if scope.as_of else "")
    return ", ".join(p for p in parts if p) or "the whole CRM"


def _brief_told(brief: Brief) -> str:
    considered = brief.facts.get("considered")
    records = f"{considered} records considered, " if isinstance(considered, int) else ""
    return f"{records}{len(brief.evidence)} pieces of evidence"


def _check_told(checked: Checked) -> str:
    return f"{len(checked.sources)} sources cited" + (f"; {checked.notices[0]}" if checked.notices else "")
