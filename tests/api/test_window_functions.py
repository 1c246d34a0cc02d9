"""The window's named functions through gradio_client, and the window's private ones through nobody."""

from collections.abc import Iterator

import httpx
import pytest
from gradio_client import Client

from api.caller import Grant
from tests.api.conftest import Served


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[Client]:
    headers = {"Authorization": f"Bearer {served.tokens[Grant.READ]}"}
    opened = Client(served.url, headers=headers, verbose=False, httpx_kwargs={"trust_env": False})
    yield opened
    opened.close()


def test_three_functions_are_offered_and_no_other(client: Client) -> None:
    offered = client.view_api(return_format="dict", print_info=False)
    assert offered is not None
    assert set(offered["named_endpoints"]) == {"/ask", "/search", "/audit"}
    assert offered["unnamed_endpoints"] == {}


def test_ask_search_and_audit_answer(client: Client) -> None:
    hits = client.predict(words="Larvik", account="", limit=3, api_name="/search")
    assert 1 <= len(hits) <= 3
    judged = client.predict(activity_id=hits[0]["activity_id"], api_name="/audit")
    assert judged["activity_id"] == hits[0]["activity_id"]
    assert judged["engagement"] in ("ENGAGED", "NOT ENGAGED", "ND")
    answer = client.predict(question="What can you do?", api_name="/ask")
    assert answer["route"] == "help"


def test_a_named_error_is_told(client: Client) -> None:
    with pytest.raises(Exception, match="no activity none:1"):
        client.predict(activity_id="none:1", api_name="/audit")
    with pytest.raises(Exception, match="a whole number from 1 to 50"):
        client.predict(words="price", limit="many", api_name="/search")


def test_the_same_guard_stands_before_them(served: Served, nobody: httpx.Client) -> None:
    asked = {"data": ["Larvik", "", 3]}
    assert nobody.post("/gradio_api/call/search", json=asked).status_code == 401
    assert nobody.get("/gradio_api/info").status_code == 401
    with pytest.raises(Exception):  # noqa: B017, PT011 - gradio_client's own way to say 401
        Client(served.url, verbose=False)
