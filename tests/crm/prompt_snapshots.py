"""Every prompt as it is rendered, kept as text: `python -m tests.crm.prompt_snapshots` writes them anew.

A changed snapshot is a changed prompt: read the difference, then run the gate (`python -m tests.evals.gate`).
"""

from datetime import UTC, datetime
from pathlib import Path

from crm.engagement.labelling_guide import Guide
from crm.engagement.llm_judge import LLMJudge
from crm.llm import open_llm
from crm.nouns import Brief, Evidence, Manner, Side
from crm.writing import ModelWriter, TemplateWriter, form_sheet
from tests.crm.engagement.made import activity

PLAYBOOK = Path(__file__).parents[2] / "playbook"
FOLDER = Path(__file__).parent / "snapshots"
PROMPTS = sorted((PLAYBOOK / "prompts").glob("*.md"))
EVIDENCE = (Evidence(1, "demo:1", "Yes, Thursday.", datetime(2026, 3, 12, tzinfo=UTC), "Sigrid Aas", Side.THEM),)


def rendered(prompt: Path) -> str:
    """The prompt with each fact shown by its name."""
    llm = open_llm("google_genai:x", "key")
    task, version, _ = prompt.name.split(".")
    if task == "engagement_audit":
        judge = LLMJudge.ready(llm, PLAYBOOK)
        ((_, text),) = judge.inquiries([activity("1", "Yes, Thursday.", side=Side.THEM)])
        assert Guide.read(PLAYBOOK).principles[0] in text
        return text
    if not (PLAYBOOK / "templates" / f"{task}.en.md").exists():  # a form to fill, which no template can
        form = form_sheet(prompt)
        return form.fill({name: f"({name})" for name in form.needs}, {}).strip()
    writer = ModelWriter(llm, PLAYBOOK, TemplateWriter(PLAYBOOK))
    needs = TemplateWriter(PLAYBOOK).sheet(task, "en").needs
    facts = {name: f"({name})" for name in needs}
    return writer.prompt(Brief(task, "Who wrote?", facts, EVIDENCE, Manner("fr", "friendly", "short")), version)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in PROMPTS:
        (FOLDER / f"{path.stem}.txt").write_text(rendered(path) + "\n", encoding="utf-8")
