"""The window's words: the same entries in every language, all of them used, none left in the code."""

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from tests.window_reader import reading
from ui.periods import offered, period_of
from ui.tongue import LANGUAGES, amid, chosen, day, decimal, entries, figure, label, named, said

UI = Path(__file__).parents[2] / "ui"
OTHERS = sorted(set(LANGUAGES) - {"en"})
ATTRIBUTES = {"elem_id", "elem_classes"}
NOT_WORDS = {"ENGAGED", "NOT", "Engaged"}  # the three labels and the product's name are the same in every language
COMMANDS = ("python app.py ", "make ")  # what is typed is the same in every language
# A key that is put together: all entries of these beginnings are in use.
MADE = (
    "accounts.ask_", "accounts.question_", "accounts.lane_", "record.side_", "show.means_", "show.by_",
    "imports.", "ledger.",
    "accounts.", "record.", "rating.", "talks.", "past.", "top.role_", "places.", "audit.one", "audit.file",
    "field.", "chart.", "mark.", "measured.", "untidy.", "fault.", "timed.", "used.", "part.",
    "glossary.", "part_is.", "used_is.",
    "step.", "auditing.", "outcomes.", "pipeline.", "looking.", "measures.", "quality.",
)  # fmt: skip


def fields(entry: Any) -> set[str]:
    told = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in told for _, name, _, _ in Formatter().parse(text) if name}


def forms(entry: Any) -> set[str]:
    return set(entry) if isinstance(entry, dict) else set()


@pytest.mark.parametrize("tongue", OTHERS)
def test_every_language_says_the_same_things(tongue: str) -> None:
    english, other = entries("en"), entries(tongue)
    assert list(other) == list(english)
    for key, entry in english.items():
        assert fields(other[key]) == fields(entry), key
        assert forms(other[key]) == forms(entry), key
        assert all(text.strip() for text in (other[key].values() if forms(other[key]) else [other[key]])), key


def test_no_entry_is_left_over_and_none_is_missing() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in UI.glob("*.py"))
    named = set(re.findall(r"""(?:said|label|written)\(\s*f?["']([\w.-]+)["']""", source))
    assert named - set(entries("en")) == set()
    quoted = set(re.findall(r"""["']([a-z]+\.[\w-]+)["']""", source))
    left = {key for key in entries("en") if key not in quoted and not key.startswith(MADE)}
    assert left == set()


def english_in(path: Path) -> list[str]:
    """Texts in the code that a person would read: what is no docstring, no key, no HTML, no script."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    named = {
        id(c) for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg in ATTRIBUTES for c in ast.walk(n.value)
    }
    raised = {id(c) for n in ast.walk(tree) if isinstance(n, ast.Raise) for c in ast.walk(n)}
    logged = {id(c) for n in ast.walk(tree) if isinstance(n, ast.Call) and _to_the_log(n) for c in ast.walk(n)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if id(node) in docs | named | raised | logged or "=>" in node.value or "addEventListener" in node.value:
            continue
        if node.value.startswith(COMMANDS):
            continue
        text = re.sub(r"<[^>]*>?|^[^<>]*>|\{[^}]*\}|&\w+;|--\w[\w-]*", " ", node.value)
        wrote = [w for w in re.findall(r"[A-Za-z’']{3,}", text) if w not in NOT_WORDS]
        if len(wrote) >= 2 and " " in text.strip() and not re.search(r"[=:;#]\S|\\|%\w|_\w|[|\[]", text):
            found.append(node.value)
    return found


def _to_the_log(call: ast.Call) -> bool:
    """Whether it speaks to the terminal, not to the page."""
    if isinstance(call.func, ast.Attribute):
        return isinstance(call.func.value, ast.Name) and call.func.value.id == "log"
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def files() -> list[Path]:
    return sorted(path for path in UI.glob("*.py") if path.name not in {"style.py", "page_language.py", "tongue.py"})


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_no_words_stand_in_the_code(path: Path) -> None:
    assert english_in(path) == []


def test_a_label_must_be_there() -> None:
    assert label("places.ask").key == "places.ask"
    with pytest.raises(KeyError):
        label("places.nowhere")


def test_the_cookie_wins_over_the_browser_and_english_over_what_nobody_translated() -> None:
    assert chosen("fr", "en") == "fr"
    assert chosen("", "de-DE,fr;q=0.8,en;q=0.5") == "de"
    assert chosen("", "it-IT,es-MX;q=0.8,en;q=0.5") == "es"
    assert chosen("xx", "FR") == "fr"
    assert chosen("", "pl,it") == "en"
    assert chosen("", "") == "en"


def test_english_where_nobody_asks() -> None:
    assert said("talks.questions", n=1) == "1 question"
    assert said("talks.questions", n=1_200) == "1,200 questions"
    assert (day(date(2026, 3, 7)), day(None), decimal(1234.56)) == ("7 Mar 2026", "no date", "1,234.6")
    assert (named("untidy", "deals without an amount"), named("untidy", "my own")) == (
        "deals without an amount",
        "my own",
    )


@pytest.mark.parametrize(
    ("accepted", "activities", "at", "count", "part", "never", "found"),
    [
        ("fr-CA,en;q=0.5", "5\u202f000 activités", "7 mars 2026", "1\u202f234\u202f567", "1\u202f234,6",
         "jamais de réponse", "1 comptes sur 60"),
        ("de-CH,fr;q=0.5", "5.000 Aktivitäten", "7. März 2026", "1.234.567", "1.234,6",
         "nie geantwortet", "1 von 60 Firmen"),
        ("es-MX,es;q=0.5", "5.000 actividades", "7 mar 2026", "1.234.567", "1.234,6",
         "nunca respondió", "1 de 60 cuentas"),
    ],
)  # fmt: skip
def test_numbers_and_days_as_the_reader_writes_them(
    accepted: str, activities: str, at: str, count: str, part: str, never: str, found: str
) -> None:
    with reading(accepted):
        assert said("top.activities", n=5_000) == activities
        assert (day(date(2026, 3, 7)), figure(1_234_567), decimal(1234.56)) == (at, count, part)
        assert (named("mark", "never answered"), named("field", "Worum")) == (never, "Worum")
        assert said("accounts.found", found=1, total=60) == found


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_periods_that_are_offered_are_read(tongue: str) -> None:
    with reading(tongue):
        assert all(period_of(told, date(2026, 10, 30)) for told, value in offered() if value)


def test_in_the_midst_of_a_sentence_a_german_noun_keeps_its_capital() -> None:
    for tongue, told in (("en", "activities"), ("fr", "activités"), ("de", "Aktivitäten"), ("es", "actividades")):
        with reading(tongue):
            assert amid(said("imports.activities")) == told
