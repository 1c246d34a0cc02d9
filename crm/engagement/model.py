"""The small model itself: logistic regression over the vectors, with calibrated probabilities.

Trained with scikit-learn, kept and asked with numpy alone, so that asking needs no heavy import and the file on
disk holds numbers and names only: loading it can run no code.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from crm.engagement.features import Features
from crm.engagement.vectors import Floats, Row, Vectors
from crm.nouns import Engagement

LABELS = (
    Engagement.ENGAGED,
    Engagement.ND,
    Engagement.NOT_ENGAGED,
)  # in alphabetical order, as scikit-learn sorts them
STRENGTH = 20.0  # how closely the model follows its examples; chosen by leaving one source file out at a time
TEMPERATURE = 1.55  # makes the probabilities believable; measured by leaving one source file out (tests/evals)

# What an example of each label weighs: a false ENGAGED costs a user most, and ND is rare; leaving one file out.
COSTS = {Engagement.ENGAGED: 0.8, Engagement.ND: 1.5, Engagement.NOT_ENGAGED: 1.2}

Sample = tuple[Features, tuple[str, ...]]  # a record's features and its rules' votes


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per column and label; `contrasts` are, for each label, by how much they exceed any other label's."""

    vectors: Vectors
    weights: Floats
    offsets: Floats
    names: tuple[str, ...] = field(init=False, repr=False)
    contrasts: tuple[Floats, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.vectors.columns))
        others = (np.delete(self.weights, at, axis=1).max(axis=1) for at in range(len(LABELS)))
        object.__setattr__(self, "contrasts", tuple(self.weights[:, at] - rest for at, rest in enumerate(others)))

    def row(self, sample: Sample) -> Row:
        """A record as the model sees it: the numbers of its columns, with their values."""
        return self.vectors.row(*sample)

    def probabilities(self, rows: Sequence[Row]) -> Floats:
        """One row a record, one column a label in the order of LABELS."""
        scores = np.vstack([self._score(row) for row in rows]) / TEMPERATURE
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def strongest(self, row: Row, label: Engagement) -> Iterator[tuple[str, float]]:
        """The columns that speak for a label against the others, the strongest first."""
        numbers, values = row
        if not numbers:
            return
        pulls = np.array(values) * self.contrasts[LABELS.index(label)][numbers]
        for place in np.argsort(-pulls, kind="stable").tolist():
            if pulls[place] <= 0:
                return
            yield self.names[numbers[place]], float(pulls[place])

    def _score(self, row: Row) -> Floats:
        numbers, values = row
        return np.asarray(np.array(values) @ self.weights[numbers] + self.offsets if numbers else self.offsets)

    def save(self, path: Path) -> None:
        """Writes the file whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        names = np.frombuffer(json.dumps(self.names).encode(), dtype=np.uint8)
        with part.open("wb") as file:
            np.savez_compressed(
                file,
                names=names,
                idf=self.vectors.weights,
                weights=self.weights.astype(np.float32),
                offsets=self.offsets,
            )
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Model | None":
        """The model in a file; None when there is no such file or it is damaged."""
        if not path.is_file():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                names = json.loads(kept["names"].tobytes())
                columns = {str(name): number for number, name in enumerate(names)}
                weights = kept["weights"].astype(np.float64)
                if weights.shape != (len(columns), len(LABELS)) or len(kept["idf"]) != len(columns):
                    return None
                return cls(Vectors(columns, kept["idf"]), weights, kept["offsets"])
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
            return None


def train(samples: Sequence[Sample], labels: Sequence[Engagement]) -> Model:
    """Learns from labelled records; how much a mistake costs depends on the label."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    vectors = Vectors.fitted(samples)
    rows = [vectors.row(*sample) for sample in samples]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    values = np.fromiter(_joined(v for _, v in rows), dtype=np.float64)
    numbers = np.fromiter(_joined(n for n, _ in rows), dtype=np.int64)
    matrix = csr_matrix((values, numbers, starts), shape=(len(rows), len(vectors.columns)))
    fitted = LogisticRegression(
        C=STRENGTH, max_iter=500, solver="newton-cg", class_weight={str(label): cost for label, cost in COSTS.items()}
    )
    fitted.fit(matrix, [str(label) for label in labels])
    if list(fitted.classes_) != [str(label) for label in LABELS]:
        raise ValueError(f"the labelled files hold {list(fitted.classes_)}; the model needs {', '.join(LABELS)}")
    return Model(vectors, np.asarray(fitted.coef_.T), np.asarray(fitted.intercept_))


def _joined(parts: Iterable[Iterable[float]]) -> Iterable[float]:
    for part in parts:
        yield from part
