"""The router on its own examples, each judged by a model that did not see it.

Twice: with paraphrases of one idea kept together (how well it guesses at ideas it never saw; pessimistic), and with
single lines left out (how well it knows wordings it never saw).
"""

from collections import Counter
from collections.abc import Hashable, Sequence

import pytest

from agents.routing.examples import Example, examples
from agents.routing.router_model import learn

pytestmark = pytest.mark.eval
FOLDS = 5
TOPICS = 2  # lines with a subject stand twice in a row, with different subjects: both go into one fold


def out_of_fold(known: Sequence[Example], groups: Sequence[Hashable]) -> list[str]:
    """Each example's route by a model learned without its group's fold."""
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    folds = [order[group] % FOLDS for group in groups]
    routes = [""] * len(known)
    for fold in range(FOLDS):
        model = learn([e for e, f in zip(known, folds, strict=True) if f != fold])
        for place in (p for p, f in enumerate(folds) if f == fold):
            scores = model.scores(known[place].text)
            routes[place] = max(scores, key=lambda name: scores[name])
    return routes


def told(known: Sequence[Example], routes: Sequence[str]) -> float:
    """Prints the confusion matrix; gives the share that is right."""
    counts = Counter((e.route, route) for e, route in zip(known, routes, strict=True))
    names = sorted({e.route for e in known})
    print("\n" + " " * 18 + " ".join(f"{name[:9]:>9}" for name in names))
    for name in names:
        print(f"{name:18}" + " ".join(f"{counts[name, other]:9}" for other in names))
    right = sum(counts[name, name] for name in names) / len(known)
    print(f"right: {right:.1%} of {len(known)}")
    return right


@pytest.mark.parametrize(("together", "floor"), [("idea", 0.70), ("line", 0.90)])
def test_examples_are_routed_by_the_others(together: str, floor: float) -> None:
    known = examples()
    groups = [e.idea if together == "idea" else place // TOPICS for place, e in enumerate(known)]
    assert told(known, out_of_fold(known, groups)) >= floor
