"""The commands about people and the trail, as an administrator would type them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from cli.terminal import opened
from crm.errors import CrmError
from crm.records.trail_entry import Entry, What


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CRM_LLM", "none")
    monkeypatch.delenv("CRM_AUTH", raising=False)
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.app, list(words), input=typed)


def test_people_come_change_and_go_and_each_step_is_on_the_trail(folder: Path) -> None:
    added = run("user", "add", "Ana Ruiz", "--role", "admin", typed="open the berth\n")
    assert added.exit_code == 0
    assert f"CRM_AUTH={folder / 'users.jsonl'}" in added.output
    assert "open the berth" not in added.output
    assert run("user", "add", "Bo", "--role", "rep", typed="open the berth\n").exit_code == 0
    assert run("user", "role", "bo", "ops").output == "Bo is ops now\n"
    assert run("user", "password", "Bo", typed="another berth\n").output == "Bo has a new password\n"
    assert run("user", "list").output.split("\n")[1].startswith("ops    Bo")
    assert run("user", "remove", "Bo").exit_code == 0
    told = run("trail").output.splitlines()
    assert [line.split("people  ")[1] for line in told] == [
        "Ana Ruiz may sign in as admin",
        "Bo may sign in as rep",
        "Bo is ops now",
        "Bo has a new password",
        "Bo may not sign in any more",
    ]


def test_a_password_is_never_an_argument(folder: Path) -> None:
    assert run("user", "add", "Ana", "--role", "admin", "--password", "open the berth").exit_code == 2


def test_a_weak_password_is_refused_with_what_to_do(folder: Path) -> None:
    refused = run("user", "add", "Ana", "--role", "admin", typed="short\n")
    assert isinstance(refused.exception, CrmError)
    assert "10 to 1,024 characters" in str(refused.exception)
    assert not (folder / "users.jsonl").exists()


def test_a_model_s_call_is_on_the_trail_with_its_cost(folder: Path) -> None:
    with opened(no_llm=True) as house:
        house.chain.put(Entry("Ana", What.MODEL_CALL, "call:7", after="a draft", cost=0.0125))
    assert "model call  call:7  a draft  $0.0125" in run("trail", "list", "--what", "model call").output


def test_the_trail_is_verified_and_exported(folder: Path) -> None:
    run("user", "add", "Ana", "--role", "admin", typed="open the berth\n")
    assert run("trail", "verify").output.startswith("The trail is whole: 1 rows")
    assert run("trail", "export", str(folder / "out.csv"), "--what", "people").output.startswith("1 rows")
    with closing(sqlite3.connect(folder / "crm.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER trail_is_not_changed")
        connection.execute("UPDATE trail SET who = 'Eve' WHERE number = 2")
    verified = run("trail", "verify")
    assert verified.exit_code == 1
    assert verified.output == "The trail was altered: row 2: it was changed\n"


def test_forgetting_asks_first_and_says_what_went(folder: Path) -> None:
    contacts = folder / "contacts.csv"
    contacts.write_text("contact_id,name,email\nC1,Sigrid Aas,sigrid.aas@norvik.example\nC2,Graham Pell,\n")
    assert run("import", str(contacts)).exit_code == 0
    asked = run("forget", "sigrid aas", typed="n\n")
    assert "sigrid.aas@norvik.example; 1 contact and 0 lead rows" in asked.output
    assert str(asked.exception) == "Nothing was changed."
    done = run("forget", "sigrid.aas@norvik.example", "--yes")
    assert "contacts 1" in done.output
    assert b"Aas" not in (folder / "crm.sqlite").read_bytes()
    assert "Graham Pell" in str((folder / "crm.sqlite").read_bytes())


def test_retention_shows_first(folder: Path) -> None:
    shown = run("retention")
    assert "        0  refused row, older than 90 days" in shown.output
    assert "Nothing was changed" in shown.output
    assert "They are erased." in run("retention", "--apply").output
