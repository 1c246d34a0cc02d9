"""Brings a text into the form in which words are compared, and cuts it into words and sentences.

Case, accents, invisible characters, look-alike letters and short forms ("she'll") make no difference: a
voicemail is a voicemail however it was typed.
"""

import re
import unicodedata
from itertools import chain
from sys import intern

from crm.threads import abbreviations
from crm.threads.untrusted import unmasked

STOP = "|"  # the token between two sentences

_SPELLINGS = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L"}
_SPELT = re.compile(f"[{''.join(_SPELLINGS)}]")
_APOSTROPHES = re.compile("[’‘`´]")
_CONTRACTED = re.compile(r"'(?<=\w')(?=(?:t|s|m)\b)", re.I)
_FULL = {"ll": " will", "ve": " have", "re": " are", "d": " would"}
_SHORTENED = re.compile(r"'(?<=\w')(ll|ve|re|d)\b", re.I)
_COMBINING = re.compile("[\u0300-\u036f]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[,;)]?")
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:/[^\W_]\b)?|[.!?;:\n|•·–—>]")
_MEMORY = 50_000  # words remembered before starting over
_LONGEST = 40  # letters of a word that is remembered
_STOPS = dict.fromkeys(".!?;:\n|•·–—>", STOP)


def folded(text: str) -> str:
    """The text in the form in which it is compared, but for its capitals."""
    if not text.isascii():
        text = unmasked(text)
        text = _SPELT.sub(_spelt, _COMBINING.sub("", unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text))))
    if "'" not in text:
        return text
    return _SHORTENED.sub(lambda found: _FULL[found[1].lower()], _CONTRACTED.sub("", text))


def _spelt(found: re.Match[str]) -> str:
    return _SPELLINGS[found[0]]


def tokens(folded_text: str) -> list[str]:
    """The words of a folded text in lower case, with STOP where a sentence ends."""
    if len(_tokens_of) > _MEMORY:
        _tokens_of.clear()
    runs = folded_text.lower().replace("\n", f" {STOP} ").split()
    return list(chain.from_iterable(map(_tokens_of.__getitem__, runs)))


class _Tokens(dict[str, tuple[str, ...]]):
    """The tokens of what stands between two spaces, cut once. Each is one string wherever it stands.

    So no pattern runs over most words, and whoever looks them up afterwards finds them the quicker.
    """

    def __missing__(self, run: str) -> tuple[str, ...]:
        found = tuple([intern(_STOPS.get(token, token)) for token in _cut(run)])
        if len(run) <= _LONGEST:
            self[run] = found
        return found


_tokens_of = _Tokens()


def _cut(run: str) -> list[str]:
    """The tokens of what stands between two spaces; the full stops of "Fr." and "n.e." are none."""
    found = _TOKEN.findall(run)
    if run.count(".") > 1 and _DOTTED.fullmatch(run):
        return [word for word in found if word != "."]
    if run[-1] == "." and len(found) > 1 and found[-2].lower() in abbreviations.single() and found[-1] == ".":
        found.pop()
    return found


def typed(folded_text: str) -> list[str]:
    """The same tokens with their capitals."""
    return list(chain.from_iterable(map(_cut, folded_text.replace("\n", f" {STOP} ").split())))


def capitalised(word: str, folded_text: str) -> bool:
    """A quick look whether a word, given in lower case, may stand in a text with a capital; few do."""
    if not folded_text.isascii():
        return True
    first, second = word[0].upper(), word[1:2]
    return first + second in folded_text or first + second.upper() in folded_text
