"""What of a long conversation the next answer is given: the newest turns whole, of the rest only what it was about."""

from collections.abc import Sequence
from dataclasses import replace

from crm.nouns import Turn

WHOLE = 12  # newest turns that are given as they are
ABOUT = 12  # older turns that are given by their scope alone


def remembered(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """At most WHOLE + ABOUT turns, oldest first: enough for "the German one" or "back to the first", never the lot.

    Of the older ones the last about each account stays, without its words, sources and figures.
    """
    older, newest = history[:-WHOLE], history[-WHOLE:]
    by_account: dict[str, Turn] = {}
    for turn in reversed(older):
        account = turn.answer.scope.account
        if account is not None and account.id not in by_account:
            by_account[account.id] = turn
    kept = list(by_account.values())[:ABOUT]
    return (*(_bare(turn) for turn in reversed(kept)), *newest)


def _bare(turn: Turn) -> Turn:
    bare = replace(turn.answer, text="", sources=(), steps=(), notices=(), suggestions=(), frame="", figures=())
    return replace(turn, answer=bare)
