"""An audit's rows and state as HTML."""

from collections.abc import Sequence
from datetime import date

from crm.engagement.audit_rows import Row
from crm.nouns import Engagement
from ui.audits import Run, State
from ui.show import badge, judge_told, kind_told, seconds, share, words, written
from ui.tongue import day, figure, heard, said

PAGE = 50  # rows that are drawn at once
HEADS = ("record", "label", "sure", "because")


def intro() -> str:
    """What can be audited."""
    return f'<p class="hint">{written("outcomes.intro")}</p>'


def progress(run: Run | None) -> str:
    """How the audit stands, in a line or a bar."""
    if run is None:
        return intro()
    what = run.name or said("outcomes.the_store")
    if run.state is State.RUNNING:
        bar, pausing = run.pace.bar(), said("outcomes.pausing") if run.pausing else ""
        return bar.replace("<p>", f"<p>{written('outcomes.running', what=what, pausing=pausing)} ", 1)
    if run.state is State.FAILED:
        return f'<p class="notice" role="alert">{words(run.problem)}</p>'
    rows = run.outcome.total if run.outcome else 0
    if run.state is State.PAUSED:
        told = f"<strong>{written('outcomes.paused', n=rows)}</strong> {written('outcomes.resume', what=what)}"
        return f'<p class="summary">{told}</p>'
    told = written("outcomes.took", what=what, took=seconds(run.pace.wall))
    old = f'<p class="notice" role="status">{written("outcomes.outdated")}</p>' if run.outdated else ""
    return f'<p class="summary" role="status"><strong>{written("outcomes.done", n=rows)}</strong> {told}</p>{old}'


def rows_table(rows: Sequence[Row], matching: int, total: int, page: int, opened: int = 0) -> str:
    """A page of rows, each of which can be opened, with how many match."""
    if not matching:
        return f'<p class="count" id="matching" role="status">{written("outcomes.no_match", total=total)}</p>'
    some = matching < total
    told = written("outcomes.match", n=matching, total=total) if some else written("outcomes.rows", n=total)
    first = page * PAGE
    turn = ""
    if matching > PAGE:
        last = (matching - 1) // PAGE
        turn = (
            f'<span class="turn">{_turn("before", page - 1, page > 0)} {figure(first + 1)}–{figure(first + len(rows))} '
            f"{_turn('after', page + 1, page < last)}</span>"
        )
    heads = "".join(f'<th scope="col">{written(f"outcomes.{name}")}</th>' for name in HEADS)
    body = "".join(_line(row, row.number == opened) for row in rows)
    return (
        f'<p class="count" id="matching"><span role="status">{told}</span>{turn}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{written("outcomes.table")}">'
        f'<table class="judged"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def unstored(row: Row) -> str:
    """What can be shown of a row whose record is not in the store."""
    quote = f"<blockquote>{words(row.quote)}</blockquote>" if row.quote.strip() else ""
    return (
        f'<article class="record"><p class="kicker">{written("outcomes.unstored", id=row.native_id)}</p>'
        f"<h2>{words(row.about.subject or said('record.no_subject'))}</h2>"
        f'<section class="verdict"><p class="says">{badge(Engagement(row.label))}'
        f'<span class="sure">{written("show.sure", share=share(row.confidence))}</span>'
        f'<span class="who">{written("show.decided_by", who=judge_told(row.decided_by))}</span></p>'
        f"<p>{words(heard(row.because))}</p>{quote}</section>"
        f'<p class="hint">{written("outcomes.keep_first")}</p></article>'
    )


def _turn(name: str, page: int, there: bool) -> str:
    off = "" if there else " disabled"
    return f'<button type="button" data-page="{page}"{off}>{written(f"outcomes.{name}")}</button>'


def _line(row: Row, opened: bool) -> str:
    a = row.about
    told = " · ".join(words(t) for t in (a.account, row.native_id, kind_told(a.kind), _day(a.day), a.owner) if t)
    quote = f"<small>“{words(_cut(row.quote))}”</small>" if row.quote.strip() else ""
    subject = words(_cut(a.subject, 90) or said("record.no_subject"))
    return (
        f'<tr class="{"opened" if opened else ""}"><td><button type="button" class="open-account" '
        f'data-row="{row.number}" aria-pressed="{str(opened).lower()}">{subject}</button>'
        f"<small>{told}</small></td><td>{badge(Engagement(row.label))}</td><td>{share(row.confidence)}</td>"
        f"<td>{words(judge_told(row.decided_by))}<small>{words(heard(row.because))}</small>{quote}</td></tr>"
    )


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""


def _cut(text: str, letters: int = 160) -> str:
    one = " ".join(text.split())
    return one if len(one) <= letters else f"{one[:letters].rstrip()} …"
