"""An account that is named by its mail domain, as people say it: "hallbeck logistik" of hallbeck-logistik.example.

How the letters of a name meet such a label is told in `names.py`.
"""

import re
from collections.abc import Iterator

DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
TWO_LETTERS = re.compile("([aou])e")  # how a domain writes ä, ö and ü


def said_names(name: str, domain: str) -> Iterator[str]:
    """Its label as words, with an umlaut as two letters or as one; nothing for an account with a name of its own."""
    if not DOMAIN.fullmatch(name.casefold()) or domain.casefold() not in ("", name.casefold()):
        return
    label = max(name.casefold().split(".")[:-1], key=len).replace("-", " ")
    yield label
    if (one := TWO_LETTERS.sub(r"\1", label)) != label:
        yield one
