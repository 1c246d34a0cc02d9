"""The window's own functions for programs (gradio_client): few, named, and kept as they are.

The rest of the window is private; the HTTP API under /api/v1 can do more.
"""

from typing import TYPE_CHECKING, Any

from crm.errors import BadSetting
from crm.quoting import plain
from ui.faults import guarded
from ui.listeners import PEOPLE

if TYPE_CHECKING:
    from house import House

MOST = 50  # records of one search


def functions(house: "House") -> None:
    """Offers them in the window that is being drawn: /ask, /search, /audit."""
    from gradio.events import api

    def ask(question: str) -> dict[str, Any]:
        """Answers a question. Gives answer, route, notices, and sources with n, activity_id, quote."""
        answer = house.ask(question)
        return {
            "answer": plain(answer.text),
            "route": answer.route,
            "notices": list(answer.notices),
            "sources": [{"n": s.number, "activity_id": s.activity_id, "quote": s.quote} for s in answer.sources],
        }

    def search(words: str, account: str = "", limit: int = 10) -> list[dict[str, Any]]:
        """Finds records, best first. Gives activity_id, subject, passage, score of each."""
        found = house.find(words, _between(limit), account, False)
        return [
            {"activity_id": h.activity.id, "subject": h.activity.subject, "passage": h.passage, "score": h.score}
            for h in found.hits
        ]

    def audit(activity_id: str) -> dict[str, Any]:
        """Judges one stored activity. Gives activity_id, engagement, confidence, because, quote, decided_by."""
        judged = house.judge_one(activity_id)
        verdict = judged.label.verdict if judged.label else judged.explained.verdict
        return {
            "activity_id": judged.activity.id,
            "engagement": verdict.engagement.value,
            "confidence": verdict.confidence,
            "because": verdict.because,
            "quote": verdict.quote,
            "decided_by": verdict.decided_by,
        }

    for function in (ask, search, audit):
        api(guarded(function), api_name=function.__name__, concurrency_limit=PEOPLE)


def _between(limit: object) -> int:
    """How many are meant, from 1 to MOST. Raises BadSetting for what is no number: a program may send anything."""
    try:
        return max(1, min(int(float(str(limit))), MOST))
    except (ValueError, OverflowError) as err:
        raise BadSetting(f"limit is a whole number from 1 to {MOST}.") from err
