"""What people say before they ask: a greeting, who they are, what they need it for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crm.insight.question.brackets import words_of_remark
from crm.insight.question.lexicon import Lexicon, Named
from crm.insight.question.tokens import plain, tokens_of
from crm.insight.question.wordbook import Remarks

CLAUSE = re.compile(r"\s*(?P<said>[^,:!.;–—?]*?)(?P<mark>,|:|!|\.(?!\d)|;|–|—|\s-(?=\s))\s*(?=\S)")
JOINT = re.compile(r"[^\W\d_]+\s+")
SAYING = frozenset({"filler", "by", "rel", "which", "with", "comma", "who", "replying", "and", "created"})
TITLE = 3  # words at least: one by itself may be a name
ADDRESSED = frozenset({"field", "about", "together", "and"})  # "hello team", "hi all", "dear colleagues"


def without_preamble(text: str, lexicon: Lexicon, named: Sequence[Named] = ()) -> str:
    """The text with blanks for the clauses before the question that say nothing about it.

    Such a clause greets, or speaks of who asks; it holds no word of the data, no number, no negation, nothing that
    narrows, and no unknown name. The last clause always stays.
    """
    at = 0
    while (found := CLAUSE.match(text, at)) and _says_nothing(found, lexicon, named):
        at = found.end()
    if at and (joint := JOINT.match(text, at)) and lexicon.scan(joint[0]).atoms[:1]:
        opening = lexicon.scan(joint[0]).atoms[0].kind
        at = joint.end() if opening in ("but", "and") else at  # "..., but how many"
    return " " * at + text[at:]


def _says_nothing(found: re.Match[str], lexicon: Lexicon, named: Sequence[Named]) -> bool:
    said, start, end = found["said"], found.start("said"), found.end("said")
    if not said or any(n.start < end and n.end > start for n in named):
        return False
    remarks = lexicon.words.remarks
    words = set(plain(said.replace("'", " ").replace("’", " ")).split())
    scan = lexicon.scan(said)
    scan = replace(scan, atoms=tuple(a for a in scan.atoms if a.kind != "sole"))  # "Just a quick one:"
    if (
        not scan.unknown
        and _greets(said, remarks.greeting)
        and all(a.kind in ADDRESSED and not a.names for a in scan.atoms)
    ):
        return True  # "Good morning team,"
    if found["mark"] == ":" and not scan.atoms and _is_title(said, remarks):
        return True
    if any(atom.kind not in SAYING or atom.names for atom in scan.atoms) or words & words_of_remark(remarks.narrowing):
        return False
    if not scan.unknown:
        return not scan.atoms  # "Hello there," "please tell me:"
    return bool(words & words_of_remark(remarks.speaking)) and not _names_somebody(
        said, words_of_remark(remarks.articles)
    )


def _is_title(said: str, remarks: Remarks) -> bool:
    """ "Board slide on effectiveness:" heads what follows; one that begins with "for" or "in" narrows it."""
    words = plain(said).split()
    heads = len(words) >= TITLE and words[0] not in words_of_remark(remarks.narrowing)
    return heads and not _names_somebody(said, words_of_remark(remarks.articles))


def _greets(said: str, greeting: str) -> bool:
    words = plain(said)
    return any(words == hello or words.startswith(f"{hello} ") for hello in words_of_remark(greeting))


def _names_somebody(said: str, articles: frozenset[str]) -> bool:
    """A capital where none is due may be a company that is not in the data."""
    named = (token.text for before, token in pairwise(tokens_of(said)) if before.plain not in articles)
    return any(word[0].isupper() and len(word) > 1 for word in named)
