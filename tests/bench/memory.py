"""Memory of one process that answers two thousand varied questions: what it holds after 200, 1,000 and 2,000.

Run: `python -m tests.bench.memory`; `--questions` shortens it. Prints figures, fails on none.
"""

import argparse
import gc
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.errors import CrmError
from house import House
from settings import Settings

LOOKS = (200, 1_000, 2_000)
ABOUT = (
    "Have we really talked with {}?",
    "Give me a summary of {}",
    "Draft a follow-up email to {}",
    "When did {} last write to us?",
    "What did {} say about price?",
    "Was hat {} zuletzt geschrieben?",
    "Unanswered calls at {} in March",
    "What is open at {}, number {}?",
)


def main(wanted: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=max(LOOKS))
    how = parser.parse_args(wanted)
    with TemporaryDirectory() as folder:
        house = House(Settings(data_dir=Path(folder), llm="none", _env_file=None))
        house.load_demo()
        try:
            for number, question in enumerate(questions(house, how.questions), 1):
                _asked(house, question)
                if number in (*LOOKS, how.questions):
                    gc.collect()
                    print(f"{number:>5,} questions: {held():,} MB", flush=True)
        finally:
            house.close()


def questions(house: House, count: int) -> Iterator[str]:
    """Each account with each way of asking, and numbers that make no two questions the same."""
    names = [row.account.name for row in house.accounts()]
    for number in range(count):
        yield ABOUT[number % len(ABOUT)].format(names[number % len(names)], number)


def _asked(house: House, question: str) -> None:
    try:
        house.ask(question)
    except CrmError as err:
        print(f"  {question}: {err}")


def held() -> int:
    """MB that this process holds in memory, as Linux counts them."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    main()
