"""Which records a question means: values, negations, periods, shares, comparisons, accounts with or without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from crm.insight.frame import OF, About, Condition, Dated, Field, Has, When, Where
from crm.insight.grammar import Parts, joint_between, negated
from crm.insight.lexicon import Atom, Entry, Words
from crm.insight.names import Holdings
from crm.insight.saying import CannotSay
from crm.nouns import Period

QUARTER_DAYS, MONTH_DAYS, WEEK_DAYS = 92, 31, 7
COMPARING = frozenset({"versus", "than", "more", "fewer"})
OF_ACCOUNT = (Field.INDUSTRY, Field.ACCOUNT_REGION, Field.REP_REGION, Field.ACCOUNT, Field.PARENT)
AHEAD = 92  # days within which a bare month after "planned" may be the coming one
ATTRIBUTES = (Field.STATE, Field.LABEL, Field.OUTCOME, Field.DIRECTION, Field.OPTED_OUT)


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions of a frame; `are` makes the counted part of a share, `versus` rows of a comparison."""

    where: tuple[Condition, ...]
    are: tuple[Where, ...] = ()
    versus: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A condition with the atom that said it."""

    where: Where
    atom: Atom


@dataclass(frozen=True, slots=True)
class Conditions:
    """Reads conditions on one kind of record."""

    words: Words
    held: Holdings
    about: About
    as_of: date | None

    def read(self, parts: Parts, sharing: bool) -> Found:
        """Every condition, its atoms used up. Raises CannotSay."""
        self._head_noun(parts)
        has = self._having(parts) if self.about is About.ACCOUNTS else ()
        said = self._said(parts)
        missing = tuple(self._missing(parts))
        are: list[Said] = []
        if sharing:
            are, said = self._counted(parts, said)
        comparing = bool(parts.kinds() & COMPARING) or bool(parts.extreme)
        where, versus = self._joined(parts, said, comparing)
        periods, spans = self._periods(parts, comparing, bool(versus))
        side_by_side = bool(versus or spans)
        compared = [a for a in parts.all(*COMPARING) if side_by_side or (parts.groups and "compar" in a.text.lower())]
        parts.drop_all(compared)
        if versus and spans:
            raise CannotSay("I can compare periods or groups, not both at once")
        counted = tuple(s.where for s in are)
        self._drop_used(parts, [s.atom for s in (*said, *are)])
        return Found((*where, *missing, *periods, *has), counted, versus or spans)

    def outcomes(self, group: str) -> tuple[str, ...]:
        """The outcomes in the store that belong to a group of the playbook."""
        wanted = set(self.words.outcomes[group])
        values = self.held.values.get((About.ACTIVITIES, Field.OUTCOME), frozenset())
        return tuple(sorted(v for v in values if _spelt(v) in wanted)) or tuple(sorted(wanted))

    # --- values ----------------------------------------------------------------------------------------

    def _head_noun(self, parts: Parts) -> None:
        """What is counted was read already; the word for it says nothing more."""
        for atom in parts.all("about"):
            if atom.value is self.about:
                parts.drop(atom)
            elif self.about is About.LEADS and atom.value is About.CONTACTS:
                parts.atoms[parts.place(atom)] = replace(atom, kind="contacted")  # "leads that Tom did contact"

    def _said(self, parts: Parts) -> list[Said]:
        found: list[Said] = []
        for atom in parts.all("condition", "name", "value", "created", "contacted", "field"):
            found += self._meant(parts, atom)
        for owner in parts.all("about"):
            if owner.value is About.ACCOUNTS and self._described(parts, owner):
                parts.drop(owner)  # "won deals of accounts in retail"
        for field_atom in parts.all("field"):
            if any(self._same(field_atom, s.where.field) for s in found):
                parts.drop(field_atom)  # "in the retail sector"
        return found

    def _described(self, parts: Parts, owner: Atom) -> bool:
        """The accounts are told by a branch, a region, a name, which the records have too."""
        after = parts.at(parts.place(owner) + 1)
        named = self._named(after) if after is not None else None
        return named is not None and named.field in OF_ACCOUNT and self.about is not About.ACCOUNTS

    def _same(self, atom: Atom, wanted: Field) -> bool:
        if atom.value == "region":
            return wanted in (Field.ACCOUNT_REGION, Field.REP_REGION)
        return atom.value == wanted or (atom.value == "type" and wanted is Field.DIRECTION)

    def _meant(self, parts: Parts, atom: Atom) -> Iterable[Said]:
        wrong = negated(parts, atom)
        named = self._named(atom)
        if atom.kind == "value" and isinstance(atom.value, Where):
            yield Said(replace(atom.value, negated=wrong), atom)
        elif named is not None and self._is_name(atom, named):
            yield Said(Where(named.field, named.values, wrong), atom)
        elif atom.kind == "name":
            raise CannotSay(f"“{atom.text}” says nothing about {self.about} here")
        elif isinstance(atom.value, Entry):
            yield from (Said(replace(w, negated=wrong), atom) for w in self._entry(parts, atom, atom.value))

    def _is_name(self, atom: Atom, named: Where) -> bool:
        """Words that are also a common word are a name where the records have such a value."""
        return atom.kind == "name" or (named.field is Field.STATUS and self.about is About.LEADS)

    def _named(self, atom: Atom) -> Where | None:
        """All values of the one field that these records have; several spellings of one name are one."""
        usable = [
            (f, v) for f, v in atom.names if f in OF[self.about] and v in self.held.values.get((self.about, f), ())
        ]
        preferred = sorted(usable, key=lambda pair: pair[0] is not self.held.region(self.about))
        if not preferred:
            return None
        first = preferred[0][0]
        return Where(first, tuple(sorted(v for f, v in preferred if f is first)))

    def _entry(self, parts: Parts, atom: Atom, entry: Entry) -> Iterable[Where]:
        wanted, values = Field(entry.field), entry.values
        if wanted is Field.STATE and self.about is About.ACTIVITIES and entry.values == ("open",):
            wanted, values = Field.OUTCOME, self.outcomes("not started")
        elif entry.group:
            values = self.outcomes(entry.group)
        if wanted is Field.LABEL and self.about is About.DEALS and entry.values == ("ENGAGED",):
            parts.atoms[parts.place(atom)] = replace(atom, kind="created")
            return
        if wanted is Field.STATE and self.about is About.DEALS and len(values) == 2 and self._expected(parts, atom):
            parts.atoms[parts.place(atom)] = replace(atom, kind="expected")
            return
        if wanted not in OF[self.about]:
            raise CannotSay(f"“{atom.text}” says nothing about {self.about}")
        yield Where(wanted, values, said=entry.group)
        if entry.also == "outbound":
            yield Where(Field.DIRECTION, ("outbound",))

    def _expected(self, parts: Parts, atom: Atom) -> bool:
        """ "open deals closing in December": the day on which they should close."""
        return any(isinstance(a.value, Entry) and a.value.values == ("open",) for a in parts.atoms) and (
            "clos" in atom.text.lower()
        )

    def _missing(self, parts: Parts) -> Iterable[Where]:
        """ "without an account", "that have no industry"."""
        for atom in parts.all("field", "about"):
            wanted = Field.ACCOUNT if atom.value is About.ACCOUNTS else None
            if atom.kind == "field":
                name = str(atom.value)
                wanted = self.held.region(self.about) if name == "region" else Field(name)
            before = parts.at(parts.place(atom) - 1)
            if wanted is None or before is None or before.kind not in ("not", "with") or wanted not in OF[self.about]:
                continue
            wrong = before.kind == "not"
            yield Where(wanted, (), negated=not wrong)
            parts.drop_all([before, atom])

    # --- joining ---------------------------------------------------------------------------------------

    def _counted(self, parts: Parts, said: list[Said]) -> tuple[list[Said], list[Said]]:
        """What is counted in a share: what follows "that were", else what a record can be or not be."""
        rels = parts.all("rel")
        after = [s for s in said if rels and s.atom.start > rels[-1].start and not _compared(parts, s, said)]
        are = after or [s for s in said if s.where.field in ATTRIBUTES]
        others = [s for s in said if s.where.field is not Field.TYPE]
        if (
            not are
            and len({s.where.field for s in others}) == 1
            and not parts.groups
            and not _all_joined(parts, others)
        ):
            are = others  # "share of deals in the engaging stage"
        if not after and len({s.where.field for s in are}) > 1:
            raise CannotSay("I do not see of what the share is asked; say: share of calls that were unanswered")
        return are, [s for s in said if all(s is not a for a in are)]

    def _joined(
        self, parts: Parts, said: Sequence[Said], comparing: bool
    ) -> tuple[tuple[Where, ...], tuple[Where, ...]]:
        """Values of one field belong together: joined by "or" they are one condition, by "and" rows of their own."""
        where: list[Where] = []
        versus: list[Where] = []
        fields = list(dict.fromkeys((s.where.field, s.where.negated) for s in said))
        for wanted, wrong in fields:
            own = [s for s in said if (s.where.field, s.where.negated) == (wanted, wrong)]
            joints = {joint_between(parts, a.atom, b.atom) for a, b in pairwise(own)}
            distinct = list(dict.fromkeys(s.where.values for s in own))
            if len(distinct) == 1:
                where.append(own[0].where)
            elif wrong or (joints == {"or"} and not comparing):
                union = tuple(dict.fromkeys(v for s in own for v in s.where.values))
                where.append(Where(wanted, union, wrong))
            elif joints & {"", "or"} and not joints & {"and", "versus"} and (shared := _shared(own)) and "" in joints:
                where.append(Where(wanted, shared, said=own[-1].where.said))
            elif "" in joints and not joints & {"and", "versus", "or"}:
                raise CannotSay(f"no {self.about} are {' and '.join(s.atom.text for s in own)} at once")
            elif versus:
                raise CannotSay("that compares two things at once; ask for one comparison, then for the other")
            else:
                versus = list(dict.fromkeys(s.where for s in own))
        return tuple(where), tuple(versus)

    # --- time ------------------------------------------------------------------------------------------

    def _periods(self, parts: Parts, comparing: bool, settled: bool) -> tuple[tuple[When, ...], tuple[When, ...]]:
        atoms = parts.all("period")
        whens = [self._when(parts, a) for a in atoms]
        parts.drop_all(atoms)
        if not whens:
            return (), ()
        if len(whens) == 1 and {a.kind for a in parts.atoms} & {"than", "versus"} and not settled:
            return (), (self._current(whens[0]), whens[0])
        if len(whens) == 1 or (len({w.dated for w in whens}) == len(whens) and not comparing):
            return tuple(whens), ()
        if len({w.dated for w in whens}) > 1:
            raise CannotSay("I do not see which period is for what; ask about one period at a time")
        return (), tuple(self._same_year(whens, atoms))

    def _same_year(self, whens: Sequence[When], atoms: Sequence[Atom]) -> Iterable[When]:
        """ "Q2 against Q1 2016": a period without a year takes that of the one beside it that has one."""
        said = [any(c.isdigit() for c in _years(a.text)) for a in atoms]
        year = next((w.period.start.year for w, has in zip(whens, said, strict=True) if has and w.period.start), None)
        for when, has in zip(whens, said, strict=True):
            start, end = when.period.start, when.period.end
            calendar = start and end and start.day == 1 and start.year == end.year and not has
            if year and calendar and start and end and "this" not in when.period.words:
                last = (end + timedelta(days=1)).replace(year=year + (end.month == 12)) - timedelta(days=1)
                yield replace(when, period=Period(start.replace(year=year), last, when.period.words))
            else:
                yield when

    def _current(self, before: When) -> When:
        """The stretch that is under way, of the same length as the calendar stretch that it is compared with."""
        start, end = before.period.start, before.period.end
        if start is None or end is None or self.as_of is None:
            raise CannotSay("I do not see with what that is compared")
        days = (end - start).days + 1
        if days == WEEK_DAYS and start.weekday() == 0:
            first = self.as_of - timedelta(days=self.as_of.weekday())
        elif start.day == 1 and days <= MONTH_DAYS:
            first = self.as_of.replace(day=1)
        elif start.day == 1 and days <= QUARTER_DAYS:
            first = self.as_of.replace(month=(self.as_of.month - 1) // 3 * 3 + 1, day=1)
        elif (start.day, start.month, end.day, end.month) == (1, 1, 31, 12):
            first = self.as_of.replace(month=1, day=1)
        else:
            raise CannotSay("I do not see with what that is compared; name both periods")
        return replace(before, period=Period(first, _end_of(first, days), "this"))

    def _when(self, parts: Parts, period: Atom) -> When:
        """By which date: the nearest word before it that tells, else the nearest after it."""
        if not isinstance(period.value, Period):
            raise CannotSay(f"“{period.text}” is no period")
        telling = list(parts.all("created", "contacted", "expected"))
        others = [a.start for a in parts.all("period") if a is not period]
        before = [a for a in telling if a.start < period.start and not any(a.start < o < period.start for o in others)]
        stated = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == "state"]
        nearer = [a for a in stated if a.start < period.start and not any(a.start < o < period.start for o in others)]
        first = [a for a in telling if a.start > period.start and not nearer]
        chosen = before[-1] if before else (first[0] if first else None)
        if before and nearer and nearer[-1].start > before[-1].start and others:
            chosen = None
        kind = chosen.kind if chosen else ""
        dated = {"created": Dated.CREATED, "contacted": Dated.CONTACTED, "expected": Dated.EXPECTED}.get(
            kind, Dated.DATED
        )
        if self.about in (About.ACTIVITIES, About.ACCOUNTS, About.CONTACTS):
            dated = Dated.DATED
        elif self.about is About.LEADS and dated is not Dated.CONTACTED:
            raise CannotSay("leads carry no creation date here, only the day of the last contact")
        elif self.about is About.DEALS and dated is Dated.CONTACTED:
            raise CannotSay("deals carry no day of contact; activities do")
        self._refuse_unclear_year(parts, period.value, period.text)
        if chosen is not None and dated is not Dated.DATED:
            parts.drop(chosen)
        return When(period.value, dated)

    def _refuse_unclear_year(self, parts: Parts, period: Period, text: str) -> None:
        """ "Planned for November", asked in October, is hardly the November before."""
        planned = any(isinstance(a.value, Entry) and a.value.group == "scheduled" for a in parts.atoms)
        start = period.start
        if not (planned and start and self.as_of) or _years(text) or (start.month, start.day) == (2, 29):
            return
        if 0 < (start.replace(year=start.year + 1) - self.as_of).days <= AHEAD:
            raise CannotSay(f"say the year of “{text}”")

    # --- accounts by what was done with them -----------------------------------------------------------

    def _having(self, parts: Parts) -> tuple[Has, ...]:
        """ "accounts we mailed but never heard from", "accounts without an open deal"."""
        clauses: list[list[Atom]] = [[]]
        for place, atom in enumerate(parts.atoms):
            ahead = parts.atoms[place + 1 :]
            ends = next((i for i, a in enumerate(ahead) if a.kind in ("but", "and", "not", "with")), len(ahead))
            opens = any(_doing(a) for a in ahead[:ends]) or (bool(ahead) and ahead[0].kind == "not")
            if atom.kind in ("but", "and", "not", "with") and any(_doing(a) for a in clauses[-1]) and opens:
                clauses.append([])
            clauses[-1].append(atom)
        if not any(_doing(a) for clause in clauses for a in clause):
            return ()
        if "or" in parts.kinds() and len(clauses) > 1:
            raise CannotSay("I can ask for accounts with one thing and with another, not with one or the other")
        shared = [a for a in parts.atoms if a.kind == "period"]
        found = tuple(self._has(c, shared) for c in clauses if any(_doing(a) for a in c))
        joints = ("period", "not", "but", "and", "with", "or", "created", "expected")
        used = [a for c in clauses for a in c if _doing(a) or _doer(c, a) or a.kind in joints]
        parts.drop_all(used)
        return found

    def _has(self, clause: Sequence[Atom], shared: Sequence[Atom]) -> Has:
        told = [a.value.about for a in clause if isinstance(a.value, Entry)]
        told += [a.value for a in clause if a.kind == "about" and isinstance(a.value, About)]
        about = told[0]
        if about not in self.held.present:
            raise CannotSay(f"no {about} have been imported")
        inner = Conditions(self.words, self.held, about, self.as_of)
        wrong = any(a.kind == "not" for a in clause)
        kept_kinds = ("or", "and", "created", "expected", "period")
        plain = Parts([a for a in clause if _doing(a) or _doer(clause, a) or a.kind in kept_kinds])
        own = [a for a in clause if a.kind == "period"] or (shared if len(shared) == 1 else [])
        plain.atoms += [a for a in own if a not in plain.atoms]
        found = inner.read(plain, sharing=False)
        if found.versus:
            raise CannotSay("I do not see which accounts are meant")
        kept = tuple(c for c in found.where if isinstance(c, (Where, When)))
        dated = Dated.DATED if about is About.ACTIVITIES else _state_date(kept)
        kept = tuple(replace(c, dated=dated) if isinstance(c, When) and c.dated is Dated.DATED else c for c in kept)
        return Has(about, kept, wrong)

    def _drop_used(self, parts: Parts, atoms: Sequence[Atom]) -> None:
        for atom in atoms:
            if any(a is atom for a in parts.atoms):
                before = parts.at(parts.place(atom) - 1)
                while before is not None and before.kind in ("rel", "with"):
                    before = parts.at(parts.place(before) - 1)
                if before is not None and before.kind == "not":
                    parts.drop(before)
                parts.drop(atom)


def _doing(atom: Atom) -> bool:
    """Speaks of activities or deals, not of the account itself."""
    if isinstance(atom.value, Entry):
        return atom.value.about in (About.ACTIVITIES, About.DEALS)
    if any(f in (Field.PRODUCT, Field.STAGE, Field.SERIES, Field.OUTCOME) for f, _ in atom.names):
        return True
    return atom.kind == "about" and atom.value in (About.ACTIVITIES, About.DEALS)


def _doer(clause: Sequence[Atom], atom: Atom) -> bool:
    """Names who did it ("did Priya mail", "won by Priya"), not whose account it is ("accounts of Priya without")."""
    if not any(f in (Field.REP, Field.MANAGER) for f, _ in atom.names):
        return False
    place = next(i for i, a in enumerate(clause) if a is atom)
    following = clause[place + 1] if place + 1 < len(clause) else None
    return (following is not None and _doing(following)) or any(_doing(a) for a in clause[:place])


def _state_date(where: Sequence[Where | When]) -> Dated:
    decided = any(isinstance(c, Where) and c.field is Field.STATE and "open" not in c.values for c in where)
    return Dated.CLOSED if decided else Dated.CREATED


def _shared(own: Sequence[Said]) -> tuple[str, ...]:
    """The values that every mention allows: "closed won" is won."""
    first, *others = (s.where.values for s in own)
    return tuple(v for v in first if all(v in o for o in others))


def _compared(parts: Parts, one: Said, said: Sequence[Said]) -> bool:
    """The same field is named again, with a "versus" in between: it is compared, not counted."""
    others = [s for s in said if s is not one and s.where.field is one.where.field]
    return any(joint_between(parts, *sorted((one.atom, o.atom), key=lambda a: a.start)) for o in others)


def _all_joined(parts: Parts, said: Sequence[Said]) -> bool:
    """Several values that are set side by side."""
    return len(said) > 1 and all(joint_between(parts, a.atom, b.atom) for a, b in pairwise(said))


def _spelt(outcome: str) -> str:
    return outcome.casefold().replace("_", " ").replace("-", " ").strip()


def _years(text: str) -> str:
    """Only the digits of a year that was said: "Q1" has none."""
    return "".join(word for word in text.split() if word.strip(",.").isdigit() and len(word.strip(",.")) == 4)


def _end_of(first: date, days: int) -> date:
    if days <= WEEK_DAYS:
        return first + timedelta(days=6)
    months = 1 if days <= MONTH_DAYS else 3 if days <= QUARTER_DAYS else 12
    year, month0 = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month0 + 1, 1) - timedelta(days=1)
