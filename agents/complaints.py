"""Whether a customer ever complained, objected or refused: their sentences that sound like it, in whatever words."""

from functools import partial

from agents.base import Toolbox
from agents.read_log import ReadLog, Sentence
from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.statements import Statements, holds_words
from agents.whose_log import where_of
from crm.nouns import Brief, Question, Scope, Side
from retrieval.lexicon import lexicon

MOST, MOST_OF_ALL = 6, 20  # sentences of one account, of all
KINDS = {  # the groups of words/outlook.yaml and the names of words/topics_of_search.yaml that sound like it
    "complaint": (("complaint",), frozenset({"COMPLAINT"})),
    "objection": (("objection", "refusal"), frozenset({"EXPENSIVE"})),
    "refusal": (("refusal",), frozenset()),
}
NAMED = 12  # people marked as not to be contacted


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
    read = ReadLog.of(question, scope, tools, where_of(scope))
    theirs, noted = worries(kind, read)
    marked = _opted_out(scope, tools) if kind == "refusal" else []
    facts = {
        "kind": kind,
        "theirs": theirs,
        "noted": noted,
        "opted_out": marked[:NAMED],
        "opted_out_more": len(marked[NAMED:]),
    }
    return read.brief("worried", facts, "account_summary", "engagement_check")


def worries(kind: str, read: ReadLog) -> tuple[list[Sentence], list[Sentence]]:
    """Their sentences of that kind, then those of our notes of talks with them."""
    statements, tells = Statements(read.log, read.shown, read.tools.book), partial(_tells, kind)
    most = MOST if read.about else MOST_OF_ALL
    theirs, noted = (statements.telling(tells, (side,), most) for side in (Side.THEM, Side.US))
    return read.sentences(theirs), read.sentences(s for s in noted if s.kind != "email")


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
