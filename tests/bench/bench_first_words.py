"""First visible words with ten people asking at once, without a model: `python -m tests.bench.bench_first_words`.

Each asks six questions of the demo CRM, one after the other, over the same house. Prints figures, fails on none. Two
clocks: the wall's, and the process's own, which is what the wall's would be with nothing else on the machine.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from crm.nouns import Question
from house import House
from settings import Settings
from tests.bench.bench_house import QUESTIONS as USUAL

PEOPLE = 10
QUESTIONS = (*USUAL, "Which accounts have gone quiet?")


def main() -> None:
    with TemporaryDirectory() as folder:
        house = House(Settings(data_dir=Path(folder), llm="none"))
        house.load_demo()
        house.judge_store()
        for question in QUESTIONS:
            house.ask(question)
        with ThreadPoolExecutor(PEOPLE) as people:
            timed = [one for some in people.map(lambda person: _asks(house, person), range(PEOPLE)) for one in some]
        house.close()
    print(f"{PEOPLE} people at once, {len(timed)} questions, milliseconds to the first words and to the whole answer:")
    for name, clock in (("by the wall", 0), ("by the process's own clock", 1)):
        first, whole = ([one[part][clock] for one in timed] for part in (0, 1))
        print(f"  {name}: first words {_told(first)}; whole answers {_told(whole)}")


def _asks(house: House, person: int) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """For each question how long until the first visible words, and until the end, by either clock."""
    found = []
    for turn in range(len(QUESTIONS)):
        began = _now()
        first = None
        for answer in house.turn(Question(QUESTIONS[(turn + person) % len(QUESTIONS)])):
            if answer.text and first is None:
                first = _since(began)
        whole = _since(began)
        found.append((first or whole, whole))
    return found


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    wall, own = _now()
    return 1000 * (wall - began[0]), 1000 * (own - began[1])


def _told(milliseconds: list[float]) -> str:
    cuts = quantiles(milliseconds, n=20)
    return f"p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms"


if __name__ == "__main__":
    main()
