"""The commands by which rows come in: demo, import, undo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import Bar, opened

if TYPE_CHECKING:
    from crm.intake.ledger import Intake

commands = typer.Typer()
REFUSED_SHOWN = 5
HOLDS = ("activities", "emails", "calls", "meetings", "accounts", "contacts", "deals", "leads", "reps")


@commands.command()
def demo(
    activities: Annotated[int, typer.Option(min=1_500, help="How many to invent; the stories stay.")] = 5_000,
    out: Annotated[Path | None, typer.Option(help="Write CSV files here instead of loading the store.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the demo out of the store; all else stays.")] = False,
) -> None:
    """Load the demo CRM into the store, take it out again, or write an invented one of any size."""
    if out is not None:
        from crm.demo.build import build
        from wiring import SAMPLES

        build(SAMPLES, activities).write(out)
        typer.echo(f"{activities:,} invented activities with their accounts, contacts, deals and leads are in {out}")
        return
    with opened() as house:
        if remove:
            typer.echo(f"The demo is taken out: {house.undo_demo():,} records touched")
            return
        for intake in house.load_demo(Bar()):
            typer.echo(_ledger(intake))


@commands.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Export files, in any order: CSV, Excel, .mbox, .eml.")],
    source: Annotated[str, typer.Option(help="auto, csv, hubspot, salesforce, pipedrive or mailbox.")] = "auto",
    kind: Annotated[str, typer.Option(help=f"auto, {', '.join(HOLDS)}.")] = "auto",
    refused: Annotated[
        Path | None,
        typer.Option(
            help="Write the refused rows here, with their reasons: of several files each to a file of its own."
        ),
    ] = None,
) -> None:
    """Read export files into the store. After an interruption run it again: it goes on where it stopped."""
    with opened() as house:
        for number, file in enumerate(files, 1):
            intake = house.import_file(file, source, kind, Bar())
            typer.echo(_ledger(intake))
            if refused and intake.refused:
                out = house.refused_csv(intake.import_id, _numbered(refused, number))
                typer.echo(f"The refused rows are in {out}")
        if made := house.add_people():
            typer.echo(f"{made:,} contact{'s' * (made != 1)} made of people whom activities name at their accounts")


@commands.command()
def undo(import_id: Annotated[int, typer.Argument(help="The number that the import's ledger shows.")]) -> None:
    """Take an import back: what it added goes, what it changed is restored."""
    with opened() as house:
        touched = house.undo_import(import_id)
        typer.echo(f"Import {import_id} is taken back: {touched:,} record{'s' * (touched != 1)} touched")


def _numbered(path: Path, number: int) -> Path:
    """r.csv for the first file, r-2.csv for the second."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def _ledger(intake: "Intake") -> str:
    """Every row of the file accounted for, with what a person should know about it."""
    lines = [
        f"import {intake.import_id}: {intake.file_name}, {intake.record} from {intake.source}"
        + (", went on where it had stopped" if intake.resumed else ""),
        f"  read {intake.read:,} = stored {intake.stored:,} + duplicate {intake.duplicate:,}"
        f" + unchanged {intake.unchanged:,} + refused {intake.refused:,}",
    ]
    lines += (
        [f"  {intake.changed:,} of the stored had changed; what they said before is kept"] if intake.changed else []
    )
    lines += [f"  {intake.unmatched:,} belong to no account that we know"] if intake.unmatched else []
    lines += [f"  columns kept raw: {', '.join(intake.unknown_columns)}"] if intake.unknown_columns else []
    lines += [f"  {notice}" for notice in intake.notices]
    lines += [f"  line {r.line} refused: {r.reason}" for r in intake.first_refusals(REFUSED_SHOWN)]
    return "\n".join(lines)
