"""What was promised: the sentences by which either side bound itself, with who and when."""

from dataclasses import replace
from datetime import timedelta

from agents.base import Log, Toolbox
from agents.read_log import ReadLog
from agents.reading.tokens import plain
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.whose_log import name_of, where_of
from crm.nouns import Brief, Kind, Period, Question, Scope, Side

MOST, MOST_OF_ALL = 6, 12  # a side, of one account and of all
LATELY = timedelta(days=90)  # how far back all accounts are looked at, where no period is asked about


def about_promises(topic: list[str]) -> bool:
    """Whether what a question is about is the promise itself, not a promise about something."""
    asks, words = word_list("asks"), {plain(word) for word in topic}
    return bool(words & asks["promising"]) and words <= asks["promising"] | asks["promised_too"]


def promised(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """In the period asked about, the newest first; of all accounts only lately, where none is."""
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), period=lately(scope)))
    most = MOST if read.about else MOST_OF_ALL
    mails, notes = (Statements(_part(read.log, mail), read.shown, tools.book) for mail in (True, False))
    ours = [*mails.of("promise", (Side.US,), most), *notes.telling(_of_ours, (Side.US,), most)]
    theirs = Statements(read.log, read.shown, tools.book).of("promise", (Side.THEM,), most)
    noted = notes.telling(_of_nobody, (Side.US,), most)
    facts = {
        "ours": read.sentences(ours)[:most],
        "theirs": read.sentences(theirs),
        "noted": read.sentences(noted),
    }
    return read.brief("promised", facts, "account_summary", "email_draft")


def lately(scope: Scope) -> Period | None:
    """The period asked about; of everybody's log the last months up to the newest day, where none is."""
    if scope.period or name_of(scope) or not scope.as_of:
        return scope.period
    return Period(scope.as_of - LATELY, scope.as_of)


def _part(log: Log, mail: bool) -> Log:
    """The mails, or the rest: a mail of ours speaks for us, a note may tell of a promise without saying whose."""
    return Log(tuple(a for a in log.activities if (a.kind is Kind.EMAIL) is mail), log.labels)


def _of_ours(words: str) -> bool:
    return holds_words("promise", words) and by_us(words)


def _of_nobody(words: str) -> bool:
    """As in “will send the plan”."""
    return holds_words("promise", words) and not by_us(words)


def by_us(words: str) -> bool:
    """Whether a promise of a note is ours by its plain words: in the first person, or naming us."""
    lists = word_list("outlook")
    spoken = lists["promise"] - lists["promise_by_nobody"]
    return any(f" {phrase} " in f" {words} " for phrase in lists["ourselves"] | spoken)
