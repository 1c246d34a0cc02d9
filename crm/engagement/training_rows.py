"""What the small model learns from: labelled files, each row as its features with the rules' votes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crm.engagement.features import Features, features
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.vectors import Sample
from crm.nouns import Activity, Engagement
from crm.rules import Vote
from crm.threads.thread import Ours
from crm.workers import Here, Workers

FILES = "activities_*.csv"
LABEL = "human_label"
FOLDS = 5  # of whole labelled files: each costs a training, or two where old and new are compared
PLAYBOOK = Path(__file__).parents[2] / "playbook"

Example = tuple[Activity, Engagement]
Lesson = tuple[Sample, Engagement]

_HERE = Here()


@dataclass(frozen=True, slots=True)
class Material:
    """A folder of labelled files, the folder where models are kept, the playbook with its rules.

    Reading the files is most of a training's time; the `workers` share it. `known` are files that were read before:
    None to forget each at once, for a row weighs some 10 KB.
    """

    labelled: Path
    cache: Path
    playbook: Path = PLAYBOOK
    workers: Workers = _HERE
    known: dict[Path, list[Lesson]] | None = None

    @property
    def files(self) -> list[Path]:
        return sorted(self.labelled.glob(FILES))

    @property
    def folds(self) -> list[list[Path]]:
        """The files dealt out in at most FOLDS parts."""
        return [part for at in range(FOLDS) if (part := self.files[at::FOLDS])]

    def kept_in(self, cache: Path) -> "Material":
        """The same, with its models kept elsewhere."""
        return replace(self, cache=cache)

    def for_folds(self) -> "Material":
        """The same, each file read only once: folds learn from all but a few of them again and again."""
        return replace(self, known={})

    def lessons(self, rules: RuleJudge, without: Collection[str] = ()) -> Iterator[Lesson]:
        """The labelled rows of all files but those named, in order. Raises BadFile."""
        known = {} if self.known is None else self.known
        wanted = [path for path in self.files if path.name not in without]
        unread = [path for path in wanted if path not in known]
        fresh = self.workers.map(_Reading(rules), unread)
        for path in wanted:
            lessons = known[path] if path in known else next(fresh)
            if self.known is not None:
                self.known[path] = lessons
            yield from lessons


def examples_in(path: Path) -> list[Example]:
    """The rows of a labelled file that carry one of the three labels. Raises BadFile."""
    from crm.intake.ingest import activities_in  # knows the database, which a process that only judges does without

    rows = ((read.activity, read.row.get(LABEL, "").strip()) for read in activities_in(path, Ours()))
    return [(activity, Engagement(label)) for activity, label in rows if activity and label in list(Engagement)]


def lesson(example: Example, rules: RuleJudge) -> Lesson:
    """What the model learns from one record."""
    activity, label = example
    seen = features(activity, rules.lexicon)
    return sample(seen, rules.vote(seen)), label


def sample(seen: Features, vote: Vote) -> Sample:
    """A record as the model sees it: the rules' votes are features like any other."""
    return seen, (*(f"rule:{rule.name}" for rule in vote.spoke), *sorted({f"says:{rule.says}" for rule in vote.spoke}))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one file, as it is sent to another process."""

    rules: RuleJudge

    def __call__(self, path: Path) -> list[Lesson]:
        return [lesson(example, self.rules) for example in examples_in(path)]
