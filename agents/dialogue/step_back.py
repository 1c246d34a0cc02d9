"""A step back in time: "and before that?" goes behind what the last answer told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from agents.dialogue.follow_up import lean_of
from crm.nouns import Period, Question, Scope, Source
from crm.records.store import Store


def stepped_back(question: Question, scope: Scope, store: Store) -> Scope:
    """The scope moved before what the last answer told first, where the question asks for what came before that."""
    if not question.history:
        return scope
    if not lean_of(question.text).earlier:
        return _without_step(scope, question.history[-1].answer.scope)
    before = question.history[-1].answer
    if scope.account != before.scope.account:
        return scope
    if scope.period != before.scope.period or (scope.period and scope.period.start):
        return scope
    first = _first(before.sources)
    told = store.activity(first.activity_id) if first else None
    if told is None or told.at is None:
        return scope
    return replace(scope, period=Period(None, told.at.date() - timedelta(days=1), question.text))


def for_another_task(scope: Scope, before: Scope) -> Scope:
    """A step back in time was meant for what was asked then: a mail builds on the newest again."""
    stepped = scope.period is not None and scope.period == before.period and lean_of(scope.period.words).earlier
    return replace(scope, period=None) if stepped else scope


def _without_step(scope: Scope, before: Scope) -> Scope:
    """A step back in one account's time says nothing about another's."""
    return for_another_task(scope, before) if scope.account != before.account else scope


def _first(sources: Sequence[Source]) -> Source | None:
    return min(sources, key=lambda s: s.number, default=None)
