"""The labelling guide: complete, with spellings."""

from pathlib import Path

import pytest

from crm.engagement.labelling_guide import Guide
from crm.errors import BadPlaybook
from crm.nouns import Engagement
from tests.crm.engagement.made import ENGAGED, ND, NOT_ENGAGED

PLAYBOOK = Path(__file__).parents[3] / "playbook"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ENGAGED", ENGAGED),
        (" engaged ", ENGAGED),
        ("NOT ENGAGED", NOT_ENGAGED),
        ("not_engaged", NOT_ENGAGED),
        ("Not-Engaged.", NOT_ENGAGED),
        ("NotEngaged", NOT_ENGAGED),
        ("nd", ND),
        ("N/D", ND),
        ("n.d.", ND),
        ("not  determined", ND),
        ("maybe", None),
        ("", None),
    ],
)
def test_spellings(typed: str, meant: Engagement | None) -> None:
    assert Guide.read(PLAYBOOK).label(typed) is meant


def test_a_guide_without_one_of_the_labels_is_refused(tmp_path: Path) -> None:
    text = (PLAYBOOK / "rules" / "labels.yaml").read_text(encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "labels.yaml").write_text(text.replace("- name: ND", "- name: ENGAGED"), encoding="utf-8")
    with pytest.raises(BadPlaybook, match=r"labels\.yaml: .*ENGAGED, NOT ENGAGED, ND once"):
        Guide.read(tmp_path)
