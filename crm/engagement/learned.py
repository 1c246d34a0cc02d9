"""The second judge: a small model that learned from labelled records. It abstains by marking a guess as undecided.

Of what it is not sure of, a reader of the whole record is asked too, where there is one.
"""

import hashlib
import importlib.metadata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache as remembered
from pathlib import Path

from crm.engagement import features as seeing
from crm.engagement import quotes, signs, vectors
from crm.engagement.features import Features, features
from crm.engagement.model import LABELS, Model, train
from crm.engagement.reader import Reader, pooled
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.signs import Pulls
from crm.engagement.training_rows import FILES, LABEL, Example, Lesson, Material, lesson, sample
from crm.engagement.vectors import Floats, Table
from crm.errors import BadFile
from crm.nouns import Activity, Engagement, Kind, Verdict
from crm.rules import Vote
from crm.threads.phrases import RULES

SHOWN = 6  # of the strongest signs
_READERS = (
    "attendees",
    "body_shape",
    "feature_columns",
    "features",
    "form_fields",
    "model",
    "phrase_finder",
    "phrase_hits",
    "rule_judge",
    "text_folding",
    "training_rows",
    "vectors",
    "whom_named",
)
LEAST_ENGAGED = 0.55  # below this probability the second likeliest label is said: a false ENGAGED is the worst error
OBJECTS = 0.5  # above this probability of another label, what a rule said is left open
SURE = 0.8  # below this probability a verdict is a guess that another judge may overrule
_PROOF: dict[Engagement, tuple[str, ...]] = {
    Engagement.ENGAGED: (
        "them", "typed_by_them", "retold", "spoke", "called_back", "reached", "met", "said", "recap", "held", "buyer",
    ),
    Engagement.NOT_ENGAGED: (
        "voicemail", "no_answer", "gatekeeper", "wrong_number", "no_show", "cancelled", "busy", "ivr", "no_reply",
        "auto_reply", "bounce", "calendar", "machine", "internal", "sequence", "pitch", "tried", "plan", "own_side",
        "us",
    ),
    Engagement.ND: ("lost_body", "unclear", "invite", "outcome", "body", "subject"),
}  # fmt: skip


def likeliest(chances: Iterable[tuple[Engagement, float]]) -> tuple[Engagement, float]:
    """The label to say, with its probability: ENGAGED only where more than doubt speaks for it."""
    allowed = (pair for pair in chances if pair[0] is not Engagement.ENGAGED or pair[1] >= LEAST_ENGAGED)
    return max(allowed, key=lambda pair: pair[1])


def sender_known(activity: Activity) -> bool:
    """Whether it is a mail that says whose its newest words are: by an address, or by its owner's name."""
    if activity.kind is not Kind.EMAIL or not activity.messages:
        return False
    newest = activity.messages[0]
    return bool(newest.address) or bool(newest.author and newest.author == activity.owner)


@dataclass(frozen=True, slots=True)
class View:
    """What the model thinks of one record: a probability for each label, and what told most for the likeliest.

    `read`: it was in doubt, and the probabilities are the reader's as much as its own.
    """

    probabilities: tuple[tuple[Engagement, float], ...]
    strongest: tuple[tuple[str, float], ...]
    read: bool = False

    @property
    def likeliest(self) -> tuple[Engagement, float]:
        return likeliest(self.probabilities)


@dataclass(frozen=True, slots=True)
class LearnedJudge:
    """The model with the rules whose votes it hears."""

    model: Model
    rules: RuleJudge
    policy: str
    sure: float = SURE
    reader: Reader | None = None

    @classmethod
    def ready(cls, material: Material, without: Collection[Path] = (), extra: Sequence[Example] = ()) -> "LearnedJudge":
        """The model learned from the material's files, but for those in `without`: from the cache, or trained now.

        No reader helps it: the one that there is has seen every labelled file.

        `extra` are records that people labelled in the store, learned from as well. Training takes seconds. The cache
        is keyed by the content of the files, the rules and the versions of what reads them. Raises BadFile when there
        is nothing to learn from.
        """
        left_out = {path.name for path in without}
        files = [path for path in material.files if path.name not in left_out]
        if not files:
            raise BadFile(
                f"There are no labelled files {FILES} in {material.labelled}; "
                "the small model has nothing to learn from."
            )
        rules = RuleJudge.ready(material.playbook)
        key = _key(files, rules.policy, extra)
        path = material.cache / f"engagement-model-{key}.npz"
        model = Model.load(path)
        if model is None:
            model = _learned([*material.lessons(rules, left_out), *(lesson(each, rules) for each in extra)])
            model.save(path)
            model = Model.load(path) or model  # the file is rounded: the first run must say what later ones say
        return cls(model, rules, f"model@{key[:12]}")

    def with_reader(self, reader: Reader) -> "LearnedJudge":
        """The same, helped by a reader where it is not sure."""
        return replace(self, reader=reader, policy=f"{self.policy}~{reader.name}")

    def judge(self, batch: Sequence[Activity]) -> list[Verdict | None]:
        if not batch:
            return []
        seen = [features(activity, self.rules.lexicon) for activity in batch]
        return list(self.verdicts(batch, seen, [self.rules.vote(each) for each in seen]))

    def agreed(self, batch: Sequence[Activity], said: Sequence[Verdict | None]) -> list[Verdict | None]:
        """What rules said, but None where another label is likelier than all the rest: nothing is settled there.

        What a record without a text proves is for the labelling guide to say, and the rules follow it. Nor is
        it the model's to say whose a mail is that tells it: most rows that it learned from do not.
        """
        spoken = [
            (number, verdict)
            for number, (activity, verdict) in enumerate(zip(batch, said, strict=True))
            if verdict and activity.raw_body.strip() and not sender_known(activity)
        ]
        kept = list(said)
        if not spoken:
            return kept
        asked = [batch[number] for number, _ in spoken]
        seen = [features(activity, self.rules.lexicon) for activity in asked]
        table = self.model.table(sample(each, self.rules.vote(each)) for each in seen)
        for (number, verdict), row in zip(spoken, self._chances(asked, table).tolist(), strict=True):
            label, chance = likeliest(zip(LABELS, row, strict=True))
            if label is not verdict.engagement and chance > OBJECTS:
                kept[number] = None
        return kept

    def verdicts(self, batch: Sequence[Activity], seen: Sequence[Features], votes: Sequence[Vote]) -> list[Verdict]:
        """The model's verdict for each, `undecided` where it is not sure."""
        if not batch:
            return []
        table = self.model.table(sample(each, vote) for each, vote in zip(seen, votes, strict=True))
        said = [likeliest(zip(LABELS, row, strict=True)) for row in self._chances(batch, table).tolist()]
        columns = self.model.strongest(table, [label for label, _ in said])
        return [self._verdict(*one) for one in zip(batch, seen, said, columns, strict=True)]

    def view(self, activity: Activity) -> View:
        """What the model thinks, in full."""
        seen = features(activity, self.rules.lexicon)
        table = self.model.table([sample(seen, self.rules.vote(seen))])
        alone, chances = self.model.probabilities(table)[0], self._chances([activity], table)[0]
        pairs = tuple((label, round(float(p), 4)) for label, p in zip(LABELS, chances, strict=True))
        columns = self.model.strongest(table, [likeliest(pairs)[0]])[0]
        told = signs.told(columns, activity, self.rules.lexicon, SHOWN)
        read = bool((alone != chances).any())
        return View(pairs, tuple((words, round(pull, 4)) for words, pull in told), read)

    def _chances(self, batch: Sequence[Activity], table: Table) -> Floats:
        """A row for each record; where the model is in doubt, its opinion and the reader's count alike."""
        chances = self.model.probabilities(table)
        if self.reader is not None:
            for number, row in enumerate(chances.tolist()):
                if self._unsure(likeliest(zip(LABELS, row, strict=True))[1]):
                    chances[number] = pooled(chances[number], self.reader.chances(batch[number]))
        return chances

    def _unsure(self, chance: float) -> bool:
        return round(chance, 2) < self.sure  # in whole percent, as a person reads it beside the verdict

    def _verdict(self, activity: Activity, seen: Features, said: tuple[Engagement, float], columns: Pulls) -> Verdict:
        label, chance = said
        undecided = self._unsure(chance)
        quote = quotes.pick(activity, _PROOF[label], seen, self.rules.lexicon)
        because = self._because(activity, columns, label, undecided)
        return Verdict(label, round(chance, 4), because, quote, "model", undecided)

    def _because(self, activity: Activity, columns: Pulls, label: Engagement, undecided: bool) -> str:
        """What speaks most for the label, in words that a person can read."""
        signs_told = signs.told(columns, activity, self.rules.lexicon, 3)
        told = "; ".join(words for words, _ in signs_told) or "the way it is written"
        if undecided:
            return f"Undecided: no judge is sure. It looks most like {label}, by this: {told}."
        return f"No rule settles it, but it reads clearly like {label}: {told}."


def _learned(lessons: Sequence[Lesson]) -> Model:
    labels = [label for _, label in lessons]
    if set(labels) != set(Engagement):
        raise BadFile(f"The labelled files need rows of all three labels in the column {LABEL}; some label has none.")
    return train([sample for sample, _ in lessons], labels)


def _key(files: Iterable[Path], rules: str, extra: Sequence[Example]) -> str:
    """Changes with anything the model depends on."""
    total = hashlib.blake2b(digest_size=10)
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for activity, label in extra:
        sides = "".join(message.side for message in activity.messages)
        total.update(f"{activity.text_hash}\0{sides}\0{label}\0".encode())
    versions = (rules, seeing.VERSION, vectors.VERSION, importlib.metadata.version("scikit-learn"), _code())
    total.update("\0".join(versions).encode())
    return total.hexdigest()


@remembered
def _code() -> str:
    """The content of the code and word lists that turn a row into features: another parse gives another model."""
    here = Path(__file__).parent
    parts = [here / f"{name}.py" for name in _READERS]
    total = hashlib.blake2b(digest_size=8)
    for path in (
        *parts,
        here.parent / "quoting.py",
        *sorted((here.parent / "threads").glob("*.py")),
        *sorted(RULES.glob("*.yaml")),
    ):
        total.update(path.read_bytes())
    return total.hexdigest()
