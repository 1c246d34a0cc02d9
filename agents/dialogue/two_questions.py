"""Two things asked in one breath, or one asked of two accounts: where it parts, how two answers become one."""

from dataclasses import replace

from agents.asked_figures import FIGURES, frame_of
from agents.base import Toolbox
from agents.check import CITED
from agents.dialogue.subject import ABOUT_ONE
from agents.dialogue.task_phrases import asked_for
from agents.dialogue.turn import Understood
from agents.prompt_injection import speaks_to_program
from agents.router import Route, Router, partings
from agents.scope import Scoper
from crm.insight.read import Refused
from crm.nouns import Answer, Question, Source

ENGAGEMENT = "engagement_check"
BETWEEN = "\n\n---\n\n"


def halves(question: Question, route: Route, scoper: Scoper, router: Router) -> tuple[str, str] | tuple[()]:
    """The two parts as they were typed, where each goes to one of the route's two agents."""
    for cut in partings(question.text):
        parts = question.text[: cut.start()], question.text[cut.end() :]
        if any(not part.strip() or speaks_to_program(part) for part in parts):
            continue  # an order to a program is no second question
        if tuple(router.route(scoper.masked(part)).name for part in parts) == (route.name, route.also):
            return parts
    return ()


def of_each(heard: Understood, scoper: Scoper, tools: Toolbox) -> tuple[str, tuple[str, str]] | None:
    """Who answers with the question once for each of two accounts, where it is no figure that compares them."""
    parts = scoper.of_each(heard.question.text)
    compares = asked_for(heard.question.text, "comparing")
    if not parts or heard.task or heard.scope.contact:
        return None
    if heard.route.name == FIGURES:
        refused = isinstance(frame_of(heard.question, heard.scope, tools), Refused)
        return (ENGAGEMENT, parts) if refused else None
    if compares:
        return ENGAGEMENT, parts
    return (heard.route.name, parts) if heard.route.name in ABOUT_ONE and not heard.route.ask_back else None


def joined(first: Answer, second: Answer) -> Answer:
    """Both texts under one scope; the second's citations count on from the first's."""
    last = max((s.number for s in first.sources), default=0)
    text = CITED.sub(lambda m: f"[{int(m[1]) + last}]", second.text) if last else second.text
    sources = tuple(Source(s.number + last, s.activity_id, s.quote) for s in second.sources)
    return replace(
        second,
        text=f"{first.text}{BETWEEN}{text}" if text else first.text,
        scope=second.scope if second.scope.account else first.scope,
        sources=(*first.sources, *sources),
        notices=tuple(dict.fromkeys((*first.notices, *second.notices))),
        steps=(*first.steps, *second.steps),
    )
