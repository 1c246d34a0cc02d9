"""The commands about accounts that are one company: python app.py accounts duplicates, join, apart."""

from typing import Annotated

import typer

from cli.terminal import opened
from crm.errors import Stopped

commands = typer.Typer(help="Say that two accounts are one company, and take that back.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(help="The account's id or exact name.")]


@commands.command()
def duplicates() -> None:
    """List the accounts that may be one company: bring each pair together with join, or keep them apart."""
    from crm.intake.joining import Joinable

    with opened(no_llm=True) as house:
        pairs = [pair for pair in house.possible_duplicates() if pair.kind is Joinable.ACCOUNT]
        for pair in pairs:
            told = house.joining(pair.kind, pair.joined.id, pair.into.id)
            typer.echo(f'accounts join "{pair.joined.id}" "{pair.into.id}"    # {told.joined} into {told.into}')
        if not pairs:
            typer.echo("No two accounts look like one company")
            return
        count = "1 pair" if len(pairs) == 1 else f"{len(pairs):,} pairs"
        typer.echo(f"{count} may be one company: join makes them one; accounts apart with both ids says they are two")


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
def apart(
    joined: Named,
    other: Annotated[str, typer.Argument(help="A second account: the two are not one; do not ask again.")] = "",
) -> None:
    """Take an account that was joined into another out again, with all that was its own; or say that two are two."""
    from crm.intake.joining import Joinable

    with opened(no_llm=True) as house:
        if other:
            house.keep_apart(Joinable.ACCOUNT, house.account(joined).id, house.account(other).id)
            typer.echo("They are two; nobody is asked again")
            return
        name = house.take_apart(Joinable.ACCOUNT, house.joined_account(joined).id)
        typer.echo(f"{name} is an account of its own again")
