"""An import's ledger as HTML: every row of the file accounted for."""

from typing import TYPE_CHECKING

from ui.show import figure, words

if TYPE_CHECKING:
    from crm.intake.ledger import Intake


SOURCE = {"csv": "a plain table", "hubspot": "HubSpot", "salesforce": "Salesforce", "demo": "the demo CRM"}


def ledger_card(intake: "Intake") -> str:
    """read = stored + duplicate + unchanged + refused, with what else is worth knowing."""
    sums = (("stored", intake.stored), ("duplicate", intake.duplicate), ("unchanged", intake.unchanged))
    cells = "".join(
        _cell(name, count, "+" if n else "=") for n, (name, count) in enumerate((*sums, ("refused", intake.refused)))
    )
    wrong = "" if intake.adds_up else '<p class="notice">The ledger does not add up: please report this.</p>'
    return (
        f'<section class="ledger" aria-label="Ledger"><h3>What became of the file</h3>'
        f'<div class="sum">{_cell("rows read", intake.read, "")}{cells}</div>{wrong}{_remarks(intake)}</section>'
    )


def refusals_table(intake: "Intake", most: int) -> list[list[str]]:
    """Line and reason of the first refused rows."""
    return [[str(r.line), r.reason] for r in intake.first_refusals(most)]


def _cell(name: str, count: int, sign: str) -> str:
    before = f'<span class="sign">{sign}</span>' if sign else ""
    return (
        f'{before}<span class="cell {name.split()[-1] if count else "none"}"><b>{figure(count)}</b><i>{name}</i></span>'
    )


def _remarks(intake: "Intake") -> str:
    told = [f"Read as {intake.record} of {SOURCE.get(intake.source, intake.source)}."]
    if not intake.finished:
        told.append("It did not come to its end. Import the same file again: it goes on where it stopped.")
    if intake.resumed:
        told.append("It went on where an earlier import of the same file had stopped.")
    if intake.changed:
        told.append(f"{figure(intake.changed)} stored rows replaced an older version; the older one is kept.")
    if intake.unmatched:
        told.append(f"{figure(intake.unmatched)} activities match no account; they stay findable by their text.")
    if intake.unknown_columns:
        told.append(f"Unknown columns, kept as they are: {', '.join(intake.unknown_columns)}.")
    told += intake.notices
    lines = "".join(f"<li>{words(line)}</li>" for line in told)
    return f"<ul>{lines}</ul>"
