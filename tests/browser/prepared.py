"""A data folder as the app leaves it once it is warm: the demo CRM, judged, with its index complete.

Run: `python -m tests.browser.prepared FOLDER`. Tests copy it, so that none waits for what all of them would make.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from house import House
from settings import Settings
from tests.browser.driving import ROOT

HEAVY = ("*.npz", "*.onnx", "vectors.sqlite")  # kept between runs, named or keyed by what they were made from


def prepare(folder: Path, kept: Path) -> None:
    """Fills the folder; `kept` is where the heavy files lie between two runs. In a process of its own, as apps are."""
    _copy(kept, folder, HEAVY)
    subprocess.run([sys.executable, "-m", __name__, str(folder)], cwd=ROOT, check=True)
    _copy(folder, kept, HEAVY)


def copied(ready: Path, folder: Path, leave: Iterable[str] = ()) -> Path:
    """A folder like the one that is ready, without the files that `leave` names."""
    shutil.copytree(ready, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*leave))
    return folder


def _copy(source: Path, target: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for file in source.glob(pattern):
            shutil.copy2(file, target / file.name)


def _fill(folder: Path) -> None:
    house = House(Settings(data_dir=folder, llm="none"))
    house.load_demo()
    house.assistant  # noqa: B018 - trains the small models, which are kept as files
    house.judge_store()
    house.sync_now()
    house.close()


if __name__ == "__main__":
    _fill(Path(sys.argv[1]))
