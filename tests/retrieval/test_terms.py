import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.errors import StoreTrouble
from retrieval.lexicon import lexicon
from retrieval.postings import held
from retrieval.term_index import Bags
from retrieval.terms import Bag, bag_of, items_of

TEXTS = {
    "dear": "The price is far too high for us.",
    "teuer": "Das Angebot ist uns viel zu teuer.",
    "forklift": "The forklifts arrive on Monday.",
    "meeting": "Shall we meet at the fair?",
    "invoice": "Please pay the invoice by Friday.",
}


@pytest.fixture
def bags(tmp_path: Path) -> Iterator[Bags]:
    opened = Bags(tmp_path / "words.sqlite")
    opened.begin("1")
    opened.put((name, "m", bag_of(("", text), lexicon())) for name, text in TEXTS.items())
    yield opened
    opened.close()


def best(bags: Bags, query: str) -> list[str]:
    postings = bags.postings()
    scores = postings.scored(postings.weighed(items_of(query, lexicon()))).scores
    return sorted(
        (i for i in postings.ids if scores[postings.row_of[i]] > 0), key=lambda i: -scores[postings.row_of[i]]
    )


def test_the_subject_weighs_more_than_the_body() -> None:
    bag = bag_of(("forklift", "forklift and"), lexicon())
    assert bag.weights["wforklift"] == 2.5
    assert bag.weights["sforkli"] == 2.5
    assert "wand" not in bag.weights
    assert bag.length == 3.5


def test_the_word_itself_comes_before_what_only_means_it(bags: Bags) -> None:
    assert best(bags, "teuer") == ["teuer", "dear"]
    assert best(bags, "expensive") == best(bags, "trop cher")
    assert set(best(bags, "trop cher")) == {"dear", "teuer"}


def test_a_misspelt_word_finds_the_one_that_is_meant(bags: Bags) -> None:
    assert best(bags, "forklfits") == ["forklift"]
    assert best(bags, "xorklifts") == []


def test_one_word_counts_once_however_many_of_its_terms_are_there(bags: Bags) -> None:
    postings = bags.postings()
    scored = postings.scored(postings.weighed(items_of("price", lexicon())))
    assert 0.9 < scored.covered[postings.row_of["dear"]] <= 1.0


def test_a_row_answers_to_a_word_at_whatever_price(bags: Bags) -> None:
    postings = bags.postings()
    scored = postings.scored(postings.weighed(items_of("teuer forklifts", lexicon())))
    assert scored.answered[postings.row_of["dear"]] == 0.5
    assert scored.answered[postings.row_of["meeting"]] == 0.0


def test_what_a_phrase_names_counts_once() -> None:
    items = items_of("lost to the other vendor", lexicon())
    assert [item.word for item in items] == ["lost", "vendor"]
    assert "COMPETITOR" in items[1].names
    assert [item.word for item in items_of("not for us", lexicon())] == [""]


def test_what_is_held_is_a_share_of_the_weight(bags: Bags) -> None:
    weighed = bags.postings().weighed(items_of("forklifts zeppelin", lexicon()))
    share = held(bag_of(("", "two forklifts"), lexicon()).weights, weighed)
    assert 0 < share < 0.5
    assert held(bag_of(("", "a balloon"), lexicon()).weights, weighed) == 0.0
    assert held({}, ()) == 0.0


def test_a_common_word_counts_for_less_than_one_as_rare(bags: Bags) -> None:
    happened, zeppelins = bags.postings().weighed(items_of("happened zeppelins", lexicon()))
    assert 0 < happened.full < 0.6 * zeppelins.full


def test_what_was_put_is_there_after_a_restart(bags: Bags, tmp_path: Path) -> None:
    bags.put([("dear", "n", Bag({"wnew": 1.0}, 1.0))])
    bags.drop(["teuer", "never there"])
    bags.close()
    again = Bags(tmp_path / "words.sqlite")
    assert again.marks == {name: "m" for name in TEXTS if name != "teuer"} | {"dear": "n"}
    assert best(again, "new") == ["dear"]
    assert best(again, "price") == []
    again.begin("1")
    assert len(again.marks) == 4
    again.begin("2")
    assert (again.marks, again.stamp) == ({}, "2")
    again.close()


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "words.sqlite").write_bytes(b"no database at all, but long enough to be taken for a header" * 20)
    bags = Bags(tmp_path / "words.sqlite")
    assert bags.stamp == ""
    bags.close()


def test_a_put_that_fails_half_way_leaves_what_was_there(bags: Bags) -> None:
    def broken() -> Iterator[tuple[str, str, Bag]]:
        yield "new", "m", Bag({"wunheard": 1.0}, 1.0)
        raise sqlite3.OperationalError("disk is full")

    with pytest.raises(StoreTrouble, match="disk is full"):
        bags.put(broken())
    assert set(bags.marks) == set(TEXTS)
    bags.put([("later", "m", Bag({"wkiwi": 1.0}, 1.0))])
    assert best(bags, "kiwi") == ["later"]
