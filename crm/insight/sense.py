"""Atoms to a frame: what is counted, how, which records, by what, compared with what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm.insight.compute import default_dated
from crm.insight.conditions import Conditions
from crm.insight.frame import (
    COLUMNS,
    OF,
    TIMES,
    About,
    Column,
    Condition,
    Dated,
    Field,
    How,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.insight.grammar import AS_FIELD, LISTED, Bound, Parts, take_bounds, take_groups, take_rank
from crm.insight.lexicon import Atom, Entry, NamedRate, Words
from crm.insight.names import Holdings
from crm.insight.saying import CannotSay

HOWS = {"average": How.MEAN, "median": How.MEDIAN, "total": How.TOTAL, "much": How.TOTAL, "share": How.SHARE}
COLUMN_OF = {
    "value": Column.VALUE,
    "sales": Column.VALUE,
    "company": Column.REVENUE,
    "closing": Column.VALUE,
    "employees": Column.EMPLOYEES,
    "age": Column.AGE,
    "cycle": Column.CYCLE,
    "duration": Column.DURATION,
    "talk": Column.DURATION,
}
ABOUT_OF = {c: about for about, found in COLUMNS.items() for c in found}
WON = Where(Field.STATE, ("won",))
OPEN = Where(Field.STATE, ("open",))
CLOSED = Where(Field.STATE, ("won", "lost"))
PIPELINE = ("pipeline", "funnel")
EMPTY = frozenset({"and", "comma", "rel", "with", "by", "or"})


@dataclass(frozen=True, slots=True)
class Sense:
    """Makes frames of atoms, for one store."""

    words: Words
    held: Holdings
    as_of: date | None

    def frame(self, atoms: Sequence[Atom]) -> QueryFrame:
        """The frame that uses up every atom. Raises CannotSay."""
        parts = Parts(list(atoms))
        take_groups(parts)
        take_rank(parts)
        company = self._company_columns(parts)
        bounds = take_bounds(parts, lambda a: self._column(str(a.value), company))
        rate = parts.take("rate")
        how, column = self._measure(parts, company)
        about = self._about(parts, rate, column, bounds)
        many = how is How.COUNT
        distinct = self._distinct(parts, about, many)
        groups = self._groups(parts, about)
        if parts.asked not in (None, about) and any(a.kind == "not" for a in parts.atoms):
            raise CannotSay("who has none of something is not in the records; ask who has the fewest")
        found = Conditions(self.words, self.held, about, self.as_of).read(parts, how is How.SHARE)
        where = (*found.where, *(self._limit(b, about, found.where) for b in bounds))
        compared = {c.field for c in found.versus if isinstance(c, Where)}
        groups = tuple(g for g in groups if g not in compared)
        frame = QueryFrame(about, how or How.COUNT, column, where, found.are, groups, found.versus)
        if rate is not None and isinstance(rate.value, NamedRate):
            frame = self._rated(frame, rate.value)
        elif distinct is not None:
            frame = replace(frame, how=How.DISTINCT, of=distinct)
        elif column is not None or how not in (None, How.COUNT, How.SHARE):
            frame = self._valued(frame, how, parts, company)
        if how is How.SHARE and rate is None and not (found.are or groups):
            raise CannotSay("I do not see of what the share is asked; say: share of calls that were unanswered")
        frame = self._ranked(self._piped(frame, atoms), parts)
        contacted = bool(parts.all("contacted"))
        self._drop_told(frame, parts)
        self._refuse_leftovers(parts)
        return self._checked(self._on_time(frame, contacted))

    # --- what is measured ------------------------------------------------------------------------------

    def _company_columns(self, parts: Parts) -> bool:
        """Whether "revenue" is a company's own: asked of accounts, with nothing of a sale or a time beside it."""
        accounts = parts.asked is About.ACCOUNTS or any(a.value is About.ACCOUNTS for a in parts.all("about"))
        selling = any(a.kind == "period" or a.value is About.DEALS for a in parts.atoms)
        selling = selling or any(isinstance(a.value, Entry) and a.value.about is About.DEALS for a in parts.atoms)
        earning = any(a.text.lower().startswith(("brought", "bring", "sales")) for a in parts.all("column"))
        product = any(f is Field.PRODUCT for a in parts.atoms for f, _ in a.names)
        return accounts and not (selling or earning or product) and self.held.has(About.ACCOUNTS, Column.REVENUE)

    def _column(self, name: str, company: bool) -> Column:
        return Column.REVENUE if name == "sales" and company else COLUMN_OF[name]

    def _measure(self, parts: Parts, company: bool) -> tuple[How | None, Column | None]:
        said = [str(a.value) for a in parts.all("how")]
        columns = [str(a.value) for a in parts.all("column")]
        counting = "number" in said
        chosen = [h for h in ("share", "median", "average", "much", "total") if h in said]
        if counting and set(chosen) & {"average", "median"}:
            raise CannotSay("an average of counts depends on who is left out; ask for the counts by group instead")
        two = len({c for c in columns if c != "value"}) > 1 or len(chosen) > 1
        if two and set(chosen) != {"much", "total"}:
            raise CannotSay("that asks for two figures at once; ask for one, then for the other")
        parts.drop_all(parts.all("how", "column") if "distinct" not in said else parts.all("column"))
        named = next((c for c in columns if c != "value"), columns[0] if columns else None)
        column = self._column(named, company) if named else self._implied(parts, chosen, said)
        if counting and column is Column.EMPLOYEES and not chosen:
            return How.TOTAL, column
        if counting and column is not None:
            raise CannotSay("that asks for a number and for a value at once; ask for one, then for the other")
        if "much" in chosen and column is None:
            column = Column.VALUE
        if chosen and chosen[0] == "total" and column is None:
            if self._counts(parts):
                return How.COUNT, None
            column = Column.VALUE
        self._sold(parts, named, company)
        return (HOWS[chosen[0]] if chosen else How.COUNT if counting else None), column

    def _counts(self, parts: Parts) -> bool:
        """A total of records, not of money: "total deals", but not "total pipeline" or "total won"."""
        nouns = [a for a in parts.all("about") if a.text.lower() not in PIPELINE]
        return bool(nouns) or any(isinstance(a.value, Entry) and a.value.field == "type" for a in parts.atoms)

    def _implied(self, parts: Parts, chosen: Sequence[str], said: Sequence[str]) -> Column | None:
        """What an extreme ("oldest", "fastest") or an average without a column is about."""
        by_extreme = {"oldest": Column.AGE, "newest": Column.AGE, "slowest": Column.CYCLE, "fastest": Column.CYCLE}
        calls = any(isinstance(a.value, Entry) and a.value.about is About.ACTIVITIES for a in parts.atoms)
        by_extreme["longest"] = Column.DURATION if calls else Column.CYCLE
        if parts.extreme in by_extreme:
            return by_extreme[parts.extreme]
        deals = any(a.value is About.DEALS for a in parts.atoms) or parts.asked is About.DEALS
        stated = any(isinstance(a.value, Entry) and a.value.field in ("state", "currency") for a in parts.atoms)
        if chosen and chosen[0] in ("average", "median", "much") and (deals or stated):
            return Column.VALUE
        alone = parts.asked is None and deals and "number" not in said
        if not chosen and parts.extreme in ("most", "least") and (parts.asked is About.DEALS or alone):
            return Column.VALUE
        return None

    def _sold(self, parts: Parts, named: str | None, company: bool) -> None:
        """Sales are what was won; a close value is one of a closed deal; talk time is that of calls."""
        if named == "talk":
            call = next(e for e in self.words.conditions if e.values == ("call",))
            parts.atoms.append(Atom("condition", call, "call", 10_000))
            return
        if any(isinstance(a.value, Entry) and a.value.field == "state" for a in parts.atoms):
            return
        timed = any(a.kind == "period" for a in parts.atoms) or bool(parts.groups)
        if named == "sales" and not company and not timed and self._one_account(parts):
            raise CannotSay("say company revenue, or total won value: of one account, revenue may be either")
        wanted = {"sales": ("won",), "closing": ("won", "lost")}.get(named or "")
        if wanted and not (named == "sales" and company):
            entry = next(e for e in self.words.conditions if e.field == "state" and e.values == wanted)
            parts.atoms.append(Atom("condition", entry, str(named), 10_000))

    def _one_account(self, parts: Parts) -> bool:
        """An account is named that has a revenue of its own."""
        named = any(f is Field.ACCOUNT for a in parts.atoms for f, _ in a.names)
        named = named or any(isinstance(a.value, Where) and a.value.field is Field.ACCOUNT for a in parts.atoms)
        return named and self.held.has(About.ACCOUNTS, Column.REVENUE)

    def _about(self, parts: Parts, rate: Atom | None, column: Column | None, bounds: Sequence[Bound]) -> About:
        if rate is not None and isinstance(rate.value, NamedRate):
            about: About | None = rate.value.about
        elif column is not None:
            about = ABOUT_OF[column]
        else:
            about = self._head(parts, bounds)
        if about is None:
            raise CannotSay("I do not see which records to count: activities, deals, leads, accounts or contacts")
        if about not in self.held.present:
            raise CannotSay(f"no {about} have been imported")
        return about

    def _head(self, parts: Parts, bounds: Sequence[Bound]) -> About | None:
        spoken = [a for a in parts.all("about") if isinstance(a.value, About)]
        nouns = [a.value for a in spoken if isinstance(a.value, About)]
        told = [a.value.about for a in parts.all("condition") if isinstance(a.value, Entry)]
        types = [a.start for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == "type"]
        if types and spoken and parts.asked is None and min(types) < spoken[0].start:
            return About.ACTIVITIES  # "calls to accounts in retail", but "accounts that we called"
        first = nouns
        without = any(a.kind == "not" for a in parts.atoms)
        if parts.asked is About.ACCOUNTS and not parts.extreme and (without or not (nouns or told)):
            return About.ACCOUNTS
        typed = any(isinstance(a.value, Entry) and a.value.field == "type" for a in parts.all("condition"))
        if typed and not first:
            return About.ACTIVITIES
        if first and first[0] in (About.ACCOUNTS, About.CONTACTS) and parts.extreme and told:
            return told[0]
        if first and first[0] is About.CONTACTS and About.ACTIVITIES in told:
            raise CannotSay("contacts cannot be counted by what was done with them; accounts can")
        if first:
            return first[0]
        if told:
            return told[0]
        if parts.asked is About.ACCOUNTS or (bounds and bounds[0].column in COLUMNS[About.ACCOUNTS]):
            return About.ACCOUNTS
        if parts.asked is About.DEALS or (bounds and bounds[0].column in COLUMNS[About.DEALS]):
            return About.DEALS
        return None

    def _distinct(self, parts: Parts, about: About, counting: bool) -> Field | None:
        """ "how many products did Ana sell": a field that is counted itself."""
        asked = [a for a in parts.all("field", "about") if a.kind == "field" or a.value is not about]
        marked = any(a.value == "distinct" for a in parts.all("how"))
        parts.drop_all(parts.all("how"))
        noun = asked[0] if asked and counting and about is not About.ACCOUNTS else None
        if noun is None or (parts.place(noun) > 1 and not marked):
            return None
        if noun.kind == "about" and noun.value is not About.ACCOUNTS:
            return None
        if noun.kind == "field" and self._is_beside_value(parts, noun, about):
            return None
        parts.drop(noun)
        return Field.ACCOUNT if noun.kind == "about" else self._field(str(noun.value), about)

    def _is_beside_value(self, parts: Parts, noun: Atom, about: About) -> bool:
        wanted = self._field(str(noun.value), about)
        return any(f is wanted for a in parts.atoms for f, _ in a.names)

    # --- by what ---------------------------------------------------------------------------------------

    def _field(self, name: str, about: About) -> Field:
        wanted = self.held.region(about) if name == "region" else Field(name)
        if wanted in TIMES and wanted not in OF[about]:
            raise CannotSay(f"{about} carry no date here")
        if wanted not in OF[about]:
            raise CannotSay(f"{about} have no {name} here")
        if not self.held.has(about, wanted):
            raise CannotSay(f"no {name} was imported for {about}")
        return wanted

    def _groups(self, parts: Parts, about: About) -> tuple[Field, ...]:
        parts.drop_all(a for a in parts.all("field") if a.value == parts.asked)  # "who is the best agent"
        named = list(parts.groups)
        if parts.asked is not None and parts.asked is not about:
            named.insert(0, parts.asked)
        if parts.asked is about:
            if about not in AS_FIELD:
                raise CannotSay(f"{about} cannot be listed one by one here; ask for their number by a field")
            named.insert(0, about)
        fields = [AS_FIELD[g] if isinstance(g, About) and g in AS_FIELD else g for g in named]
        found = [self._field(f.value if isinstance(f, Field) else str(f), about) for f in fields]
        if len(set(found)) > 2:
            raise CannotSay("I can group by two things at once, not by three")
        return tuple(dict.fromkeys(found))

    def _limit(self, bound: Bound, about: About, where: Sequence[Condition]) -> Limit:
        decided = any(isinstance(c, Where) and c.field is Field.STATE and "open" not in c.values for c in where)
        aged = bound.days or bound.text.startswith(("older", "longer", "within", "younger", "shorter"))
        column = bound.column
        if column is None and about is About.DEALS:
            column = (Column.CYCLE if decided else Column.AGE) if aged else Column.VALUE
        if column is None and about is About.ACTIVITIES and bound.timed:
            column = Column.DURATION
        if column is None or column not in COLUMNS[about]:
            raise CannotSay(f"I do not see which figure of {about} that bound is for")
        if not self.held.has(about, column):
            raise CannotSay(f"no {column} was imported for {about}")
        return Limit(column, bound.low, bound.high, bound.strict)

    # --- finishing -------------------------------------------------------------------------------------

    def _rated(self, frame: QueryFrame, rate: NamedRate) -> QueryFrame:
        kept = tuple(c for c in frame.where if not (isinstance(c, Where) and c.field is Field.STATE))
        if self.held.lost_are_worthless and any(isinstance(c, Limit) and c.column is Column.VALUE for c in kept):
            raise CannotSay("lost deals carry no value here, so that a rate of deals by value says nothing")
        if rate.of:
            of, are = Where(Field.STATE, rate.of), Where(Field.STATE, rate.are)
            return replace(frame, how=How.SHARE, of=None, where=(of, *kept), are=(are,))
        types = tuple(Where(Field.TYPE, rate.type) for _ in rate.type[:1])
        kept = tuple(c for c in kept if not (isinstance(c, Where) and c.field is Field.TYPE and types))
        if rate.label:
            return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(Where(Field.LABEL, rate.label),))
        values = Conditions(self.words, self.held, About.ACTIVITIES, self.as_of).outcomes(rate.group)
        counted = Where(Field.OUTCOME, values, said=rate.group)
        return replace(frame, how=How.SHARE, of=None, where=(*types, *kept), are=(counted,))

    def _valued(self, frame: QueryFrame, how: How | None, parts: Parts, company: bool) -> QueryFrame:
        """Completes a figure over a column: which aggregate, which deals have such a column at all."""
        column = frame.of
        if not isinstance(column, Column):
            raise CannotSay("an average or a total needs a column, such as the value of deals")
        if not self.held.has(frame.about, column):
            raise CannotSay(f"no {column} was imported for {frame.about}")
        if how in (None, How.SHARE):
            if how is How.SHARE:
                raise CannotSay("a share of money is not among the things I compute; a share of records is")
            listed = Field.DEAL in frame.group or (company and Field.ACCOUNT in frame.group)
            single = parts.extreme and parts.asked is None
            plain = How.TOTAL if listed or column in (Column.VALUE, Column.REVENUE, Column.EMPLOYEES) else How.MEAN
            how = (How.LEAST if parts.extreme in ("least", "newest", "fastest") else How.MOST) if single else plain
        states = [c for c in frame.where if isinstance(c, Where) and c.field is Field.STATE]
        states += [c for c in frame.versus if isinstance(c, Where) and c.field is Field.STATE]
        where = frame.where
        if column is Column.AGE:
            if any("open" not in c.values for c in states):
                raise CannotSay("a closed deal has no age; ask for its sales cycle")
            where = (*where, OPEN) if not states else where
        if column is Column.CYCLE:
            if any("open" in c.values for c in states):
                raise CannotSay("an open deal has no sales cycle yet; ask for its age")
            where = (*where, CLOSED) if not states else where
        averaged = how in (How.MEAN, How.MEDIAN, How.LEAST)
        if column is Column.VALUE and averaged and not states and self.held.lost_are_worthless:
            where = (*where, WON)
        return replace(frame, how=how, where=where)

    def _piped(self, frame: QueryFrame, atoms: Sequence[Atom]) -> QueryFrame:
        """The pipeline is what is open."""
        pipeline = any(a.kind == "about" and a.text.lower() in PIPELINE for a in atoms)
        after = any(a.kind == "field" and a.text.lower() in ("pipeline stage",) for a in atoms)
        stated = any(isinstance(c, Where) and c.field is Field.STATE for c in (*frame.where, *frame.versus, *frame.are))
        if frame.about is About.DEALS and pipeline and not after and not stated:
            return replace(frame, where=(*frame.where, OPEN))
        return frame

    def _ranked(self, frame: QueryFrame, parts: Parts) -> QueryFrame:
        ascending = parts.extreme in ("least", "newest", "fastest")
        if parts.top is not None and not frame.group:
            raise CannotSay("I do not see of what the top is asked")
        if frame.how in (How.MOST, How.LEAST) and parts.asked is None:
            return frame  # "the largest deal by rep": the extreme is the figure
        if parts.extreme and not (frame.group or frame.versus):
            raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
        if not parts.extreme or frame.versus:
            return frame
        if frame.how is How.COUNT and frame.group[0] in (Field.DEAL,):
            raise CannotSay("I do not see by what they are ranked")
        if parts.top is not None and frame.how is How.COUNT and not self._counted_rank(frame, parts):
            raise CannotSay("I do not see by what they are ranked: by number, by value, by win rate")
        one = LISTED if parts.asked_many else 1
        return replace(frame, top=parts.top or one, ascending=ascending)

    def _counted_rank(self, frame: QueryFrame, parts: Parts) -> bool:
        """ "top reps by number of deals" says what is counted; "top reps" does not."""
        return parts.ordered or any(a.kind in ("about", "condition") for a in parts.atoms) or bool(frame.where)

    def _drop_told(self, frame: QueryFrame, parts: Parts) -> None:
        """ "Deals created per month": the word tells the date that such figures have anyhow."""
        timed = any(g in TIMES for g in frame.group) or any(isinstance(c, When) for c in (*frame.where, *frame.versus))
        if timed and frame.about is About.DEALS and default_dated(About.DEALS, frame.of, frame.where) is Dated.CREATED:
            parts.drop_all(parts.all("created"))
        if timed and frame.about is About.LEADS:
            parts.drop_all(parts.all("contacted"))

    def _on_time(self, frame: QueryFrame, contacted: bool) -> QueryFrame:
        """The dates that periods and calendar groups mean, where records have them at all."""
        where = tuple(self._dated(c, frame) for c in frame.where)
        versus = tuple(self._dated(c, frame) for c in frame.versus)
        timed = any(isinstance(c, When) for c in (*where, *versus)) or any(g in TIMES for g in frame.group)
        if timed and frame.about in (About.ACCOUNTS, About.CONTACTS):
            raise CannotSay(f"{frame.about} carry no date here")
        contacted = contacted or any(isinstance(c, When) and c.dated is Dated.CONTACTED for c in (*where, *versus))
        if timed and frame.about is About.LEADS and not contacted:
            raise CannotSay("leads carry no creation date here, only the day of the last contact")
        return replace(frame, where=where, versus=versus, as_of=self.as_of)

    def _dated(self, c: Condition, frame: QueryFrame) -> Condition:
        if not isinstance(c, When) or c.dated is not Dated.DATED or frame.about is About.LEADS:
            return c
        return replace(c, dated=default_dated(frame.about, frame.of, (*frame.where, *frame.are, *frame.versus)))

    def _refuse_leftovers(self, parts: Parts) -> None:
        left = [a for a in parts.atoms if a.kind not in EMPTY]
        if left and left[0].kind == "created":
            raise CannotSay(f"say in which period: “{left[0].text}” without one means every record")
        if left:
            raise CannotSay(f"I cannot fit “{left[0].text}” into what was asked")

    def _checked(self, frame: QueryFrame) -> QueryFrame:
        conditions = [c for c in (*frame.where, *frame.are, *frame.versus) if isinstance(c, Where)]
        for c in conditions:
            if c.field not in OF[frame.about]:
                raise CannotSay(f"{frame.about} have no {c.field} here")
            if not self.held.has(frame.about, c.field):
                raise CannotSay(f"no {c.field} was imported for {frame.about}")
        return frame
