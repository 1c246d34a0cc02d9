"""The API's description: complete, typed, and true for a small share of what the fuzzer asks."""

import httpx
import pytest

from api.caller import Grant
from tests.api.conftest import Served
from tests.fuzzing import fuzzed

REQUESTS = 120


def test_every_endpoint_is_described_with_its_types_and_its_errors(reads: httpx.Client) -> None:
    told = reads.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert [server["url"] for server in told["servers"]] == ["/api/v1"]
    assert len(told["paths"]) >= 16
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], (method, path)
            assert operation["security"], (method, path)
            problem = operation["responses"]["default"]["content"]["application/problem+json"]
            assert problem["schema"]["$ref"].endswith("/Problem")


@pytest.mark.filterwarnings("default")
def test_what_the_description_allows_never_breaks_the_api(served: Served) -> None:
    found = fuzzed(served.url, served.tokens[Grant.WRITE], REQUESTS)
    assert sum(found.values()) >= 0.5 * REQUESTS
    assert max(status for _, status in found) < 500
