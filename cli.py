"""The same house from a terminal: every command is a few lines over the parts that the window uses."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cli_erase
import cli_learn
import cli_people
import cli_talks
import cli_tokens
import cli_trail
from crm.errors import BadFile, CrmError, Stopped
from crm.quoting import plain
from terminal import Bar
from terminal import house as _house

if TYPE_CHECKING:
    from crm.intake.ledger import Intake
    from crm.nouns import Answer
    from house import House

app = typer.Typer(
    help="Tells real conversations from noise in a CRM's activity log, with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_learn.commands)
app.add_typer(cli_erase.commands)
app.add_typer(cli_people.commands, name="user")
app.add_typer(cli_tokens.commands, name="token")
app.add_typer(cli_trail.commands, name="trail")
app.add_typer(cli_talks.commands)
REFUSED_SHOWN = 5
INTERRUPTED = 130  # what shells expect of a program that Ctrl-C ended
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
NoModel = Annotated[bool, typer.Option("--no-llm", help="Send nothing to a model.")]


def run(argv: list[str]) -> None:
    """One command. A CrmError is told in its own sentence and ends with 1; anything else is a bug and crashes."""
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


@app.command()
def serve() -> None:
    """Open the window in the browser (what a bare `python app.py` does)."""
    from api.serve import serve
    from house.private import keep_private
    from ui.mount import Window

    with _house() as house:
        keep_private(house.settings.data_dir)
        serve(house, Window(house))


@app.command()
def mcp() -> None:
    """Serve other people's assistants over standard input and output (MCP); over HTTP the server does so at /mcp."""
    from api.mcp_server import over_stdio

    with _house() as house:
        house.open_index_if_filled()
        over_stdio(house)


@app.command()
def demo(
    activities: Annotated[int, typer.Option(min=1_500, help="How many to invent; the stories stay.")] = 5_000,
    out: Annotated[Path | None, typer.Option(help="Write CSV files here instead of loading the store.")] = None,
) -> None:
    """Load the demo CRM into the store, or write an invented one of any size."""
    if out is not None:
        from crm.demo.build import build
        from wiring import SAMPLES

        build(SAMPLES, activities).write(out)
        typer.echo(f"{activities:,} invented activities with their accounts, contacts, deals and leads are in {out}")
        return
    with _house() as house:
        for intake in house.load_demo(Bar()):
            typer.echo(_ledger(intake))


@app.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Export files, in any order.")],
    source: Annotated[str, typer.Option(help="auto, csv, hubspot or salesforce.")] = "auto",
    kind: Annotated[str, typer.Option(help="auto, activities, accounts, contacts, deals or leads.")] = "auto",
    refused: Annotated[Path | None, typer.Option(help="Write the refused rows here, with their reasons.")] = None,
) -> None:
    """Read export files into the store. After an interruption run it again: it goes on where it stopped."""
    with _house() as house:
        for file in files:
            intake = house.import_file(file, source, kind, Bar())
            typer.echo(_ledger(intake))
            if refused and intake.refused:
                typer.echo(f"The refused rows are in {house.refused_csv(intake.import_id, refused)}")


@app.command()
def undo(import_id: Annotated[int, typer.Argument(help="The number that the import's ledger shows.")]) -> None:
    """Take an import back: what it added goes, what it changed is restored."""
    with _house() as house:
        touched = house.undo_import(import_id)
        typer.echo(f"Import {import_id} is taken back: {touched:,} record{'s' * (touched != 1)} touched")


@app.command()
def audit(
    file: Annotated[Path | None, typer.Argument(help="A CSV of activities.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write one verdict per row: .csv, .jsonl or .parquet.")
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
    with _house(no_llm=no_llm) as house, _stoppable(out):
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


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A CSV of activities that people have labelled.")],
    label_column: Annotated[str, typer.Option(help="The column with their labels.")] = "human_label",
    no_llm: NoModel = False,
    as_json: Json = False,
) -> None:
    """Measure the verdicts against people's labels: per class, per rule, with intervals."""
    with _house(no_llm=no_llm) as house:
        measured = house.evaluate(file, label_column)
        typer.echo(measured.to_json() if as_json else measured.to_text())


@app.command()
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="The question.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV with the columns id, question: ask them all.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --file go, a JSON object a line.")] = None,
    agent: Annotated[str, typer.Option(help="Ask this agent, whatever the question sounds like.")] = "",
    as_json: Json = False,
) -> None:
    """Ask about accounts, people, activities, figures."""
    with _house() as house:
        house.open_index_if_filled()
        if file is not None:
            _ask_all(house, file, out or file.with_suffix(".jsonl"))
            return
        answer = house.ask(" ".join(words or []), agent)
        typer.echo(json.dumps(_plain(answer), ensure_ascii=False) if as_json else _printed(answer))


@app.command()
def route(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns id, question.")],
    out: Annotated[Path, typer.Option(help="Where to write a row for each.")],
) -> None:
    """Tell for each question who would answer it, about whom, for which period."""
    columns = ["id", "route", "account", "contact", "activity_id", "period_from", "period_to", "ask_back", "confidence"]
    with _house() as house, out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        for number, question in _questions(file):
            route, scope = house.routed(question)
            writer.writerow(
                (
                    number,
                    route.name,
                    scope.account.name if scope.account else "",
                    scope.contact.name if scope.contact else "",
                    scope.activity_id or "",
                    (scope.period.start if scope.period else None) or "",
                    (scope.period.end if scope.period else None) or "",
                    str(route.ask_back or bool(scope.candidates)).lower(),
                    f"{route.confidence:.3f}",
                )
            )


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many at the most.")] = 10,
    account: Annotated[str, typer.Option(help="Only this account.")] = "",
    engaged: Annotated[bool, typer.Option("--engaged", help="Only verified two-way contact.")] = False,
    as_json: Json = False,
) -> None:
    """Find records by meaning or by words."""
    with _house() as house:
        house.open_index_if_filled()
        found = house.find(" ".join(words), k, account, engaged)
        if as_json:
            hits = [{"activity_id": h.activity.id, "score": h.score, "passage": h.passage} for h in found.hits]
            typer.echo(json.dumps({"hits": hits, "considered": found.considered, "notices": found.notices}))
            return
        for hit in found.hits:
            day = f"{hit.activity.at:%Y-%m-%d}" if hit.activity.at else "undated"
            typer.echo(f"{hit.activity.id}  {day}  {hit.activity.subject}\n    {' '.join(hit.passage.split())}")
        for notice in found.notices or (() if found.hits else ("Nothing in the log is near enough to that.",)):
            typer.echo(f"({notice})")


@app.command()
def sync() -> None:
    """Bring the semantic index up to date with the store, here and now."""
    with _house() as house:
        state = house.sync_now(Bar())
        typer.echo(f"{state.done:,} of {state.total:,} records are in the semantic index")


@app.command()
def doctor() -> None:
    """Show each part in use, whether it answers, and what to do when it does not."""
    with _house() as house:
        checks = house.check()
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.part:<12} {check.detail}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


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


def _ask_all(house: "House", file: Path, out: Path) -> None:
    with out.open("w", encoding="utf-8") as target:
        for number, question in _questions(file):
            answer = {"id": number, "question": question, **_plain(house.ask(question))}
            target.write(json.dumps(answer, ensure_ascii=False) + "\n")
    typer.echo(f"The answers are in {out}")


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as rows:
        reader = csv.DictReader(rows)
        if not {"id", "question"} <= set(reader.fieldnames or ()):
            raise BadFile(
                f"{file.name} needs the columns id and question; it has {', '.join(reader.fieldnames or ())}."
            )
        yield from ((row["id"], row["question"] or "") for row in reader)


def _plain(answer: "Answer") -> dict[str, object]:
    scope = answer.scope
    period = scope.period and {"from": str(scope.period.start or ""), "to": str(scope.period.end or "")}
    return {
        "route": answer.route,
        "scope": {
            "account": scope.account.name if scope.account else "",
            "contact": scope.contact.name if scope.contact else "",
            "activity_id": scope.activity_id or "",
            "period": period,
            "as_of": str(scope.as_of or ""),
        },
        "answer": plain(answer.text),
        "sources": [{"n": s.number, "activity_id": s.activity_id, "quote": s.quote} for s in answer.sources],
        "notices": list(answer.notices),
        "frame": answer.frame,
        "figures": [{"name": f.name, "value": f.value} for f in answer.figures],
    }


def _printed(answer: "Answer") -> str:
    sources = [f"[{s.number}] {s.activity_id}: “{' '.join(s.quote.split())}”" for s in answer.sources]
    return "\n".join([plain(answer.text), "", *sources, *(f"({notice})" for notice in answer.notices)]).strip()


def _ledger(intake: "Intake") -> str:
    """Every row of the file accounted for, with what a person should know about it."""
    lines = [
        f"import {intake.import_id}: {intake.file_name}, {intake.record} from {intake.source}"
        + (", went on where it had stopped" if intake.resumed else ""),
        f"  read {intake.read:,} = stored {intake.stored:,} + duplicate {intake.duplicate:,}"
        f" + unchanged {intake.unchanged:,} + refused {intake.refused:,}",
    ]
    lines += (
        [f"  {intake.changed:,} of the stored had changed; what they said before is kept"] if intake.changed else []
    )
    lines += [f"  {intake.unmatched:,} belong to no account that we know"] if intake.unmatched else []
    lines += [f"  columns kept raw: {', '.join(intake.unknown_columns)}"] if intake.unknown_columns else []
    lines += [f"  {notice}" for notice in intake.notices]
    lines += [f"  line {r.line} refused: {r.reason}" for r in intake.first_refusals(REFUSED_SHOWN)]
    return "\n".join(lines)
