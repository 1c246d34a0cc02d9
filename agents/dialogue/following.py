"""What a turn means that leans on the one before: a wish about it, a doubt, a correction, a step back in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.asking import ask_account
from agents.base import Toolbox
from agents.dialogue.correcting import corrected, corrects, fitting, says_another
from agents.dialogue.counting import listing
from agents.dialogue.follow_up import lean_of
from agents.dialogue.subject import ABOUT_ONE
from agents.dialogue.wishes import is_reason, is_section, is_step, is_wish, original
from agents.reading.language import language_of
from agents.reading.periods import pieces_of
from agents.reading.phrases import without
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import word_list
from agents.router import Route
from crm.nouns import Brief, Candidate, Period, Question, Scope, Source, Turn
from crm.records.book import Book
from crm.records.store import Store

REP_ONLY = 4  # words
ABOUT_TIME = 4  # words that may stand before the time in "and what about August?"
FROM_WORDS = frozenset({"pipeline_insights"})  # it reads the time in the question itself
SAME_WORDS = frozenset({"ask_history", "engagement_check"})  # they answer by what the question says, too
OFFERED = 5  # accounts to choose from
UNCHANGED = frozenset({"refused", "ask_back"})
EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow-up with all it takes from the turn before.

    `task` is set when no agent is asked anew; `told` makes the brief, where no agent does.
    """

    question: Question
    scope: Scope
    route: Route
    task: str = ""
    told: Callable[[Toolbox], Brief] | None = None


def followed(question: Question, named: Scope, book: Book, bare: Callable[[str], str]) -> Followed | None:
    """The follow-up, or None where the question stands on its own; `named` is its scope as it was read.

    `bare` is a text without the names and times in it.
    """
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
        text = bare(text) if before.route in SAME_WORDS else text  # it names the other one
        scope = replace(before.scope, account=account, contact=None, candidates=(), unknown="")
        return Followed(replace(question, text=text), scope, route)
    same = named.account is None or named.account == before.scope.account
    if same and is_wish(question.text, before.route):
        return _wished(question, named, before.scope, route)
    if (period := _only_period(question.text, before.scope.as_of)) and before.route not in FROM_WORDS:
        text, wishes = original(question.history)
        asked = replace(question, text=text or question.text, wishes=wishes)
        return Followed(asked, replace(before.scope, period=period), route)
    if is_step(question.text) or _only_rep(question.text, named, bare):
        text = original(_before_names(question.history, bare))[0] if before.route in SAME_WORDS else ""
        return Followed(replace(question, text=text or question.text), named, route)
    if before.scope.account and before.route in ABOUT_ONE and same and _asks_section(question.text):
        return Followed(question, before.scope, Route("account_summary", 1.0, False))
    if before.route == "ask_history" and _asks_others(question.text):
        text = bare(original(_before_names(question.history, bare))[0])
        return Followed(replace(question, text=text or question.text), replace(before.scope, contact=None), route)
    if before.route in ABOUT_ONE and (named.account or named.contact) and _only_name(question.text, bare):
        text = bare(original(_before_names(question.history, bare))[0])
        return Followed(replace(question, text=text or question.text), named, route)
    if corrects_it and not own and says_another(question.text):
        return _asked_back(question, before.scope, route, book)
    return None


def _asked_back(question: Question, before: Scope, route: Route, book: Book) -> Followed:
    """Which other one is meant fits several, or nobody."""
    found = fitting(question.text, before.account, book)
    offered = tuple(Candidate(a.id, a.name, 60.0) for a in found[:OFFERED])
    scope = replace(before, account=None, contact=None, unknown="", candidates=offered)
    text = original(question.history)[0] or question.text
    route = route if route.name in ABOUT_ONE else Route("account_summary", 1.0, False)
    asked = replace(question, text=text)
    told = None if offered else (lambda tools: ask_account(question, route.name, tools.playbook))
    return Followed(asked, scope, route, told=told)


def _asks_others(text: str) -> bool:
    """Whether it asks who else said something about it: "and who else?"."""
    words, lists = words_of(text), word_list("reaching")
    left, found = without(words, lists["else"])
    return found and not without(left, lists["too"] | word_list("asks")["speaking"])[0]


def _asks_section(text: str) -> bool:
    """Whether it asks for a part of the account's summary, and not which deals are at risk."""
    return is_section(text) and not lean_of(text).many


def _only_name(text: str, bare: Callable[[str], str]) -> bool:
    """Whether it asks the same of somebody else: "and Begoña?", "seulement ceux de Claire"."""
    left = words_of(bare(text))
    asks, asking = word_list("asks"), word_list("asking")
    known = asks["then"] | asks["whose"] | asking["toward"] | asking["opener"]
    return len(left) < len(words_of(text)) and not without(left, known)[0]


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


def _only_rep(text: str, named: Scope, bare: Callable[[str], str]) -> bool:
    """Whether it asks the same of another of ours: "and in Jonas's?"."""
    if not named.rep:
        return False
    return (lean_of(text).opens and len(words_of(text)) <= REP_ONLY) or _only_name(text, bare)


def _before_names(history: tuple[Turn, ...], bare: Callable[[str], str]) -> tuple[Turn, ...]:
    """The turns up to the newest that did more than name somebody else, ask who else, or how many there are."""
    told = listing(history)
    while told and _names_only(told[-1], bare):
        told = listing(told[:-1])
    return told


def _names_only(turn: Turn, bare: Callable[[str], str]) -> bool:
    text, answer = turn.question, turn.answer
    others = answer.route == "ask_history" and _asks_others(text)
    return others or _only_rep(text, answer.scope, bare) or _only_name(text, bare)


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
