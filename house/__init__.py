"""What the doors can do: every verb once, for the window, the terminal, the API and MCP alike."""

from house.charts import Board
from house.conversing import Conversing
from house.erasing import Erasing
from house.health import Check
from house.joining import JoiningRecords
from house.judging import Wanted
from house.learning import Learning
from house.one_record import Judged, Single
from house.progress import Pace, Stop, Watch, unwatched
from house.quality import Quality
from house.support import Support
from house.trail import Trailing
from house.users import Peopling

__all__ = ["Check", "House", "Judged", "Pace", "Stop", "Wanted", "Watch", "unwatched"]


class House(Support, Learning, Single, Board, Quality, Peopling, Trailing, Erasing, JoiningRecords, Conversing):
    """The parts, with the verbs of the product."""
