"""Where reps see what they own: over HTTP what is a colleague's does not exist, in the same words as what never was."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import secured
from api.caller import Grant
from api.tokens import Tokens
from crm.access import Role, Viewer
from crm.nouns import Account
from crm.people.users import Users
from house import House
from settings import Settings
from tests.api.conftest import filled, running
from ui.house_seen import seen


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> Iterator[House]:
    folder = filled(tmp_path_factory.mktemp("owned"), learned)
    users = Users(folder / "users.jsonl")
    users.add("Ada Admin", Role.ADMIN, "a password of hers")
    house = House(
        Settings(data_dir=folder, llm="none", demo=False, auth=users.path, ownership=True, workers="1", _env_file=None)
    )
    yield house
    house.close()


@pytest.fixture(scope="module")
def owners(house: House) -> tuple[str, str]:
    """Two reps who own an account each."""
    first, second, *_ = sorted({a.owner for a in house.book.accounts if a.owner})
    return first, second


@pytest.fixture(scope="module")
def rep(house: House, owners: tuple[str, str]) -> Iterator[httpx.Client]:
    """The first of them, by a token of their own."""
    secret = Tokens(house.settings.data_dir, house.people.users).add(owners[0], Grant.WRITE, Role.REP)
    headers = {"Authorization": f"Bearer {secret}"}
    with (
        running(secured(house, None)) as url,
        httpx.Client(base_url=f"{url}/api/v1", headers=headers, trust_env=False, timeout=60) as client,
    ):
        yield client


def test_a_rep_lists_and_counts_their_own(house: House, owners: tuple[str, str], rep: httpx.Client) -> None:
    listed = rep.get("/accounts", params={"limit": 200}).json()["items"]
    assert {one["owner"] for one in listed} == {owners[0]}
    assert 0 < len(listed) < len(house.book.accounts)
    counted = rep.post("/figures", json={"frame": {"about": "accounts"}}).json()
    assert counted["rows"][0]["value"] == len(listed)


def test_a_colleagues_account_and_records_do_not_exist(
    house: House, owners: tuple[str, str], rep: httpx.Client
) -> None:
    theirs = next(a for a in house.book.accounts if a.owner == owners[1])
    for wanted in (theirs.id, theirs.name, "never:was"):
        answer = rep.get(f"/accounts/{wanted}")
        assert (answer.status_code, answer.json()["detail"]) == (404, f"No account is called {wanted}.")
    records = [a.id for a in house.store.activities() if a.account_id == theirs.id]
    for wanted in (*records[:3], "never:was"):
        for answer in (rep.get(f"/activities/{wanted}"), rep.post("/audit", json={"id": wanted})):
            assert answer.status_code == 404
            assert f"no activity {wanted}" in answer.json()["detail"]
    told = rep.post("/ask", json={"question": f"Give me a summary of {theirs.name}"}).json()
    assert told["about"]["account"] is None
    assert told["sources"] == []


def test_a_scope_that_writes_gives_a_rep_no_right_to(rep: httpx.Client) -> None:
    for door, sent in (("/exports", {}), ("/activities/1/corrections", {"label": "ND"})):
        refused = rep.post(door, json=sent)
        assert (refused.status_code, refused.json()["title"]) == (403, "Forbidden")
        assert "as rep" in refused.json()["detail"]


def test_the_window_sees_the_house_as_whoever_clicks(house: House, owners: tuple[str, str]) -> None:
    from fastapi import Request
    from gradio import Request as Clicked
    from gradio.context import LocalContext

    window = seen(house)
    assert len(window.book.accounts) == 0  # nobody looks yet: what is drawn now is drawn for all
    for name in owners:
        scope = {"type": "http", "headers": [], "viewer": Viewer(name, Role.REP)}
        token = LocalContext.request.set(Clicked(Request(scope)))
        found = [str(account.owner) for account in list[Account](window.book.accounts)]
        assert set(found) == {name}
        LocalContext.request.reset(token)
    with pytest.raises(AttributeError):
        window.viewer = Viewer("somebody", Role.ADMIN)
