"""Commands about conversations: list, show, take away, delete; what people thought of the answers."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import opened
from crm.errors import BadFile

commands = typer.Typer(no_args_is_help=True)
talks = typer.Typer(no_args_is_help=True, help="People's conversations: list, show, export, delete.")
commands.add_typer(talks, name="conversations")
Of = Annotated[str, typer.Option("--of", help="Whose; empty: those of nobody who signed in.")]
Id = Annotated[str, typer.Argument(help="The id that `list` shows.")]


@talks.command(name="list")
def list_(of: Of = "", words: Annotated[str, typer.Option(help="Only those that hold these words.")] = "") -> None:
    """The conversations, newest first."""
    with opened() as house:
        for entry in house.listed(of, words):
            typer.echo(f"{entry.id}  {entry.at:%Y-%m-%d %H:%M}  {entry.turns:>4}  {entry.title}")


@talks.command()
def show(conversation: Id, of: Of = "") -> None:
    """One conversation as Markdown, with its sources."""
    with opened() as house:
        typer.echo(house.exported(of, conversation), nl=False)


@talks.command()
def export(conversation: Id, out: Annotated[Path, typer.Argument(help="A file to write.")], of: Of = "") -> None:
    """One conversation into a Markdown file."""
    with opened() as house:
        told = house.exported(of, conversation)
    try:
        out.write_text(told, encoding="utf-8")
    except OSError as err:
        raise BadFile(f"{out} cannot be written: {err.strerror}. Choose another place.") from err
    typer.echo(f"The conversation is in {out}")


@talks.command()
def delete(
    conversation: Id, of: Of = "", yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Delete one conversation for good."""
    with opened() as house:
        title = house.conversation(of, conversation).title
        if not yes:
            typer.confirm(f"Delete “{title}”?", abort=True)
        house.drop(of, conversation)
        typer.echo(f"“{title}” is deleted")


@commands.command()
def feedback() -> None:
    """How many answers people liked, and the questions whose answers they did not."""
    from crm.records.conversations import Thumb  # SQLAlchemy takes half a second: not for --help

    with opened() as house:
        opinions = house.opinions()
    counts = Counter((opinion.route, opinion.thumb) for opinion in opinions)
    liked = sum(opinion.thumb is Thumb.UP for opinion in opinions)
    typer.echo(f"{liked} liked, {len(opinions) - liked} not")
    for route in sorted({opinion.route for opinion in opinions}):
        typer.echo(
            f"  {route or 'unfinished':<20} {counts[route, Thumb.UP]:>4} liked {counts[route, Thumb.DOWN]:>4} not"
        )
    for opinion in opinions:
        if opinion.thumb is Thumb.DOWN:
            said = f"\n    {opinion.comment}" if opinion.comment else ""
            typer.echo(f"- {opinion.at:%Y-%m-%d} {' '.join(opinion.question.split())}{said}")
