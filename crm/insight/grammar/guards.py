"""Refuses what would be lost on the way to a frame: an "or" between unlike things, a part in percent, an "only"."""

from crm.insight.frame import About, Field, Where
from crm.insight.grammar.parts import NAMING, OF_DEALS, Parts, is_typed, negated
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import SO_MANY, CannotSay, unfit
from crm.insight.question.wordbook import Entry

JOINED = ("condition", "name", "value", "over", "under", "about", "period", "overdue", "created")
NAMED = (*NAMING, "field", "about")
REST = ("over", "under", "not", "overdue", "created", "contacted", "period")
SMALL = ("rel", "with", "not", "comma", "by")
BOUNDS = ("over", "under")


def refuse_lost(parts: Parts) -> None:
    """Drops an "only" that says nothing more. Raises CannotSay."""
    _refuse_mixed_or(parts)
    _refuse_percent(parts)
    if parts.atoms and parts.atoms[-1].kind == "but":
        raise unfit(parts.atoms[-1].text)  # "the largest deal but one"
    _refuse_half_told(parts)
    _refuse_mixed_exclusion(parts)
    _refuse_rows_bounded(parts)
    _refuse_but_one(parts)
    _refuse_of_these(parts)
    _refuse_against_average(parts)
    _take_only(parts)


def _refuse_mixed_or(parts: Parts) -> None:
    """ "Over 50k or older than 90 days": an "or" holds between values of one field alone."""
    for joint in parts.all("or"):
        place = parts.place(joint)
        before = next((a for a in reversed(parts.atoms[:place]) if a.kind not in SMALL), None)
        after = next((a for a in parts.atoms[place + 1 :] if a.kind not in SMALL), None)
        denied = any(a.kind == "not" for a in parts.atoms[place + 1 : place + 3])
        value = before is not None and before.kind in NAMING
        behind = parts.at(place + 1)
        otherwise = behind is not None and behind.kind == "not" and _is_told(before) and _is_told(after)
        if otherwise and before is not None and not negated(parts, before):
            raise unfit(joint.text)  # "cancelled or not held" are all that were not held
        if value and denied and after is not None and after.kind in ("field", "about", "column"):
            raise unfit(joint.text)  # "that are referrals or have no note"
        if before is None or after is None or (after.kind not in JOINED and not _bounded(parts, after)):
            continue  # "o valor" is "the value"
        if after.kind in BOUNDS or _bounded(parts, after) or not _sorts(before) & _sorts(after):
            raise unfit(joint.text)


def _is_told(atom: Atom | None) -> bool:
    return atom is not None and atom.kind in (*NAMING, "created")


def _bounded(parts: Parts, column: Atom) -> bool:
    """ "Or revenue above 200m"."""
    bound = parts.at(parts.place(column) + 1)
    return column.kind == "column" and bound is not None and bound.kind in BOUNDS


def _refuse_half_told(parts: Parts) -> None:
    """ "Calls made and received": what stands before the "and" tells nothing, so that one side would be lost."""
    for joint in [a for a in parts.all("and") if " " not in a.text]:
        place = parts.place(joint)
        noun, told, behind = (parts.at(place + step) for step in (-1, 1, 2))
        if noun is None or place == 0 or not (noun.kind == "about" or is_typed(noun)):
            continue
        beside = behind is not None and (behind.kind == "about" or is_typed(behind))
        way = (
            told is not None and isinstance(told.value, Entry) and told.value.field in (Field.DIRECTION, Field.OUTCOME)
        )
        apart = joint.start - noun.start - len(noun.text) > 1
        if way and apart and not beside:
            raise unfit(joint.text)


def _refuse_mixed_exclusion(parts: Parts) -> None:
    """ "Excluding Dock and those older than 90 days": a bound or a blank is not left out beside a name."""
    excepting = [a for a in parts.all("not") if a.text.lower().startswith(parts.words.shades.excepting)]
    for wrong in excepting:
        place = parts.place(wrong) + 1
        while (atom := parts.at(place)) is not None and atom.kind in NAMED:
            place += 1
        joint, after = parts.at(place), parts.at(place + 1)
        if joint is not None and joint.kind in ("and", "or") and after is not None and after.kind in REST:
            raise unfit(joint.text)


def _sorts(atom: Atom) -> set[str]:
    """Between what alike an "or" may stand."""
    if isinstance(atom.value, Where):
        return {atom.value.field}
    if isinstance(atom.value, Entry):
        return {atom.value.field, *(f for f, _ in atom.names)}
    if atom.kind in ("about", "field"):
        return {"noun"}
    return {f for f, _ in atom.names} or {atom.kind}


def _refuse_percent(parts: Parts) -> None:
    """ "Deals over 2% of the total", "the top 10 % of accounts"; a bound on a rate is told in percent."""
    for number in parts.all("number"):
        sign = parts.at(parts.place(number) + 1)
        if sign is not None and sign.value == "share" and not parts.all("rate") and _is_sign(parts, sign):
            raise unfit(sign.text)


def _is_sign(parts: Parts, share: Atom) -> bool:
    return share.text.lower().startswith(parts.words.shades.percent)


def _take_only(parts: Parts) -> None:
    """ "Accounts with only won deals" have no others, which no frame says; elsewhere the word says nothing more."""
    for only in parts.all("sole"):
        place = parts.place(only)
        before, after = parts.at(place - 1), parts.at(place + 1)
        if after is not None and after.kind == "with":
            after = parts.at(place + 2)  # "Kunden nur mit gewonnenen Deals"
        of_accounts = any(a.value is About.ACCOUNTS for a in parts.atoms[:place])
        denied = before is not None and before.kind == "not"
        done = [a for a in (after, parts.at(place + 2)) if a is not None and _done(a)]
        told = after is not None and _done(after)
        by_one = done and after is not None and any(f is Field.REP for f, _ in after.names)  # "did only Tom call"
        last = after is None and before is not None and _done(before)  # "customers with won deals only"
        paid = _is_paid(parts, before if last else after) and (last or parts.at(place + 2) is None)
        if of_accounts and not denied and not paid and (told or by_one or last):
            raise unfit(only.text)
        if _heads_rows(parts, place) and done:
            raise unfit(only.text)
        parts.drop(only)


def _is_paid(parts: Parts, currency: Atom | None) -> bool:
    """ "Top 5 customers by won value, EUR only": the amounts that are asked for are in it."""
    named = currency is not None and isinstance(currency.value, Entry) and currency.value.field == Field.CURRENCY
    return named and bool(parts.all("column")) and bool(parts.all("by", "per", "which", "who"))


def _heads_rows(parts: Parts, place: int) -> bool:
    """ "Which reps only have EUR deals", "who only sold Dock": have they others?"""
    head = [a.kind for a in parts.atoms[:place]]
    head = head[:-1] if head[-1:] == ["with"] else head  # "which reps have only lost deals"
    return head in (["which", "field"], ["which", "about"], ["who"], ["field"], ["field", "who"], ["field", "rel"])


def _refuse_of_these(parts: Parts) -> None:
    """ "3 or more deals of which one is open": the one is among the 3."""
    for which in parts.all("which"):
        place = parts.place(which)
        noun = parts.at(place - 1) if place else None
        counted = any(a.kind == "number" for a in parts.atoms[:place])
        if counted and noun is not None and noun.kind in ("about", "condition"):
            raise unfit(which.text)


def _refuse_against_average(parts: Parts) -> None:
    """ "Calls in September compared to the average month": one side is a figure of its own."""
    for versus in parts.all("versus", "than"):
        behind = parts.atoms[parts.place(versus) + 1 :] if parts.place(versus) else []
        after = next((a for a in behind if a.kind not in ("per", "by")), None)  # "against the monthly average"
        if after is not None and after.value in ("average", "median") and len(parts.all("how")) == 1:
            raise unfit(versus.text)


def _refuse_but_one(parts: Parts) -> None:
    """ "Calls but Tom's", "any stage but Lost" leave something out, where a "but" joins two clauses elsewhere."""
    for but in parts.all("but"):
        place = parts.place(but)
        before, after = parts.at(place - 1), parts.at(place + 1)
        noun = before is not None and place > 0 and before.kind in ("field", "about")
        state = after is not None and isinstance(after.value, Entry) and after.value.field == Field.STATE
        if noun and after is not None and (state or after.names or after.kind == "value"):
            raise unfit(but.text)


def _refuse_rows_bounded(parts: Parts) -> None:
    """ "Won value by rep, over 300k only": is it each deal's or the row's? "Of deals over 50k by rep" is each one's."""
    money = any(a.kind == "column" or a.value in ("much", "total", "sum") for a in parts.atoms)
    counted = any(a.value == "number" for a in parts.all("how"))
    for bound in parts.all("over", "under") if money and not counted else ():
        number = parts.at(parts.place(bound) + 1)
        place = parts.place(bound) - 1
        while place > 0 and parts.atoms[place].kind in ("sole", "comma", "rel", "with"):
            place -= 1
        noun, by = (parts.atoms[place], parts.at(place - 1)) if place > 0 else (None, None)
        split = noun is not None and noun.kind in ("field", "about") and by is not None and by.kind in ("by", "per")
        if split and number is not None and number.kind == "number":
            raise CannotSay(SO_MANY)


def _done(atom: Atom) -> bool:
    """Speaks of what was done with accounts, or sold to them."""
    about = atom.value.about if isinstance(atom.value, Entry) else atom.value
    return about in (About.ACTIVITIES, About.DEALS) or any(f in OF_DEALS for f, _ in atom.names)
