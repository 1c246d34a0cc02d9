"""Whose a promise is that a note of ours tells of: "told her I'd send the drawings", "zugesagt: Muster bis KW 12"."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from agents.base import Log
from agents.reading.phrases import begun
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.records.book import Book

SUBJECT = 3  # words before a verb among which it is said who did it
SOON = 5  # words between "told" and "I'd": the name of whom we told, "again that"
THING_SOON = 3  # words between "told him" and what he was to get
THEN = 8  # words after the thing in which a time follows


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a promise is that a note recounts, by the plain words of our people's names and of theirs."""

    us: frozenset[str]
    them: frozenset[str]

    @classmethod
    def of(cls, log: Log, book: Book) -> "Whose":
        """Of the people who are on the records of a log."""
        there = {i for a in log.activities for i in a.contact_ids}
        theirs = _words_of_names({c.name for c in book.contacts if c.id in there})
        ours = _words_of_names({a.owner for a in log.activities} | {r.name for r in book.reps})
        return cls(ours - theirs, theirs)

    def ours(self, words: str) -> bool:
        """By naming one of us, speaking of ourselves, or telling that we said we would."""
        named = not self.us.isdisjoint(words.split())
        return recounts_ours(words, self.them) or (_tells_of_promise(words) and (named or by_us(words)))

    def nobodys(self, words: str) -> bool:
        """As in “promised by Friday”."""
        return _tells_of_promise(words) and not self.ours(words)


def recounts_ours(words: str, theirs: Collection[str] = ()) -> bool:
    """Whether plain words of a note tell that we bound ourselves; `theirs` are plain words of their people's names."""
    them = {*theirs, *word_list("owing")["them"]}
    bound = any(_after(words, word_list("promising")["bound"], them))
    return bound or _told_that_we_would(words, them) or _told_when(words, them)


def by_us(words: str) -> bool:
    """Whether a promise of a note is ours by its plain words: in the first person, or naming us."""
    lists = word_list("outlook")
    spoken = lists["promise"] - lists["promise_by_nobody"]
    return any(f" {phrase} " in f" {words} " for phrase in lists["ourselves"] | spoken)


def _tells_of_promise(words: str) -> bool:
    """Whether plain words tell that something was promised, by whomever."""
    return any(f" {phrase} " in f" {words} " for phrase in word_list("promising")["made"])


def _words_of_names(names: Collection[str]) -> frozenset[str]:
    """The plain words of names, without initials."""
    return frozenset(word for name in names for word in words_of(name) if len(word) > 1)


def _told_that_we_would(words: str, them: Collection[str]) -> bool:
    lists = word_list("promising")
    for after in _after(words, lists["told"] | lists["told_them"], them):
        sizes = [(at, begun(after[at:], lists["we_would"])) for at in range(min(SOON, len(after)))]
        at, size = next(((at, size) for at, size in sizes if size), (0, 0))
        if size and after[at + size : at + size + 1] and after[at + size] not in lists["seen"]:
            return True
    return False


def _told_when(words: str, them: Collection[str]) -> bool:
    """ "Told him quote by Friday": a thing at once, then a time for it."""
    lists, things = word_list("promising"), word_list("owing")["things"]
    for after in _after(words, lists["told_them"], them):
        at = next((n for n in range(min(THING_SOON, len(after))) if begun(after[n:], things)), None)
        if at is None or not lists["seen"].isdisjoint(after[:at]):
            continue
        if not lists["by"].isdisjoint(after[at + 1 : at + THEN]):
            return True
    return False


def _after(words: str, phrases: Collection[str], them: Collection[str]) -> Iterator[Sequence[str]]:
    """What follows each of the phrases, where nobody of theirs is who did it: "he told us we'd get it"."""
    for phrase in phrases:
        before, found, after = f" {words} ".partition(f" {phrase} ")
        if found and set(before.split()[-SUBJECT:]).isdisjoint(them):
            yield after.split()
