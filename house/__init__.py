"""What the doors can do: every verb once, for the window, the terminal, the API and MCP alike."""

from house.board import Board
from house.condition import Check
from house.conversing import Conversing
from house.erasing import Erasing
from house.judging import Wanted
from house.learning import Learning
from house.peopling import Peopling
from house.quality import Quality
from house.single import Judged, Single
from house.support import Support
from house.trailing import Trailing
from house.watching import Pace, Stop, Watch, unwatched

__all__ = ["Check", "House", "Judged", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Support, Learning, Single, Board, Quality, Peopling, Trailing, Erasing, Conversing):
    """The parts, with the verbs of the product."""
