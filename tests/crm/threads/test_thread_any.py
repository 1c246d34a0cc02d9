"""Whatever the body is, a thread comes of it, and every span lies in the raw body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.nouns import Kind
from crm.threads import thread
from crm.threads.clean import clean
from crm.threads.thread import MOST_PARSED, Ours, RawActivity
from tests.crm.threads.cases import VENDOR

HEADS = [
    "From: A B <a@b.example>",
    "Sent: Monday, March 4, 2024 8:12 AM",
    "To: c@d.example",
    "Subject: Re: x",
    "Body:",
    "On Mon, Mar 4, 2024 at 8:12 AM X <x@y.example> wrote:",
    "Le 3 mai 2024 à 10:00, Z a écrit :",
    "-----Original Message-----",
    "---------- Forwarded message ----------",
    "##- Please type your reply above this line -##",
    "Support, Feb 22, 10:41 UTC: try again",
]
MARKUP = [
    "<br>",
    "<p>",
    "</p>",
    "<blockquote>",
    "</blockquote>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "&lt;",
    "&nbsp;",
]
MARKUP += ["&#x1F600;", "**bold**", "{{first_name}}"]
TALK = [
    "Me: hi there",
    "[10:12] Yo: hola",
    "IN 10:09 ok",
    "Bot: hello",
    "Rosa: sí",
    'Note from Al: "one two three four five"',
]
ENDS = [
    "Unsubscribe here",
    "Sent from my phone",
    "--",
    "P.S. more",
    "Best regards,",
    "Ada Lo",
    "https://x.example/utm_source=1",
]
ODD = [
    "> ",
    ">> ",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    "\t",
    "İ",
    "\u200b",
    "\u202e",
    "\x00",
    "\ud800",
    "ﬃ",
    "日本語",
    "_____",
    "----",
]
PIECES = st.sampled_from(HEADS + MARKUP + TALK + ENDS + ODD)
BODIES = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)
SUBJECTS = st.sampled_from(
    ["", "Re: x", "Fwd: x", "Declined: walk", "WhatsApp Rosa", "[Out] Re: x", "[In] x", "Call: a | b", "internal"]
)


@settings(max_examples=400, deadline=None)
@given(BODIES, SUBJECTS, st.sampled_from(list(Kind)), st.sampled_from([Ours(), VENDOR]))
def test_any_text_becomes_a_thread(body: str, subject: str, kind: Kind, ours: Ours) -> None:
    raw = RawActivity("1", "csv", kind, subject, body, owner="Ada Lo")
    made = thread.activity(raw, ours)
    assert made == thread.activity(raw, ours)
    assert (made.raw_subject, made.raw_body) == (subject, body)
    end = 0
    for start, stop in sorted(m.span for m in made.messages):
        assert end <= start < stop <= len(body)
        end = stop
    assert [m.depth for m in made.messages] == sorted(m.depth for m in made.messages)
    for message in made.messages:
        assert message.text.strip()
        assert not set(message.text) & set("\u200b\u202e\x00")
        assert message.at is None or message.at.utcoffset() is not None


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_cleaning_never_fails(text: str) -> None:
    assert len(clean(text)) <= len(text) + 100


def test_a_span_holds_the_words_it_stands_for() -> None:
    body = (
        "Hi &amp; hello<br>\nTwo, please.\n\nOn Mon, Mar 4, 2024 at 8:12 AM X <x@y.example> wrote:\n"
        "> Two or three?\n> X"
    )
    made = thread.activity(RawActivity("1", "csv", Kind.EMAIL, "Re: x", body), Ours())
    assert [body[slice(*m.span)] for m in made.messages] == ["Hi &amp; hello<br>\nTwo, please.", "Two or three?\n> X"]


@pytest.mark.parametrize(
    "unit", ["a", "> ", "From: ", "On 3 May 2024 x wrote: ", "<", "<a ", "&amp;", "[a](", "Me: x ", "\n", "@", "-- "]
)
def test_a_huge_body_is_split_at_its_start_and_kept_whole(unit: str) -> None:
    body = "Two, please.\n\nOn Mon, Mar 4, 2024 at 8:12 AM X <x@y.example> wrote:\n> Two or three?\n" + unit * 1_000_000
    made = thread.activity(RawActivity("1", "csv", Kind.EMAIL, "Re: x", body), Ours())
    assert made.messages[0].text == "Two, please."
    assert max(m.span[1] for m in made.messages) == len(body)
    assert sum(len(m.text) for m in made.messages) <= MOST_PARSED
