"""What the doors can do: every verb once, for the window and the terminal alike."""

from house.board import Board
from house.condition import Check
from house.judging import Wanted
from house.learning import Learning
from house.quality import Quality
from house.single import Judged, Single
from house.support import Support
from house.watching import Pace, Stop, Watch, unwatched

__all__ = ["Check", "House", "Judged", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Support, Learning, Single, Board, Quality):
    """The parts, with the verbs of the product."""
