"""Whom a conversation is about: the subject stays until another is named, or everybody is asked about."""

from collections.abc import Sequence
from dataclasses import replace

from agents.dialogue.follow_up import lean_of
from crm.nouns import Question, Scope, Turn

ABOUT_ONE = frozenset({"engagement_check", "account_summary", "email_draft", "ask_history"})
FROM_RECORDS = ABOUT_ONE | {"pipeline_insights", "lead_priority"}
LEFT_OPEN = frozenset({"ask_back", "refused"})  # nothing leans on these


def spoken_of(history: Sequence[Turn]) -> Scope:
    """The newest scope with an account in it, unless everybody was spoken of since; else the last scope."""
    last = history[-1].answer.scope
    for turn in reversed(history):
        scope = turn.answer.scope
        if scope.account or scope.candidates or scope.unknown:
            return replace(scope, period=last.period, rep=last.rep) if scope is not last else last
        if turn.answer.route in ABOUT_ONE and turn.answer.sources:
            break
    return last


def stayed(question: Question, scope: Scope, route: str) -> Scope:
    """The scope with the conversation's account, where one account is asked about and the question names none."""
    own = scope.account or scope.contact or scope.candidates or scope.unknown or scope.rep or scope.activity_id
    if own or not question.history or route not in ABOUT_ONE:
        return scope
    lean = lean_of(question.text)
    if lean.cleared or lean.many:
        return scope
    return replace(scope, account=spoken_of(question.history).account)
