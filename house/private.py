"""What keeps files private: the data folder itself, and in it one folder for all files on their way, swept by age.

Everything in the process that asks for a temporary file gets it there, also Gradio: nothing lies where other users of
the machine can read it, and `forget` finds it.
"""

import logging
import os
import shutil
import stat
import tempfile
import threading
import time
from pathlib import Path

log = logging.getLogger(__name__)
FOLDER = "files"
KEPT_S = 86_400.0  # seconds since a file was last written
EVERY_S = 3_600.0


def keep_for_owner(data_dir: Path) -> None:
    """Makes the data folder, closed to other users of the machine; whatever this process makes is its owner's alone.

    What a group was given of a folder that is there already, such as a backup's, it keeps.
    """
    os.umask(0o077)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = stat.S_IMODE(data_dir.stat().st_mode)
    if mode & stat.S_IRWXO:
        try:
            data_dir.chmod(mode & ~stat.S_IRWXO)
        except OSError as err:  # somebody else's folder, or a file system without modes
            log.warning("other users of this machine may read the data folder: %s", err)


def keep_private(data_dir: Path) -> Path:
    """Makes the folder the place for temporary files from now on, and sweeps it."""
    folder = files_in(data_dir)
    tempfile.tempdir = str(folder)
    threading.Thread(target=_sweep_for_ever, args=(folder,), name="sweeping", daemon=True).start()
    return folder


def files_in(data_dir: Path) -> Path:
    """The folder for files on their way, readable by its owner only."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def sweep(folder: Path, before: float) -> int:
    """Removes what nobody has written to since a moment, in seconds since 1970; links go, what they name stays.

    A file that is being removed by somebody else meanwhile is nobody's trouble.
    """
    swept = 0
    for path in folder.iterdir():
        if _newest(path) >= before:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        swept += 1
    return swept


def _newest(path: Path) -> float:
    """When something in it was last written."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return max(float(one.lstat().st_mtime) for one in (path, *inside))


def _sweep_for_ever(folder: Path) -> None:
    while True:
        try:
            sweep(folder, time.time() - KEPT_S)
        except OSError as err:  # a folder that cannot be read now may be later
            log.warning("files were not swept: %s", err)
        time.sleep(EVERY_S)
