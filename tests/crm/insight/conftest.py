"""A reader over the small CRM of four accounts."""

from pathlib import Path

import pytest

from crm.insight.read import Reader
from tests.four_accounts import PLAYBOOK, build


@pytest.fixture(scope="session")
def reader_of_four(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader.over(build(Path(tmp_path_factory.mktemp("figures"))).store, PLAYBOOK)
