import subprocess
import sys

from crm.nouns import Engagement, Verdict
from crm.workers import Processes


def _twice(batch: list[Verdict]) -> list[Verdict]:
    return batch * 2


def test_a_verdict_comes_back_whole_from_another_process() -> None:
    guess = Verdict(Engagement.ND, 0.41, "because", "quote", "model", True)
    assert list(Processes(1).map(_twice, [[guess]])) == [[guess, guess]]


def test_a_process_that_judges_rows_loads_no_database_and_nothing_that_asks_elsewhere() -> None:
    heavy = ("sqlalchemy", "sklearn", "langchain_core", "httpx")
    told = f"import sys, crm.engagement.row_judging; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
