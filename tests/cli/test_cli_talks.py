"""The commands about conversations, as a person would type them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from cli.terminal import opened
from crm.nouns import Account, Answer, Scope, Source, Turn
from crm.records.conversations import NOT_THERE, Thumb

ANSWER = Answer(
    "Yes, on 3 March [1].",
    "engagement_check",
    Scope(Account("demo:a1", "Norvik")),
    (Source(1, "demo:7", "Thursday\nworks."),),
    ("Counted to the newest day.",),
    done=True,
)


@pytest.fixture
def talked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A data folder with one conversation of two turns; its id."""
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CRM_LLM", "none")
    with opened() as house:
        begun = house.begin("", "Have we talked?")
        house.answered("", begun, 0, Turn("Have we talked?", ANSWER))
        house.asked("", begun, 1, "And before that?")
        house.rate("", begun, 0, Thumb.DOWN, "the wrong Norvik")
    return begun


def said(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def test_a_conversation_is_listed_under_its_account_and_subject(talked: str) -> None:
    listed = said("conversations", "list")
    assert listed.exit_code == 0
    assert listed.output.split() == [talked, *listed.output.split()[1:3], "2", "Norvik:", "real", "contact"]
    assert said("conversations", "list", "--words", "crane").output == ""
    assert said("conversations", "list", "--of", "ana").output == ""


def test_a_conversation_is_shown_and_written_with_its_sources(talked: str, tmp_path: Path) -> None:
    shown = said("conversations", "show", talked).output
    for line in (
        "# Norvik: real contact",
        "## Have we talked?",
        "Yes, on 3 March [1].",
        "> Counted to the newest day.",
        "- [1] demo:7: “Thursday works.”",
        "👎 the wrong Norvik",
        "## And before that?",
    ):
        assert line in shown.splitlines()
    out = tmp_path / "out.md"
    assert said("conversations", "export", talked, str(out)).exit_code == 0
    assert out.read_text() == shown


def test_a_deleted_conversation_is_gone_and_a_foreign_one_never_was(talked: str) -> None:
    for words in (("show", talked, "--of", "ana"), ("delete", talked, "--of", "ana", "--yes"), ("show", "nope")):
        assert str(said("conversations", *words).exception) == NOT_THERE
    assert said("conversations", "delete", talked).exit_code == 1
    assert said("conversations", "delete", talked, "--yes").exit_code == 0
    assert said("conversations", "list").output == ""


@pytest.mark.usefixtures("talked")
def test_feedback_counts_and_tells_what_was_not_liked() -> None:
    told = said("feedback").output.splitlines()
    assert told[0] == "0 liked, 1 not"
    assert told[1].split() == ["engagement_check", "0", "liked", "1", "not"]
    assert told[2].endswith("Have we talked?")
    assert told[3].strip() == "the wrong Norvik"
