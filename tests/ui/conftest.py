"""An empty house: no demo, no model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import House
from settings import Settings


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    yield house
    house.close()
