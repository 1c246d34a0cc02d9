"""Whether the server lives, and whether it can answer: open to everybody, so it tells nothing else."""

from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from crm.errors import CrmError

if TYPE_CHECKING:
    from house import House


class Health(BaseModel):
    """`live`: the process answers. `ready`: the store does too."""

    live: Literal[True] = True
    ready: bool


def health(house: "House") -> APIRouter:
    """The three pages that orchestrators ask for."""
    pages = APIRouter(prefix="/health", include_in_schema=False)

    @pages.get("/live")
    def live() -> dict[str, bool]:
        return {"live": True}

    @pages.get("")
    @pages.get("/ready")
    def ready(response: Response) -> Health:
        stands = _answers(house)
        response.status_code = 200 if stands else 503
        return Health(ready=stands)

    return pages


def _answers(house: "House") -> bool:
    try:
        house.store.count()
    except CrmError:
        return False
    return True
