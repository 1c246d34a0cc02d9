"""The commands by which verdicts get better, as a person would type them."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from cli.terminal import opened
from crm.engagement import lessons
from crm.engagement.learned import LearnedJudge
from crm.engagement.training_rows import Material

ROOT = Path(__file__).parents[2]
ROWS = """crm_subject,crm_description,crm_subtype,hs_object_id
Re: price,"Too high for us, sorry. Call me on Thursday.
Maria",Email,700012
Call,"Left a voicemail, no answer.",Call,700011
Re: the crane,"Yes, the crane offer is fine, please send the contract.
Jon",Email,700013
"""


@pytest.fixture
def crm(tmp_path: Path, learned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with three activities, and the small model that was learned before."""
    LearnedJudge.ready(Material(ROOT / "data" / "labelled", learned))
    shutil.copytree(learned, tmp_path / "data")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CRM_LLM", "none")
    (tmp_path / "rows.csv").write_text(ROWS)
    said("import", str(tmp_path / "rows.csv"))
    return tmp_path


def said(*words: str) -> Result:
    result = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def found(*words: str) -> list[str]:
    return [hit["activity_id"] for hit in json.loads(said("search", *words, "--json").output)["hits"]]


def test_a_correction_reaches_search_history_export_and_is_taken_back(crm: Path) -> None:
    assert "csv:700013" in found("crane", "--engaged")
    told = said("correct", "700013", "not engaged", "--why", "Jon is ours.", "--by", "ana").output
    assert told.startswith("csv:700013 is NOT ENGAGED now, says ana: Jon is ours. It was ENGAGED, said ")
    assert "csv:700013" not in found("crane", "--engaged")
    lines = said("history", "csv:700013").output.splitlines()
    assert lines[0].endswith("ana  NOT ENGAGED (counts today): Jon is ours.")
    assert "ENGAGED" in lines[1]
    answer = json.loads(said("ask", "Audit activity 700013", "--json").output)["answer"]
    assert "NOT ENGAGED" in answer
    assert "ana, a person" in answer
    assert "csv:700013 is ENGAGED now" in said("correct", "700013", "--undo", "--by", "ben").output
    assert "csv:700013" in found("crane", "--engaged")
    assert "ben  took back NOT ENGAGED" in said("history", "700013").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["correct", "4711", "ND"], "There is no activity 4711 in the store"),
        (["correct", "700012", "perhaps"], "perhaps is no label. Allowed are ENGAGED, NOT ENGAGED, ND."),
        (["correct", "700012", "--undo"], "Nobody has corrected csv:700012"),
        (["history", "4711"], "There is no activity 4711 in the store"),
    ],
)
def test_what_cannot_be_corrected_is_a_sentence(
    crm: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(words)
    assert ended.value.code == 1
    assert sentence in capsys.readouterr().err


def test_what_is_useful_to_label_is_listed_until_people_labelled_it(crm: Path) -> None:
    listed = said("review", "-k", "2").output
    assert listed.count("csv:7000") == 2
    assert "python app.py correct ID LABEL" in listed
    for number in ("700011", "700012", "700013"):
        said("correct", number, "ND", "--by", "ana")
    assert "There is nothing to review" in said("review").output


def test_drift_needs_enough_activities(crm: Path) -> None:
    assert "from 100 on, drift can be told" in said("drift").output


def test_nothing_is_learned_or_unlearned_before_somebody_corrects(
    crm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, sentence in (
        (["learn"], "Nobody has corrected anything"),
        (["learn", "--undo"], "nothing to take back"),
    ):
        with pytest.raises(SystemExit):
            cli.run(words)
        assert sentence in capsys.readouterr().err


def test_a_lesson_changes_the_judges_until_it_is_taken_back(crm: Path) -> None:
    def judges() -> str:
        with opened(no_llm=True) as house:
            return house.cascade.policy

    before = judges()
    said("correct", "700012", "ENGAGED", "--by", "ana")
    with opened(no_llm=True) as house:
        lessons.put(house.store, lessons.corrected(house.store))
    after = judges()
    assert after != before
    assert "learned from no corrections is in use again" in said("learn", "--undo").output
    assert judges() == before
