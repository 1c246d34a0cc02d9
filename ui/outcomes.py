"""An audit's rows and state as HTML."""

from collections.abc import Sequence

from crm.engagement.outcome import Row
from crm.nouns import Engagement
from ui.audits import Run, State
from ui.show import badge, seconds, share, words
from ui.tongue import figure

PAGE = 50  # rows that are drawn at once
INTRO = (
    '<p class="hint">Everything in the store, or a file with one row per activity, in the seed format or with its own '
    "column names. A file is judged where it is: nothing of it is stored unless you ask for it.</p>"
)


def progress(run: Run | None) -> str:
    """How the audit stands, in a line or a bar."""
    if run is None:
        return INTRO
    if run.state is State.RUNNING:
        bar = run.pace.bar()
        return bar.replace("<p>", f"<p>{words(run.name)}: {'pausing … ' if run.pausing else ''}", 1)
    if run.state is State.FAILED:
        return f'<p class="notice" role="alert">{words(run.problem)}</p>'
    rows = figure(run.outcome.total) if run.outcome else "0"
    if run.state is State.PAUSED:
        return f'<p class="summary"><strong>Paused after {rows} rows</strong> of {words(run.name)}. Resume goes on.</p>'
    took = seconds(run.pace.wall)
    return f'<p class="summary" role="status"><strong>Done: {rows} rows</strong> of {words(run.name)} in {took}</p>'


def rows_table(rows: Sequence[Row], matching: int, total: int, page: int, opened: int = 0) -> str:
    """A page of rows, each of which can be opened, with how many match."""
    if not matching:
        return f'<p class="count" id="matching" role="status">None of the {figure(total)} rows match.</p>'
    told = f"{figure(matching)} of {figure(total)} rows match." if matching < total else f"{figure(total)} rows."
    first = page * PAGE
    turn = ""
    if matching > PAGE:
        last = (matching - 1) // PAGE
        turn = (
            f'<span class="turn">{_turn("Before", page - 1, page > 0)} {first + 1}–{first + len(rows)} '
            f"{_turn('After', page + 1, page < last)}</span>"
        )
    body = "".join(_line(row, row.number == opened) for row in rows)
    return (
        f'<p class="count" id="matching"><span role="status">{told}</span>{turn}</p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Rows"><table class="judged"><thead><tr>'
        '<th scope="col">Record</th><th scope="col">Label</th><th scope="col">Sure</th>'
        '<th scope="col">Decided by, because</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def unstored(row: Row) -> str:
    """What can be shown of a row whose record is not in the store."""
    quote = f"<blockquote>{words(row.quote)}</blockquote>" if row.quote.strip() else ""
    return (
        f'<article class="record"><p class="kicker">{words(row.native_id)}, not in the store</p>'
        f"<h2>{words(row.about.subject or 'no subject')}</h2>"
        f'<section class="verdict"><p class="says">{badge(Engagement(row.label))}'
        f'<span class="sure">{share(row.confidence)} sure</span>'
        f'<span class="who">decided by {words(row.decided_by)}</span></p>'
        f"<p>{words(row.because)}</p>{quote}</section>"
        '<p class="hint">To correct it, audit the file with “Also keep its records and verdicts”: only what is in the '
        "store can carry your word.</p></article>"
    )


def _turn(name: str, page: int, there: bool) -> str:
    return f'<button type="button" data-page="{page}"{"" if there else " disabled"}>{name}</button>'


def _line(row: Row, opened: bool) -> str:
    a = row.about
    told = " · ".join(words(t) for t in (row.native_id, a.kind, a.day, a.owner) if t)
    quote = f"<small>“{words(_cut(row.quote))}”</small>" if row.quote.strip() else ""
    subject = words(_cut(a.subject, 90) or "no subject")
    return (
        f'<tr class="{"opened" if opened else ""}"><td><button type="button" class="open-account" '
        f'data-row="{row.number}" aria-pressed="{str(opened).lower()}">{subject}</button>'
        f"<small>{told}</small></td><td>{badge(Engagement(row.label))}</td><td>{share(row.confidence)}</td>"
        f"<td><code>{words(row.decided_by)}</code><small>{words(row.because)}</small>{quote}</td></tr>"
    )


def _cut(text: str, letters: int = 160) -> str:
    one = " ".join(text.split())
    return one if len(one) <= letters else f"{one[:letters].rstrip()} …"
