"""What a turn means that leans on the one before: a wish about it, a doubt, a correction, a step back in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.dialogue.correcting import corrected, corrects
from agents.dialogue.counting import listing
from agents.dialogue.follow_up import lean_of
from agents.dialogue.wishes import is_reason, is_section, is_step, is_wish, original
from agents.reading.language import language_of
from agents.reading.periods import pieces_of
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import word_list
from agents.router import Route
from crm.nouns import Period, Question, Scope, Source, Turn
from crm.records.book import Book
from crm.records.store import Store

REP_ONLY = 4  # words
ABOUT_TIME = 4  # words that may stand before the time in "and what about August?"
FROM_WORDS = frozenset({"pipeline_insights"})  # it reads the time in the question itself
SAME_WORDS = frozenset({"ask_history", "engagement_check"})  # they answer by what the question says, too
UNCHANGED = frozenset({"refused", "ask_back"})
EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow-up with all it takes from the turn before. `task` is set when no agent is asked anew."""

    question: Question
    scope: Scope
    route: Route
    task: str = ""


def followed(question: Question, named: Scope, book: Book) -> Followed | None:
    """The follow-up, or None where the question stands on its own; `named` is its scope as it was read."""
    if not question.history or question.history[-1].answer.route in UNCHANGED:
        return None
    before = question.history[-1].answer
    route = Route(before.route, 1.0, False)
    if is_reason(question.text):
        return Followed(question, before.scope, route, EXPLAIN)
    scopes = [turn.answer.scope for turn in question.history]
    corrects_it = corrects(question.text)
    kept = corrects_it and named.account == before.scope.account  # "no, the other one" leans, and names nobody
    own = None if kept else named.account
    meant = None if own else corrected(question.text, scopes, book)
    account = meant or (own if corrects_it else None)
    if account is not None:
        text, _ = original(question.history)
        scope = replace(before.scope, account=account, contact=None, candidates=(), unknown="")
        return Followed(replace(question, text=text), scope, route)
    same = named.account is None or named.account == before.scope.account
    if same and is_wish(question.text, before.route):
        return _wished(question, named, before.scope, route)
    if (period := _only_period(question.text, before.scope.as_of)) and before.route not in FROM_WORDS:
        text, wishes = original(question.history)
        asked = replace(question, text=text or question.text, wishes=wishes)
        return Followed(asked, replace(before.scope, period=period), route)
    if is_step(question.text) or _only_rep(question.text, named):
        text = original(_before_reps(question.history))[0] if before.route in SAME_WORDS else ""
        return Followed(replace(question, text=text or question.text), named, route)
    if before.route == "account_summary" and named.account is None and is_section(question.text):
        return Followed(question, before.scope, route)
    return None


def _only_period(text: str, as_of: date | None) -> Period | None:
    """Whether it asks the same of another time, and nothing else: "and in August?", "what about 2024"."""
    if as_of is None or not lean_of(text).follows:
        return None
    said = [t for t in tokens(text) if t.is_word]
    for start in range(min(ABOUT_TIME, len(said))):
        before = " ".join(t.plain for t in said[:start])
        if before and before not in word_list("asking")["opener"] | word_list("asks")["then"]:
            continue
        rest = text[said[start].start :].strip(" ?!.")
        for words in (rest, f"in {rest}"):
            found = pieces_of(words, as_of)
            if found and found[0][0] <= len("in ") and found[0][1] == len(words):
                return found[0][2]
    return None


def _only_rep(text: str, named: Scope) -> bool:
    """Whether it asks the same of another of ours: "and in Jonas's?"."""
    return bool(named.rep) and lean_of(text).opens and len(words_of(text)) <= REP_ONLY


def _before_reps(history: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns up to the newest that did more than name another of ours, or ask how many there are."""
    told = listing(history)
    while told and _only_rep(told[-1].question, told[-1].answer.scope):
        told = listing(told[:-1])
    return told


def _wished(question: Question, named: Scope, before: Scope, route: Route) -> Followed:
    """The question before, with what is wished; in the language it was asked in."""
    this = Turn(question.text, question.history[-1].answer)
    text, wishes = original((*question.history, this))
    asked = replace(question, text=text or question.text, wishes=wishes, language=language_of(text))
    return Followed(asked, replace(before, contact=named.contact or before.contact), route)


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
