"""What people say: at once, for ever, about that text; taken back; told as history."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.engagement import corrections, labels
from crm.engagement.audit import audit_store
from crm.engagement.corrections import correct, history, notice, take_back, the_activity, the_label
from crm.engagement.labelling_guide import Guide
from crm.errors import BadLabel, MissingPart
from crm.nouns import Activity, Engagement, Filter, Verdict
from crm.records.store import Store
from tests.crm.engagement.looking import PLAYBOOK
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED, ByWord, activity, put

ONE = activity("1", "yes, Thursday suits us")
CHANGED = activity("1", "yes, Friday suits us")


class Later(ByWord):
    """The same judge after a change of its rules."""

    policy = "by word, later"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    put(opened, [ONE, activity("2", "no, thanks")])
    audit_store(opened, ByWord())
    yield opened
    opened.engine.dispose()


def standing(store: Store) -> tuple[Engagement, str] | None:
    label = labels.current(store, [ONE.id]).get(ONE.id)
    return (label.verdict.engagement, label.by) if label else None


def test_a_correction_stands_at_once_with_who_why_and_words_of_the_record(store: Store) -> None:
    label = correct(store, ONE, ND, "A test mail: “Thursday” was never a date.", "ana")
    assert (label.by, label.policy) == ("ana", labels.PERSON)
    assert label.verdict == Verdict(ND, 1.0, "A test mail: “Thursday” was never a date.", "Thursday", "person:ana")
    assert labels.counts(store) == {ENGAGED: 0, NOT_ENGAGED: 1, ND: 1}
    assert [a.id for a in store.activities(Filter(engagement=ND))] == [ONE.id]
    assert store.count(Filter(engagement=ENGAGED)) == 0


def test_without_a_citation_the_words_of_the_verdict_before_stay(store: Store) -> None:
    assert correct(store, ONE, ND, by="ana").verdict.quote == "yes"
    fresh = activity("3", "A new note. It says more.")
    put(store, [fresh])
    assert correct(store, fresh, ND, by="ana").verdict.quote in fresh.raw_body
    assert correct(store, fresh, ND, by="ana").verdict.quote


def test_no_later_policy_overrules_it(store: Store) -> None:
    correct(store, ONE, ND, by="ana")
    judge = Later()
    audit_store(store, judge)
    assert judge.shown == ["csv:2"]
    audit_store(store, ByWord())
    assert standing(store) == (ND, "ana")


def test_taken_back_what_was_said_before_stands_again(store: Store) -> None:
    correct(store, ONE, ND, by="ana")
    correct(store, ONE, NOT_ENGAGED, by="ben")
    assert take_back(store, ONE, "ben").by == "ben"
    assert standing(store) == (ND, "ana")
    take_back(store, ONE, "ben")
    assert standing(store) == (ENGAGED, "")
    assert audit_store(store, Later()) == 2
    with pytest.raises(MissingPart, match="Nobody has corrected csv:1"):
        take_back(store, ONE, "ben")


def test_taken_back_where_no_judge_has_spoken_nothing_stands(store: Store) -> None:
    fresh = activity("3", "yes")
    put(store, [fresh])
    correct(store, fresh, ND, by="ana")
    take_back(store, fresh, "ana")
    assert labels.current(store, [fresh.id]) == {}
    assert audit_store(store, ByWord()) == 1


def test_a_changed_text_is_judged_anew_and_says_so(store: Store) -> None:
    correct(store, ONE, ND, by="ana")
    assert notice(store, ONE) == ""
    put(store, [CHANGED])
    assert audit_store(store, ByWord()) == 1
    assert standing(store) == (ENGAGED, "")
    assert notice(store, CHANGED).startswith("ana had corrected this record to ND on 20")
    assert [(e.who, e.stands, e.earlier_text) for e in history(store, CHANGED)] == [
        ("rule:yes", True, False),
        ("ana", False, True),
        ("rule:yes", False, True),
    ]
    with pytest.raises(MissingPart, match="about an earlier text"):
        take_back(store, CHANGED, "ana")


def test_when_the_old_text_comes_back_so_does_the_correction(store: Store) -> None:
    correct(store, ONE, ENGAGED, by="ana")
    correct(store, ONE, ND, by="ben")
    put(store, [CHANGED])
    audit_store(store, ByWord())
    correct(store, CHANGED, NOT_ENGAGED, by="cem")
    put(store, [ONE])
    audit_store(store, ByWord())
    assert standing(store) == (ND, "ben")
    assert notice(store, ONE) == ""  # cem spoke last, but of the text in between
    assert labels.of_people(store)[ONE.id].by == "ben"


def test_the_history_tells_who_did_what_when(store: Store) -> None:
    correct(store, ONE, ND, "A test mail.", "ana")
    take_back(store, ONE, "ben")
    lines = [event.to_text() for event in history(store, ONE)]
    assert [line[18:] for line in lines] == [
        "ben  took back ND",
        "ana  ND: A test mail.",
        "rule:yes  ENGAGED (counts today): It says yes.",
    ]
    assert all(line[:2] == "20" for line in lines)


def test_a_record_is_found_by_its_full_or_native_id(store: Store) -> None:
    other = activity("1", "the same number in another system")
    assert the_activity(store, " csv:1 ").id == the_activity(store, "1").id == "csv:1"
    put(store, [Activity("hubspot:1", "1", "hubspot", other.kind, "", other.raw_body, "")])
    with pytest.raises(MissingPart, match=r"several records\. Say which: csv:1, hubspot:1"):
        the_activity(store, "1")
    with pytest.raises(MissingPart, match="There is no activity 77"):
        the_activity(store, "77")


@pytest.mark.parametrize("typed", ["not engaged", "NOT_ENGAGED", "Not-Engaged"])
def test_a_label_may_be_spelled_as_people_do(typed: str) -> None:
    assert the_label(typed, Guide.read(PLAYBOOK)) is NOT_ENGAGED


@pytest.mark.parametrize("typed", ["maybe", ""])
def test_a_label_that_is_none_is_told_the_three(typed: str) -> None:
    with pytest.raises(BadLabel, match=r"is no label\. Allowed are ENGAGED, NOT ENGAGED, ND"):
        the_label(typed, Guide.read(PLAYBOOK))


def test_a_change_is_told_as_a_sentence(store: Store) -> None:
    before = labels.current(store, [ONE.id])[ONE.id]
    now = correct(store, ONE, ND, "A test mail.", "ana")
    assert corrections.told(now, before) == (
        "csv:1 is ND now, says ana: A test mail. It was ENGAGED, said the rule yes."
    )
