"""Words by which deals are open without being called so: "active deals", "how many deals does Ana currently have"."""

from crm.insight.frame import About, Field
from crm.insight.grammar.parts import NAMING, Parts, is_typed, means_pipeline
from crm.insight.question.lexicon import Atom
from crm.insight.question.refusal import NOT_KEPT, CannotSay
from crm.insight.question.wordbook import Entry

DATING = ("period", "created", "expected", "overdue")


def take_deals_of_today(parts: Parts) -> None:
    """Puts the state in, where none is told; an "active" of anything else stays, and is refused.

    Raises CannotSay for "deals existing in June".
    """
    told = [a for a in parts.all("condition") if isinstance(a.value, Entry) and a.value.field == Field.STATE]
    open_anyhow = [a for a in told if isinstance(a.value, Entry) and a.value.values == ("open",)]
    for word in parts.all("active"):
        deals = _deals_behind(parts, word) or _deals_before(parts, word)
        if deals is None or (told and not open_anyhow):
            continue
        if deals.start < word.start and _is_then(parts, word):
            raise CannotSay(NOT_KEPT)
        if not (told or means_pipeline(parts.words, deals)):
            told = open_anyhow = [_opened(parts, deals)]
        parts.drop(word)
    if not told:
        _take_running(parts)


def _is_then(parts: Parts, word: Atom) -> bool:
    """A time follows, of which nothing else says what happened then."""
    return any(a.start > word.start for a in parts.all("period")) and not parts.all("created", "expected")


def _take_running(parts: Parts) -> None:
    """ "Laufende Deals", "affaires actuelles" are the open ones; of a week it says nothing."""
    nouns = [a for a in parts.atoms if a.value is About.DEALS or a.value == "value"]  # "valeur des affaires"
    for deals in nouns:
        behind = deals.start + len(deals.text) + 1
        if any(end + 1 == deals.start or start == behind for start, end in parts.running):
            _opened(parts, deals)
            return
    nouns = [*parts.all("about"), *(a for a in parts.atoms if is_typed(a))]
    if parts.present and len(nouns) == 1 and nouns[0].value is About.DEALS and not _tells_otherwise(parts, nouns[0]):
        _opened(parts, nouns[0])


def _tells_otherwise(parts: Parts, deals: Atom) -> bool:
    """A stage, a rate, an average or a time says which deals there are: "deals in each stage at the moment"."""
    staged = any(
        a.value in (Field.STAGE, Field.STATE) or any(f is Field.STAGE for f, _ in a.names) for a in parts.atoms
    )
    averaged = any(a.value in ("average", "median") for a in parts.all("how"))
    return staged or averaged or bool(parts.all("rate", *DATING)) or means_pipeline(parts.words, deals)


def _deals_behind(parts: Parts, word: Atom) -> Atom | None:
    """ "Active Dock deals": nothing but what tells which stands between."""
    place = parts.place(word) + 1
    while (after := parts.at(place)) is not None and after.kind in NAMING and not is_typed(after):
        place += 1
    return _deals(after)


def _deals_before(parts: Parts, word: Atom) -> Atom | None:
    """ "Deals that are in progress", "deals Tom has under way"."""
    place = parts.place(word) - 1
    while (before := parts.at(place)) is not None and before.kind in (*NAMING, "rel", "with") and not is_typed(before):
        place -= 1
    return _deals(before)


def _deals(noun: Atom | None) -> Atom | None:
    return noun if noun is not None and noun.value is About.DEALS else None


def _opened(parts: Parts, deals: Atom) -> Atom:
    state = Atom("condition", parts.words.state("open"), "open", deals.start)
    parts.atoms.insert(parts.place(deals), state)
    return state
