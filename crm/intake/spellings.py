"""Spells the names of columns out, where a page of the playbook writes one for several."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BeforeValidator

APART = " - "  # between the noun of a record and a field of it, in the headings of a source that names both


def _flat(names: object) -> object:
    """A list that was written once and stands within others (`*people`) is meant as its members."""
    if not isinstance(names, list):
        return names
    return [one for name in names for one in (name if isinstance(name, list) else (name,))]


Names = Annotated[list[str], BeforeValidator(_flat)]


def by_each_noun(spelling: str, nouns: Mapping[str, Sequence[str]]) -> list[str]:
    """The spelling, then the same field behind each other name of the record that it begins with."""
    noun, apart, field = spelling.partition(APART)
    return [spelling, *(f"{other}{apart}{field}" for other in nouns.get(noun, ()) if apart)]
