"""The record that is open when the data change: gone where it was erased, untouched where it never was in the store."""

from pathlib import Path

from house import House
from settings import Settings
from ui.audit import audited
from ui.sources_pane import opened_record, still_there

ROWS = "hs_object_id,crm_subject,crm_description,crm_subtype,date\n1,Offer,Please send it,Email,2026-03-02\n"
MAIL = "From: Ana Ruiz <ana@client.example>\nSubject: Re: Offer\n\nYes, Thursday works. Send the offer."


def test_what_was_erased_is_told_and_what_was_pasted_stays(tmp_path: Path) -> None:
    import gradio as gr

    house = House(Settings(data_dir=tmp_path / "data", llm="none", demo=False, _env_file=None))
    file = tmp_path / "one.csv"
    file.write_text(ROWS)
    done = house.import_file(file)
    stored = opened_record(house, "csv:1")
    *_, (_, given) = audited(house, MAIL)
    assert "Thursday works" in given
    assert still_there(house, stored) == gr.skip()
    house.undo_import(done.import_id)
    assert "is not in the store any more" in str(still_there(house, stored))
    assert still_there(house, given) == gr.skip()
    house.close()
