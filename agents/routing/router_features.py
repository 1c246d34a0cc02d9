"""A question as the features a router can learn from: its words, their concepts, and what stands beside what.

Names, ids and times are slots ("{account}", "{id}", "{period}"): a caller who knows the names puts them in; what can
be told by shape alone (addresses, ids, numbers, times) is put in here.
"""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from agents.reading.periods import places_of
from agents.reading.tokens import plain
from agents.routing.concepts import Concepts, concepts

LONGEST = 1500  # characters: what a long paste is, its beginning tells
SLOT_CODES = {"account": "A", "contact": "C", "rep": "R", "id": "I", "period": "P", "text": "T"}
SLOT = re.compile(r"\{(account|contact|rep|id|period|text)\}")
QUOTE = re.compile(r"[\"“«„][^\"“”»„]*?\w\W+\w[^\"“”»„]*[\"”»“]|(?<!\w)['‘][^'’]*?\w\W+\w.*['’](?!\w)", re.DOTALL)
PASTED = re.compile(
    r"^\s*(?:\[[A-Z][^\]]*\]|>>|(?:From|To|Subject|Von|An|Betreff|De|Objet|Asunto|Da|Oggetto|Call|Email)\s?:)",
    re.MULTILINE,
)
COLON = re.compile(r":(?=\s+(?:\S+\s+){2}\S)")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ID = re.compile(r"#\s?\w*\d\w*|\b[a-z]{2,12}:(?=\w*\d)[\w-]+\b|\b(?=\w*\d)(?=\w*[A-Z])\w{12,18}\b|\b\d{4,}\b")
CONTENT = 3  # letters: shorter words say little about the subject
ANY_DAY = date(2026, 1, 1)  # where time is spoken of does not depend on the day
COMMON = frozenset({"DID", "WHAT", "WE_US", "ME", "THIS"})  # beside anything: pairs with them say nothing


def masked(text: str) -> str:
    """The text with a slot for all that its shape alone gives away: quotes, what follows a colon, ids, times."""
    pasted = "{text} " if PASTED.search(text) else ""
    text = pasted + COLON.sub(" {text} ", QUOTE.sub(" {text} ", text[:LONGEST]), count=1)
    text = ADDRESS.sub("{contact}", text)
    for start, end in reversed(places_of(text, ANY_DAY)):
        text = text[:start] + "{period}" + text[end:]
    return ID.sub("{id}", text)


def words_in(text: str) -> list[str]:
    """Plain words of a masked text; a slot is its capital letter, a number is N."""
    return list(_words(text))


Blocks = tuple[list[str], list[str], list[str]]


def features(words: Sequence[str], strange: Collection[str]) -> Blocks:
    """Features of the words themselves, of their concepts, and of how many words are `strange` to this trade."""
    return _of_words(words), _of_concepts(words, concepts()), _of_strangeness(words, strange)


def _words(text: str) -> Iterator[str]:
    at = 0
    for slot in SLOT.finditer(text):
        yield from _plain_words(text[at : slot.start()])
        yield SLOT_CODES[slot[1]]
        at = slot.end()
    yield from _plain_words(text[at:])


def _plain_words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", plain(text)):
        yield "N" if word.isdigit() else word


def _of_words(words: Sequence[str]) -> list[str]:
    pairs = (f"{a} {b}" for a, b in itertools.pairwise(words))
    triples = (f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False))
    return [*words, *pairs, *triples]


def _of_concepts(words: Sequence[str], known: Concepts) -> list[str]:
    line = _with_slots(words, known)
    if not line:
        return []
    found = [f"^{c}" for c in line[0]] + [f"${c}" for c in line[-1]] + [c for meaning in line for c in meaning]
    for left, right in itertools.pairwise(line):
        found += [f"{a}>{b}" for a in sorted(left) for b in sorted(right)]
    present = sorted({c for meaning in line for c in meaning} - COMMON)
    return found + [f"{a}&{b}" for number, a in enumerate(present) for b in present[number + 1 :]]


def _of_strangeness(words: Sequence[str], strange: Collection[str]) -> list[str]:
    """How much of the question this trade never speaks of: what other subjects have in common."""
    content = [w for w in words if len(w) >= CONTENT]
    count = sum(w in strange for w in content)
    found = [f"?{min(count, 3)}"]
    if count and 2 * count >= len(content):
        found.append("?half")
    if not any(len(w) == 1 and w in "ACRI" for w in words):
        found += ["?nobody", f"?nobody{min(count, 3)}"]
    return found


def _with_slots(words: Sequence[str], known: Concepts) -> list[frozenset[str]]:
    """Concepts in order with the slots and numbers between them."""
    line: list[frozenset[str]] = []
    run: list[str] = []
    for word in words:
        if len(word) == 1 and word.isupper():
            line += [*known.of(run), frozenset(word)]
            run = []
        else:
            run.append(word)
    return line + known.of(run)
