"""Who we are, found from what rows say."""

import pytest

from crm.intake.our_domains import Evidence, deny, forget, joined, remembered, tell
from crm.nouns import Direction, Kind
from crm.records.store import Store
from crm.threads.thread import Ours, RawActivity

FREE = frozenset({"gmail.com"})
IN, OUT = Direction.INBOUND, Direction.OUTBOUND


def mail(
    direction: Direction = Direction.UNKNOWN, sender: str = "", to: tuple[str, ...] = (), owner: str = ""
) -> RawActivity:
    return RawActivity("1", "csv", Kind.EMAIL, direction=direction, from_address=sender, to_addresses=to, owner=owner)


def text(subject: str, body: str) -> RawActivity:
    return RawActivity("1", "csv", Kind.TASK, subject, body)


@pytest.mark.parametrize(
    ("rows", "domains"),
    [
        pytest.param([mail(owner="ann@us.example")], {"us.example"}, id="an owner's address, once"),
        pytest.param(
            [mail(OUT, "ann@us.example", ("bo@them.example",))] * 5, {"us.example"}, id="senders of what went out"
        ),
        pytest.param([mail(OUT, "ann@us.example")] * 4, set(), id="too few"),
        pytest.param([mail(IN, "bo@them.example", ("ann@us.example",))] * 5, {"us.example"}, id="who got what came in"),
        pytest.param([mail(sender="bo@them.example", to=("ann@us.example",))] * 5, set(), id="no direction"),
        pytest.param([mail(OUT, "ann@gmail.com")] * 5, set(), id="a domain that anybody can have"),
        pytest.param(
            [mail(OUT, "ann@us.example")] * 6 + [mail(OUT, "bo@them.example"), mail(IN, "bo@them.example")] * 5,
            {"us.example"},
            id="wrong claims now and then",
        ),
        pytest.param(
            [mail(OUT, f"ann@seller{n % 4}.example") for n in range(20)]
            + [mail(OUT, f"b@once{n}.example") for n in range(30)],
            set(),
            id="a file of many sellers",
        ),
        pytest.param(
            [
                text(
                    "[Outreach] [Email] [Out] 1 Berths",
                    "From: ann@us.example\nTo: bo@them.example\nSubject: Berths\n\nHi",
                )
            ]
            * 5,
            {"us.example"},
            id="our sequence mails",
        ),
    ],
)
def test_our_domains(rows: list[RawActivity], domains: set[str]) -> None:
    evidence = Evidence(FREE)
    for row in rows:
        evidence.see(row)
    assert evidence.found().domains == domains


@pytest.mark.parametrize(
    ("owner", "people"),
    [
        ("Hanna Lindqvist", {"hanna lindqvist"}),
        ("Ann@gmail.com", {"ann@gmail.com"}),
        ("5123", set()),
        ("0051a000000QV9n", set()),
        ("", set()),
    ],
)
def test_our_people_are_the_owners_and_no_numbers(owner: str, people: set[str]) -> None:
    evidence = Evidence(FREE)
    evidence.see_owner(owner)
    assert evidence.found().people == people


def test_what_was_told_is_remembered_until_its_import_is_forgotten(store: Store) -> None:
    known, other = Ours(frozenset({"us.example"}), frozenset({"ann"})), Ours(frozenset({"b.example"}))
    with store.writing() as connection:
        tell(connection, 1, known)
        tell(connection, 2, other)
    with store.writing() as connection:
        assert remembered(connection) == joined(known, other)
        forget(connection, 2)
        assert remembered(connection) == known
        deny(connection, "us.example")
        assert remembered(connection) == Ours(people=frozenset({"ann"}))


def test_what_an_older_store_remembered_counts_on(store: Store) -> None:
    store.put_fact("ours", {"domains": ["us.example"], "people": ["ann"]})
    with store.reading() as connection:
        assert remembered(connection) == Ours(frozenset({"us.example"}), frozenset({"ann"}))


def test_what_is_known_is_joined() -> None:
    known = Ours(frozenset({"us.example"}), frozenset({"ann"}))
    assert joined(known, Ours(frozenset({"b.example"}))).domains == {"us.example", "b.example"}
