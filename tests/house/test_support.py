"""What is in use, and a text for whoever helps that names nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import Check, House
from settings import Settings
from ui.health import parts_card, used_card


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(
        Settings(data_dir=tmp_path, llm="none", demo=False, our_domains=frozenset({"ours.example"}), _env_file=None)
    )
    yield house
    house.store.engine.dispose()


def test_what_is_in_use_is_told_with_its_knob(house: House, tmp_path: Path) -> None:
    used = {u.what: u for u in house.in_use()}
    assert used["Data folder"].told == str(tmp_path)
    assert used["Data folder"].knob == "CRM_DATA_DIR"
    assert "templates write" in used["Model"].told
    assert "<table" in used_card(tuple(used.values()))


def test_a_model_that_ends_soon_is_a_warning(tmp_path: Path) -> None:
    house = House(Settings(data_dir=tmp_path, llm="google_genai:gemini-2.0-flash", GOOGLE_API_KEY="x", demo=False))
    (model,) = (u for u in house.in_use() if u.what == "Model")
    assert model.warning
    assert "switched off by its vendor on 2026-06-01" in model.told


def test_the_support_text_names_nobody(house: House, tmp_path: Path) -> None:
    checks = [
        Check("settings", True, f"data in {tmp_path}"),
        Check("our side", True, "mail from ours.example"),
        Check("index", False, "Another process holds it; ask ana.berg@ours.example."),
    ]
    text = house.support_text(checks)
    assert "NOT OK  index" in text
    for personal in (str(tmp_path), "ours.example", "ana.berg"):
        assert personal not in text
    assert "1 of 3 parts needs something" in parts_card(checks)
