"""Which domain is ours is offered where the rows leave no doubt, and believed when a person says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm.errors import BadSetting
from crm.intake.ingest import ingest
from crm.intake.named_companies import companies_named
from crm.intake.our_side_guess import Likely, call_ours, disown, likely_ours
from crm.nouns import Side
from crm.records.store import Store

WriteCsv = Callable[..., Path]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype"
THREAD = "Thursday works for us.\n\nOn 2 March 2026, Una Berg <una@ourselves.example> wrote:\n> Does Thursday suit you?"
SENT = "From: Ana Ruiz <ana@{0}>\nSent: 2 March 2026\nTo: Una Berg <una@ourselves.example>\nSubject: Docks\n\n" + THREAD


def test_the_domain_of_most_threads_is_offered_then_believed(store: Store, write_csv: WriteCsv) -> None:
    assert likely_ours(store) is None
    there = [f"company{n}.example" for n in range(4)]
    rows = [(n, "Docks", SENT.format(domain), "Email") for n, domain in enumerate(there)]
    ingest(write_csv("four.csv", HEADER, rows), store)
    assert likely_ours(store) is None  # four threads are too few
    ingest(write_csv("five.csv", HEADER, [(9, "Docks", SENT.format("company9.example"), "Email")]), store)
    assert likely_ours(store) == Likely("ourselves.example", 5, 5)
    assert companies_named(store) == []
    assert call_ours(store, "Ourselves.example") == 5
    assert likely_ours(store) is None
    assert {c.name for c in companies_named(store)} == {*there, "company9.example"}
    sides = [[m.side for m in activity.messages] for activity in store.activities()]
    assert sides == [[Side.THEM, Side.US]] * 5
    assert disown(store, "ourselves.example") == 5
    assert likely_ours(store) == Likely("ourselves.example", 5, 5)
    assert companies_named(store) == []


def test_no_domain_is_offered_where_several_could_be(store: Store, write_csv: WriteCsv) -> None:
    mail = "From: A <a@{0}>\nTo: B <b@{1}>\nSubject: Docks\n\nThursday works."
    pairs = [("one.example", "other.example")] * 8
    rows = [(n, "Docks", mail.format(*pair), "Email") for n, pair in enumerate(pairs)]
    ingest(write_csv("a.csv", HEADER, rows), store)
    assert likely_ours(store) is None


@pytest.mark.parametrize("typed", ["", "gmail.com", "no domain"])
def test_what_is_no_companys_domain_is_told(store: Store, typed: str) -> None:
    with pytest.raises(BadSetting, match=r"ourselves\.example"):
        call_ours(store, typed)
