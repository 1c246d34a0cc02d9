"""Sessions end by time, one by one, and without leaving their secrets."""

from api.sessions import IDLE, MOST, Sessions

HOUR = 3_600.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_lasts_its_time_however_busy_it_is() -> None:
    clock = Clock()
    sessions = Sessions(4 * HOUR, clock)
    secret = sessions.open("ana", "stamp")
    for _ in range(3):
        clock.now += HOUR
        found = sessions.find(secret)
        assert found is not None
        assert (found.name, found.stamp) == ("ana", "stamp")
    clock.now += HOUR
    assert sessions.find(secret) is None
    assert len(sessions) == 0


def test_a_session_that_is_not_used_ends_earlier() -> None:
    clock = Clock()
    sessions = Sessions(12 * HOUR, clock)
    secret = sessions.open("ana", "stamp")
    clock.now += IDLE
    assert sessions.find(secret) is None


def test_closing_one_leaves_the_others() -> None:
    sessions = Sessions(HOUR)
    first, second = sessions.open("ana", "s"), sessions.open("ana", "s")
    sessions.close(first)
    assert sessions.find(first) is None
    assert sessions.find(second) is not None
    assert first not in repr(vars(sessions))


def test_the_oldest_goes_when_there_are_too_many() -> None:
    sessions = Sessions(HOUR)
    first = sessions.open("ana", "s")
    for _ in range(MOST):
        sessions.open("bo", "s")
    assert len(sessions) == MOST
    assert sessions.find(first) is None
