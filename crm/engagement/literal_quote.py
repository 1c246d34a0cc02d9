"""The record's own words for what somebody says stands in it."""

import html
from collections.abc import Iterable

from crm.nouns import Activity
from crm.quoting import UNSEEN, excerpt

LINE = 240
ENOUGH = 3  # letters or digits: fewer stand in any record, and prove nothing
_ALIKE = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_DASHES = frozenset("‐‑‒–—―−")
_MARKS = frozenset("*_>|#\\")  # Markdown and quote levels, which a parser takes off


def literal(activity: Activity, quoted: str) -> str:
    """The words in the raw record that `quoted` gives back, letter by letter; empty when it holds no such words.

    Case, spaces, kinds of quotation marks and dashes do not matter: models tidy them.
    """
    wanted = _folded(html.unescape(quoted).strip(" \n\t.…\"'“”«»"))[0]
    whole = sum(c.isalnum() for c in activity.raw_subject + activity.raw_body)
    if sum(c.isalnum() for c in wanted) < min(ENOUGH, max(whole, 1)):
        return ""
    found = _first(wanted, (activity.raw_body, activity.raw_subject))
    return excerpt(found or _in_message(wanted, activity), LINE)


def _first(wanted: str, texts: Iterable[str]) -> str:
    for text in texts:
        folded, at = _folded(text)
        start = folded.find(wanted)
        if start >= 0:
            return text[at[start] : at[start + len(wanted) - 1] + 1]
    return ""


def _in_message(wanted: str, activity: Activity) -> str:
    """For words that only the cleaned message holds in one piece: the raw words that the message was made from."""
    for message in activity.messages:
        if wanted in _folded(message.text)[0]:
            return activity.raw_body[slice(*message.span)].strip()
    return ""


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in its plainest form, with the place in `text` that each of its characters comes from."""
    out: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        if char in _MARKS or UNSEEN.match(char):
            continue
        plain = " " if char.isspace() else "-" if char in _DASHES else char.translate(_ALIKE).casefold()
        if plain == " " and out[-1:] in ([], [" "]):
            continue
        out.extend(plain)
        at.extend([place] * len(plain))
    if out[-1:] == [" "]:
        out.pop()
        at.pop()
    return "".join(out), at
