"""What keeps files private: the data folder itself, and in it one folder for all files on their way, swept by age.

Everything in the process that asks for a temporary file gets it there, also Gradio: nothing lies where other users of
the machine can read it, and `forget` finds it.
"""

import errno
import logging
import os
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
    """Removes each file that nobody has written to since a moment, in seconds since 1970, and empty folders; how many.

    Links go, what they name stays. What somebody else removes meanwhile is nobody's trouble.
    """
    swept = 0
    for place, folders, files in os.walk(folder, topdown=False, onerror=_told):
        links = [name for name in folders if Path(place, name).is_symlink()]
        swept += sum(_gone(Path(place, name), before) for name in (*files, *links))
        swept += sum(_gone(Path(place, name), before) for name in folders if name not in links)
    return swept


def _gone(path: Path, before: float) -> bool:
    """Whether it was old enough to go; a folder goes only when nothing is left in it."""
    try:
        found = path.lstat()
        if found.st_mtime >= before:
            return False
        if stat.S_ISDIR(found.st_mode):
            path.rmdir()
        else:
            path.unlink()
    except OSError as err:
        _told(err)
        return False
    return True


def _told(err: OSError) -> None:
    """What cannot be looked at or removed now may be later; what went meanwhile, or is in use, is no trouble."""
    if err.errno not in (errno.ENOENT, errno.ENOTEMPTY):
        log.warning("files were not swept: %s", err)


def _sweep_for_ever(folder: Path) -> None:
    while True:
        sweep(folder, time.time() - KEPT_S)
        time.sleep(EVERY_S)
