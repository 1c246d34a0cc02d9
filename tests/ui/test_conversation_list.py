"""The list of conversations, the address of what is open, and the page as it is served in a chosen language."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from crm.records.conversations import Entry
from ui.address import Address
from ui.conversation_list import talk_list
from ui.download import file_name
from ui.page_language import Tongue

AT = datetime(2026, 3, 7, 9, tzinfo=UTC)
TWO = [Entry("b2", "Norvik <b>", AT, 1), Entry("a1", "Dunmore", AT, 12)]


def test_only_the_open_conversation_carries_buttons_and_no_title_is_live() -> None:
    drawn = talk_list(TWO, "a1", searched=False)
    assert "Norvik &lt;b&gt;" in drawn
    assert "<b>" not in drawn
    assert drawn.count('class="does"') == drawn.count('aria-current="true"') == 1
    assert drawn.index('data-id="a1"') < drawn.index('class="does"')
    assert "7 Mar 2026 · 1 question<" in drawn
    assert "12 questions" in drawn
    assert 'data-link="?conversation=a1"' in drawn


def test_an_empty_list_says_why() -> None:
    assert "What you ask is kept here." in talk_list([], "", searched=False)
    assert "No conversation holds these words." in talk_list([], "", searched=True)
    assert "Deleted “a &amp; b”." in talk_list([], "", searched=False, deleted="a & b")


def test_a_title_becomes_a_name_for_a_file() -> None:
    assert file_name("../Norvik: “réel?” / 3") == "Norvik réel 3"
    assert file_name("???") == "conversation"


def test_an_address_reads_back_what_it_says_and_knows_no_more() -> None:
    for address in (Address(account="demo:a1"), Address(conversation="x y&z"), Address(tab="audit"), Address()):
        assert Address.read(str(address)) == address
    assert Address.read("?__theme=dark&tab=review&other=1") == Address(tab="review")
    assert str(Address()) == ""


PAGE = b'<html lang="en"><head><title>x</title></head></html>'


def served(
    cookie: str = "", accepted: str = "", kind: str = "text/html; charset=utf-8", path: str = "/"
) -> tuple[dict[bytes, bytes], bytes]:
    """What leaves the server for somebody with this cookie and such a browser: headers and body."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(PAGE)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE})

    async def send(message: Any) -> None:
        sent.append(message)

    asked = [(b"cookie", cookie.encode()), (b"accept-language", accepted.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": asked}
    asyncio.run(Tongue(app)(scope, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), sent[1]["body"]


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        ("a=b; crm_language=fr", "de", "fr"),
        ("", "de-AT,de;q=0.9,en;q=0.5", "de"),
        ("", "it,es;q=0.8", "es"),  # Gradio alone speaks Italian
        ("crm_language=xx');//", "", "en"),
    ],
)
def test_the_page_tells_readers_and_gradio_its_language(cookie: str, accepted: str, spoken: str) -> None:
    headers, body = served(cookie, accepted)
    assert f"'language', {{get: () => '{spoken}'}}".encode() in body
    assert body.startswith(f'<html lang="{spoken}">'.encode())
    assert int(headers[b"content-length"]) == len(body)


@pytest.mark.parametrize(("kind", "path"), [("image/png", "/"), ("text/html", "/sign-in")])
def test_whatever_is_not_the_window_is_left_as_it_is(kind: str, path: str) -> None:
    headers, body = served("crm_language=fr", kind=kind, path=path)
    assert body == PAGE
    assert int(headers[b"content-length"]) == len(PAGE)
