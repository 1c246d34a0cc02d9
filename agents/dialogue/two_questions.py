"""Two things asked in one breath: where the question parts, how two answers become one."""

from dataclasses import replace

from agents.check import CITED
from agents.prompt_injection import speaks_to_program
from agents.router import Route, Router, parting
from agents.scope import Scoper
from crm.nouns import Answer, Question, Source

BETWEEN = "\n\n---\n\n"


def halves(question: Question, route: Route, scoper: Scoper, router: Router) -> tuple[str, str] | tuple[()]:
    """The two parts as they were typed, where each goes to one of the route's two agents."""
    for cut in parting().finditer(question.text):
        parts = question.text[: cut.start()], question.text[cut.end() :]
        if any(not part.strip() or speaks_to_program(part) for part in parts):
            continue  # an order to a program is no second question
        if tuple(router.route(scoper.masked(part)).name for part in parts) == (route.name, route.also):
            return parts
    return ()


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
