"""What the doors can do: every verb once, for the window and the terminal alike."""

from house.condition import Check, Condition
from house.erasing import Erasing
from house.judging import Wanted
from house.learning import Learning
from house.peopling import Peopling
from house.single import Judged, Single
from house.trailing import Trailing
from house.watching import Pace, Stop, Watch, unwatched

__all__ = ["Check", "House", "Judged", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Condition, Learning, Single, Peopling, Trailing, Erasing):
    """The parts, with the verbs of the product."""
