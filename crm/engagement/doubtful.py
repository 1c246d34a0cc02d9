"""Splits a line of judges in two: those that are always here, then those that are asked outside about the doubtful.

The first can work in other processes; the second may be out of reach, and what they leave open must stay open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.engagement.judge import Cascade, Deciding
from crm.engagement.llm_judge import LLMJudge
from crm.engagement.verdict_cache import RememberedJudge
from crm.nouns import Activity, Verdict

Outside = LLMJudge | RememberedJudge


@dataclass(frozen=True, slots=True)
class Line:
    """A cascade in two parts, which together say what it says."""

    here: Deciding
    outside: tuple[Outside, ...]
    policy: str

    @classmethod
    def of(cls, judge: Deciding) -> "Line":
        if not isinstance(judge, Cascade):
            return cls(judge, (), judge.policy)
        outside = tuple(one for one in judge.judges if isinstance(one, Outside))
        here = [one for one in judge.judges if not isinstance(one, Outside)]
        return cls(Cascade.of(here), outside, judge.policy)

    def settle(self, batch: Sequence[Activity], verdicts: Sequence[Verdict]) -> list[Verdict]:
        """The verdicts, with those that are only a guess replaced by what the judges outside say."""
        settled = list(verdicts)
        for judge in self.outside:
            doubtful = [number for number, verdict in enumerate(settled) if verdict.undecided]
            if not doubtful:
                break
            for number, said in zip(doubtful, judge.judge([batch[n] for n in doubtful]), strict=True):
                settled[number] = said or settled[number]
        return settled

    def policy_of(self, verdict: Verdict) -> str:
        """Under which policy a verdict goes on record.

        A guess that the judges outside were asked about and left open is on record for the judges here alone, so
        that the next run asks again.
        """
        return self.here.policy if verdict.undecided else self.policy

    @property
    def trouble(self) -> str:
        """What went wrong last with a judge outside, or nothing."""
        return next((judge.trouble for judge in self.outside if judge.trouble), "")
