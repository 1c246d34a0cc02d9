"""The commands by which verdicts get better, as a person would type them."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from crm.engagement.learned import LearnedJudge

ROOT = Path(__file__).parents[1]
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
    LearnedJudge.ready(ROOT / "data" / "labelled", learned)
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
