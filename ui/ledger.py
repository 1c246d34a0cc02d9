"""An import's ledger as HTML: every row of the file accounted for."""

from typing import TYPE_CHECKING

from ui.show import words, written
from ui.tongue import amid, figure, heard, said

if TYPE_CHECKING:
    from crm.intake.ledger import Intake


SOURCES = frozenset({"csv", "hubspot", "salesforce", "pipedrive", "mailbox", "demo"})


def ledger_card(intake: "Intake") -> str:
    """read = stored + duplicate + unchanged + refused, with what else is worth knowing."""
    sums = (("stored", intake.stored), ("duplicate", intake.duplicate), ("unchanged", intake.unchanged))
    cells = "".join(
        _cell(name, count, "+" if n else "=") for n, (name, count) in enumerate((*sums, ("refused", intake.refused)))
    )
    wrong = "" if intake.adds_up else f'<p class="notice">{written("ledger.wrong")}</p>'
    return (
        f'<section class="ledger" aria-label="{written("ledger.title")}"><h3>{written("ledger.what")}</h3>'
        f'<div class="sum">{_cell("read", intake.read, "")}{cells}</div>{wrong}{_remarks(intake)}</section>'
    )


def refusals_table(intake: "Intake", most: int) -> list[list[str]]:
    """Line and reason of the first refused rows."""
    return [[str(r.line), heard(r.reason)] for r in intake.first_refusals(most)]


def _cell(name: str, count: int, sign: str) -> str:
    before = f'<span class="sign">{sign}</span>' if sign else ""
    shown = f"<b>{figure(count)}</b><i>{written(f'ledger.{name}')}</i>"
    return f'{before}<span class="cell {name if count else "none"}">{shown}</span>'


def source_told(name: str) -> str:
    """The system that a file came from, as one calls it."""
    return said(f"imports.{name}") if name in SOURCES else name


def _remarks(intake: "Intake") -> str:
    told = [said("ledger.read_as", record=amid(said(f"imports.{intake.record}")), source=source_told(intake.source))]
    if not intake.finished:
        told.append(said("ledger.unfinished"))
    if intake.resumed:
        told.append(said("ledger.resumed"))
    if intake.changed:
        told.append(said("ledger.changed", n=intake.changed))
    if intake.unmatched:
        key = "unmatched" if intake.record == "activities" else "unmatched_rows"
        told.append(said(f"ledger.{key}", n=intake.unmatched))
    if intake.unknown_columns:
        told.append(said("ledger.columns", names=", ".join(intake.unknown_columns)))
    told += map(heard, intake.notices)
    lines = "".join(f"<li>{words(line)}</li>" for line in told)
    return f"<ul>{lines}</ul>"
