"""Who of ours wrote is told by mails that were logged with nothing but their heads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm.intake.ingest import ingest
from crm.intake.our_domains import remembered
from crm.nouns import Side
from crm.records.store import Store
from crm.threads.thread import Ours

WriteCsv = Callable[..., Path]
HEADER = "Id,Subject,ActivityDate,OwnerId,Description,TaskSubtype"
SENT = "To: kim@firm{0}.example\nCC: {1}\n\nSubject: Liners\nBody:\nKim, shall we go on?\n\n{2}\nSales\nTollarne"
CAME = (
    "From: Kim Aldous <kim@firm{0}.example>\nSent: 10 September 2026 12:02\nTo: {1}\nSubject: Liners\n\nNot this year."
)
TAKEN = "Taken for our own, as they sign mails to many companies: Pia Lund"
CHASED = SENT.format(0, "", "Pia Lund") + "\n\n> From: Kim Aldous\n> Sent: 25 June 2026 16:31\n> Will come back to you."


def imported(store: Store, write_csv: WriteCsv, *bodies: str, told: str = "") -> Ours:
    rows = [(f"00T{n:015d}", "Email: Liners", "2026-09-10", "005X1", body, "Email") for n, body in enumerate(bodies)]
    notices = ingest(write_csv("Task.csv", HEADER, rows), store).notices
    assert [notice for notice in notices if "our own" in notice] == ([told] if told else [])
    with store.reading() as connection:
        return remembered(connection)


def test_who_signs_what_goes_to_many_is_ours(store: Store, write_csv: WriteCsv) -> None:
    sent = [SENT.format(n, "", "Pia Lund") for n in range(5)]
    assert imported(store, write_csv, *sent[:4], CAME.format(0, "Pia Lund")).people == frozenset()  # of four companies
    ours = imported(store, write_csv, *sent, CAME.format(0, "Pia Lund"), CHASED, told=TAKEN + ".")
    assert ours == Ours(people=frozenset({"pia lund"}))
    sides = {a.native_id[-1]: [m.side for m in a.messages] for a in store.activities()}
    assert sides["0"] == [Side.US]
    assert (sides["5"], sides["6"]) == ([Side.THEM], [Side.US, Side.THEM])


def test_the_domain_of_an_address_made_of_that_name_is_ours(store: Store, write_csv: WriteCsv) -> None:
    beside = "pia.lund@tollarne.example; pia.berg@other.example"
    told = TAKEN + "; mail from tollarne.example is ours."
    ours = imported(store, write_csv, *(SENT.format(n, beside, "Pia Lund") for n in range(5)), told=told)
    assert ours.domains == {"tollarne.example"}


@pytest.mark.parametrize(
    "bodies",
    [
        [SENT.format(1, "", "Pia Lund")] * 9,  # one company, however often
        [CAME.format(n, "All Dealers") for n in range(9)],  # a list that signs nothing
        [CAME.format(n, "Pia") for n in range(9)],  # half a name
        [SENT.format(n, "", "Pia") for n in range(9)],
    ],
)
def test_nobody_is_ours_where_that_may_be_otherwise(store: Store, write_csv: WriteCsv, bodies: list[str]) -> None:
    assert imported(store, write_csv, *bodies) == Ours()
