"""Which other account is meant: "no, the German one", "the second", "Foods"."""

from collections.abc import Sequence

from agents.reading.phrases import without
from agents.reading.tokens import words_of
from agents.reading.wordlists import word_list
from crm.nouns import Account, Scope
from crm.records.book import Book

LONGEST = 10  # words
ORDINALS = ("first", "second", "third")


def corrected(text: str, before: Sequence[Scope], book: Book) -> Account | None:
    """The one account that the words pick among those that were left open, or named alike; None without one.

    `before` are the scopes of the turns before, the newest last.
    """
    words = words_of(text)
    last = before[-1]
    left = [] if last.account else _asked(before, book)
    if not words or len(words) > LONGEST or not (left or corrects(text)):
        return None
    said = [w for w in words if w not in word_list("asks")["one"] | word_list("asks")["correction"]]
    others = [a for a in _asked(before, book) if a != last.account]
    if not said or all(w in word_list("asks")["other"] for w in said):
        return others[0] if len(others) == 1 else None
    place = next((n for n, name in enumerate(ORDINALS) if word_list("asks")[name] & set(said)), None)
    if left and place is not None:
        return left[place] if place < len(left) else None
    everybody = book.accounts if corrects(text) else ()
    among = (left, others, _namesakes(last.account, book, 1), _namesakes(last.account, book, None), everybody)
    return next((one for group in among if (one := _picked(said, group))), None)


def corrects(text: str) -> bool:
    """Whether it begins by saying that another one was meant: "no, ...", "sorry, I meant ..."."""
    words = words_of(text)
    phrases = word_list("asks")["correction"]
    begins = any(" ".join(words[:n]) in phrases for n in range(1, 5))
    return begins or any(" ".join(words[start : start + n]) in phrases for start in (1, 2) for n in range(2, 5))


def says_another(text: str) -> bool:
    """Whether it says that another one is meant, and nothing more than where that one is: "no, la de Iberia"."""
    asks = word_list("asks")
    known = asks["correction"] | asks["one"] | asks["other"] | frozenset().union(*word_list("places").values())
    return 0 < len(words_of(text)) <= LONGEST and not without(words_of(text), known)[0]


def fitting(text: str, but: Account | None, book: Book) -> list[Account]:
    """The accounts, but for one, that every telling word fits."""
    said = without(words_of(text), word_list("asks")["one"] | word_list("asks")["correction"])[0]
    others = [a for a in book.accounts if a != but]
    return [a for a in others if said and all(_fits(word, a) for word in said)]


def _asked(before: Sequence[Scope], book: Book) -> list[Account]:
    """Those that the newest question back offered."""
    offered = next((s.candidates for s in reversed(before) if s.candidates), ())
    return [book.account_by_id[c.id] for c in offered if c.id in book.account_by_id]


def _namesakes(account: Account | None, book: Book, words: int | None) -> list[Account]:
    """The other accounts that share one of the first `words` of the name, or any."""
    if account is None:
        return []
    mine = set(words_of(account.name)[:words])
    return [a for a in book.accounts if a.id != account.id and mine & set(words_of(a.name)[:words])]


def _picked(said: Sequence[str], among: Sequence[Account]) -> Account | None:
    """The only one that every word fits: by its name, its branch, or where it is."""
    found = [a for a in among if all(_fits(word, a) for word in said)]
    return found[0] if len(found) == 1 else None


def _fits(word: str, account: Account) -> bool:
    own = set(words_of(f"{account.name} {account.industry} {account.region} {account.domain}"))
    places = {w for group in word_list("places").values() if word in group for w in group}
    return word in own or word.rstrip("s") in own or bool(places & set(words_of(account.region)))
