"""Answers, verdicts and figures as text and HTML that a browser can be trusted with.

Nothing from a record reaches the page unescaped: no tag, no image, no link.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crm.engagement.corrections import SOMEBODY
from crm.engagement.labels import PERSON
from crm.nouns import Activity, Answer, Engagement, Kind, Label, Message, Side, Verdict
from crm.records.conversations import Thumb
from ui.tongue import day, decimal, figure, heard, heard_parts, named, said

CITE = re.compile(r" ?\[(\d{1,3})\]")
# What Markdown would turn into a tag, a link or a picture. A backslash with what it escapes comes first: such a
# pair is inert already, and is taken apart only where the browser would still see markup.
LIVE = re.compile(r"\\(.)|[&<@]|://|www\.|\]\(|\]:|!\[", re.DOTALL | re.IGNORECASE)
BARS = 12  # figures that a chart shows
JUDGES = ("rule", "model", "llm", PERSON)
AS_ENTITY = {c: f"&#{ord(c)};" for c in "&<@:.(["}
TONE = {Engagement.ENGAGED: "engaged", Engagement.NOT_ENGAGED: "not-engaged", Engagement.ND: "nd"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of an answer with who said it and when, as far as the record tells."""

    number: int
    activity_id: str
    quote: str
    author: str = ""
    side: Side = Side.UNKNOWN
    at: datetime | None = None


def words(text: str) -> str:
    """Text as HTML that shows it letter by letter."""
    return html.escape(text)


def written(key: str, **fields: object) -> str:
    """The window's own words, as HTML."""
    return words(said(key, **fields))


def prose(text: str, cites: frozenset[int] = frozenset(), turn: int = 0) -> str:
    """An answer's Markdown without tags, links or pictures; each [n] that has a source opens it."""
    text = LIVE.sub(_inert, text)

    def opener(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in cites:
            return found[0]
        space = " " if found[0].startswith(" ") else ""
        told = said("show.open_source", number=number)
        return f'{space}<a class="cite" href="#source-{turn}-{number}" title="{told}">{number}</a>'

    return CITE.sub(opener, text)


def _inert(found: re.Match[str]) -> str:
    """The same to the eye: whatever made it live becomes an entity."""
    if found[1]:
        return AS_ENTITY[found[1]] if found[1] in "&<@" else found[0]
    return "".join(AS_ENTITY.get(c, c) for c in found[0])


def answered(answer: Answer, turn: int | None = None) -> str:
    """The answer with its notices set apart below it; without a turn its [n] have nothing to open, and go."""
    if turn is None:
        body = prose(CITE.sub("", answer.text))
    else:
        body = prose(answer.text, frozenset(s.number for s in answer.sources), turn)
    notes = "".join(f'<div class="notice">{words(heard(note))}</div>' for note in answer.notices)
    return "\n\n".join(part for part in (body, chart(answer), notes) if part)


def rating(turn: int, thumb: Thumb, comment: str = "", mail: bool = False) -> str:
    """The two thumbs under an answer, with what the person said about it; below a mail, its file to take away."""
    thumbs = "".join(
        f'<a class="thumb {name}{" pressed" if thumb is which else ""}" '
        f'href="#rate-{turn}-{name}" title="{written(f"rating.{name}")}"><span>{written(f"rating.{name}")}</span></a>'
        for which, name in ((Thumb.UP, "up"), (Thumb.DOWN, "down"))
    )
    told = f'<span class="said">{words(comment)}</span>' if comment else ""
    taken = f'<a class="eml" href="#eml-{turn}">{written("rating.eml")}</a>' if mail else ""
    return f'<div class="thumbs">{thumbs}{told}{taken}</div>'


def hint(title: str, text: str) -> str:
    """What stands where nothing is yet: what belongs here."""
    return f'<div class="empty hint"><h3>{words(title)}</h3><p>{words(text)}</p></div>'


def chart(answer: Answer) -> str:
    """The answer's figures as bars, where there are some of one unit to compare; else nothing."""
    figures = answer.figures[:BARS]
    if len(figures) < 2 or len({f.unit for f in figures}) > 1 or any(f.value < 0 for f in figures):
        return ""
    most = max(f.value for f in figures) or 1
    shares = answer.frame.startswith(("share", "each"))
    rows = "".join(
        f'<dt>{words(f.name)}</dt><dd><span class="bar engaged" style="width:{100 * f.value / most:.1f}%"></span></dd>'
        f"<dd>{share(f.value) if shares else figure(round(f.value))}</dd>"
        for f in figures
    )
    total = len(answer.figures)
    cut = f'<p class="count">{written("show.bars_cut", n=BARS, total=total)}</p>' if total > BARS else ""
    return f'<section class="bars"><h3>{words(heard_parts(answer.frame))}</h3><dl>{rows}</dl>{cut}</section>'


def steps_told(answer: Answer) -> str:
    """What the turn did, a line each, with its seconds."""
    return "\n".join(
        f"- **{prose(named('step', s.name))}** {prose(heard_parts(s.detail))} ({seconds(s.seconds)})"
        for s in answer.steps
    )


def share(part: float) -> str:
    """0.934 as 93 %."""
    return f"{100 * part:.0f} %"


def seconds(wall: float) -> str:
    """A duration as one reads it: 12 ms, 0.8 s, 2 min 05 s."""
    if wall < 0.1:
        return f"{wall * 1000:.0f} ms"
    if wall < 60:
        return f"{decimal(wall)} s"
    return f"{int(wall // 60)} min {int(wall % 60):02d} s"


def moment(at: datetime | None) -> str:
    """7 Mar 2026, 08:14. A midnight is a day whose hour was never given."""
    return day(at) if at is None or (at.hour, at.minute) == (0, 0) else f"{day(at)}, {at:%H:%M}"


def badge(engagement: Engagement) -> str:
    """The label as a coloured word."""
    tone = TONE[engagement]
    return f'<span class="badge {tone}" title="{written(f"show.means_{tone}")}">{words(engagement.value)}</span>'


def bars(counts: Mapping[str, int]) -> str:
    """Rows by label as a bar chart that starts at nothing."""
    total, most = sum(counts.values()), max([1, *counts.values()])
    rows = "".join(
        f"<dt>{badge(Engagement(label))}<small>{written(f'show.means_{TONE[Engagement(label)]}')}</small></dt>"
        f'<dd><span class="bar {TONE[Engagement(label)]}" style="width:{100 * count / most:.1f}%"></span></dd>'
        f'<dd>{figure(count)}<span class="share">{share(count / total) if total else ""}</span></dd>'
        for label, count in counts.items()
    )
    return f'<section class="bars"><h3>{written("show.by_label")}</h3><dl>{rows}</dl></section>'


def doubt_told(verdict: Verdict) -> str:
    """That nobody was sure of it; and what it is counted as then, where that is not its label."""
    if not verdict.undecided:
        return ""
    key = "show.guess" if verdict.counts_as is verdict.engagement else "show.undecided"
    return f'<span class="doubt">{written(key)}</span>'


def verdict_card(label: Label) -> str:
    """The label that stands: how sure, who decided, why, on which words."""
    v = label.verdict
    doubt = doubt_told(v)
    who = written("show.decided_by", who=who_told(label))
    sure = written("show.sure", share=share(v.confidence))
    quote = f"<blockquote>{words(v.quote)}</blockquote>" if v.quote.strip() else ""
    return (
        f'<section class="verdict {TONE[v.engagement]}" aria-label="{written("show.verdict")}">'
        f'<p class="says">{badge(v.engagement)}<span class="sure">{sure}</span>{doubt}'
        f'<span class="who">{who}</span></p>'
        f"<p>{words(heard(v.because))}</p>{quote}"
        f'<button type="button" class="not-right">{written("show.not_right")}</button></section>'
    )


def who_told(label: Label) -> str:
    """Who said it: a person by their name, else the judge."""
    return judge_told(f"{PERSON}:{label.by}" if label.by else label.verdict.decided_by)


def judge_told(decided_by: str) -> str:
    """Who decided, as one says it: the rule “no_answer”, the small model, ana."""
    kind, _, name = decided_by.partition(":")
    if kind not in JUDGES:
        return decided_by
    nameless = not name or (kind == PERSON and name == SOMEBODY)
    return said(f"show.by_{kind}") if nameless else said(f"show.by_{kind}_called", name=name)


def kind_told(kind: str) -> str:
    """What a CRM calls the activity, as one says it; a type that is none of ours as it is."""
    return said(f"record.{kind}") if kind in list(Kind) else kind


def cited(answer: Answer, activities: Sequence[Activity]) -> list[Cited]:
    """The answer's sources with what their records tell about them."""
    by_id = {a.id: a for a in activities}
    return [_cited(s.number, s.quote, by_id.get(s.activity_id), s.activity_id) for s in answer.sources]


def _cited(number: int, quote: str, activity: Activity | None, activity_id: str) -> Cited:
    if activity is None:
        return Cited(number, activity_id, quote)
    said = said_in(activity, quote)
    if said is None:
        return Cited(number, activity_id, quote, activity.owner, Side.UNKNOWN, activity.at)
    return Cited(number, activity_id, quote, said.author, said.side, said.at or activity.at)


def said_in(activity: Activity, quote: str) -> Message | None:
    """The message that holds the quote, whatever its line breaks."""
    wanted = " ".join(quote.split())
    holders = (m for m in activity.messages if wanted and wanted in " ".join(m.text.split()))
    return next(holders, None)


def source_list(sources: Sequence[Cited], turn: int, opened: int) -> str:
    """The sources as buttons; `opened` is the number of the one whose record is shown."""
    if not sources:
        return ""
    rows = "".join(_source_button(s, turn, s.number == opened) for s in sources)
    count = written("show.sources", n=len(sources))
    return f'<nav class="sources" aria-label="{written("show.sources_of")}"><h3>{count}</h3>{rows}</nav>'


def _source_button(source: Cited, turn: int, opened: bool) -> str:
    told = " · ".join(words(t) for t in (day(source.at), source.author) if t)
    quote = words(" ".join(source.quote.split()))
    return (
        f'<button type="button" class="source {source.side}" data-turn="{turn}" data-number="{source.number}" '
        f'aria-pressed="{str(opened).lower()}"><span class="n">{source.number}</span>'
        f'<span class="told">{told}</span><span class="quote">{quote}</span></button>'
    )
