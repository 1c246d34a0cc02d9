"""Finds whom a short note names beside what they did.

"Vu Mme Roche, veut trois variantes" has no verb of talking, "Hr. Grewe: kommt vier Wochen später" no verb at all: what
recounts contact there is that somebody of theirs is named beside what leaves the doer out.
"""

import re
from collections.abc import Callable, Iterator

from crm.engagement.phrase_hits import Heard, Hit
from crm.engagement.text_folding import STOP, typed
from crm.threads.dialogue import is_field
from crm.threads.people import words

_CONTACT = frozenset(("seen", "with_them"))
_PEOPLE = frozenset(("titled", "their_role"))
_ANSWERS = frozenset(("agreed", "does"))
CONCEPTS = _CONTACT | _PEOPLE | _ANSWERS | {"left_there", "away"}
_TOLD = _ANSWERS | {"said", "buyer"}
_NEXT = 3  # words between seeing somebody and his name: "vu hier la gérante"
_NEAR = 5  # words between somebody and what he did
_SHORT = 2  # letters of a title that may be another word: "m'a", "p. 4"
_LABEL = re.compile(r"(?m)^[\s>*-]*((?:[^\W\d_][\w.'-]*[ ]?){1,4}?)(?: ?\([^()\n]{1,30}\))?\s?:\s+\S")
_QUOTED = re.compile(r'["“„«]\s*[^"“”„«»\n]{1,60}?\w[^"“”„«»\n]{0,200}?["”“»]')
IsName = Callable[[int], bool]  # whether the token at this place may be somebody's name


def flags(zone: str, heard: Heard, is_name: IsName, conditions: frozenset[str]) -> Iterator[str]:
    """The flags of one text; `conditions` are words such as "if", behind which nobody did anything yet."""
    hits = [hit for hit in heard.hits if hit.concept not in _PEOPLE or _somebody(hit, heard, is_name, conditions)]
    for hit in hits:
        if hit.concept in CONCEPTS:
            name = f"no:{hit.concept}" if hit.denied else hit.concept
            yield name
            yield f"{zone}:{name}"
            if heard.opens(hit.start):
                yield f"^{name}"
    people = {at for hit in hits if hit.concept in _PEOPLE for at in range(hit.start, hit.end)}
    told = [hit for hit in hits if hit.concept in _TOLD and not hit.denied]
    for hit in hits:
        if hit.denied:
            continue
        if hit.concept in _CONTACT and _with_whom(hit, heard, people, is_name):
            yield f"named:{hit.concept}"
        if hit.concept in _TOLD and any(
            at in people or (is_name(at) and (at == hit.start - 1 or not heard.opens(at)))
            for at in _before(heard, hit.start)
        ):
            yield f"named:{hit.concept}"
        if hit.concept in _CONTACT | _PEOPLE and any(other.start >= hit.end for other in told):
            yield f"told:{hit.concept}"


def with_contacts(heard: Heard, contacts: frozenset[str], is_name: IsName) -> Heard:
    """With a hit for each of these people's names: who stands in the record's column of contacts is one of theirs.

    `contacts` are the words of their names without accents and case, as `words` of crm/threads/people.py has them.
    """
    places = [at for at, token in enumerate(heard.tokens) if contacts.issuperset(words(token) or ("",)) and is_name(at)]
    known = {at for hit in heard.hits if hit.concept in _PEOPLE for at in range(hit.start, hit.end)}
    found = [Hit("their_role", at, at + 1, False, "") for at in places if at not in known]
    if not found:
        return heard
    return heard._replace(hits=tuple(sorted((*heard.hits, *found), key=lambda hit: (hit.start, -hit.end))))


def spoken_for(folded_text: str, is_common: Callable[[str], bool]) -> Iterator[str]:
    """Whether words stand behind somebody's name and a colon, or between quotation marks."""
    if ":" in folded_text and any(_names(found[1], is_common) for found in _LABEL.finditer(folded_text)):
        yield "label:person"
    if _QUOTED.search(folded_text):
        yield "quoted:said"


def _somebody(hit: Hit, heard: Heard, is_name: IsName, conditions: frozenset[str]) -> bool:
    """A title names somebody only before a word, a short one only before a capital; nobody acts behind an "if"."""
    if hit.start and heard.tokens[hit.start - 1] in conditions:
        return False
    if hit.concept != "titled":
        return True
    if hit.end >= len(heard.tokens) or heard.tokens[hit.end] == STOP:
        return False
    return len(heard.tokens[hit.start]) > _SHORT or is_name(hit.end)


def _with_whom(hit: Hit, heard: Heard, people: set[int], is_name: IsName) -> bool:
    """Whether somebody is named behind the word, or before it where verbs may stand last: "Hr. Krause getroffen"."""
    if any(at in people or is_name(at) for at in _after(heard, hit.end)):
        return True
    return hit.language != "en" and any(at in people for at in list(_before(heard, hit.start))[:_NEXT])


def _after(heard: Heard, at: int) -> Iterator[int]:
    for place in range(at, min(at + _NEXT, len(heard.tokens))):
        if heard.tokens[place] == STOP:
            return
        yield place


def _before(heard: Heard, at: int) -> Iterator[int]:
    for place in range(at - 1, max(-1, at - 1 - _NEAR), -1):
        if heard.tokens[place] == STOP:
            return
        yield place


def _names(label: str, is_common: Callable[[str], bool]) -> bool:
    """Whether a label may be somebody's name: one of its words is capitalised, and it is no field of a form."""
    if is_field(label.strip()):
        return False
    words = [word for word in typed(label) if word != STOP]
    return any(w.istitle() and len(w) > 1 and not is_common(w.lower()) for w in words)
