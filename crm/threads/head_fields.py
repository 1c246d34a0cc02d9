"""The words before the colon in a mail head, in ten languages, with or without their accents."""

import re
from dataclasses import dataclass
from enum import Enum


class Field(Enum):
    """What a head line holds."""

    FROM = 1
    SENT = 2
    TO = 3
    CC = 4
    SUBJECT = 5
    OTHER = 6


_LABELS = {
    Field.FROM: "from von de da van od från fra expéditeur remitente mittente afzender nadawca absender",
    Field.SENT: "sent date gesendet datum envoyé enviado enviada fecha inviato data verzonden wysłano wysłane skickat "
    "sendt dato",
    Field.TO: "to an à a para aan do till til ? destinataire",
    Field.CC: "cc bcc kopie kopia cópia cci cco kopi",
    Field.SUBJECT: "subject betreff objet asunto oggetto onderwerp assunto temat ämne emne",
    Field.OTHER: "importance attachments attachment anlagen bijlagen allegati anexos importancia wichtigkeit priority",
}
LABELS = {word: field for field, words in _LABELS.items() for word in words.split()}
_ENGLISH = frozenset(("sent", "date"))
_SPOILT = re.compile(r"\?|�|Ã.|[^\x00-\x7f]")
_ASCII = {_SPOILT.sub("", word): field for word, field in LABELS.items() if len(word) > 2}

_WORD = r"[^\W\d_][\w?�©]{0,11}(?:\s(?:el|em))?"
LINE = re.compile(rf"[*_\s]{{0,4}}({_WORD}|\?|Ã.?)\s?:[*_]{{0,3}}(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line of a head: what it holds, where its value starts, whether its language writes the day first."""

    field: Field
    value: int
    day_first: bool | None


def labelled(text: str, start: int, end: int) -> Labelled | None:
    """The line text[start:end] as a line of a head, if it is one."""
    found = LINE.match(text, start, end)
    if not found:
        return None
    word = found[1].lower()
    field = field_of(word)
    if field is None:
        return None
    return Labelled(field, found.end(), None if word in _ENGLISH else True)


def field_of(word: str) -> Field | None:
    """The field a label names. A label that lost its accents is known by what is left of it."""
    word = word.lower().removesuffix(" el").removesuffix(" em")
    if field := LABELS.get(word):
        return field
    if word.startswith("ã") and len(word) < 3:
        return Field.TO
    spoilt = _SPOILT.sub("", word)
    return _ASCII.get(spoilt) if len(spoilt) > 2 and spoilt != word else _ASCII.get(word)
