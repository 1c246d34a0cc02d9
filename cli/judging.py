"""The commands that judge files: audit, evaluate."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal import Bar, Json, opened
from crm.errors import Stopped

commands = typer.Typer()
NoModel = Annotated[bool, typer.Option("--no-llm", help="Send nothing to a model.")]


@commands.command()
def audit(
    file: Annotated[Path | None, typer.Argument(help="A CSV of activities.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write one verdict per row: .csv, .xlsx, .jsonl or .parquet.")
    ] = None,
    store: Annotated[bool, typer.Option("--store", help="Instead of a file: all that is in the store.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the input's other columns in the result.")] = False,
    formulas: Annotated[bool, typer.Option("--formulas", help="Leave cells that a spreadsheet would run.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Also keep the file's records and their verdicts in the store.")
    ] = False,
    no_llm: NoModel = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Ask the model in Gemini's batch mode first: half the price, up to a day.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write the figures of the run here, as JSON.")] = None,
) -> None:
    """Judge every row of a file, or the store: ENGAGED, NOT ENGAGED or ND, with the words that prove it.

    Ctrl-C stops it; the same command goes on from there.
    """
    if store == bool(file):
        raise typer.BadParameter("Give a file, or --store, and not both.")
    if out is None:
        raise typer.BadParameter("Say where the verdicts go: --out verdicts.csv")
    from house import Wanted

    wanted = Wanted(out, neutral=not formulas, keep=keep, record=record)
    began = datetime.now(UTC)
    with opened(no_llm=no_llm) as house, _stoppable(out):
        if expected := house.expected_cost(file):
            typer.echo(expected)
        if batch:
            house.ask_in_batch(file, typer.echo, Bar())
        done = house.audit_file(file, wanted, Bar()) if file else house.audit_store(wanted, Bar())
        typer.echo(done.to_text())
        if expected:
            typer.echo(house.spent_since(began))
        if report:
            report.write_text(done.to_json() + "\n", encoding="utf-8")


@commands.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A CSV of activities that people have labelled.")],
    label_column: Annotated[str, typer.Option(help="The column with their labels.")] = "human_label",
    no_llm: NoModel = False,
    as_json: Json = False,
) -> None:
    """Measure the verdicts against people's labels: per class, per rule, with intervals."""
    with opened(no_llm=no_llm) as house:
        measured = house.evaluate(file, label_column)
        typer.echo(measured.to_json() if as_json else measured.to_text())


@contextmanager
def _stoppable(out: Path) -> Iterator[None]:
    """Ctrl-C ends an audit with a sentence on how to go on, or how to give it up."""
    try:
        yield
    except KeyboardInterrupt as err:
        left = ", ".join(sorted(path.name for path in out.parent.glob(f"{out.name}.*.part")))
        gone = f" To give it up, delete {left}." if left else ""
        raise Stopped(
            f"Stopped. What was judged is kept: run the same command again, and it goes on from there.{gone}"
        ) from err
