"""Which records a question counts, and by what it groups them."""

from collections.abc import Iterable, Sequence

from crm.insight.frame import COLUMNS, OF, TIMES, About, Column, Field, How, QueryFrame, Where
from crm.insight.grammar.bound import Bound
from crm.insight.grammar.measure import ABOUT_OF, OF_LEADS, Measured
from crm.insight.grammar.parts import AS_FIELD, Parts, is_plural, is_typed
from crm.insight.grammar.rank_guards import lists_reps
from crm.insight.question.lexicon import Atom
from crm.insight.question.reading_context import ReadingContext
from crm.insight.question.refusal import TWO_UNITS, CannotSay, Rewording, unfit
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.wordbook import Entry, NamedRate

ENGLISH = "by"
DONE = (Field.STATE, Field.TYPE, Field.DIRECTION, Field.LABEL)  # what was done with them


def about_in(
    parts: Parts, rate: Atom | None, column: Column | None, bounds: Sequence[Bound], held: StoredNames
) -> About:
    """The kind of record. Raises CannotSay where none is meant, or none such was imported."""
    if parts.had is not None:
        about: About | None = parts.had_by
    elif About.REPS in held.present and rate is None and column is None and _counts_reps(parts):
        about = About.REPS
    elif rate is not None and isinstance(rate.value, NamedRate):
        about = rate.value.about
    elif column is not None:
        leads = column in OF_LEADS and any(a.value is About.LEADS for a in parts.all("about"))
        about = About.LEADS if leads or parts.asked is About.LEADS else ABOUT_OF[column]
    else:
        about = _head(parts, bounds)
    if about is None:
        raise CannotSay("I do not see which records to count: activities, deals, leads, accounts or contacts")
    if about not in held.present:
        raise CannotSay(f"no {about} have been imported")
    return about


def _head(parts: Parts, bounds: Sequence[Bound]) -> About | None:
    spoken = [a for a in parts.all("about") if isinstance(a.value, About)]
    nouns = [a.value for a in spoken if isinstance(a.value, About)]
    told = [a.value.about for a in parts.all("condition") if isinstance(a.value, Entry)]
    types = [a.start for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == "type"]
    if types and spoken and parts.asked is None and min(types) < spoken[0].start:
        return About.ACTIVITIES  # "calls to accounts in retail", but "accounts that we called"
    without = any(a.kind == "not" for a in parts.atoms)
    if parts.asked is About.ACCOUNTS and not parts.extreme and (without or not (nouns or told)):
        return About.ACCOUNTS
    if types and not nouns:
        return About.ACTIVITIES
    if nouns and nouns[0] in (About.ACCOUNTS, About.CONTACTS) and parts.extreme and told:
        return told[0]
    if About.CONTACTS in nouns and About.ACTIVITIES in told and _counts_people(parts):
        return About.ACTIVITIES  # "how many different contacts did Priya call"
    if nouns and nouns[0] is About.CONTACTS and About.ACTIVITIES in told:
        raise CannotSay("contacts cannot be counted by what was done with them; accounts can")
    if About.LEADS in nouns and set(nouns) <= {About.LEADS, About.ACCOUNTS}:
        return About.LEADS  # a lead belongs to no account: "different companies among the leads" are theirs
    if nouns:
        return nouns[0]
    if told:
        return told[0]
    if parts.asked is About.ACCOUNTS or (bounds and bounds[0].column in COLUMNS[About.ACCOUNTS]):
        return About.ACCOUNTS
    if parts.asked is About.DEALS or (bounds and bounds[0].column in COLUMNS[About.DEALS]):
        return About.DEALS
    return _told_by_group(parts)


def _counts_reps(parts: Parts) -> bool:
    """ "How many reps are there", "reps without a won deal": they are counted themselves where nothing else is."""
    first = parts.at(0)
    asked = parts.asked == Field.REP and parts.asked_many
    if not asked and (first is None or first.value != Field.REP or not is_plural(first)):
        return False
    doing = [a for a in parts.atoms if a.kind in ("about", "condition")]
    denied = [a for a in parts.atoms if a.kind == "not"]
    alone = not asked and not doing and not parts.extreme and not parts.all("rate")
    without = bool(denied) and bool(doing) and denied[0].start < doing[0].start
    return alone or (without and not parts.had)


def _counts_people(parts: Parts) -> bool:
    """The people themselves are counted: "how many contacts", "cuántos contactos distintos"."""
    people = next(a for a in parts.all("about") if a.value is About.CONTACTS)
    beside = [parts.at(parts.place(people) - 1), parts.at(parts.place(people) + 1)]
    marked = any(a is not None and a.value == "distinct" for a in beside)
    several = is_plural(people) or people.text.lower() in parts.words.shades.people
    return (marked or (parts.counting and parts.place(people) == 0)) and several


def _told_by_group(parts: Parts) -> About | None:
    """ "What was logged yesterday by activity type": only one kind of record has such a field."""
    fields = {g for g in (*parts.groups, parts.asked) if isinstance(g, str) and g in set(Field)}
    owners = {about for about in (About.ACTIVITIES, About.DEALS, About.LEADS) if fields and fields <= OF[about]}
    return next(iter(owners)) if len(owners) == 1 else None


def distinct_in(context: ReadingContext, parts: Parts, counting: bool) -> Field | None:
    """ "how many products did Ana sell": a field that is counted itself."""
    asked = [a for a in parts.all("field", "about") if a.kind == "field" or a.value is not context.about]
    marked = any(a.value == "distinct" for a in parts.all("how"))
    parts.drop_all(parts.all("how"))
    noun = asked[0] if asked and counting else None
    if noun is not None and context.about is About.REPS and noun.value == Field.REP:
        return None
    if noun is not None and context.about is About.ACCOUNTS and not _of_accounts(parts, noun):
        return None
    if noun is None or (not marked and (parts.place(noun) > 1 or _is_counted(context, parts, noun))):
        return None
    people = noun.value is About.CONTACTS and context.about is About.ACTIVITIES
    if noun.kind == "about" and not people and (noun.value is not About.ACCOUNTS or not _has_company(context.about)):
        return None
    if noun.kind == "field" and _is_beside_value(context, parts, noun):
        return None
    if noun.value in (*parts.groups, parts.asked):
        if marked:
            raise unfit(noun.text)
        return None  # "going by the notes, how many leads from each note": of a note there is one note
    parts.drop(noun)
    if people:
        if parts.all("not"):
            raise CannotSay("contacts cannot be counted by what was done with them; accounts can")
        return Field.CONTACT
    return context.field(Field.ACCOUNT if noun.kind == "about" else str(noun.value))


def refuse_none_of_them(frame: QueryFrame) -> None:
    """ "How many industries did we never sell to": those with a deal that is not won are others. Raises CannotSay."""
    typed = any(isinstance(c, Where) and c.field is Field.TYPE and not c.negated for c in frame.where)
    denied = [c for c in frame.where if isinstance(c, Where) and c.values and c.negated]
    denied = [
        c for c in denied if not (typed and c.field is Field.DIRECTION)
    ]  # "contacts we called": the calls' own way
    if frame.how is How.DISTINCT and any(c.field in DONE for c in denied):
        raise CannotSay("who has none of something is not in the records; ask who has the fewest")


def _has_company(about: About) -> bool:
    return bool(OF[about] & {Field.ACCOUNT, Field.COMPANY})


def _of_accounts(parts: Parts, noun: Atom) -> bool:
    """ "How many industries do our accounts have", but not "how many accounts in the retail industry"."""
    behind = parts.at(parts.place(noun) + 1)
    first = parts.place(noun) == 0 and noun.kind == "field" and is_plural(noun)
    return first and behind is not None and behind.value is About.ACCOUNTS


def _is_counted(context: ReadingContext, parts: Parts, noun: Atom) -> bool:
    """ "How many contacts do we have at accounts in retail": what is counted stands before the noun."""
    return any(a.kind == "about" and a.value is context.about for a in parts.atoms[: parts.place(noun)])


def groups_in(context: ReadingContext, parts: Parts) -> tuple[Field, ...]:
    """What the rows are: "by rep and month", "which sector". Raises CannotSay for more than two."""
    told = [a for a in parts.all("field") if a.value == parts.asked or _is_split(parts, a)]
    parts.drop_all(told)  # "who is the best agent", "per manager, the team's leads"
    named = list(parts.groups)
    if parts.asked is not None:
        if parts.asked is context.about and context.about not in AS_FIELD:
            raise CannotSay(f"{context.about} cannot be listed one by one here; ask for their number by a field")
        named.insert(0, parts.asked)
    if not named and lists_reps(parts, context.about):
        named.append(Field.REP.value)
    fields = [AS_FIELD[g] if isinstance(g, About) and g in AS_FIELD else g for g in named]
    found = [context.field(f.value if isinstance(f, Field) else str(f)) for f in fields]
    if len(set(found)) > 2:
        raise CannotSay("I can group by two things at once, not by three")
    return tuple(dict.fromkeys(found))


def without_own(groups: tuple[Field, ...], measured: Measured, parts: Parts) -> tuple[Field, ...]:
    """ "Average employees per account", "average value per deal": of each there is one; by it nothing is split."""
    own = {About.ACCOUNTS: Field.ACCOUNT, About.DEALS: Field.DEAL}
    if measured.column is None or measured.averaged or measured.how not in (How.MEAN, How.MEDIAN):
        return groups
    unit = next((about for about in own if measured.column in COLUMNS[about]), None)
    said = unit in parts.units and parts.asked is not unit
    return tuple(g for g in groups if not (said and unit is not None and g is own[unit]))


def _is_split(parts: Parts, noun: Atom) -> bool:
    """Rows are split by it, and beside it stands no name that tells which."""
    beside = (parts.at(parts.place(noun) - 1), parts.at(parts.place(noun) + 1))
    return noun.value in parts.groups and not any(
        a is not None and (a.names or a.kind in ("value", "not")) for a in beside
    )


def each_in(context: ReadingContext, parts: Parts, groups: tuple[Field, ...]) -> tuple[Field, tuple[Field, ...]]:
    """Of what an average of counts is taken, and what is left to group by: "calls per month by rep".

    What is said with "per" or "each" is the unit; of two such the first. Without one, a noun beside what is counted
    is: "how many deals does an account have on average".
    """
    own = tuple(g for g in groups if parts.asked is None or g is not groups[0])
    per = [g for g in own if g.value in parts.units or (g is Field.ACCOUNT and About.ACCOUNTS in parts.units)]
    if per and len(own) > 1 and len(parts.apart) > 1:
        raise CannotSay(TWO_UNITS, _rows_of_either(parts))
    unit = per[0] if per else own[0] if own else None
    if unit is None:
        nouns = (a for a in parts.all("field", "about") if a.value is not context.about)
        noun = next((a for a in nouns if a.kind == "field" or a.value in AS_FIELD), None)
        if noun is None or _told_before(context, parts, noun):
            raise CannotSay("say of what the average is taken, such as: average number of calls per rep")
        parts.drop(noun)
        unit = AS_FIELD[noun.value] if isinstance(noun.value, About) else context.field(str(noun.value))
        unit = context.field(unit.value)
    return unit, tuple(g for g in groups if g is not unit)


def _rows_of_either(parts: Parts) -> Iterable[Rewording]:
    """ "Calls per rep per month" with rows of the months, with rows of the reps."""
    pers = parts.apart if len({per.start for per in parts.apart}) == len(parts.apart) else []
    for per in reversed(pers):
        by = parts.words.rows_by.get(per.text.lower(), "")
        if by and (by != ENGLISH or str(per.value).lower() in {*Field}):  # "per" is Italian, too
            yield Rewording(per.start, per.start + len(per.text), by)


def _told_before(context: ReadingContext, parts: Parts, noun: Atom) -> bool:
    """ "Average days between calls" are no calls a day."""
    behind = parts.atoms[parts.place(noun) + 1 :]
    counted = any(a.value is context.about or is_typed(a) for a in behind)
    return noun.value in set(TIMES) and is_plural(noun) and counted


def _is_beside_value(context: ReadingContext, parts: Parts, noun: Atom) -> bool:
    wanted = context.field(str(noun.value))
    return any(f is wanted for a in parts.atoms for f, _ in a.names)
