"""What was promised: the sentences by which either side bound itself, with who and when."""

from dataclasses import replace
from datetime import timedelta

from agents.base import Log, Toolbox
from agents.numbered_evidence import Said
from agents.owed import leaves_to_us
from agents.read_log import ReadLog
from agents.reading.tokens import plain
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.whose_log import name_of, where_of
from agents.whose_promise import Whose, by_us
from crm.nouns import Brief, Kind, Period, Question, Scope, Side

MOST, MOST_OF_ALL = 6, 12  # a side, of one account and of all
LEFT = 4  # sentences that leave something to us without a word of promise
LATELY = timedelta(days=90)  # how far back all accounts are looked at, where no period is asked about


def about_promises(topic: list[str]) -> bool:
    """Whether what a question is about is the promise itself, not a promise about something."""
    asks, words = word_list("asks"), {plain(word) for word in topic}
    return bool(words & asks["promising"]) and words <= asks["promising"] | asks["promised_too"]


def promised(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """In the period asked about, the newest first; of all accounts only lately, where none is."""
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), period=lately(scope)))
    most = MOST if read.about else MOST_OF_ALL
    ours, noted = of_ours(read, most)
    theirs = Statements(read.log, read.shown, tools.book).of("promise", (Side.THEM,), most)
    told = {s.quote for s in (*ours, *noted)}
    left = [s for s in _left_to_us(read) if s.quote not in told] if read.about else []
    facts = {
        "ours": read.sentences(ours)[:most],
        "theirs": read.sentences(theirs),
        "noted": read.sentences(noted)[:most],
        "left": read.sentences(left),
    }
    return read.brief("promised", facts, "account_summary", "email_draft")


def of_ours(read: ReadLog, most: int) -> tuple[list[Said], list[Said]]:
    """What we promised, in mails and by our notes, and what our notes promise without saying who did."""
    mails = Statements(_part(read.log, True), read.shown, read.tools.book)
    talks = Statements(_part(read.log, False), read.shown, read.tools.book)
    notes = replace(talks, every_note=True)  # a promise that a note recounts was made, whatever else came of the call
    whose = Whose.of(read.log, read.tools.book)
    ours = [*mails.of("promise", (Side.US,), most), *talks.telling(_of_ours, (Side.US,), most)]
    ours = _each_once([*ours, *notes.telling(whose.ours, (Side.US,), most)])
    told = {s.quote for s in ours}
    noted = [*talks.telling(_of_nobody, (Side.US,), most), *notes.telling(whose.nobodys, (Side.US,), most)]
    return ours, [s for s in _each_once(noted) if s.quote not in told]


def _left_to_us(read: ReadLog) -> list[Said]:
    """What else our notes of talks put down for us to do, or say that they wait for."""
    notes = Statements(_part(read.log, False), read.shown, read.tools.book)
    return notes.saying(leaves_to_us, (Side.US,), LEFT)


def _each_once(said: list[Said]) -> list[Said]:
    return list({s.n: s for s in said}.values())


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
