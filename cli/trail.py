"""The commands about the audit trail: python app.py trail, trail verify, trail export."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import opened

if TYPE_CHECKING:
    from crm.records.trail_entry import Sought

commands = typer.Typer(help="Who did what, when: list, verify, export.", invoke_without_command=True)
Who = Annotated[str, typer.Option(help="Only what this person did.")]
What = Annotated[str, typer.Option(help="Only this: import, correction, export, erasure, sign-in ...")]
About = Annotated[str, typer.Option(help="Only what was done to this id.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, in UTC.")]


@commands.callback()
def bare(context: typer.Context) -> None:
    """Without a word more: the newest rows."""
    if context.invoked_subcommand is None:
        list_()


@commands.command(name="list")
def list_(who: Who = "", what: What = "", about: About = "", since: Day = None, until: Day = None) -> None:
    """Show what was done, the newest last."""
    with opened(no_llm=True) as house:
        rows = house.trail(_sought(who, what, about, since, until))
        for row in reversed(rows):
            typer.echo(row.to_text())
        if not rows:
            typer.echo("Nothing of that is on the trail.")


@commands.command()
def verify() -> None:
    """Check every row against the one before; name the first that was altered. Ends with 1 when one was."""
    with opened(no_llm=True) as house:
        found = house.trail_verified()
        typer.echo(found.to_text())
    if not found.whole:
        raise typer.Exit(1)


@commands.command()
def export(
    out: Annotated[Path, typer.Argument(help="The CSV to write.")],
    who: Who = "",
    what: What = "",
    about: About = "",
    since: Day = None,
    until: Day = None,
) -> None:
    """Write the rows to a CSV, oldest first."""
    with opened(no_llm=True) as house:
        count = house.trail_csv(out, _sought(who, what, about, since, until))
        typer.echo(f"{count:,} rows are in {out}")


def _sought(who: str, what: str, about: str, since: datetime | None, until: datetime | None) -> "Sought":
    from crm.records.trail_entry import Sought

    return Sought(who, what, about, since.date() if since else None, until.date() if until else None)
