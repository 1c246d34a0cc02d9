"""Questions about numbers, over the small CRM: figures with their frame, standing reports, honest refusals."""

from datetime import date
from pathlib import Path

import pytest

from agents.base import Toolbox
from agents.lead_priority import LeadPriority
from agents.pipeline_insights import PipelineInsights
from agents.pipeline_kinds import kind_asked
from crm.nouns import Brief, Question, Scope
from tests.four_accounts import build, told, toolbox

AS_OF = date(2026, 10, 30)


def asked(question: str, tools: Toolbox) -> Brief:
    return PipelineInsights().gather(Question(question), Scope(as_of=AS_OF), tools)


def test_a_figure_carries_its_frame_and_its_rows(tools: Toolbox) -> None:
    brief = asked("How many accounts do we have?", tools)
    assert [(f.name, f.value) for f in brief.figures] == [("", len(tools.book.accounts))]
    assert brief.frame == "number of accounts"
    assert "Understood as: number of accounts" in told(brief, tools)


def test_figures_are_not_rounded(tools: Toolbox) -> None:
    owners = [a.owner for a in tools.book.accounts]
    brief = asked("accounts per rep", tools)
    assert {f.name: f.value for f in brief.figures} == {o: owners.count(o) for o in owners}


def test_who_is_as_good_as_the_last_of_the_top_is_told(tools: Toolbox) -> None:
    brief = asked("top 2 accounts by number of contacts", tools)
    assert "2 more with the same figure as the last of these" in told(brief, tools)


def test_a_list_of_deals_tells_what_each_is_worth(tools: Toolbox) -> None:
    brief = asked("which deals are open?", tools)
    text = told(brief, tools)
    worth = {d.name: d.amount for d in tools.book.deals if d.won is None}  # of one nobody knows it
    assert {f.name for f in brief.figures} == set(worth)
    assert "| value | records |" in text
    for name, amount in worth.items():
        shown = "–" if amount is None else f"{amount:,.0f}"
        assert f"| {name} | {shown}" in text


def test_figures_over_labels_stand_on_judged_records(tools: Toolbox) -> None:
    brief = asked("activities by label", tools)
    assert sum(f.value for f in brief.figures) == tools.store.count()


@pytest.mark.parametrize(
    "question",
    [
        "how many unicorns",
        "average discount",
        "profit by rep",
        "what will we win next year",
        "how many deals did Wolfgang Zweig win",
        "; DROP TABLE deals",
        "<b>deals</b> by <script>",
        "???",
        "сколько сделок 私たちの",
    ],
)
def test_what_cannot_be_computed_gets_no_figure(question: str, tools: Toolbox) -> None:
    brief = asked(question, tools)
    assert brief.figures == ()
    assert brief.facts["refused"]
    assert "I would rather give no figure than a near miss" in told(brief, tools)


@pytest.mark.parametrize(
    ("language", "understood", "rather", "title"),
    [
        ("de", "So verstanden", "Lieber keine Zahl", "Gewinnquote"),
        ("fr", "Compris ainsi", "Plutôt aucun chiffre", "Taux de gain"),
        ("es", "Entendido así", "Prefiero no dar", "Tasa de éxito"),
        ("it", "Inteso così", "Meglio nessuna cifra", "Tasso di successo"),
        ("pt", "Entendido assim", "Prefiro não dar", "Taxa de sucesso"),
    ],
)
def test_figures_refusals_and_reports_are_worded_in_the_language_of_the_question(
    language: str, understood: str, rather: str, title: str, tools: Toolbox
) -> None:
    def said(question: str) -> str:
        asked_in = Question(question, language=language)
        return told(PipelineInsights().gather(asked_in, Scope(as_of=AS_OF), tools), tools)

    assert understood in said("deals by stage")
    assert rather in said("how many unicorns")
    assert title in said("pipeline overview")


def test_a_change_tells_what_it_was_taken_of(tools: Toolbox) -> None:
    brief = asked("difference in activities between Hanna Lindqvist and Claire Dumont", tools)
    assert len(brief.figures) == 1
    assert "taken of Hanna Lindqvist" in told(brief, tools)


def test_every_suggestion_works(tools: Toolbox) -> None:
    refused = asked("how many unicorns", tools)
    assert refused.suggestions
    for question in refused.facts["instead"]:  # type: ignore[attr-defined]
        assert not asked(question, tools).facts["refused"], question


def test_a_period_without_data_says_where_the_data_lies(tools: Toolbox) -> None:
    brief = asked("how many calls in January 2020", tools)
    assert [f.value for f in brief.figures] == [0]
    assert "on record are dated from" in told(brief, tools)


def test_a_share_of_nothing_is_no_figure(tools: Toolbox) -> None:
    brief = asked("win rate in January 2020", tools)
    assert brief.figures == ()
    assert "nothing to take a share of" in told(brief, tools)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Pipeline overview please", "overview"),
        ("which deals are at risk?", "risk"),
        ("forecast for next quarter", "forecast"),
        ("conversion analysis", "conversion"),
        ("industry trends", "trends"),
        ("which accounts should we prioritise", "priority"),
        ("top opportunities", "top"),
        ("how many calls", ""),
    ],
)
def test_standing_reports_are_known_by_their_names(question: str, kind: str, tools: Toolbox) -> None:
    assert kind_asked(question) == kind
    if kind not in ("", "forecast"):  # the small CRM has too little history for a forecast
        brief = asked(question, tools)
        assert brief.frame
        assert brief.facts["sections"] or brief.facts["rows"]
        assert brief.frame in told(brief, tools)


def test_leads_are_ranked_with_reasons_and_a_desk(tools: Toolbox) -> None:
    brief = LeadPriority().gather(Question("Which leads should I call first?"), Scope(as_of=AS_OF), tools)
    values = [f.value for f in brief.figures]
    assert len(values) == len(tools.book.leads)
    assert values == sorted(values, reverse=True)
    assert "engagement 30, recency 25, seniority 25, company size 20" in brief.frame
    text = told(brief, tools)
    assert "of 100 points" in text
    assert any(desk in text for desk in ("senior rep", "mid-level rep", "technical presales", "nurture"))


def test_a_count_of_leads_is_a_figure_and_no_ranking(tools: Toolbox) -> None:
    brief = LeadPriority().gather(Question("how many leads do we have"), Scope(as_of=AS_OF), tools)
    assert [(f.name, f.value) for f in brief.figures] == [("", len(tools.book.leads))]


def test_calls_that_tell_no_way_are_said_to_count(tools: Toolbox, learned: Path, tmp_path: Path) -> None:
    note, question = "no call tells here whether it came in", "how many accounts have we called"
    assert note not in told(asked(question, tools), tools)
    undirected = toolbox(build(tmp_path, without="direction"), learned)
    assert note in told(asked(question, undirected), undirected)
