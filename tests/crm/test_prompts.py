"""Prompts render as their snapshots say, fit their agents' briefs, and go back by one line."""

import shutil
from pathlib import Path

import pytest

from agents.base import Toolbox
from crm.active import Active
from crm.llm import open_llm
from crm.nouns import Brief, Question
from crm.writing import ModelWriter, TemplateWriter
from tests.crm.prompt_snapshots import FOLDER, PLAYBOOK, PROMPTS, rendered
from tests.evals.gate import QUESTIONS
from tests.whole import assistant
from wiring import AGENTS

ACTIVE = Active.read(PLAYBOOK)


@pytest.mark.parametrize("path", PROMPTS, ids=lambda p: p.stem)
def test_a_prompt_renders_as_its_snapshot(path: Path) -> None:
    kept = (FOLDER / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert rendered(path) + "\n" == kept, "read the difference, then: python -m tests.crm.prompt_snapshots"


def test_every_prompt_in_use_is_there_and_no_snapshot_is_left_over() -> None:
    assert {f"{task}.{version}" for task, version in ACTIVE.prompts.items()} <= {p.stem for p in PROMPTS}
    assert {p.stem for p in FOLDER.glob("*.txt")} == {p.stem for p in PROMPTS}


@pytest.mark.parametrize("task", sorted(set(ACTIVE.prompts) & {agent.name for agent in AGENTS}))
def test_a_prompt_s_holes_are_its_agent_s_facts(task: str, tools: Toolbox, learned: Path) -> None:
    writer = ModelWriter(open_llm("google_genai:x", "key"), PLAYBOOK, TemplateWriter(PLAYBOOK))
    house = assistant(tools, TemplateWriter(PLAYBOOK), learned)
    question = Question(QUESTIONS[task][0])
    brief = house.agents[task].gather(question, house.scoper.scope(question), tools)
    assert brief.task == task
    assert brief.evidence[0].text.split()[0] in writer.prompt(brief, ACTIVE.prompts[task])


def test_one_line_of_active_yaml_goes_back_to_the_older_prompt(tmp_path: Path) -> None:
    playbook = tmp_path / "playbook"
    shutil.copytree(PLAYBOOK, playbook)
    older = (playbook / "prompts" / "ask_history.v1.md").read_text(encoding="utf-8")
    (playbook / "prompts" / "ask_history.v2.md").write_text(older + "\nIn a hurry: two sentences.\n", encoding="utf-8")
    facts = dict.fromkeys(TemplateWriter(PLAYBOOK).sheet("ask_history", "en").needs)

    def sent() -> str:
        writer = ModelWriter(open_llm("google_genai:x", "key"), playbook, TemplateWriter(PLAYBOOK))
        return writer.prompt(Brief("ask_history", "Who?", facts), Active.read(playbook).prompts["ask_history"])

    active = playbook / "active.yaml"
    lines = active.read_text(encoding="utf-8")
    active.write_text(lines.replace("  ask_history: v1", "  ask_history: v2"), encoding="utf-8")
    assert sent().endswith("In a hurry: two sentences.")
    active.write_text(lines, encoding="utf-8")
    assert "In a hurry" not in sent()
