"""Readings of lists that one question asks for, by what the records say: open promises, who left, what stands twice."""

from collections.abc import Callable
from functools import partial

from agents.asked_figures import asks_figure
from agents.base import Toolbox
from agents.dialogue.plain_readings import CONTACT, FIGURES, HISTORY, plain_words
from agents.dialogue.subject import stayed
from agents.dialogue.turn import Ask, Understood, sure
from agents.doubles import doubles, doubles_asked
from agents.in_columns import held, in_columns, value_asked
from agents.leaving import leaving, leaving_asked
from agents.open_promises import open_promises, open_promises_asked
from crm.nouns import Brief, Question, Scope

HELP = "help"
Listed = Callable[[Question, Scope, Toolbox], Brief]


def unkept(ask: Ask) -> Understood | None:
    """ "Which promises have no sign of being done?": those of ours that no later record shows to be kept."""
    return _listed(ask, open_promises_asked, open_promises)


def gone(ask: Ask) -> Understood | None:
    """ "Who has left a company?", "does Jo still work there?": by automatic replies, successors and our notes."""
    of_person = ask.scope.contact is not None and CONTACT in ask.masked(ask.text)
    return _listed(ask, lambda text, period: leaving_asked(text, of_person, period), leaving)


def twice(ask: Ask) -> Understood | None:
    """ "Are there duplicates among my accounts?": the pairs that the window asks about."""
    kind = doubles_asked(plain_words(ask))
    if not kind:
        return None
    scope = stayed(ask.question, ask.scope, HELP)
    return Understood(ask.question, scope, sure(HELP), told=partial(doubles, ask.question, scope, kind))


def holding(ask: Ask) -> Understood | None:
    """ "Which customers are in Westmeath?": by the columns that came, where no figure is read from it."""
    scope = ask.scope
    if scope.account or scope.contact or scope.rep or scope.activity_id or scope.period:
        return None
    if not value_asked(ask.text) or asks_figure(ask.text, scope, ask.tools) or not (found := held(ask.text, ask.tools)):
        return None
    return Understood(
        ask.question, Scope(as_of=scope.as_of), sure(FIGURES), told=partial(in_columns, ask.question, found)
    )


def _listed(ask: Ask, asked: Callable[[str, str], bool], listed: Listed) -> Understood | None:
    if not asked(plain_words(ask), ask.scope.period.words if ask.scope.period else ""):
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(listed, ask.question, scope))
