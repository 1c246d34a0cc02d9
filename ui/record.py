"""One activity as HTML: its thread by author, its verdict, its raw text."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm.engagement.corrections import Event
from crm.nouns import Activity, Direction, Label, Message
from crm.outcome_words import outcome_told
from ui.show import moment, seconds, verdict_card, who_told, words, written
from ui.tongue import heard, said

LONGEST = 20_000  # characters of one text that are drawn; a browser chokes on a 50 MB cell
SHORTEST_LINE = 12  # shorter lines of a quote stand in too many places to be marked

CARD = re.compile(r'<article class="record" data-activity="([^"]*)"')

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Whose:
    """The names of the account that a record belongs to and of the people there whom it is with."""

    account: str = ""
    people: tuple[str, ...] = ()


NOBODYS = Whose()


def record_card(
    activity: Activity,
    whose: Whose = NOBODYS,
    label: Label | None = None,
    quote: str = "",
    link: str = "",
    day_told_by: str = "",
) -> str:
    """The whole record, with the quote and the verdict's quote highlighted. `link` is HTML that leads to it.

    `day_told_by` is the id of the record whose quote told the day, where it came without one.
    """
    quotes = [q for q in (quote, label.verdict.quote if label else "") if q.strip()]
    texts = [m.text for m in activity.messages]
    hidden = bool(quotes) and not any(spans(t, quotes[:1]) for t in (*texts, activity.subject))
    verdict = verdict_card(label) if label else f'<p class="verdict none">{written("record.not_judged")}</p>'
    thread = (
        "".join(_message(m, quotes) for m in activity.messages) or f'<p class="empty">{written("record.no_text")}</p>'
    )
    return (
        f'<article class="record" data-activity="{words(activity.id)}" '
        f'aria-label="{written("record.of", id=activity.id)}">'
        f"{_head(activity, whose, quotes, link, day_told_by)}{verdict}"
        f'<section class="thread" aria-label="{written("record.thread")}">{thread}</section>'
        f"{_raw(activity, quotes, hidden)}</article>"
    )


def shown_id(card: str) -> str:
    """The id of the activity whose card this is; empty where something else stands in its place."""
    found = CARD.match(card)
    return html.unescape(found[1]) if found else ""


def history_list(events: Sequence[Event]) -> str:
    """Who said what about a record, the newest first: people in full view, judges folded away."""
    if not events:
        return ""
    rows = "".join(_event(event) for event in events)
    opened = " open" if any(event.label.by for event in events) else ""
    count = written("record.history", n=len(events))
    return f'<details class="history"{opened}><summary>{count}</summary><ol>{rows}</ol></details>'


def _event(event: Event) -> str:
    verdict = event.label.verdict
    did = said("record.took_back", label=verdict.engagement.value) if event.taken_back else verdict.engagement.value
    marks = [
        said("record.stands") if event.stands else "",
        said("record.earlier_text") if event.earlier_text else "",
        "" if event.taken_back else heard(verdict.because),
    ]
    told = " · ".join(words(mark) for mark in marks if mark)
    who = words(who_told(event.label))
    return f"<li><strong>{who}</strong> {did}, {moment(event.at)}{f': {told}' if told else ''}</li>"


def missing_card(activity_id: str) -> str:
    """What stands in place of a record that is no longer there."""
    return f'<p class="empty">{written("record.gone", id=activity_id)}</p>'


def marked(text: str, quotes: Iterable[str]) -> str:
    """The text as HTML, cut at LONGEST, with every quote in <mark>."""
    drawn, at, pieces = text[:LONGEST], 0, []
    for start, end in _merged(spans(drawn, quotes)):
        pieces += [words(drawn[at:start]), "<mark>", words(drawn[start:end]), "</mark>"]
        at = end
    pieces.append(words(drawn[at:]))
    if len(text) > LONGEST:
        pieces.append(f'<span class="cut"> … {written("record.cut", n=len(text) - LONGEST)}</span>')
    return "".join(pieces)


def spans(text: str, quotes: Iterable[str]) -> list[Span]:
    """Where the quotes stand, whatever the white space; a quote not found whole is looked for line by line."""
    found: list[Span] = []
    for quote in quotes:
        whole = _places(text, quote)
        lines = [line for line in quote.splitlines() if len(line.strip()) >= SHORTEST_LINE]
        found += whole or [place for line in lines for place in _places(text, line)]
    return found


def _places(text: str, quote: str) -> list[Span]:
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [found.span() for found in re.finditer(pattern, text)] if pattern else []


def _merged(places: Iterable[Span]) -> list[Span]:
    whole: list[Span] = []
    for start, end in sorted(places):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _head(activity: Activity, whose: Whose, quotes: list[str], link: str, day_told_by: str) -> str:
    claims = [
        said(f"record.{activity.kind.value}"),
        "" if activity.direction is Direction.UNKNOWN else said(f"record.{activity.direction.value}"),
        outcome_told(activity.outcome),
        seconds(activity.duration_s) if activity.duration_s else "",
    ]
    day = moment(activity.at)
    facts = (
        ("date", said("record.day_quoted", day=day, id=day_told_by) if day_told_by else day),
        ("account", whose.account),
        ("people", ", ".join(whose.people)),
        ("owner", activity.owner),
        ("id", activity.id),
    )
    rows = "".join(
        f"<div><dt>{written(f'record.{name}')}</dt><dd>{words(value)}</dd></div>" for name, value in facts if value
    )
    tags = "".join(f"<span>{words(tag)}</span>" for tag in activity.tags)
    return (
        f'<header><p class="kicker">{" · ".join(words(c) for c in claims if c)}</p>'
        f"<h2>{marked(activity.subject, quotes) or written('record.no_subject')}</h2>"
        f"<dl>{rows}</dl>{f'<p class=tags>{tags}</p>' if tags else ''}{link}</header>"
    )


def _message(message: Message, quotes: list[str]) -> str:
    author = message.author or message.address
    told = " · ".join(words(t) for t in (author, moment(message.at) if message.at else "") if t)
    quoted = f'<span class="quoted">{written("record.quoted")}</span>' if message.depth else ""
    side = written(f"record.side_{message.side}")
    return (
        f'<article class="message {message.side}"><header><span class="side">{side}</span>'
        f'<span class="by">{told}</span>{quoted}</header><p>{marked(message.text, quotes)}</p></article>'
    )


def _raw(activity: Activity, quotes: list[str], opened: bool) -> str:
    text = f"{activity.raw_subject}\n\n{activity.raw_body}".strip()
    state = " open" if opened else ""
    name = written("record.raw")
    return (
        f'<details class="raw"{state}><summary>{name}</summary><pre tabindex="0">{marked(text, quotes)}</pre></details>'
    )
