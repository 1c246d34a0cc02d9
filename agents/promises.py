"""What was promised: the sentences by which either side bound itself, with who and when."""

from agents.base import Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import Exhibits, Said
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.statements import Statements
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, where_of
from crm.nouns import Brief, Kind, Question, Scope, Side

MOST = 6  # a side


def about_promises(topic: list[str]) -> bool:
    """Whether what a question is about is the promise itself, not a promise about something."""
    asks, words = word_list("asks"), {plain(word) for word in topic}
    return bool(words & asks["promising"]) and words <= asks["promising"] | asks["promised_too"]


def promised(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """Of one account or person, in the period asked about; the newest first."""
    where, shown = where_of(scope), Exhibits()
    log = judged_log(tools, where)
    statements = Statements(log, shown, tools.book)
    by_us, theirs = (statements.of("promise", (side,), MOST) for side in (Side.US, Side.THEM))
    facts = {
        "about": name_of(scope),
        "ours": [s for s in by_us if _by_us(s)],
        "theirs": theirs,
        "noted": [s for s in by_us if not _by_us(s)],
        "period": scope.period,
        "as_of": scope.as_of,
        "considered": len(log.activities),
        "existing": tools.store.count(ever(where)),
    }
    account = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "email_draft"), account)
    return Brief("promised", question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def _by_us(said: Said) -> bool:
    """A mail of ours speaks for us; a note may tell of a promise without saying whose it is: “will send the plan”."""
    if said.kind == Kind.EMAIL:
        return True
    lists, words = word_list("outlook"), words_of(said.quote)
    spoken = lists["promise"] - lists["promise_by_nobody"]
    return bool(lists["ourselves"] & set(words)) or any(f" {phrase} " in f" {' '.join(words)} " for phrase in spoken)
