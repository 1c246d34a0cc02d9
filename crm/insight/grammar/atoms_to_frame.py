"""Atoms to a frame: what is counted, how, which records, by what, compared with what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crm.insight.check_frame import completed, lost_for_a_reason, refuse_ended_by_stage
from crm.insight.frame import (
    TIMES,
    About,
    Change,
    Column,
    Condition,
    Field,
    How,
    Kept,
    Limit,
    QueryFrame,
    When,
    Where,
)
from crm.insight.grammar.articles import drop_articles
from crm.insight.grammar.asked_changes import change_in, changed
from crm.insight.grammar.asked_openly import ask_sorted, refuse_ranked_openly, take_selling, take_what
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.bounds import take_bounds
from crm.insight.grammar.clause_guards import (
    refuse_absent,
    refuse_all_of_them,
    refuse_none_but,
    refuse_repliers,
    refuse_senders,
    refuse_whose,
)
from crm.insight.grammar.comparable_times import take_comparable_times
from crm.insight.grammar.complete_frame import (
    added_up,
    by_expected_day,
    drop_told,
    on_time,
    piped,
    ranked,
    rated,
    valued,
)
from crm.insight.grammar.conditions import Found, conditions_in
from crm.insight.grammar.count_bounds import kept_in, refuse_unkept
from crm.insight.grammar.denials import take_denials
from crm.insight.grammar.due_dates import take_waiting
from crm.insight.grammar.guards import refuse_lost
from crm.insight.grammar.how_many_more import take_excess
from crm.insight.grammar.lifetimes import drop_lifetime
from crm.insight.grammar.measure import Measured, column_named, company_columns, measure_in
from crm.insight.grammar.measure_guards import refuse_days_overdue, refuse_newest, refuse_told_of_it, refuse_unsplit
from crm.insight.grammar.modal_guards import refuse_left_customers, take_modals
from crm.insight.grammar.money_words import take_money_of
from crm.insight.grammar.only_one import take_only_one
from crm.insight.grammar.paraphrases import take_paraphrases
from crm.insight.grammar.part_and_whole import Bounded, Sharing
from crm.insight.grammar.parts import REGIONS, Parts
from crm.insight.grammar.possessors import drop_possessors
from crm.insight.grammar.rank_guards import (
    refuse_averaged_rate,
    refuse_between,
    refuse_elsewhere,
    refuse_last_of_some,
    refuse_top_of_each,
    refuse_top_of_rows,
)
from crm.insight.grammar.ranks import take_listing, take_ordered, take_rank, take_ranked_by
from crm.insight.grammar.record_limits import limits_in
from crm.insight.grammar.replying import drop_people, whose
from crm.insight.grammar.restatements import drop_gloss
from crm.insight.grammar.role_guards import refuse_both, refuse_denied_ways, take_roles, ways_in
from crm.insight.grammar.row_bounds import RowBound, kept_by_records, take_row_bound
from crm.insight.grammar.small_words import parts_of
from crm.insight.grammar.splits import take_groups
from crm.insight.grammar.subject import about_in, distinct_in, each_in, groups_in, refuse_none_of_them, without_own
from crm.insight.grammar.time_guards import (
    refuse_handed,
    refuse_overdue_since,
    refuse_past_states,
    refuse_shared_times,
    refuse_time_in_stage,
    refuse_untold_times,
    settle_closing,
)
from crm.insight.grammar.time_taken import take_time_taken
from crm.insight.grammar.times_over import take_times_over
from crm.insight.grammar.two_figures import refuse_beside_rate, refuse_two_figures, refuse_untold
from crm.insight.grammar.units import unit_in
from crm.insight.grammar.verb_guards import refuse_turned
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import NO_SHARE, CannotSay, TwoFigures, unfit
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import NamedRate, Words

EMPTY = frozenset({"among", "and", "but", "comma", "rel", "with", "by", "or"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks to be told, whatever the records: `kept` and `keeping` are bounds on its rows."""

    bounds: list[Bound]
    kept: Kept | None
    keeping: list[Bound]
    rate: Atom | None
    change: Change | None
    measured: Measured
    company: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """Makes frames of atoms, for one store."""

    words: Words
    held: StoredNames
    as_of: date | None

    def frame(self, atoms: Sequence[Atom], parties: Sequence[Party] = ()) -> QueryFrame:
        """The frame that uses up every atom. Raises CannotSay."""
        parts = parts_of(atoms, parties, self.words)
        row_bound = self._reworded(parts, parties)
        ways = ways_in(parts)
        _take_rows(parts, parties)
        asked = self._asked(parts)
        about = about_in(parts, asked.rate, asked.measured.column, asked.bounds, self.held)
        context = ReadingContext(self.words, self.held, about, self.as_of)
        self._refuse_untold(context, parts, parties, asked, atoms)
        frame = self._draft(context, parts, parties, asked, atoms)
        frame = changed(ranked(piped(context, frame, atoms), parts, atoms), asked.change, parts)
        contacted = bool(parts.all("contacted"))
        frame = by_expected_day(frame, parts)
        drop_told(frame, parts)
        self._refuse_misread(frame, parts, atoms, ways)
        refuse_unkept(frame, asked.keeping)
        frame = kept_by_records(added_up(frame, parts), row_bound)
        if parts.dangling is not None and not (frame.group or frame.versus or frame.each):
            raise unfit(parts.dangling.text)
        _refuse_leftovers(parts)
        refuse_ended_by_stage(self.held, frame)
        return completed(self.held, on_time(context, frame, contacted), self.words)

    def _reworded(self, parts: Parts, parties: Sequence[Party]) -> RowBound | None:
        """What is said in other words is said in ours, and by whom; the bound on whole rows, where there is one."""
        take_money_of(parts, self.words, self.held)
        take_only_one(parts)
        drop_articles(parts)
        take_denials(parts)
        row_bound = take_row_bound(parts)
        refuse_lost(parts)
        refuse_whose(parts, parties)
        refuse_two_figures(parts)
        take_excess(parts)
        take_paraphrases(parts)
        take_comparable_times(parts, self.as_of)
        take_waiting(parts, self.as_of)
        drop_lifetime(parts, self.as_of)
        refuse_turned(parts, parties)
        take_time_taken(parts, parties)
        take_roles(parts, parties)
        take_modals(parts, parties)
        take_times_over(parts)
        return row_bound

    def _asked(self, parts: Parts) -> _Asked:
        """Bounds, a rate, a change, and what is computed."""
        company = company_columns(parts, self.held) and not parts.share_summed
        bounds = take_bounds(parts, lambda a: column_named(str(a.value), company), self.as_of)
        kept = kept_in(parts, bounds, About.REPS in self.held.present)
        keeping, bounds = [b for b in bounds if b.of_rows], [b for b in bounds if not b.of_rows]
        rate = parts.take("rate")
        drop_gloss(parts, rate)
        refuse_beside_rate(parts, rate)
        change = change_in(parts)
        refuse_told_of_it(parts, bounds)
        measured = measure_in(parts, self.words, self.held, company)
        refuse_days_overdue(parts, measured)
        refuse_averaged_rate(parts, rate, measured)
        if rate is not None and measured.how is How.COUNT:
            raise TwoFigures
        parts.ordered = parts.ordered or measured.how is How.COUNT
        return _Asked(bounds, kept, keeping, rate, change, measured, company)

    def _refuse_untold(
        self, context: ReadingContext, parts: Parts, parties: Sequence[Party], asked: _Asked, atoms: Sequence[Atom]
    ) -> None:
        """Times and people of which the records do not tell what is said here. Raises CannotSay."""
        about = context.about
        refuse_shared_times(parts)
        refuse_past_states(parts, about, self.as_of)
        refuse_handed(parts, parties, about)
        refuse_overdue_since(parts, asked.bounds, self.as_of)
        if about is About.DEALS and asked.rate is None:
            settle_closing(parts, parties, asked.measured.column, self.as_of)
            refuse_untold_times(parts, asked.measured.column, self.as_of)
        if about is About.ACCOUNTS:
            refuse_left_customers(parts)
            refuse_none_but(parts)
            refuse_senders(parts, parties)
            refuse_repliers(parts, parties)
            refuse_all_of_them(atoms, parties)
        refuse_elsewhere(parts, about)

    def _draft(
        self, context: ReadingContext, parts: Parts, parties: Sequence[Party], asked: _Asked, atoms: Sequence[Atom]
    ) -> QueryFrame:
        """What is computed, of which records, by what: not ranked yet. Raises CannotSay."""
        measured, rate = asked.measured, asked.rate
        sides = self._sides(context, parts, parties)
        distinct = distinct_in(context, parts, measured.how is How.COUNT)
        if distinct is not None and atoms[0].kind == "listing":
            raise TwoFigures  # "list the reps with their number of calls"
        groups = without_own(groups_in(context, parts), measured, parts)
        each, groups = each_in(context, parts, groups) if measured.averaged else (None, groups)
        refuse_absent(parts, context.about)
        found = conditions_in(context, parts, self._sharing(measured, groups, rate), _bounded(asked.bounds))
        limits = limits_in(context, parts, asked.bounds, measured, found, groups)
        if found.versus and len(sides) == 2:
            raise CannotSay("say whose replies: ours, or those of the customers")
        groups = _not_compared(parts, found, groups, asked.change)
        are, where = self._records(asked, found, limits, sides)
        versus = found.versus or (sides if len(sides) == 2 else ())
        how = measured.how or How.COUNT
        frame = QueryFrame(context.about, how, measured.column, where, are, groups, versus, each=each, kept=asked.kept)
        frame = lost_for_a_reason(self._measured(context, parts, frame, measured, rate, asked.company))
        counted = measured.how is None and measured.column is None and parts.asked is None and asked.kept is None
        frame = replace(frame, unit=unit_in(parts, frame), unlisted=parts.naming and counted and rate is None)
        frame = replace(frame, how=How.DISTINCT, of=distinct) if distinct is not None else frame
        refuse_none_of_them(frame)
        if measured.how is How.SHARE and rate is None and not (frame.are or groups):
            raise CannotSay(NO_SHARE)
        return frame

    def _records(
        self, asked: _Asked, found: Found, limits: tuple[Limit, ...], sides: tuple[Where, ...]
    ) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
        """Of what a share is told, and the conditions on all records."""
        paid = all(isinstance(c, Where) and c.field is Field.CURRENCY for c in found.are)  # "are over 50k EUR"
        sharing = asked.measured.how is How.SHARE and asked.rate is None and paid and bool(limits)
        one_side = sides if len(sides) == 1 else ()
        are = (*found.are, *limits) if sharing else found.are
        where = (*found.where, *one_side, *(() if sharing else limits))
        return are, (*where, *self._kind_of(are, where))

    def _refuse_misread(self, frame: QueryFrame, parts: Parts, atoms: Sequence[Atom], ways: list[Atom]) -> None:
        """Words that would be lost in this frame, or would say something else. Raises CannotSay."""
        refuse_untold(atoms, frame, self.words)
        refuse_ranked_openly(atoms, frame, parts)
        refuse_newest(atoms, frame, self.words)
        refuse_top_of_each(parts, frame)
        refuse_last_of_some(frame, parts.measuring)
        refuse_denied_ways(frame, parts, ways)
        refuse_both(frame, parts)
        refuse_unsplit(parts, frame)

    def _sharing(self, measured: Measured, groups: tuple[Field, ...], rate: Atom | None) -> Sharing:
        if measured.how is not How.SHARE or rate is not None:
            return Sharing.NOT
        if measured.column is None:
            return Sharing.RECORDS
        return Sharing.MONEY_BY_GROUP if groups else Sharing.MONEY

    def _sides(self, context: ReadingContext, parts: Parts, parties: Sequence[Party]) -> tuple[Where, ...]:
        """Whose replies are meant; both, where nothing tells."""
        if context.about is not About.REPLIES:
            return ()
        sides = whose(parts, parties)
        drop_people(parts)
        return sides

    def _kind_of(self, are: Sequence[Condition], where: Sequence[Condition]) -> tuple[Where, ...]:
        """ "% no-shows by rep" is a share of meetings, not of everything that was done."""
        if any(isinstance(c, Where) and c.field is Field.TYPE for c in (*are, *where)):
            return ()
        said = {c.said for c in are if isinstance(c, Where) and c.field is Field.OUTCOME}
        return tuple(
            Where(Field.TYPE, (kind,)) for kind, outcomes in self.words.outcomes_of.items() if said & {*outcomes}
        )

    def _measured(
        self,
        context: ReadingContext,
        parts: Parts,
        frame: QueryFrame,
        measured: Measured,
        rate: Atom | None,
        company: bool,
    ) -> QueryFrame:
        if rate is not None and isinstance(rate.value, NamedRate):
            return rated(context, frame, rate.value)
        if measured.column is None and (frame.each is not None or measured.how in (None, How.COUNT, How.SHARE)):
            return frame
        return valued(self.held, frame, parts, measured.how, company)


def _take_rows(parts: Parts, parties: Sequence[Party]) -> None:
    """What makes the rows, and in which order they are asked."""
    drop_possessors(parts)
    take_what(parts, parties)
    ask_sorted(parts)
    take_selling(parts)
    take_ranked_by(parts)
    take_groups(parts)
    take_rank(parts)
    refuse_top_of_rows(parts)
    refuse_between(parts)
    take_listing(parts)
    take_ordered(parts)
    refuse_time_in_stage(parts)


def _not_compared(parts: Parts, found: Found, groups: tuple[Field, ...], change: Change | None) -> tuple[Field, ...]:
    """The rows without what is set side by side already."""
    compared = {c.field for c in found.versus if isinstance(c, Where)}
    if compared & {*REGIONS, Field.MANAGER, Field.ACCOUNT} and parts.who:
        compared.add(Field.REP)  # "East or West: who lost fewer deals"
    groups = tuple(g for g in groups if g not in compared)
    if change is not None and any(isinstance(c, When) for c in found.versus):
        groups = tuple(g for g in groups if g not in TIMES)  # "year over year, by how much did Q3 differ from Q3"
    return groups


def _bounded(bounds: Sequence[Bound]) -> Bounded:
    if not bounds:
        return Bounded.NOT
    return Bounded.TOLD if all(b.told or b.column is Column.AGE for b in bounds) else Bounded.BESIDE


def _refuse_leftovers(parts: Parts) -> None:
    left = [a for a in parts.atoms if a.kind not in EMPTY]
    if left and left[0].kind == "created":
        raise CannotSay(f"say in which period: “{left[0].text}” without one means every record")
    if left:
        raise unfit(left[0].text)
