"""A pure function over batches on a Dask cluster: one of its own on this machine, or one that runs elsewhere."""

import hashlib
import logging
import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from crm.errors import MissingPart
from crm.workers import AHEAD

Batch = TypeVar("Batch")
Result = TypeVar("Result")

ANSWERS_WITHIN = 10  # seconds
ANY_PORT = "127.0.0.1:0"  # of the cluster's own status page: its usual port may be in use
ROOT = Path(__file__).parents[1]
INSTALL = "Dask is not installed. Run: pip install -r requirements-dask.txt, or set CRM_WORKERS=here."


@dataclass(frozen=True, slots=True)
class Dask:
    """On the cluster at `address` (host:port); on one of this machine's cores when that is empty.

    Every worker must run the same code: one that does not is refused, for it might say something else.
    """

    address: str

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        with _client(self.address) as client:
            ahead = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
            given = client.scatter(work, broadcast=True, hash=False)
            waiting: deque[tuple[Batch, Any]] = deque()
            for batch in batches:
                waiting.append((batch, client.submit(_do, given, batch, pure=False, retries=2)))
                if len(waiting) > ahead:
                    yield _result(work, *waiting.popleft())
            while waiting:
                yield _result(work, *waiting.popleft())


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A client of a cluster whose workers answer and run our code. Raises MissingPart."""
    try:
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as err:
        raise MissingPart(INSTALL) from err
    logging.getLogger("distributed").setLevel(logging.WARNING)  # it tells of every socket it opens
    if not address:
        cores = os.cpu_count() or 1
        with (
            LocalCluster(n_workers=cores, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        host, _, port = address.rpartition(":")
        socket.create_connection((host, int(port)), ANSWERS_WITHIN).close()  # Dask's client would try for long
        client = Client(f"tcp://{address}", timeout=ANSWERS_WITHIN)
    except OSError as err:
        raise MissingPart(
            f"No Dask cluster answers at {address}. Start one in the project's folder by `python -m dask scheduler` "
            f"and `python -m dask worker {address}`, or set CRM_WORKERS=here."
        ) from err
    with client:
        _same_code(client, address)
        yield client


def _same_code(client: Any, address: str) -> None:
    """A worker that cannot tell its code gives the error instead of it."""
    found = client.run(fingerprint, on_error="return")
    start = f"`python -m dask worker {address}` in its folder, with its environment"
    if not found:
        raise MissingPart(f"The Dask cluster at {address} has no workers. Start some: {start}.")
    if strangers := sorted(worker for worker, code in found.items() if not isinstance(code, str)):
        raise MissingPart(
            f"{len(strangers)} of the {len(found)} Dask workers at {address} do not know this program, such as "
            f"{strangers[0]}. Start them by {start}."
        )
    if others := sorted(worker for worker, code in found.items() if code != fingerprint()):
        raise MissingPart(
            f"{len(others)} of the {len(found)} Dask workers run another version of this program, such as "
            f"{others[0]}. Bring them up to date and start them again: their verdicts might differ."
        )


@cache
def fingerprint() -> str:
    """Names the code and the rules in this process; two that have the same say the same."""
    total = hashlib.blake2b(digest_size=8)
    parts = [*(ROOT / "crm").rglob("*.py"), *(ROOT / "playbook").rglob("*.yaml")]
    for path in sorted(parts):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _result(work: Callable[[Batch], Result], batch: Batch, future: Any) -> Result:
    """The batch's result. When the cluster lost it for good, it is worked on here instead."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        found: Result = future.result()
        return found
    except (KilledWorker, FutureCancelledError):
        return work(batch)  # `work` is pure: this is what the lost worker would have given


def _do(work: Callable[[Any], Any], batch: Any) -> Any:
    return work(batch)
