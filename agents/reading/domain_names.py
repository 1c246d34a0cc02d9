"""An account that is named by its mail domain, as people say it: "hallbeck logistik" of hallbeck-logistik.example.

How the letters of a name meet such a label is told in `names.py`.
"""

import re
from collections.abc import Iterator

from agents.reading.company_words import common_words

DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
TWO_LETTERS = re.compile("([aou])e")  # how a domain writes ä, ö and ü
SHORTEST_NAME, SHORTEST_TRADE = 4, 5  # letters on both sides where a label is taken apart


def said_names(name: str, domain: str) -> Iterator[str]:
    """Its label as words, with an umlaut as two letters or as one; nothing for an account with a name of its own.

    A label that ends in what many companies do is two words: "tidewater freight" of tidewaterfreight.example.
    """
    if not DOMAIN.fullmatch(name.casefold()) or domain.casefold() not in ("", name.casefold()):
        return
    label = max(name.casefold().split(".")[:-1], key=len).replace("-", " ")
    yield label
    if (one := TWO_LETTERS.sub(r"\1", label)) != label:
        yield one
    yield from (f"{label[:end]} {label[end:]}" for end in _trades(label))


def _trades(label: str) -> Iterator[int]:
    """Where the label's last word may begin."""
    common = common_words()
    for start in range(SHORTEST_NAME, len(label) - SHORTEST_TRADE + 1):
        tail = label[start:]
        if label.isalpha() and (common.is_business(tail) or common.is_ordinary(tail)):
            yield start
