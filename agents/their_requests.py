"""What a customer wants: the newest sentences of theirs that ask for something, each with its record."""

from dataclasses import replace

from agents.base import Toolbox
from agents.promises import lately
from agents.read_log import ReadLog
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.whose_log import where_of
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
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), period=lately(scope)))
    statements = Statements(read.log, read.shown, tools.book)
    theirs = statements.asking(_needs, _chat, (Side.THEM,), MOST if read.about else MOST_OF_ALL)
    noted = [s for s in statements.telling(_noted, (Side.US,), NOTES) if s.kind != "email"]
    facts = {
        "theirs": read.sentences(theirs),
        "noted": read.sentences(noted),
        "spoken": sum(any(m.side is Side.THEM and m.text.strip() for m in a.messages) for a in read.log.activities),
    }
    return read.brief("wanted", facts, "account_summary", "email_draft")


def _needs(words: str) -> bool:
    return holds_words("request", words) or _holds("needing", words)


def _noted(words: str) -> bool:
    return _holds("noted", words)


def _chat(words: str) -> bool:
    return _holds("small_talk", words)


def _holds(group: str, words: str) -> bool:
    return any(f" {phrase} " in f" {words} " for phrase in word_list("wanting")[group])
