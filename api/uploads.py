"""A file that comes in as a request's body: written to disk as it comes, looked at, hashed; its name is never used."""

import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from api.problems import Trouble
from house.private_files import files_in

HEAD = 4_096  # bytes that are looked at
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"PAR1",
    b"%PDF",
)


@dataclass(frozen=True, slots=True)
class Received:
    """A file in the private folder, gone at the end of its request unless it was moved; `digest` is its SHA-256."""

    path: Path
    digest: str


async def received(request: Request) -> AsyncIterator[Received]:
    """The body as a file. Raises Trouble for nothing at all, an archive, or bytes that are no text.

    A dependency that yields: it ends also where the rest of the request is refused and no endpoint ever runs.
    The one place that waits for bytes instead of being handed them: a file of gigabytes must not lie in memory.
    """
    folder = files_in(request.app.state.house.settings.data_dir)
    handle, name = tempfile.mkstemp(prefix="received-", suffix=".csv", dir=folder)
    try:
        yield Received(Path(name), await _written(request, handle))
    finally:
        Path(name).unlink(missing_ok=True)


async def _written(request: Request, handle: int) -> str:
    """The body in the open file; its digest. Raises Trouble."""
    digest, head = hashlib.sha256(), b""
    with os.fdopen(handle, "wb") as file:
        async for piece in request.stream():
            head = head if len(head) >= HEAD else head + piece[:HEAD]
            digest.update(piece)
            file.write(piece)
    _looked_at(head)
    return digest.hexdigest()


def _looked_at(head: bytes) -> None:
    """The content decides, not a name or a header that somebody wrote."""
    if not head.strip():
        raise Trouble(422, "The body is empty. Send the CSV file itself as the body.")
    if head.startswith(ARCHIVES) or (b"\x00" in head and not head.startswith(UTF_16)):
        raise Trouble(415, "This is no CSV file. Unpack it, or save it as CSV, and send that.")
