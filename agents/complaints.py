"""Whether a customer ever complained, objected or refused: their sentences that sound like it, in whatever words."""

from dataclasses import dataclass
from functools import partial

from agents.base import Log, Toolbox, judged_log
from agents.dialogue.manner import manner_asked
from agents.numbered_evidence import Exhibits, Said
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.suggestions import suggest
from agents.whose_log import ever, name_of, where_of
from crm.nouns import Brief, Question, Scope, Side
from retrieval.lexicon import lexicon

MOST, MOST_OF_ALL = 6, 20  # sentences of one account, of all
KINDS = {  # the groups of words/outlook.yaml and the names of words/topics_of_search.yaml that sound like it
    "complaint": (("complaint",), frozenset({"COMPLAINT"})),
    "objection": (("objection", "refusal"), frozenset({"EXPENSIVE"})),
    "refusal": (("refusal",), frozenset()),
}
NAMED = 12  # people marked as not to be contacted


@dataclass(frozen=True, slots=True)
class Worry:
    """A sentence of theirs; with its account, where it is not the one asked about."""

    said: Said
    account: str


def worry_asked(text: str, period: str = "") -> str:
    """A kind of `KINDS`, where the question is about nothing else but a time; `text` is without the names in it."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("worrying")
    for kind in KINDS:
        left, found = without(words, lists[kind])
        if found and not without(left, lists["too"])[0]:
            return kind
    return ""


def worried(question: Question, scope: Scope, kind: str, tools: Toolbox) -> Brief:
    """Their sentences, and those of our notes of talks with them; the newest first."""
    where, shown = where_of(scope), Exhibits()
    log = judged_log(tools, where)
    theirs, noted = worries(kind, scope, log, shown, tools)
    marked = _opted_out(scope, tools) if kind == "refusal" else []
    facts = {
        "about": name_of(scope),
        "kind": kind,
        "theirs": theirs,
        "noted": noted,
        "opted_out": marked[:NAMED],
        "opted_out_more": len(marked[NAMED:]),
        "period": scope.period,
        "as_of": scope.as_of,
        "considered": len(log.activities),
        "existing": tools.store.count(ever(where)),
    }
    account = scope.account.name if scope.account else ""
    suggestions = suggest(tools.playbook, question.language, ("account_summary", "engagement_check"), account)
    return Brief("worried", question.text, facts, shown.evidence, manner_asked(question), suggestions=suggestions)


def worries(kind: str, scope: Scope, log: Log, shown: Exhibits, tools: Toolbox) -> tuple[list[Worry], list[Worry]]:
    """Their sentences of that kind, then those of our notes of talks with them."""
    statements, tells = Statements(log, shown, tools.book), partial(_tells, kind)
    most = MOST if name_of(scope) else MOST_OF_ALL
    theirs, noted = (statements.telling(tells, (side,), most) for side in (Side.THEM, Side.US))
    notes = [with_account(s, scope, shown, tools) for s in noted if s.kind != "email"]
    return [with_account(s, scope, shown, tools) for s in theirs], notes


def with_account(said: Said, scope: Scope, shown: Exhibits, tools: Toolbox) -> Worry:
    """The sentence with its account, where none was asked about."""
    activity = tools.store.activity(shown.evidence[said.n - 1].activity_id) if not name_of(scope) else None
    account = tools.book.account_by_id.get(activity.account_id or "") if activity else None
    return Worry(said, account.name if account else "")


def _opted_out(scope: Scope, tools: Toolbox) -> list[str]:
    """Who is marked in the CRM as not to be contacted, of those that are asked about."""
    if scope.contact:
        asked = [scope.contact]
    else:
        asked = list(tools.book.contacts_of(scope.account.id) if scope.account else tools.book.contacts)
    return [c.name for c in asked if c.opted_out]


def _tells(kind: str, words: str) -> bool:
    """Whether plain words sound like the kind; what `<kind>_not` lists, such as "no complaints", is passed over."""
    if not _sounds(kind, words) or any(f" {phrase} " in f" {words} " for phrase in word_list("worrying")["supposed"]):
        return False
    passed_over = word_list("outlook").get(f"{kind}_not", ())
    return not passed_over or _sounds(kind, " ".join(without(words.split(), passed_over)[0]))


def _sounds(kind: str, words: str) -> bool:
    groups, names = KINDS[kind]
    return any(holds_words(group, words) for group in groups) or bool(names and names & _names_in(words))


def _names_in(words: str) -> frozenset[str]:
    """What plain words name."""
    said = tuple(words.split())
    found = frozenset(name for _, _, name in lexicon().of_phrases(said))
    return found.union(*(lexicon().of_word(word) for word in said))
