"""Conversations in the store: kept for their owner alone, over a restart, searched, mended, scrubbed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.errors import MissingPart
from crm.nouns import Account, Answer, Computed, Period, Scope, Source, Step, Turn
from crm.records.conversations import NOT_THERE, Conversations, Thumb
from crm.records.store import Store

ACCOUNT = Account("demo:a1", "Norvik Maritime")
ANSWER = Answer(
    "Sigrid Aas wrote on 3 March [1].",
    "engagement_check",
    Scope(ACCOUNT, period=Period(date(2026, 3, 1), None, "in March"), as_of=date(2026, 3, 9)),
    (Source(1, "demo:7", "Yes, Thursday works. Sigrid"),),
    ("Counted to the newest day.",),
    (Step("Scope", "Norvik Maritime", 0.01),),
    ("And before that?",),
    "touches by month",
    (Computed("March", 3.0, "touches"),),
    True,
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'crm.sqlite'}"


@pytest.fixture
def kept(url: str) -> Iterator[Conversations]:
    store = Store.open(url)
    yield Conversations(store)
    store.engine.dispose()


def talked(kept: Conversations, owner: str, *questions: str, title: str = "Norvik") -> str:
    begun = kept.begin(owner, title)
    for number, question in enumerate(questions):
        kept.put(owner, begun, number, Turn(question, ANSWER))
    return begun


def test_a_conversation_survives_a_restart_whole(kept: Conversations, url: str) -> None:
    begun = talked(kept, "ana", "Did they answer?", "And before that?")
    kept.rate("ana", begun, 1, Thumb.DOWN, "wrong month")
    again = Store.open(url)
    opened = Conversations(again).opened("ana", begun)
    again.engine.dispose()
    assert [turn.question for turn in opened.turns] == ["Did they answer?", "And before that?"]
    assert opened.turns[0].answer == ANSWER
    assert (opened.turns[1].thumb, opened.turns[1].comment) == (Thumb.DOWN, "wrong month")
    assert opened.started_at <= opened.at <= datetime.now(UTC)


def test_nobody_reaches_what_is_somebody_elses(kept: Conversations) -> None:
    hers = talked(kept, "ana", "Did they answer?")
    attempts = (
        lambda who, which: kept.opened(who, which),
        lambda who, which: kept.put(who, which, 0, Turn("mine now", ANSWER)),
        lambda who, which: kept.rename(who, which, "mine now"),
        lambda who, which: kept.rate(who, which, 0, Thumb.UP),
        lambda who, which: kept.delete(who, which),
    )
    for attempt in attempts:
        for who, which in (("ben", hers), ("", hers), ("ana", "no-such-id")):
            with pytest.raises(MissingPart) as refused:
                attempt(who, which)
            assert str(refused.value) == NOT_THERE
    assert kept.listed("ben") == []
    assert kept.listed("ben", "answer") == []
    whole = kept.delete("ana", hers)
    with pytest.raises(MissingPart):
        kept.restore("ben", whole)
    assert whole.turns[0].question == "Did they answer?"


def test_the_newest_is_listed_first_and_found_by_title_question_or_answer(kept: Conversations) -> None:
    first = talked(kept, "", "Did they réply?", title="Norvik")
    second = talked(kept, "", "What about Dunmore?", "more?", title="Dunmore 100 %")
    assert [(e.id, e.turns) for e in kept.listed("")] == [(second, 2), (first, 1)]
    kept.put("", first, 1, Turn("still?", ANSWER))
    assert [e.id for e in kept.listed("")] == [first, second]
    assert [e.id for e in kept.listed("", "REPLY norvik")] == [first]
    assert [e.id for e in kept.listed("", "100 %")] == [second]
    assert [e.id for e in kept.listed("", "sigrid")] == [first, second]
    assert kept.listed("", "_") == []


def test_a_turn_asked_again_takes_the_place_of_the_old_one(kept: Conversations) -> None:
    begun = talked(kept, "", "one", "two", "three")
    kept.put("", begun, 1, Turn("two again", ANSWER))
    assert [turn.question for turn in kept.opened("", begun).turns] == ["one", "two again"]


def test_a_deleted_one_is_gone_until_it_is_restored(kept: Conversations) -> None:
    begun = talked(kept, "ana", "one", "two")
    before = kept.opened("ana", begun)
    whole = kept.delete("ana", begun)
    assert kept.listed("ana", "one") == []
    kept.restore("ana", whole)
    kept.restore("ana", whole)
    assert kept.opened("ana", begun) == before


def test_a_title_is_one_short_line_and_never_empty(kept: Conversations) -> None:
    begun = talked(kept, "", "one", title=f"  two\n lines {'x' * 300}")
    title = kept.opened("", begun).title
    assert title.startswith("two lines xxx")
    assert len(title) == 120
    kept.rename("", begun, "  ")
    assert kept.opened("", begun).title == title
    kept.rename("", begun, "The crane")
    assert [e.title for e in kept.listed("", "CRANE")] == ["The crane"]


def test_every_rated_answer_is_told_with_its_question(kept: Conversations) -> None:
    begun = talked(kept, "ana", "one", "two", "three")
    kept.rate("ana", begun, 0, Thumb.UP)
    kept.rate("ana", begun, 2, Thumb.DOWN, " no ")
    kept.rate("ana", begun, 0, Thumb.NONE)
    assert [(o.question, o.route, o.thumb, o.comment) for o in kept.opinions()] == [
        ("three", "engagement_check", Thumb.DOWN, "no")
    ]
