"""Requests made from the API's own description (schemathesis): whatever it allows, and what it does not."""

from collections import Counter
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

PATIENCE = 120  # seconds for one answer on a busy machine
HELD = [not_a_server_error, content_type_conformance, response_schema_conformance]


def fuzzed(url: str, token: str, requests: int) -> Counter[tuple[str, int]]:
    """Sends about so many requests, spread over all endpoints; how often each endpoint gave each status.

    Half of them fit the description, half do not. Raises what schemathesis finds: a 5xx, or an answer that is not of
    the described form.
    """
    headers = {"Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json", headers=headers, timeout=PATIENCE)
    operations: list[Any] = [one.ok() for one in list[Any](schema.get_all_operations())]
    found: Counter[tuple[str, int]] = Counter()
    each = max(1, requests // (2 * len(operations)))
    for operation in operations:
        for mode in GenerationMode:
            _asked(operation.as_strategy(generation_mode=mode), operation.label, headers, each, found)
    return found


def _asked(strategy: Any, label: str, headers: dict[str, str], each: int, found: Counter[tuple[str, int]]) -> None:
    @seed(1)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: Any) -> None:
        answer = case.call(headers=headers, timeout=PATIENCE)
        found[label, answer.status_code] += 1
        case.validate_response(answer, checks=HELD)

    ask()
