"""Questions that leave open what is told of deals: "what did Tom sell", "who sold the most", "best selling product"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm.insight.frame import About, Field, How, QueryFrame
from crm.insight.grammar.parts import NAMING, Parts, is_noun, is_plural, is_typed, means_pipeline
from crm.insight.question.lexicon import Atom, Party
from crm.insight.question.refusal import NUMBER_OR_VALUE, THEY_OR_NUMBER, CannotSay, Rewording
from crm.insight.question.tokens import plain
from crm.insight.question.wordbook import Entry

TOLD = ("how", "rate", "column", "extreme", "top", "long", "days taken", "change", "trend", "split", "per", "field")
RANKS = ("most", "least")
IMPLIED = -1  # the place of what nobody said


def take_what(parts: Parts, parties: Sequence[Party]) -> None:
    """ "What open deals do we have", "what are our open deals" ask which they are.

    Raises CannotSay for "what did Tom sell", "what is our pipeline": the deals, their number, or what they are worth?
    """
    what = _opening(parts, parties)
    if what is None or any(parts.all(*TOLD)):
        return
    noun = next((a for a in parts.atoms if a.kind == "about" or is_typed(a)), None)
    if noun is not None and not means_pipeline(parts.words, noun):
        parts.listing = parts.naming = noun.kind != "about" or _of_several(parts, noun)
        return
    if noun is not None or any(_is_stated(a) for a in parts.atoms):
        text = next((w for w in parts.words.what if plain(w) == plain(what.text)), "")
        ways = parts.words.what.get(text, ())[-1 if noun is not None else 0 :]  # "how much is our pipeline"
        raise CannotSay(THEY_OR_NUMBER, (Rewording(what.start, what.start + len(what.text), way) for way in ways))


def _opening(parts: Parts, parties: Sequence[Party]) -> Atom | None:
    """The "what" that opens the question, by itself: "what did", not "what deals did"."""
    first = parts.at(0)
    opens = next((p for p in parties if p.who == "what" and (first is None or p.start < first.start)), None)
    if opens is not None:
        return Atom("which", "which", opens.text, opens.start)
    second = parts.at(1)
    if first is not None and first.kind == "or" and second is not None and second.kind == "which":
        first = replace(second, text=f"{first.text} {second.text}", start=first.start)  # "o que vendemos"
        parts.atoms[:2] = [first]
    if first is None or first.start or plain(first.text.split()[-1]) not in parts.words.shades.what:
        return None
    return None if is_noun(parts.at(1)) else first


def ask_sorted(parts: Parts) -> None:
    """ "Which open deals do we have", "what Dock deals are open": what stands between tells which of them."""
    for which in parts.all("which"):
        place = parts.place(which) + 1
        while (told := parts.at(place)) is not None and told.kind in NAMING and not is_typed(told):
            place += 1
        noun = parts.at(place)
        if noun is not None and place > parts.place(which) + 1 and noun.kind == "about" and _of_several(parts, noun):
            parts.drop(noun)
            parts.atoms.insert(parts.place(which) + 1, noun)


def _of_several(parts: Parts, noun: Atom) -> bool:
    return is_plural(noun) and not means_pipeline(parts.words, noun)


def take_selling(parts: Parts) -> None:
    """ "Best selling product": what sells is won."""
    selling = [a for a in parts.all("extreme") if plain(a.text).startswith(parts.words.shades.selling)]
    if selling and not any(_is_stated(a) for a in parts.atoms):
        parts.atoms.insert(0, Atom("condition", parts.words.state("won"), selling[0].text, IMPLIED))


def refuse_ranked_openly(atoms: Sequence[Atom], frame: QueryFrame, parts: Parts) -> None:
    """ "Who sold the most", "best selling product": by their number, or by what they are worth? Raises CannotSay.

    "Who won the most deals", "the most wins" say it.
    """
    most = next((a for a in atoms if a.kind == "extreme" and a.value in RANKS), None)
    if most is None or frame.top is None or frame.about is not About.DEALS or frame.how is not How.COUNT:
        return
    after = next((a for a in atoms if a.start > most.start), None)
    adverb = plain(most.text).startswith("am ")  # "am meisten verkauft"
    wins = after is not None and _is_stated(after) and not adverb
    if wins or any(a.value is About.DEALS or a.kind in ("how", "column", "rate") for a in atoms):
        return
    verbs = [a for a in atoms if _is_stated(a) and (a.start < most.start or adverb)]
    if verbs or plain(most.text).startswith(parts.words.shades.selling):
        raise CannotSay(NUMBER_OR_VALUE, _ranks(most, parts))


def _ranks(most: Atom, parts: Parts) -> Iterable[Rewording]:
    said = next((w for w in parts.words.most if plain(most.text) == plain(w)), "")
    return (Rewording(most.start, most.start + len(most.text), way) for way in parts.words.most.get(said, ()))


def _is_stated(atom: Atom) -> bool:
    return isinstance(atom.value, Entry) and atom.value.field == Field.STATE
