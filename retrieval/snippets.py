"""Which passage of a found record to show."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.nouns import Activity, Side
from retrieval.glosses import passage_of
from retrieval.index import Near
from retrieval.passages import MOST_PASSAGES, passages_of

MOST_SHOWN = 1_000  # passages of one record among which one is chosen
TRUSTED = 0.3  # of the weight typed: how much more of it a passage must hold than the one found by meaning


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as it stands in the record; `share` is how much of the question its own words hold.

    `nearest`: it is the one by which the record was found in meaning.
    """

    text: str
    share: float
    nearest: bool


def shown(activity: Activity, share: Callable[[str], float], near: Near | None, side: Side | None) -> Shown | None:
    """The passage that answers best; None when `side` wrote nothing of what was typed."""
    passages = passages_of(activity, MOST_SHOWN)
    best_in_meaning = passage_of(near.number, passages[:MOST_PASSAGES]) if near else None
    shares = {n: share(passage.text) for n, passage in enumerate(passages) if side is None or passage.side is side}
    scores = {n: own + (TRUSTED if n == best_in_meaning else 0.0) for n, own in shares.items()}
    best = max(scores, key=lambda number: scores[number], default=None)  # the first, so the newest, among equals
    if best is None or (side is not None and not scores[best]):
        return None
    return Shown(passages[best].text, shares[best], best == best_in_meaning)
