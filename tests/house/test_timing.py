"""How long answers take is measured as if nobody had asked: nothing on the trail, nothing sent to a model."""

from pathlib import Path

import pytest

from crm.errors import MissingPart
from crm.records.trail_entry import Sought, What
from house import House
from settings import Settings
from tests.four_accounts import build
from tests.gemini_server import GeminiServer, says

MODEL = "google_genai:gemini-3.5-flash-lite"


def opened(folder: Path, learned: Path, **more: object) -> House:
    build(folder).store.engine.dispose()
    told = {"data_dir": learned, "database_url": f"sqlite:///{folder / 'crm.sqlite'}", "demo": False, "llm": "none"}
    return House(Settings.model_validate({**told, **more}))


def test_it_leaves_nothing_on_the_trail(tmp_path: Path, learned: Path) -> None:
    house = opened(tmp_path, learned)
    assert any("Draft" in question for question in house.starters())
    before = house.trail(Sought())
    timed = house.timed()
    assert [one.what for one in timed] == ["a search", "a whole answer"]
    assert all(0 < one.p50 <= one.p95 for one in timed)
    assert house.trail(Sought()) == before
    house.ask("Draft a follow-up email to Norvik Maritime")
    assert [row.entry.what for row in house.trail(Sought())][:1] == [What.DRAFT]
    house.close()


def test_it_asks_no_model(tmp_path: Path, learned: Path) -> None:
    with GeminiServer(says("Hello [1].")) as gemini:
        house = opened(tmp_path, learned, llm=MODEL, GOOGLE_API_KEY="key", llm_base_url=gemini.url)
        with pytest.raises(MissingPart, match="Audit the store"):
            house.timed()
        house.judge_store()
        asked = len(gemini.asked)
        assert len(house.timed()) == 2
        assert len(gemini.asked) == asked
        house.close()
