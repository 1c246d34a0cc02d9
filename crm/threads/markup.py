"""HTML to plain text that still knows where each character came from.

A parser that builds a tree (bs4, lxml) forgets the offsets, and a message must point into the raw body;
so the text is scanned once, tag by tag, and every run of plain text keeps its origin. Bodies without a tag
or an entity are returned as they are.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

_TAGS = (
    "a|abbr|address|article|b|base|basefont|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|"
    "div|dl|dt|em|fieldset|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|"
    "main|map|mark|meta|nav|noscript|ol|option|p|pre|q|s|samp|script|section|select|small|span|strike|strong|style|sub|"
    "sup|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|wbr|xml|[ovwm]:\\w{1,30}"
)
_TOKEN = re.compile(  # one class of first signs, for which the engine looks quickly
    rf"[<&](?:(?<=<)(?:!--|[!?][^<>]*>|(/?)({_TAGS})(?=[\s/>])([^<>]*)>)"
    r"|(?<=&)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,10});)",
    re.I,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "hr"])
_SILENT = frozenset(["head", "script", "style", "xml", "title", "select", "textarea", "noscript"])
_SPACES = frozenset(["td", "th"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of plain text from `start`; it stands for raw[raw_start:raw_end], letter by letter if `literal`."""

    start: int
    raw_start: int
    raw_end: int
    literal: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text with the way back into the raw body; without runs the two are the same."""

    text: str
    runs: tuple[Run, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range that the plain range [start, end) was read from."""
        if not self.runs or start >= end:
            return (start, end) if not self.runs else (self._run(start).raw_start,) * 2
        first, last = self._run(start), self._run(end - 1)
        return (
            first.raw_start + (start - first.start) * first.literal,
            last.raw_start + end - last.start if last.literal else last.raw_end,
        )

    def _run(self, offset: int) -> Run:
        return self.runs[max(0, bisect_right(self.runs, offset, key=lambda run: run.start) - 1)]


def plain(raw: str) -> Plain:
    """The text a reader would see. Lines inside a blockquote get the `>` marks that plain mail would have."""
    if ("<" not in raw and "&" not in raw) or not _TOKEN.search(raw):
        return Plain(raw)
    return _Scanner(raw).scan()


class _Scanner:
    """One pass over the raw text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0
        self.quotes = 0
        self.newlines = 2  # at the end of what was read so far

    def scan(self) -> Plain:
        at = 0
        while found := _TOKEN.search(self.raw, at):
            self._copy(at, found.start())
            at = self._token(found)
        self._copy(at, len(self.raw))
        return Plain("".join(self.parts), tuple(self.runs))

    def _token(self, found: re.Match[str]) -> int:
        raw, start, end = found.group(), found.start(), found.end()
        if raw[0] == "&":
            self._add(unescape(raw), start, end)
        elif raw == "<!--":
            return self._after("-->", end)
        elif name := (found.group(2) or "").lower():
            closing = bool(found.group(1))
            if name in _SILENT and not closing and not found.group(3).endswith("/"):
                return self._after(f"</{name}", end)
            self._tag(name, closing, start, end)
        return end

    def _after(self, closing: str, at: int) -> int:
        """Past the end of something that is not for reading; a body cut short ends inside it."""
        found = re.compile(re.escape(closing), re.I).search(self.raw, at)
        if not found:
            return len(self.raw)
        return found.end() if closing == "-->" else (self.raw.find(">", found.end()) + 1 or len(self.raw))

    def _tag(self, name: str, closing: bool, start: int, end: int) -> None:
        if name == "blockquote":
            self.quotes = max(0, self.quotes - 1) if closing else min(self.quotes + 1, 20)
        if name == "br":
            self._add("\n", start, end)
        elif name in _BLOCKS:
            for _ in range(self.newlines, 2 if name in _PARAGRAPHS else 1):
                self._add("\n", start, end)
        elif name in _SPACES and closing:
            self._add(" ", start, end)

    def _copy(self, start: int, end: int) -> None:
        """Raw text as it is, line by line where lines must be marked as quoted."""
        while self.quotes and (cut := self.raw.find("\n", start, end)) >= 0:
            self._add(self.raw[start:cut], start, cut, literal=True)
            self._add("\n", cut, cut + 1)
            start = cut + 1
        self._add(self.raw[start:end], start, end, literal=True)

    def _add(self, text: str, start: int, end: int, literal: bool = False) -> None:
        if not text:
            return
        bare = text.strip(" \t\r")
        self.newlines = self.newlines + bare.count("\n") if not bare.strip("\n") else 0
        if text == "\n" and self.quotes and not literal:
            text = "\n" + ">" * self.quotes + " "
        self.runs.append(Run(self.length, start, end, literal))
        self.parts.append(text)
        self.length += len(text)
