"""Turns of phrase that mean the same, made alike before a question is taken apart."""

from dataclasses import replace
from datetime import timedelta

from crm.insight.frame import TIMES, TOLD_IN, About, Field, Unit, Where
from crm.insight.grammar.asides import take_asides
from crm.insight.grammar.earlier_times import take_earlier_times
from crm.insight.grammar.measure import COLUMN_OF
from crm.insight.grammar.parts import Parts, is_amount, is_noun, is_plural, is_typed
from crm.insight.grammar.splits import is_each
from crm.insight.grammar.units import take_lengths
from crm.insight.grammar.word_order import put_in_order
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import CannotSay
from crm.insight.question.wordbook import Entry
from crm.nouns import Period

NAMING = frozenset({"condition", "name", "value"})
LED = (Field.MANAGER, Field.REP_REGION, Field.ACCOUNT_REGION)  # by which a team is told
LASTING = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (89, 92), "year": (365, 366)}  # in days
SPLITTING = ("by", "per", "which", "and", "comma")
SPANNED = NAMING | {"about", "period", "field", "rate"}


def take_paraphrases(parts: Parts) -> None:
    """Puts words in order, joins gathered values by "or", and so on.

    Raises CannotSay where amounts of several currencies are to be added up.
    """
    _whatever(parts)
    _whole_of_every(parts)
    _kinds_across(parts)
    _spanned(parts)
    _named_times(parts)
    _landed(parts)
    _led(parts)
    _each_of_theirs(parts)
    _compared_all(parts)
    put_in_order(parts)
    take_asides(parts)
    take_earlier_times(parts)
    take_lengths(parts)
    _split_behind(parts)
    _by_how_much(parts)
    _daughters(parts)
    _daughters_of(parts)
    _opened(parts)
    _mailed_from(parts)
    _not_yet(parts)
    _largest_first(parts)
    _gathered(parts)
    _one_by_one(parts)
    _days_told(parts)
    _listed(parts)
    _tail(parts)
    _teams(parts)
    _sized(parts)
    for atom in parts.all("change"):
        if atom.text.lower() in parts.words.shades.different and is_noun(parts.at(parts.place(atom) + 1)):
            parts.atoms[parts.place(atom)] = replace(atom, kind="how", value="distinct")
    for people in [a for a in parts.all("about") if a.text.lower() in parts.words.shades.people]:
        before = parts.at(parts.place(people) - 1)
        told = any(a.value == "employees" for a in parts.atoms[: parts.place(people)])
        asked = parts.all("column") and before is not None and before.value == "number"
        if (told and before is not None and before.kind == "number") or (asked and _employs(parts)):
            parts.drop(people)  # "companies that employ more than 500 people", "how many people do they employ"
    for atom in parts.all("field"):
        before = parts.at(parts.place(atom) - 1)
        if atom.text.lower() in parts.words.shades.staff and before is not None and before.kind == "number":
            parts.atoms[parts.place(atom)] = replace(atom, kind="column", value="employees")


def _employs(parts: Parts) -> bool:
    return any(a.value == "employees" for a in parts.all("column"))


def _whatever(parts: Parts) -> None:
    """ "Across all products", "regardless of stage": what follows neither splits nor leaves anything out."""
    for atom in parts.all("whatever"):
        after = parts.at(parts.place(atom) + 1)
        parts.drop(atom)
        if after is not None and is_noun(after):
            parts.drop(after)


def _whole_of_every(parts: Parts) -> None:
    """ "Of every deal decided so far, what share ...": of all of them, none by itself."""
    for among in parts.all("among"):
        every, noun = parts.at(parts.place(among) + 1), parts.at(parts.place(among) + 2)
        if every is not None and every.kind == "by" and noun is not None and noun.kind == "about":
            parts.drop(every)


def _kinds_across(parts: Parts) -> None:
    """ "How many different industries across our accounts": of all of them, not by account."""
    for across in [a for a in parts.all("by") if a.text.lower() in parts.words.shades.across]:
        place = parts.place(across)
        how, kind, noun = parts.at(place - 2), parts.at(place - 1), parts.at(place + 1)
        counted = how is not None and how.value in ("number", "distinct") and kind is not None and kind.kind == "field"
        if counted and noun is not None and parts.all("about") == [noun]:
            parts.drop(across)


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


def _each_of_theirs(parts: Parts) -> None:
    """ "Each of Melvin's agents" is by agent, of those whom he leads."""
    for by in parts.all("by"):
        place = parts.place(by)
        leader, people = parts.at(place + 1), parts.at(place + 2)
        leads = leader is not None and any(f is Field.MANAGER for f, _ in leader.names)
        if leads and people is not None and people.value == "rep" and is_plural(people):
            led = tuple(n for n in parts.atoms[place + 1].names if n[0] is Field.MANAGER)
            parts.atoms[place + 1 : place + 3] = [people, replace(parts.atoms[place + 1], names=led)]


def _compared_all(parts: Parts) -> None:
    """ "Compare the offices on revenue" is by office, where none is named."""
    comparing = parts.words.shades.comparing
    for versus in [a for a in parts.all("versus") if a.text.lower().startswith(comparing)]:
        noun, behind = parts.at(parts.place(versus) + 1), parts.at(parts.place(versus) + 2)
        named = behind is not None and (bool(behind.names) or behind.kind == "value")
        alone = len(parts.all("versus", "than")) == 1
        if noun is not None and noun.kind == "field" and is_plural(noun) and alone and not named:
            parts.atoms[parts.place(versus)] = replace(versus, kind="by", value="by", text="by")


def _led(parts: Parts) -> None:
    """ "Every agent under Cara": those whom she leads; "under each manager" is by manager."""
    for under in parts.all("under"):
        after = parts.at(parts.place(under) + 1)
        if after is not None and after.kind == "by" and under.text.lower() in parts.words.shades.below:
            parts.drop(under)
            continue
        led = tuple(n for n in after.names if n[0] is Field.MANAGER) if after is not None else ()
        if led and after is not None:
            parts.atoms[parts.place(after)] = replace(after, names=led)
            parts.drop(under)


def _sized(parts: Parts) -> None:
    """ "Leads from companies with 1000+ people": a band of sizes is a lead's own, whatever stands around it."""
    for size in parts.all("name"):
        if not any(f is Field.COMPANY_SIZE for f, _ in size.names):
            continue
        place = parts.place(size)
        after = parts.at(place + 1)
        if after is not None and (after.value == "employees" or after.value is About.CONTACTS):
            parts.drop(after)
        if (told := parts.at(place - 1)) is not None and told.kind == "column":
            parts.drop(told)  # "companies with a size of 1000+"
            place -= 1
        before, owner = parts.at(place - 1), parts.at(place - 2)
        if before is not None and before.kind == "with" and owner is not None and owner.value is About.ACCOUNTS:
            parts.drop_all([before, owner])


def _gathered(parts: Parts) -> None:
    """ "Won and lost together", "won plus lost" are one condition, not two that are compared."""
    adding = parts.words.shades.adding
    together = max((a.start for a in parts.all("together")), default=-1)
    for atom in parts.all("and", "comma"):
        place = parts.place(atom)
        beside = [a for a in (parts.at(place - 1), parts.at(place + 1)) if a is not None and a.kind in NAMING]
        if len(beside) == 2 and (atom.start < together or atom.text.lower() in adding):
            if all(isinstance(a.value, Entry) and a.value.field == "currency" for a in beside):
                raise CannotSay("amounts in different currencies cannot be added up: no exchange rates are on record")
            parts.atoms[place] = replace(atom, kind="or", value="or")
    parts.together = bool(parts.all("together"))
    parts.drop_all(parts.all("together"))


def _mailed_from(parts: Parts) -> None:
    """ "Mails from Kestrel" came in, "calls to Kestrel" went out, as those from and to a customer do."""
    ways = {e.values[0]: e for e in parts.words.conditions if e.field == Field.DIRECTION}
    for typed in [a for a in parts.all("condition") if is_typed(a)]:
        last = typed.text.lower().rpartition(" ")[2]
        after = parts.at(parts.place(typed) + 1)
        if last not in ("from", "to") or after is None:
            continue
        customer = isinstance(after.value, Where) and after.value.field in (Field.ACCOUNT, Field.CONTACT)
        if customer or any(f is Field.ACCOUNT for f, _ in after.names):
            way = ways["inbound" if last == "from" else "outbound"]
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


def _not_yet(parts: Parts) -> None:
    """ "Deals that have no account yet": behind a "no" it says nothing more."""
    for yet in parts.all("yet"):
        if any(a.kind == "not" for a in parts.atoms[: parts.place(yet)]):
            parts.drop(yet)


def _largest_first(parts: Parts) -> None:
    """ "Accounts per sector, biggest sector first": so they come anyhow."""
    if parts.atoms and parts.atoms[-1].kind == "first":
        noun = is_noun(parts.at(len(parts.atoms) - 2))
        size = parts.at(len(parts.atoms) - (3 if noun else 2))
        if size is not None and size.kind == "extreme" and size.value in ("most", "largest", "longest", "oldest"):
            del parts.atoms[-3 if noun else -2 :]


def _daughters(parts: Parts) -> None:
    """ "How many subsidiaries does each parent company have": the accounts that have a parent."""
    for daughters in parts.all("field"):
        before, after = parts.at(parts.place(daughters) - 1), parts.at(parts.place(daughters) + 1)
        counted = before is not None and before.value == "number" and (after is None or after.kind in ("by", "with"))
        if counted and daughters.text.lower().startswith(parts.words.shades.daughters):
            given = Atom("with", "with", "with", daughters.start)
            accounts = replace(daughters, kind="about", value=About.ACCOUNTS)
            parts.atoms[parts.place(daughters) : parts.place(daughters) + 1] = [accounts, given, daughters]


def _daughters_of(parts: Parts) -> None:
    """ "Acme's subsidiaries" are the subsidiaries of Acme."""
    for daughters in parts.all("field"):
        name = parts.at(parts.place(daughters) - 1)
        named = name is not None and name.kind in NAMING and any(f is Field.PARENT for f, _ in name.names)
        if name is not None and named and daughters.text.lower().startswith(parts.words.shades.daughters):
            place = parts.place(name)
            parts.atoms[place : place + 2] = [replace(daughters, start=name.start), name]


def _by_how_much(parts: Parts) -> None:
    """ "By how much did the number of calls change" asks for the change; nothing is split by it."""
    for by in parts.all("by") if parts.all("change") else ():
        much = parts.at(parts.place(by) + 1)
        if much is not None and much.value == "much":
            parts.drop_all([by, much])
            if not parts.all("column"):
                parts.drop_all(a for a in parts.all("how") if a.value == "number")


def _split_behind(parts: Parts) -> None:
    """ "Lead status split", "stage breakdown of open deals" are by it; elsewhere the word says no more."""
    for split in parts.all("split"):
        noun = parts.at(parts.place(split) - 1)
        if noun is not None and noun.kind == "field" and not parts.all("by"):
            parts.atoms.insert(parts.place(noun), Atom("by", "by", "by", noun.start))
        parts.drop(split)


def _one_by_one(parts: Parts) -> None:
    """ "Stage by stage", "étape par étape" are by stage."""
    for by in parts.all("by"):
        place = parts.place(by)
        before, after = parts.at(place - 1), parts.at(place + 1)
        named = before is not None and after is not None and before.kind == after.kind == "field"
        if named and before is not None and after is not None and before.value == after.value:
            parts.drop(before)


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


def _listed(parts: Parts) -> None:
    """ "List the accounts with ...", "..., with the number for each": the rows are asked, not how many they are."""
    parts.listing = bool(parts.all("listing"))
    parts.drop_all(parts.all("listing"))
    for number in parts.all("how"):
        place = parts.place(number)
        each, behind = parts.at(place + 1), parts.at(place + 2)
        last = each is not None and each.kind == "by" and behind is None
        if (
            number.value == "number"
            and last
            and each is not None
            and any(a.kind == "about" for a in parts.atoms[:place])
        ):
            parts.listing = True
            parts.drop_all([number, each])


def _tail(parts: Parts) -> None:
    """ "... win rate, and what is it worth" asks for that rate. Raises CannotSay where a number is asked beside it."""
    if not parts.all("rate"):
        return
    for joint in parts.all("and"):
        after = parts.at(parts.place(joint) + 1)
        if " " in joint.text and after is not None and after.kind in ("about", "condition"):
            raise CannotSay("that asks for two figures at once; ask for one, then for the other")
    tail = parts.atoms[-3:]
    if [a.kind for a in tail] == ["and", "how", "column"] and [a.value for a in tail[1:]] == ["much", "value"]:
        parts.drop_all(tail)


def _teams(parts: Parts) -> None:
    """ "Ingrid's people" are the reps whom she leads; "Ingrid's team" is told by her, "the East team" by its region."""
    for team in parts.all("field"):
        place = parts.place(team)
        before, after = parts.at(place - 1), parts.at(place + 1)
        split = before is not None and before.kind in ("by", "which")
        by = parts.at(place - 2) if place > 1 else None
        if by is not None and by.kind == "by" and is_each(parts, by):
            continue  # "for each Central manager"
        for name in [a for a in (before, after) if team.value == "manager" and a is not None and a.kind == "name"]:
            led = tuple(n for n in name.names if n[0] in LED) if not split else ()
            if led and any(a is team for a in parts.atoms):
                parts.atoms[parts.place(name)] = replace(name, names=led)
                parts.drop(team)
    for people in parts.all("about"):
        before = parts.at(parts.place(people) - 1)
        leads = before is not None and any(f is Field.MANAGER for f, _ in before.names)
        if leads and people.text.lower() in parts.words.shades.people:
            parts.atoms[parts.place(people)] = replace(people, kind="field", value="rep", text="reps")
