"""The judge for the doubtful: a chat model as Sales Operations Auditor.

It abstains where it has no answer that can be believed: nothing is guessed, and the next run asks again.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm.engagement.labelling_guide import FILE, Guide
from crm.engagement.llm_request import LONGEST, Inquiry, Reply, shown_of
from crm.errors import LLMNonsense, LLMTrouble
from crm.llm import LLM, Call
from crm.nouns import Activity, Verdict
from crm.playbook import digest
from crm.writing import Sheet, form_sheet, prompt_in_use

TASK = "engagement_audit"
AT_MOST = 20  # records in one request, the two controls among them
CHARACTERS = 60_000  # of records in one request
LEFT_S = 600.0  # how long a record that could not be decided is not asked about again: a chat must not wait for it
MOST_LEFT = 10_000
REST_S = 60.0  # how long a model that failed is left alone, so that an outage costs one time-out, not one a batch

log = logging.getLogger(__name__)


@dataclass
class LLMJudge:
    """Asks a model about small batches. `trouble` says what went wrong last, or nothing."""

    llm: LLM
    sheet: Sheet
    guide: Guide
    policy: str
    on_trouble: Callable[[str], None] | None = None
    clock: Callable[[], float] = time.monotonic
    trouble: str = ""
    _rests_until: float = field(default=float("-inf"), repr=False)
    _left: dict[str, float] = field(default_factory=dict, repr=False)

    @classmethod
    def ready(cls, llm: LLM, playbook: Path, on_trouble: Callable[[str], None] | None = None) -> "LLMJudge":
        """The judge with the playbook's guide and prompt. Raises BadPlaybook."""
        prompt = prompt_in_use(playbook, TASK)
        sheet, guide = form_sheet(prompt), Guide.read(playbook)
        policy = f"{llm.name}/{prompt.stem}@{digest([prompt, playbook / FILE])}"
        return cls(llm, sheet, guide, policy, on_trouble)

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        found: dict[str, Verdict] = {}
        if self.clock() >= self._rests_until:
            try:
                for group in self._groups(self._open(batch)):
                    for shown, verdict in self._answers(group):
                        found[shown] = verdict  # noqa: PERF403  # what came before a trouble is kept
                    self._leave(group, found)
                self.trouble = ""
            except LLMTrouble as trouble:
                self._rest(trouble)
        return [found.get(shown_of(activity)) for activity in batch]

    def _open(self, batch: Sequence[Activity]) -> list[Activity]:
        """Distinct texts that hold something, but for those that were left open a moment ago."""
        now = self.clock()
        distinct = {shown_of(a): a for a in batch if (a.raw_subject + a.raw_body).strip()}
        return [a for shown, a in distinct.items() if self._left.get(shown, now) <= now]

    def _leave(self, group: Sequence[Activity], found: Mapping[str, Verdict]) -> None:
        if len(self._left) > MOST_LEFT:
            self._left.clear()
        self._left |= {shown_of(a): self.clock() + LEFT_S for a in group if shown_of(a) not in found}

    def _groups(self, distinct: Sequence[Activity]) -> Iterator[list[Activity]]:
        """Few enough for one request; a record that talks to a judge is alone in its group."""
        room = AT_MOST - len({c.label for c in self.guide.controls})
        group: list[Activity] = []
        size = 0
        for activity in distinct:
            if self.guide.commands_in(f"{activity.raw_subject}\n{activity.raw_body}"):
                yield [activity]
                continue
            length = min(len(activity.raw_body), LONGEST)
            if group and (len(group) == room or size + length > CHARACTERS):
                yield group
                group, size = [], 0
            group.append(activity)
            size += length
        if group:
            yield group

    def _answers(self, group: list[Activity]) -> Iterator[tuple[str, Verdict]]:
        """Asks about the group, then about its halves where the reply cannot be believed; log2(n) + 2 times at most."""
        waiting = deque([group])
        for _ in range(len(group).bit_length() + 1):
            if not waiting:
                return
            part = waiting.popleft()
            believed = self._ask(part)
            if believed is not None:
                yield from believed.items()
            elif len(part) > 1:
                waiting.extend((part[: len(part) // 2], part[len(part) // 2 :]))

    def inquiries(self, batch: Sequence[Activity]) -> Iterator[tuple[Inquiry, str]]:
        """Every request about these records with its prompt, as long as none has to be halved. Nothing is sent."""
        for group in self._groups(self._open(batch)):
            inquiry = Inquiry.about(group, self.guide)
            yield inquiry, self._prompt(inquiry)

    def _ask(self, part: list[Activity]) -> dict[str, Verdict] | None:
        inquiry = Inquiry.about(part, self.guide)
        call = Call(TASK)
        try:
            reply = self.llm.fill(self._prompt(inquiry), Reply, call)
        except LLMNonsense:
            return None
        return inquiry.believed(reply, decided_by(call.model or self.llm.name))

    def _prompt(self, inquiry: Inquiry) -> str:
        facts = {
            "labels": self.guide.labels,
            "principles": self.guide.principles,
            "cases": self.guide.cases,
            "records": inquiry.fences(),
            "count": len(inquiry),
        }
        return self.sheet.fill(facts, {})

    def _rest(self, trouble: LLMTrouble) -> None:
        self.trouble = str(trouble)
        rest_s = max(REST_S, trouble.wait_s or 0.0)
        self._rests_until = self.clock() + rest_s
        log.warning("the model judges nothing for %d s", rest_s)
        if self.on_trouble is not None:
            self.on_trouble(self.trouble)


def decided_by(model: str) -> str:
    """Who a verdict of "provider:model" is from."""
    return f"llm:{model.partition(':')[2] or model}"
