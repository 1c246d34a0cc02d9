"""Turns of phrase that mean the same, made alike before a question is taken apart."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from crm.insight.frame import TIMES, TOLD_IN, About, Field, Unit, Where
from crm.insight.grammar.asides import take_asides
from crm.insight.grammar.deals_of_today import take_deals_of_today
from crm.insight.grammar.due_dates import take_expected_closings
from crm.insight.grammar.earlier_times import take_earlier_times
from crm.insight.grammar.measure import COLUMN_OF
from crm.insight.grammar.parts import NAMING, Parts, is_amount, is_noun, is_typed
from crm.insight.grammar.people_words import (
    take_daughters,
    take_daughters_of,
    take_each_of_theirs,
    take_employed,
    take_led,
    take_sized,
    take_teams,
)
from crm.insight.grammar.row_words import (
    take_all_together,
    take_bare_reasons,
    take_compared_all,
    take_kinds_across,
    take_largest_first,
    take_listed,
    take_one_by_one,
    take_split_behind,
    take_whatever,
    take_whole_of_every,
)
from crm.insight.grammar.set_up import take_set_up
from crm.insight.grammar.units import take_lengths
from crm.insight.grammar.word_order import put_in_order
from crm.insight.grammar.yielding import take_yielding
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay, TwoFigures, unfit
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

LASTING = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (89, 92), "year": (365, 366)}  # in days
SPLITTING = ("by", "per", "which", "and", "comma")
SPANNED = {*NAMING, "about", "period", "field", "rate"}


def take_paraphrases(parts: Parts) -> None:
    """Puts words in order, joins gathered values by "or", and so on.

    Raises CannotSay where amounts of several currencies are to be added up.
    """
    _two_in_italian(parts)
    take_whatever(parts)
    take_all_together(parts)
    take_bare_reasons(parts)
    take_whole_of_every(parts)
    take_kinds_across(parts)
    _spanned(parts)
    _named_times(parts)
    _landed(parts)
    take_expected_closings(parts)
    take_led(parts)
    take_each_of_theirs(parts)
    take_compared_all(parts)
    put_in_order(parts)
    take_asides(parts)
    take_earlier_times(parts)
    take_lengths(parts)
    take_split_behind(parts)
    _by_how_much(parts)
    take_daughters(parts)
    take_daughters_of(parts)
    take_deals_of_today(parts)
    take_yielding(parts)
    _take_sold(parts)
    take_set_up(parts)
    _named_status(parts)
    _months_of_closing(parts)
    _opened(parts)
    _mailed_from(parts)
    _not_yet(parts)
    _held(parts)
    take_largest_first(parts)
    _gathered(parts)
    take_one_by_one(parts)
    _days_told(parts)
    take_listed(parts)
    _tail(parts)
    take_teams(parts)
    take_sized(parts)
    for atom in parts.all("change"):
        if atom.text.lower() in parts.words.shades.different and is_noun(parts.at(parts.place(atom) + 1)):
            parts.atoms[parts.place(atom)] = replace(atom, kind="how", value="distinct")
    take_employed(parts)


def _two_in_italian(parts: Parts) -> None:
    """ "Almeno due trattative aperte": right before a noun the word is the number, for an English one stands behind."""
    for due in [a for a in parts.all("expected") if a.text.lower() in parts.words.shades.two]:
        after = parts.at(parts.place(due) + 1)
        counts = after is not None and after.kind in ("about", "field", "condition", "extreme")
        if after is not None and counts and after.value != "day" and after.start == due.start + len(due.text) + 1:
            parts.atoms[parts.place(due)] = replace(due, kind="number", value=2.0)


def _named_status(parts: Parts) -> None:
    """ "Leads au statut New": right behind its noun the word is the status, and no creation."""
    for noun, word in pairwise(parts.atoms):
        if noun.value == Field.STATUS and word.kind == "created" and any(f is Field.STATUS for f, _ in word.names):
            parts.atoms[parts.place(word)] = replace(word, kind="name", value="")


def _take_sold(parts: Parts) -> None:
    """ "Ventes en septembre", "Abschlüsse pro Monat" are won deals; "Deals mit Abschluss im Mai" close then."""
    nouns = [a for a in parts.all("about") if a.value is About.DEALS]
    if len(nouns) == 2 and nouns[1].text.lower() in parts.words.shades.ending and nouns[0].start < nouns[1].start:
        parts.atoms[parts.place(nouns[1])] = replace(nouns[1], kind="expected", value="expected")
        return
    states = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == Field.STATE]
    staged = any(f is Field.STAGE for a in parts.atoms for f, _ in a.names)
    lasting = any(a.value in ("cycle", "age") and not _closes_sale(parts, a, nouns) for a in parts.all("column"))
    told = states or staged or lasting or parts.all("rate", "created", "expected")
    if len(nouns) == 1 and nouns[0].text.lower() in parts.words.shades.sold and not told:
        place = parts.place(nouns[0])
        parts.atoms.insert(place, Atom("condition", parts.words.state("won"), nouns[0].text, nouns[0].start))


def _closes_sale(parts: Parts, taken: Atom, nouns: list[Atom]) -> bool:
    """ "Tarda en cerrar una venta": the verb stands before the noun, and who closes a sale has won."""
    return taken.text.lower().split()[-1] in parts.words.shades.infinitive and parts.at(parts.place(taken) + 1) in nouns


def _months_of_closing(parts: Parts) -> None:
    """ "Won deals by quarter of closing": the word tells of which day the quarter is, for won deals have closed."""
    states = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == Field.STATE]
    for noun, closing in pairwise(parts.atoms):
        dates = any(closing is a for a in states) and noun.kind == "field" and noun.value in TIMES
        named = any(word in closing.text.lower() for word in parts.words.shades.closing)
        if dates and named and any({*a.value.values} < {"won", "lost"} for a in states if isinstance(a.value, Entry)):
            parts.drop(closing)


def _spanned(parts: Parts) -> None:
    """ "Over all closed deals", "within the last 30 days": the word tells over what, and bounds nothing."""
    for atom in [a for a in parts.all("over", "under") if a.text.lower() in parts.words.shades.spanning]:
        before, after = parts.at(parts.place(atom) - 1), parts.at(parts.place(atom) + 1)
        each_other = before is not None and after is not None and before.kind == after.kind == "period"
        if after is not None and after.kind in SPANNED and not each_other and not is_amount(parts, after):
            parts.drop(atom)


def _named_times(parts: Parts) -> None:
    """ "In calendar year 2025", "the month of May": the noun says what kind of time its name is."""
    for noun in [a for a in parts.all("field") if a.value in TIMES]:
        before, after = parts.at(parts.place(noun) - 1), parts.at(parts.place(noun) + 1)
        split = before is not None and before.kind in ("by", "per", "and", "which")
        if after is None or not isinstance(after.value, Period) or split:
            continue
        if _lasts(after.value, noun):
            parts.drop(noun)
        elif noun.value == "week" and after.value.start and after.value.start == after.value.end:
            monday = after.value.start - timedelta(days=after.value.start.weekday())  # "the week of 14 September"
            week = replace(after.value, start=monday, end=monday + timedelta(days=6))
            parts.atoms[parts.place(after)] = replace(after, value=week)
            parts.drop(noun)


def _lasts(period: Period, noun: Atom) -> bool:
    """Whether a time is one of the noun's: a month of a month, but not "the best month of 2017"."""
    days = (period.end - period.start).days + 1 if period.start and period.end else 0
    shortest, longest = LASTING.get(str(noun.value), (1, 0))
    return shortest <= days <= longest


def _landed(parts: Parts) -> None:
    """ "How many deals did we land": a win, but a country in "umsatz pro land"."""
    won = parts.words.state("won")
    for noun in [a for a in parts.all("field") if a.text.lower() in parts.words.shades.landing]:
        before = parts.at(parts.place(noun) - 1)
        if before is None or before.kind not in SPLITTING:
            parts.atoms[parts.place(noun)] = replace(noun, kind="condition", value=won)


def _gathered(parts: Parts) -> None:
    """ "Won and lost together", "won plus lost", "combined calls of Ana and Ben" are one condition, not two rows.

    Raises CannotSay where such a sum is set against another.
    """
    adding = parts.words.shades.adding
    combined = parts.all("together")
    for atom in parts.all("and", "comma"):
        place = parts.place(atom)
        beside = [a for a in (parts.at(place - 1), parts.at(place + 1)) if a is not None and a.kind in NAMING]
        summed = bool(combined or parts.in_all) or atom.text.lower() in adding or _totalled(parts, place)
        if len(beside) == 2 and combined and _set_against(parts, beside[0]):
            raise unfit(combined[0].text)  # "Ana and Ben together against Cleo"
        if len(beside) == 2 and summed:
            if all(isinstance(a.value, Entry) and a.value.field == "currency" for a in beside):
                raise CannotSay("amounts in different currencies cannot be added up: no exchange rates are on record")
            parts.atoms[place] = replace(atom, kind="or", value="or")
    times = [a.start for a in parts.all("period")]
    parts.together = bool(parts.all("together")) or (len(times) > 1 and any(at > times[-1] for at in parts.in_all))
    parts.drop_all(parts.all("together"))


def _set_against(parts: Parts, one: Atom) -> bool:
    """Another value of its kind stands behind a "versus"."""
    told = {f for f, _ in one.names}
    against = [parts.at(parts.place(a) + 1) for a in parts.all("versus", "than")]
    return any(a is not None and bool(told & {f for f, _ in a.names}) for a in against)


def _totalled(parts: Parts, joint: int) -> bool:
    """ "Total calls and emails", "total won and lost deals": nothing but such values between total and joint."""
    place = joint - 1
    while (before := parts.at(place)) is not None and before.kind in (*NAMING, "and", "comma", "or", "about"):
        place -= 1
    if before is None or before.kind != "how" or parts.all("change", "versus", "than"):
        return False
    number = before.value == "number" and any(w in before.text.lower() for w in parts.words.shades.totalling)
    return before.value in ("total", "sum") or number


def _mailed_from(parts: Parts) -> None:
    """ "Mails from Kestrel" came in, "calls to Kestrel" went out, with a customer; with one of us it turns round."""
    ways = {e.values[0]: e for e in parts.words.conditions if e.field == Field.DIRECTION}
    for typed in [a for a in parts.all("condition") if is_typed(a)]:
        last = typed.text.lower().rpartition(" ")[2]
        after = parts.at(parts.place(typed) + 1)
        if last not in ("from", "to") or after is None:
            continue
        customer = isinstance(after.value, Where) and after.value.field in (Field.ACCOUNT, Field.CONTACT)
        customer = customer or any(f is Field.ACCOUNT for f, _ in after.names)
        behind = parts.at(parts.place(after) + 1)
        owns = behind is not None and behind.kind in ("about", "field")  # "mails to Tom's accounts"
        colleague = any(f is Field.REP for f, _ in after.names) and not owns
        if customer or colleague:
            to_us = any(typed.start + len(typed.text) < at < after.start for at in parts.ours)  # "to us from Norvik"
            way = ways["inbound" if (last == "from") is (customer is not to_us) else "outbound"]
            parts.atoms.insert(parts.place(after), Atom("condition", way, typed.text, typed.start))


def _opened(parts: Parts) -> None:
    """ "How many deals did Kami open in August": what she began then, whether it is open still or not."""
    for state in parts.all("condition"):
        place = parts.place(state)
        deals, name = parts.at(place - 2), parts.at(place - 1)
        is_open = isinstance(state.value, Entry) and state.value.values == ("open",)
        if not is_open or place < 2 or deals is None or deals.value is not About.DEALS or name is None:
            continue
        if any(f is Field.REP for f, _ in name.names):
            parts.atoms[place] = replace(state, kind="created", value="created")


def _held(parts: Parts) -> None:
    """ "How many meetings did we hold": those that took place; contacts and accounts are held all the same."""
    meetings = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.values == ("event",)]
    told = any(isinstance(a.value, Entry) and a.value.field == Field.OUTCOME for a in parts.atoms)
    if not meetings or told or not parts.holding:
        return
    held = next(e for e in parts.words.conditions if e.group == "held")
    place = next((i for i, a in enumerate(parts.atoms) if a.start > parts.holding[0]), len(parts.atoms))
    parts.atoms.insert(place, Atom("condition", held, "held", parts.holding[0]))


def _not_yet(parts: Parts) -> None:
    """ "Deals that have no account yet": behind a "no" it says nothing more."""
    for yet in parts.all("yet"):
        if any(a.kind == "not" for a in parts.atoms[: parts.place(yet)]):
            parts.drop(yet)


def _by_how_much(parts: Parts) -> None:
    """ "By how much did the number of calls change" asks for the change; nothing is split by it."""
    for by in parts.all("by") if parts.all("change") else ():
        much = parts.at(parts.place(by) + 1)
        if much is not None and much.value == "much":
            parts.drop_all([by, much])
            if not parts.all("column"):
                parts.drop_all(a for a in parts.all("how") if a.value == "number")


def _days_to(parts: Parts) -> None:
    """ "Average days to lose a deal": from its creation to that state."""
    for day in parts.all("field") if not parts.all("column") else ():
        before, state = parts.at(parts.place(day) - 1), parts.at(parts.place(day) + 1)
        averaged = before is not None and before.value in ("average", "median")
        ends = state is not None and isinstance(state.value, Entry) and state.value.field == Field.STATE
        if day.value == "day" and averaged and ends:
            parts.atoms[parts.place(day)] = replace(day, kind="column", value="cycle")


def _days_told(parts: Parts) -> None:
    """ "Days from creation to close", "age in days": the column tells what is told of it."""
    _days_to(parts)
    told = [a for a in parts.all("column") if TOLD_IN.get(COLUMN_OF[str(a.value)]) is Unit.DAYS]
    for day in [a for a in parts.all("field") if told and a.value == "day"]:
        before = parts.at(parts.place(day) - 1)
        if before is None or before.kind not in ("by", "per", "which", "number"):
            parts.drop(day)
    if any(column.value == "cycle" for column in told):
        parts.drop_all(a for a in parts.all("column") if a.value == "duration")


def _tail(parts: Parts) -> None:
    """ "... win rate, and what is it worth" asks for that rate, "who called most, and how much" for that number.

    Raises TwoFigures where a number is asked beside a rate.
    """
    if [a.value for a in parts.atoms[-2:]] == ["and", "much"] and parts.all("which", "who", "extreme"):
        del parts.atoms[-2:]
    if not parts.all("rate"):
        return
    for joint in parts.all("and"):
        after = parts.at(parts.place(joint) + 1)
        if " " in joint.text and after is not None and after.kind in ("about", "condition"):
            raise TwoFigures
    tail = parts.atoms[-3:]
    if [a.kind for a in tail] == ["and", "how", "column"] and [a.value for a in tail[1:]] == ["much", "value"]:
        parts.drop_all(tail)
