"""JSON columns as text: written for every record, read for every question."""

import json

import orjson

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Encoded(str):
    """JSON text that was made where its row was read: a JSON column stores it as it is."""

    __slots__ = ()


def encoded(value: object) -> Encoded:
    """The JSON text of a value."""
    if isinstance(value, Encoded):
        return value
    try:
        return Encoded(orjson.dumps(value), "utf-8")
    except TypeError:  # what only Python's own encoder takes, such as keys that are numbers
        return Encoded(_JSON.encode(value))


def decoded(stored: str | float) -> object:
    """The value of a JSON text; SQLite hands a lone number back as one."""
    return orjson.loads(stored) if isinstance(stored, str) else stored


JSON_BY = {"json_serializer": encoded, "json_deserializer": decoded}  # how every engine reads and writes JSON
