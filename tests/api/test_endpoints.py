"""Each endpoint of the HTTP API, as a program would call it."""

import json

import httpx
import pytest

from api.caller import Grant
from tests.api.conftest import Served

KNOWN = "Have we really talked with Harborline lately?"


@pytest.fixture(scope="module")
def an_id(served: Served) -> str:
    return served.house.store.activities()[0].id


@pytest.fixture(scope="module")
def name(served: Served) -> str:
    """The account with most to tell."""
    return max(served.house.accounts(), key=lambda r: r.pulse.engaged if r.pulse else 0).account.name


def test_an_answer_cites_what_it_says(reads: httpx.Client, name: str) -> None:
    answer = reads.post("/api/v1/ask", json={"question": f"Have we really talked with {name}?"}).json()
    assert answer["route"] == "engagement_check"
    assert answer["about"]["account"]["name"] == name
    assert "[1]" in answer["answer"]
    for source in answer["sources"]:
        record = reads.get(f"/api/v1/activities/{source['activity_id']}").json()
        assert record["record"]["account"]["name"] == name


def test_a_question_leans_on_the_turn_before(reads: httpx.Client, name: str) -> None:
    first = reads.post("/api/v1/ask", json={"question": f"Give me a summary of {name}"}).json()
    earlier = {"question": f"Give me a summary of {name}", **{k: first[k] for k in ("route", "about", "answer")}}
    then = reads.post("/api/v1/ask", json={"question": "Draft a follow-up to them", "earlier": [earlier]}).json()
    assert then["about"]["account"]["name"] == name
    alone = reads.post("/api/v1/ask", json={"question": "Draft a follow-up to them"}).json()
    assert alone["about"]["account"] is None


def test_a_streamed_answer_grows_and_ends_as_the_whole_one(reads: httpx.Client, name: str) -> None:
    asked = {"question": f"Give me a summary of {name}"}
    with reads.stream("POST", "/api/v1/ask/stream", json=asked) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = [event.split("\n") for event in "".join(stream.iter_text()).strip().split("\n\n")]
    told = [(kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for kind, data in events]
    assert told[0][0] == "step"
    texts = [data["text"] for kind, data in told if kind == "text"]
    assert texts == sorted(texts, key=len)
    assert told[-1] == ("done", reads.post("/api/v1/ask", json=asked).json())


def test_a_search_goes_on_where_its_page_ended(reads: httpx.Client) -> None:
    whole = reads.get("/api/v1/search", params={"q": "Larvik", "limit": 6}).json()["items"]
    assert len(whole) > 2
    paged: list[dict[str, object]] = []
    cursor = ""
    while len(paged) < len(whole):
        page = reads.get("/api/v1/search", params={"q": "Larvik", "limit": 2, "cursor": cursor}).json()
        paged += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert [h["activity_id"] for h in paged[: len(whole)]] == [h["activity_id"] for h in whole]
    assert all(h["passage"] for h in whole)


def test_accounts_come_in_pages_and_one_in_full(reads: httpx.Client, name: str) -> None:
    first = reads.get("/api/v1/accounts", params={"limit": 3}).json()
    rest = reads.get("/api/v1/accounts", params={"limit": 200, "cursor": first["next_cursor"]}).json()
    every = reads.get("/api/v1/accounts", params={"limit": 200}).json()
    assert first["items"] + rest["items"] == every["items"]
    assert (len(first["items"]), rest["next_cursor"]) == (3, "")
    named = reads.get(f"/api/v1/accounts/{name}").json()
    assert named == reads.get(f"/api/v1/accounts/{named['account']['id']}").json()
    assert named["account"]["engaged"] >= 1
    assert named["newest"]


def test_figures_by_question_and_by_frame_agree(reads: httpx.Client) -> None:
    said = reads.post("/api/v1/figures", json={"question": "how many accounts do we have?"}).json()
    framed = reads.post("/api/v1/figures", json={"frame": {"about": "accounts"}}).json()
    assert said == framed
    assert framed["rows"][0]["value"] == len(reads.get("/api/v1/accounts", params={"limit": 200}).json()["items"])


def test_a_frame_groups_and_filters(reads: httpx.Client) -> None:
    frame = {
        "about": "activities",
        "group": ["type"],
        "where": [{"type": "is", "field": "label", "values": ["ENGAGED"]}],
    }
    rows = reads.post("/api/v1/figures", json={"frame": frame}).json()["rows"]
    single = {**frame, "group": []}
    assert (
        sum(r["value"] for r in rows)
        == reads.post("/api/v1/figures", json={"frame": single}).json()["rows"][0]["value"]
    )


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"question": "what will the weather be?"}, "You can ask"),
        ({"frame": {"about": "leads", "how": "total", "of": "value"}}, "needs a column"),
        ({"frame": {"about": "accounts", "group": ["stage"]}}, "have no stage"),
        ({"frame": {"about": "deals", "where": [{"type": "has", "about": "deals"}]}}, "Only accounts"),
        ({"frame": {"about": "deals", "top": 3}}, "needs a group"),
        ({}, "form"),
    ],
)
def test_what_cannot_be_computed_is_said(reads: httpx.Client, wanted: dict[str, object], why: str) -> None:
    refused = reads.post("/api/v1/figures", json=wanted)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert why in refused.json()["detail"]


def test_accounts_with_fewer_take_in_those_without_any(reads: httpx.Client) -> None:
    def count(*where: dict[str, object]) -> float:
        told = reads.post("/api/v1/figures", json={"frame": {"about": "accounts", "where": list(where)}})
        assert told.status_code == 200
        return float(told.json()["rows"][0]["value"])

    two = {"type": "has", "about": "contacts", "least": 2}
    assert 0 < count(two) < count()
    assert count(two) + count(two | {"negated": True}) == count()


def test_one_record_is_judged_by_id_or_by_text(reads: httpx.Client, an_id: str) -> None:
    stored = reads.post("/api/v1/audit", json={"id": an_id}).json()
    assert stored["record"]["activity_id"] == an_id
    text = "Hi Ana, yes, Tuesday works for us. Please send the contract. Best, Maria"
    pasted = reads.post("/api/v1/audit", json={"text": text, "subject": "Re: contract", "kind": "email"}).json()
    assert pasted["verdict"]["engagement"] in ("ENGAGED", "NOT ENGAGED", "ND")
    assert pasted["verdict"]["quote"] in f"Re: contract {text}"
    assert reads.post("/api/v1/audit", json={"id": an_id, "text": text}).status_code == 422
    assert reads.post("/api/v1/audit", json={}).status_code == 422


def test_a_correction_wins_is_remembered_and_is_taken_back(writes: httpx.Client, an_id: str) -> None:
    before = writes.get(f"/api/v1/activities/{an_id}").json()["verdict"]
    said = writes.post(f"/api/v1/activities/{an_id}/corrections", json={"label": "ND", "why": "seen by hand"})
    assert (said.status_code, said.json()) == (201, {"activity_id": an_id, "label": "ND", "by": "a write program"})
    history = writes.get(f"/api/v1/activities/{an_id}/history").json()
    assert (history[0]["who"], history[0]["because"], history[0]["stands"]) == ("a write program", "seen by hand", True)
    assert writes.delete(f"/api/v1/activities/{an_id}/corrections").status_code == 200
    assert writes.get(f"/api/v1/activities/{an_id}").json()["verdict"] == before
    assert writes.delete(f"/api/v1/activities/{an_id}/corrections").status_code == 404


def test_a_write_sent_twice_is_done_once(writes: httpx.Client, an_id: str) -> None:
    door, key = f"/api/v1/activities/{an_id}/corrections", {"Idempotency-Key": "once-1"}
    first = writes.post(door, json={"label": "ND"}, headers=key)
    again = writes.post(door, json={"label": "ND"}, headers=key)
    assert first.json() == again.json()
    history = writes.get(f"/api/v1/activities/{an_id}/history").json()
    other = writes.post(door, json={"label": "ENGAGED"}, headers=key)
    assert other.status_code == 422
    assert writes.get(f"/api/v1/activities/{an_id}/history").json() == history
    assert writes.delete(door).status_code == 200


def test_imports_are_listed_with_their_ledger(writes: httpx.Client) -> None:
    listed = writes.get("/api/v1/imports").json()["items"]
    assert {one["record"] for one in listed} >= {"accounts", "activities"}
    for one in listed:
        assert one["read"] == one["stored"] + one["duplicate"] + one["unchanged"] + one["refused"]
        assert writes.get(f"/api/v1/imports/{one['id']}").json()["file_name"] == one["file_name"]
    refused = writes.get(f"/api/v1/imports/{listed[0]['id']}/refused")
    assert refused.headers["content-type"].startswith("text/csv")
    assert writes.get("/api/v1/imports/4711").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/api/v1/activities/1/corrections", {"label": "ND"}),
        ("DELETE", "/api/v1/activities/1/corrections", None),
        ("POST", "/api/v1/exports", {}),
        ("POST", "/api/v1/audits", None),
        ("GET", "/api/v1/imports", None),
        ("GET", "/api/v1/jobs", None),
    ],
)
def test_a_token_that_reads_writes_nothing(
    served: Served, reads: httpx.Client, method: str, path: str, sent: object
) -> None:
    assert reads.request(method, path, json=sent).status_code == 403
    assert Grant.WRITE.covers(Grant.READ)
    assert not Grant.READ.covers(Grant.WRITE)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/search", 405),
        ("GET", "/api/v1/search", 422),
        ("GET", "/api/v1/search?q=a&cursor=!!", 422),
        ("GET", "/api/v1/accounts?cursor=WyJhIl0", 422),  # ["a"], where accounts stand by numbers first
        ("GET", "/api/v1/accounts?cursor=e30", 422),  # {}
        ("GET", "/api/v1/search?q=price&account=Nobody+Knows", 404),
        ("GET", "/api/v1/activities/none:1", 404),
        ("GET", "/api/v1/accounts/none", 404),
    ],
)
def test_every_error_is_a_problem(reads: httpx.Client, method: str, path: str, status: int) -> None:
    answer = reads.request(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    assert told["title"]
    assert told["detail"]


def test_a_body_that_is_too_large_is_cut_off(reads: httpx.Client) -> None:
    refused = reads.post("/api/v1/ask", content=b'{"question": "' + b"a" * (2 << 20) + b'"}')
    assert refused.status_code == 413
    pieces = (b"a" * 65_536 for _ in range(40))
    assert reads.post("/api/v1/ask", content=pieces).status_code == 413


def test_what_is_measured_names_nobody(reads: httpx.Client, name: str) -> None:
    reads.get(f"/api/v1/accounts/{name}")
    told = reads.get("/metrics").text
    assert 'crm_requests_total{door="/api/v1/accounts/{account}",method="GET",status="200"}' in told
    assert "process_resident_memory_bytes" in told
    assert name not in told


def test_the_health_pages_are_open_and_short(nobody: httpx.Client) -> None:
    assert nobody.get("/health/live").json() == {"live": True}
    assert nobody.get("/health/ready").json() == nobody.get("/health").json() == {"live": True, "ready": True}


@pytest.mark.parametrize("filling", [" ", "\n", "and ", "> "])
def test_a_question_of_the_greatest_length_is_answered(reads: httpx.Client, filling: str) -> None:
    """Before, 900 spaces took half a minute, in which the process served nobody else."""
    answer = reads.post("/api/v1/ask", json={"question": f"a{filling * (9_900 // len(filling))}b"})
    assert answer.status_code == 200
    assert answer.json()["answer"]


@pytest.mark.parametrize("filling", ["-", "> ", "[", "a."])
def test_a_record_of_the_greatest_length_is_judged(reads: httpx.Client, filling: str) -> None:
    """Before, a line of 190,000 dashes took hours; anybody can send us such a mail."""
    judged = reads.post("/api/v1/audit", json={"text": filling * (190_000 // len(filling))})
    assert judged.status_code == 200
    assert judged.json()["verdict"]["engagement"] in ("ENGAGED", "NOT ENGAGED", "ND")
