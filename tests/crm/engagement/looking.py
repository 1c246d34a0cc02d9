"""Records for tests of the judges, parsed as an import would parse them."""

from pathlib import Path

from crm.engagement.features import Features, features
from crm.engagement.phrase_finder import lexicon
from crm.nouns import Activity, Direction, Kind
from crm.threads.thread import Ours, RawActivity
from crm.threads.thread import activity as threaded

ROOT = Path(__file__).parents[3]
PLAYBOOK, LABELLED = ROOT / "playbook", ROOT / "data" / "labelled"


def record(
    kind: str,
    subject: str = "",
    body: str = "",
    outcome: str = "",
    duration_s: int | None = None,
    direction: str = "unknown",
) -> Activity:
    raw = RawActivity(
        native_id="1",
        source="csv",
        kind=Kind(kind),
        raw_subject=subject,
        raw_body=body,
        outcome=outcome,
        duration_s=duration_s,
        direction=Direction(direction),
    )
    return threaded(raw, Ours())


def seen(kind: str, subject: str = "", body: str = "", **rest: str | int) -> Features:
    return features(record(kind, subject, body, **rest), lexicon())  # type: ignore[arg-type]
