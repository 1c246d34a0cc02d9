"""Which other account is meant: "no, the German one", "the second", "Foods"."""

from collections.abc import Sequence

from agents.tokens import words_of
from agents.wordlists import word_list
from crm.nouns import Account, Scope
from crm.records.book import Book

LONGEST = 10  # words
ORDINALS = ("first", "second", "third")


def corrected(text: str, before: Scope, book: Book) -> Account | None:
    """The one account that the words pick among those the turn before left open, or named alike; None without one."""
    words = words_of(text)
    asked = [book.account_by_id[c.id] for c in before.candidates if c.id in book.account_by_id]
    if not words or len(words) > LONGEST or not (asked or corrects(text)):
        return None
    said = [w for w in words if w not in word_list("asks")["one"]]
    if not said:
        return _other(asked)
    place = next((n for n, name in enumerate(ORDINALS) if word_list("asks")[name] & set(said)), None)
    if asked and place is not None:
        return asked[place] if place < len(asked) else None
    among = asked or _namesakes(before.account, book)
    return _picked(said, among) or (_picked(said, book.accounts) if corrects(text) else None)


def corrects(text: str) -> bool:
    """Whether it begins by saying that another one was meant."""
    words = words_of(text)
    return any(" ".join(words[:n]) in word_list("asks")["correction"] for n in range(1, 5))


def _other(among: Sequence[Account]) -> Account | None:
    return among[1] if len(among) == 2 else None


def _namesakes(account: Account | None, book: Book) -> list[Account]:
    """The other accounts that share a word of the name."""
    if account is None:
        return []
    mine = set(words_of(account.name))
    return [a for a in book.accounts if a.id != account.id and mine & set(words_of(a.name))]


def _picked(said: Sequence[str], among: Sequence[Account]) -> Account | None:
    """The only one that every word fits: by its name, its branch, or where it is."""
    found = [a for a in among if all(_fits(word, a) for word in said)]
    return found[0] if len(found) == 1 else None


def _fits(word: str, account: Account) -> bool:
    own = set(words_of(f"{account.name} {account.industry} {account.region} {account.domain}"))
    places = {w for group in word_list("places").values() if word in group for w in group}
    return word in own or word.rstrip("s") in own or bool(places & set(words_of(account.region)))
