"""Readings of a turn that leans on the one before: a doubt, a correction, a wish about it, another time or name."""

from dataclasses import replace
from datetime import date

from agents.dialogue.correcting import corrected, corrects, fitting, says_another
from agents.dialogue.counting import listing
from agents.dialogue.follow_up import lean_of
from agents.dialogue.subject import ABOUT_ONE
from agents.dialogue.turn import EXPLAIN, Ask, Understood, sure
from agents.dialogue.wishes import is_reason, is_section, is_step, is_wish, original
from agents.fallback_briefs import ask_account
from agents.reading.language import language_of
from agents.reading.periods import pieces_of
from agents.reading.phrases import without
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import word_list
from agents.types_asked import types_asked
from crm.nouns import Account, Candidate, Period, Scope, Turn

REP_ONLY = 4  # words
ABOUT_TIME = 4  # words that may stand before the time in "and what about August?"
FROM_WORDS = frozenset({"pipeline_insights"})  # it reads the time in the question itself
SAME_WORDS = frozenset({"ask_history", "engagement_check"})  # they answer by what the question says, too
ENGAGEMENT = "engagement_check"
OFFERED = 5  # accounts to choose from


def doubted(ask: Ask) -> Understood | None:
    """ "How do you know?": the answer before is explained."""
    return Understood(ask.question, ask.before.scope, sure(ask.before.route), EXPLAIN) if is_reason(ask.text) else None


def another_account(ask: Ask) -> Understood | None:
    """ "No, the German one", "sorry, I meant Norvik", "the second": the question before, of that account."""
    own, scopes = _named_anew(ask), [turn.answer.scope for turn in ask.question.history]
    meant = None if own else corrected(ask.text, scopes, ask.tools.book)
    account = meant or (own if corrects(ask.text) else None)
    if account is None:
        return None
    text, _ = original(ask.question.history)
    text = ask.bare(text) if ask.before.route in SAME_WORDS else text  # it names the other one
    scope = replace(ask.before.scope, account=account, contact=None, candidates=(), unknown="")
    return Understood(replace(ask.question, text=text), scope, sure(ask.before.route))


def wished(ask: Ask) -> Understood | None:
    """ "Shorter", "in French": the question before with what is wished; in the language it was asked in."""
    if not (_of_the_same(ask) and is_wish(ask.text, ask.before.route)):
        return None
    question, before = ask.question, ask.before.scope
    text, wishes = original((*question.history, Turn(ask.text, ask.before)))
    asked = replace(question, text=text or ask.text, wishes=wishes, language=language_of(text))
    return Understood(asked, replace(before, contact=ask.scope.contact or before.contact), sure(ask.before.route))


def another_time(ask: Ask) -> Understood | None:
    """ "And in August?": the question before, of that time."""
    period = _only_period(ask.text, ask.before.scope.as_of)
    if period is None or ask.before.route in FROM_WORDS:
        return None
    text, wishes = original(ask.question.history)
    asked = replace(ask.question, text=text or ask.text, wishes=wishes)
    return Understood(asked, replace(ask.before.scope, period=period), sure(ask.before.route))


def moved_on(ask: Ask) -> Understood | None:
    """ "And before that?", "and in Jonas's?": the same of a time before or after, or of another of ours."""
    if not (is_step(ask.text) or _only_rep(ask, ask.text, ask.scope)):
        return None
    text = original(_before_names(ask))[0] if ask.before.route in SAME_WORDS else ""
    return Understood(replace(ask.question, text=text or ask.text), ask.scope, sure(ask.before.route))


def other_types(ask: Ask) -> Understood | None:
    """ "Only prospects, no suppliers": the question before, of these accounts."""
    asked = types_asked(ask.text, ask.tools)
    of_one = ask.before.scope.account or ask.scope.account or ask.scope.contact
    if ask.before.route != ENGAGEMENT or of_one or not asked or not asked.alone:
        return None
    text, wishes = original(ask.question.history)
    # "customers" may still call the accounts there: the first counts
    before = types_asked(text, ask.tools).rest.strip()
    asked_anew = replace(ask.question, text=f"{ask.text.rstrip(' .?!')}, {before}", wishes=wishes)
    return Understood(asked_anew, ask.before.scope, sure(ENGAGEMENT))


def section(ask: Ask) -> Understood | None:
    """ "Any open promises?": a part of the account's summary; "which deals are at risk" is not one."""
    if not (ask.before.scope.account and ask.before.route in ABOUT_ONE and _of_the_same(ask)):
        return None
    asks = is_section(ask.text) and not lean_of(ask.text).many
    return Understood(ask.question, ask.before.scope, sure("account_summary")) if asks else None


def others(ask: Ask) -> Understood | None:
    """ "And who else?": what was asked before, of everybody there."""
    if ask.before.route != "ask_history" or not _asks_others(ask.text):
        return None
    text = ask.bare(original(_before_names(ask))[0])
    asked = replace(ask.question, text=text or ask.text)
    return Understood(asked, replace(ask.before.scope, contact=None), sure(ask.before.route))


def another_name(ask: Ask) -> Understood | None:
    """ "And Begoña?": the question before, of somebody else."""
    named = ask.scope.account or ask.scope.contact
    if ask.before.route not in ABOUT_ONE or not named or not _only_name(ask, ask.text):
        return None
    text = ask.bare(original(_before_names(ask))[0])
    return Understood(replace(ask.question, text=text or ask.text), ask.scope, sure(ask.before.route))


def another_unnamed(ask: Ask) -> Understood | None:
    """ "No, the one in Iberia", which fits several, or nobody: which one is meant is asked back."""
    if not corrects(ask.text) or _named_anew(ask) or not says_another(ask.text):
        return None
    found = fitting(ask.text, ask.before.scope.account, ask.tools.book)
    offered = tuple(Candidate(a.id, a.name, 60.0) for a in found[:OFFERED])
    scope = replace(ask.before.scope, account=None, contact=None, unknown="", candidates=offered)
    asked = replace(ask.question, text=original(ask.question.history)[0] or ask.text)
    route = ask.before.route if ask.before.route in ABOUT_ONE else "account_summary"
    told = None if offered else (lambda tools: ask_account(ask.question, route, tools.playbook))
    return Understood(asked, scope, sure(route), told=told)


def _named_anew(ask: Ask) -> Account | None:
    """The account that is named; in "no, the other one" it leans, and names nobody."""
    kept = corrects(ask.text) and ask.scope.account == ask.before.scope.account
    return None if kept else ask.scope.account


def _of_the_same(ask: Ask) -> bool:
    return ask.scope.account is None or ask.scope.account == ask.before.scope.account


def _asks_others(text: str) -> bool:
    """Whether it asks who else said something about it: "and who else?"."""
    words, lists = words_of(text), word_list("reaching")
    left, found = without(words, lists["else"])
    return found and not without(left, lists["too"] | word_list("asks")["speaking"])[0]


def _only_name(ask: Ask, text: str) -> bool:
    """Whether it asks the same of somebody else: "and Begoña?", "seulement ceux de Claire"."""
    left = words_of(ask.bare(text))
    asks, asking = word_list("asks"), word_list("asking")
    known = asks["then"] | asks["whose"] | asking["toward"] | asking["opener"]
    return len(left) < len(words_of(text)) and not without(left, known)[0]


def _only_period(text: str, as_of: date | None) -> Period | None:
    """The other time of which it asks the same, and nothing else: "and in August?", "what about 2024"."""
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


def _only_rep(ask: Ask, text: str, scope: Scope) -> bool:
    """Whether it asks the same of another of ours: "and in Jonas's?"."""
    if not scope.rep:
        return False
    return (lean_of(text).opens and len(words_of(text)) <= REP_ONLY) or _only_name(ask, text)


def _before_names(ask: Ask) -> tuple[Turn, ...]:
    """The turns up to the newest that did more than name somebody else, ask who else, or how many there are."""
    told = listing(ask.question.history)
    while told and _names_only(ask, told[-1]):
        told = listing(told[:-1])
    return told


def _names_only(ask: Ask, turn: Turn) -> bool:
    text, answer = turn.question, turn.answer
    asks_others = answer.route == "ask_history" and _asks_others(text)
    return asks_others or _only_rep(ask, text, answer.scope) or _only_name(ask, text)
