"""What stands beside an answer: its sources, with the record of the one that is open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agents.activity_audit import PASTED
from crm.nouns import Activity, Answer
from ui.address import Address, copy_link
from ui.record import Whose, history_list, missing_card, record_card, shown_id
from ui.show import cited, hint, source_list
from ui.tongue import said

if TYPE_CHECKING:
    from house import House


@dataclass(frozen=True, slots=True)
class View:
    """The two panes as HTML."""

    sources: str = ""
    record: str = ""


def nothing_open() -> str:
    """What stands in the record's place before one is open."""
    return hint(said("record.none_title"), said("record.none"))


def opened(house: "House", answer: Answer, turn: int, number: int = 0) -> View:
    """The view with source `number` open; 0 opens the first."""
    if not answer.sources:
        return View("", nothing_open())
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
    label = house.judged([activity_id]).get(activity_id)
    link = copy_link(Address(activity=activity.id))
    card = record_card(activity, _whose(house, activity), label, quote, link, house.day_told_by(activity.id))
    return card + history_list(house.history(activity_id))


def still_there(house: "House", card: str) -> Any:
    """For a pane with a record: says so where it was erased since, and leaves everything else as it is.

    What was pasted was never in the store, and cannot go from there.
    """
    import gradio as gr

    shown = shown_id(card or "")
    stored = bool(shown) and not shown.startswith(f"{PASTED}:")
    return missing_card(shown) if stored and house.store.activity(shown) is None else gr.skip()


def _whose(house: "House", activity: Activity) -> Whose:
    account = house.book.account_by_id.get(activity.account_id or "")
    people = (house.book.contact_by_id.get(i) for i in activity.contact_ids)
    return Whose(account.name if account else "", tuple(p.name or p.email for p in people if p))
