"""Tokens: shown once, kept as hashes, ended by date, by dropping, or with their person."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from api.caller import Grant
from api.tokens import FILE, Tokens
from crm.access import Role
from crm.errors import BadSetting, CrmError, MissingPart
from crm.people.users import Users


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "users.jsonl")


@pytest.fixture
def tokens(tmp_path: Path, users: Users) -> Tokens:
    return Tokens(tmp_path, users)


@pytest.mark.parametrize(("grant", "role"), [("read", "rep"), ("write", "ops"), ("admin", "admin")])
def test_a_token_has_the_role_of_its_scope(tokens: Tokens, grant: str, role: str) -> None:
    caller = tokens.caller(tokens.add("nightly", Grant(grant)))
    assert caller is not None
    assert (caller.viewer.name, caller.viewer.role, caller.grant) == ("nightly", role, grant)


def test_no_secret_is_kept(tokens: Tokens, tmp_path: Path) -> None:
    secret = tokens.add("nightly", Grant.READ)
    kept = (tmp_path / FILE).read_text()
    assert secret not in kept
    assert secret.removeprefix("crm_") not in kept
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_token_made_or_dropped_elsewhere_counts_at_once(tokens: Tokens, tmp_path: Path, users: Users) -> None:
    secret = Tokens(tmp_path, users).add("nightly", Grant.READ)
    assert tokens.caller(secret) is not None
    Tokens(tmp_path, users).drop("nightly")
    assert tokens.caller(secret) is None


def test_a_token_ends_on_its_day(tokens: Tokens, tmp_path: Path) -> None:
    secret = tokens.add("nightly", Grant.READ, days=1)
    assert tokens.caller(secret) is not None
    path = tmp_path / FILE
    path.write_text(path.read_text().replace(tokens.all()[0].ends_at, "2020-01-01T00:00:00+00:00"))
    assert tokens.caller(secret) is None


def test_a_persons_token_has_their_role_of_today_and_ends_with_them(tokens: Tokens, users: Users) -> None:
    users.add("Ada", Role.ADMIN, "a password of hers")
    users.add("Ria", Role.REP, "a password of hers")
    secret = tokens.add("Ria", Grant.WRITE)
    caller = tokens.caller(secret)
    assert caller is not None
    assert caller.viewer.role is Role.REP
    users.put_role("Ria", Role.OPS)
    caller = tokens.caller(secret)
    assert caller is not None
    assert caller.viewer.role is Role.OPS
    users.remove("Ria")
    assert tokens.caller(secret) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines"])
def test_a_name_must_be_one(tokens: Tokens, name: str) -> None:
    with pytest.raises(BadSetting, match="name"):
        tokens.add(name, Grant.READ)


def test_a_name_is_used_once(tokens: Tokens) -> None:
    tokens.add("nightly", Grant.READ)
    with pytest.raises(BadSetting, match="already"):
        tokens.add("nightly", Grant.READ)
    with pytest.raises(MissingPart, match="hourly"):
        tokens.drop("hourly")


def test_the_terminal_makes_lists_and_drops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, users: Users) -> None:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))

    def said(*words: str) -> str:
        result = CliRunner().invoke(cli.app, ["token", *words], catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    secret = said("add", "nightly", "--scope", "write", "--days", "30").strip()
    assert Tokens(tmp_path, users).caller(secret) is not None
    listed = said("list")
    assert "write  ops    nightly" in listed
    assert secret not in listed
    said("drop", "nightly")
    assert "None yet" in said("list")
    with pytest.raises(CrmError, match="read, write, admin"):
        said("add", "nightly", "--scope", "all")


@pytest.mark.parametrize("garbage", ["", "{", "[{}]", '[{"grant": "all"}]', "\x00"])
def test_a_damaged_file_opens_nothing_and_says_so(tokens: Tokens, tmp_path: Path, garbage: str) -> None:
    secret = tokens.add("nightly", Grant.READ)
    (tmp_path / "tokens.json").write_text(garbage)
    with pytest.raises(BadSetting, match="tokens"):
        tokens.caller(secret)
