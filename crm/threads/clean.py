"""A message's own words: without markup, signature, legal text, unsubscribe blocks, tracking links.

Nothing here decides who wrote what; that is read from the raw text before anything is cut.
"""

import re
from functools import lru_cache

from crm.threads import phrases, scanning, signature
from crm.threads.markup import plain
from crm.threads.scanning import Cut, Scanned

_INVISIBLE = {
    code: None
    for low, high in (
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x206F),
        (0x00, 0x08),
        (0x0E, 0x1F),
    )
    for code in range(low, high + 1)
} | dict.fromkeys((0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0xFEFF, 0x0B, 0x7F))
_SPACES = dict.fromkeys((0xA0, 0x2007, 0x202F, 0x3000), " ") | {
    0x0C: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
    0x0D: "\n",
}
_TABLE = _INVISIBLE | _SPACES
_NEEDS_TABLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u180e\\u2007\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\u3000\\ufeff]"
)
# A pattern that begins with a letter, not with a look around, is found as quickly as that letter.
_MARKS = re.compile(r"\n[ \t]*>[> \t]*")
_INNER_MARKS = re.compile(r">(?<=\s>)>*(?=\s|$)")
_BLANKS = re.compile(r"[ \t]{2,}")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n[ \t\n]*")
_IMAGE = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\s]{0,2000}\)|\[(?:cid|image|img|inline image)\b[^\]\n]{0,200}\]|<Media omitted>", re.I
)
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^)\s]{0,800})\)")
_URL = re.compile(r"<?\bhttps?://[^\s<>\"')\]]{1,2000}>?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_STYLE = re.compile(r"[^{}\n]{0,300}\{(?=[^{}]{0,40}:)[^{}]{0,3000}[:;][^{}]{0,3000}\}|<!--|-->")
_STYLED = ("mso-", "font-family", "behavior:url", "margin:", "font-size", "line-height")
_RULED_OFF = re.compile(r"^[-_=*]{4,}\s+|\s[-_=*]{4,}$")
_RULED = "-_=*"
_PARAGRAPH = re.compile(r"(\n[ \t]*\n)")
_GAP = re.compile(r"\s{2,}|\n")
_SENTENCE = re.compile(r"[.!?:*]\s+|\s{2,}|\n")
_RULERS = " \t\n_=~─|"
# What a calendar puts between two ruled lines.
_INVITATION = re.compile(r"^[ \t]*_{8,}[ \t]*\n((?:(?!_{8})[^\n]*\n){1,40}?)[ \t]*_{8,}[ \t]*$", re.M)
_LONG_LINK = 80
_LONG_TEXT = 4_000  # characters: longer ones are not remembered


def clean(text: str) -> str:
    """One message's own words."""
    return own_words(plain(text).text)


def own_words(text: str, quoted: bool = False, signed: bool = True, scanned: Scanned | None = None) -> str:
    """The same for text that holds no markup any more; `quoted` text still has its `>` marks.

    What is not `signed`, a note or a line of a chat, has no signature to look for. `scanned` is what was found in
    a text of which this is a part.
    """
    made = _remembered if len(text) < _LONG_TEXT else _own_words
    return made(text, quoted, signed, None if scanned is None else scanned.cut)


def _own_words(text: str, quoted: bool, signed: bool, cut: Cut | None) -> str:
    text = _visible(text)
    if quoted and ">" in text:
        text = _INNER_MARKS.sub(" ", _MARKS.sub("\n", "\n" + text)[1:])
    if "________" in text:
        text = _without_invitation(text)
    if "{" in text and phrases.holds(_STYLED, text):
        text = _STYLE.sub(" ", text)
    text = _links(text)
    scanned = scanning.scan(text) if cut is None else Scanned(dict(cut)).within(text)
    if scanned.found and len(text.lower()) == len(text):  # few letters change their length, but then no place is sure
        text = without_boilerplate(text, scanned)
    if "\n" in text:
        lines = [line.strip() for line in text.split("\n")]
        text = "\n".join(signature.without(lines) if signed else lines)
    return _tidy(text)


_remembered = lru_cache(maxsize=1024)(_own_words)  # a mail comes back in the quotes of every answer


def _visible(text: str) -> str:
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return text.translate(_TABLE) if _NEEDS_TABLE.search(text) else text


def _tidy(text: str) -> str:
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    text = text.strip(_RULERS)
    return _RULED_OFF.sub("", text) if text[:1] in _RULED or text[-1:] in _RULED else text


def _links(text: str) -> str:
    """Links as their words; addresses that only count clicks, or that nobody could read, go."""
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    if "://" in text:
        text = _URL.sub(_address, text)
    return _BOLD.sub(r"\2", text) if "**" in text or "__" in text else text


def _address(found: re.Match[str]) -> str:
    url = found.group()
    low = url.lower()
    return " " if len(url) > _LONG_LINK or phrases.holds(phrases.boilerplate().trackers, low) else url


def without_boilerplate(text: str, scanned: Scanned) -> str:
    """Drops what gateways, lawyers, phones and mailing tools added."""
    return _dropped(text, scanned.cut)


@lru_cache(maxsize=64)  # of most messages asked twice: to tell who wrote them, and for their own words
def _dropped(text: str, cut: Cut) -> str:
    scanned = Scanned(dict(cut))
    if scanned.has("marker"):
        text = "\n".join(line for line in text.split("\n") if scanned.first("marker", line) < 0)
    if scanned.has("banner"):
        text = _drop_parts(text, "banner", scanned)
    if scanned.has("disclaimer"):
        text = _drop_parts(text, "disclaimer", scanned)
    if scanned.has("device"):
        text = "\n".join(_without_device(line, scanned.first("device", line)) for line in text.split("\n"))
    return _drop_optouts(text, scanned) if scanned.has("optout") else text


def _without_invitation(text: str) -> str:
    """Without the door to a meeting's room, where somebody typed anything beside it."""
    rooms = phrases.boilerplate().rooms
    rest = _INVITATION.sub(lambda found: "\n\n" if phrases.holds(rooms, found[1].lower()) else found[0], text)
    return rest if any(c.isalpha() for c in rest) else text


def _without_device(line: str, at: int) -> str:
    """The line without the words a phone put at its end, or in front of nothing else."""
    if at < 0 or len(line) - at > 80 or (at and line[:at].rstrip()[-1:] not in ("", ".", "!", "?", "-", "…", ":", ")")):
        return line
    return line[:at]


def _drop_parts(text: str, name: str, scanned: Scanned) -> str:
    """Cuts each paragraph at the sentence with a cue; to its end, for the rest is more of the same."""
    kept = []
    for part in _PARAGRAPH.split(text):
        first = scanned.first(name, part.replace("\n", " "))
        if first >= 0:
            tail = _after_banner(part, first) if name == "banner" else ""
            part = part[: _sentence(part, first)] + tail
        kept.append(part)
    return "".join(kept)


def _sentence(text: str, at: int) -> int:
    """Where the sentence around `at` begins. A hard line break ends a sentence, a wrapped line does not."""
    start = 0
    for found in _SENTENCE.finditer(text, 0, at):
        if found.group() == "\n" and _wrapped(text, found.start()):
            continue
        if text[found.start()] == ":" and found.end() - start < 40:
            continue
        start = found.end()
    return start


def _wrapped(text: str, newline: int) -> bool:
    return newline - (text.rfind("\n", 0, newline) + 1) > 55 and text[newline - 1] not in ".!?"


def _after_banner(text: str, at: int) -> str:
    """A gateway's warning stands before the words, sometimes on the same line: two spaces or a line end close it."""
    found = _GAP.search(text, at)
    return text[found.start() :] if found else ""


def _drop_optouts(text: str, scanned: Scanned) -> str:
    """Unsubscribe blocks. A person who asks to be taken off is heard, and so is one who writes nothing else."""
    requests = phrases.boilerplate().requests
    kept = []
    for line in text.split("\n"):
        first = scanned.first("optout", line)
        if first >= 0 and not phrases.holds(requests, line[(start := _sentence(line, first)) :].lower()):
            line = line[:start]
        kept.append(line)
    return "\n".join(kept) if any(line.strip() for line in kept) else text
