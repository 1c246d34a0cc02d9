"""The commands about tokens for programs: python app.py token add, list, drop."""

from typing import TYPE_CHECKING, Annotated

import typer

from crm.access import Role

if TYPE_CHECKING:
    from api.tokens import Tokens

commands = typer.Typer(help="Tokens by which programs use the HTTP API and MCP.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Who or what uses it; that of a person who may sign in makes it theirs.")]


@commands.command()
def add(
    name: Name,
    scope: Annotated[str, typer.Option(help="read, write or admin: what it may do at the most.")] = "read",
    role: Annotated[Role | None, typer.Option(help="Whose rights it has; empty: the person's, or the scope's.")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3_650, help="After so many days it ends.")] = None,
) -> None:
    """Make a token. It is shown once and kept as a hash only."""
    from api.caller import Grant
    from crm.errors import BadSetting

    if scope not in list(Grant):
        raise BadSetting(f"{scope} is no scope. Allowed are {', '.join(Grant)}.")
    typer.echo(_tokens().add(name, Grant(scope), role, days))
    typer.echo("Keep it now: it is not shown again. Send it as: Authorization: Bearer TOKEN", err=True)


@commands.command(name="list")
def list_() -> None:
    """Show every token that was made and not dropped, without what opens it."""
    tokens = _tokens().all()
    for token in tokens:
        ends = f", until {token.ends_at[:10]}" if token.ends_at else ""
        typer.echo(f"{token.grant:<6} {token.role:<6} {token.name}  (made {token.made_at[:10]}{ends})")
    if not tokens:
        typer.echo("None yet. Make one with: python app.py token add NAME --scope read")


@commands.command()
def drop(name: Name) -> None:
    """A token opens nothing any more, from the next call on."""
    _tokens().drop(name)
    typer.echo(f"{name} is dropped")


def _tokens() -> "Tokens":
    from api.tokens import Tokens
    from crm.people.users import Users
    from settings import read_settings

    settings = read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Tokens(settings.data_dir, Users(settings.users_file))
