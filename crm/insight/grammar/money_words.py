"""Value that is told by a currency: "dollar value" is that in dollars where several currencies are on record."""

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import Parts
from crm.insight.question.lexicon import Atom
from crm.insight.question.stored_names import StoredNames
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Words


def take_money_of(parts: Parts, words: Words, held: StoredNames) -> None:
    """Puts the currency of such a word beside it as a condition; with one currency, or none, the word is just money."""
    on_record = held.values.get((About.DEALS, Field.CURRENCY), frozenset())
    if len(on_record) < 2:
        return
    for column in parts.all("column"):
        said = plain(column.text).split()
        for entry in words.conditions:
            named = {plain(word) for word in entry.words.split(",")}
            if len(said) > 1 and entry.field == Field.CURRENCY and named & {*said}:
                parts.atoms.insert(parts.place(column), Atom("condition", entry, column.text, column.start))
