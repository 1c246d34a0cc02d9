"""Long lists in pieces: a page, and a cursor that says where the next one begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from api.problems import Trouble

T = TypeVar("T")
R = TypeVar("R")
MOST = 200

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at the most")]
Cursor = Annotated[str, Query(max_length=400, description="`next_cursor` of the page before; empty for the first")]


class Page(BaseModel, Generic[T]):
    """A piece of a list; `next_cursor` is empty on the last page."""

    items: list[T]
    next_cursor: str = Field("", description="to be given back as `cursor`")


def page(rows: Sequence[R], key: Callable[[R], str], cursor: str, limit: int, show: Callable[[R], T]) -> Page[T]:
    """The rows after the cursor's key. A row that went away in between moves nothing: the key says where to go on."""
    start = 0
    if cursor:
        wanted = opened(cursor)
        keys = [key(row) for row in rows]
        start = keys.index(wanted) + 1 if wanted in keys else len(rows)
    piece = rows[start : start + limit]
    more = start + limit < len(rows)
    return Page(items=[show(row) for row in piece], next_cursor=sealed(key(piece[-1])) if more and piece else "")


def sealed(place: str) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The place that a cursor names. Raises Trouble for a cursor that no page gave."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError) as err:
        raise Trouble(422, "The cursor is not one that a page gave.") from err
