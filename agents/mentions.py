"""Everybody and everything a question mentions: ids, addresses, accounts, contacts, our own reps, times."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from agents.activity_ids import Lookup, TypedId, typed_ids
from agents.company_words import Common, common_words
from agents.names import BREAKS, Names, Sighting
from agents.periods import places_of
from agents.tokens import Token, tokens
from agents.wordlists import word_list
from crm.records.book import Book

READ = 4000  # characters: names stand at the beginning of a question, or in the heads of a pasted record
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
QUOTED = re.compile(r"[\"“«„]([^\"“”»„]{2,})[\"”»“]|(?<!\w)['‘]([^'’]{12,})['’](?!\w)|(?<!\w)[‘']([A-Z][^'’]{1,40})['’](?!\w)")
QUOTED_TEXT = 5  # words: a longer quote is somebody's text, a shorter one may be a name
ALL_CAPITALS = 0.6  # of the words: then a capital tells nothing
PEOPLE_FUZZY_FROM = 8  # letters: Maria and Mario are two people


@dataclass(frozen=True, slots=True)
class Mention:
    """Who may be meant, from character `start` to `end`. `exact` has no letter wrong; `whole` is the full name."""

    ids: tuple[str, ...]
    start: int
    end: int
    exact: bool
    whole: bool
    letters: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one question mentions. `others` are names like an account's that belong to another company.

    `bare` is the text with blanks for ids, addresses and quoted texts, of the same length.
    """

    text: str
    bare: str
    words: tuple[Token, ...]
    ids: tuple[TypedId, ...] = ()
    accounts: tuple[Mention, ...] = ()
    contacts: tuple[Mention, ...] = ()
    reps: tuple[Mention, ...] = ()
    others: tuple[Mention, ...] = ()
    strangers: tuple[Mention, ...] = ()

    def masked(self, as_of: date) -> str:
        """The question with a slot for every mention: how something is asked, without about whom."""
        spans = [(i.start, i.end, "id") for i in self.ids]
        for slot, found in (("account", (*self.accounts, *self.others)), ("contact", self.contacts), ("rep", self.reps)):
            spans += [(m.start, m.end, slot) for m in found]
        spans += [(m.start, m.end, "contact") for m in self.strangers]
        spans += [(start, end, "period") for start, end in places_of(self.text, as_of)]
        text, left = self.text, len(self.text) + 1
        for start, end, slot in sorted(spans, reverse=True):
            if end <= left:
                text, left = f"{text[:start]}{{{slot}}}{text[end:]}", start
        return text


@dataclass(frozen=True)
class Reader:
    """Reads mentions of what one address book holds."""

    book: Book
    lookup: Lookup

    def read(self, text: str) -> Mentions:
        ids = tuple(typed_ids(text[:READ], self.lookup))
        bare = _blanked(text[:READ], [(i.start, i.end) for i in ids])
        accounts, contacts, reps, strangers = self._addressed(bare)
        bare = _blanked(bare, [h.span() for h in ADDRESS.finditer(bare)] + _quoted_texts(bare))
        words = tokens(bare)
        mentions = Mentions(text, bare, tuple(words), ids, tuple(accounts), tuple(contacts), tuple(reps), (), tuple(strangers))
        return self._named(mentions)

    def _named(self, m: Mentions) -> Mentions:
        around = _Around(m.words, self._common)
        people = [(s, "contact") for s in self._people.find(m.words)] + [(s, "rep") for s in self._ours.find(m.words)]
        people = [(s, kind) for s, kind in people if not s.weak or around.names_person(s)]
        firms = [s for s in self._firms.find(m.words) if not s.weak or around.names_company(s)]
        firms = [s for s in firms if not any(_inside(s, p) and p.whole and _size(p) > _size(s) for p, _ in people)]
        taken = {place for s in firms for place in range(s.first, s.last)}
        people = [(s, k) for s, k in people if taken.isdisjoint(range(s.first, s.last))]
        mine = {(s.first, s.last) for s, kind in people if kind == "rep"}
        split = [(s, self._apart(s, m.words)) for s in firms]
        return replace(
            m,
            accounts=(*m.accounts, *(_mention(s, m.words) for s, other in split if other is None)),
            others=tuple(other for _, other in split if other is not None),
            contacts=(*m.contacts, *(_mention(s, m.words) for s, k in people if k == "contact")),
            reps=(*m.reps, *(_mention(s, m.words) for s, k in people if k == "rep" and (s.first, s.last) in mine)),
        )

    def _apart(self, s: Sighting, words: Sequence[Token]) -> Mention | None:
        """The whole of another company's name, when the words beside the sighting make it one; else None."""
        first, last = s.first, s.last
        known = {w for i in s.ids for w in self._firms.words[i]}
        after = words[last] if last < len(words) else None
        if after and self._common.is_business(after.plain) and after.plain not in known:
            if after.capital == words[first].capital or self._common.is_form(after.plain):
                last += 1
        before = words[first - 1] if first else None
        if before and self._belongs_before(before, words, first, known):
            first -= 1
        if (first, last) == (s.first, s.last):
            return None
        return Mention(s.ids, words[first].start, words[last - 1].end, False, False)

    def _belongs_before(self, before: Token, words: Sequence[Token], first: int, known: set[str]) -> bool:
        if not (before.capital and words[first].capital) or before.text.isupper() or before.plain in known:
            return False
        if first < 2 or words[first - 2].text in ".?!:\n" or self._common.is_ordinary(before.plain):
            return False
        return before.plain not in self._person_words

    def _addressed(self, text: str) -> tuple[list[Mention], list[Mention], list[Mention], list[Mention]]:
        """Accounts, contacts, reps and strangers by their addresses."""
        accounts, contacts, reps, strangers = [], [], [], []
        for hit in ADDRESS.finditer(text):
            address, domain = hit[0].lower().rstrip("."), hit[1].lower().rstrip(".")

            def mention(ids: Iterable[str], hit: re.Match[str] = hit) -> Mention:
                return Mention(tuple(ids), hit.start(), hit.end(), True, True, 100)

            if address in self._by_address:
                contacts.append(mention(self._by_address[address]))
            elif address in self._our_addresses:
                reps.append(mention([self._our_addresses[address]]))
            elif domain in self._by_domain:
                accounts.append(mention(self._by_domain[domain]))
            else:
                strangers.append(mention([]))
        return accounts, contacts, reps, strangers

    @cached_property
    def _common(self) -> Common:
        return common_words()

    @cached_property
    def _firms(self) -> Names:
        stems = ((a.id, a.domain.split(".")[0]) for a in self.book.accounts if "." in a.domain)
        return Names.of(((a.id, a.name) for a in self.book.accounts), self._common, stems)

    @cached_property
    def _people(self) -> Names:
        names = ((c.id, c.name) for c in self.book.contacts)
        return replace(Names.of(names, self._common), part_fuzzy_from=PEOPLE_FUZZY_FROM)

    @cached_property
    def _ours(self) -> Names:
        return replace(Names.of(((n, n) for n in self.rep_names), self._common), part_fuzzy_from=PEOPLE_FUZZY_FROM)

    @cached_property
    def rep_names(self) -> tuple[str, ...]:
        """Our own people: the reps, and whoever owns an account or a deal where no reps were imported."""
        named = [r.name for r in self.book.reps] + [r.manager for r in self.book.reps]
        named += [a.owner for a in self.book.accounts] + [d.owner for d in self.book.deals]
        return tuple(dict.fromkeys(n for n in named if n and "@" not in n))

    @cached_property
    def _person_words(self) -> frozenset[str]:
        return frozenset(w for names in (self._people, self._ours) for name in names.words.values() for w in name)

    @cached_property
    def _by_address(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for c in self.book.contacts:
            if c.email:
                found.setdefault(c.email.lower(), []).append(c.id)
        return found

    @cached_property
    def _our_addresses(self) -> dict[str, str]:
        return {r.email.lower(): r.name for r in self.book.reps if r.email}

    @cached_property
    def _by_domain(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for a in self.book.accounts:
            if a.domain:
                found.setdefault(a.domain.lower(), []).append(a.id)
        return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What the words around a sighting of ordinary words say about it being a name."""

    words: Sequence[Token]
    common: Common

    def names_company(self, s: Sighting) -> bool:
        """"to Cheers", "the Open Tech deal": a small word before it, or a capital where none is due."""
        introduced = s.first > 0 and self.words[s.first - 1].plain in word_list("asking")["introducer"]
        if s.whole and s.slips == 0:
            return introduced or self._capital(s) or self._owns(s)
        return self._capital(s) or (introduced and self._ends(s))

    def names_person(self, s: Sighting) -> bool:
        return self._capital(s)

    def _capital(self, s: Sighting) -> bool:
        spoken = [w for w in self.words if w.is_word and w.text[0].isalpha()]
        shouting = sum(w.capital for w in spoken) > ALL_CAPITALS * len(spoken) and len(spoken) > 3
        begins = s.first == 0 or self.words[s.first - 1].text in ".?!:"
        return self.words[s.first].capital and not begins and not shouting

    def _owns(self, s: Sighting) -> bool:
        return s.last + 1 < len(self.words) and self.words[s.last].text in "'’" and self.words[s.last + 1].plain == "s"

    def _ends(self, s: Sighting) -> bool:
        return s.last == len(self.words) or self.words[s.last].text in BREAKS or self._owns(s)


def _mention(s: Sighting, words: Sequence[Token]) -> Mention:
    start, end = words[s.first].start, words[s.last - 1].end
    return Mention(s.ids, start, end, s.slips == 0, s.whole, s.letters, s.weak)


def _inside(s: Sighting, other: Sighting) -> bool:
    return other.first <= s.first and s.last <= other.last


def _size(s: Sighting) -> int:
    return s.last - s.first


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _quoted_texts(text: str) -> list[tuple[int, int]]:
    """Quotes that are too long to be a name."""
    return [h.span() for h in QUOTED.finditer(text) if len(h[0].split()) >= QUOTED_TEXT]
