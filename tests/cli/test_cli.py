"""The terminal: every command on the demo CRM, as a person would type it."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from crm.errors import BadFile

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
SEED = "crm_subject,crm_description,crm_subtype,hs_object_id\n"
LABELS = {"ENGAGED", "NOT ENGAGED", "ND"}


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the demo CRM in it."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_DATA_DIR", str(folder))
        patch.setenv("CRM_LLM", "none")
        assert "read 5,000 = stored 5,000 + duplicate 0 + unchanged 0 + refused 0" in said("demo").output
        yield folder


def said(*words: str) -> Result:
    result = CliRunner().invoke(cli.app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_an_answer_carries_its_sources(crm: Path) -> None:
    answer = json.loads(said("ask", "Have we really talked with Norvik lately?", "--json").output)
    assert answer["route"] == "engagement_check"
    assert answer["scope"]["account"] == "Norvik Maritime"
    assert answer["sources"]
    assert "[1]" in answer["answer"]
    assert {"n", "activity_id", "quote"} == set(answer["sources"][0])


def test_an_answer_about_numbers_carries_its_frame_and_figures(crm: Path) -> None:
    answer = json.loads(said("ask", "how many accounts do we have?", "--agent", "pipeline_insights", "--json").output)
    assert answer["frame"] == "number of accounts"
    assert [f["name"] for f in answer["figures"]] == [""]
    assert answer["figures"][0]["value"] > 0


def test_a_question_can_be_put_to_one_agent(crm: Path) -> None:
    assert (
        json.loads(said("ask", "Norvik", "--agent", "account_summary", "--json").output)["route"] == "account_summary"
    )


@pytest.mark.parametrize("asked", ["Is demo:999999 a real conversation?", "audit activity 999999"])
def test_an_activity_that_is_not_there_is_named(crm: Path, asked: str) -> None:
    answer = json.loads(said("ask", asked, "--json").output)
    assert answer["route"] == "activity_audit"
    assert "999999" in answer["answer"]
    assert "Verdict" not in answer["answer"]


def test_a_draft_is_written_as_a_mail_and_no_other_answer_is(crm: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.eml"
    assert f"The mail is in {out}" in said("ask", "Draft a follow-up to Norvik Maritime", "--eml", str(out)).output
    assert b"X-Unsent: 1" in out.read_bytes()
    with pytest.raises(BadFile, match="drafts no mail"):
        said("ask", "How is our pipeline by stage?", "--eml", str(tmp_path / "none.eml"))
    assert not (tmp_path / "none.eml").exists()


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    for asked in ("Have we really talked with Norvik lately?", "How is our pipeline by stage?"):
        assert "python app.py demo" in json.loads(said("ask", asked, "--json").output)["answer"]


def test_the_demo_is_taken_out_as_it_came_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path))
    said("demo")
    assert "The demo is taken out: 5,971 records touched" in said("demo", "--remove").output
    assert "The demo is taken out: 0 records touched" in said("demo", "--remove").output


def test_many_questions_go_through_a_file(crm: Path, tmp_path: Path) -> None:
    asked = tmp_path / "q.csv"
    asked.write_text("id,question\n7,What can you do?\n8,Is Dunmore engaged?\n")
    said("ask", "--file", str(asked), "--out", str(tmp_path / "a.jsonl"))
    answers = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [a["id"] for a in answers] == ["7", "8"]
    assert [a["route"] for a in answers] == ["help", "engagement_check"]


def test_routes_are_told_row_by_row(crm: Path, tmp_path: Path) -> None:
    asked, out = tmp_path / "q.csv", tmp_path / "r.csv"
    asked.write_text("id,question\na,Have we talked with Norvik in the last 90 days?\nb,write a poem about the sea\n")
    said("route", str(asked), "--out", str(out))
    first, second = csv.DictReader(out.read_text().splitlines())
    assert (first["id"], first["route"], first["account"]) == ("a", "engagement_check", "Norvik Maritime")
    assert (first["period_from"], first["period_to"], first["ask_back"]) == ("2026-08-01", "2026-10-30", "false")
    assert (second["route"], second["account"]) == ("out_of_scope", "")


@pytest.mark.parametrize("command", [("route",), ("ask", "--file")])
def test_questions_are_never_written_over(crm: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    asked, out = tmp_path / "q.jsonl", tmp_path / "out.csv"
    asked.write_text("id,question\n7,What can you do?\n")
    with pytest.raises(BadFile, match="file with the questions"):
        said(*command, str(asked), "--out", str(asked.parent / "." / asked.name))
    assert asked.read_text() == "id,question\n7,What can you do?\n"
    for wrong in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(BadFile, match="cannot be read"):
            said(*command, str(wrong), "--out", str(out))
    (tmp_path / "other.csv").write_bytes(b"id,question\n7,\xe9t\xe9\n")
    with pytest.raises(BadFile, match="UTF-8"):
        said(*command, str(tmp_path / "other.csv"), "--out", str(out))
    assert not out.exists()
    with pytest.raises(BadFile, match="cannot be written"):
        said(*command, str(asked), "--out", str(tmp_path / "none" / "out.csv"))


def test_records_are_found_in_one_account(crm: Path) -> None:
    found = json.loads(said("search", "crane failure", "--account", "Norvik", "-k", "3", "--json").output)
    assert 1 <= len(found["hits"]) <= 3
    assert any("crane" in hit["passage"].lower() for hit in found["hits"])


def test_a_file_is_audited_row_by_row_without_touching_the_store(crm: Path, tmp_path: Path) -> None:
    rows, out, report = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "r.json"
    rows.write_text(SEED + 'Call,No answer,Call,11\nRe: price,"Too high for us, sorry.\nMaria",Email,12\n,,Task,13\n')
    before = said("search", "price", "--json").output
    said("audit", str(rows), "--out", str(out), "--no-llm", "--report", str(report))
    judged = list(csv.DictReader(out.read_text().splitlines()))
    assert list(judged[0]) == ["hs_object_id", "trueai_engaged", "confidence", "decided_by", "because", "quote"]
    assert [row["hs_object_id"] for row in judged] == ["11", "12", "13"]
    assert {row["trueai_engaged"] for row in judged} <= LABELS
    assert judged[0]["trueai_engaged"] == "NOT ENGAGED"
    assert judged[2]["trueai_engaged"] == "ND"
    assert json.loads(report.read_text())["rows"] == 3
    assert said("search", "price", "--json").output == before


def test_an_evaluation_says_when_the_model_had_seen_the_rows(crm: Path) -> None:
    measured = json.loads(said("evaluate", str(ROOT / "data/labelled/activities_B.csv"), "--json").output)
    assert measured["rows"] == 400
    assert measured["held_out"] is True


def test_an_import_is_taken_back(crm: Path, tmp_path: Path) -> None:
    rows = tmp_path / "mine.csv"
    rows.write_text(SEED + "Call,No answer,Call,901\nCall,No answer,Call,901\nNote,Something else,Task,901\n")
    told = said("import", str(rows), "--refused", str(tmp_path / "refused.csv")).output
    assert "read 3 = stored 1 + duplicate 1 + unchanged 0 + refused 1" in told
    assert "901" in (tmp_path / "refused.csv").read_text()
    assert "read 3 = stored 0 + duplicate 1 + unchanged 1 + refused 1" in said("import", str(rows)).output
    number = told.partition("import ")[2].partition(":")[0]
    assert "1 record" in said("undo", number).output


def test_refused_rows_of_several_files_are_all_kept(crm: Path, tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.csv").write_text(SEED + f"Call,No answer,Call,{name}\nNote,Something else,Task,{name}\n")
    files = [str(tmp_path / f"{name}.csv") for name in ("first", "second", "third")]
    told = said("import", *files, "--refused", str(tmp_path / "r.csv")).output
    for name, out in (("first", "r.csv"), ("second", "r-2.csv"), ("third", "r-3.csv")):
        assert f"The refused rows are in {tmp_path / out}\n" in told
        assert f",{name}," in (tmp_path / out).read_text()


def test_the_doctor_looks_at_every_part(crm: Path) -> None:
    told = said("doctor").output
    assert "FAIL" not in told
    assert all(part in told for part in ("store", "judges", "router", "embedder", "index", "words"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "nowhere.csv"], "nowhere.csv"),
        (["undo", "4711"], "no import number 4711"),
        (["search", "price", "--account", "Zyxwv"], "No account is called Zyxwv"),
        (["ask", "--file", str(SAMPLES / "reps.csv")], "needs the columns id and question"),
    ],
)
def test_what_goes_wrong_is_a_sentence(
    crm: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(words)
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert sentence in told


def test_help_brings_in_nothing_heavy() -> None:
    """What a command needs is imported by that command: --help answers in a blink."""
    heavy = ("sqlalchemy", "pydantic", "pandas", "numpy", "sklearn", "torch", "chromadb", "gradio", "langchain_core")
    asked = f"import sys, cli; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_two_accounts_are_joined_and_taken_apart(crm: Path) -> None:
    told = said("accounts", "join", "Dunmore Tool & Die", "Norvik Maritime", "--yes").output
    assert "becomes part of Norvik Maritime" in told
    answer = json.loads(said("ask", "Have we really talked with Dunmore lately?", "--json").output)
    assert answer["scope"]["account"] == "Norvik Maritime"
    assert "an account of its own again" in said("accounts", "apart", "Dunmore Tool & Die").output
    answer = json.loads(said("ask", "Have we really talked with Dunmore lately?", "--json").output)
    assert answer["scope"]["account"].startswith("Dunmore")


def test_what_may_be_there_twice_is_listed_and_asked_about_once(crm: Path, tmp_path: Path) -> None:
    rows = "account_id,name,industry\nT1,Grand Cerf,Hotels\nT2,Hôtel du Grand Cerf,\n"
    (tmp_path / "more.csv").write_text(rows)
    said("import", str(tmp_path / "more.csv"))
    told = said("accounts", "duplicates").output
    assert 'accounts join "csv:T2" "csv:T1"    # Hôtel du Grand Cerf into Grand Cerf' in told
    assert "1 pair may be one company" in told
    assert "They are two" in said("accounts", "apart", "csv:T2", "csv:T1").output
    assert "No two accounts look like one company" in said("accounts", "duplicates").output
