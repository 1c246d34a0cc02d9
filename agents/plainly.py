"""What the words of a question alone settle, whatever the router thinks: asides, how to reach somebody, complaints."""

import re
from dataclasses import replace
from functools import partial

from agents.base import Toolbox
from agents.contacts import reach_asked, reachable
from agents.dialogue.asides import SENDING, answered
from agents.dialogue.following import Followed
from agents.dialogue.subject import spoken_of, stayed
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.router import Route
from agents.worries import worried, worry_asked
from crm.nouns import Brief, Question, Scope

SLOT = re.compile(r"\{\w+\}")
CONTACT = "{contact}"
SUMMARY, HISTORY = "account_summary", "ask_history"


def bared(masked: str) -> str:
    """A masked text without the slots for names, numbers and times."""
    return SLOT.sub(" ", masked).strip()


def said_aside(question: Question, aside: str) -> Followed:
    """Thanks are answered, a mail is not sent; the conversation stays where it was."""

    def told(_: Toolbox) -> Brief:
        return answered(question, aside)

    scope = question.history[-1].answer.scope if question.history else Scope()
    return Followed(question, scope, _sure("out_of_scope" if aside == SENDING else "help"), told=told)


def plainly(heard: Followed, masked: str, typed: str) -> Followed:
    """As it was heard, or with the brief that the words ask for.

    `masked` is the question as it was heard with slots for its names, `typed` the same as it was typed.
    """
    question = heard.question
    if heard.task or heard.told:
        return heard
    bare = bared(masked)
    text = " ".join(w for w in words_of(bare) if w not in words_of(heard.scope.unknown))
    before = question.history[-1].answer.route if question.history else ""
    if wanted := reach_asked(text, before == SUMMARY):
        scope = _known_there(question, heard.scope)
        return replace(heard, scope=scope, route=_sure(SUMMARY), told=partial(reachable, question, scope, wanted))
    if kind := worry_asked(text):
        scope = stayed(question, heard.scope, HISTORY)
        if (
            scope.account
            and CONTACT not in masked + typed
            and not set(words_of(text)) & word_list("worrying")["one_person"]
        ):
            scope = replace(scope, contact=None)  # "they" are the company
        return replace(heard, scope=scope, route=_sure(HISTORY), told=partial(worried, question, scope, kind))
    return heard


def _known_there(question: Question, scope: Scope) -> Scope:
    """The scope with the conversation's account, also where somebody was named whom nobody knows."""
    if scope.account or scope.contact or scope.candidates or scope.rep or not question.history:
        return scope
    return replace(scope, account=spoken_of(question.history).account)


def _sure(route: str) -> Route:
    return Route(route, 1.0, False)
