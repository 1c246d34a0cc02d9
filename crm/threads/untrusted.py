"""Takes out of a text what is addressed to whoever judges it.

A record is evidence, never an instruction. Words that tell a classifier what to answer, fake system blocks,
fake results in JSON and encoded payloads say nothing about who talked with whom, so no judge gets to see them.
"""

import re
from functools import lru_cache

from crm.quoting import UNSEEN
from crm.threads.phrases import holds

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏвмтнкАЕОРСУХІЈЅВМТНКΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν",
    "aeopcyxijsdhlbmthkAEOPCYXIJSBMTHKABEZHIKMNOPTYXoav",
)
_FOREIGN = re.compile("[\u0370-\u052f]")  # Greek and Cyrillic letters, where look-alikes come from
_LATIN = re.compile("[a-zA-Z]")
_SUSPECTS = (
    "engaged", "instruct", "instruc", "istruzion", "instrukcj", "instruç", "anweisung", "prompt", "[inst", "<|",
    "<<sys", "<!--", "```", "</", "{", "classif", "system", "assistant", "ignor", "disregard", "verdict", "override",
)  # fmt: skip
_PAYLOAD = re.compile(r"(?:\S{0,39}+\s++)*+\S{40}")  # some word of 40 letters, which is no word; none is read twice
# Each with the signs of which it needs one: most texts have none, and a search is quicker than the pattern.
_BLOCKS = (
    (("<!--",), re.compile(r"<!--.{0,2000}?(?:-->|$)", re.S)),
    (
        ("<",),
        re.compile(
            r"<\s*(system|assistant|instructions?|prompt|admin)[^<>]{0,200}>.{0,2000}?(?:<\s*/\s*\1\s*>|$)", re.I | re.S
        ),
    ),
    (
        ("[", "<|", "<<", "##"),
        re.compile(
            r"\[/?INST\]|<\|[^|\n]{1,40}\|>|<</?SYS>>|^#{2,}\s*(?:system|instructions?|assistant)\b[^\n]*$", re.I | re.M
        ),
    ),
    (("```",), re.compile(r"```.{0,2000}?```", re.S)),
    (("{",), re.compile(r"\{[^{}]{0,1000}(?:engaged|label|verdict|classification)[^{}]{0,1000}\}", re.I)),
)
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=])")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
_TOLD = (
    (
        ("ignore", "disregard", "forget", "override", "bypass"),
        re.compile(
            r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,60}\b(?:instructions?|rules?|prompt|above|previous|prior|guidelines?|context)\b",
            re.I,
        ),
    ),
    (
        ("engaged",),
        re.compile(
            r"\b(?:label|classif\w+|mark|treat|rate|judge|score|tag|count|output|answer|respond|return|verdict|categor\w+|set)\b[^.!?\n]{0,80}\b(?:not[\s_-]?)?engaged\b"
            r"|\bengaged\b[^.!?\n]{0,40}\b(?:label|verdict|classification|confidence)\b"
            r"|\b(?:klassifiziere|bewerte|markiere|classe[zr]?|étiquet\w+|etiquet\w+|clasifica|marca|classifica|klassificeer|oznacz)\w*\b[^.!?\n]{0,60}\bengaged\b",
            re.I,
        ),
    ),
    (
        ("system", "admin", "developer"),
        re.compile(r"\b(?:system|admin|developer)\s?(?:prompt|message|override|note|instruction)s?\b", re.I),
    ),
    (
        ("you are", "act as", "as a"),
        re.compile(
            r"\b(?:you are|act as|as an?)\b[^.!?\n]{0,40}\b(?:ai|language model|classifier|assistant|auditor|judge)\b",
            re.I,
        ),
    ),
    (
        ("ignor", "oublie", "olvida", "negeer"),
        re.compile(
            r"\bignorier\w*\b[^.!?\n]{0,60}\banweisung\w*|\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,60}\binstructions?"
            r"|\b(?:ignora|ignore|olvida)\b[^.!?\n]{0,60}\binstruc\w+|\bignora\b[^.!?\n]{0,60}\bistruzioni"
            r"|\bnegeer\b[^.!?\n]{0,60}\binstructies|\bzignoruj\b[^.!?\n]{0,60}\binstrukcj\w+|\bignore\b[^.!?\n]{0,60}\binstruç\w+",
            re.I,
        ),
    ),
)


def without_orders(text: str) -> str:
    """The text without what is addressed to a judge; most texts come back as they are."""
    if not suspicious(text):
        return text
    text = unmasked(text)
    for signs, block in _BLOCKS:
        if holds(signs, text):
            text = block.sub(" ", text)
    if _has_payload(text):
        text = _ENCODED.sub(" ", text)
    if not _tells(text):
        return text
    return "".join(part for part in _SENTENCE.findall(text) if not _tells(part))


def _tells(text: str) -> bool:
    """Whether a text tells somebody what to answer. Beyond ASCII, letters are alike that no sign shows: all are tried.

    Without signs each of the patterns would be tried at each word.
    """
    low = text.lower() if text.isascii() else ""
    return any((not low or holds(signs, low)) and told.search(text) for signs, told in _TOLD)


@lru_cache(maxsize=16)  # a body is asked about once for each of its messages
def suspicious(text: str) -> bool:
    """A quick look for anything that could be addressed to a judge. Where a whole has none, no part of it has."""
    shown = unmasked(text)
    low = shown.lower()
    return holds(_SUSPECTS, low) or _has_payload(shown)


def _has_payload(text: str) -> bool:
    return _PAYLOAD.match(text) is not None


def unmasked(text: str) -> str:
    """The text without invisible characters and without foreign letters that only look like ours."""
    if text.isascii():
        return text
    text = UNSEEN.sub("", text)
    return text.translate(_LOOK_ALIKES) if _FOREIGN.search(text) and _LATIN.search(text) else text
