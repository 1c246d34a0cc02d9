"""A question's parts, with what the small words around its atoms tell of them."""

from collections.abc import Sequence

from crm.insight.grammar.parts import Parts, is_typed
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.wordbook import Words

INSIDE = ("inside", "towards")  # small words between a part and its whole: "Dock in open deals"


def parts_of(atoms: Sequence[Atom], parties: Sequence[Party], words: Words) -> Parts:
    """The atoms, none of them used up."""
    parts = Parts(list(atoms), words)
    parts.inside = [p.start for p in parties if p.who in INSIDE]
    parts.within = [p.start for p in parties if p.who == "inside"]
    parts.both, parts.between, parts.now, parts.whole, parts.in_all, parts.holding, parts.ours = (
        [p.start for p in parties if p.who == who]
        for who in ("both", "between", "now", "whole", "in all", "holding", "ours")
    )
    parts.running = [(p.start, p.start + len(p.text)) for p in parties if p.who == "running"]
    parts.present = any(p.who == "at present" for p in parties)
    parts.nouns = [a.start for a in atoms if a.kind == "about" or is_typed(a)]
    return parts
