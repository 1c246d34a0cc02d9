"""What stands beside an answer: its sources, with the record of the one that is open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm.nouns import Answer
from ui.record import history_list, missing_card, record_card
from ui.show import cited, source_list

if TYPE_CHECKING:
    from house import House

NOTHING_OPEN = (
    '<div class="empty hint"><h3>The record behind the answer</h3>'
    "<p>Every claim carries a number. Choose one, and the conversation it rests on opens here: "
    "who wrote what, on which side, and why it counts as engaged or not.</p></div>"
)


@dataclass(frozen=True, slots=True)
class View:
    """The two panes as HTML."""

    sources: str = ""
    record: str = NOTHING_OPEN


def opened(house: "House", answer: Answer, turn: int, number: int = 0) -> View:
    """The view with source `number` open; 0 opens the first."""
    if not answer.sources:
        return View()
    numbers = [s.number for s in answer.sources]
    chosen = answer.sources[numbers.index(number) if number in numbers else 0]
    activities = house.store.activities_by_id([s.activity_id for s in answer.sources])
    listed = source_list(cited(answer, activities), turn, chosen.number)
    return View(listed, opened_record(house, chosen.activity_id, chosen.quote))


def opened_record(house: "House", activity_id: str, quote: str = "") -> str:
    """One record with the label that stands for it."""
    activity = house.store.activity(activity_id)
    if activity is None:
        return missing_card(activity_id)
    account = house.book.account_by_id.get(activity.account_id or "")
    label = house.judged([activity_id]).get(activity_id)
    card = record_card(activity, account.name if account else "", label, quote)
    return card + history_list(house.history(activity_id))
