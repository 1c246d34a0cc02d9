"""What the figures' reader is told of a question: the accounts, people and times that it names, each at its place."""

from collections.abc import Iterable
from datetime import date

from agents.base import Toolbox
from agents.reading.periods import pieces_of
from agents.reading.reader import NameReader
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.insight.frame import Field, Where
from crm.insight.question.lexicon import Named
from crm.insight.question.tokens import tokens_of
from crm.insight.read import FigureReader
from crm.records.book import Book

JOINT = 4  # letters at most of a word between two times: "to", "bis", "till"
MONTH_FROM = 4  # letters: shorter ones are words of other languages as well


def named_in(text: str, tools: Toolbox, reader: FigureReader) -> Iterable[Named]:
    """The accounts, contacts and periods that the text names, each at its place."""
    mentions = _names(tools.book).read(text)
    if reader.as_of:
        bare = mentions.unnamed  # Marco is no March
        pieces = [Named(start, end, period) for start, end, period in pieces_of(bare, reader.as_of, coming=True)]
        atoms = reader.lexicon.scan(bare).atoms
        if any(a.kind == "change" for a in atoms) or (len(pieces) == 1 and _sets_apart(bare, pieces[0])):
            pieces = [apart for piece in pieces for apart in _ends(bare, piece, reader.as_of)]
        yield from pieces
        yield from _bare_months(bare, pieces, reader)
    for m in mentions.accounts:
        names = tuple(sorted({tools.book.account_by_id[i].name for i in m.ids}))
        if len(names) == 1:
            yield Named(m.start, m.end, Where(Field.ACCOUNT, names))
    for m in mentions.contacts:
        name = " or ".join(sorted({tools.book.contact_by_id[i].name for i in m.ids}))
        if len(m.ids) == 1:
            yield Named(m.start, m.end, Where(Field.CONTACT, m.ids, said=name))


def _sets_apart(text: str, piece: Named) -> bool:
    """ "Compare this week to last week" has two times, "compare calls from May to July with ..." one."""
    listed = word_list("asking")
    opens_stretch = next(iter(words_of(text[piece.start :])), "") in listed["stretch"]
    return bool(set(words_of(text[: piece.start])) & listed["comparing"]) and not opens_stretch


def _ends(text: str, piece: Named, as_of: date) -> Iterable[Named]:
    """ "From Q2 to Q3" is a stretch, and where a change is asked its two ends: "grown from Q2 to Q3"."""
    inside = [t for t in tokens_of(text) if piece.start <= t.start < piece.end]
    found: list[tuple[Named, Named]] = []
    for joint in inside[1:-1]:
        if len(joint.plain) <= JOINT and joint.plain.isalpha():
            left = _whole(text, piece.start, text[piece.start : joint.start], as_of)
            right = _whole(text, joint.end, text[joint.end : piece.end], as_of)
            found += [(left, right)] if left is not None and right is not None else []
    return min(found, key=_uneven, default=[piece])


def _uneven(ends: tuple[Named, Named]) -> int:
    """By how much the words for two times differ in length: what is compared is said alike."""
    first, last = (end.end - end.start for end in ends)
    return abs(first - last)


def _whole(text: str, start: int, part: str, as_of: date) -> Named | None:
    """The one period with both ends in this part, its first word ("from") aside where need be."""
    for skipped in (0, len(part) - len(part.lstrip()) + len(part.split()[0]) if part.split() else 0):
        found = pieces_of(part[skipped:], as_of)
        if len(found) == 1 and found[0][2].start and found[0][2].end and len(part) - skipped - found[0][1] <= 1:
            return Named(start, start + len(part.rstrip()), found[0][2])
    return None


def _bare_months(text: str, pieces: list[Named], reader: FigureReader) -> Iterable[Named]:
    """ "September against August": a month that is also another word is a time where figures are asked for."""
    for token in tokens_of(text)[1:]:
        if len(token.plain) < MONTH_FROM or reader.lexicon.knows(token.plain):
            continue
        if reader.as_of is None or any(p.start <= token.start < p.end for p in pieces):
            continue
        if by_itself := pieces_of(f"in {token.text}", reader.as_of):
            yield Named(token.start, token.end, by_itself[0][2])


class _Kept:
    """The last book that was read, with the reader of its names: both in one, for several may ask at once."""

    pair: tuple[Book, NameReader] | None = None


def _names(book: Book) -> NameReader:
    kept = _Kept.pair
    if kept is None or kept[0] is not book:
        kept = _Kept.pair = book, NameReader(book, lambda typed: [])
    return kept[1]
