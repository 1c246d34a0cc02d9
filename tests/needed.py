"""Which right a verb of the house says it needs."""

from crm.access import Right
from house.rights import NEEDS


def right_of(verb: object) -> Right | None:
    """None where nobody said."""
    return getattr(verb, NEEDS, None)
