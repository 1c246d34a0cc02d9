"""What is denied away from its "not": "neither an industry nor a source", "hasn't Tom started yet"."""

from dataclasses import replace

from crm.insight.frame import About
from crm.insight.grammar.parts import NAMING, Parts, is_typed, says_again
from crm.insight.question.lexicon import Atom
from crm.insight.question.wordbook import Entry

GIVEN = ("field", "expected")  # of these a record may have none


def take_denials(parts: Parts) -> None:
    """Says the "not" where it belongs."""
    for word in parts.all("uncontacted"):
        place = parts.place(word)
        parts.atoms[place : place + 1] = [replace(word, kind=kind, value=kind) for kind in ("not", "contacted")]
    _drop_within(parts)
    _drop_doubled(parts)
    _neither(parts)
    _not_begun(parts)


def _drop_within(parts: Parts) -> None:
    """ "Leads no status Nurturing": before a noun with its value it says "in the" in Portuguese, and denies nothing."""
    for wrong in [a for a in parts.all("not") if a.text.lower() in parts.words.shades.leading]:
        noun, value = parts.at(parts.place(wrong) + 1), parts.at(parts.place(wrong) + 2)
        if noun is not None and value is not None and noun.kind == "field" and says_again(noun, value):
            parts.drop(wrong)


def _drop_doubled(parts: Parts) -> None:
    """ "Lead che non sono mai stati contattati": the second word strengthens the first, and both deny once."""
    for wrong in parts.all("not"):
        place = parts.place(wrong) + 1
        while (after := parts.at(place)) is not None and after.kind in ("rel", "with"):
            place += 1
        if after is not None and after.kind == "not" and after.text.lower() in parts.words.shades.ever:
            parts.drop(wrong)


def _neither(parts: Parts) -> None:
    """ "Leads with neither an industry nor a company size", "sans secteur ni e-mail": they lack the one and the other.

    Of two values ("neither won nor lost") the joint is an "or" that is denied as a whole.
    """
    for wrong in parts.all("not"):
        place = parts.place(wrong)
        first, joint, last = (parts.at(place + step) for step in (1, 2, 3))
        if joint is not None and joint.kind != "or" and wrong.text.lower() in parts.words.shades.neither:
            joint, last = None, joint  # "weder Branche noch E-Mail": the "noch" is a small word elsewhere
        told = joint is None or joint.text.lower().startswith(parts.words.shades.nor)
        if first is None or last is None or not told or not (_is_given(first) and _is_given(last)):
            continue
        if first.kind not in GIVEN and last.kind not in GIVEN:
            continue
        parts.drop_all([] if joint is None else [joint])
        more = [Atom("and", "and", "and", last.start), replace(wrong, start=last.start)]
        parts.atoms[parts.place(last) : parts.place(last)] = more


def _is_given(noun: Atom) -> bool:
    return noun.kind in GIVEN or noun.value is About.ACCOUNTS or is_typed(noun)


def _not_begun(parts: Parts) -> None:
    """ "How many tasks hasn't Tom started yet": who does it stands between; without a time nothing was created."""
    tasks = any(isinstance(a.value, Entry) and a.value.values == ("task",) for a in parts.atoms)
    for begun in parts.all("created") if tasks and not parts.all("period") else ():
        place = parts.place(begun) - 1
        while place > 0 and parts.atoms[place].kind in (*NAMING, "who"):
            place -= 1
        if place < 0 or parts.atoms[place].kind != "not" or not _is_beginning(parts, begun):
            continue
        state = next(e for e in parts.words.conditions if e.group == "not started")
        parts.atoms[parts.place(begun)] = replace(begun, kind="condition", value=state)
        del parts.atoms[place]
        parts.drop_all(a for a in parts.all("yet") if a.start > begun.start)


def _is_beginning(parts: Parts, word: Atom) -> bool:
    return word.text.lower().startswith(parts.words.shades.beginning)
