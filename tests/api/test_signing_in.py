"""Signing in and out over HTTP, as a browser without scripts does it."""

import re
from collections.abc import Iterator

import httpx
import pytest

from api.guard import COOKIE
from crm.access import Role
from tests.api.conftest import PASSWORDS, Served

ANA = "Ana Ops"
PAGE = {"Accept": "text/html"}


@pytest.fixture
def browser(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        client.headers.update(PAGE)
        yield client


def sent(browser: httpx.Client, name: str, password: str, **other: str) -> httpx.Response:
    """The form as the page holds it, filled in and sent."""
    page = browser.get("/sign-in", params={"next": other.pop("next", "/")})
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return browser.post("/sign-in", data={**hidden, "name": name, "password": password, **other})


def test_a_page_shows_where_to_sign_in_and_leads_back(browser: httpx.Client) -> None:
    turned = browser.get("/config")
    assert (turned.status_code, turned.headers["location"]) == (303, "/sign-in?next=/config")
    came = sent(browser, ANA, PASSWORDS[ANA], next="/config")
    assert (came.status_code, came.headers["location"]) == (303, "/config")
    cookie = came.headers["set-cookie"].partition(f"{COOKIE}=")[2]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/config").json()["username"] == ANA
    assert browser.get("/api/v1/accounts").status_code == 200


def test_what_the_address_named_is_still_there_after_the_sign_in(browser: httpx.Client) -> None:
    turned = browser.get("/?account=demo:a1&tab=accounts")
    assert turned.headers["location"] == "/sign-in?next=/%3Faccount%3Ddemo%3Aa1%26tab%3Daccounts"
    came = sent(browser, ANA, PASSWORDS[ANA], next="/?account=demo:a1")
    assert came.headers["location"] == "/?account=demo:a1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:9999", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://other.corp.example", "Host": "crm.corp.example"},
        {"Origin": "null"},
        {"Origin": "http://[bad"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_a_neighbour_s_page_reads_nothing_with_the_cookie(browser: httpx.Client, headers: dict[str, str]) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    for path in ("/config", "/gradio_api/info", "/api/v1/accounts"):
        answer = browser.get(path, headers=headers)
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    assert browser.get("/config", headers={"Origin": str(browser.base_url).rstrip("/")}).status_code == 200


def test_nothing_of_the_window_is_kept_for_others(browser: httpx.Client) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    page = browser.get("/")
    part = re.findall(r'"\./(assets/[^"]+)"', page.text)[0]
    kept = {
        path: browser.get(path).headers["cache-control"] for path in ("/", "/config", "/gradio_api/info", f"/{part}")
    }
    assert list(kept.values()) == ["no-store", "no-store", "private, no-cache", "private, max-age=86400"]


def test_the_wrong_password_and_the_wrong_name_are_told_in_the_same_words(browser: httpx.Client) -> None:
    wrong, stranger = sent(browser, ANA, "not the password"), sent(browser, "Nobody", "not the password")
    assert wrong.status_code == stranger.status_code == 403
    told = [re.findall(r'role="alert"[^>]*>([^<]*)<', page.text) for page in (wrong, stranger)]
    assert told[0] == told[1] != []
    assert COOKIE not in browser.cookies


def test_a_name_that_is_tried_too_often_has_to_wait(browser: httpx.Client) -> None:
    answers = [sent(browser, "Guessed Name", "a wrong password") for _ in range(5)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_form_that_this_browser_was_not_shown_is_not_taken(served: Served, browser: httpx.Client) -> None:
    with served.client() as other:
        seal = re.findall(r'name="form" value="([^"]*)"', other.get("/sign-in").text)[0]
    filled = {"name": ANA, "password": PASSWORDS[ANA]}
    for form in ({}, {"form": ""}, {"form": seal}):
        assert browser.post("/sign-in", data={**filled, **form}).status_code == 403
    assert COOKIE not in browser.cookies


def test_another_page_cannot_send_the_form(browser: httpx.Client) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/sign-in", data={"name": ANA}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a\r\nb"]
)
def test_nobody_is_led_to_another_place(browser: httpx.Client, where: str) -> None:
    assert sent(browser, ANA, PASSWORDS[ANA], next=where).headers["location"] == "/"


def test_what_was_typed_comes_back_as_text(browser: httpx.Client) -> None:
    page = sent(browser, '"><script>alert(1)</script>', "x", next='/"><script>')
    assert "<script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_signing_out_ends_the_session_everywhere(served: Served, browser: httpx.Client) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    kept = browser.cookies[COOKIE]
    assert ANA in browser.get("/sign-out").text
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert COOKIE not in browser.cookies
    with served.client() as thief:
        thief.cookies.set(COOKIE, kept)
        assert thief.get("/config").status_code == 401


def test_a_write_with_a_cookie_is_taken_from_our_own_page_only(served: Served, browser: httpx.Client) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    asked = {"question": "What can you do?"}
    assert browser.post("/api/v1/ask", json=asked, headers={"Origin": "http://evil.example"}).status_code == 403
    assert browser.post("/api/v1/ask", json=asked, headers={"Origin": served.url}).status_code == 200


def test_a_cookie_opens_nothing_to_assistants(browser: httpx.Client) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    assert browser.post("/mcp", json={}).status_code == 401


def test_while_the_users_file_cannot_be_read_nobody_is_let_in(served: Served, browser: httpx.Client) -> None:
    sent(browser, ANA, PASSWORDS[ANA])
    path = served.house.people.users.path
    whole = path.read_bytes()
    try:
        path.write_bytes(whole + b"not a line of it\n")
        answer = browser.get("/config")
    finally:
        path.write_bytes(whole)
    assert answer.status_code == 503
    assert str(path) not in answer.text
    assert browser.get("/config").status_code == 200


def test_somebody_who_was_removed_is_out_at_once(served: Served, browser: httpx.Client) -> None:
    users = served.house.people.users
    users.add("Tom Temp", Role.REP, "a short lived password")
    sent(browser, "Tom Temp", "a short lived password")
    assert browser.get("/config").status_code == 200
    users.put_password("Tom Temp", "quite another password")
    assert browser.get("/config").status_code == 303
    sent(browser, "Tom Temp", "quite another password")
    assert browser.get("/config").status_code == 200
    users.remove("Tom Temp")
    assert browser.get("/config").status_code == 303
