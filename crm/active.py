"""What of the playbook is in use: the model, the prompt versions, which tasks never go to a model.

A model that its vendor switches off is announced 60 days before and refused after.
"""

from datetime import date
from pathlib import Path

from crm.errors import BadSetting
from crm.playbook import Page, read_yaml

WARN_DAYS = 60


class Model(Page):
    """A model with the day from which its vendor no longer serves it."""

    name: str
    retires: date | None = None
    then: str = ""


class Active(Page):
    """The playbook's active.yaml. `prompts` says which version of each task's prompt is sent to a model."""

    model: str
    prompts: dict[str, str]
    template_only: frozenset[str]
    models: tuple[Model, ...]

    @classmethod
    def read(cls, playbook: Path) -> "Active":
        return read_yaml(playbook / "active.yaml", cls)

    def notice(self, name: str, today: date) -> str:
        """What to know about "provider:model" today, or nothing. Raises BadSetting once it is switched off."""
        known = next((m for m in self.models if m.name == name.partition(":")[2]), None)
        if known is None or known.retires is None:
            return ""
        instead = f" Use {known.then} instead: set CRM_LLM=google_genai:{known.then}." if known.then else ""
        days = (known.retires - today).days
        if days <= 0:
            raise BadSetting(f"{known.name} was switched off by its vendor on {known.retires}.{instead}")
        if days <= WARN_DAYS:
            return f"{known.name} will be switched off by its vendor on {known.retires}, in {days} days.{instead}"
        return ""
