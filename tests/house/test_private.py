"""Files on their way lie in one private folder, and not for ever."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.private import keep_for_owner, keep_private, sweep


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


def test_what_nobody_has_written_to_is_swept_and_links_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "files", tmp_path / "outside"
    for path in (folder / "old" / "a.csv", folder / "new" / "b.csv", outside / "c.csv"):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    (folder / "link").symlink_to(outside)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    for path in (folder / "old" / "a.csv", folder / "old", folder / "new", outside / "c.csv", outside):
        os.utime(path, (100, 100))
    for link in ("link", "gone"):
        os.utime(folder / link, (100, 100), follow_symlinks=False)
    assert sweep(folder, 200) == 3
    assert [path.name for path in folder.iterdir()] == ["new"]  # its file is new
    assert (outside / "c.csv").exists()
