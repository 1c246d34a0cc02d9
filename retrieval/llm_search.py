"""Search with a chat model's help: wider by its words, in the order in which it finds that passages answer.

Two calls a question at most, one to widen and one to rank; none for an id, a code or words in quotes, which stand or do
not stand in a record. Without a helper, or where it fails, this is the search alone.
"""

from collections.abc import Callable
from dataclasses import replace

from retrieval.search import CERTAIN, Found, Hit
from retrieval.search_llm import SHOWN, ModelHelper
from retrieval.words import read

ADDED = 0.6  # what a hit by the model's words counts for, to one by the words that were typed

Finds = Callable[[str], Found]
"""Finds records for a query: one search, or several joined."""


def helped(query: str, finds: Finds, helper: ModelHelper | None, k: int) -> Found:
    """The `k` best records of `finds`, with the helper's words searched too and its order kept."""
    alone = finds(query)
    if helper is None or not alone.considered or _literal(query):
        return replace(alone, hits=alone.hits[:k])
    wider = helper.widen(query)
    hits = list(alone.hits)
    for phrase in wider.phrases:
        hits += [replace(hit, score=ADDED * min(hit.score, 1.0)) for hit in finds(phrase).hits]
    best = _best(hits)
    if not best:
        return replace(alone, notices=_notices(alone, wider.notice))
    ranked = helper.rank(query, [hit.passage for hit in best[:SHOWN]])
    notices = _notices(alone, wider.notice, ranked.notice)
    if ranked.places is None:
        return replace(alone, hits=alone.hits[:k] or tuple(best[:k]), notices=notices)
    kept = [best[place] for place in ranked.places]
    sure = [hit for hit in best if hit.score >= CERTAIN and hit not in kept]  # a model takes away nothing literal
    rest = [hit for hit in alone.hits if kept and hit not in kept and hit not in sure]
    return replace(alone, hits=(*sure, *kept, *rest)[:k], notices=notices)


def _literal(query: str) -> bool:
    words = read(query)
    return bool(words.phrases or words.only_needles)


def _best(hits: list[Hit]) -> list[Hit]:
    """Each record once, by its best score."""
    best: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda h: -h.score):
        best.setdefault(hit.activity.id, hit)
    return list(best.values())


def _notices(found: Found, *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*found.notices, *(notice for notice in more if notice))))
