"""A chat or a transcript as messages: each turn with its speaker's side."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.nouns import Message, Side
from crm.threads import dialogue, machines
from crm.threads.dialogue import Turn
from crm.threads.markup import Plain
from crm.threads.messages import Said, message
from crm.threads.people import Person, named, same
from crm.threads.sides import Ours


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a dialogue."""

    subject: str
    owner: str
    ours: Ours
    internal: bool


def messages(body: Plain, turns: Sequence[Turn], setting: Setting) -> list[Message]:
    """One message a turn, as they were said; the note around them is ours, what the recorder adds is a machine's."""
    sides = speakers([t.label for t in turns if t.label], setting)
    made = (message(body, t.start, t.end, _said(t, body.text[t.start : t.end], sides, setting)) for t in turns)
    return [m for m in made if m]


def _said(turn: Turn, text: str, sides: dict[str, Side], setting: Setting) -> Said:
    if not turn.label:
        return Said(Side.MACHINE) if turn.system else Said(Side.US, Person(named(setting.owner)))
    side = sides[turn.label]
    if side is Side.THEM and machines.is_greeting(text):
        side = Side.MACHINE
    own_word = dialogue.side_of(turn.label) is Side.US and "(" not in turn.label  # `Me`, not a name
    return Said(side, Person(named(setting.owner)) if own_word else Person(turn.label), at=turn.at)


def speakers(labels: Sequence[str], setting: Setting) -> dict[str, Side]:
    """Each speaker's side: by what the label says, by who is known, else by who is left."""
    known: dict[str, Side | None] = {label: _known(label, setting) for label in labels}
    aliases = {
        label.partition("(")[2].strip(" )").lower(): side for label, side in known.items() if side and "(" in label
    }
    known = {label: side or aliases.get(label.lower()) for label, side in known.items()}
    marked = sum(side is Side.US and "(" in label for label, side in known.items())
    if setting.internal and not 0 < marked < len(known):  # who marks some as ours shares the channel with others
        return {label: side if side is Side.MACHINE else Side.US for label, side in known.items()}
    there = set(known.values())
    if None in there and Side.US not in there and Side.THEM not in there:
        known = {k: Side.THEM if v is None and dialogue.named_in(k, setting.subject) else v for k, v in known.items()}
        there = set(known.values())
    if None in there and Side.US not in there and Side.THEM not in there:
        known = _by_company(known)
        there = set(known.values())
    rest = Side.UNKNOWN
    if Side.US in there:
        rest = Side.THEM
    elif Side.THEM in there:
        rest = Side.US
    return {label: rest if side is None else side for label, side in known.items()}


def _by_company(known: dict[str, Side | None]) -> dict[str, Side | None]:
    """Where some speakers carry a company behind their name and others do not, those who do are the guests."""
    tagged = {label for label, side in known.items() if side is None and label.endswith(")")}
    plain = [label for label, side in known.items() if side is None and label not in tagged]
    return {k: Side.THEM if k in tagged else v for k, v in known.items()} if tagged and plain else known


def _known(label: str, setting: Setting) -> Side | None:
    side = dialogue.side_of(label)
    if side is not None:
        return side
    who = Person(label.split("(")[0].strip())
    if setting.ours.has(who) or same(Person(named(setting.owner)), who):
        return Side.US
    return Side.THEM if dialogue.named_in(label, setting.subject) else None
