"""What the doors can do: every verb once, for the window and the terminal alike."""

from house.condition import Check, Condition
from house.conversing import Conversing
from house.judging import Wanted
from house.learning import Learning
from house.watching import Pace, Stop, Watch, unwatched

__all__ = ["Check", "House", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Condition, Learning, Conversing):
    """The parts, with the verbs of the product."""
