"""The window as a part of a server: what Gradio is told when it does not serve itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.gradio_import import gradio_imported
from ui.house_seen import seen
from ui.long_job import Job

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

    from house import House

LARGEST_UPLOAD = "2gb"


class Window:
    """Drawn once, put on a server once, closed once."""

    def __init__(self, house: "House") -> None:
        from ui.window import build

        gradio_imported()
        self._page = build(seen(house))

    def mount(self, app: "FastAPI", name_of: "Callable[[Request], str | None]") -> None:
        """Puts the window on a server's root; `name_of` says who asks, None for nobody that may."""
        from gradio import mount_gradio_app

        from ui.page_language import Tongue
        from ui.session_owner import Whose
        from ui.style import CSS, theme

        app.add_middleware(Tongue)
        app.add_middleware(Whose)
        mount_gradio_app(
            app,
            self._page,
            path="/",
            auth_dependency=name_of,
            theme=theme(),
            i18n=self._page.i18n_instance,
            css_paths=[CSS],
            show_error=False,
            allowed_paths=[],
            max_file_size=LARGEST_UPLOAD,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,  # Gradio's own has no guard; ours is api/mcp_server.py
            enable_monitoring=False,
        )
        self._page.is_running = True  # as its own server says: else pictures sent in count as the window's own

    def close(self) -> None:
        """Asks what still runs to end."""
        Job.stop_all()
        self._page.close(verbose=False)
