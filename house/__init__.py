"""What the doors can do: every verb once, for the window and the terminal alike."""

from house.board import Board
from house.condition import Check
from house.conversing import Conversing
from house.judging import Wanted
from house.learning import Learning
from house.quality import Quality
from house.support import Support
from house.watching import Pace, Stop, Watch, unwatched

__all__ = ["Check", "House", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Support, Learning, Board, Quality, Conversing):
    """The parts, with the verbs of the product."""
