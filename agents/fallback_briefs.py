"""Briefs for turns that are not answered by an agent: asking back, not knowing a company, refusing a text."""

from pathlib import Path

from agents.suggestions import suggest
from crm.nouns import Brief, Manner, Question, Scope

NEAREST = 3


def ask_account(question: Question, task: str, playbook: Path) -> Brief:
    """The task needs an account and none was named."""
    return _brief(
        "ask_back", question, {"candidates": [], "task": task}, suggest(playbook, question.language, ("help",))
    )


def ask_which(question: Question, scope: Scope, task: str, playbook: Path) -> Brief:
    """A name fits several; each becomes the same question about one of them."""
    names = [c.name for c in scope.candidates]
    again = suggest(playbook, question.language, (task,), "{account}")
    if "{account}" not in "".join(again):
        again = suggest(playbook, question.language, ("account_summary",), "{account}")
    offered = tuple(q.replace("{account}", name) for name in names for q in again)
    return _brief("ask_back", question, {"candidates": names, "task": task}, offered)


def unsure(question: Question, playbook: Path) -> Brief:
    """It is not clear what is asked for."""
    offered = suggest(playbook, question.language, ("quiet", "pipeline_insights", "help"))
    return _brief("ask_back", question, {"candidates": [], "task": "unsure"}, offered)


def unknown_account(question: Question, scope: Scope, playbook: Path) -> Brief:
    """A company was named that is not in the data; the nearest names are offered."""
    names = [c.name for c in scope.candidates[:NEAREST]]
    again = tuple(q for name in names for q in suggest(playbook, question.language, ("account_summary",), name))
    return _brief("unknown_account", question, {"unknown": scope.unknown, "nearest": names}, again)


def unknown_record(question: Question, typed: str, playbook: Path) -> Brief:
    """An activity was named that is not in the store."""
    return _brief("unknown_record", question, {"typed": typed}, suggest(playbook, question.language, ("help",)))


def empty_store(question: Question) -> Brief:
    """There is nothing to answer from."""
    return _brief("empty_store", question, {}, ())


def refused(question: Question, why: str, limit: int, playbook: Path) -> Brief:
    """An empty or far too long question."""
    short = Question(question.text[:200], question.history, question.asked_by, question.language)
    return _brief("refused", short, {"why": why, "limit": limit}, suggest(playbook, question.language, ("help",)))


def _brief(task: str, question: Question, facts: dict[str, object], suggestions: tuple[str, ...]) -> Brief:
    return Brief(task, question.text, facts, manner=Manner(language=question.language), suggestions=suggestions)
