"""What stays from turn to turn: the subject, the list that was shown, the figure that was asked for."""

from datetime import date

import pytest

from agents.asked_figures import frame_of, opens_alone
from agents.audit_list import listed
from agents.base import Toolbox
from agents.dialogue.list_items import item_of, pointer_in
from agents.dialogue.subject import spoken_of, stayed
from agents.pipeline_insights import PipelineInsights
from agents.reading.activity_ids import typed_ids
from crm.insight.frame import QueryFrame
from crm.insight.frame_words import in_words
from crm.nouns import Answer, Question, Scope, Turn
from tests.four_accounts import account, told

AS_OF = date(2026, 10, 30)
LIST = Answer("Two:\n\n- **Norvik** (Larvik): 3\n- Riedmann: 2\n", "engagement_check")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("why is the first one on top", 0),
        ("the second - what happened there?", 1),
        ("der erste, warum?", 0),
        ("deals of the first quarter", None),
        ("what did we do in the first week", None),
        ("who was first", None),
    ],
)
def test_an_ordinal_points_at_the_list_only_by_itself(text: str, points: int | None) -> None:
    found = pointer_in(text)
    assert (found.place if found else None) == points


def test_an_item_is_named_by_what_it_begins_with() -> None:
    assert item_of(LIST, 0) == "Norvik"
    assert item_of(LIST, 1) == "Riedmann"
    assert item_of(LIST, 2) == ""
    assert item_of(Answer("No list."), 0) == ""


def test_the_subject_stays_until_everybody_is_asked_about(tools: Toolbox) -> None:
    norvik = Scope(account=account(tools, "Norvik Maritime"))
    history = (Turn("Norvik?", Answer("", "account_summary", norvik)), Turn("help", Answer("", "help")))
    assert spoken_of(history).account == norvik.account
    assert stayed(Question("who answered last", history), Scope(), "engagement_check").account == norvik.account
    assert stayed(Question("who went quiet", history), Scope(), "engagement_check").account is None
    assert stayed(Question("who answered last", history), Scope(), "pipeline_insights").account is None
    everybody = (*history, Turn("which accounts went quiet", Answer("", "engagement_check", sources=())))
    assert stayed(Question("which customers answered", everybody), Scope(), "engagement_check").account is None


def figures(tools: Toolbox, *asked: str) -> list[str]:
    """The frames of a chain of questions, in words; a refusal is empty."""
    history: tuple[Turn, ...] = ()
    said = []
    for text in asked:
        frame = frame_of(Question(text, history), Scope(as_of=AS_OF), tools)
        said.append(in_words(frame) if isinstance(frame, QueryFrame) else "")
        history = (*history, Turn(text, Answer("", "pipeline_insights", frame=said[-1])))
    return said


def test_a_follow_up_changes_only_what_it_says(tools: Toolbox) -> None:
    assert figures(tools, "open deals by rep", "and by value?", "by stage", "why on earth so", "and won ones") == [
        "number of deals, state open, by rep",
        "total value of deals, state open, by rep",
        "total value of deals, state open, by stage",
        "",
        "total value of deals, state won, by stage",
    ]
    assert figures(tools, "deals won in Q3 2026", "vs Q2?")[1] == (
        "number of deals, state won, compared: closed from 2026-07-01 to 2026-09-30"
        " against closed from 2026-04-01 to 2026-06-30"
    )
    assert figures(tools, "win rate by rep", "and lost ones")[1] == "number of deals, state lost, by rep"
    assert figures(tools, "open deals by rep", "how many activities do we have")[1] == "number of activities"


def test_a_question_word_opens_no_follow_up() -> None:
    assert opens_alone("and by value?")
    assert opens_alone("what about August?")
    assert not opens_alone("how many deals did we win")


@pytest.mark.parametrize("label", ["", "engaged", "not engaged"])
@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt"])
def test_an_audit_without_an_id_lists_the_records(label: str, language: str, tools: Toolbox) -> None:
    asked = Question(f"show me its {label} activities", language=language)
    brief = listed(asked, Scope(account=account(tools, "Norvik Maritime"), as_of=AS_OF), tools)
    rows = brief.facts["rows"]
    assert isinstance(rows, list)
    assert rows
    assert {r.label for r in rows} <= ({label.upper()} if label else {"ENGAGED", "NOT ENGAGED", "ND"})
    assert rows[0].native_id in told(brief, tools)


def test_a_report_is_narrowed_to_whom_it_is_asked_about(tools: Toolbox) -> None:
    rep = next(d.owner for d in tools.book.deals if d.open)
    brief = PipelineInsights().gather(Question("my top deals", asked_by=rep), Scope(as_of=AS_OF), tools)
    mine = {d.name for d in tools.book.deals if d.owner == rep}
    assert brief.figures
    assert {f.name for f in brief.figures} <= mine
    assert rep in brief.frame


def test_a_bare_year_is_no_activity() -> None:
    def known(typed: str) -> list[str]:
        return [f"demo:{typed}"]

    assert not typed_ids("what happened in 2025?", known)
    assert not typed_ids("activity 2025", lambda typed: [])
    assert [i.typed for i in typed_ids("activity 2025", known)] == ["2025"]
    assert [i.typed for i in typed_ids("audit 105123", known)] == ["105123"]


def test_a_figure_can_be_refined_however_often(tools: Toolbox) -> None:
    """Deeper than Python calls functions within functions."""
    shown = Answer("", "pipeline_insights", Scope(as_of=AS_OF), frame="number of deals")
    asked = ["how many deals by stage?", *["and by rep?", "and by stage?"] * 300]
    history = tuple(Turn(question, shown) for question in asked)
    frame = frame_of(Question("and by value?", history), Scope(as_of=AS_OF), tools)
    assert isinstance(frame, QueryFrame)
    assert in_words(frame) == "total value of deals, by stage"
