"""Every verb of the house says which right it needs, and asks for it first."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.access import ALONE, RIGHTS, Right, Role, Viewer
from crm.errors import NotAllowed
from house import House
from settings import Settings
from tests.needed import right_of


def verbs() -> dict[str, object]:
    """All that the rooms of `house/` do, whoever wrote it and whenever. (Properties are parts: they are narrowed.)"""
    return {
        name: value
        for kind in House.__mro__
        if kind.__module__.split(".")[0] == "house"
        for name, value in vars(kind).items()
        if not name.startswith("_") and inspect.isfunction(value)
    }


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    yield house
    house.close()


def test_every_verb_says_which_right_it_needs() -> None:
    assert len(verbs()) > 20
    assert [name for name, verb in verbs().items() if right_of(verb) is None] == []


@pytest.mark.parametrize("role", list(Role))
def test_a_verb_is_refused_before_anything_is_done(house: House, role: Role) -> None:
    seen = house.seen_by(Viewer("Hanna Lindqvist", role))
    refused = [name for name, verb in verbs().items() if right_of(verb) not in RIGHTS[role]]
    assert bool(refused) is (role is not Role.ADMIN)
    for name in refused:
        verb = getattr(seen, name)
        with pytest.raises(NotAllowed, match="You may not"):
            verb(*[None] * 0)


def test_a_view_is_never_widened_again(house: House) -> None:
    seen = house.seen_by(Viewer("Hanna Lindqvist", Role.REP))
    assert seen.seen_by(seen.viewer).viewer is seen.viewer
    for other in (ALONE, Viewer("Hanna Lindqvist", Role.ADMIN), Viewer("Claire Dumont", Role.REP)):
        with pytest.raises(NotAllowed):
            seen.seen_by(other)


def test_a_rep_without_a_name_owns_nothing(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(
        "account_id,name,owner,type\nA1,Norvik Maritime,,\nA2,Brackwater Foods,Hanna,Prospect\n"
    )
    whole = House(
        Settings(data_dir=tmp_path, llm="none", demo=False, ownership=True, auth=tmp_path / "u", _env_file=None)
    )
    whole.import_file(tmp_path / "accounts.csv", "csv", "accounts")
    seen = {name: len(whole.seen_by(Viewer(name, Role.REP)).book.accounts) for name in ("", "Hanna", "Claire")}
    assert seen == {"": 0, "Hanna": 1, "Claire": 0}
    assert [a.type for a in whole.seen_by(Viewer("Hanna", Role.REP)).book.accounts] == ["Prospect"]
    assert len(whole.seen_by(Viewer("", Role.OPS)).book.accounts) == 2
    whole.close()


def test_all_that_a_rep_may_is_asking() -> None:
    asked = {name for name, verb in verbs().items() if right_of(verb) is Right.ASK}
    assert {"ask", "turn", "find", "accounts", "account_page", "history", "judged", "starters"} <= asked
    assert asked.isdisjoint({"correct", "import_file", "undo_import", "audit_store", "learn", "review", "check"})
