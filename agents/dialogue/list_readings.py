"""Readings of lists that one question asks for, found in what the records say: promises left open."""

from collections.abc import Callable
from functools import partial

from agents.base import Toolbox
from agents.dialogue.plain_readings import HISTORY, plain_words
from agents.dialogue.subject import stayed
from agents.dialogue.turn import Ask, Understood, sure
from agents.open_promises import open_promises, open_promises_asked
from crm.nouns import Brief, Question, Scope

Listed = Callable[[Question, Scope, Toolbox], Brief]


def unkept(ask: Ask) -> Understood | None:
    """ "Which promises have no sign of being done?": those of ours that no later record shows to be kept."""
    return _listed(ask, open_promises_asked, open_promises)


def _listed(ask: Ask, asked: Callable[[str, str], bool], listed: Listed) -> Understood | None:
    if not asked(plain_words(ask), ask.scope.period.words if ask.scope.period else ""):
        return None
    scope = stayed(ask.question, ask.scope, HISTORY)
    return Understood(ask.question, scope, sure(HISTORY), told=partial(listed, ask.question, scope))
