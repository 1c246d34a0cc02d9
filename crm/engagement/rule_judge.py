"""The first judge: the playbook's rules. It speaks where a rule is sure and abstains everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crm.engagement import quotes
from crm.engagement.features import VERSION, Features, features
from crm.engagement.phrase_finder import WORDS, Lexicon, lexicon
from crm.errors import BadPlaybook
from crm.nouns import Activity, Direction, Engagement, Kind, Verdict
from crm.playbook import digest
from crm.rules import Example, Rule, Rules, RuleScore, Vote, report
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded

FILES = "engagement_*.yaml"
_PLACES = frozenset((
    "channel", "kind", "tag", "subject", "body", "has", "top", "lasted", "first", "last", "outcome", "note", "us",
    "us_below", "them", "unknown", "unknown_below", "machine", "leftover", "no", "there", "status",
    "named", "told", "label", "quoted",
))  # fmt: skip
DECIDES = 0.87  # a rule trusted less advises: the small model hears its vote and decides
_WHOLE = frozenset(("inbound", "outbound", "only_us_again"))
_REMEMBERED = 1024  # votes: more than a batch
_votes: dict[int, tuple[Features, Rules, Vote]] = {}  # holds the features too, so that their id stays their own


@dataclass(frozen=True, slots=True)
class RuleJudge:
    """The rules with the lexicon they hear through. `policy` changes with any of their files."""

    rules: Rules
    lexicon: Lexicon
    policy: str

    @classmethod
    def ready(cls, playbook: Path) -> "RuleJudge":
        """Reads the playbook's engagement rules and tries each on its own examples. Raises BadPlaybook."""
        folder = playbook / "rules"
        words = lexicon((folder / WORDS.name).resolve())  # one for all who read the same playbook
        files = [path for path in sorted(folder.glob(FILES)) if path.name != WORDS.name]
        loaded = [
            Rules.load(path, list(Engagement), lambda example: features(_activity(example), words)) for path in files
        ]
        rules = Rules(tuple(rule for some in loaded for rule in some.rules))
        _check(rules, words)
        return cls(rules, words, f"rules@{digest([*files, folder / WORDS.name])}.{VERSION}")

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        return [self._judged(activity) for activity in batch]

    def vote(self, seen: Features) -> Vote:
        """What the rules say together. The last votes are remembered, by identity: the small model hears them too."""
        known = _votes.get(id(seen))
        if known and known[0] is seen and known[1] is self.rules:
            return known[2]
        if len(_votes) >= _REMEMBERED:
            _votes.clear()
        vote = self.rules.vote(seen)
        _votes[id(seen)] = seen, self.rules, vote
        return vote

    def decide(self, activity: Activity, vote: Vote) -> Verdict | None:
        """The verdict of a vote; None when no rule speaks that may decide, or two contradict each other."""
        if vote.says is None:
            return None
        rule = max(vote.spoke, key=lambda r: r.trust)
        if rule.trust < DECIDES:
            return None
        label = Engagement(vote.says)
        return Verdict(label, rule.trust, rule.because, self.quote(activity, rule), f"rule:{rule.name}")

    def quote(self, activity: Activity, rule: Rule) -> str:
        """The words that made a rule speak."""
        return quotes.pick(activity, rule.quote, features(activity, self.lexicon), self.lexicon)

    def _judged(self, activity: Activity) -> Verdict | None:
        return self.decide(activity, self.vote(features(activity, self.lexicon)))

    def report(self, labelled: Sequence[tuple[Activity, Engagement]]) -> list[RuleScore]:
        """How each rule does on labelled records."""
        votes = [self.vote(features(activity, self.lexicon)) for activity, _ in labelled]
        return report(self.rules, votes, [truth for _, truth in labelled])


def _activity(example: Example) -> Activity:
    """An example of the playbook as a parsed record."""
    known = {"kind", "subject", "body", "outcome", "direction", "duration_s", "contact"}
    if wrong := set(example) - known:
        raise BadPlaybook(f"An example has {', '.join(sorted(wrong))}; it may have {', '.join(sorted(known))}.")
    duration = example.get("duration_s")
    raw = RawActivity(
        native_id="example",
        source="playbook",
        kind=Kind(str(example.get("kind", "call"))),
        raw_subject=str(example.get("subject", "")),
        raw_body=str(example.get("body", "")),
        outcome=str(example.get("outcome", "")),
        direction=Direction(str(example.get("direction", "unknown"))),
        duration_s=None if duration is None else int(duration),
        contacts=tuple(filter(None, [str(example.get("contact", ""))])),
    )
    return threaded(raw, Ours())


def _check(rules: Rules, words: Lexicon) -> None:
    """A flag that can never be there is a slip of the pen. Raises BadPlaybook."""
    concepts = frozenset(words.concepts)
    for rule in rules.rules:
        for flag in sorted(rule.all | rule.any | rule.and_any | rule.none):
            last = flag.removeprefix("^").removeprefix("no:").rpartition(">")[2].rpartition(":")[2]
            prefix = flag.partition(":")[0].removeprefix("^")
            if last not in concepts and prefix not in _PLACES and flag not in _WHOLE:
                raise BadPlaybook(f"Rule {rule.name} uses {flag}, but no record can have that; check its spelling.")
        for want in rule.quote:
            if want not in concepts and want not in ("them", "us", "machine", "subject", "body", "outcome"):
                raise BadPlaybook(f"Rule {rule.name} quotes {want}, which is no concept of {WORDS.name}.")
