"""A damaged database, a clock that jumps, two processes on one folder: a sentence each, and nothing lost."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.errors import MissingPart, StoreTrouble
from crm.intake.ingest import Plan, ingest
from crm.people.limiter import Limiter
from crm.records.store import Store
from house import House
from settings import Settings
from ui.header import status

ROOT = Path(__file__).parents[2]
HEADER = "hs_object_id,crm_subject,crm_description,crm_subtype\n"
PAGE = 4_096


def rows(count: int) -> str:
    return HEADER + "".join(f"{n},subject {n},words of row {n} and more of them,Email\n" for n in range(count))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of some hundred pages, closed."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "a.csv").write_text(rows(1_500))
    store = Store.open(f"sqlite:///{folder / 'crm.sqlite'}")
    ingest(folder / "a.csv", store, Plan("csv", "activities"))
    store.engine.dispose()
    return folder / "crm.sqlite"


@pytest.fixture
def damaged(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "crm.sqlite"))


def everything(path: Path) -> int:
    """Reads all there is, and writes."""
    store = Store.open(f"sqlite:///{path}")
    try:
        count = sum(1 for _ in store.each())
        store.put_fact("seen", count)
        (path.parent / "b.csv").write_text(rows(1_600))
        ingest(path.parent / "b.csv", store, Plan("csv", "activities"))
        return count
    finally:
        store.engine.dispose()


def test_an_undamaged_file_is_read_and_written(damaged: Path) -> None:
    assert everything(damaged) == 1_500


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda data: data[:-PAGE], id="the last page is missing"),
        pytest.param(lambda data: data[: -PAGE // 2], id="half the last page is missing"),
        pytest.param(lambda data: data[:-PAGE] + b"\xff" * PAGE, id="the last page is garbage"),
        pytest.param(lambda data: data[: len(data) // 2], id="half the file is missing"),
        pytest.param(lambda data: b"\x00" * PAGE + data[PAGE:], id="the first page is empty"),
        pytest.param(lambda data: b"this is no database" * 999, id="it is something else"),
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_is(damaged: Path, cut: Callable[[bytes], bytes]) -> None:
    damaged.write_bytes(cut(damaged.read_bytes()))
    with pytest.raises(StoreTrouble, match="The store file is damaged"):
        everything(damaged)
    assert damaged.exists()


def test_a_log_that_was_cut_off_loses_only_what_was_never_acknowledged(damaged: Path) -> None:
    store = Store.open(f"sqlite:///{damaged}")
    store.put_fact("acknowledged", 1)
    log = damaged.with_name("crm.sqlite-wal")
    kept = log.read_bytes()
    store.put_fact("cut off", 2)
    cut = log.read_bytes()
    assert len(cut) > len(kept)
    copy = damaged.parent / "copy"
    copy.mkdir()
    shutil.copy(damaged, copy / "crm.sqlite")
    (copy / "crm.sqlite-wal").write_bytes(cut[:-100])
    again = Store.open(f"sqlite:///{copy / 'crm.sqlite'}")
    assert (again.fact("acknowledged"), again.fact("cut off"), again.count()) == (1, None, 1_500)
    for one in (store, again):
        one.engine.dispose()


def test_a_wall_clock_that_jumps_lets_nobody_try_a_password_sooner() -> None:
    assert Limiter().clock is time.monotonic


@pytest.fixture
def first(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(data_dir=tmp_path, llm="none", demo=False, _env_file=None))
    (tmp_path / "a.csv").write_text(rows(40))
    house.import_file(tmp_path / "a.csv", "csv", "activities")
    yield house
    house.close()


def test_two_processes_share_the_store_and_one_has_the_index(first: House, tmp_path: Path) -> None:
    first.open_sync()
    second = House(first.settings)
    with pytest.raises(MissingPart, match="belongs to another process"):
        second.sync_now()
    second.open_index_if_filled()
    assert "another process" in status(second)
    assert second.find("words of row 7", 3, "", engaged=False).hits
    second.correct("7", "ND", "for a test", "ana")
    assert first.judged(["csv:7"])["csv:7"].by == "ana"
    (tmp_path / "b.csv").write_text(rows(50))
    assert second.import_file(tmp_path / "b.csv", "csv", "activities").stored == 10
    assert first.store.count() == 50
    first.correct("8", "ND", "for a test", "bo")
    assert [row.number for row in first.trail()] == [4, 3, 2, 1]
    assert second.trail_verified().whole
    second.close()
