"""Long lists in pieces: a page, and a cursor that says where the next one begins."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api.problems import Trouble

T = TypeVar("T")
R = TypeVar("R")
MOST = 200
LONGEST = 2_000  # characters of a cursor
NO_CURSOR = "The cursor is not one that a page gave."
Place = tuple[int | str, ...]
"""Where a row stands in its list: what the list is sorted by."""
_PLACE: TypeAdapter[Place] = TypeAdapter(Place)

Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at the most")]
Cursor = Annotated[str, Query(max_length=LONGEST, description="`next_cursor` of the page before; empty for the first")]


class Page(BaseModel, Generic[T]):
    """A piece of a list; `next_cursor` is empty on the last page."""

    items: list[T]
    next_cursor: str = Field("", description="to be given back as `cursor`")


def page(rows: Iterable[R], at: Callable[[R], Place], cursor: str, limit: int, show: Callable[[R], T]) -> Page[T]:
    """The rows after the cursor's place, in the order of their places.

    `at` gives each row a place of its own. A row that goes away in between moves nothing, also the last one shown.
    Raises Trouble for a cursor that no page of these rows gave.
    """
    ordered = sorted(rows, key=at)
    if cursor:
        last = _place(cursor)
        ordered = [row for row in ordered if _after(at(row), last)]
    piece = ordered[:limit]
    more = len(ordered) > limit
    return Page(items=[show(row) for row in piece], next_cursor=sealed(_written(at(piece[-1]))) if more else "")


def sealed(place: str) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The place that a cursor names. Raises Trouble for a cursor that no page gave."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError) as err:
        raise Trouble(422, NO_CURSOR) from err


def _after(place: Place, last: Place) -> bool:
    try:
        return place > last
    except TypeError as err:  # places of another list
        raise Trouble(422, NO_CURSOR) from err


def _written(place: Place) -> str:
    return json.dumps(place, ensure_ascii=False)


def _place(cursor: str) -> Place:
    try:
        return _PLACE.validate_json(opened(cursor), strict=True)
    except ValidationError as err:
        raise Trouble(422, NO_CURSOR) from err
