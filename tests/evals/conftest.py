"""The demo CRM is imported and judged once for all evaluations that talk to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.assistant import Assistant
from agents.base import Toolbox


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> "Iterator[Toolbox]":
    from tests.evals.demo import demo_tools

    tools = demo_tools(tmp_path_factory.mktemp("demo"), learned)
    yield tools
    tools.store.engine.dispose()


@pytest.fixture(scope="session")
def talker(demo: "Toolbox", learned: Path) -> "Assistant":
    from tests.evals.demo import demo_assistant

    return demo_assistant(demo, learned)
