"""The commands about people who sign in: python app.py user add, list, role, password, remove."""

import getpass
import sys
from typing import Annotated

import typer

from cli.terminal import opened
from crm.access import Role
from crm.errors import BadSetting

commands = typer.Typer(help="Who may sign in, and as what: rep, ops or admin.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="As they sign in; a rep's as the CRM's owner column has it.")]


@commands.command()
def add(name: Name, role: Annotated[Role, typer.Option(help="rep, ops or admin.")]) -> None:
    """Let somebody sign in. The password is asked for, or read from standard input; it is never an argument."""
    password = _password()
    with opened(no_llm=True) as house:
        user, path = house.add_user(name, role, password), house.settings.users_file
        typer.echo(f"{user.name} may sign in as {user.role}. The users file is {path}")
        if house.settings.auth is None:
            typer.echo(f"Signing in is not asked for yet: set CRM_AUTH={path}", err=True)


@commands.command(name="list")
def list_() -> None:
    """Show everybody who may sign in."""
    with opened(no_llm=True) as house:
        users = house.users()
    for user in users:
        typer.echo(f"{user.role:<6} {user.name}  (password of {user.since:%Y-%m-%d})")
    if not users:
        typer.echo("Nobody yet. Begin with: python app.py user add NAME --role admin")


@commands.command()
def role(name: Name, to: Annotated[Role, typer.Argument(help="rep, ops or admin.")]) -> None:
    """Change what somebody may do; it counts from their next click on."""
    with opened(no_llm=True) as house:
        user = house.put_role(name, to)
        typer.echo(f"{user.name} is {user.role} now")


@commands.command()
def password(name: Name) -> None:
    """Set a new password; whoever is signed in with the old one has to sign in again."""
    new = _password()
    with opened(no_llm=True) as house:
        typer.echo(f"{house.put_password(name, new).name} has a new password")


@commands.command()
def remove(name: Name) -> None:
    """Somebody may sign in no longer, and is signed out."""
    with opened(no_llm=True) as house:
        typer.echo(f"{house.remove_user(name).name} may not sign in any more")


def _password() -> str:
    """From a person, typed twice and not shown; else the first line of standard input. Raises BadSetting."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise BadSetting("The two are not the same. Nothing was changed.")
    return first
