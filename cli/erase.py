"""The commands by which data go for good: forget a person, retention."""

from typing import Annotated

import typer

from cli.terminal import opened
from crm.errors import Stopped

commands = typer.Typer()


@commands.command()
def forget(
    contact: Annotated[str, typer.Argument(help="The person's mail address, id or name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Remove a person from the store, the index, the caches and the data folder; they are refused at later imports.

    It cannot be undone. Records that the person is on go as a whole; where others mention them, they are blacked out.
    """
    with opened(no_llm=True) as house:
        typer.echo(house.whom(contact).told)
        if not yes and not typer.confirm("Forget this person for good?"):
            raise Stopped("Nothing was changed.")
        typer.echo(house.forget(contact).to_text())
        typer.echo("Backups, and files outside the data folder, are yours to clean.")


@commands.command()
def retention(apply: Annotated[bool, typer.Option("--apply", help="Erase them, for good.")] = False) -> None:
    """Show what is older than playbook/retention.yaml allows; with --apply it is erased."""
    with opened(no_llm=True) as house:
        went = house.retain() if apply else None
        for one in went.aged if went else house.aged():
            typer.echo(f"{one.count:>9,}  {one.kind}, older than {one.days:,} days")
        for path in went.files if went else ():
            typer.echo(f"{path.name} held such a record, or could not be looked into, and went too.")
        typer.echo(
            "They are erased." if apply else "Nothing was changed. To erase them: python app.py retention --apply"
        )
