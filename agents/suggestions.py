"""Follow-up questions to offer, each of which this house can answer."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from crm.playbook import Page, read_yaml

DEFAULT = "en"


class Suggestions(Page):
    """The playbook's suggestions.yaml: language -> agent -> question."""

    languages: dict[str, dict[str, str]]


@cache
def _questions(playbook: Path) -> Mapping[str, Mapping[str, str]]:
    return read_yaml(playbook / "suggestions.yaml", Suggestions).languages


def suggest(
    playbook: Path, language: str, tasks: Sequence[str], account: str = "", activity_id: str = ""
) -> tuple[str, ...]:
    """One question for each task; those that need an account or an id which is not known are left out."""
    questions = _questions(playbook).get(language) or _questions(playbook)[DEFAULT]
    holes = {"{account}": account, "{id}": activity_id}
    wanted = [questions[t] for t in tasks if t in questions]
    usable = [q for q in wanted if all(value for hole, value in holes.items() if hole in q)]
    return tuple(q.replace("{account}", account).replace("{id}", activity_id) for q in usable)
