"""Tells a wish about the answer before ("shorter", "in French", "mention the pilot") from a new question."""

import re
from collections.abc import Iterable, Sequence

from agents.dialogue.counting import asks_count
from agents.dialogue.manner import WRITTEN
from agents.reading.phrases import without
from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import word_list
from crm.nouns import Turn

ANY_TASK = frozenset({"short", "long", "recap", *(f"write_{code}" for code in WRITTEN)})
TONES = frozenset({"professional", "friendly", "urgent", "consultative"})
KINDS = frozenset({"introduction", "follow_up", "proposal", "closing", "reengagement"})
DRAFTS_ONLY = TONES | KINDS | {"softer"}
SECTIONS = ("next", "open", "promises", "risks", "gaps")
LONGEST, SECTION, SUBJECT = 14, 8, 8  # words


def is_wish(text: str, route: str) -> bool:
    """Whether `text` only says how the last answer of that route should change."""
    if is_undo(text):
        return True
    words = words_of(text)
    if not words or len(words) > LONGEST:
        return False
    drafting = route == "email_draft"
    if drafting and _begins(words, "mention"):
        return True
    left, found = _without(words, ANY_TASK | (DRAFTS_ONLY if drafting else frozenset()))
    return found and not [w for w in left if w not in word_list("asks")["polite"]]


def is_undo(text: str) -> bool:
    """Whether the last wish is taken back, and nothing else is said."""
    left, found = _without(words_of(text), {"undo"})
    return found and not [w for w in left if w not in word_list("asks")["polite"]]


def mentioned(text: str) -> str:
    """What a mail should mention too, as it was typed; nothing when it is no such wish."""
    return _behind(text, "mention")


def subject_in(text: str) -> str:
    """What a mail is asked to be about, as it was typed: "about the pilot", "wegen der Rechnung"."""
    said = re.split(r"[,;.!?]", _behind(text, "about"))[0].strip()
    manner = frozenset().union(*(word_list("asks")[group] for group in ANY_TASK | TONES))
    starts = [t.start for t in tokens(said) if t.is_word]
    cut = next((at for at in starts if _starts_with(words_of(said[at:]), manner)), len(said))
    said = said[:cut].strip()
    words = words_of(said)
    return said if 0 < len(words) <= SUBJECT and words[0] not in word_list("asks")["about_nothing"] else ""


def _starts_with(words: Sequence[str], phrases: frozenset[str]) -> bool:
    return any(" ".join(words[:n]) in phrases for n in range(1, 5))


def _behind(text: str, group: str) -> str:
    """What stands behind the first phrase of the group."""
    words = [t for t in tokens(text) if t.is_word]
    for start in range(len(words)):
        for length in range(min(4, len(words) - start), 0, -1):
            if " ".join(t.plain for t in words[start : start + length]) in word_list("asks")[group]:
                return text[words[start + length - 1].end :].strip(" .,:;!?“”\"'")
    return ""


def original(history: Sequence[Turn]) -> tuple[str, tuple[str, ...]]:
    """The question that the last answer goes back to, and the wishes about it that still stand."""
    wishes: list[str] = []
    routes = ["", *(turn.answer.route for turn in history)]  # a wish is about an answer of the same route before it
    for turn, before in zip(reversed(history), reversed(routes[:-1]), strict=True):
        if before == turn.answer.route and is_wish(turn.question, before):
            wishes.insert(0, turn.question)
        elif not is_reason(turn.question) and not asks_count(turn.question):
            return turn.question, standing(wishes)
    return "", standing(wishes)


def standing(wishes: Sequence[str]) -> tuple[str, ...]:
    """The wishes without those that were undone."""
    kept: list[str] = []
    for wish in wishes:
        if is_undo(wish):
            kept = kept[:-1]
        else:
            kept.append(wish)
    return tuple(kept)


def is_reason(text: str) -> bool:
    """Whether the question asks how the answer before is known, and nothing else."""
    words = words_of(text)
    while words and words[0] in word_list("asks")["then"]:
        words = words[1:]
    return " ".join(words) in word_list("asks")["reason"]


def _begins(words: Sequence[str], group: str) -> bool:
    """Whether the text begins with a phrase of the group, polite words aside."""
    phrases = word_list("asks")[group]
    while words and not any(" ".join(words[:n]) in phrases for n in range(4, 0, -1)):
        if words[0] not in word_list("asks")["polite"]:
            return False
        words = words[1:]
    return bool(words)


def is_step(text: str) -> bool:
    """Whether the question only moves in time: "and before that?"."""
    left, found = _without(words_of(text), set(), word_list("asking")["earlier"] | word_list("asking")["later"])
    return found and not [w for w in left if w not in word_list("asks")["then"] | word_list("asks")["polite"]]


def is_section(text: str) -> bool:
    """Whether the question asks for a part of an account's summary: its risks, its open points."""
    return bool(section_in(text))


def section_in(text: str, name: str = "") -> str:
    """The one part of a summary that is asked for, of `SECTIONS`; `name` is whose, and does not count as a word."""
    words = [w for w in words_of(text) if w not in words_of(name)]
    asked = [part for part in SECTIONS if _without(words, {f"part_{part}"})[1]]
    return asked[0] if len(asked) == 1 and len(words) <= SECTION else ""


def _without(words: Sequence[str], groups: Iterable[str], more: frozenset[str] = frozenset()) -> tuple[list[str], bool]:
    """The words without the phrases of these groups, and whether there was one."""
    return without(words, more.union(*(word_list("asks")[group] for group in groups)))
