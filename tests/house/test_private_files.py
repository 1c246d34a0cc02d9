"""Files on their way lie in one private folder, and not for ever."""

import os
import stat
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from house.private_files import keep_for_owner, keep_private, sweep


@pytest.fixture
def umask() -> Iterator[None]:
    kept = os.umask(0o022)
    yield
    os.umask(kept)


@pytest.mark.parametrize(("given", "left"), [(None, 0o700), (0o755, 0o750), (0o777, 0o770), (0o700, 0o700)])
def test_other_users_of_the_machine_are_shut_out(tmp_path: Path, umask: None, given: int | None, left: int) -> None:
    data = tmp_path / "data"
    if given is not None:
        data.mkdir()
        data.chmod(given)
    keep_for_owner(data)
    (data / "new").write_text("x")
    assert stat.S_IMODE(data.stat().st_mode) == left
    assert stat.S_IMODE((data / "new").stat().st_mode) == 0o600


def test_whatever_asks_for_a_temporary_file_gets_it_in_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)  # put back at the end
    folder = keep_private(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Path(tempfile.mkdtemp()).parent == folder == tmp_path / "files"


def test_what_nobody_has_written_to_is_swept_file_by_file(tmp_path: Path) -> None:
    folder, outside = tmp_path / "files", tmp_path / "outside"
    old, new = folder / "gradio" / "one" / "a.csv", folder / "gradio" / "two" / "b.csv"
    for path in (old, new, outside / "c.csv"):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to(outside)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    for path in (old, folder / "empty", outside / "c.csv", outside):
        os.utime(path, (100, 100))
    for link in ("link", "gone"):
        os.utime(folder / link, (100, 100), follow_symlinks=False)
    assert sweep(folder, 200) == 4
    assert [path.name for path in folder.iterdir()] == ["gradio"]
    assert [path.name for path in folder.rglob("*.csv")] == ["b.csv"]  # its neighbour is new, and stays
    assert (outside / "c.csv").exists()
    assert sweep(folder, time.time() + 1) == 4  # the other file, with the three folders that are empty by then
    assert list(folder.iterdir()) == []


def test_what_somebody_else_removes_meanwhile_is_nobodys_trouble(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number % 50}").mkdir(exist_ok=True)
        (tmp_path / f"{number % 50}" / f"{number}").touch()

    with ThreadPoolExecutor(4) as sweepers:
        swept = list(sweepers.map(lambda _: sweep(tmp_path, time.time() + 60), range(4)))
    assert sum(swept) == 2_050
    assert list(tmp_path.iterdir()) == []
