"""JSON columns as text: written for every record, read for every question."""

import json

import orjson

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encoded(value: object) -> bytes:
    """The JSON text of a value, in bytes: a JSON column stores them as they are, for no value is any."""
    try:
        return orjson.dumps(value)
    except TypeError:  # what only Python's own encoder takes, such as keys that are numbers
        return _JSON.encode(value).encode("utf-8", "surrogatepass")


def stored(value: object) -> str:
    """What a JSON column keeps of a value, or of JSON text that was made where its row was read."""
    text = value if isinstance(value, bytes) else encoded(value)
    return text.decode("utf-8", "surrogatepass")


def decoded(text: str | float) -> object:
    """The value of a JSON text; SQLite hands a lone number back as one."""
    return orjson.loads(text) if isinstance(text, str) else text


JSON_BY = {"json_serializer": stored, "json_deserializer": decoded}  # how every engine reads and writes JSON
