"""What the labels mean: the playbook's labels.yaml, shared by prompt, evaluation, window."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from crm.nouns import Engagement, Kind, Side
from crm.playbook import Page, read_yaml

FILE = "rules/labels.yaml"
_BETWEEN = re.compile(r"[\s_\-]+")


class Meaning(Page):
    """One label: what it means, what counts as it, how people spell it."""

    name: Engagement
    meaning: str
    counts: tuple[str, ...]
    spellings: tuple[str, ...]


class Case(Page):
    """An edge case with the reading that holds."""

    record: str
    label: Engagement
    why: str


class Control(Page):
    """A record nobody can mistake."""

    kind: Kind
    subject: str
    body: str
    side: Side
    label: Engagement


class Guide(Page):
    """The labelling guide. `commands` are words of a record that talk to a judge."""

    labels: tuple[Meaning, ...]
    principles: tuple[str, ...]
    cases: tuple[Case, ...]
    commands: tuple[str, ...]
    controls: Annotated[tuple[Control, ...], Field(min_length=2)]

    @classmethod
    def read(cls, playbook: Path) -> "Guide":
        """Raises BadPlaybook."""
        return read_yaml(playbook / FILE, cls)

    @model_validator(mode="after")
    def _whole(self) -> "Guide":
        if {m.name for m in self.labels} != set(Engagement) or len(self.labels) != len(Engagement):
            raise ValueError("labels must define each of ENGAGED, NOT ENGAGED, ND once")
        spellings = [s for m in self.labels for s in m.spellings]
        if len(spellings) != len(set(spellings)):
            raise ValueError("a spelling stands under two labels")
        if len({c.label for c in self.controls}) < 2:
            raise ValueError("the controls must hold at least two different labels")
        return self

    def label(self, typed: str) -> Engagement | None:
        """The label that somebody meant by what they typed; None when it is none of the three."""
        folded = _BETWEEN.sub(" ", typed).strip(" .!\"'").casefold()
        for meaning in self.labels:
            if folded in meaning.spellings or folded == meaning.name.casefold():
                return meaning.name
        return None

    def commands_in(self, text: str) -> bool:
        """Whether the text talks to a judge."""
        low = text.casefold()
        return any(word in low for word in self.commands)
