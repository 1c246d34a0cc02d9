"""Parts that several tests share: a small CRM, searched and judged by the real parts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from agents.base import Toolbox


@pytest.fixture(scope="session")
def learned(request: pytest.FixtureRequest) -> Path:
    """Where models learned from the playbook are kept between runs, by the hash of what they learned from."""
    return Path(request.config.cache.mkdir("learned"))


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> "Iterator[Toolbox]":
    """A toolbox over the small CRM. Agents only read it and record labels, so one serves all tests."""
    from tests import four_accounts  # not at the top: tests of lower rooms must run while an upper one is broken

    opened = four_accounts.build(tmp_path_factory.mktemp("four_accounts"))
    yield four_accounts.toolbox(opened, learned)
    opened.store.engine.dispose()
