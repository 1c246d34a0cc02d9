import pytest
from markdown_it import MarkdownIt

from crm.quoting import excerpt, folded, neutral, passage, plain

HOSTILE = [
    "![x](http://evil.example/?q=secret)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)> and <script>x</script>",
    "# A heading",
    "1. a list",
    "- a list",
    "> a quote",
    "https://evil.example and www.evil.example and a@evil.example",
    "`code` *em* _em_ **bold** ~~gone~~ a|b",
    "&lt;img src=x&gt; &#60;b&#62;",
    "line one\n\n# line two\n![y](z)",
    "[ref]: http://evil.example",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_renders_as_the_words_it_is(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(neutral(text))
    inner = html.removeprefix("<p>").removesuffix("</p>\n")
    assert html.startswith("<p>")
    assert "<" not in inner
    assert plain(neutral(text)) == folded(text)


def test_a_bare_address_is_no_longer_recognisable() -> None:
    assert neutral("https://evil.example") == r"https\://evil.example"
    assert neutral("www.evil.example") == r"www\.evil.example"
    assert neutral("ana@evil.example") == r"ana\@evil.example"


def test_what_nobody_sees_is_dropped() -> None:
    assert folded("pay\u200b pal\u202e\u2066 now\ufeff\n\t twice") == "pay pal now twice"


def test_ordinary_words_stay_as_they_are() -> None:
    text = "Sigrid's snake_case file: 41 trucks, 3.5 % at 10:30 - fine (really), C# & R&D"
    assert neutral(text) == text


def test_an_excerpt_is_literal_and_ends_after_a_word() -> None:
    text = "one two three four"
    assert excerpt(text, 11) == "one two"
    assert excerpt(text, 100) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We load at six. The gate opens at five and the crew is there.", "We load at six."),
        ("On 12. November we load at six, because the ferry is early then.", "On 12. November we load at six"),
        ("Ask J. Weber about the ferry (he knows the harbour best of us).", "Ask J. Weber about the ferry"),
        ("Ask about the ferry and the harbour that is next to it", "Ask about the ferry and the"),
        ("Short.", "Short."),
    ],
)
def test_a_passage_ends_where_it_can_be_read_alone(text: str, shown: str) -> None:
    assert passage(text, 35) == shown
