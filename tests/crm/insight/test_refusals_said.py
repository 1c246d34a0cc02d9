"""Every refusal of crm/insight is said in the person's language, whole: none stays English, or half so."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.insight.frame import About, Column, Field
from crm.insight.question import refusal
from crm.tongue import Tongue
from tests.four_accounts import PLAYBOOK

LANGUAGES = ("fr", "de", "es", "pt")
HOLE = "this and that {}"  # a person's words may well be joined by an "and"


def refusals() -> Iterator[tuple[str, dict[str, bool]]]:
    """Each sentence with its holes filled, and of each filling whether it stands in quotation marks."""
    shared = {name: ast.Constant(said) for name, said in vars(refusal).items() if name.isupper()}
    for path in sorted(Path(refusal.__file__).parents[1].rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = shared | {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == refusal.CannotSay.__name__
            ):
                told = node.args[0]
                yield _filled(constants[told.id] if isinstance(told, ast.Name) else told)


def _filled(told: ast.expr) -> tuple[str, dict[str, bool]]:
    sentence, holes = "", dict[str, bool]()
    for piece in told.values if isinstance(told, ast.JoinedStr) else [told]:
        if isinstance(piece, ast.Constant):
            sentence += str(piece.value)
        else:
            hole = HOLE.format(len(holes))
            holes[hole] = sentence.endswith("“")
            sentence += hole
    return sentence, holes


REFUSALS = dict(refusals())


def test_the_refusals_are_found() -> None:
    assert len(REFUSALS) > 50
    assert any(REFUSALS.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", REFUSALS)
def test_no_refusal_stays_english(sentence: str, language: str) -> None:
    tongue = Tongue.of(PLAYBOOK, language)
    found = next((found for pattern, _ in tongue.phrases if (found := pattern.fullmatch(sentence))), None)
    assert found, "not in playbook/words/said.yaml"
    # A general phrase that comes first, such as "{A} and {B}", would leave English words in its slots.
    assert sorted(found.groupdict().values()) == sorted(REFUSALS[sentence])
    # The person's own words stay as they are; a thing of ours is said in the language.
    assert {said: name.islower() for name, said in found.groupdict().items()} == REFUSALS[sentence]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_refusal_names_is_said_too(language: str) -> None:
    assert {*About, *Column, *Field, "region"} <= Tongue.of(PLAYBOOK, language).terms.keys()


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "no industry was imported for deals", "aucune donnée « secteur » n'a été importée pour les affaires"),
        ("de", "no deals are open and won at once", "keine Deals sind zugleich offen und gewonnen"),
        ("es", "“won” says nothing about leads here", "«won» no dice nada aquí sobre leads"),
        (
            "pt",
            "I do not know what “x” means here; read by the model, the period ends before it begins",
            "não sei o que «x» quer dizer aqui; lido pelo modelo: o período termina antes de começar",
        ),
        (
            "de",
            "I do not see which accounts are meant (the model was asked, too: it did not answer)",
            "ich sehe nicht, welche Firmen gemeint sind (auch das Modell wurde gefragt: it did not answer)",
        ),
    ],
)
def test_a_refusal_in_another_language(language: str, text: str, said: str) -> None:
    assert Tongue.of(PLAYBOOK, language).said(text) == said
