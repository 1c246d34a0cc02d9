"""The commands by which the verdicts get better: correct, history, review, learn, drift."""

import getpass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal import Bar, opened
from crm.quoting import excerpt, folded

if TYPE_CHECKING:
    from crm.engagement.review import Reviewed

SHOWN = 160  # characters of a record in a list
commands = typer.Typer()


@commands.command()
def correct(
    activity_id: Annotated[str, typer.Argument(help="The activity's id: as the export has it, or in full.")],
    label: Annotated[str, typer.Argument(help="ENGAGED, NOT ENGAGED or ND.")] = "",
    why: Annotated[str, typer.Option(help="The reason, for whoever reads it next.")] = "",
    by: Annotated[str, typer.Option(help="Who says so; empty: the name you are logged in with.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the last correction of this activity back.")] = False,
) -> None:
    """Say what an activity really is. A person's label wins over every judge, at once and from now on."""
    if undo == bool(label):
        raise typer.BadParameter("Give a label, or --undo, and not both.")
    with opened(no_llm=True) as house:
        told = (
            house.take_back(activity_id, by or _me()) if undo else house.correct(activity_id, label, why, by or _me())
        )
        typer.echo(told)


@commands.command()
def history(activity_id: Annotated[str, typer.Argument(help="The activity's id.")]) -> None:
    """Show every verdict that an activity ever had, the newest first: by whom, when, why."""
    with opened(no_llm=True) as house:
        events = house.history(activity_id)
        for event in events:
            typer.echo(event.to_text())
        if not events:
            typer.echo("It was never judged.")


@commands.command()
def review(k: Annotated[int, typer.Option("-k", min=1, max=500, help="How many at the most.")] = 20) -> None:
    """List the activities that are most useful to look at: the least certain, the most common pattern first."""
    with opened() as house:
        found = house.review(k)
        for one in found:
            typer.echo(_reviewed(one))
        typer.echo(
            'Say what one of them is: python app.py correct ID LABEL --why "..."; then: python app.py learn'
            if found
            else "There is nothing to review: the store is empty, or people have labelled all of it."
        )


@commands.command()
def learn(
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the model before the last lesson.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Use the new model even if it is surely worse.")] = False,
) -> None:
    """Train the small model anew with people's corrections, and show what that changes on rows it has not seen."""
    with opened(no_llm=True) as house:
        if undo:
            lesson = house.unlearn()
            what = (
                f"the {len(lesson.records):,} corrections of {lesson.at:%Y-%m-%d %H:%M}" if lesson else "no corrections"
            )
            typer.echo(f"The model that learned from {what} is in use again.")
            return
        typer.echo(house.learn(Bar(), anyway).to_text())


@commands.command()
def drift(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only activities from this day on.")
    ] = None,
) -> None:
    """Compare the newest activities with what the judges learned from; say whether to learn anew."""
    with opened() as house:
        typer.echo(house.drift(since.date() if since else None).to_text())


def _reviewed(one: "Reviewed") -> str:
    verdict, activity = one.verdict, one.activity
    like = f", like {one.alike - 1:,} more" if one.alike > 1 else ""
    day = f"{activity.at:%Y-%m-%d}" if activity.at else "undated"
    lines = [f"{activity.id}  {day}  {verdict.engagement}, {verdict.confidence:.0%} sure{like}"]
    if one.earlier:
        lines.append(f"    {one.earlier.by} had said {one.earlier.verdict.engagement}; the text has changed since")
    lines.append(f"    {excerpt(folded(activity.text), SHOWN)}")
    return "\n".join(lines)


def _me() -> str:
    """The name on this machine; a machine may not know it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
