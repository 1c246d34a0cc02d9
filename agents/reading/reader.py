"""Finds what a question mentions, with the names of one address book."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from agents.reading.activity_ids import Lookup, typed_ids
from agents.reading.company_words import Common, common_words
from agents.reading.domain_names import said_names
from agents.reading.language import language_of
from agents.reading.mentions import Mention, Mentions, blanked
from agents.reading.name_or_word import Around
from agents.reading.names import BREAKS, Names, Sighting
from agents.reading.tokens import Token, tokens
from agents.reading.wordlists import word_list
from crm.records.book import Book

KEPT = 32  # questions: the same one is read for its scope and for its route
READ = 4000  # characters: names stand at the beginning of a question, or in the heads of a pasted record
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
QUOTED = re.compile(
    r"[\"“«„]([^\"“”»„]{2,})[\"”»“]|(?<!\w)['‘]([^'’]{12,})['’](?!\w)|(?<!\w)[‘']([A-Z][^'’]{1,40})['’](?!\w)"
)
QUOTED_TEXT = 5  # words: a longer quote is somebody's text, a shorter one may be a name
PEOPLE_FUZZY_FROM = 8  # letters: Maria and Mario are two people


@dataclass(frozen=True)
class NameReader:
    """Reads mentions of what one address book holds."""

    book: Book
    lookup: Lookup

    def read(self, text: str) -> Mentions:
        """What `text` mentions; a text that was read lately is not read again."""
        return self._kept(text)

    @cached_property
    def _kept(self) -> Callable[[str], Mentions]:
        return lru_cache(maxsize=KEPT)(self._read)

    def _read(self, text: str) -> Mentions:
        ids = tuple(typed_ids(text[:READ], self.lookup))
        bare = blanked(text[:READ], [(i.start, i.end) for i in ids])
        accounts, contacts, reps, strangers = self._addressed(bare)
        bare = blanked(bare, [h.span() for h in ADDRESS.finditer(bare)] + _quoted_texts(bare))
        words = tokens(bare)
        mentions = Mentions(
            text, bare, tuple(words), ids, tuple(accounts), tuple(contacts), tuple(reps), (), tuple(strangers)
        )
        return self._named(mentions)

    def _named(self, m: Mentions) -> Mentions:
        around = Around(m.words)
        people = [(s, "contact") for s in self._people.find(m.words)] + [(s, "rep") for s in self._ours.find(m.words)]
        german = language_of(m.text) == "de"  # writes every noun with a capital
        people = [(s, kind) for s, kind in people if not s.weak or around.names_person(s)]
        people = [(s, kind) for s, kind in people if s.whole or german or not self._is_namesake(s, m.words)]
        firms = [s for s in self._firms.find(m.words) if not s.weak or around.names_company(s)]
        firms = [s for s in firms if not any(_inside(s, p) and p.whole and _size(p) > _size(s) for p, _ in people)]
        taken = {place for s in firms for place in range(s.first, s.last)}
        people = [(s, k) for s, k in people if taken.isdisjoint(range(s.first, s.last))]
        split = [(s, self._apart(s, m.words, german)) for s in firms]
        return replace(
            m,
            accounts=(*m.accounts, *(_mention(s, m.words) for s, other in split if other is None)),
            others=tuple(other for _, other in split if other is not None),
            contacts=(*m.contacts, *(_mention(s, m.words) for s, k in people if k == "contact")),
            reps=(*m.reps, *(_mention(s, m.words) for s, k in people if k == "rep")),
        )

    def _is_namesake(self, s: Sighting, words: Sequence[Token]) -> bool:
        """A first name before somebody else's surname."""
        after = words[s.last] if s.last < len(words) else None
        if after is None or not (after.is_word and after.capital and words[s.first].capital) or after.text.isupper():
            return False
        theirs = {w for names in (self._people, self._ours) for i in s.ids for w in names.words.get(i, ())}
        ordinary = self._common.is_ordinary(after.plain) or self._common.is_company(after.plain)
        return not ordinary and after.plain not in theirs and after.plain not in self._firm_words

    def _apart(self, s: Sighting, words: Sequence[Token], nouns_capital: bool) -> Mention | None:
        """The whole of another company's name, when the words beside the sighting make it one; else None."""
        first, last = s.first, s.last
        known = {w for i in s.ids for w in self._firms.words[i]}
        after = words[last] if last < len(words) else None
        if after and after.is_word and self._belongs_after(after, words[first], s, known):
            last += 1
        before = words[first - 1] if first else None
        if before and not nouns_capital and self._belongs_before(before, words, first, known):
            first -= 1
        if (first, last) == (s.first, s.last):
            return None
        return Mention(s.ids, words[first].start, words[last - 1].end, False, False)

    def _belongs_after(self, after: Token, name: Token, s: Sighting, known: set[str]) -> bool:
        """A business word that the name does not have; any capital word after an ordinary one: Green Valley."""
        if after.plain in known or after.plain[:-1] in known:
            return False
        if self._common.is_business(after.plain):
            return after.capital == name.capital or self._common.is_form(after.plain)
        return s.weak and not s.whole and after.capital and name.capital and not after.text.isupper()

    def _belongs_before(self, before: Token, words: Sequence[Token], first: int, known: set[str]) -> bool:
        if not (before.capital and words[first].capital) or before.text.isupper() or before.plain in known:
            return False
        if first < 2 or words[first - 2].text in BREAKS | {"."}:
            return False
        leads = before.plain in word_list("asking")["introducer"] | word_list("asking")["place"]
        return not (leads or self._common.is_company(before.plain) or before.plain in self._person_words)

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
        called = [(a.id, one) for a in self.book.accounts for one in a.everyone]
        stems = ((i, one.domain.split(".")[0]) for i, one in called if "." in one.domain)
        names = [(i, one.name) for i, one in called]
        names += [(i, said) for i, one in called for said in said_names(one.name, one.domain)]
        return Names.of(names, self._common, stems)

    @cached_property
    def _people(self) -> Names:
        names = ((c.id, one.name) for c in self.book.contacts for one in c.everyone)
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
    def _firm_words(self) -> frozenset[str]:
        return frozenset(w for name in self._firms.words.values() for w in name)

    @cached_property
    def _by_address(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for c in self.book.contacts:
            for address in dict.fromkeys(one.email.lower() for one in c.everyone if one.email):
                found.setdefault(address, []).append(c.id)
        return found

    @cached_property
    def _our_addresses(self) -> dict[str, str]:
        return {r.email.lower(): r.name for r in self.book.reps if r.email}

    @cached_property
    def _by_domain(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for a in self.book.accounts:
            for domain in dict.fromkeys(one.domain.lower() for one in a.everyone if one.domain):
                found.setdefault(domain, []).append(a.id)
        return found


def _mention(s: Sighting, words: Sequence[Token]) -> Mention:
    start, end = words[s.first].start, words[s.last - 1].end
    return Mention(s.ids, start, end, s.slips == 0, s.whole, s.letters, s.weak)


def _inside(s: Sighting, other: Sighting) -> bool:
    return other.first <= s.first and s.last <= other.last


def _size(s: Sighting) -> int:
    return s.last - s.first


def _quoted_texts(text: str) -> list[tuple[int, int]]:
    """Quotes that are too long to be a name."""
    return [h.span() for h in QUOTED.finditer(text) if len(h[0].split()) >= QUOTED_TEXT]
