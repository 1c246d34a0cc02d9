"""A frame as a person would say it, so that a misunderstanding shows."""

from math import ceil, floor

from crm.insight.frame import (
    About,
    Change,
    Column,
    Condition,
    Dated,
    Field,
    Figures,
    Has,
    How,
    Kept,
    Limit,
    QueryFrame,
    When,
    Where,
)

WITHOUT = {Dated.CONTACTED: "of contact", Dated.EXPECTED: "of closing", Dated.CLOSED: "of closing"}
UP_TO_NOW = (Column.AGE, Column.SILENCE, Column.SINCE)  # these are counted up to the newest day


def lacking(found: Figures) -> tuple[str, ...]:
    """What the figures leave out, each as a note: records without the value, records without the group."""
    counted = (
        (found.left_out, f"{found.left_out} of them lack the value"),
        (found.ungrouped, f"{found.ungrouped} more carry no {' or '.join(found.frame.group)}"),
    )
    return tuple(note for count, note in counted if count)


def in_words(frame: QueryFrame) -> str:
    """What is computed, over which records, by what, compared with what."""
    return ", ".join(parts_of(frame))


def parts_of(frame: QueryFrame) -> tuple[str, ...]:
    """The same in parts, each of which can be said in another language."""
    said = [_changed(frame), *(_condition(c, frame.about) for c in frame.where)]
    if frame.unlisted:
        said.append("counted, not listed")
    if frame.unit:
        said.append(f"told in {frame.unit}")
    if frame.of in UP_TO_NOW and frame.as_of:
        said.append(f"as of {frame.as_of}")
    if frame.versus:
        said.append("compared: " + " against ".join(_condition(c, frame.about, short=True) for c in frame.versus))
    if frame.group:
        said.append("by " + " and ".join(frame.group))
    if frame.kept:
        said.append(_kept(frame))
        said += ["how many these are"] if frame.kept.counted else []
    if frame.ascending and not frame.top:
        said.append("the lowest first")
    if frame.top:
        said.append(f"the {'lowest' if frame.ascending else 'highest'}{f' {frame.top}' if frame.top > 1 else ''}")
    if frame.top and frame.summed:
        said.append("added up to one share")
    return tuple(said)


def _kept(frame: QueryFrame) -> str:
    kept, scale = frame.kept, 100 if frame.rate else 1
    if kept is None:
        return ""
    if kept.records:
        return _standing(kept)
    unit = " %" if frame.rate else ""
    low = f"{'more than' if kept.strict else 'at least'} {kept.low * scale:,.10g}{unit}" if kept.low is not None else ""
    high = (
        f"{'less than' if kept.strict else 'at most'} {kept.high * scale:,.10g}{unit}" if kept.high is not None else ""
    )
    return " and ".join(filter(None, (low, high)))


def _standing(kept: Kept) -> str:
    """By how many records rows are kept, which are whole numbers."""
    least = floor(kept.low) + 1 if kept.low is not None and kept.strict else kept.low
    most = ceil(kept.high) - 1 if kept.high is not None and kept.strict else kept.high
    return (
        f"those of {least:.15g} records or more" if least is not None else f"those of {most or 0:.15g} records or fewer"
    )


def _changed(frame: QueryFrame) -> str:
    measured = _measured(frame)
    if frame.change is None:
        return measured
    before = "" if frame.versus else " from each to the next"
    return f"{'growth' if frame.change is Change.GROWTH else 'difference'}{before} of the {measured}"


def _measured(frame: QueryFrame) -> str:
    if frame.each is not None:
        inner = f"{How.TOTAL} {frame.of}" if frame.of else How.COUNT
        return f"{frame.how} per {frame.each} (those with at least one) of the {inner} of {frame.about}"
    if frame.about is About.REPLIES:
        return f"{frame.how} {frame.of} (a mail after one of the account's other side, automatic ones left out)"
    whole = f"the value of {frame.about}" if frame.of else frame.about
    if frame.how is How.SHARE and frame.are:
        return f"share of {whole} that are {' and '.join(_condition(c, frame.about, short=True) for c in frame.are)}"
    if frame.how is How.SHARE:
        return f"each {' and '.join(frame.group)}'s share of {whole}"
    if frame.how is How.DISTINCT:
        return f"{frame.how} {frame.of} values of {frame.about}"
    if frame.of is Column.SILENCE and frame.how is How.TOTAL:
        return f"{frame.of} of {frame.about}"
    return f"{frame.how} of {frame.about}" if frame.of is None else f"{frame.how} {frame.of} of {frame.about}"


def _condition(c: Condition, about: About, short: bool = False) -> str:
    match c:
        case When(missing=True):
            return f"without a day {WITHOUT.get(c.dated, c.dated)}"
        case When(dated=Dated.CONTACTED) if not (c.period.start or c.period.end):
            return f"with a day {WITHOUT[c.dated]}"
        case When():
            span = f"from {c.period.start or 'the beginning'} to {c.period.end or 'the newest'}"
            return span if short and c.dated is Dated.DATED else f"{c.dated} {span}"
        case Limit(missing=True):
            return f"without {c.column}"
        case Limit():
            low = f"{'above' if c.strict else 'at least'} {c.low:.15g}" if c.low is not None else ""
            high = f"{'below' if c.strict else 'at most'} {c.high:.15g}" if c.high is not None else ""
            return f"{c.column} {' and '.join(filter(None, (low, high)))}"
        case Has():
            inner = " ".join(_condition(w, c.about) for w in c.where)
            what = f"different {c.different} values of {c.about}" if c.different else str(c.about)
            most = f"fewer than {c.least} {what}" if c.least > 1 else f"without {what}"
            least = f"with at least {c.least} {what}" if c.least > 1 or c.different else f"with {what}"
            return f"{most if c.negated else least} {inner}".strip()
        case Where():
            return _where(c, about, short)


def _where(c: Where, about: About, short: bool) -> str:
    if not c.values:
        return f"{'with' if c.negated else 'without'} {c.field}"
    if about is About.REPLIES and c.field is Field.DIRECTION:
        return c.said or " or ".join(c.values)
    values = c.said or " or ".join(c.values)
    return f"{'not ' if c.negated else ''}{values}" if short else f"{c.field} {'not ' if c.negated else ''}{values}"
