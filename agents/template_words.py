"""What a task's own template writes: words that are no strangers in its answers."""

import re
from functools import cache

from agents.reading.tokens import tokens, words_of
from agents.reading.wordlists import PLAYBOOK
from crm.tongue import Tongue

SAID = "| said"  # how a template prints a sentence of the playbook's words/said.yaml
CODE = re.compile(r"\A---.*?\n---\n|\{[%{].*?[%}]\}", re.DOTALL)  # a template's header and its holes


@cache
def template_words(task: str, language: str) -> frozenset[str]:
    """The words and figures that the task's own template writes, which are no strangers in its answers."""
    return frozenset(t.plain for text in _written(task, language) for t in tokens(text))


@cache
def template_text(task: str, language: str) -> str:
    """The same as one text of plain words, with a blank at both ends."""
    return "".join(f" {' '.join(words_of(text))} " for text in _written(task, language))


def _written(task: str, language: str) -> list[str]:
    folder = PLAYBOOK / "templates"
    paths = [folder / f"{task}.{language}.md", folder / f"{task}.en.md"]
    texts = [p.read_text(encoding="utf-8") for p in paths if p.is_file()]
    said = Tongue.of(PLAYBOOK, language).words if any(SAID in text for text in texts) else ()
    glued = [CODE.sub(_literals, text) for text in texts]  # "schrieb{% if many %}en{% endif %}" is one word
    apart = [CODE.sub(lambda code: f" {_literals(code)} ", text) for text in texts]  # "{% if %}a{% else %}b" are two
    return [*glued, *apart, *said]


def _literals(code: re.Match[str]) -> str:
    return " ".join(re.findall(r'"([^"]*)"', code.group()))
