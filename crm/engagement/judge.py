"""Judges in line: each sees only what the ones before left open, and every verdict carries a literal quote.

What the rules decide stands unless the small model, which has heard them, is of another mind: then it is left open.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from crm.engagement import quotes
from crm.engagement.features import features
from crm.engagement.learned import LearnedJudge, View, sender_known
from crm.engagement.phrase_finder import lexicon
from crm.engagement.rule_judge import RuleJudge
from crm.nouns import Activity, Engagement, Verdict

_NOBODY = 0.34  # one of three labels, by chance


class Judge(Protocol):
    """Somebody with an opinion. None: not mine to say. An `undecided` verdict is a guess that the next may overrule."""

    @property
    def policy(self) -> str: ...

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]: ...


class Deciding(Protocol):
    """A judge that leaves nothing open, such as the cascade. `policy` names all that its verdicts depend on."""

    @property
    def policy(self) -> str: ...

    def judge(self, batch: Sequence[Activity]) -> list[Verdict]: ...


@dataclass(frozen=True, slots=True)
class RuleSpoke:
    """One rule that matched, with the words that made it."""

    name: str
    says: Engagement
    because: str
    quote: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a verdict came about: every rule that spoke, what the model thinks, what the last judge said, if any."""

    activity_id: str
    rules: tuple[RuleSpoke, ...]
    conflict: bool
    model: View | None
    llm: Verdict | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cascade:
    """The judges in line; itself a judge that never says None. Where nobody is sure, the best guess stands."""

    judges: tuple[Judge, ...]

    @classmethod
    def of(cls, judges: Sequence[Judge]) -> "Cascade":
        return cls(tuple(judges))

    @property
    def policy(self) -> str:
        """Names the version of every judge: another policy may give other verdicts."""
        return "+".join(judge.policy for judge in self.judges)

    def judge(self, batch: Sequence[Activity]) -> list[Verdict]:
        """A verdict for each. Records alike in everything that counts are judged once."""
        keys = [_key(activity) for activity in batch]
        distinct = dict(zip(keys, batch, strict=True))
        verdicts = dict(zip(distinct, self._judged(list(distinct.values())), strict=True))
        return [verdicts[key] for key in keys]

    def explain(self, activity: Activity) -> Explanation:
        """The verdict with all that led to it."""
        rules = next((j for j in self.judges if isinstance(j, RuleJudge)), None)
        learned = self._learned
        verdict = self.judge([activity])[0]
        vote = rules.vote(features(activity, rules.lexicon)) if rules else None
        spoke = tuple(
            RuleSpoke(rule.name, Engagement(rule.says), rule.because, rules.quote(activity, rule))
            for rule in (vote.spoke if vote else ())
            if rules
        )
        view = learned.view(activity) if learned else None
        llm = verdict if verdict.decided_by.startswith("llm:") else None
        return Explanation(activity.id, spoke, bool(vote and vote.conflict), view, llm, verdict)

    @property
    def _learned(self) -> LearnedJudge | None:
        return next((judge for judge in self.judges if isinstance(judge, LearnedJudge)), None)

    def _judged(self, batch: list[Activity]) -> list[Verdict]:
        decided: list[Verdict | None] = [None] * len(batch)
        guesses: list[Verdict | None] = [None] * len(batch)
        for judge in self.judges:
            still = [number for number, verdict in enumerate(decided) if verdict is None]
            if not still:
                break
            asked = [batch[number] for number in still]
            said = judge.judge(asked)
            if isinstance(judge, RuleJudge) and self._learned:
                said = self._learned.agreed(asked, said)
            for number, verdict in zip(still, said, strict=True):
                if verdict is not None and verdict.undecided:
                    guesses[number] = verdict
                else:
                    decided[number] = verdict
        return [d or g or _open(a) for d, g, a in zip(decided, guesses, batch, strict=True)]


def _open(activity: Activity) -> Verdict:
    """No judge said anything: the evidence is not enough."""
    words = lexicon()
    quote = quotes.pick(activity, ("subject", "body"), features(activity, words), words)
    return Verdict(
        Engagement.ND, _NOBODY, "Undecided: no rule speaks, and there is no model to ask.", quote, "nobody", True
    )


def _key(activity: Activity) -> Hashable:
    """Everything that a verdict can follow from: the text, who was found to have written which part, whom it names."""
    sides = tuple(message.side for message in activity.messages)
    return activity.text_hash, sides, activity.named, sender_known(activity)
