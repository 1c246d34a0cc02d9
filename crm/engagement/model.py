"""The small model itself: logistic regression over the vectors, with calibrated probabilities.

Trained with scikit-learn, kept and asked with numpy alone, so that asking needs no heavy import and the file on
disk holds numbers and names only: loading it can run no code.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from crm.engagement.vectors import Floats, Sample, Table, Vectors
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


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per column and label; `contrasts` are, for each label, by how much they exceed any other label's."""

    vectors: Vectors
    weights: Floats
    offsets: Floats
    names: tuple[str, ...] = field(init=False, repr=False)
    contrasts: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.vectors.columns))
        others = (np.delete(self.weights, at, axis=1).max(axis=1) for at in range(len(LABELS)))
        contrasts = np.array([self.weights[:, at] - rest for at, rest in enumerate(others)])
        object.__setattr__(self, "contrasts", contrasts)

    def table(self, samples: Iterable[Sample]) -> Table:
        """Records as the model sees them."""
        return self.vectors.table(samples)

    def probabilities(self, table: Table) -> Floats:
        """One row a record, one column a label in the order of LABELS."""
        pulls = self.weights[table.numbers] * table.values[:, None]
        records = table.records
        sums = [np.bincount(records, weights=of_label, minlength=len(table)) for of_label in pulls.T]
        scores = (np.stack(sums, axis=1) + self.offsets) / TEMPERATURE
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def strongest(self, table: Table, labels: Sequence[Engagement]) -> list[Iterator[tuple[str, float]]]:
        """For each record the columns that speak for its label against the others, the strongest first."""
        records = table.records
        told = np.array([LABELS.index(label) for label in labels], dtype=np.int64)[records]
        pulls = table.values * self.contrasts[told, table.numbers]
        speaking = np.flatnonzero(pulls > 0)
        order = speaking[np.lexsort((-pulls[speaking], records[speaking]))]
        ends = np.searchsorted(records[order], np.arange(len(table) + 1)).tolist()
        names, strengths = table.numbers[order].tolist(), pulls[order].tolist()
        return [
            zip(map(self.names.__getitem__, names[start:end]), strengths[start:end], strict=True)
            for start, end in pairwise(ends)
        ]

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
    table = vectors.table(samples)
    matrix = csr_matrix((table.values, table.numbers, table.ends), shape=(len(table), len(vectors.columns)))
    fitted = LogisticRegression(
        C=STRENGTH, max_iter=500, solver="newton-cg", class_weight={str(label): cost for label, cost in COSTS.items()}
    )
    fitted.fit(matrix, [str(label) for label in labels])
    if list(fitted.classes_) != [str(label) for label in LABELS]:
        raise ValueError(f"the labelled files hold {list(fitted.classes_)}; the model needs {', '.join(LABELS)}")
    return Model(vectors, np.asarray(fitted.coef_.T), np.asarray(fitted.intercept_))
