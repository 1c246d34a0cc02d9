"""One person's way through a review."""

from datetime import UTC, datetime

from crm.engagement.review import Reviewed
from crm.nouns import Engagement, Label, Verdict
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, activity
from ui.review_session import Sitting


def entry(number: int, alike: int = 1, earlier: Label | None = None) -> Reviewed:
    return Reviewed(activity(str(number), f"note {number}"), Verdict(ND, 0.51, "b", "q", "model"), alike, earlier)


START = Sitting((entry(0, alike=18), entry(1), entry(2)))


def test_a_label_leads_to_the_next_record() -> None:
    sitting = START.labelled(ENGAGED).labelled(NOT_ENGAGED)
    assert sitting.said == (("csv:0", ENGAGED), ("csv:1", NOT_ENGAGED))
    assert sitting.now == START.queue[2]


def test_moving_never_leaves_the_queue() -> None:
    assert START.move(-1) == START
    assert START.move(9).now is None
    assert START.move(9).move(9).move(-1).now == START.queue[2]


def test_undo_goes_back_to_the_record_that_was_labelled() -> None:
    sitting = START.labelled(ENGAGED).move(1)
    assert sitting.at == 2
    assert (sitting.undone().at, sitting.undone().said) == (0, ())
    assert START.undone() == START


def test_at_the_end_nothing_can_be_labelled() -> None:
    end = START.move(9)
    assert end.labelled(Engagement.ND) == end


def test_the_head_tells_where_one_is_and_why() -> None:
    assert "<strong>1 of 3</strong> · ND, only 51 % sure · 17 more look like this" in START.head()
    assert "look like this" not in START.move(1).head()
    assert "That was the last one" in START.move(9).head()
    assert "There is nothing to review" in Sitting().head()
    said = Label("csv:0", "h", "person", Verdict(ENGAGED, 1.0, "", "", "person:<b>"), datetime.now(UTC), "<b>")
    assert "&lt;b&gt; had said ENGAGED; the text has changed since" in Sitting((entry(0, earlier=said),)).head()
