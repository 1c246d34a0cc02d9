"""A program of its own that asks in batch mode, to be killed: `python -m ... STORE URL RECORDS`."""

import sys
from dataclasses import dataclass

from crm.records.store import Store
from tests.crm.engagement.test_batch_asking import asking, records


@dataclass(frozen=True, slots=True)
class There:
    """A server in another process."""

    url: str


if __name__ == "__main__":
    store, url, count = sys.argv[1:]
    asking(There(url), Store.open(store)).ask(records(int(count)))
