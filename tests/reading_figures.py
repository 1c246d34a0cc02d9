"""Questions about numbers read by the reader alone, with the times that others would find in them."""

import re
from datetime import date

from crm.insight.frame import QueryFrame
from crm.insight.question.lexicon import Named
from crm.insight.read import FigureReader, Refused
from crm.nouns import Period

MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "May")
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30), "June")
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")
TIMES = {
    **dict.fromkeys(("May", "mai", "Mai", "mayo", "maggio"), MAY),
    **dict.fromkeys(("June", "juin", "Juni", "junio", "giugno"), JUNE),
    "2026": YEAR,
}


def read(reader: FigureReader, question: str, more: dict[str, Period] | None = None) -> QueryFrame | Refused:
    """The question, with its times where they stand; `more` are times by the words for them."""
    times = TIMES | (more or {})
    found = [(re.search(rf"\b{word}\b", question), period) for word, period in times.items()]
    return reader.read(question, [Named(*word.span(), period) for word, period in found if word])


def frame(reader: FigureReader, question: str, more: dict[str, Period] | None = None) -> QueryFrame:
    """Fails where there is none."""
    found = read(reader, question, more)
    assert isinstance(found, QueryFrame), found
    return found


def refusal(reader: FigureReader, question: str, more: dict[str, Period] | None = None) -> str:
    """Why not; fails where there is a frame."""
    found = read(reader, question, more)
    assert isinstance(found, Refused), found
    return found.because
