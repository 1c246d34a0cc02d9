"""Opens the doors on one port, until somebody ends it."""

import asyncio
import logging
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from api.app import Window, secured
from crm.errors import MissingPart

if TYPE_CHECKING:
    import uvicorn

    from house import House

NAME = "Engaged?"
BACKLOG = 2_048
PATIENCE = 2  # seconds that open streams get to end when the server does


def serve(house: "House", window: Window) -> None:
    """Opens the page, then warms the heavy parts behind it; leaves by KeyboardInterrupt, as Ctrl-C and kill raise.

    What leaving cuts off is no fault: its caller sees the connection end, the log stays as it is.

    Raises MissingPart when the port is taken.
    """
    door = _opened(house.settings.host, house.settings.port)
    server = server_of(secured(house, window))
    thread = threading.Thread(target=server.run, args=([door],), name="server", daemon=True)
    thread.start()
    _until_started(server, thread)
    host = f"[{house.settings.host}]" if ":" in house.settings.host else house.settings.host
    print(f"{NAME} is open on http://{host}:{door.getsockname()[1]} (Ctrl-C ends it)", flush=True)  # noqa: T201 - told to a person
    house.warm()
    try:
        _wait_for_the_end()
    finally:
        logging.getLogger("uvicorn.error").addFilter(_worth_telling)
        window.close()
        server.should_exit = True
        thread.join(2 * PATIENCE)
        print(f"{NAME} is closed", flush=True)  # noqa: T201 - told to a person


def server_of(app: ASGIApp, patience: int = PATIENCE) -> "uvicorn.Server":
    """What serves an app, told to say nothing of itself."""
    import uvicorn

    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=patience
    )
    return uvicorn.Server(config)


def _worth_telling(record: logging.LogRecord) -> bool:
    """Whether what the server says while it ends is about anything else than the requests that it cuts off."""
    kind = record.exc_info[0] if record.exc_info else None
    cut_off = kind is not None and issubclass(kind, asyncio.CancelledError)
    return not cut_off and "timeout graceful shutdown exceeded" not in record.msg


def _opened(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 is a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as err:
        door.close()
        raise MissingPart(
            f"{host}:{port} cannot be opened; another program may use it. Set CRM_PORT to another port."
        ) from err
    return door


def _until_started(server: "uvicorn.Server", thread: threading.Thread) -> None:
    while not server.started:
        if not thread.is_alive():
            raise MissingPart("The server ended before it was open; the log says why.")
        time.sleep(0.01)


def _wait_for_the_end() -> None:
    if threading.current_thread() is threading.main_thread():
        for ending in (signal.SIGINT, signal.SIGTERM):  # a process started with & has Ctrl-C switched off
            signal.signal(ending, signal.default_int_handler)
    threading.Event().wait()
