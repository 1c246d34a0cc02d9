"""The house as whoever is looking at the window may see it."""

from typing import TYPE_CHECKING, Any, cast

from crm.access import Role, Viewer

if TYPE_CHECKING:
    from house import House

NOBODY = Viewer("(nobody)", Role.REP)  # owns nothing: what is drawn before anybody looks, and then for everybody


def seen(house: "House") -> "House":
    """A house that is another for each viewer: what is asked of it is asked of the view of whoever clicked.

    Gradio keeps the request that is being answered; the server's guard has noted in it who made it. Where nobody
    signs in, it is the house itself.
    """
    return cast("House", _Seen(house)) if house.settings.auth else house


class _Seen:
    """Forwards to the house of the viewer. No attribute of its own but where it forwards to."""

    __slots__ = ("_whole",)

    def __init__(self, whole: "House") -> None:
        object.__setattr__(self, "_whole", whole)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole.seen_by(_viewer()), name)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("The window changes nothing of the house but by its verbs.")


def _viewer() -> Viewer:
    """Who made the request that is being answered."""
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    viewer = request.request.scope.get("viewer") if request is not None and request.request is not None else None
    return viewer if isinstance(viewer, Viewer) else NOBODY
