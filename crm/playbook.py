"""Reads the playbook's files: checked against a shape, stamped by content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from crm.errors import BadPlaybook


class Page(BaseModel):
    """The base of every shape a playbook file may have: no unknown keys, no changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Shape = TypeVar("Shape", bound=Page)

# The parser written in C reads the same files twenty times faster; a pure Python build has none.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, shape: type[Shape]) -> Shape:
    """One YAML file as `shape`. Raises BadPlaybook with the file and every key that is wrong."""
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # a safe loader either way
        return shape.model_validate(read)
    except FileNotFoundError as err:
        raise BadPlaybook(f"The playbook has no {path.name}. It should be in {path.parent.name}/.") from err
    except yaml.YAMLError as err:
        raise BadPlaybook(f"{path.name} is not valid YAML: {err}") from err
    except ValidationError as err:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in err.errors())
        raise BadPlaybook(f"{path.name}: {wrong}") from err


def digest(paths: Iterable[Path]) -> str:
    """12 hex digits that change when any of the files does; independent of where the folder lies."""
    total = hashlib.blake2b(digest_size=6)
    for path in sorted(paths, key=lambda p: p.name):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
