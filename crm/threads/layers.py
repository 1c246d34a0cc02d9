"""Which words lie at which depth of a mail, under which head. Who wrote them is decided elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crm.threads import heads, tickets, wrote_heads
from crm.threads.heads import Found, Head
from crm.threads.lines import Line, cut

RULER = " \t\r_-=*~─"  # a line of these divides and says nothing
_LABEL = re.compile(r"(?:F(?:rom|ROM|ra|rån)|V[oa]n|D[ea]|Od|Exp\w+|Rem\w+|Mit\w+|Afz\w+|Nad\w+|Abs\w+)\s?:")
MOST_LAYERS = 100  # a thread deeper than this is a loop of some program; what lies below stays with the last layer


class Layer(NamedTuple):
    """One author's place in a thread, under a `head` or set apart by marks alone. A tuple, for there are many."""

    number: int
    depth: int
    head: Head | None = None


class Piece(NamedTuple):
    """A run of one layer's words: text[start:end]."""

    layer: Layer
    start: int
    end: int


def split(text: str, subject: str, quotes: bool = True) -> list[Piece]:
    """The mail's pieces in the order they stand. Without `quotes`, `>` is a bullet and only heads divide."""
    if not (">" in text and quotes) and not may_hold_head(text):
        return [Piece(Layer(0, 0), 0, len(text))] if text.strip(RULER + "\n") else []
    found = sorted(wrote_heads.find(text) + _inline(text, subject), key=lambda f: f.start)
    walk = _Walk(text, cut(text, _apart(found)), quotes)
    return walk.pieces()


def may_hold_head(text: str) -> bool:
    """A quick look for anything that could announce another's mail."""
    if ":" not in text:
        return heads.may_hold_title(text)
    return (
        bool(_LABEL.search(text)) or wrote_heads.may_hold(text) or heads.may_hold_title(text) or tickets.may_hold(text)
    )


def _inline(text: str, subject: str) -> list[Found]:
    return heads.inline(text, subject) + tickets.find(text) if ":" in text else []


def _apart(found: Sequence[Found]) -> list[Found]:
    """The heads without those that begin inside another."""
    apart: list[Found] = []
    for head in found:
        if not apart or head.start >= apart[-1].end:
            apart.append(head)
    return apart


class _Walk:
    """Goes down the lines once. `open` holds the layer that each depth of marks belongs to at this point."""

    def __init__(self, text: str, lines: list[Line], quotes: bool) -> None:
        self.text = text
        self.lines = lines
        self.quotes = quotes
        self.open: dict[int, Layer] = {0: Layer(0, 0)}
        self.waiting: tuple[int, Layer] | None = None  # a head whose words have not come yet
        self.title = ""
        self.layers = 1
        self.last: Layer | None = None
        self.starts: list[tuple[Layer, int]] = []
        self.ends: list[int] = []

    def pieces(self) -> list[Piece]:
        at = 0
        while at < len(self.lines):
            at += self._step(at)
        return [Piece(layer, start, end) for (layer, start), end in zip(self.starts, self.ends, strict=True)]

    def _step(self, at: int) -> int:
        """Takes in the line, or the lines of the head that starts here; how many they were."""
        line = self.lines[at]
        if line.head:
            self._head(line.marks, line.head)
            return 1
        words = self.text[line.start : line.end]
        bare = words.strip(RULER)
        if not bare:
            return 1
        if (len(bare) != len(words) or bare[-1] == ":") and (title := heads.is_title(words)):
            self.title = title
            self._head(line.marks, Head(forwarded=title == "forward"))
        elif block := self._block(at, words):
            self._head(line.marks, block[0])
            return block[1]
        else:
            self._words(line)
        return 1

    def _block(self, at: int, words: str) -> tuple[Head, int] | None:
        """A head of label lines here. A single From line counts only where a quoted mail must begin."""
        labelled = ":" in words[:24] and _LABEL.search(words, 0, 24)
        if not labelled and not (len(words) < 80 and at + 1 < len(self.lines) and self._dated(at + 1)):
            return None
        line = self.lines[at]
        same: list[tuple[int, int]] = []
        for one in self.lines[at : at + 14]:
            if one.head or one.marks != line.marks:
                break
            same.append((one.start, one.end))
        if block := heads.block(self.text, same) or tickets.block(self.text, same):
            return block
        lone = heads.lone(self.text, same[0]) if self.title or line.marks not in self.open else None
        return (lone, 1) if lone else None

    def _dated(self, at: int) -> bool:
        """Whether a line is short, with a clock's time on it: under a name it may head a ticket's comment."""
        line = self.lines[at]
        return 8 < line.end - line.start < 60 and ":" in self.text[line.start : line.end]

    def _head(self, marks: int, head: Head) -> None:
        if self.layers >= MOST_LAYERS:
            return
        if self.title == "forward" and not head.forwarded:
            head = replace(head, forwarded=True)
        if not self.starts and not self.waiting and not marks and not self.title and head.labelled:
            self.open[0] = Layer(0, 0, head)  # nothing stands above it: it tells about the newest message itself
            return
        if self.waiting and self.waiting[0] == marks and not self._waits_for_more():
            self.open[marks] = self.waiting[1]  # a mail without words of its own
        parent = self.open[max(m for m in self.open if m <= marks)]
        self.waiting = (marks, Layer(self.layers, parent.depth + 1, head))
        self.layers += 1
        self.title = "" if head.author.known else self.title

    def _waits_for_more(self) -> bool:
        """Whether the last head was only a dashed title, which this head completes."""
        head = self.waiting[1].head if self.waiting else None
        return head is not None and not head.author.known

    def _words(self, line: Line) -> None:
        marks = line.marks if self.quotes else 0
        if self.waiting and marks >= self.waiting[0]:
            for deeper in [m for m in self.open if m > self.waiting[0]]:
                del self.open[deeper]
            self.open[marks] = self.waiting[1]
        elif marks not in self.open:
            marks = self._unannounced(marks)
        self.waiting, self.title = None, ""
        layer = self.open[marks]
        if layer is self.last:
            self.ends[-1] = line.end
        else:
            self.last = layer
            self.starts.append((layer, line.start))
            self.ends.append(line.end)

    def _unannounced(self, marks: int) -> int:
        """Marks without a head. A quote begins at the first level; `>>` out of nothing is somebody's bullet."""
        above = max(m for m in self.open if m < marks)
        if marks - above > 1 and not above:
            return 0
        self.open[marks] = Layer(self.layers, self.open[above].depth + marks - above)
        self.layers += 1
        return marks
