"""What a question says twice: the name of a rate, then what it is a rate of."""

from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry, NamedRate

JOINED = ("and", "comma", "rel", "or", "over", "among")


def drop_gloss(parts: Parts, rate: Atom | None) -> None:
    """ "Win rate (won / won + lost)", "connect rate: connected calls as % of all calls" say nothing new.

    Only what the rate is made of is dropped, and only where all of it was said: of another state, type or outcome the
    question still speaks.
    """
    if rate is None or not isinstance(rate.value, NamedRate):
        return
    named = rate.value
    said = [a for a in parts.all("condition") if isinstance(a.value, Entry) and _of_rate(a.value, named)]
    if any(a.kind in ("versus", "than") for a in parts.atoms) or not _all_said(said, named):
        return
    inner = [a for a in parts.atoms if said[0].start < a.start < said[-1].start and a.kind in JOINED]
    parts.drop_all([*said, *inner, *(a for a in parts.all("how") if a.value == "share")])


def _of_rate(entry: Entry, rate: NamedRate) -> bool:
    """The condition is one by which the rate is told."""
    if rate.of:
        return entry.field == "state" and set(entry.values) <= {*rate.of}
    return (entry.field == "type" and entry.values == rate.type) or bool(entry.group and entry.group == rate.group)


def _all_said(said: list[Atom], rate: NamedRate) -> bool:
    """The counted part is among it: "connect rate of calls" says of what, not how."""
    if rate.of:
        told = {a.value.values for a in said if isinstance(a.value, Entry)}
        return rate.are in told and {v for values in told for v in values} == {*rate.of}
    return any(isinstance(a.value, Entry) and a.value.group == rate.group != "" for a in said)
