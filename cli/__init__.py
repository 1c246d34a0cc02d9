"""The same house from a terminal: every command is a few lines over the parts that the window uses."""

import sys

import typer

from cli import accounts, asking, conversations, erase, importing, judging, learn, people, serving, tokens, trail
from crm.errors import CrmError, Stopped
from crm.garbage_collection import collect_seldom

INTERRUPTED = 130  # what shells expect of a program that Ctrl-C ended
app = typer.Typer(
    help="Tells real conversations from noise in a CRM's activity log, with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (serving, importing, judging, asking, learn, erase):
    app.add_typer(room.commands)
app.add_typer(accounts.commands, name="accounts")
app.add_typer(people.commands, name="user")
app.add_typer(tokens.commands, name="token")
app.add_typer(trail.commands, name="trail")
app.add_typer(conversations.commands)


def run(argv: list[str]) -> None:
    """One command. A CrmError is told in its own sentence and ends with 1; anything else is a bug and crashes."""
    collect_seldom()
    try:
        app(argv, prog_name="python app.py")
    except Stopped as err:
        typer.echo(f"\n{err}", err=True)
        sys.exit(INTERRUPTED)
    except CrmError as err:
        typer.echo(f"error: {err}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        sys.exit(INTERRUPTED)
