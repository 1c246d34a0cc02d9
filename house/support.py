"""Verbs that tell what is in use, for the person at the window and for whoever helps them."""

import platform
import re
import sqlite3
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crm.access import Right
from crm.active import Active
from crm.errors import CrmError
from house.health import Check, Condition
from house.rights import needs
from settings import HERE
from wiring import PLAYBOOK

PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(\.[A-Za-z][\w-]*)+")
UNTOLD = ("our side",)  # parts whose detail names people or companies
WHERE = "…"


@dataclass(frozen=True, slots=True)
class Used:
    """One thing that is in use; `knob` names the setting that changes it; `warning`: something must be done."""

    what: str
    told: str
    knob: str = ""
    warning: bool = False


class Support(Condition):
    """What is in use, and how it is."""

    @needs(Right.MANAGE)
    def in_use(self) -> list[Used]:
        """What the page of settings shows at once: nothing is opened for it."""
        s = self.settings
        store = s.database_url.partition(":")[0] or "SQLite in the data folder"
        served = f"{s.host}:{s.port}, {'with sign-in' if s.auth else 'on this machine only, without sign-in'}"
        return [
            Used("Version", f"{version()}, Python {platform.python_version()}"),
            self._model(),
            *self._masks(),
            Used("Data folder", str(s.data_dir), "CRM_DATA_DIR"),
            Used("Store", store, "CRM_DATABASE_URL"),
            Used("Workers", s.workers, "CRM_WORKERS"),
            Used("Served on", served, "CRM_HOST, CRM_PORT, CRM_AUTH"),
            Used("Playbook", str(PLAYBOOK)),
        ]

    @needs(Right.MANAGE)
    def support_text(self, checks: Sequence[Check]) -> str:
        """What a helper needs to know, without names, addresses, domains or folders."""
        system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        lines = [f"version {version()}, {system}, SQLite {sqlite3.sqlite_version}"]
        for check in checks:
            detail = "not told" if check.part in UNTOLD and check.ok else self._scrubbed(check.detail)
            lines.append(f"{'ok' if check.ok else 'NOT OK'}  {check.part}: {detail}")
        return "\n".join(lines)

    def _model(self) -> Used:
        active = Active.read(PLAYBOOK)
        try:
            llm = self.llm
        except CrmError as err:
            return Used("Model", str(err), "CRM_LLM", warning=True)
        if llm is None:
            told = f"none: templates write, and nothing leaves this machine. With a key it would be {active.model}"
            return Used("Model", told, "CRM_LLM, GOOGLE_API_KEY")
        notice = active.notice(llm.name, datetime.now(UTC).date())
        known = next((m for m in active.models if m.name == llm.name.partition(":")[2]), None)
        end = f"its vendor ends it on {known.retires}" if known and known.retires else "no end is announced"
        return Used("Model", f"{llm.name}; {notice or end}", "CRM_LLM", warning=bool(notice))

    def _masks(self) -> list[Used]:
        """Whether names are masked before they leave, where there is such a setting."""
        mask = getattr(self.settings, "mask", "")
        told = {"on": "on: names, addresses and numbers never leave", "off": "off: a model gets them as they are"}
        return [Used("Masks", told.get(mask, str(mask)), "CRM_MASK", warning=mask == "off")] if mask else []

    def _scrubbed(self, detail: str) -> str:
        detail = PERSONAL.sub(WHERE, detail)
        for folder in (self.settings.data_dir, HERE, Path.home()):
            detail = detail.replace(str(folder), WHERE)
        for domain in self.ours.domains:
            detail = detail.replace(domain, WHERE)
        return detail


def version() -> str:
    """The project's number, as pyproject.toml has it."""
    return str(tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
