"""The users file: who is in it, what changes it, what it never holds."""

import stat
from pathlib import Path

import pytest

from crm.access import Role, Viewer
from crm.errors import BadSetting, MissingPart
from crm.people.users import Users

SECRET = "open the berth"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "people" / "users.jsonl")
    users.add("Ana Ruiz", Role.ADMIN, SECRET)
    return users


def test_a_person_is_found_whatever_the_capitals(users: Users) -> None:
    found = users.find(" ana  RUIZ")
    assert found is not None
    assert found.viewer == Viewer("Ana Ruiz", Role.ADMIN)
    assert users.find("Ana") is None


def test_the_file_holds_a_hash_and_is_its_owners_alone(users: Users) -> None:
    assert SECRET not in users.path.read_text()
    assert "$argon2id$" in users.path.read_text()
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert [path.name for path in users.path.parent.iterdir() if path.suffix != ".lock"] == ["users.jsonl"]


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("ANA RUIZ", SECRET, "already somebody"),
        ("Bo", "short", "10 to 1,024"),
        ("Bo Bo Bo Bo", "bo bo bo bo", "is the name"),
        ("", SECRET, "printable"),
        ("Bo\x00", SECRET, "printable"),
    ],
)
def test_what_cannot_be_added_is_refused_and_changes_nothing(users: Users, name: str, password: str, said: str) -> None:
    before = users.path.read_bytes()
    with pytest.raises(BadSetting, match=said):
        users.add(name, Role.REP, password)
    assert users.path.read_bytes() == before


def test_role_and_password_change_and_a_person_goes(users: Users) -> None:
    users.add("Bo", Role.REP, SECRET)
    assert users.put_role("bo", Role.OPS).role is Role.OPS
    before = users.find("Bo")
    after = users.put_password("bo", "another berth")
    assert before is not None
    assert after.hash != before.hash
    assert users.remove("BO").name == "Bo"
    assert [user.name for user in users.all()] == ["Ana Ruiz"]
    with pytest.raises(MissingPart, match="Nobody is called Bo"):
        users.put_role("Bo", Role.REP)


def test_the_last_administrator_stays_one(users: Users) -> None:
    users.add("Bo", Role.REP, SECRET)
    with pytest.raises(BadSetting, match="Nobody would be left"):
        users.put_role("Ana Ruiz", Role.OPS)
    with pytest.raises(BadSetting, match="Nobody would be left"):
        users.remove("Ana Ruiz")
    assert [user.role for user in users.all()] == [Role.ADMIN, Role.REP]


def test_a_line_that_is_none_of_ours_is_named(users: Users) -> None:
    users.path.write_text(users.path.read_text() + '{"name": "Eve", "role": "admin"}\n')
    with pytest.raises(BadSetting, match="Line 2 of the users file"):
        users.find("Ana Ruiz")
