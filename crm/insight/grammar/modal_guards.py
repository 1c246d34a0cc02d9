"""What should or could happen, is about to, or did not happen to a deal but to a customer: none of it is on record."""

from collections.abc import Sequence
from dataclasses import replace

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import LEFT_US, CannotSay, unfit
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry

BESIDE = 2  # characters at most between "should be" and "closed"


def take_modals(parts: Parts, parties: Sequence[Party]) -> None:
    """ "Deals that should close in May" are expected to; what could close, or should be won, is a prediction.

    Raises CannotSay.
    """
    for modal in [p for p in parties if p.who in ("should", "could")]:
        if modal.who == "should" and any(is_typed(a) and a.start < modal.start for a in parts.atoms):
            raise unfit(modal.text)  # "calls that should be made"
        verb = next((a for a in parts.atoms if a.start > modal.start and a.kind not in ("name", "value")), None)
        if verb is None or not _is_decided(verb) or not _is_governed(parts, modal, verb):
            continue
        if modal.who == "should" and isinstance(verb.value, Entry) and verb.value.values == ("won", "lost"):
            parts.atoms[parts.place(verb)] = replace(verb, kind="expected", value="expected")
        else:
            raise CannotSay(
                f"“{modal.text}”: a prediction is no figure on record; ask for the pipeline forecast instead"
            )


def refuse_left_customers(parts: Parts) -> None:
    """ "How many customers did we lose", "new customers": no deal tells who left, or came. Raises CannotSay."""
    nouns = [a for a in parts.all("about") if a.value in (About.ACCOUNTS, About.DEALS)]
    asked = parts.asked in (None, About.ACCOUNTS)
    if not asked or any(a.value is About.DEALS for a in nouns) or not (nouns or parts.asked):
        return
    of_deals = any(f in (Field.PRODUCT, Field.STAGE) for a in parts.all("name") for f, _ in a.names)
    lost = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.values == ("lost",)]
    led = any(a.start < lost[0].start for a in parts.all("with")) if lost else False  # "accounts with lost deals"
    if lost and not (of_deals or led or parts.extreme or parts.all("column", "rate")):
        raise CannotSay(LEFT_US)
    for word in parts.all("created"):
        if any(a.value is About.ACCOUNTS for a in [parts.at(parts.place(word) + 1)] if a is not None):
            raise unfit(word.text)


def _is_governed(parts: Parts, modal: Party, verb: Atom) -> bool:
    """An infinitive, or a participle right behind a "be": "could you show won deals" asks for those that are."""
    beside = verb.start - modal.start - len(modal.text) <= BESIDE and " " in modal.text
    return beside or plain(verb.text) in parts.words.shades.infinitive


def _is_decided(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE and "open" not in atom.value.values
