"""An audit with a model from the terminal: the cost before, the cost after, the vendor's batch mode."""

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from crm.engagement.learned import LearnedJudge
from crm.engagement.training_rows import Material
from tests.crm.engagement.reader import Reader, honest
from tests.crm.engagement.test_batch_asking import Queue

ROOT = Path(__file__).parents[2]
DOUBTFUL = (  # nothing here tells who spoke, or whether anybody did; some of it is open to any model of words
    ("Lindqvist", "two sites, hates the portal", "Note"),
    ("Call", "told me about it, maybe may", "Call"),
    ("Hall 3", "wants to wait, or so I hear", "Note"),
    ("Relancer Quentin", "voir mail yes", "Task"),
)
HEAD = "crm_subject,crm_description,crm_subtype,hs_object_id\n"


@pytest.fixture
def crm(tmp_path: Path, learned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small model that was learned before, beside a file that it cannot decide."""
    LearnedJudge.ready(Material(ROOT / "data" / "labelled", learned))
    shutil.copytree(learned, tmp_path / "data")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CRM_LLM", "google_genai:gemini-3.5-flash-lite")
    monkeypatch.setenv("GOOGLE_API_KEY", "key")
    rows = "".join(
        f'{s} {n},"{b}, {n}",{t},{7000 + 10 * n + k}\n' for n in range(5) for k, (s, b, t) in enumerate(DOUBTFUL)
    )
    (tmp_path / "in.csv").write_text(HEAD + rows)
    return tmp_path


def audit(crm: Path, *more: str) -> tuple[str, list[dict[str, str]]]:
    told = ["audit", str(crm / "in.csv"), "--out", str(crm / "out.csv"), *more]
    result = CliRunner().invoke(cli.app, told, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    with (crm / "out.csv").open(encoding="utf-8", newline="") as file:
        return result.output, list(csv.DictReader(file))


def test_the_cost_is_told_before_and_after(crm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Reader(honest) as model:
        monkeypatch.setenv("CRM_LLM_BASE_URL", model.url)
        said, rows = audit(crm)
        (crm / "out.csv").unlink()
        again, _ = audit(crm)
        asked = len(model.asked)
    by_model = sum(row["decided_by"].startswith("llm:") for row in rows)
    assert by_model > 0
    assert f"Expected: about {by_model} records in {asked} requests to google_genai:gemini-3.5-flash-lite" in said
    assert f"Actual: {asked} requests to a model, {10 * asked} tokens in and {5 * asked} out, $0.0000." in said
    assert "Expected: nothing goes to a model." in again
    assert "Actual: 0 requests to a model" in again


def test_no_model_no_word_of_cost(crm: Path) -> None:
    said, _ = audit(crm, "--no-llm")
    assert "Expected" not in said
    assert "Actual" not in said


def test_batch_mode_gives_the_same_verdicts(crm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Reader(honest) as model:
        monkeypatch.setenv("CRM_LLM_BASE_URL", model.url)
        _, live = audit(crm)
    for left in ("out.csv", "data/crm.sqlite", "data/crm.sqlite-wal", "data/crm.sqlite-shm"):
        (crm / left).unlink(missing_ok=True)
    with Queue() as queue:
        monkeypatch.setenv("CRM_LLM_BASE_URL", queue.url)
        said, batched = audit(crm, "--batch")
        assert len(queue.jobs) == 1
        assert not any(":generateContent" in path for path in queue.paths)
    assert batched == live
    assert "requests wait at the vendor as batches/job1" in said
