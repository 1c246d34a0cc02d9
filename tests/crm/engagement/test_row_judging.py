import subprocess
import sys


def test_a_process_that_judges_rows_loads_no_database_and_nothing_that_asks_elsewhere() -> None:
    heavy = ("sqlalchemy", "sklearn", "langchain_core", "httpx")
    told = f"import sys, crm.engagement.row_judging; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
