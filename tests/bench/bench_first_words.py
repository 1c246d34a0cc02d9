"""First visible words with ten people asking at once, without a model: `python -m tests.bench.bench_first_words`.

Each asks six questions of the demo CRM, one after the other, over the same house. Prints figures, fails on none.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from crm.nouns import Question
from house import House
from settings import Settings

PEOPLE = 10
QUESTIONS = (
    "Have we really talked with Norvik lately?",
    "Give me a summary of Quillan",
    "What did Larkspur say about price?",
    "Draft a follow-up email to Calder & Voss",
    "How is our pipeline by stage?",
    "Which accounts have gone quiet?",
)


def main() -> None:
    with TemporaryDirectory() as folder:
        house = House(Settings(data_dir=Path(folder), llm="none"))
        house.load_demo()
        house.judge_store()
        for question in QUESTIONS:
            house.ask(question)
        with ThreadPoolExecutor(PEOPLE) as people:
            timed = list(people.map(lambda person: _asks(house, person), range(PEOPLE)))
        first, whole = (sorted(pair[n] for one in timed for pair in one) for n in (0, 1))
        house.close()
    print(f"{PEOPLE} people at once, {len(first)} questions: first words {_told(first)}; whole answers {_told(whole)}")


def _asks(house: House, person: int) -> list[tuple[float, float]]:
    """Milliseconds to the first visible words and to the end, for each question."""
    found = []
    for turn in range(len(QUESTIONS)):
        began = time.perf_counter()
        first = 0.0
        for answer in house.assistant.turn(Question(QUESTIONS[(turn + person) % len(QUESTIONS)])):
            if answer.text and not first:
                first = time.perf_counter() - began
        found.append((1000 * first, 1000 * (time.perf_counter() - began)))
    return found


def _told(milliseconds: list[float]) -> str:
    cuts = quantiles(milliseconds, n=20)
    return f"p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms"


if __name__ == "__main__":
    main()
