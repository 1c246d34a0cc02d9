"""Puts the tabs side by side, and serves them."""

import logging
import os
import secrets
import signal
import socket
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from crm.errors import MissingPart
from crm.records.book import revision
from ui import address
from ui.guide import Guide
from ui.job import Job
from ui.mended import mended
from ui.tongue import entries, label, translations
from ui.top import LISTEN, NAME, filling, header
from ui.wire import on

if TYPE_CHECKING:
    from gradio import Blocks

    from house import House

log = logging.getLogger(__name__)
LARGEST_UPLOAD = "2gb"
BUSY_TICK, CALM_TICK = 2, 20  # seconds between two looks at the status line
KEEP_FILES = (3_600, 86_400)  # look every hour for results older than a day


def build(house: "House") -> "Blocks":
    """The whole window over one house."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.accounts import accounts_tab, question_about
    from ui.arrival import Places, attach_arrival
    from ui.audit import audit_tab
    from ui.chat import AskTab, starters
    from ui.health import health_tab
    from ui.imports import imports_tab
    from ui.pipeline import pipeline_tab
    from ui.quality import quality_tab
    from ui.review import review_tab

    page = gr.Blocks(
        title=f"{NAME} {entries('en')['top.promise']}",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=KEEP_FILES,
    )
    page.i18n_instance = translations()
    with page:
        status = gr.HTML(header(house), elem_id="top", js_on_load=LISTEN, apply_default_css=False)
        clock = gr.Timer(BUSY_TICK)
        where = address.bar()
        mended()
        guide = Guide(house)
        with gr.Tabs(elem_id="places") as tabs:
            with gr.Tab(label("places.ask"), id="ask"):
                asking = AskTab(house, where)
            with gr.Tab(label("places.accounts"), id="accounts") as second:
                accounts = accounts_tab(house, where)
            with gr.Tab(label("places.pipeline"), id="pipeline") as pipeline:
                pipeline_tab(house, pipeline)
            with gr.Tab(label("places.audit"), id="audit"):
                audit_tab(house)
            with gr.Tab(label("places.review"), id="review") as reviewing:
                review_tab(house, reviewing)
            with gr.Tab(label("places.quality"), id="quality") as quality:
                quality_tab(house, quality)
            with gr.Tab(label("places.imports"), id="imports"):
                changed = imports_tab(house)
            with gr.Tab(label("places.settings"), id="settings") as settings:
                health_tab(house, settings)

        for button, asked in accounts.asks:
            on(button.click, lambda: gr.Tabs(selected="ask"), [], [tabs])
            asking.also_asked_by(button.click, partial(question_about, house, asked), [accounts.opened])
        asking.attach()
        attach_arrival(house, Places(tabs, where, asking, accounts))
        changed = [*changed, guide.attach(tabs)]
        on(second.select, accounts.draw, accounts.inputs, accounts.outputs)
        seen = gr.State(())

        def look(before: tuple[int, ...]) -> list[Any]:
            now = revision(house.store)
            pace = gr.Timer(BUSY_TICK if filling(house) else CALM_TICK)
            begin = gr.update(examples=starters(house)) if now != before else gr.skip()
            return [header(house), pace, begin, now, guide.shown()]

        shown = [status, clock, asking.chat, seen, guide.place]
        for moment in (page.load, clock.tick, *(change.then for change in changed)):
            on(moment, look, [seen], shown, queue=False)
    return page


def serve(house: "House") -> None:
    """Opens the page, then warms the heavy parts behind it; leaves by KeyboardInterrupt, as Ctrl-C and kill raise."""
    page = build(house)
    port = house.settings.port or _free_port(house.settings.host)
    _launch(page, house, port)
    host = f"[{house.settings.host}]" if ":" in house.settings.host else house.settings.host
    print(f"{NAME} is open on http://{host}:{port} (Ctrl-C ends it)", flush=True)  # noqa: T201 - told to a person
    house.warm()
    try:
        _wait_for_the_end()
    finally:
        Job.stop_all()
        page.close(verbose=False)


def _wait_for_the_end() -> None:
    if threading.current_thread() is threading.main_thread():
        for ending in (signal.SIGINT, signal.SIGTERM):  # a process started with & has Ctrl-C switched off
            signal.signal(ending, signal.default_int_handler)
    threading.Event().wait()


def _launch(page: "Blocks", house: "House", port: int) -> None:
    from starlette.middleware import Middleware

    from ui.served import Tongue
    from ui.style import CSS, theme

    auth = {name: secret.get_secret_value() for name, secret in house.settings.auth.items()}

    def known(name: str, password: str) -> bool:
        kept = auth.get(name, "")
        return secrets.compare_digest(kept.encode(), password.encode()) and bool(kept)

    try:
        page.launch(
            server_name=house.settings.host,
            server_port=port,
            auth=known if auth else None,
            theme=theme(),
            i18n=page.i18n_instance,
            app_kwargs={"middleware": [Middleware(Tongue)]},
            css_paths=[CSS],
            quiet=True,
            prevent_thread_lock=True,
            show_error=False,
            allowed_paths=[],
            max_file_size=LARGEST_UPLOAD,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
        )
    except OSError as err:
        where = f"{house.settings.host}:{port}"
        raise MissingPart(
            f"{where} cannot be opened; another program may use it. Set CRM_PORT to another port."
        ) from err


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
