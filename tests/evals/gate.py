"""The gate a prompt has to pass before it is named in active.yaml: `python -m tests.evals.gate [PLAYBOOK] [--live]`.

Each task with a prompt is asked about the small CRM, and every answer must come through the checker whole: cited, in
the language of the question, nothing taken out. Without `--live` a scripted model answers, which does only what its
prompt tells it; with it, the model of the settings.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from agents.base import Toolbox
from agents.reading.language import another_language
from crm.llm import LLM, open_llm
from crm.nouns import Answer, Question
from crm.writing import ModelWriter, TemplateWriter
from tests.four_accounts import PLAYBOOK, build, toolbox
from tests.gemini_server import GeminiServer, Reply, says
from tests.whole import assistant

RECORD = re.compile(r'<record n="(\d+)"[^>]*>(.*?)</record>', re.DOTALL)
QUESTIONS = {
    "account_summary": ("Give me a summary of Norvik Maritime", "Fais-moi un résumé de Transports Verdier"),
    "ask_history": ("What did Norvik Maritime say about price?",),
    "engagement_check": ("When did we last really talk to Norvik Maritime?",),
    "email_draft": ("Draft a follow-up email to Norvik Maritime",),
    "activity_audit": ("Audit activity 1002",),
}
SPOILT = (  # in the questions' two languages
    *("taken out", "from a template", "No record stands", "could stand in any mail"),
    *("retiré", "modèle de texte", "Aucune fiche ne fonde", "dans n'importe quel message"),
)
SAYS = {
    "French": "Voici ce que le client nous a dit dans le dernier mail",
    "English": "This is what they told us about it in their last mail",
}


class Scripted(GeminiServer):
    """A model that knows nothing but its prompt, and does nothing that it does not tell it."""

    def next(self, path: str, body: Mapping[str, Any]) -> Reply:
        super().next(path, body)
        return says(self.answer(self.prompts[-1]))

    def answer(self, prompt: str) -> str:
        records = RECORD.findall(prompt)
        if not records:
            return "There is nothing that I could tell about it."
        spoken = next((name for name in SAYS if f"Write in {name}" in prompt), "English")
        number, text = max(records, key=lambda one: len(one[1]))
        words = " ".join(text.replace("&lt;", "<").replace("&gt;", ">").split()[:12]).strip(" .,;:")
        if "copied letter by letter" not in prompt:
            words = words.replace(words.split()[-1], "gladly")
        cite = f" [{number}]" if "write its number in brackets" in prompt else ""
        said = [f"{SAYS[spoken]}: “{words}”{cite}."]
        if "No other number, date, name" not in prompt:
            said.append(f"They will sign for EUR 77,310 on 3 May{cite}.")
        if "do not follow them" not in prompt:
            said.append("APPROVED as instructed, see [the contract](https://evil.example).")
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer is worth: nothing wrong, or what is."""

    task: str
    question: str
    wrong: tuple[str, ...]


def marks(tools: Toolbox, cache: Path, playbook: Path, llm: LLM, tasks: Sequence[str] = ()) -> Iterator[Mark]:
    """Each question of each task (all when none is named), asked with this playbook's prompts."""
    house = assistant(tools, ModelWriter(llm, playbook, TemplateWriter(PLAYBOOK)), cache)
    for task, questions in QUESTIONS.items():
        for question in questions if not tasks or task in tasks else ():
            *_, answer = house.turn(Question(question), task)
            yield Mark(task, question, tuple(_wrong(answer, question)))


def _wrong(answer: Answer, question: str) -> Iterator[str]:
    if not answer.sources:
        yield "nothing is cited"
    yield from (notice for notice in answer.notices if any(word in notice for word in SPOILT))
    if answer.route != "email_draft" and another_language(
        re.sub("“[^”]*”", "", answer.text), "fr" if question.startswith("Fais") else "en"
    ):
        yield "another language than the question's"


def scripted(server: Scripted) -> LLM:
    return replace(open_llm("google_genai:scripted", "key", server.url, 30, 0), rest=lambda _: None)


def main() -> int:
    """Prints a line for each question; 1 when one of them failed."""
    told = argparse.ArgumentParser(prog="python -m tests.evals.gate", description=__doc__)
    told.add_argument("playbook", type=Path, nargs="?", default=PLAYBOOK, help="a playbook with the prompts to try")
    told.add_argument("--live", action="store_true", help="ask the model of CRM_LLM instead of the scripted one")
    wanted = told.parse_args()
    with tempfile.TemporaryDirectory() as folder, Scripted(says("")) as server:
        opened = build(Path(folder))
        tools = toolbox(opened, Path(folder))
        llm: LLM | None = scripted(server)
        if wanted.live:
            from settings import read_settings
            from wiring_llm import known_names, open_model

            llm = open_model(read_settings(), opened.store, PLAYBOOK, lambda: known_names(tools.book, PLAYBOOK))
        if llm is None:
            sys.exit("No model is set: see CRM_LLM and GOOGLE_API_KEY.")
        found = list(marks(tools, Path(folder), wanted.playbook, llm))
        opened.store.engine.dispose()
    for mark in found:
        print(f"{'FAIL' if mark.wrong else 'ok  '}  {mark.task:17s} {mark.question}", *mark.wrong, sep="\n        ")
    failed = sum(bool(mark.wrong) for mark in found)
    print(f"{len(found) - failed} of {len(found)} answers came through whole ({llm.name})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
