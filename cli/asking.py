"""The commands that answer: ask, route, search."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cli.terminal import Json, opened
from crm.errors import BadFile
from crm.quoting import plain

if TYPE_CHECKING:
    from crm.nouns import Answer
    from house import House

commands = typer.Typer()


@commands.command()
def ask(
    words: Annotated[list[str] | None, typer.Argument(help="The question.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV with the columns id, question: ask them all.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --file go, a JSON object a line.")] = None,
    agent: Annotated[str, typer.Option(help="Ask this agent, whatever the question sounds like.")] = "",
    eml: Annotated[Path | None, typer.Option(help="Write the drafted mail here, for a mail program.")] = None,
    as_json: Json = False,
) -> None:
    """Ask about accounts, people, activities, figures."""
    with opened() as house:
        house.open_index_if_filled()
        if file is not None:
            _ask_all(house, file, out or file.with_suffix(".jsonl"))
            return
        answer = house.ask(" ".join(words or []), agent)
        typer.echo(json.dumps(_plain(answer), ensure_ascii=False) if as_json else _printed(answer))
        if eml is not None:
            _write_mail(answer, eml)


@commands.command()
def route(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns id, question.")],
    out: Annotated[Path, typer.Option(help="Where to write a row for each.")],
) -> None:
    """Tell for each question who would answer it, about whom, for which period."""
    columns = ["id", "route", "account", "contact", "activity_id", "period_from", "period_to", "ask_back", "confidence"]
    questions = _questions(file)
    with opened() as house, _written(out, file) as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        for number, question in questions:
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


@commands.command()
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many at the most.")] = 10,
    account: Annotated[str, typer.Option(help="Only this account.")] = "",
    engaged: Annotated[bool, typer.Option("--engaged", help="Only verified two-way contact.")] = False,
    as_json: Json = False,
) -> None:
    """Find records by meaning or by words."""
    with opened() as house:
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


def _write_mail(answer: "Answer", out: Path) -> None:
    from agents.mail.letter import letter_in

    letter = letter_in(answer.text)
    if letter is None:
        raise BadFile("The answer drafts no mail, so no file was written. Ask for one: draft a follow-up to ...")
    out.write_bytes(letter.eml)
    typer.echo(f"The mail is in {out}")


def _ask_all(house: "House", file: Path, out: Path) -> None:
    questions = _questions(file)
    with _written(out, file) as target:
        for number, question in questions:
            answer = {"id": number, "question": question, **_plain(house.ask(question))}
            target.write(json.dumps(answer, ensure_ascii=False) + "\n")
    typer.echo(f"The answers are in {out}")


def _questions(file: Path) -> list[tuple[str, str]]:
    """All of them with their ids, before anything is written. Raises BadFile."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            reader = csv.DictReader(rows)
            columns = list(reader.fieldnames or ())
            if not {"id", "question"} <= set(columns):
                raise BadFile(f"{file.name} needs the columns id and question; it has {', '.join(columns) or 'none'}.")
            return [(row["id"], row["question"] or "") for row in reader]
    except OSError as err:
        raise BadFile(f"{file} cannot be read: {err.strerror}.") from err
    except (UnicodeError, csv.Error) as err:
        raise BadFile(f"{file.name} is no CSV in UTF-8. Save it as one.") from err


@contextmanager
def _written(out: Path, source: Path) -> Iterator[TextIO]:
    """The file to write to, which must not be the one that was read. Raises BadFile."""
    if out.resolve() == source.resolve():
        raise BadFile(f"{out.name} is the file with the questions. Write to another file.")
    try:
        target = out.open("w", encoding="utf-8", newline="")
    except OSError as err:
        raise BadFile(f"{out} cannot be written: {err.strerror}.") from err
    with target:
        yield target


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
