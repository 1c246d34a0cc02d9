"""Each role holds the rights of the ones below it, not more."""

import pytest

from crm.access import ALONE, RIGHTS, Right, Role, Viewer
from crm.errors import NotAllowed


def test_each_role_holds_what_the_one_below_holds() -> None:
    assert RIGHTS[Role.REP] < RIGHTS[Role.OPS] < RIGHTS[Role.ADMIN] == frozenset(Right)


@pytest.mark.parametrize(("role", "right"), [(Role.REP, Right.CORRECT), (Role.OPS, Right.ERASE)])
def test_what_a_role_does_not_hold_is_refused_in_words(role: Role, right: Right) -> None:
    with pytest.raises(NotAllowed, match=f"You may not {right.value} as {role.value}"):
        Viewer("Priya Nair", role).needs(right)


def test_whoever_sits_alone_at_the_machine_may_do_everything() -> None:
    for right in Right:
        ALONE.needs(right)
