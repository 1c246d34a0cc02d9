"""Names with addresses: reading them off a mail head, telling whether two of them are one person."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from crm.threads import phrases

ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}")
_NOISE = re.compile(r"\[?mailto:[^\s\]>]*|[<>()\[\]\"*]|(?<!\w)'|'(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 200  # characters: longer ones are not remembered
FEWEST_OF_NAME = 3  # letters by which somebody is recognised: "Li" and "Jo" are words of other languages, too
_BETWEEN = re.compile(r"[;\n]|,(?=[^,;]{0,120}@)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a head names them; either part may be missing."""

    name: str = ""
    address: str = ""

    @property
    def known(self) -> bool:
        return bool(self.name or self.address)

    @property
    def domain(self) -> str:
        """The company's part of the address; empty for an address anybody can have."""
        return _company(self.address) if self.address else ""


NOBODY = Person()


def under(domain: str, others: Iterable[str]) -> bool:
    """Whether a domain is one of others or part of one: mail.norvik.example is norvik.example's."""
    return any(domain == other or domain.endswith(f".{other}") for other in others)


@lru_cache(maxsize=4096)  # each message of a thread is compared with each other
def _company(address: str) -> str:
    domain = address.rpartition("@")[2]
    return "" if domain in _free_mail() else domain


@cache
def _free_mail() -> frozenset[str]:
    return frozenset(phrases.names().free_mail)


def person(value: str) -> Person:
    """One name and address as mail programs write them, such as `Doe, Jane [mailto:jane@x.example]`."""
    return _remembered(value) if len(value) < _LONG else _person(value)


def _person(value: str) -> Person:
    if not value:
        return NOBODY
    found = ADDRESS.search(value) if "@" in value else None
    address = found.group().strip(".'-").lower() if found else ""
    name = ADDRESS.sub(" ", value) if found else value
    name = " ".join(_NOISE.sub(" ", name).split()).strip(" ,;:-|")
    last, comma, first = name.partition(", ")
    if comma and "," not in first and len(name) < 60:
        name = f"{first} {last}"
    return Person(name[:80], address)


def named(owner: str) -> str:
    """Whoever a record belongs to, by name or address; nobody where only an id says who that is."""
    an_id = " " not in owner and "@" not in owner and any(c.isdigit() for c in owner)
    return "" if an_id else owner


_remembered = lru_cache(maxsize=4096)(_person)  # a file names the same few people over and over


def people(value: str) -> tuple[Person, ...]:
    """Everybody in a To line, at most ten: more is a list, not people."""
    if not value:
        return ()
    parts = [part for part in _BETWEEN.split(value[:1000]) if part.strip(" <>'\"*,-")]
    return tuple(p for p in map(person, parts[:10]) if p.known)


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The name's words without titles, accents and case."""
    titles = phrases.names().titles
    plain = (
        name
        if name.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    )
    return tuple(w for w in _WORD.findall(plain.lower()) if w not in titles)


def named_in(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the names of which a word, no initial and no title, stands in the text with a capital."""
    said = {word for typed in _WORD.findall(text) if typed[0].isupper() for word in words(typed)}
    return tuple(n for n in dict.fromkeys(names) if any(len(w) >= FEWEST_OF_NAME and w in said for w in words(n)))


def ends(called: Sequence[str]) -> tuple[str, ...]:
    """The first and the last word of a whole name, by either of which somebody may be called; no initials."""
    return tuple(w for w in (called[0], called[-1]) if len(w) > 1) if len(called) > 1 else ()


def same(one: Person, other: Person) -> bool:
    """Whether both name the same person, as far as one can tell from what they show."""
    if one.address and other.address:
        return one.address == other.address
    if _same_name(words(one.name), words(other.name)):
        return True
    return _in_address(words(one.name), other.address) or _in_address(words(other.name), one.address)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    if not few or not any(len(w) > 1 and w in many for w in few):
        return False
    return all(w in many or any(_initial(w, m) for m in many) for w in few)


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _in_address(name: tuple[str, ...], address: str) -> bool:
    """jsmith@, smith.j@ or jane@ for Jane Smith."""
    if not name or not address:
        return False
    local = address.partition("@")[0]
    parts = words(re.sub(r"[\d_.+-]", " ", local))
    if len(name) > 1 and local in (name[0][0] + name[-1], name[0] + name[-1][0], name[0] + name[-1]):
        return True
    return any(len(w) > 2 and w in parts for w in name)
