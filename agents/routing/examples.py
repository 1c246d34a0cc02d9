"""The example questions that teach the router: `playbook/routes`, one file a route.

Only reads and fills them; learning is in `router_model.py`.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agents.reading.language import language_of
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import PLAYBOOK, by_language, entries
from crm.errors import BadPlaybook
from crm.playbook import Page, read_yaml

ROUTES = PLAYBOOK / "routes"
SLOTS = frozenset({"account", "contact", "rep", "id", "period", "topic"})
SLOT = re.compile(r"\{(\w+)\}")
TOPICS_EACH = 2  # a topic question is learned with this many subjects, so that no one subject owns the route


class RoutePage(Page):
    """One route: what it is for, and questions, one a line, under the idea they share."""

    route: str
    about: str
    ideas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its route; `idea` joins paraphrases, which must not be parted when measuring."""

    text: str
    route: str
    idea: str


def examples(folder: Path = ROUTES) -> list[Example]:
    """Every example in file order, topics filled in, the other slots still as `{account}`. Raises BadPlaybook."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise BadPlaybook(f"There are no example questions in {folder.name}/: the router has nothing to learn from.")
    return [example for path in paths for example in _of_page(path)]


def ordinary_words(folder: Path = ROUTES) -> frozenset[str]:
    """Every word that examples use: a question may use them without naming anybody. Read as plain text, for speed."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml")))
    return frozenset(words_of(SLOT.sub(" ", text)))


def _of_page(path: Path) -> Iterator[Example]:
    page = read_yaml(path, RoutePage)
    for idea, lines in page.ideas.items():
        for line in filter(None, map(str.strip, lines.splitlines())):
            unknown = set(SLOT.findall(line)) - SLOTS
            if unknown:
                raise BadPlaybook(f"{path.name}: {line!r} has a slot {unknown.pop()!r}; known are {sorted(SLOTS)}.")
            for text in _with_topics(line.replace("\\n", "\n")):
                yield Example(text, page.route, f"{page.route}/{idea}")


def _with_topics(line: str) -> Iterator[str]:
    if "{topic}" not in line:
        yield line
        return
    topics = _topics(language_of(SLOT.sub(" ", line)))
    first = zlib.crc32(plain(line).encode()) % len(topics)
    for step in range(TOPICS_EACH):
        yield line.replace("{topic}", topics[(first + step * 7) % len(topics)])


def _topics(language: str) -> list[str]:
    return entries(by_language("topics")[language]["words"])
