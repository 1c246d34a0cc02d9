from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crm.engagement import labels
from crm.nouns import Engagement, Filter, Kind, Period, Side, Verdict
from crm.records.store import Store
from retrieval import retrievers
from retrieval.embed import Remembered
from retrieval.embed_int8 import QuickMiniLM
from retrieval.search import NOT_LOADED, Search
from retrieval.words import read
from tests.retrieval.small_crm import a_message, an_activity, put

Finder = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("freezer alarms at night", "1"),
        ("refrigerator alarm at the weekend", "1"),
        ("sorry, we will pay it today", "2"),
        ("forklifts budget", "4"),
        ("who would reconsider us because single sign-on is free", "5"),
        ("prix trop élevé", "3"),
        ("PRIX TROP ELEVE", "3"),
        ("Amara Obi", "5"),
    ],
)
def test_finds_by_words_and_by_meaning(found: Finder, query: str, best: str) -> None:
    assert found(query)[0] == best


@pytest.mark.parametrize(
    "query", ["INV-20855", "inv-20855", "what happened to INV-20855?", "demo:2", '"that invoice got buried"']
)
def test_ids_codes_and_quotes_are_found_exactly(found: Finder, query: str) -> None:
    assert found(query)[0] == "2"


def test_an_unknown_code_is_not_found_nearby(found: Finder) -> None:
    assert found("INV-20856") == []


def test_an_address_is_found_exactly(store: Store, search: Search) -> None:
    put(store, [an_activity("9", "Hello", a_message("Ana", "Write to dan.strand@arrowhead.example please"), day=2)])
    assert [h.activity.native_id for h in search.find("dan.strand@arrowhead.example").hits] == ["9"]


def test_a_phrase_in_quotes_keeps_out_what_only_shares_its_words(store: Store, search: Search) -> None:
    put(store, [an_activity("9", "Buried", a_message("Ana", "The got that invoice is buried, they say."), day=2)])
    assert [h.activity.native_id for h in search.find('"invoice got buried"').hits] == ["2"]


def test_a_phrase_that_nobody_wrote_is_said_to_be_so(search: Search) -> None:
    result = search.find('"invoice was buried today"')
    assert result.notices == ("Nobody wrote the words in quotes exactly so.",)
    assert result.hits[0].activity.native_id == "2"


@pytest.mark.parametrize(
    "query", ["helicopter rotor overhaul", "wedding cake with candles", "Zephyrine Quackenbush", "llama shearing"]
)
def test_nothing_near_enough_means_no_hits(search: Search, query: str) -> None:
    result = search.find(query)
    assert result.hits == ()
    assert result.considered == 6


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (Filter(account_id="demo:A2"), {"2", "3"}),
        (Filter(contact_id="demo:C1"), {"1"}),
        (Filter(kinds=frozenset({Kind.CALL})), {"4"}),
        (Filter(period=Period(date(2026, 1, 5), date(2026, 1, 7))), {"2", "3"}),
        (Filter(engagement=Engagement.ENGAGED), {"5"}),
        (Filter(ids=("demo:3", "demo:5")), {"3", "5"}),
        (Filter(account_id="demo:A2", kinds=frozenset({Kind.CALL})), set()),
        (Filter(account_id="demo:nobody"), set()),
    ],
)
def test_filters_hold_for_every_way(store: Store, search: Search, where: Filter, left: set[str]) -> None:
    said_yes = store.activity("demo:5")
    assert said_yes is not None
    labels.record(store, [(said_yes, Verdict(Engagement.ENGAGED, 1, "typed", "look again", "rule:x"))], "p")
    result = search.find('"Tessera Dock"', where)
    assert {hit.activity.native_id for hit in result.hits} == left
    assert result.considered == len(left)


@pytest.mark.parametrize("where", [Filter(account_id="demo:A2"), Filter(kinds=frozenset({Kind.EMAIL}))])
def test_a_wide_filter_leaves_what_a_narrow_one_does(store: Store, search: Search, where: Filter) -> None:
    assert search.index is not None
    assert search.embedder is not None
    words = read("forklifts freezer price Thursday")
    with store.reading() as connection:
        narrow, wide = retrievers.among(connection, where), retrievers.among(connection, where, wide=0)
        assert (wide.numbers, wide.count) == (None, narrow.count)
        found = [
            (
                set(retrievers.by_words(left.text(connection), words, left).scores),
                list(retrievers.by_terms(search.index, search.embedder, words, left).best),
                retrievers.by_meaning(search.index, search.embedder, words, left).votes,
            )
            for left in (narrow, wide)
        ]
    assert found[0][:2] == found[1][:2]
    assert found[0][2] == pytest.approx(found[1][2], abs=1e-3)  # read exactly, or met on a walk
    assert found[0][1]


def test_a_side_shows_only_what_that_side_wrote(search: Search) -> None:
    theirs = search.find("freezer loggers", Filter(side=Side.THEM)).hits
    assert [(h.activity.native_id, h.passage.split()[1]) for h in theirs] == [("1", "freezer")]
    ours = search.find("freezer loggers", Filter(side=Side.US)).hits
    assert ours[0].passage.startswith("Our loggers cost")


def test_passages_stand_in_the_record(search: Search) -> None:
    hits = search.find("Tessera Dock freezer invoice").hits
    assert len(hits) == 5
    assert all(hit.passage and hit.passage in hit.activity.text for hit in hits)


def test_newest_first_among_equals(store: Store, search: Search) -> None:
    said = "The annual maintenance window moves to the second week of March."
    put(store, [an_activity(n, "Window", a_message("Ana", said), day=d) for n, d in (("20", 4), ("21", 8), ("22", 6))])
    assert [h.activity.native_id for h in search.find("maintenance window March").hits] == ["21", "22", "20"]


def test_what_both_ways_find_comes_before_what_one_finds(store: Store, search: Search) -> None:
    result = search.find("forklifts are broken")
    assert result.ways == ("words", "meaning")
    assert result.hits[0].activity.native_id == "4"
    assert all(one.score >= two.score for one, two in zip(result.hits, result.hits[1:], strict=False))


@pytest.mark.parametrize(
    "query",
    [
        '" OR NEAR(',
        "NEAR(a b, 2) AND body:*",
        "'; DROP TABLE activities; --",
        "^freezer* - {subject body}: +",
        "%_%\\",
        "\x00\ud800\x07",
        "(((((",
        "?!… — ¿",
        "",
        "   \n\t ",
        "😀🎉",
        "冷凍庫の警報",
    ],
)
def test_hostile_and_empty_questions_do_no_harm(search: Search, query: str) -> None:
    result = search.find(query)
    assert result.considered == 6
    assert len(result.hits) <= 5
    assert search.store.count() == 6


def test_twenty_thousand_characters_are_searched_by_their_top(found: Finder) -> None:
    assert found("freezer alarms on Sunday night " + "lorem ipsum " * 1_700)[0] == "1"


def test_the_same_question_has_the_same_answer(search: Search) -> None:
    assert search.find("freezer budget invoice") == search.find("freezer budget invoice")


def test_without_an_index_words_are_searched_and_it_is_said(store: Store) -> None:
    result = Search(store).find("freezer alarms")
    assert [h.activity.native_id for h in result.hits] == ["1"]
    assert result.ways == ("words",)
    assert result.notices == (NOT_LOADED,)
    assert Search(store, trouble="Another process has it.").find("freezer").notices == ("Another process has it.",)


def test_when_meaning_fails_words_still_find(search: Search, quick: QuickMiniLM, tmp_path: Path) -> None:
    (tmp_path / "blocked").mkdir()
    result = Search(search.store, search.index, Remembered(quick, tmp_path / "blocked")).find("freezer alarms")
    assert [h.activity.native_id for h in result.hits] == ["1"]
    assert result.notices[0].startswith("blocked cannot be opened")
