"""Makes text from a record harmless to show: it can be read, and nothing in it can act.

Markdown is backslash-escaped, so that the words stay as they were written; links, images and HTML stay dead.
"""

import re

# Characters that no reader sees: controls, zero-width, bidirectional overrides, tags, variation selectors.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
SPACE = re.compile(r"\s+")
ALIVE = re.compile(
    r"[\\`*\[\]<>|~$]"  # emphasis, links, images, HTML, tables, strikethrough, formulas
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is only a letter
    r"|(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)"  # what bare links and addresses are recognised by
    r"|&(?=#|\w+;)"  # entities
    r"|^[#+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]",  # headings and lists
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])(?<!\d)[.!?…]+[\"'”»)]*(?=\s)")  # not "J. Weber", "12. November"
CLAUSE_END = re.compile(r"[,;:](?=\s)|\s(?=[-–—(]\s?)")
# What makes a spreadsheet read a cell as a formula (OWASP's list), with the full-width signs that it folds.
FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
DEAD = re.compile(r"\\([\\`*\[\]<>|~$_:.)@&#+=-])")


def folded(text: str) -> str:
    """On one line, without the characters that no reader sees."""
    return SPACE.sub(" ", UNSEEN.sub("", text)).strip()


def neutral(text: str) -> str:
    """On one line, and inert wherever Markdown or HTML is rendered."""
    return ALIVE.sub(r"\\\g<0>", folded(text))


def plain(markdown: str) -> str:
    """The words of a neutral text as they were, for a terminal or a mail."""
    return DEAD.sub(r"\1", markdown)


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell[:1] and cell[0] in FORMULA else cell


def passage(text: str, limit: int = 240) -> str:
    """The beginning of `text`, literally, as far as it can be read alone: to the end of a sentence, else of a clause.

    Where neither ends behind the first third of the room, after a word.
    """
    if len(text) <= limit:
        return text
    ends = [m.end() for m in SENTENCE_END.finditer(text, limit // 3, limit + 1)]
    clauses = [m.start() for m in CLAUSE_END.finditer(text, limit // 3, limit + 1)]
    return text[: ends[-1]] if ends else text[: clauses[-1]].rstrip() if clauses else excerpt(text, limit)


def excerpt(text: str, limit: int = 240) -> str:
    """The beginning of `text`, literally, cut after a word when it is too long."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(None, 1)[0]
    return cut.rstrip(" ,;:-–")
