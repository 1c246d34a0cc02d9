"""The commands about accounts that are one company: python app.py accounts join, apart."""

from typing import Annotated

import typer

from cli.terminal import opened
from crm.errors import Stopped

commands = typer.Typer(help="Say that two accounts are one company, and take that back.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(help="The account's id or exact name.")]


@commands.command()
def join(
    joined: Named,
    into: Annotated[str, typer.Argument(help="The account that stays, under its name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Make the first account part of the second: its records move, and later imports that name it follow."""
    from crm.intake.joining import Joinable

    with opened(no_llm=True) as house:
        ids = house.account(joined).id, house.account(into).id
        told = house.joining(Joinable.ACCOUNT, *ids)
        moved = f"{told.activities:,} activities, {told.deals:,} deals and {told.contacts:,} contacts"
        typer.echo(f"{told.joined} becomes part of {told.into}: {moved} move.")
        if not yes and not typer.confirm("Join them?"):
            raise Stopped("Nothing was changed.")
        house.join(Joinable.ACCOUNT, *ids)
        typer.echo(f'They are joined. To take that back: python app.py accounts apart "{told.joined}"')


@commands.command()
def apart(joined: Named) -> None:
    """Take an account that was joined into another out again, with all that was its own."""
    from crm.intake.joining import Joinable

    with opened(no_llm=True) as house:
        name = house.take_apart(Joinable.ACCOUNT, house.joined_account(joined).id)
        typer.echo(f"{name} is an account of its own again")
