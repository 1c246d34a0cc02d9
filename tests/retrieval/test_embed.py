import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from crm.errors import StoreTrouble
from retrieval.embed import DIMENSIONS, MiniLM, Remembered
from retrieval.embed_int8 import QuickMiniLM, model_file
from tests.retrieval.small_crm import Counted

TEXTS = ["The freezer alarms went off.", "Le prix est trop élevé.", "", "a \ud800 half character", "word " * 400]


def test_vectors_have_length_one(quick: QuickMiniLM) -> None:
    vectors = quick.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert quick.embed([]).shape == (0, DIMENSIONS)


def test_the_quick_way_stays_near_the_published_model(quick: QuickMiniLM) -> None:
    exact, small = MiniLM().embed(TEXTS), quick.embed(TEXTS)
    assert (exact * small).sum(axis=1).min() > 0.95


def test_a_vector_does_not_depend_on_its_neighbours(quick: QuickMiniLM) -> None:
    together = quick.embed(TEXTS)
    alone = np.concatenate([quick.embed([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_the_quick_model_is_made_once(quick: QuickMiniLM) -> None:
    quick.embed(["anything"])
    made = model_file(quick.cache)
    before = made.stat().st_mtime_ns
    assert model_file(quick.cache).stat().st_mtime_ns == before
    assert not [path for path in quick.cache.iterdir() if path.is_dir()]  # what it was made from is gone


def test_each_text_is_embedded_once(quick: QuickMiniLM, tmp_path: Path) -> None:
    counted = Counted(quick)
    first = Remembered(counted, tmp_path / "vectors.sqlite")
    vectors = first.embed(["one", "two", "one", "one"])
    assert counted.texts == 2
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])
    first.close()

    second = Remembered(counted, tmp_path / "vectors.sqlite")
    assert np.array_equal(second.embed(["two", "one", "three"])[:2], vectors[[1, 0]])
    assert counted.texts == 3
    second.close()


def test_another_model_does_not_get_the_vectors_of_this_one(quick: QuickMiniLM, tmp_path: Path) -> None:
    counted = Counted(quick)
    Remembered(counted, tmp_path / "vectors.sqlite").embed(["one"])
    counted.renamed = "another"
    Remembered(counted, tmp_path / "vectors.sqlite").embed(["one"])
    assert counted.texts == 2


def test_a_damaged_memory_is_put_aside(quick: QuickMiniLM, tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(b"this is not a database " * 100)
    remembered = Remembered(quick, path)
    assert remembered.embed(["one"]).shape == (1, DIMENSIONS)
    assert (tmp_path / "vectors.sqlite.damaged").exists()
    remembered.close()


def test_a_memory_that_cannot_be_written_is_named(quick: QuickMiniLM, tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite").mkdir()
    with pytest.raises(StoreTrouble, match=r"vectors\.sqlite cannot be opened"):
        Remembered(quick, tmp_path / "vectors.sqlite").embed(["one"])


def test_memory_survives_another_writer(quick: QuickMiniLM, tmp_path: Path) -> None:
    one, two = (Remembered(quick, tmp_path / "vectors.sqlite") for _ in range(2))
    assert np.array_equal(one.embed(["same"]), two.embed(["same"]))
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as rows:
        assert rows.execute("SELECT count(*) FROM vectors").fetchone() == (1,)
    one.close()
    two.close()
