"""Five thousand requests made from the API's own description: no 5xx, no answer that is not of the described form."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import secured
from api.caller import Grant
from api.tokens import Tokens
from house import House
from settings import Settings
from tests.api.conftest import filled, running
from tests.fuzzing import fuzzed

REQUESTS = 5_000


@pytest.fixture
def house(tmp_path: Path, learned: Path) -> Iterator[House]:
    folder = filled(tmp_path, learned)
    house = House(Settings(data_dir=folder, llm="none", demo=False, workers="1", _env_file=None))
    yield house
    house.close()


@pytest.mark.eval
@pytest.mark.filterwarnings("default")
def test_no_request_breaks_the_api(house: House) -> None:
    token = Tokens(house.settings.data_dir, house.people.users).add("fuzz", Grant.ADMIN)
    with running(secured(house, None)) as url:
        found = fuzzed(url, token, REQUESTS)
    statuses: Counter[int] = Counter()
    for (label, status), count in sorted(found.items()):
        print(f"{label:<55} {status}  {count:>5,}")
        statuses[status] += count
    print(f"{sum(statuses.values()):,} requests: " + ", ".join(f"{s}: {n:,}" for s, n in sorted(statuses.items())))
    assert sum(statuses.values()) >= 0.95 * REQUESTS
    assert [status for status in statuses if status >= 500] == []
