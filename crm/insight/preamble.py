"""What people say before they ask: a greeting, who they are, what they need it for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crm.insight.asides import words_of_remark
from crm.insight.lexicon import Lexicon, Named, plain, tokens_of

CLAUSE = re.compile(r"\s*(?P<said>[^,:!.;–—?]*?)(?P<mark>,|:|!|\.(?!\d)|;|–|—|\s-(?=\s))\s*(?=\S)")
SAYING = frozenset({"filler", "by", "rel", "which", "with", "comma", "who", "replying", "and", "created"})
DETERMINED = (
    "die",
    "der",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einen",
    "mein",
    "meine",
    "meinen",
    "unser",
    "unsere",
)


def without_preamble(text: str, lexicon: Lexicon, named: Sequence[Named] = ()) -> str:
    """The text with blanks for the clauses before the question that say nothing about it.

    Such a clause greets, or speaks of who asks; it holds no word of the data, no number, no negation, nothing that
    narrows, and no unknown name. The last clause always stays.
    """
    at = 0
    while (found := CLAUSE.match(text, at)) and _says_nothing(found, lexicon, named):
        at = found.end()
    return " " * at + text[at:]


def _says_nothing(found: re.Match[str], lexicon: Lexicon, named: Sequence[Named]) -> bool:
    said, start, end = found["said"], found.start("said"), found.end("said")
    if not said or any(n.start < end and n.end > start for n in named):
        return False
    remarks = lexicon.words.remarks
    words = set(plain(said.replace("'", " ").replace("’", " ")).split())
    scan = lexicon.scan(said)
    if any(atom.kind not in SAYING or atom.names for atom in scan.atoms) or words & words_of_remark(remarks.narrowing):
        return False
    if not scan.unknown:
        return not scan.atoms  # "Hello there," "please tell me:"
    return bool(words & words_of_remark(remarks.speaking)) and not _names_somebody(said)


def _names_somebody(said: str) -> bool:
    """A capital where none is due may be a company that is not in the data."""
    tokens = tokens_of(said)
    for before, token in pairwise(tokens):
        if token.text[0].isupper() and len(token.text) > 1 and before.plain not in DETERMINED:
            return True
    return False
