"""What was promised: the sentences by which either side bound itself, with who and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agents.base import Log, Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import Exhibits, Said
from agents.reading.tokens import plain
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, where_of
from crm.nouns import Brief, Kind, Period, Question, Scope, Side

MOST, MOST_OF_ALL = 6, 12  # a side, of one account and of all
LATELY = timedelta(days=90)  # how far back all accounts are looked at, where no period is asked about


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence; with its account, where it is not the one asked about."""

    said: Said
    account: str


def about_promises(topic: list[str]) -> bool:
    """Whether what a question is about is the promise itself, not a promise about something."""
    asks, words = word_list("asks"), {plain(word) for word in topic}
    return bool(words & asks["promising"]) and words <= asks["promising"] | asks["promised_too"]


def promised(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """In the period asked about, the newest first; of all accounts only lately, where none is."""
    about, shown = name_of(scope), Exhibits()
    period = scope.period if scope.period or about else lately(scope.as_of)
    where, most = replace(where_of(scope), period=period), MOST if about else MOST_OF_ALL
    log = judged_log(tools, where)
    mails, notes = (Statements(_part(log, mail), shown, tools.book) for mail in (True, False))
    ours = [*mails.of("promise", (Side.US,), most), *notes.telling(_of_ours, (Side.US,), most)]
    theirs = Statements(log, shown, tools.book).of("promise", (Side.THEM,), most)
    noted = notes.telling(_of_nobody, (Side.US,), most)
    told = _Told(log, shown, tools, about)
    facts = {
        "about": about,
        "ours": told.newest(ours)[:most],
        "theirs": told.newest(theirs),
        "noted": told.newest(noted),
        "period": period,
        "as_of": scope.as_of,
        "considered": len(log.activities),
        "existing": tools.store.count(ever(where)),
    }
    account = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "email_draft"), account)
    return Brief("promised", question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


@dataclass(frozen=True, slots=True)
class _Told:
    """Puts its account to each sentence, where none was asked about."""

    log: Log
    shown: Exhibits
    tools: Toolbox
    about: str

    def newest(self, said: Iterable[Said]) -> list[Promise]:
        accounts = {} if self.about else {a.id: a.account_id or "" for a in self.log.activities}
        names = self.tools.book.account_by_id
        found = []
        for one in sorted(said, key=lambda s: s.day or date.min, reverse=True):
            account = names.get(accounts.get(self.shown.evidence[one.n - 1].activity_id, ""))
            found.append(Promise(one, account.name if account else ""))
        return found


def lately(as_of: date | None) -> Period | None:
    """The last months up to the newest day."""
    return Period(as_of - LATELY, as_of) if as_of else None


def _part(log: Log, mail: bool) -> Log:
    """The mails, or the rest: a mail of ours speaks for us, a note may tell of a promise without saying whose."""
    return Log(tuple(a for a in log.activities if (a.kind is Kind.EMAIL) is mail), log.labels)


def _of_ours(words: str) -> bool:
    return holds_words("promise", words) and _by_us(words)


def _of_nobody(words: str) -> bool:
    """As in “will send the plan”."""
    return holds_words("promise", words) and not _by_us(words)


def _by_us(words: str) -> bool:
    lists = word_list("outlook")
    spoken = lists["promise"] - lists["promise_by_nobody"]
    return bool(lists["ourselves"] & set(words.split())) or any(f" {phrase} " in f" {words} " for phrase in spoken)
