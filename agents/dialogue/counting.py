"""How many the last answer listed: "how many are there?", "wie viele sind das?"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from agents.report_sections import Section
from crm.nouns import Brief, Manner, Question, Turn

GROUPS = ("talking", "quiet", "never")  # of the accounts, as engagement_many tells them
UNCLEAR = "unclear"  # said beside those that never talked, where there are any
LISTS = frozenset({"engagement_check", "activity_audit", "lead_priority", "pipeline_insights"})


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of a kind: talking, quiet, never, unclear, calls, records, leads or lines.

    `of` is among how many, where not all were listed.
    """

    kind: str
    number: int
    of: int = 0


def asks_count(text: str) -> bool:
    """Whether it asks for a number and names nothing to count."""
    words = words_of(text)
    asks = word_list("asks")
    while words and words[0] in asks["then"]:
        words = words[1:]
    size = next((n for n in (2, 1) if " ".join(words[:n]) in asks["counting"]), 0)
    if not size and words and words[-1] in asks["counting"]:  # "il y en a combien"
        words, size = [words[-1], *words[:-1]], 1
    return size > 0 and all(word in asks["counted"] | asks["polite"] for word in words[size:])


def listing(history: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns up to the newest that was no such count itself."""
    while history and asks_count(history[-1].question):
        history = history[:-1]
    return history


def counts_in(brief: Brief) -> tuple[Counted, ...]:
    """What the brief lists, counted by code; nothing where it lists nothing."""
    return tuple(_counts(brief))


def counted(question: Question, found: tuple[Counted, ...], listed: Brief) -> Brief:
    """The counts as a brief of their own."""
    facts: dict[str, object] = {name: listed.facts.get(name) for name in ("as_of", "considered", "until")}
    facts["counts"] = list(found)
    return Brief("counted", question.text, facts, manner=Manner(question.language), suggestions=listed.suggestions)


def _counts(brief: Brief) -> Iterator[Counted]:
    facts = brief.facts
    if facts.get("many"):
        lead = facts.get("lead")
        if lead == "calls":
            yield Counted("calls", _size(facts["calls"]))
            return
        yield from (Counted(g, _number(facts[f"{g}_count"])) for g in ((lead,) if lead in GROUPS else GROUPS))
        if lead not in ("talking", "quiet") and (unclear := _number(facts[f"{UNCLEAR}_count"])):
            yield Counted(UNCLEAR, unclear)
    elif brief.task == "activity_list":
        yield Counted("records", _number(facts["count"]))
    elif brief.task == "lead_priority":
        yield Counted("leads", _size(facts["rows"]), _number(facts["considered"]))
    elif len(brief.figures) > 1:
        whole = [one.of for one in _listed(facts.get("sections"))[:1] if isinstance(one, Section)]
        yield Counted("lines", len(brief.figures), *whole)


def _listed(fact: object) -> Sequence[object]:
    return fact if isinstance(fact, list) else ()


def _size(fact: object) -> int:
    return len(_listed(fact))


def _number(fact: object) -> int:
    return fact if isinstance(fact, int) else 0
