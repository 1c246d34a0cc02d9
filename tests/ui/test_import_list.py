"""The list of past imports: what was taken back is out of the way."""

from pathlib import Path

from house import House
from settings import Settings
from ui.import_list import past_list

ROWS = "hs_object_id,crm_subject,crm_description,crm_subtype,date\n{n},Offer {n},Please send it,Email,2026-03-02\n"


def test_what_was_taken_back_is_folded_and_unfolds_where_it_is_opened(tmp_path: Path) -> None:
    house = House(Settings(data_dir=tmp_path / "data", llm="none", demo=False, _env_file=None))
    done = []
    for n in (1, 2):
        file = tmp_path / f"file {n}.csv"
        file.write_text(ROWS.format(n=n))
        done.append(house.import_file(file).import_id)
    assert "<details" not in past_list(house.past_imports())
    house.undo_import(done[0])
    counted, _, folded = past_list(house.past_imports()).partition("<details>")
    assert ("file 2.csv" in counted, "file 1.csv" in counted) == (True, False)
    assert "1 import was taken back" in folded
    assert "file 1.csv" in folded
    assert "<details open>" in past_list(house.past_imports(), done[0])
    house.close()
