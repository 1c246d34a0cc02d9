"""Which messages of a thread are of the same party, and which of opposite ones; not which party is ours."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from crm.threads import letters, phrases
from crm.threads.letters import NO_LETTER, Letter
from crm.threads.people import NOBODY, Person, same, words
from crm.threads.scanning import NOTHING_FOUND, Scanned

_SUREST = 5  # strength of a bond between two who are known to be of one party
_COMPANY = 4  # letters of a company's name in an address: fewer are a common word
_MOST_COMPARED = 14  # each with each; what lies deeper is tied to its neighbour only


class Voice(NamedTuple):
    """One message as evidence; `found` is what of the playbook's lists is in its `text`. A tuple: there are many."""

    author: Person = NOBODY
    to: tuple[Person, ...] = ()
    letter: Letter = NO_LETTER
    text: str = ""
    found: Scanned = NOTHING_FOUND
    reply: bool = False
    forwarded: bool = False
    machine: bool = False


class Bond(NamedTuple):
    """Two voices are of the same party, or of opposite ones."""

    one: int
    other: int
    opposite: bool
    strength: int


class Parties:
    """Groups of voices whose sides hang together, each turned with or against the first of its group."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))
        self._turned = [False] * size

    @classmethod
    def of(cls, voices: Sequence[Voice], replies: bool) -> "Parties":
        """The parties of a thread; `replies` says that the newest message may be taken for an answer."""
        parties = cls(len(voices))
        for bond in sorted(parties._bonds(voices, replies), key=lambda b: -b.strength):
            parties._tie(bond)
        return parties

    def _bonds(self, voices: Sequence[Voice], replies: bool) -> list[Bond]:
        """All bonds but the surest, which tie at once: nothing can part whom they hold together."""
        talking = [i for i, v in enumerate(voices) if not v.machine]
        found: list[Bond] = []
        for one, other in combinations(talking[:_MOST_COMPARED], 2):
            if self.root(one)[0] == self.root(other)[0]:
                continue
            bond = _bond(one, other, voices[one], voices[other])
            if bond and bond.strength == _SUREST:
                self._tie(bond)
            elif bond:
                found.append(bond)
        tied = {(b.one, b.other) for b in found}
        for one, other in pairwise(talking):
            named = one == 0 or voices[one].author.known or voices[other].author.known
            if replies and named and (one, other) not in tied and not voices[other].forwarded:
                found.append(Bond(one, other, True, 1))  # who answers is rarely who wrote
        return found

    def roots(self) -> list[tuple[int, bool]]:
        """`root` of every voice."""
        return [self.root(number) for number in range(len(self._above))]

    def root(self, number: int) -> tuple[int, bool]:
        """The first of the voice's group; whether the voice is turned against it."""
        turned = False
        while self._above[number] != number:
            turned ^= self._turned[number]
            number = self._above[number]
        return number, turned

    def _tie(self, bond: Bond) -> None:
        """Joins two groups; within one group the stronger bond came first and stands."""
        (one, turned), (other, other_turned) = self.root(bond.one), self.root(bond.other)
        if one != other:
            first, second = min(one, other), max(one, other)
            self._above[second] = first
            self._turned[second] = turned ^ other_turned ^ bond.opposite


def _bond(one: int, other: int, newer: Voice, older: Voice) -> Bond | None:
    """What two messages say about each other, the surest first."""
    if newer.author.known and older.author.known:
        if same(newer.author, older.author) or colleagues(newer.author, older.author) or _desk(newer, older):
            return Bond(one, other, False, _SUREST)
        if _of_company(newer.author, older.author) or _of_company(older.author, newer.author):
            return Bond(one, other, False, _SUREST)
        if newer.author.domain and older.author.domain:
            return Bond(one, other, True, 3)
    if wrote := max(_wrote(newer, older.author), _wrote(older, newer.author)):
        return Bond(one, other, False, wrote)
    if not newer.forwarded and not older.forwarded and (_answers(newer, older) or _answers(older, newer)):
        return Bond(one, other, True, 3)
    if newer.letter.greets and _same_greeting(newer.letter, older.letter):
        return Bond(one, other, False, 2)
    return None


def colleagues(one: Person, other: Person) -> bool:
    """Whether both have addresses of one company."""
    return bool(one.domain) and one.domain == other.domain


def _of_company(named: Person, other: Person) -> bool:
    """Whether one without an address is named after the other's company: `Security Team Lumabase`."""
    company = other.domain.partition(".")[0]
    return not named.address and len(company) >= _COMPANY and company in words(named.name)


def _desk(one: Voice, other: Voice) -> bool:
    """Whether both are of a support desk, whoever sat at it."""
    words = phrases.sides().roles.words
    return phrases.holds(words, one.author.name.lower()) and phrases.holds(words, other.author.name.lower())


def _wrote(voice: Voice, who: Person) -> int:
    """How surely this person signed the message, when no head says who wrote it: by name, by initials, or not."""
    if voice.author.known or not who.known:
        return 0
    return 4 if letters.signs_in_full(voice.letter, who) else 2 * letters.signs(voice.letter, who)


def _answers(voice: Voice, other: Voice) -> bool:
    """Whether one writes to the other: greets its author, or is one whom the other addressed."""
    if not (voice.letter.greets or other.letter.greets or other.to):
        return False
    if other.author.known and letters.greets(voice.letter, other.author):
        return not colleagues(voice.author, other.author)
    addressed = [*other.to, Person(other.letter.greets)] if other.letter.greets else list(other.to)
    strangers = [who for who in addressed if not colleagues(who, other.author)]
    if voice.author.known:
        return any(same(voice.author, who) for who in strangers)
    return any(letters.signs(voice.letter, who) for who in strangers)


def _same_greeting(one: Letter, other: Letter) -> bool:
    first, second = words(one.greets), words(other.greets)
    return bool(first and second) and (first[-1] == second[-1] or first[0] == second[0]) and len(first[0]) > 1
