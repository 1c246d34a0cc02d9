"""A reader over the small CRM of four accounts."""

from pathlib import Path

import pytest

from crm.insight.read import FigureReader
from tests.four_accounts import PLAYBOOK, build


@pytest.fixture(scope="session")
def reader_of_four(tmp_path_factory: pytest.TempPathFactory) -> FigureReader:
    return FigureReader.over(build(Path(tmp_path_factory.mktemp("figures"))).store, PLAYBOOK)
