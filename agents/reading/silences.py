"""Since when nobody has spoken: "for more than three months", "seit über drei Monaten", "not since the summer"."""

import re
from datetime import date

from agents.reading.period_words import codes
from agents.reading.periods import period_of
from agents.reading.tokens import tokens
from crm.nouns import Period

LASTED = re.compile(r"(?:n(?P<count>\d+)|(?:dur|since)(?: in| from)*(?: w)?) (?P<unit>day|week|month|quarter|year)s? ")
AFTER = "after"


def silence_of(text: str, as_of: date) -> Period | None:
    """The days until `as_of` in which who is silent said nothing; None where the text tells of no such stretch.

    "Over a month" is one month: how much longer it may be is not said. "Not since May" leaves May out, for they may
    have spoken in it.
    """
    named = period_of(text, as_of)
    return _after(text, named, as_of) if named else _lasted(text, as_of)


def _lasted(text: str, as_of: date) -> Period | None:
    words = tokens(text)
    found = codes(words, text)
    line = "".join(f"{code.name} " for code in found)
    hit = LASTED.search(line)
    period = period_of(f"last {hit['count'] or 1} {hit['unit']}s", as_of) if hit else None
    if hit is None or period is None:
        return None
    first, last = line[: hit.start()].count(" "), line[: hit.end()].count(" ") - 1
    return Period(period.start, period.end, text[words[found[first].first].start : words[found[last].last - 1].end])


def _after(text: str, named: Period, as_of: date) -> Period | None:
    words = tokens(text)
    since = next((words[code.first] for code in codes(words, text) if code.name == "since"), None)
    if since is None:
        return None
    period = period_of(f"{text[: since.start]}{AFTER}{text[since.end :]}", as_of)
    if period is None or period.start is None or period.start > as_of:
        return None
    return Period(period.start, as_of, named.words)
