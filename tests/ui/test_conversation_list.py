"""The list of conversations, the address of what is open, and the page as it is served in a chosen language."""

import asyncio
from datetime import UTC, datetime
from typing import Any

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


PAGE = b"<html><head><title>x</title></head></html>"


def served(cookie: str, kind: str = "text/html; charset=utf-8") -> tuple[dict[bytes, bytes], bytes]:
    """What leaves the server for somebody with this cookie: headers and body."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(PAGE)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "headers": [(b"cookie", cookie.encode())]}
    asyncio.run(Tongue(app)(scope, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), sent[1]["body"]


def test_the_page_tells_the_browser_the_chosen_language() -> None:
    headers, body = served("a=b; crm_language=fr")
    assert b"'language', {get: () => 'fr'}" in body
    assert int(headers[b"content-length"]) == len(body)


def test_without_a_known_choice_or_for_anything_else_nothing_is_changed() -> None:
    for cookie, kind in (("", "text/html"), ("crm_language=xx');//", "text/html"), ("crm_language=fr", "image/png")):
        headers, body = served(cookie, kind)
        assert body == PAGE
        assert int(headers[b"content-length"]) == len(PAGE)
