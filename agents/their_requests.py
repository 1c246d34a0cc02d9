"""What a customer wants: the newest sentences of theirs that ask for something, each with its record."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from agents.base import Toolbox, judged_log
from agents.complaints import Worry, with_account
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import Exhibits
from agents.promises import lately
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, where_of
from crm.nouns import Brief, Question, Scope, Side

MOST, MOST_OF_ALL = 6, 12  # sentences of one account, of all
NOTES = 4  # sentences of our notes


def wants_asked(text: str, period: str = "") -> bool:
    """Whether the question is what they want, and about nothing else but a time; `text` is without the names in it."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("wanting")
    left, wanted = without(words, lists["wanting"])
    asks = bool(set(left) & lists["what"])
    return asks and wanted and not without(left, lists["too"] | lists["what"])[0]


def wanted(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """Their questions and requests, the newest first; of all accounts only lately, where no period is asked about."""
    about, shown = name_of(scope), Exhibits()
    period = scope.period if scope.period or about else lately(scope.as_of)
    where = replace(where_of(scope), period=period)
    log, most = judged_log(tools, where), MOST if about else MOST_OF_ALL
    statements = Statements(log, shown, tools.book)
    theirs = statements.asking(_needs, _chat, (Side.THEM,), most)
    noted = [s for s in statements.telling(_noted, (Side.US,), NOTES) if s.kind != "email"]
    facts = {
        "about": about,
        "theirs": _newest(with_account(s, scope, shown, tools) for s in theirs),
        "noted": _newest(with_account(s, scope, shown, tools) for s in noted),
        "spoken": sum(any(m.side is Side.THEM and m.text.strip() for m in a.messages) for a in log.activities),
        "period": period,
        "as_of": scope.as_of,
        "considered": len(log.activities),
        "existing": tools.store.count(ever(where)),
    }
    account = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "email_draft"), account)
    return Brief("wanted", question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def _newest(said: Iterable[Worry]) -> list[Worry]:
    return sorted(said, key=lambda w: w.said.day or date.min, reverse=True)


def _needs(words: str) -> bool:
    return holds_words("request", words) or _holds("needing", words)


def _noted(words: str) -> bool:
    return _holds("noted", words)


def _chat(words: str) -> bool:
    return _holds("small_talk", words)


def _holds(group: str, words: str) -> bool:
    return any(f" {phrase} " in f" {words} " for phrase in word_list("wanting")[group])
