"""A real server over the small CRM: people who sign in, tokens, a window, all on loopback."""

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from api.app import secured
from api.caller import Grant
from api.serve import server_of
from api.tokens import Tokens
from crm.access import Role
from crm.people.users import Users
from house import House
from settings import Settings
from tests import four_accounts as small
from ui.mount import Window

PASSWORDS = {"Ada Admin": "window garden river", "Ana Ops": "correct horse battery", "Ria Rep": "staple tractor lemon"}
ROLES = {"Ada Admin": Role.ADMIN, "Ana Ops": Role.OPS, "Ria Rep": Role.REP}


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where, its app and house, a token for each scope."""

    url: str
    app: ASGIApp
    house: House
    tokens: dict[Grant, str]

    def client(self, grant: Grant | None = None) -> httpx.Client:
        """A client with a token of that scope, or with nothing."""
        headers = {"Authorization": f"Bearer {self.tokens[grant]}"} if grant else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, trust_env=False)


def filled(folder: Path, learned: Path) -> Path:
    """A data folder with the small CRM in it, and with models that earlier runs have trained."""
    small.build(folder).store.engine.dispose()
    for model in learned.glob("*.npz"):
        shutil.copy(model, folder)
    return folder


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """The app on a port of its own, as `api/serve.py` runs it."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = server_of(app, patience=1)
        thread = threading.Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[Served]:
    folder = filled(tmp_path_factory.mktemp("served"), learned)
    users = Users(folder / "users.jsonl")
    for name, password in PASSWORDS.items():
        users.add(name, ROLES[name], password)
    settings = Settings(data_dir=folder, llm="none", demo=False, auth=users.path, workers="1", _env_file=None)
    house = House(settings)
    tokens = Tokens(folder, users)
    secrets = {grant: tokens.add(f"a {grant} program", grant) for grant in Grant}
    window, app = asyncio.run(made_of(house))
    with running(app) as url:
        yield Served(url, app, house, secrets)
    window.close()
    house.close()


async def made_of(house: House) -> tuple[Window, ASGIApp]:
    """The window and the server, made where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    window = Window(house)
    return window, secured(house, window)


@pytest.fixture
def reads(served: Served) -> Iterator[httpx.Client]:
    with served.client(Grant.READ) as client:
        yield client


@pytest.fixture
def writes(served: Served) -> Iterator[httpx.Client]:
    with served.client(Grant.WRITE) as client:
        yield client


@pytest.fixture
def nobody(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client
