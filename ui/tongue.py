"""The window's own words, in the language of whoever looks at it.

`said("accounts.none")` gives words now, inside a listener; `label("accounts.search")` names words that the
browser fills in, for what a component is drawn with. Both read `ui/words/<language>.yaml`. The language is the
one chosen by the switch (a cookie), else the browser's own, else English.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crm.tongue import Tongue
from crm.wording import languages
from wiring import PLAYBOOK

LANGUAGES = {"en": "English", "fr": "Français", "de": "Deutsch", "es": "Español"}
COOKIE = "crm_language"
WORDS = Path(__file__).parent / "words"
MANY, ONE = "many", "one"  # two forms of one entry: by its field `n`
NO_BREAK = "\u202f"  # a narrow space that ends no line
DAY = re.compile(r"(?<![\w./-])\d{4}-\d{2}-\d{2}(?![\w/-])")
FIGURE = re.compile(r"(?<![\w.,:/$-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?!\w|[.,]\d)")


def said(key: str, **fields: object) -> str:
    """The entry in the language of whoever looks, its {fields} filled in; `n` chooses between one and many.

    Numbers are written as that language writes them.
    """
    tongue = language()
    entry = entries(tongue)[key]
    told: str = entry[ONE if fields.get("n") in (1, -1) else MANY] if isinstance(entry, Mapping) else entry
    return told.format(**{name: _shown(value) for name, value in fields.items()}) if fields else told


def heard(sentence: str) -> str:
    """A sentence from below the window, such as a fault's or a verdict's reason, in the language of whoever looks.

    The playbook's words/told.yaml holds them; what it lacks stays English.
    """
    tongue = language()
    told = Tongue.of(PLAYBOOK, tongue).said(sentence)
    if told == sentence:
        return sentence
    dated = DAY.sub(lambda found: day(date.fromisoformat(found[0])), told)
    return FIGURE.sub(lambda found: as_written(found[0]), dated)


def heard_parts(told: str) -> str:
    """What stands with commas between its parts, each a saying of ours; else a sentence as a whole."""
    parts = told.split(", ")
    said_apart = [heard(part) for part in parts]
    apart = all(there != here for there, here in zip(said_apart, parts, strict=True))
    return ", ".join(said_apart) if apart else heard(told)


def label(key: str) -> Any:
    """The entry as a component takes it: the browser chooses the language."""
    from gradio.i18n import I18nData

    if key not in entries("en"):
        raise KeyError(key)
    return I18nData(key)


def named(place: str, name: str) -> str:
    """A name that comes from elsewhere in the house, such as a column's; as it is where nobody translated it."""
    key = f"{place}.{name.lower().replace(' ', '_')}"
    return said(key) if key in entries("en") else name


def language() -> str:
    """Of whoever made the request that is being answered; English where there is none."""
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    if request is None:
        return "en"
    return chosen(request.cookies.get(COOKIE, ""), request.headers.get("accept-language", ""))


def chosen(cookie: str, accepted: str) -> str:
    """The language of a cookie, else the first of an Accept-Language header that the window speaks, else English."""
    if cookie in LANGUAGES:
        return cookie
    for wanted in accepted.split(","):
        code = wanted.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "en"


def translations() -> Any:
    """All entries as the browser takes them."""
    from gradio.i18n import I18n

    told = {tongue: {k: e for k, e in entries(tongue).items() if isinstance(e, str)} for tongue in LANGUAGES}
    return I18n(**told)


@cache
def entries(tongue: str) -> Mapping[str, Any]:
    """The file of one language, its places and names joined by dots."""
    pages = yaml.safe_load((WORDS / f"{tongue}.yaml").read_text(encoding="utf-8"))
    return {f"{place}.{name}": entry for place, page in pages.items() for name, entry in page.items()}


def amid(word: str) -> str:
    """A word that begins a label, in the midst of a sentence; a German noun keeps its capital."""
    return word if language() == "de" else word.lower()


def figure(count: int) -> str:
    """5000 as 5,000; in German as 5.000, in French with a space that does not break."""
    return as_written(f"{count:,}")


def decimal(value: float, digits: int = 1) -> str:
    """2.45 as 2.5; in French, German and Spanish as 2,5."""
    return as_written(f"{value:,.{digits}f}")


def as_written(number: str) -> str:
    """A number in English digits as the reader writes it, as the playbook's words/writing.yaml says."""
    habits = languages(PLAYBOOK)[language()]
    marks = {",": habits.thousands.replace(" ", NO_BREAK), ".": habits.decimal}
    return "".join(marks.get(c, c) for c in number)


def day(at: date | datetime | None) -> str:
    """7 Mar 2026, 7. März 2026; or that it is not known."""
    return said("common.day", day=str(at.day), month=month(at)) if at else said("common.no_date")


def month(at: date | datetime) -> str:
    """Mar 2026, mars 2026."""
    return f"{said('common.months').split()[at.month - 1]} {at.year}"


def _shown(value: object) -> object:
    match value:
        case bool():
            return value
        case int():
            return figure(value)
        case float():
            return decimal(value)
        case date():
            return day(value)
        case _:
            return value
