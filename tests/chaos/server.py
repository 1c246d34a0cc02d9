"""The real program in a process of its own, on a free port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, and its process."""

    url: str
    process: "subprocess.Popen[str]"

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a path, sent as it is written."""
        door = HTTPConnection(self.url.removeprefix("http://"), timeout=PATIENCE_S)
        try:
            door.request("GET", path)
            answer = door.getresponse()
            return answer.status, answer.read()
        finally:
            door.close()


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CRM_")}
    return kept | {"CRM_DATA_DIR": str(data), "CRM_LLM": "none", "CRM_DEMO": "false", "CRM_PORT": "0"} | more


@contextmanager
def serving(data: Path, **more: str) -> Iterator[Server]:
    """`python app.py` until the block ends. Fails with what it said when it does not open."""
    command = [sys.executable, "app.py"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(data, **more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if " is open on http" in line:
                    yield Server(line.split(" is open on ")[1].split()[0], process)
                    return
            raise AssertionError("".join(said))
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def run(data: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """One command, to its end."""
    command = [sys.executable, "app.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(data, **more), capture_output=True, text=True, check=False, timeout=600
    )
