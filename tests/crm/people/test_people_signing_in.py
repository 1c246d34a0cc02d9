"""Signing in: one refusal for every reason, and a wait that grows."""

from pathlib import Path

import pytest

from crm.access import Role, Viewer
from crm.errors import NotSignedIn, TooManyTries
from crm.people import passwords
from crm.people.limiter import FREE_BY_ADDRESS, FREE_BY_NAME, LONGEST_WAIT, Limiter
from crm.people.signing_in import People
from crm.people.users import Users

SECRET = "open the berth"


class Clock:
    """A clock that goes on only when it is told to."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> People:
    users = Users(tmp_path / "users.jsonl")
    users.add("Ana Ruiz", Role.ADMIN, SECRET)
    return People(users, Limiter(clock))


def refused(people: People, name: str, password: str, address: str = "") -> NotSignedIn:
    with pytest.raises(NotSignedIn) as told:
        people.signed_in(name, password, address)
    return told.value


def test_name_and_password_make_a_viewer(people: People) -> None:
    assert people.signed_in("ana ruiz", SECRET, "10.0.0.1") == Viewer("Ana Ruiz", Role.ADMIN)


def test_a_name_that_is_not_there_gets_the_same_words_and_the_same_work(people: People) -> None:
    known, unknown = refused(people, "Ana Ruiz", "wrong wrong"), refused(people, "Nobody", "wrong wrong")
    assert str(known) == str(unknown)
    assert type(known) is type(unknown) is NotSignedIn
    kept = people.users.find("Ana Ruiz")
    assert kept is not None
    parameters = kept.hash.split("$")[:4]
    assert passwords._nobodys().split("$")[:4] == parameters  # as much memory, as many passes


def test_the_first_try_of_all_does_the_same_work_for_a_name_that_is_there(people: People) -> None:
    passwords._nobodys.cache_clear()
    refused(people, "Ana Ruiz", "wrong wrong")
    made = passwords._nobodys.cache_info().misses
    refused(people, "Nobody", "wrong wrong")
    assert (made, passwords._nobodys.cache_info().misses) == (1, 1)


def test_a_wait_doubles_after_each_failure_and_is_the_same_for_unknown_names(people: People, clock: Clock) -> None:
    for name in ("Ana Ruiz", "Nobody"):
        for _ in range(FREE_BY_NAME):
            assert type(refused(people, name, "wrong wrong")) is NotSignedIn
        waits = []
        for _ in range(3):
            told = refused(people, name, "wrong wrong")
            assert isinstance(told, TooManyTries)
            waits.append(told.seconds)
            clock.now += told.seconds
            assert type(refused(people, name, "wrong wrong")) is NotSignedIn
        assert waits == [1, 2, 4]


def test_who_has_to_wait_is_not_let_in_with_the_right_password(people: People, clock: Clock) -> None:
    for _ in range(FREE_BY_NAME):
        refused(people, "Ana Ruiz", "wrong wrong")
    assert isinstance(refused(people, "Ana Ruiz", SECRET), TooManyTries)
    clock.now += 1
    assert people.signed_in("Ana Ruiz", SECRET).name == "Ana Ruiz"
    assert type(refused(people, "Ana Ruiz", "wrong wrong")) is NotSignedIn  # and free tries again


def test_an_address_that_tries_many_names_waits_too(people: People) -> None:
    for number in range(FREE_BY_ADDRESS):
        refused(people, f"name {number}", "wrong wrong", "10.0.0.9")
    assert isinstance(refused(people, "another", "wrong wrong", "10.0.0.9"), TooManyTries)
    assert people.signed_in("Ana Ruiz", SECRET, "10.0.0.1").name == "Ana Ruiz"


@pytest.mark.parametrize("spelling", ["ANA RUIZ", "Ana  Ruiz", " Ana\u00a0Ruiz ", "\uff21na Ruiz", "Ana\tRuiz"])
def test_another_spelling_of_a_name_is_no_way_round_the_wait(people: People, spelling: str) -> None:
    for _ in range(FREE_BY_NAME):
        refused(people, "Ana Ruiz", "wrong wrong")
    assert isinstance(refused(people, spelling, SECRET), TooManyTries)


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:1:2::{n:x}" for n in range(1, 30)],  # one machine's own choice
        [f"::ffff:10.0.0.{9}" if n % 2 else "10.0.0.9" for n in range(30)],
        [f"<b>{n}</b>" for n in range(30)],
    ],
)
def test_many_addresses_of_one_place_are_one(people: People, addresses: list[str]) -> None:
    for number in range(FREE_BY_ADDRESS):
        refused(people, f"name {number}", "wrong wrong", addresses[number])
    assert isinstance(refused(people, "another", "wrong wrong", addresses[-1]), TooManyTries)
    assert people.signed_in("Ana Ruiz", SECRET, "2001:db8:1:3::1").name == "Ana Ruiz"


def test_no_wait_is_longer_than_five_minutes(clock: Clock) -> None:
    limiter = Limiter(clock)
    waited = 0.0
    for _ in range(30):
        try:
            limiter.begin("Ana Ruiz", "")
        except TooManyTries as err:
            waited = max(waited, err.seconds)
            clock.now += err.seconds
    assert waited == LONGEST_WAIT


def test_a_session_ends_with_the_password_the_role_or_the_person(people: People) -> None:
    stamp = people.stamp("Ana Ruiz")
    people.users.add("Bo", Role.ADMIN, SECRET)
    assert people.viewer("Ana Ruiz", stamp).role is Role.ADMIN
    people.users.put_role("Ana Ruiz", Role.REP)
    assert people.viewer("Ana Ruiz", stamp).role is Role.REP
    people.users.put_password("Ana Ruiz", "another berth")
    with pytest.raises(NotSignedIn):
        people.viewer("Ana Ruiz", stamp)
    people.users.remove("Ana Ruiz")
    with pytest.raises(NotSignedIn):
        people.stamp("Ana Ruiz")


def test_every_try_is_told(people: People) -> None:
    heard: list[tuple[str, bool, str]] = []
    listening = People(people.users, told=lambda name, let_in, address: heard.append((name, let_in, address)))
    refused(listening, "ana", SECRET, "10.0.0.2")
    refused(listening, "Ana Ruiz", "wrong wrong", "10.0.0.2")
    listening.signed_in("ana ruiz", SECRET, "10.0.0.2")
    listening.signed_in("ana ruiz", SECRET, "<script>")  # as a proxy's header may say
    assert heard == [
        ("somebody unknown", False, "10.0.0.2"),
        ("Ana Ruiz", False, "10.0.0.2"),
        ("Ana Ruiz", True, "10.0.0.2"),
        ("Ana Ruiz", True, "unknown"),
    ]
