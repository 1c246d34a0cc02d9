"""A loopback server whose model reads the records that it is shown."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from crm.engagement.labelling_guide import Guide
from crm.engagement.llm_judge import LLMJudge
from crm.llm import open_llm
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED
from tests.gemini_server import GeminiServer, Reply, says

PLAYBOOK = Path(__file__).parents[3] / "playbook"
FENCE = re.compile(r'<record id="([0-9a-f]+)" kind="\w+">\n(.*?)\n</record>', re.DOTALL)
BODY = re.compile(r"^\[\w+[^\]]*\] (.*)\Z", re.DOTALL | re.MULTILINE)
CONTROLS = {control.body: control.label for control in Guide.read(PLAYBOOK).controls}
Shown = Mapping[str, str]
Entries = list[dict[str, Any]]


class Where(Protocol):
    """A server, here or in another process."""

    @property
    def url(self) -> str: ...


class Reader(GeminiServer):
    """A server whose model reads the prompt: `answer` gets the records by id and gives the reply."""

    def __init__(self, answer: Callable[[Shown], Reply | Entries]) -> None:
        super().__init__(says(""))
        self.answer = answer

    def next(self, path: str, body: Mapping[str, Any]) -> Reply:
        super().next(path, body)
        shown = {i: BODY.search(text)[1] for i, text in FENCE.findall(self.prompts[-1])}  # type: ignore[index]
        answer = self.answer(shown)
        return answer if isinstance(answer, Reply) else says(json.dumps({"verdicts": answer}))


def honest(shown: Shown) -> Entries:
    """What a good model says: the controls' labels, else by the words "yes" or "no"."""
    return [entry(i, label_of(text), text[:30]) for i, text in shown.items()]


def label_of(text: str) -> str:
    return CONTROLS.get(text) or (ENGAGED if "yes" in text else NOT_ENGAGED if "no" in text else ND)


def entry(i: str, label: str, quote: str, confidence: float = 0.8) -> dict[str, Any]:
    return {"id": i, "label": label, "confidence": confidence, "quote": quote, "reason": "It says so."}


def judge_at(model: Where) -> LLMJudge:
    return LLMJudge.ready(open_llm("google_genai:gemini-test", "key", model.url, timeout_s=5, retries=0), PLAYBOOK)
