"""The SDK's own client against the server, over HTTP and over standard input and output."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from api.caller import Grant
from api.tokens import Tokens
from crm.access import Role
from crm.people.users import Users
from tests.api.conftest import Served, filled

ROOT = Path(__file__).parents[2]
TOOLS = {"search", "account", "engagement", "audit", "figures"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
Use = Callable[[Client], Awaitable[Any]]


def over_http(served: Served, use: Use, token: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token or served.tokens[Grant.READ]}"}

    async def session() -> Any:
        async with (
            httpx2.AsyncClient(headers=headers, trust_env=False) as http,
            Client(streamable_http_client(f"{served.url}/mcp", http_client=http)) as client,
        ):
            return await use(client)

    return asyncio.run(session())


def over_stdio(folder: Path, use: Use, **environment: str) -> Any:
    wanted = {"CRM_DATA_DIR": str(folder), "CRM_LLM": "none", "CRM_DEMO": "false", **environment}
    process = StdioServerParameters(command=sys.executable, args=["app.py", "mcp"], env=wanted, cwd=ROOT)

    async def session() -> Any:
        async with Client(stdio_client(process)) as client:
            return await use(client)

    return asyncio.run(session())


async def everything(client: Client) -> dict[str, Any]:
    """Each tool called once, in the order in which an assistant would."""
    listed = (await client.list_tools()).tools
    found = (await client.call_tool("search", {"words": "Larvik", "limit": 3})).structured_content or {}
    record = found["hits"][0]
    who = {"name_or_id": record["account"]}
    return {
        "listed": listed,
        "search": found,
        "account": (await client.call_tool("account", who)).structured_content,
        "engagement": (await client.call_tool("engagement", who)).structured_content,
        "audit": (await client.call_tool("audit", {"activity_id": record["activity_id"]})).structured_content,
        "figures": (await client.call_tool("figures", {"question": "how many accounts?"})).structured_content,
        "wrong": await client.call_tool("account", {"name_or_id": "Nobody Knows"}),
        "refused": await client.call_tool("search", {"words": "", "limit": 900}),
    }


def looked_at(told: dict[str, Any]) -> None:
    """Short, cited, read-only."""
    assert {tool.name for tool in told["listed"]} == TOOLS
    for tool in told["listed"]:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.description
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
    assert 1 <= len(told["search"]["hits"]) <= 3
    assert all(hit["activity_id"] and len(hit["passage"]) <= 300 for hit in told["search"]["hits"])
    assert told["account"]["name"] == told["engagement"]["name"] == told["search"]["hits"][0]["account"]
    assert "[1]" in told["engagement"]["told"]
    assert told["engagement"]["sources"][0]["activity_id"]
    assert told["audit"]["engagement"] in ("ENGAGED", "NOT ENGAGED", "ND")
    assert told["figures"]["rows"][0]["value"] >= 1
    assert told["wrong"].is_error
    assert "No account is called Nobody Knows." in told["wrong"].content[0].text
    assert told["refused"].is_error


def test_an_assistant_reads_over_http(served: Served) -> None:
    looked_at(over_http(served, everything))


def test_an_assistant_reads_over_standard_input_and_output(tmp_path: Path, learned: Path) -> None:
    looked_at(over_stdio(filled(tmp_path, learned), everything))


def test_no_call_is_answered_without_its_token(served: Served, nobody: httpx.Client) -> None:
    for method in ("GET", "POST", "DELETE"):
        for headers in ({}, {"Authorization": "Bearer crm_wrong"}, {"Authorization": "Basic YTpi"}):
            assert nobody.request(method, "/mcp", json=CALL, headers={**ACCEPT, **headers}).status_code == 401
    with pytest.raises(ExceptionGroup):
        over_http(served, everything, token="crm_wrong")


def test_each_call_carries_its_own_token(served: Served) -> None:
    tokens = Tokens(served.house.settings.data_dir, served.house.people.users)
    secret = tokens.add("a passing assistant", Grant.READ)

    async def dropped(client: Client) -> list[int]:
        first = await client.list_tools()
        tokens.drop("a passing assistant")
        with pytest.raises(Exception) as refused:  # noqa: PT011 - the SDK's own kinds differ by transport
            await client.call_tool("search", {"words": "Larvik"})
        return [len(first.tools), "401" in str(refused.value) or "nauthorized" in str(refused.value)]

    assert over_http(served, dropped, secret)[0] == len(TOOLS)


def test_standard_input_needs_a_token_where_people_sign_in(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.jsonl")
    users.add("Ada", Role.ADMIN, "a password of hers")

    async def listed(client: Client) -> int:
        return len((await client.list_tools()).tools)

    secret = Tokens(tmp_path, users).add("assistant", Grant.READ)
    assert over_stdio(tmp_path, listed, CRM_AUTH=str(users.path), CRM_TOKEN=secret) == len(TOOLS)
    with pytest.raises(Exception):  # noqa: B017, PT011 - the process ends, which the SDK tells in several ways
        over_stdio(tmp_path, listed, CRM_AUTH=str(users.path), CRM_TOKEN="crm_wrong")
