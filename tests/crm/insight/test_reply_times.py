"""Reply times: whose they are, between which mails, which mails are no replies."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm.insight.figures.compute import compute
from crm.insight.frame import QueryFrame
from crm.insight.read import FigureReader
from crm.nouns import Direction, Kind
from crm.records import db
from crm.records.store import Store

PLAYBOOK = Path(__file__).parents[3] / "playbook"
COMMON = {"source": "t", "row_hash": "", "import_id": 1, "extra": {}, "native_id": ""}
MAILS = [  # account, direction, who wrote, day and hour in March, owner
    ("a1", Direction.OUTBOUND, "us", 1, 8, "Ana Ruiz"),
    ("a1", Direction.INBOUND, "machine", 1, 9, "Ana Ruiz"),
    ("a1", Direction.INBOUND, "them", 1, 12, "Ana Ruiz"),  # theirs after 4 hours: the machine's is none
    ("a1", Direction.INBOUND, "them", 1, 20, "Ana Ruiz"),
    ("a1", Direction.OUTBOUND, "us", 1, 22, "Ana Ruiz"),  # ours after 2 hours
    ("a2", Direction.INBOUND, "them", 1, 0, "Bo Lind"),
    ("a2", Direction.OUTBOUND, "us", 2, 0, "Bo Lind"),  # ours after 24 hours
    ("a2", Direction.INBOUND, "them", 2, 10, "Bo Lind"),  # theirs after 10 hours
    (None, Direction.OUTBOUND, "us", 3, 0, "Bo Lind"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('s')}/crm.sqlite")
    texts = dict.fromkeys(("raw_subject", "raw_body", "subject", "outcome", "text_hash", "matched_by"), "")
    lists: dict[str, list[str]] = {"tags": [], "messages": [], "contact_ids": []}
    with store.writing() as connection:
        for number, (name, industry) in enumerate((("Norvik", "Shipping"), ("Alder", "Logistics")), 1):
            row = {**COMMON, "id": f"a{number}", "name": name, "industry": industry, "region": "North"}
            connection.execute(db.accounts.insert().values(**row))
        late = ("a2", Direction.OUTBOUND, "us", 31, 0, "Bo Lind")
        for number, (account, direction, sides, day, hour, owner) in enumerate((*MAILS, late)):
            at = datetime(2026, 4 if day == 31 else 3, min(day, 30), hour, tzinfo=UTC)  # too late to be a reply
            said = {"kind": Kind.EMAIL.value, "direction": direction.value, "sides": sides, "at": at, "owner": owner}
            row = {**COMMON, **texts, **lists, **said, "id": f"m{number}", "account_id": account}
            connection.execute(db.activities.insert().values(**row))
    return store


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("our average reply time", [("", 13.0)]),
        ("how long do customers take to reply", [("", 7.0)]),
        ("average reply time", [("ours", 13.0), ("theirs", 7.0)]),
        ("how fast do we answer by rep", [("Bo Lind", 24.0), ("Ana Ruiz", 2.0)]),
        ("reply time of Logistics accounts", [("", 10.0)]),
        ("our response time to Logistics customers", [("", 24.0)]),
        ("Antwortzeit der Kunden im Median", [("", 7.0)]),
        ("temps de réponse moyen de nos commerciaux", [("", 13.0)]),
    ],
)
def test_hours_from_a_mail_to_the_next_one_by_the_other_side(
    store: Store, question: str, expected: list[tuple[str, float]]
) -> None:
    frame = FigureReader.over(store, PLAYBOOK).read(question)
    assert isinstance(frame, QueryFrame), frame
    assert [(f.name, f.value) for f in compute(store, frame).rows] == expected


def test_a_refusal_offers_the_nearest_questions_first(store: Store) -> None:
    refused = FigureReader.over(store, PLAYBOOK).read("reply time of unicorns by rep")
    assert not isinstance(refused, QueryFrame)
    assert refused.instead[0] == "Our median reply time by rep"
