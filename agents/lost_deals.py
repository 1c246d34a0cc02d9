"""Why deals were lost: the reasons entered on them, then what the customer wrote that sounds like no."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agents.base import Toolbox
from agents.complaints import worries
from agents.engagement_check import within
from agents.read_log import ReadLog
from agents.reading.phrases import without
from agents.reading.tokens import plain, words_of
from agents.reading.wordlists import word_list
from agents.whose_log import where_of
from crm.nouns import Brief, Deal, Question, Scope

MOST = 12  # deals that are named


@dataclass(frozen=True, slots=True)
class LostDeal:
    """A lost deal with the reason that somebody entered on it."""

    called: str
    closed: date | None
    reason: str


def loss_asked(text: str, period: str = "") -> bool:
    """Whether the question is why something was lost, and about nothing else but a time; `text` is without names."""
    words, lists = without(words_of(text), {" ".join(words_of(period))})[0], word_list("losing")
    left, why = without(words, lists["why"])
    left, lost = without(left, lists["loss"])
    return why and lost and not without(left, lists["too"])[0]


def why_lost(question: Question, scope: Scope, tools: Toolbox) -> Brief:
    """The reasons of the lost deals that are meant, the newest first, with the words of the records behind them."""
    read = ReadLog.of(question, scope, tools, where_of(scope))
    theirs, noted = worries("refusal", read)
    lost = sorted(_lost(scope, tools), key=_newest)
    told = [LostDeal(_called(d, read.about), d.closed_at.date() if d.closed_at else None, d.loss_reason) for d in lost]
    explained, bare = [d for d in told if d.reason], [d.called for d in told if not d.reason]
    facts = {
        "deals": explained[:MOST],
        "more": len(explained[MOST:]),
        "bare": bare[:MOST],
        "bare_more": len(bare[MOST:]),
        "theirs": theirs,
        "noted": noted,
    }
    return read.brief("lost", facts, "account_summary", "engagement_check")


def _lost(scope: Scope, tools: Toolbox) -> Iterator[Deal]:
    """The lost deals of the account asked about, or of the rep, or all; in a period those that were lost in it."""
    account_id = scope.account.id if scope.account else scope.contact.account_id if scope.contact else None
    for deal in tools.book.deals:
        meant = not (scope.account or scope.contact) or deal.account_id == account_id
        owned = not scope.rep or plain(deal.owner) == plain(scope.rep)
        when = deal.closed_at.date() if deal.closed_at else None
        if deal.won is False and meant and owned and within(scope.period, when):
            yield deal


def _called(deal: Deal, about: str) -> str:
    return deal.name if about and deal.name else deal.called


def _newest(deal: Deal) -> int:
    return -deal.closed_at.toordinal() if deal.closed_at else 0
