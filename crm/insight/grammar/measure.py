"""What a question measures: a number, a total, an average, over which column, for each of what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.insight.frame import COLUMNS, TOLD_IN, About, Column, Field, How, Where
from crm.insight.grammar.parts import Parts, is_plural, means_pipeline
from crm.insight.grammar.totals import UNITS, of_totals, refuse_of_the_top
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import THEY_OR_NUMBER, CannotSay, Rewording, TwoFigures
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry, Words

HOWS = {
    "average": How.MEAN,
    "median": How.MEDIAN,
    "total": How.TOTAL,
    "sum": How.TOTAL,
    "much": How.TOTAL,
    "share": How.SHARE,
}
COLUMN_OF = {
    "value": Column.VALUE,
    "sales": Column.VALUE,
    "company": Column.REVENUE,
    "closing": Column.VALUE,
    "employees": Column.EMPLOYEES,
    "founded": Column.FOUNDED,
    "age": Column.AGE,
    "cycle": Column.CYCLE,
    "duration": Column.DURATION,
    "talk": Column.DURATION,
    "wait": Column.WAIT,
    "silence": Column.SILENCE,
    "followed": Column.FOLLOWED,
    "since last": Column.SINCE,
}
OF_LEADS = COLUMNS[About.LEADS]
ABOUT_OF = {c: about for about, found in COLUMNS.items() if about is not About.LEADS for c in found} | {
    Column.FOLLOWED: About.LEADS
}
LASTING = tuple(TOLD_IN)  # each is a time
IMPLIED = -1  # the place of what nobody said: before every word, so that no "not" is taken to be about it


@dataclass(frozen=True, slots=True)
class Measured:
    """`how` is None where nothing says it. `averaged`: what is counted or added up is then averaged over something."""

    how: How | None
    column: Column | None
    averaged: bool = False


def company_columns(parts: Parts, held: StoredNames) -> bool:
    """Whether "revenue" is a company's own: asked of accounts, with nothing of a sale or a time beside it."""
    accounts = parts.asked is About.ACCOUNTS or any(a.value is About.ACCOUNTS for a in parts.all("about"))
    selling = any(a.kind == "period" or a.value is About.DEALS for a in parts.atoms)
    selling = selling or any(isinstance(a.value, Entry) and a.value.about is About.DEALS for a in parts.atoms)
    selling = selling or any(_trading(parts, a) for a in parts.all("about"))
    earning = any(a.text.lower().startswith(parts.words.shades.earning) for a in parts.all("column"))
    product = any(f is Field.PRODUCT for a in parts.atoms for f, _ in a.names)
    return accounts and not (selling or earning or product) and held.has(About.ACCOUNTS, Column.REVENUE)


def _trading(parts: Parts, accounts: Atom) -> bool:
    """ "Umsatz mit Kunden": what was sold to them, not what they earn."""
    before = parts.at(parts.place(accounts) - 1)
    return before is not None and before.kind == "with" and any(a.start < before.start for a in parts.all("column"))


def column_named(name: str, company: bool) -> Column:
    """The column that a word of the playbook means."""
    return Column.REVENUE if name == "sales" and company else COLUMN_OF[name]


def measure_in(parts: Parts, words: Words, held: StoredNames, company: bool) -> Measured:
    """What is computed, its atoms used up. Raises CannotSay."""
    _take_days(parts)
    refuse_of_the_top(parts)
    shares = [a for a in parts.all("how") if a.value == "share"]
    between = [a for a in parts.all("and") if len(shares) > 1 and shares[0].start < a.start < shares[-1].start]
    if between:  # "what share is qualified, and what share unqualified"
        raise TwoFigures
    said = [_many(parts) if a.value == "many" else str(a.value) for a in parts.all("how")]
    columns = [str(a.value) for a in parts.all("column")]
    counting = parts.counting = "number" in said
    chosen = [h for h in ("share", "median", "average", "much", "sum", "total") if h in said]
    averaged = counting and bool({"average", "median"} & set(chosen))
    numbers = _of_numbers(parts)
    paid = _paid_last(parts)
    if len(chosen) == 2 and chosen[0] in ("average", "median") and chosen[1] in ("sum", "total"):
        chosen, averaged = chosen[:1], True  # "the total per rep, on average"
    if set(chosen) in ({"average", "much"}, {"median", "much"}):
        chosen = [c for c in chosen if c != "much"]  # "how much is a deal worth on average"
    if parts.all("long"):
        chosen = [c for c in chosen if c != "much"]  # "cuánto se tarda en ganar": no sum of all their days
    if set(chosen) == {"share", "total"}:
        chosen = ["share"]  # "what part of total sales"
    if parts.adjective and chosen and chosen[0] in ("average", "median"):
        averaged = True  # "the average monthly value"
    share = next((a for a in parts.all("how") if a.value == "share"), None)
    parts.share_text = share.text.lower() if share is not None else ""
    parts.share_at = share.start if share is not None else 0
    parts.share_of = share is not None and share.text.lower() in words.shades.parting
    two = len({c for c in columns if c != "value"}) > 1 or len(chosen) > 1
    if two and set(chosen) != {"much", "total"}:
        raise TwoFigures
    parts.measuring = parts.all("column")
    parts.averaging = [a for a in parts.all("how") if a.value in ("average", "median")]
    parts.summing = any(_sums(parts, a) for a in parts.all("how"))
    parts.drop_all(parts.all("how", "column") if "distinct" not in said else parts.all("column"))
    if parts.all("long") and parts.all("replying"):
        columns.append("wait")
        parts.drop_all(parts.all("replying"))
    named = next((c for c in columns if c != "value"), columns[0] if columns else None)
    named = _of_deals(parts) or named if named == "duration" else named
    column = column_named(named, company) if named else None
    if column is None and not (averaged and counting) and not numbers:
        column = _implied(parts, chosen, said)
    if parts.all("long") and column not in LASTING:
        raise CannotSay("that asks for a time and for another figure at once; ask for one, then for the other")
    parts.drop_all(parts.all("long"))
    if counting and column is Column.EMPLOYEES and not chosen:
        return Measured(How.TOTAL, column)
    if counting and averaged and column is Column.EMPLOYEES:
        return Measured(HOWS[chosen[0]], column)  # "how many employees do accounts have on average"
    if counting and column is not None and not averaged:
        raise TwoFigures("that asks for a number and for a value at once; ask for one, then for the other")
    if counting and averaged and column is not None:
        raise TwoFigures("that asks for an average number and for a value at once; ask for one, then for the other")
    if averaged and not counting and column is None:
        column = Column.VALUE
    averaged = averaged or (bool({"average", "median"} & {*chosen}) and not counting and of_totals(parts, column))
    if "much" in chosen and column is None:
        column = Column.VALUE
    if chosen and chosen[0] in ("sum", "total") and column is None:
        if _counts(parts, chosen[0], paid):
            return Measured(How.COUNT, None)
        column = Column.VALUE
    _sold(parts, named, company, words, held)
    how = HOWS[chosen[0]] if chosen else How.COUNT if counting else None
    if how in (How.MEAN, How.MEDIAN) and column is None:
        averaged = True  # "average calls per month": of their number, for they have no value of their own
    return Measured(how, column, averaged)


def _take_days(parts: Parts) -> None:
    """ "How many days" asks how long a deal takes or is open; a call takes none. Raises CannotSay."""
    called = any(isinstance(a.value, Entry) and a.value.about is About.ACTIVITIES for a in parts.atoms)
    for atom in parts.all("days taken"):
        if called:
            raise CannotSay("I do not see what takes how many days: deals until they close, or deals that are open")
        parts.atoms[parts.place(atom)] = replace(atom, kind="long")


def _of_numbers(parts: Parts) -> bool:
    """ "Deals per account on average", "average of deals per account": several are counted for each, then averaged."""
    deals = [a for a in parts.all("about") if a.value is About.DEALS and not means_pipeline(parts.words, a)]
    averages = [a for a in parts.all("how") if a.value in ("average", "median")]
    if not (parts.units and deals and averages and is_plural(deals[0])):
        return False
    several = set(parts.units) <= UNITS or len(parts.apart) > 1  # "average deals per product per region"
    if averages[0].start > deals[0].start or several:
        return True
    _refuse_plural_deals(parts, deals[0], averages[0])
    return False


def _refuse_plural_deals(parts: Parts, deals: Atom, average: Atom) -> None:
    """ "Average deals per product": how many each has, or what each is worth? Raises CannotSay.

    "Average won deals per stage" tells which deals, so that they are what is averaged.
    """
    before = parts.at(parts.place(deals) - 1)
    if before is average and not parts.all("column"):
        ends = average.start + len(average.text)
        ways = parts.words.averaged.get(average.text.lower(), ())
        raise CannotSay(THEY_OR_NUMBER, (Rewording(average.start, ends, way) for way in ways))


def _paid_last(parts: Parts) -> bool:
    """ "Open deals, total in EUR": a total of the money that ends the question."""
    last = parts.atoms[-2:]
    currency = len(last) == 2 and isinstance(last[1].value, Entry) and last[1].value.field == "currency"
    return currency and last[0].value in ("total", "sum")


def _counts(parts: Parts, how: str, paid: bool) -> bool:
    """A total of records, not of money: "total deals", but not "total pipeline", "total won" or "sum of deals".

    Of two nouns the first is added up: "pipeline total, EUR deals only" is money.
    """
    spoken = parts.all("about")
    if paid or (spoken and means_pipeline(parts.words, spoken[0])):
        return False
    nouns = [a for a in parts.all("about") if not means_pipeline(parts.words, a)]
    nouns = [a for a in nouns if how == "total" or a.value is not About.DEALS]
    return bool(nouns) or any(isinstance(a.value, Entry) and a.value.field == "type" for a in parts.atoms)


def _sums(parts: Parts, how: Atom) -> bool:
    """ "Total revenue", "the total number of calls"."""
    number = how.value == "number" and any(w in how.text.lower() for w in parts.words.shades.totalling)
    return how.value in ("total", "sum") or number


def _many(parts: Parts) -> str:
    """ "Wieviel Deals" are counted, "wieviel Pipeline" is money."""
    nouns = parts.all("about")
    return "much" if nouns and all(means_pipeline(parts.words, a) for a in nouns) else "number"


def _in_currency_at_all(parts: Parts) -> bool:
    return any(isinstance(a.value, Entry) and a.value.field == "currency" for a in parts.atoms)


def _implied(parts: Parts, chosen: Sequence[str], said: Sequence[str]) -> Column | None:
    """What "how long", an extreme ("oldest", "fastest") or an average without a column is about."""
    calls = any(isinstance(a.value, Entry) and a.value.about is About.ACTIVITIES for a in parts.atoms)
    if parts.all("long"):
        return _lasting(parts, calls)
    by_extreme = {"oldest": Column.AGE, "newest": Column.AGE, "slowest": Column.CYCLE, "fastest": Column.CYCLE}
    timed = Column.DURATION if calls else Column.AGE if ("open",) in _states(parts) else Column.CYCLE
    by_extreme |= {"longest": timed, "shortest": timed}
    if parts.extreme in by_extreme:
        return by_extreme[parts.extreme]
    pipeline = any(means_pipeline(parts.words, a) for a in parts.all("about"))
    if pipeline and parts.extreme and not chosen and "number" not in said:
        return Column.VALUE  # "the accounts with the largest pipeline"
    deals = any(a.value is About.DEALS for a in parts.atoms) or parts.asked is About.DEALS
    stated = any(isinstance(a.value, Entry) and a.value.field in ("state", "currency") for a in parts.atoms)
    if chosen and chosen[0] in ("average", "median", "much") and (deals or stated):
        return Column.VALUE
    if (not chosen or chosen[0] == "share") and "number" not in said and _in_currency(parts):
        return Column.VALUE  # "share of won EUR", "pipeline in dollars by rep"
    alone = (parts.asked is None or parts.single) and (deals or (stated and parts.single)) and "number" not in said
    if parts.top is not None and parts.groups and parts.asked is None and not parts.single:
        return None  # "open deals by industry, top 5"
    if parts.groups and parts.asked is None and not parts.sized and any(is_plural(a) for a in parts.all("about")):
        return None  # "most won deals by region"
    if not chosen and parts.extreme in ("most", "least") and (parts.asked is About.DEALS or alone):
        return Column.VALUE
    return None


def _in_currency(parts: Parts) -> bool:
    """Money is spoken of by its currency alone, not of deals in it; "open pipeline by rep, EUR deals only" is money."""
    spoken = [a for a in parts.all("about") if a.value is About.DEALS]
    return _in_currency_at_all(parts) and (not spoken or means_pipeline(parts.words, spoken[0]))


def _lasting(parts: Parts, calls: bool) -> Column:
    """ "How long": calls last, open deals are old, others take their time to close."""
    if calls:
        return Column.DURATION
    states = _states(parts)
    if not states and not any(a.value is About.DEALS for a in parts.atoms):
        raise CannotSay("I do not see how long what takes: deals until they close, calls, or replies")
    return Column.AGE if ("open",) in states else Column.CYCLE


def _states(parts: Parts) -> list[tuple[str, ...]]:
    return [a.value.values for a in parts.atoms if isinstance(a.value, Entry) and a.value.field == "state"]


def _of_deals(parts: Parts) -> str:
    """ "Average duration of won deals" is their cycle; of calls and meetings it is their own."""
    typed = any(isinstance(a.value, Entry) and a.value.about is About.ACTIVITIES for a in parts.atoms)
    if typed or not any(a.value is About.DEALS for a in parts.all("about")):
        return ""
    return {Column.AGE: "age", Column.CYCLE: "cycle"}[_lasting(parts, calls=False)]


def _sold(parts: Parts, named: str | None, company: bool, words: Words, held: StoredNames) -> None:
    """Sales are what was won; a close value is one of a closed deal; talk time is that of calls."""
    if named == "talk":
        call = next(e for e in words.conditions if e.values == ("call",))
        parts.atoms.insert(0, Atom("condition", call, "call", IMPLIED))
        return
    states = [a for a in parts.atoms if isinstance(a.value, Entry) and a.value.field == "state"]
    if named == "sales" and not company:
        _earned(parts, states, words)
    if states:
        return
    timed = any(a.kind == "period" for a in parts.atoms) or bool(parts.groups)
    if named == "sales" and not company and not timed and _one_account(parts, held):
        raise CannotSay("say company revenue, or total won value: of one account, revenue may be either")
    wanted = {"sales": ("won",), "closing": ("won", "lost"), "cycle": _ending(parts, words)}.get(named or "")
    if wanted and not (named == "sales" and company):
        parts.atoms.insert(0, Atom("condition", words.state(*wanted), str(named), IMPLIED))


def _ending(parts: Parts, words: Words) -> tuple[str, ...]:
    """ "How long does it take to win a deal": the cycle of those that ended so."""
    said = {plain(word) for a in parts.measuring for word in a.text.split()}
    ends = (state for state in (("won",), ("lost",)) if said & {plain(w) for w in words.state(*state).words.split(",")})
    return next(ends, ())


def _earned(parts: Parts, states: Sequence[Atom], words: Words) -> None:
    """ "What revenue have we closed": of closed deals the won ones bring revenue."""
    won = words.state("won")
    for atom in states:
        if isinstance(atom.value, Entry) and atom.value.values == ("won", "lost"):
            parts.atoms[parts.place(atom)] = replace(atom, value=won)


def _one_account(parts: Parts, held: StoredNames) -> bool:
    """An account is named that has a revenue of its own."""
    named = any(f is Field.ACCOUNT for a in parts.atoms for f, _ in a.names)
    named = named or any(isinstance(a.value, Where) and a.value.field is Field.ACCOUNT for a in parts.atoms)
    return named and held.has(About.ACCOUNTS, Column.REVENUE)
