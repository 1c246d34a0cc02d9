"""The choices above an audit's table: another result begins with none of them made."""

import asyncio
from pathlib import Path
from typing import Any

from crm.engagement.audit_rows import Outcome
from crm.intake.survey import survey
from ui.audit_filters import ANY, SURE, Narrowing

SOURCE = "hs_object_id,crm_subject,crm_description,crm_subtype,owner\n1,Call,Left a voicemail.,Call,Ana\n"
JUDGED = """hs_object_id,trueai_engaged,confidence,decided_by,because,quote
1,NOT ENGAGED,0.97,rule:voicemail_left,Only a voicemail.,Left a voicemail.
"""


async def cleared(outcome: Outcome) -> tuple[Narrowing, dict[Any, Any]]:
    """Drawn where an event loop runs: elsewhere Gradio opens loops that it never closes."""
    import gradio as gr

    with gr.Blocks():
        narrowing = Narrowing(lambda: None)
        return narrowing, narrowing.cleared(outcome)


def test_another_result_clears_every_choice(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "judged.csv").write_text(JUDGED, encoding="utf-8")
    outcome = Outcome.of_file(tmp_path / "judged.csv", survey(tmp_path / "in.csv", record="activities"))
    narrowing, now = asyncio.run(cleared(outcome))
    assert set(now) == set(narrowing.all)
    assert [now[choice].value for choice in narrowing.all] == [ANY, ANY, ANY, SURE[0], ANY, ANY, "", ""]
    assert ("Ana", "Ana") in now[narrowing.owner].choices
