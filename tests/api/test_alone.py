"""Where nobody signs in: open to this machine, closed to other web pages in its browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import secured
from api.caller import Grant
from api.tokens import Tokens
from house import House
from settings import Settings
from tests.api.conftest import running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("alone")
    for model in learned.glob("*.npz"):
        shutil.copy(model, folder)
    house = House(Settings(data_dir=folder, llm="none", demo=False, _env_file=None))
    yield house
    house.close()


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[httpx.Client]:
    with running(secured(house, None)) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        yield client


def test_whoever_sits_here_needs_no_token(client: httpx.Client) -> None:
    assert client.get("/api/v1/accounts").json() == {"items": [], "next_cursor": ""}
    assert client.get("/sign-in").headers["location"] == "/"
    assert client.get("/sign-out").headers["location"] == "/"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[", ""])
def test_a_name_that_was_made_to_point_here_is_not_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/api/v1/accounts", headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:7860"])
def test_the_names_of_this_machine_are(client: httpx.Client, host: str) -> None:
    assert client.get("/api/v1/accounts", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_another_page_writes_nothing_here(client: httpx.Client, headers: dict[str, str]) -> None:
    answer = client.post("/api/v1/ask", json={"question": "hello"}, headers=headers)
    assert answer.status_code == 403


def test_another_page_may_link_here_but_not_read_or_frame(client: httpx.Client) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/health", headers=link).status_code == 200
    for other in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Dest": "iframe"}):
        assert client.get("/health", headers={**link, **other}).status_code == 403


def test_a_wrong_token_is_not_made_good_by_sitting_here(house: House, client: httpx.Client) -> None:
    secret = Tokens(house.settings.data_dir, house.people.users).add("reader", Grant.READ)
    right, wrong = {"Authorization": f"Bearer {secret}"}, {"Authorization": "Bearer crm_wrong"}
    assert client.get("/api/v1/accounts", headers=right).status_code == 200
    assert client.get("/api/v1/accounts", headers=wrong).status_code == 401
    assert client.get("/api/v1/jobs", headers=right).status_code == 403


def test_assistants_need_their_token_here_too(client: httpx.Client) -> None:
    assert client.post("/mcp", json={}).status_code == 401


def test_browsers_are_told_how_to_treat_what_they_get(client: httpx.Client) -> None:
    headers = client.get("/api/v1/accounts").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "server" not in headers
