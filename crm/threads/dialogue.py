"""Chats and transcripts: lines of `Name: words`, with or without the time, one speaker after the other.

A form has labels too. It is a dialogue when the labels come back, or when one of them can only be a speaker.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from crm.nouns import Side
from crm.threads import phrases
from crm.threads.dates import moment
from crm.threads.people import words as name_words

_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[AaPp]\.?[Mm]?\.?)?"
_BRACKETED = r"\[(?=[^\]\n]{0,20}\d[:.h/]\d)[^\]\n]{4,24}\]\s?(?:-\s)?"
_DAY = r"\d{1,2}[./]\d{1,2}(?:\.|[./]\d{2,4})?\s(?:-\s)?"  # `05.09. Ana:`, the day alone
_STAMP = rf"(?:{_BRACKETED}|\d{{4}}-\d\d-\d\d\s{_TIME}(?:\s?UTC)?\s-\s|{_TIME}\s(?:-\s)?)"
_NAME = r"[^\W\d_][\w.'’&@-]{0,24}(?:\s[\w.'’&@-]{1,24}){0,3}"
_PHONE = r"\+\d[\d .•-]{6,18}\d"
_TURN = re.compile(
    rf"[ \t>*]{{0,4}}({_STAMP}|{_DAY})?\**({_NAME}(?:\s?\([^()\n]{{1,40}}\))?|@[\w.]{{1,30}}|{_PHONE})\**"
    rf"(?:\s?\[[^\[\]\n]{{1,40}}\])?(?:\s?(?:→|->)\s?{_NAME})?(?:,?\s({_TIME}))?\s?:\**(?:\s|$)"
)
_WAY = re.compile(rf"[ \t]{{0,4}}({_STAMP})?(IN|OUT|In|Out|Inbound|Outbound)\s({_TIME})?\s?:?\s?(?=\S)")
_BARE_STAMP = re.compile(rf"[ \t]{{0,4}}({_STAMP})(?=\S)")
_SPLIT = re.compile(rf"\s(?=[\[\d])(?<=\S\s)(?={_STAMP}(?:\(|\[|{_NAME}(?:\s?\([^()\n]{{1,40}}\))?\s?:\s))")
_LABELLED = re.compile(rf"^[ \t]{{0,4}}\[({_NAME})\][ \t]+(?=\S)", re.M)  # `[Rep] Good morning`
_FEWEST_LABELLED = 3  # lines, where one who spoke comes back: fewer may be remarks of a tool
_COLON = re.compile(r":\s")
_LABEL_BEFORE = re.compile(r"(?:^|(?<=[^\s\d,;:→-])\s+)([^\W\d_][\w'’-]{0,20}(?:\s[^\W\d_][\w'’-]{0,20})?)\s?$")
_STAMP_BEFORE = re.compile(rf"{_STAMP}$")
_SENTENCE_END = '.!?…"”»)👍👋'
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said: text[start:end]. Without a label it is the note around the dialogue."""

    label: str
    start: int
    end: int
    at: datetime | None = None
    stamped: bool = False
    system: bool = False


def turns(text: str, subject: str) -> list[Turn]:
    """The dialogue's turns in the order they stand; empty when the text is no dialogue."""
    if _in_brackets(text):
        return _turns(text, _starts(text, False))
    colons = text.count(":")
    if colons < 2 and "OUT " not in text and "IN " not in text and not colons:
        return []
    announced = phrases.holds(phrases.sides().channels, f" {subject.lower()} {text[:80].lower()}")
    if not announced and colons < 2:
        return []
    found = _turns(text, _starts(text, announced))
    spoken = [t for t in found if t.label]
    alone = len(spoken) == 1 and not spoken[0].stamped and sum(t.system for t in found) > 1  # one line of a form
    return found if spoken and not alone and _is_dialogue(text, spoken, announced, subject) else []


def _in_brackets(text: str) -> bool:
    """Whether each line begins with who speaks, in brackets; one of them at least is known to be of a side."""
    labels = _LABELLED.findall(text) if "[" in text else []
    return len(labels) >= _FEWEST_LABELLED and len(set(labels)) < len(labels) and any(map(side_of, labels))


def _starts(text: str, announced: bool) -> list[int]:
    """Where lines begin; also where a turn begins on a line that has lost its newlines."""
    starts = [0]
    while (newline := text.find("\n", starts[-1])) >= 0:
        starts.append(newline + 1)
    if len(text) > 30 and len(starts) < 3 + len(text) // 400:
        starts += [m.end() for m in _SPLIT.finditer(text)]
        starts += _inline_labels(text, announced)
    return sorted(set(starts))[:_MOST]


def _inline_labels(text: str, announced: bool) -> list[int]:
    """Where a label stands in the middle of a line.

    One that can only be a speaker may stand anywhere; a name, in a dialogue that was announced, after a sentence:
    in `asked Ann: ...` somebody else speaks.
    """
    found = []
    for colon in _COLON.finditer(text):
        label = _LABEL_BEFORE.search(text, max(0, colon.start() - 48), colon.start())
        if not label:
            continue
        name = label[1]
        if not side_of(name) and side_of(name.rpartition(" ")[2]):
            name = name.rpartition(" ")[2]  # the word before it belongs to the one who spoke before
        start = label.end(1) - len(name)
        if _STAMP_BEFORE.search(text, max(0, start - 28), start):
            continue
        ended = text[:start].rstrip()[-1:] in _SENTENCE_END
        if side_of(name) not in (None, Side.UNKNOWN) or (announced and ended and not is_field(name)):
            found.append(start)
    return found[:_MOST]


def _turns(text: str, starts: list[int]) -> list[Turn]:
    found: list[Turn] = []
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        turn = _turn(text, start, stop)
        if turn:
            found.append(turn)
        elif found and not (found[-1].system and not text[start:stop].strip()):
            found[-1] = Turn(*_extended(found[-1], stop))
        elif text[start:stop].strip():
            found.append(Turn("", start, stop))
    return found


def _extended(turn: Turn, end: int) -> tuple[str, int, int, datetime | None, bool, bool]:
    return turn.label, turn.start, end, turn.at, turn.stamped, turn.system


def _turn(text: str, start: int, stop: int) -> Turn | None:
    """The turn that a line starts, if it starts one."""
    opening = text[start : min(stop, start + 80)]
    if ":" not in opening and "IN " not in opening and "OUT " not in opening and opening[:1] not in "[-":
        return None
    if (found := _LABELLED.match(text, start, stop)) and (side_of(found[1]) or text.count(f"[{found[1]}]") > 1):
        return Turn(found[1], found.end(), stop)
    way = _WAY.match(text, start, stop) if opening[:1] in "IOio[0123456789 \t" else None
    if way and (way[1] or way[3]):
        return Turn(way[2], way.end(), stop, _at(way[1] or ""), stamped=True)
    if found := _TURN.match(text, start, stop):
        label = " ".join(found[2].split())
        if is_field(label) and not side_of(label):
            return Turn("", start, stop, system=True)
        if " " in label and label[0].islower() and not found[1] and not side_of(label):
            return None  # `asked Ann: ...` tells, nobody speaks
        if len(label) > 1 or found[1]:
            return Turn(label, found.end(), stop, _at(found[1] or ""), stamped=bool(found[1] or found[3]))
    if (found := _BARE_STAMP.match(text, start, stop)) or opening[:1] == "[" or opening[:3] == "---":
        return Turn("", start, stop, system=True)
    return None


def _at(stamp: str) -> datetime | None:
    return moment(stamp) if _DATE.search(stamp) else None


def _is_dialogue(text: str, spoken: list[Turn], announced: bool, subject: str) -> bool:
    labels = [t.label.lower() for t in spoken]
    distinct = set(labels)
    sides = {side_of(label) for label in distinct} - {None}
    if len(distinct) > 8 or (len(spoken) > 1 and len(distinct) > 2 + len(spoken) // 2):
        return False
    if all(t.stamped for t in spoken) and (len(spoken) > 1 or announced):
        return True
    if announced and (sides or any(named_in(t.label, subject) for t in spoken)):
        return True
    if len(spoken) < 2:
        return False
    back = len(spoken) - len(distinct)
    if len(sides) > 1 and not _form(text, spoken):
        return True
    return back > 0 and len(distinct) > 1 and (announced or bool(sides) or back > 1)


def _form(text: str, spoken: list[Turn]) -> bool:
    """Answers of one or two words under labels are a form that was filled in."""
    return all(len(text[t.start : t.end].split()) < 3 for t in spoken)


def named_in(label: str, subject: str) -> bool:
    """Whether the subject names the one who speaks."""
    of_label, of_subject = set(name_words(label)), set(name_words(subject))
    return any(len(w) > 1 and w in of_subject for w in of_label)


def is_field(label: str) -> bool:
    """Whether a label belongs to a form: `Outcome`, `Call outcome`, `Participants (2)`."""
    low = label.lower().partition("(")[0].strip()
    return low in _fields() or low.rpartition(" ")[2] in _fields()


@cache
def _fields() -> frozenset[str]:
    return frozenset(phrases.sides().fields)


@cache
def _labels() -> dict[str, Side]:
    known = phrases.sides().speakers
    sides = ((known.nobody, Side.UNKNOWN), (known.them, Side.THEM), (known.us, Side.US), (known.machine, Side.MACHINE))
    return {label: side for labels, side in sides for label in labels}


@cache
def _of_label(label: str) -> Side | None:
    low = label.lower().strip()
    bare = low.split("(")[0].strip()
    if found := _labels().get(low) or _labels().get(bare):
        return found
    inside = low.partition("(")[2].strip(" )")
    if _labels().get(inside.rpartition(",")[2].strip()) is Side.US and "," in inside:
        return Side.US  # `Ulf (stores, us)`
    if inside in ("bot", "auto") or (bare.endswith("bot") and " " not in bare):
        return Side.MACHINE
    if inside in phrases.sides().speakers.theirs:
        return Side.THEM
    if inside in _labels() and " " not in inside:
        return _labels()[inside]
    if inside in phrases.sides().speakers.ours:
        return Side.US
    if any(word in inside.split() or word == bare for word in phrases.sides().roles.words):
        return Side.US
    first = bare.split(" ")[0]
    return _labels().get(first) if bare[-1:].isdigit() or bare[-2:-1] == " " else None


def side_of(label: str) -> Side | None:
    """The side that a label names by itself; None for a person's name."""
    return _of_label(label[:60])
