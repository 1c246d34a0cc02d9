"""What the words of a question are to the types of accounts in it, in groups that belong together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NAMING = ("only", "leaving", "deny", "among")  # before a type
JOINING = ("comma", "joint", "versus", "but", "article", *NAMING)


@dataclass(frozen=True, slots=True)
class Mark:
    """What words from `first` to before `last` say; `kind` is "type" for those that name one."""

    kind: str
    first: int
    last: int
    said: str = ""
    value: str = ""


def groups_of(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Each run of types with the small words that belong to them."""
    found: list[list[Mark]] = []
    at = 0
    while at < len(marks):
        if marks[at].kind != "type":
            at += 1
            continue
        first = at
        while (
            first and marks[first - 1].kind in (*NAMING, "article") and (not found or marks[first - 1] not in found[-1])
        ):
            first -= 1
        while marks[first].kind == "article" or (marks[first].kind == "deny" and not _opens(marks, first)):
            first += 1  # "which of our partners", "how many customers did no partner ..."
        last = _end(marks, at)
        found.append(list(marks[first:last]))
        at = last
    return found


def _opens(marks: Sequence[Mark], at: int) -> bool:
    """A denial at the beginning, behind a comma or behind "that are" leaves a type out."""
    return at == 0 or marks[at - 1].kind in ("comma", "among")


def _end(marks: Sequence[Mark], at: int) -> int:
    """Behind the last type that is joined to the one here, with a noun of accounts and an "only" behind it."""
    last = at + 1
    if last < len(marks) and marks[last].kind == "noun":
        last += 1
    if last < len(marks) and marks[last].kind == "only":
        last += 1
    following = last
    while following < len(marks) and marks[following].kind in JOINING:
        following += 1
    if following > last and following < len(marks) and marks[following].kind == "type":
        return _end(marks, following)
    return last


def signed_in(group: Sequence[Mark]) -> list[tuple[Mark, bool]]:
    """Each type with whether it is wanted, rather than left out."""
    found: list[tuple[Mark, bool]] = []
    wanted = True
    for place, mark in enumerate(group):
        if mark.kind in ("leaving", "deny"):
            wanted = False
        elif mark.kind in ("only", "but", "versus"):
            wanted = True
        if mark.kind == "type":
            last = group[-1].kind == "only" and all(m.kind != "type" for m in group[place + 1 :])
            found.append((mark, wanted or last))  # "no suppliers, customers only"
    return found


def are_joined(groups: Iterable[Sequence[Mark]], signed: Sequence[tuple[Mark, bool]]) -> bool:
    """Whether several types are asked for beside each other: "partners and prospects"."""
    several = len({m.value for m, wanted in signed if wanted}) > 1
    return several and any(m.kind in ("joint", "versus") for g in groups for m in g)
