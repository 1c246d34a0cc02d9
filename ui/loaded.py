"""What became of several files that were loaded together, a line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.show import words, written
from ui.tongue import amid, said

if TYPE_CHECKING:
    from crm.intake.ledger import Intake


@dataclass(frozen=True, slots=True)
class Loaded:
    """A part with its ledger; or with why it was not imported."""

    name: str
    intake: "Intake | None"
    trouble: str = ""


def loaded_card(parts: Sequence[Loaded]) -> str:
    """The lines, with what to do where a part could not be read."""
    lines = "".join(f"<li>{words(_line(part))}</li>" for part in parts)
    say = f'<p class="hint">{written("imports.part_say")}</p>' if any(part.trouble for part in parts) else ""
    return f'<section class="ledger" id="loaded"><ul>{lines}</ul>{say}</section>' if parts else ""


def to_open(parts: Sequence[Loaded]) -> "Intake | None":
    """The ledger with most to say: of activities, which may name companies without accounts; else the last."""
    done = [part.intake for part in parts if part.intake]
    return next((one for one in reversed(done) if one.record == "activities"), done[-1] if done else None)


def _line(part: Loaded) -> str:
    done = part.intake
    if done is None:
        return said("imports.part_failed", name=part.name, reason=part.trouble)
    record = amid(said(f"imports.{done.record}"))
    counts = {"read": done.read, "stored": done.stored, "refused": done.refused}
    return said("imports.part_done", name=part.name, record=record, **counts)
