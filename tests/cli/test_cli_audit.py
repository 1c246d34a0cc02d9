"""The bulk audit from the terminal: forms, the whole store, who works, Ctrl-C."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from cli.terminal import Bar
from crm.engagement.export import COLUMNS
from crm.engagement.learned import LearnedJudge
from crm.engagement.training_rows import Material

ROOT = Path(__file__).parents[2]
HEAD = "crm_subject,crm_description,crm_subtype,hs_object_id,region\n"
ROWS = HEAD + 'Call,No answer,Call,700011,north\nRe: price,"Too high for us, sorry.\nMaria",Email,700012,=1+1\n'


@pytest.fixture
def crm(tmp_path: Path, learned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small model that was learned before, beside a file of two rows."""
    LearnedJudge.ready(Material(ROOT / "data" / "labelled", learned))
    shutil.copytree(learned, tmp_path / "data")
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CRM_LLM", "none")
    (tmp_path / "in.csv").write_text(ROWS)
    return tmp_path


def said(*words: object) -> Result:
    result = CliRunner().invoke(cli.app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_kept_columns_are_harmless_unless_asked_otherwise(crm: Path) -> None:
    said("audit", crm / "in.csv", "--out", crm / "out.csv", "--keep")
    said("audit", crm / "in.csv", "--out", crm / "live.csv", "--keep", "--formulas")
    said("audit", crm / "in.csv", "--out", crm / "out.jsonl", "--keep")
    assert [row["region"] for row in read(crm / "out.csv")] == ["north", "'=1+1"]
    assert [row["region"] for row in read(crm / "live.csv")] == ["north", "=1+1"]
    lines = [json.loads(line) for line in (crm / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["region"] for line in lines] == ["north", "=1+1"]
    assert list(lines[0])[:2] == ["hs_object_id", "trueai_engaged"]


def test_a_correction_is_in_the_export_of_the_store(crm: Path) -> None:
    said("import", crm / "in.csv")
    said("correct", "700011", "ENGAGED", "--why", "They called back.", "--by", "ana")
    told = said("audit", "--store", "--out", crm / "all.csv").output
    rows = read(crm / "all.csv")
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["hs_object_id"], rows[0]["decided_by"]) == ("700011", "person:ana")
    assert "2 rows judged" in told
    said("audit", crm / "in.csv", "--out", crm / "file.csv")
    assert read(crm / "file.csv") == rows


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["audit", "--out", "x.csv"], "Give a file, or --store"),
        (["audit", "--store"], "--out verdicts.csv"),
    ],
)
def test_what_is_missing_is_told(words: list[str], sentence: str) -> None:
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 2
    assert sentence in result.output


def hearing() -> None:
    """As at a terminal: what was started behind a shell's & would inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_says_how_to_go_on_and_the_same_command_does(crm: Path) -> None:
    (crm / "many.csv").write_text(HEAD + "".join(f"Note {n},Called them {n} times,Task,{n},\n" for n in range(12_000)))
    command = [sys.executable, "app.py", "audit", str(crm / "many.csv"), "--out", str(crm / "out.csv")]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "CRM_WORKERS": "2"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hearing,
    ) as run:
        while not any(part.stat().st_size > 1_000 for part in crm.glob("out.csv.*.part")):
            assert run.poll() is None
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to every process of the command
        assert run.stderr is not None
        told = run.stderr.read()
    assert run.returncode == 130
    assert "run the same command again, and it goes on from there" in told
    assert "Traceback" not in told
    part = next(crm.glob("out.csv.*.part"))
    assert f"delete {part.name}" in told
    assert "had been judged before the last run was stopped" in said(*command[2:]).output
    assert [row["hs_object_id"] for row in read(crm / "out.csv")] == [str(n) for n in range(12_000)]


class Pace:
    def __init__(self, done: int, total: int | None) -> None:
        self.done, self.total = done, total


def test_progress_tells_rate_and_time_left_from_what_this_run_did() -> None:
    times = iter([10.0])
    bar = Bar(lambda: next(times))
    bar(Pace(1_000, 5_000))
    assert bar.told(Pace(2_000, 5_000), 12.0) == "2,000 of 5,000 (40%) · 500/s · 6 s left"
    assert bar.told(Pace(2_000, 500_000), 12.0).endswith("16 min 36 s left")
    assert bar.told(Pace(5_000, 5_000), 14.0) == "5,000 of 5,000 (100%) · 1,000/s"
    assert bar.told(Pace(3_000, None), 12.0) == "3,000 · 1,000/s"
