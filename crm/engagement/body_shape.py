"""The outer shape of a body: how much there is to read, whether it can be read, whether it is a form left blank."""

import re

_FEW = 20  # words; in more there is always one to read
_GARBLED = re.compile(r"\?{2,}|(?<=\w)\?(?=\w)|\ufffd|ï¿½|Ã.|Ð.|â€")
_GARBLED_SHARE = 12  # one spoilt letter in so many makes a text unreadable
_TECHNICAL = re.compile(r'"\w+":|\bnull\b|;;|[A-Za-z0-9+/]{60,}|=_NextPart|Content-Type:|\b\w+=[^\s;]*;', re.I)
_TECHNICAL_MARKS = 3
_RUN = 60  # letters without a space that no person typed
_SPOILT = "?\ufffdïÃÐâ"
# From the start of a word or behind an aside only: tried from every letter, a line of dashes takes hours.
_FILE_END = r"\.(?:jpe?g|png|pdf|dat|msg|mp3|m4a|docx?|xlsx?|dwg|heic|html?)\b"
_FILE = rf"(?:(?<!\S)|(?<=[\]>]))\S{{1,300}}{_FILE_END}"
_NAMES_FILE = re.compile(_FILE_END, re.I)
_ASIDE = re.compile(rf"\[[^\]\n]{{0,400}}\]|<[^>\n]{{0,300}}>|https?://\S+|{_FILE}", re.I)
_HOLE = re.compile(r"_{4,}|\[(?!cid|image)[a-z][^\]\n]{1,30}\](?!\()|\{(?!\{)[a-z_ ]{2,20}\}", re.I)
# What opens a line or is all of it is no hole, but who speaks or what was heard: "[Rep] Good morning", "[tone]".
_HEARD = re.compile(r"^[\d:., \t]*\[[^\]\n]{2,40}\](?:[ \t]+(?=[^\W_])|[ \t]*$)", re.M)
_HOLES = 4  # fewer may be a form with something in it, or buttons
_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|div|p|span|table|br)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SIZES = ("none", "one", "two", "few", "few", "some", "some", "some")
_MANY = 60


def size(words: int) -> str:
    """How much there is to read, in a word."""
    return _SIZES[words] if words < len(_SIZES) else "many" if words < _MANY else "long"


def has_word(text: str) -> bool:
    """Whether there is anything to read at all; a time stamp or a dashed line is nothing."""
    return bool(_WORD.search(text))


def shape(raw: str, words: int, blank: float, filled: float) -> set[str]:
    """What the look of a raw body tells. `words` were typed in it; `blank` and `filled` count the lines of a form."""
    found = set()
    if raw.lstrip()[:1] in ("[", "{", "<") and not _MARKUP.match(raw):
        found.add("body:bracketed")
    if ("___" in raw or "[" in raw or "{" in raw) and _holes(raw) >= _HOLES:
        found.add("body:holes")
    if blank >= 2 and blank >= filled:
        found.add("body:form_blank")
    if words < _FEW and not has_word(_ASIDE.sub(" ", raw) if _maybe_aside(raw) else raw):
        found.add("body:no_words")
    if _maybe_garbled(raw) and len(_GARBLED.findall(raw)) * _GARBLED_SHARE > len(raw):
        found.add("body:garbled")
    if _maybe_technical(raw) and len(_TECHNICAL.findall(raw)) > _TECHNICAL_MARKS:
        found.add("body:technical")
    return found


def _holes(raw: str) -> int:
    found = len(_HOLE.findall(raw))
    return found if found < _HOLES else len(_HOLE.findall(_HEARD.sub("", raw)))


def _maybe_aside(raw: str) -> bool:
    """Whether any of the signs is there, of which an aside takes one at least."""
    return "[" in raw or "<" in raw or "://" in raw or bool(_NAMES_FILE.search(raw))


def _maybe_garbled(raw: str) -> bool:
    """Whether there are enough of the signs, each of which one spoilt letter takes at least."""
    signs = "?" if raw.isascii() else _SPOILT
    return sum(map(raw.count, signs)) * _GARBLED_SHARE > len(raw)


def _maybe_technical(raw: str) -> bool:
    """Whether there are enough of the signs, each of which one technical mark takes at least."""
    if "=" not in raw and ";;" not in raw and '":' not in raw:
        return False
    low = raw.lower()
    signs = sum(map(low.count, ("=", ";;", '":', "null", "content-type:")))
    return (
        signs > _TECHNICAL_MARKS
        or signs + sum(len(w) // _RUN for w in raw.split() if len(w) >= _RUN) > _TECHNICAL_MARKS
    )
