"""The rows to tell drift by: those of the store, and those learned from as judges read them who never saw them."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from crm.engagement import labels, lessons
from crm.engagement.drift import FEWEST, Drift, Row, drift
from crm.engagement.judge import Cascade
from crm.engagement.learned import LearnedJudge
from crm.engagement.rule_judge import RuleJudge
from crm.engagement.training_rows import Example, Material, examples_in
from crm.nouns import Filter
from crm.records.store import CHUNK, Store

NEWEST = 5_000  # activities that stand for today


def drift_of(store: Store, material: Material, where: Filter) -> Drift:
    """The store's newest activities against what its judges learned from. Trains models that are not cached."""
    now = today(store, where)
    if len(now) < FEWEST:
        return drift(now, [])
    return drift(now, learned_from(material), corrected(store, material))


def today(store: Store, where: Filter) -> list[Row]:
    """The newest activities with the verdicts that stand."""
    found: list[Row] = []
    each = iter(store.activities(where, NEWEST))
    while batch := list(islice(each, CHUNK)):
        standing = labels.current(store, [activity.id for activity in batch])
        for activity in batch:
            if label := standing.get(activity.id):
                sure = None if label.by else label.verdict.confidence
                found.append(Row(activity, label.verdict.engagement, sure))
    return found


def learned_from(material: Material) -> list[list[Row]]:
    """Each labelled file, read by judges that learned from files of other folds."""
    rules, lasting = RuleJudge.ready(material.playbook), material.for_folds()
    return [_read(examples_in(path), lasting, rules, fold) for fold in material.folds for path in fold]


def corrected(store: Store, material: Material) -> list[Row]:
    """The corrections that were learned from, read by judges that learned from the labelled files alone."""
    taught = lessons.taught(store)
    return _read(taught, material, RuleJudge.ready(material.playbook), []) if taught else []


def _read(rows: Sequence[Example], material: Material, rules: RuleJudge, without: list[Path]) -> list[Row]:
    model = LearnedJudge.ready(material, without)
    verdicts = Cascade.of([rules, model]).judge([activity for activity, _ in rows])
    return [Row(activity, label, v.confidence) for (activity, label), v in zip(rows, verdicts, strict=True)]
