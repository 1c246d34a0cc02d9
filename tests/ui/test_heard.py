"""Sentences from below the window are heard in the reader's language: reasons, faults, notices, states."""

import ast
import re
from collections.abc import Iterator

import pytest

from crm.engagement.rule_judge import RuleJudge
from crm.engagement.signs import concept
from crm.measured_figures import Measured
from crm.playbook import read_yaml
from crm.tongue import SLOT, TOLD, ToldByLanguage, Tongue
from house.quality import FIGURES
from tests.four_accounts import PLAYBOOK, ROOT
from tests.window_reader import reading
from ui.tongue import LANGUAGES, heard, heard_parts

OTHERS = sorted(set(LANGUAGES) - {"en"})
ORDER = "an order to oneself or a colleague, as the first word of a task"  # its "to" joins no two bounds
ORDER_IN_GERMAN = "ein Auftrag an sich selbst oder Kollegen, als erstes Wort einer Aufgabe"
FAULTS = {
    "BadRow", "BadFile", "BadLabel", "BadSetting", "MissingPart", "StoreTrouble", "NotAllowed", "LLMTrouble",
    "LLMNonsense", "BudgetSpent",
}  # fmt: skip
# Rooms whose faults a person meets in the window; those of a terminal, a cluster or a broken installation stay English.
ROOMS = (
    "crm/intake/decoding.py", "crm/intake/ledger.py", "crm/intake/readers.py", "crm/intake/undo.py",
    "crm/intake/joining.py",
    "crm/engagement/corrections.py", "crm/access.py", "crm/records/model_calls.py", "crm/records/conversations.py",
    "crm/llm/chat.py", "house/answering.py", "retrieval/folder.py",
)  # fmt: skip


@pytest.fixture
def french() -> Iterator[None]:
    with reading("fr"):
        yield


def spoken(node: ast.expr) -> str:
    """The sentence of a call's argument, its holes filled with something that no sentence of ours is."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "Zq7" for v in node.values)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def faults() -> Iterator[str]:
    for room in ROOMS:
        for node in ast.walk(ast.parse((ROOT / room).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAULTS and node.args:
                yield spoken(node.args[0])


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_of_a_rule_and_every_fault_is_said_in_the_window_s_languages(language: str) -> None:
    tongue = Tongue.of(PLAYBOOK, language)
    lexicon = RuleJudge.ready(PLAYBOOK).lexicon
    rules = sorted((PLAYBOOK / "rules").glob("engagement_*.yaml"))
    reasons = [r for p in rules for r in re.findall(r"^\s+because: (.+)$", p.read_text(encoding="utf-8"), re.MULTILINE)]
    signs = {concept(f"{no}{name}", lexicon) for name in lexicon.concepts for no in ("", "no:")}
    assert {f"{says} (denied)" for says in lexicon.says.values()} <= signs
    told = [*reasons, *signs, "the way it is written", *filter(None, faults())]
    assert len(told) > 120
    assert [sentence for sentence in told if tongue.said(sentence) == sentence] == []
    assert [says for says in lexicon.says.values() if says not in tongue.terms] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_all_that_another_says_and_keeps_the_slots(language: str) -> None:
    told = read_yaml(PLAYBOOK / TOLD, ToldByLanguage).languages
    page, first = told[language], told[OTHERS[0]]
    assert (list(page.terms), list(page.phrases)) == (list(first.terms), list(first.phrases))
    for key, meant in page.phrases.items():
        assert sorted(SLOT.findall(key)) == sorted(SLOT.findall(meant)), key


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("last two-way contact 10 days ago", "dernier échange à double sens il y a 10 jours"),
        (
            "its mean error was 118,000, better than the 166,000.5 of saying as last quarter",
            "son erreur moyenne était de 118\u202f000, meilleure que les 166\u202f000,5 "
            "de « comme au trimestre précédent »",
        ),
        ("should have closed on 2026-03-07", "aurait dû être conclue le 7 mars 2026"),
        (
            "Undecided: no judge is sure. It looks most like ND, by this: nobody answered (denied); “crane”.",
            "Non tranché : aucun juge n'est sûr. Cela ressemble le plus à ND, d'après ceci : "
            "personne n'a répondu (nié); “crane”.",
        ),
        (
            "No rule settles it, but it reads clearly like ND: colleagues, our departments and tools; “Plan and go”; "
            "speaks of the other person as he, she or they.",
            "Aucune règle ne tranche, mais cela se lit clairement comme ND : des collègues, nos services et nos outils"
            "; “Plan and go”; parle de l'autre à la troisième personne.",
        ),
        (
            "csv:93 is ENGAGED now, says a person: RDV tenu. It was ND, said the model.",
            "csv:93 est ENGAGED à présent, dit une personne : RDV tenu. C'était ND, disait le modèle.",
        ),
        (
            "csv:93 is NOT ENGAGED now, says the rule busy: The line was busy. It was ND, said ana.",
            "csv:93 est NOT ENGAGED à présent, dit la règle busy : La ligne était occupée. C'était ND, disait ana.",
        ),
        (
            "csv:93 is ND now, says ana: A person read the record.",
            "csv:93 est ND à présent, dit ana : Une personne a lu la fiche.",
        ),
        ("csv:93 is ND now, says ana.", "csv:93 est ND à présent, dit ana."),
        (
            "csv:93 is ND now, says ana. It was ND, said llm:x.",
            "csv:93 est ND à présent, dit ana. C'était ND, disait llm:x.",
        ),
        ("csv:93 has no verdict now.", "csv:93 n'a pas de verdict."),
        (
            "csv:93 has no verdict now. It was ND, said a person.",
            "csv:93 n'a plus de verdict. C'était ND, disait une personne.",
        ),
        (
            "the activities on record are dated from 2026-03-07 to 2026-03-09",
            "les dates des activités vont du 7 mars 2026 au 9 mars 2026",
        ),
        ("data in /a/2026-03-07/1.5, served on 127.0.0.1:78", "données dans /a/2026-03-07/1.5, servi sur 127.0.0.1:78"),
        ("A sentence that nobody translated, of 1,000.", "A sentence that nobody translated, of 1,000."),
    ],
)  # fmt: skip
def test_what_is_known_is_said_and_its_figures_are_written_as_the_reader_does(sentence: str, told: str) -> None:
    assert heard(sentence) == told


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("de", "should have closed on 2026-03-07", "hätte am 7. März 2026 abgeschlossen sein sollen"),
        ("es", "should have closed on 2026-03-07", "debía cerrarse el 7 mar 2026"),
        (
            "de",
            "its mean error was 118,000, better than the 166,000.5 of saying as last quarter",
            "ihr mittlerer Fehler war 118.000, besser als die 166.000,5 von „wie im letzten Quartal“",
        ),
        (
            "es",
            "csv:93 is NOT ENGAGED now, says the rule busy: The line was busy. It was ND, said ana.",
            "csv:93 es ahora NOT ENGAGED, dice la regla busy: La línea comunicaba. Antes era ND, decía ana.",
        ),
        ("de", "0.2 to 0.3", "0,2 bis 0,3"),
        ("de", f"“Send”; {ORDER}; “Utilities”", f"“Send”; {ORDER_IN_GERMAN}; “Utilities”"),
    ],
)
def test_each_language_writes_its_own_figures_and_days(language: str, sentence: str, told: str) -> None:
    with reading(language):
        assert heard(sentence) == told


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_quality_page_says_of_its_figures_is_said_in_every_language(language: str) -> None:
    tongue = Tongue.of(PLAYBOOK, language)
    sections = Measured.read(FIGURES).sections
    assert [section.said for section in sections if tongue.said(section.said) == section.said] == []


@pytest.mark.usefixtures("french")
def test_parts_between_commas_are_each_said_or_the_whole_is() -> None:
    assert heard_parts("number of deals, state open, by stage") == "nombre d'affaires, état : ouvertes, par étape"
    assert heard_parts("mail, 7 Zq") == "mail, 7 Zq"
