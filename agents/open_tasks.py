"""Tasks that nobody has marked as done: what is left on the to-do list, as far as the log tells."""

from dataclasses import dataclass, replace

from agents.base import Toolbox
from agents.numbered_evidence import PASSAGE, Exhibits, Said
from agents.read_log import ReadLog
from agents.reading.phrases import without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import where_of
from crm.engagement.timeline import CALLED_OFF
from crm.nouns import Activity, Brief, Kind, Question, Scope, Side
from crm.outcome_words import outcome_told
from crm.quoting import passage

MOST = 20


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One of them in its own words, with the account, whose task it is and what the log says of its state."""

    said: Said
    account: str
    owner: str
    state: str


def tasks_asked(text: str, period: str = "") -> bool:
    """Whether the question is what is left to do, and about nothing else but a time; `text` is without names."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("to_do")
    left, found = without(words, lists["to_do"])
    if not found:  # "which tasks are still open": the noun and its state stand apart
        left, noun = without(words, lists["tasks"])
        left, state = without(left, lists["open"])
        found = noun and state
    return found and not without(left, lists["too"] | lists["asking"] | lists["open"] | lists["tasks"])[0]


def open_tasks(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The tasks of the scope that are not marked as done, the newest first."""
    read = ReadLog.of(question, scope, tools, replace(where_of(scope), kinds=frozenset({Kind.TASK})))
    tasks = [a for a in read.log.activities if not scope.rep or plain(a.owner) == plain(scope.rep)]
    found = [a for a in tasks if _is_open(a)]
    facts = {
        "rep": scope.rep,
        "rows": [_told(a, read.shown, tools) for a in found[:MOST]],
        "count": len(found),
        "more": len(found[MOST:]),
        "unstated": sum(not a.outcome for a in found),
        "considered": len(tasks),
    }
    return read.brief("open_tasks", facts, "engagement_check", "email_draft")


def _is_open(task: Activity) -> bool:
    state = " ".join(words_of(task.outcome))
    return state not in word_list("to_do")["done"] and task.outcome.casefold() not in CALLED_OFF


def _told(task: Activity, shown: Exhibits, tools: Toolbox) -> OpenTask:
    account = tools.book.account_by_id.get(task.account_id or "")
    note = next((m.text.strip() for m in task.messages if m.text.strip()), "")
    said = shown.record(task) if task.subject or not note else shown.add(task, passage(note, PASSAGE), "", Side.US)
    return OpenTask(said, account.name if account else "", task.owner, outcome_told(task.outcome))
