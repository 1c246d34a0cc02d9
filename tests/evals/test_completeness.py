"""Whether an account's summary leaves anything out: what it considered, and whether its newest record is at hand."""

from collections.abc import Iterator

import pytest

from agents.account_summary import AccountSummary
from agents.base import Toolbox
from crm.nouns import Filter, Question, Scope
from house import House
from settings import Settings
from wiring import PLAYBOOK

MOST_EVIDENCE = 40  # pieces in one summary's context, however long the account's history

pytestmark = pytest.mark.eval


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    opened = House(Settings(data_dir=tmp_path_factory.mktemp("demo"), llm="none"))
    opened.load_demo()
    yield opened
    opened.close()


def test_every_record_of_an_account_is_considered(house: House) -> None:
    tools = Toolbox(house.store, house.book, house.search, house.cascade, PLAYBOOK, house.ours)
    accounts = at_hand = 0
    for account in house.book.accounts:
        records = [a for a in house.store.activities(Filter(account_id=account.id)) if a.at]
        if not records:
            continue
        brief = AccountSummary().gather(
            Question(f"summary of {account.name}"), Scope(account=account, as_of=house.as_of()), tools
        )
        newest = max(a.at for a in records if a.at)
        accounts += 1
        at_hand += any(a.at == newest and a.id in {e.activity_id for e in brief.evidence} for a in records)
        assert brief.facts["considered"] == len(records)
        assert len(brief.evidence) <= MOST_EVIDENCE
    print(f"\nsummaries of {accounts} accounts consider every record; the newest is quoted in {at_hand}")
    assert at_hand == accounts > 0
