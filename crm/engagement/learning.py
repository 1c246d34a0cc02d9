"""Learns from people's corrections: the old model and the new one, compared on rows that neither has seen.

Folds are whole sources: a few labelled files in turn, then the corrections of some accounts in turn. What the model
is asked about comes from a writer, or an account, that it never learned from.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.engagement import lessons
from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.measure import Confusion, Outcome
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Example, Material, examples_in
from crm.errors import MissingPart
from crm.nouns import Activity
from crm.records.store import Store

GROUPS = 4  # of accounts whose corrections are kept back in turn
SURE_WORSE = 0.05  # below this chance of being luck, a model that breaks more than it mends is called worse
Told = Callable[[int, int], None]  # folds done, of how many


@dataclass(frozen=True, slots=True)
class Pair:
    """One held-out row: what the old judges said, and the new ones."""

    old: Outcome
    new: Outcome

    @property
    def mended(self) -> bool:
        return self.old.said is not self.old.truth and self.new.said is self.new.truth

    @property
    def broken(self) -> bool:
        return self.old.said is self.old.truth and self.new.said is not self.new.truth


@dataclass(frozen=True, slots=True)
class Compared:
    """Old and new on the same held-out rows of one kind, such as the labelled files."""

    what: str
    pairs: tuple[Pair, ...]

    @property
    def mended(self) -> int:
        return sum(pair.mended for pair in self.pairs)

    @property
    def broken(self) -> int:
        return sum(pair.broken for pair in self.pairs)

    @property
    def luck(self) -> float:
        """How likely so large a difference is between models that are equally good: McNemar's exact test."""
        n, k = self.mended + self.broken, min(self.mended, self.broken)
        chance: float = 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n
        return min(1.0, chance)

    @property
    def worse(self) -> bool:
        return self.broken > self.mended and self.luck < SURE_WORSE

    def to_text(self) -> str:
        if not self.pairs:
            return f"{self.what}: no rows"
        old, new = (Confusion.of(getattr(pair, side) for pair in self.pairs) for side in ("old", "new"))
        return "\n".join(
            (
                f"{self.what}: {len(self.pairs):,} rows, none of them seen in training",
                f"  accuracy  old {old.accuracy}  new {new.accuracy}",
                f"  macro-F1  old {old.macro_f1}  new {new.macro_f1}",
                f"  the new model mends {self.mended} and breaks {self.broken} (chance of luck: {self.luck:.2f})",
            )
        )


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning: how many corrections, the comparison, whether the new model is in use."""

    records: int
    compared: tuple[Compared, ...]
    in_use: bool

    def to_text(self) -> str:
        told = [one.to_text() for one in self.compared]
        if self.in_use:
            end = "The new model is in use; the next audit or question judges with it. `learn --undo` goes back."
        else:
            end = (
                "The new model breaks more than it mends, and not by chance: the old one stays in use. Look at the "
                "latest corrections again; `learn --anyway` takes it all the same."
            )
        return "\n".join((f"learned from {self.records:,} corrections beside the labelled files", *told, end))


def learn(store: Store, material: Material, told: Told, anyway: bool = False) -> Learned:
    """Learns from what people say today, and puts that to use unless it is surely worse.

    Raises MissingPart when nobody has said anything since the last time.
    """
    records = lessons.corrected(store)
    before = lessons.in_use(store)
    if before is None and not records:
        raise MissingPart("Nobody has corrected anything yet. `review` lists what is most useful to look at.")
    if before is not None and before.records == records:
        raise MissingPart(f"Nothing was corrected since the last time, {before.at:%Y-%m-%d %H:%M}.")
    compared = compare(material, lessons.taught(store), lessons.examples(store, records), told)
    good = anyway or not any(one.worse for one in compared)
    if good:
        lessons.put(store, records)
    return Learned(len(records), tuple(compared), good)


def compare(material: Material, old: Sequence[Example], new: Sequence[Example], told: Told) -> list[Compared]:
    """The judges as they learned from `old` corrections and as they would from `new`, on held-out rows of both kinds.

    Takes a training for every fold and side: some seconds each.
    """
    rules = RuleJudge.ready(material.playbook)
    groups = list(_by_account(new))
    folds = material.folds
    steps = len(folds) + len(groups)
    on_files: list[Pair] = []
    on_corrections: list[Pair] = []
    with TemporaryDirectory(prefix="folds-") as folder:
        fold = _Fold(material.for_folds(), rules, Path(folder), tuple(old), tuple(new))
        for done, files in enumerate(folds):
            on_files += fold.pairs([row for path in files for row in examples_in(path)], without=files)
            told(done + 1, steps)
        for done, group in enumerate(groups, start=len(folds)):
            on_corrections += fold.pairs(group, without=[])
            told(done + 1, steps)
    return [Compared("labelled files", tuple(on_files)), Compared("corrections", tuple(on_corrections))]


@dataclass(frozen=True, slots=True)
class _Fold:
    """Trains both sides without the rows that they are asked about."""

    material: Material
    rules: RuleJudge
    folder: Path
    old: tuple[Example, ...]
    new: tuple[Example, ...]

    def pairs(self, rows: Sequence[Example], without: Sequence[Path]) -> list[Pair]:
        asked = {_content(activity) for activity, _ in rows} | {a.account_id for a, _ in rows if not without}
        before, after = (self._said(rows, without, _apart(extra, asked)) for extra in (self.old, self.new))
        return [Pair(*both) for both in zip(before, after, strict=True)]

    def _said(self, rows: Sequence[Example], without: Sequence[Path], extra: Sequence[Example]) -> list[Outcome]:
        cache = self.folder if extra else self.material.cache  # what knows no correction is worth keeping
        model = LearnedJudge.ready(self.material.kept_in(cache), without, extra)
        verdicts = Cascade.of([self.rules, model]).judge([activity for activity, _ in rows])
        return [Outcome(truth, v.engagement, v.confidence) for (_, truth), v in zip(rows, verdicts, strict=True)]


def _apart(extra: Sequence[Example], asked: set[str | None]) -> list[Example]:
    """The corrections that share neither words nor account with what is asked about."""
    return [(a, label) for a, label in extra if _content(a) not in asked and (a.account_id or _content(a)) not in asked]


def _by_account(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """The corrections in at most GROUPS parts, all of one account in the same."""
    parts: dict[int, list[Example]] = {}
    for activity, label in examples:
        whose = activity.account_id or _content(activity)
        number = hashlib.blake2b(whose.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        parts.setdefault(int.from_bytes(number) % GROUPS, []).append((activity, label))
    yield from (parts[number] for number in sorted(parts))


def _content(activity: Activity) -> str:
    """What was written, whatever the row's id or type."""
    return " ".join(f"{activity.raw_subject} {activity.raw_body}".split()).casefold()
