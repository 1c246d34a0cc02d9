import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crm.errors import MissingPart
from crm.records.store import Store
from retrieval.embed import DIMENSIONS, Remembered, Vectors
from retrieval.index import EXACT, Entry, Index
from retrieval.search import Search
from retrieval.sync import Sync

SECOND = """
import sys
from pathlib import Path
from crm.errors import MissingPart
from crm.records.store import Store
from retrieval.index import Index
from retrieval.search import Search
try:
    Index.open(Path(sys.argv[1]))
except MissingPart as err:
    found = Search(Store.open(sys.argv[2]), trouble=str(err)).find("freezer alarms")
    print(found.hits[0].activity.native_id, *found.ways, *found.notices)
"""


def directions(rows: int, seed: int = 1) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSIONS)).astype(np.float32)
    normed: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


def test_the_nearest_passages_come_first(index: Index) -> None:
    vectors = directions(6)
    index.activities.put([Entry("a", "1", ("us", "them"), vectors[:2]), Entry("b", "1", ("them",), vectors[2:3])])
    near = index.activities.near(vectors[1], 3)
    assert (near[0].record_id, near[0].number) == ("a", 1)
    assert near[0].score == pytest.approx(1, abs=1e-5)
    assert len(near) == 3


def test_only_some_records_and_one_side(index: Index) -> None:
    vectors = directions(3)
    index.activities.put([Entry("a", "1", ("us", "them"), vectors[:2]), Entry("b", "1", ("them",), vectors[2:])])
    assert [n.record_id for n in index.activities.near(vectors[0], 5, only={"b"})] == ["b"]
    theirs = index.activities.near(vectors[0], 5, side="them")
    assert sorted((n.record_id, n.number) for n in theirs) == [("a", 1), ("b", 0)]
    assert index.activities.near(vectors[0], 5, only={"a"}, side="machine") == []
    assert index.activities.near(vectors[0], 5, only=set()) == []


ALMOST_ALL = 17  # of twenty


def test_walking_the_graph_finds_what_a_scan_finds(index: Index) -> None:
    vectors = directions(EXACT + 200)
    index.activities.put(Entry(f"r{n}", "1", ("us",), vectors[n : n + 1]) for n in range(len(vectors)))
    asked = directions(1, seed=2)[0]
    true = [f"r{n}" for n in np.argsort(-(vectors @ asked))[:20]]
    walked = {n.record_id for n in index.activities.near(asked, 20)}
    assert len(walked & set(true)) >= ALMOST_ALL  # a walk is near the truth, and never quite the same
    most = {f"r{n}" for n in range(EXACT + 100)}
    within = [n.record_id for n in index.activities.near(asked, 20, only=most)]
    assert within[0] == next(i for i in true if i in most)
    assert set(within) <= most


def test_putting_again_replaces_and_dropping_removes(index: Index) -> None:
    vectors = directions(4)
    index.activities.put([Entry("a", "1", ("us", "us"), vectors[:2])])
    index.activities.put([Entry("a", "2", ("them",), vectors[2:3])])
    assert index.activities.marks == {"a": "2"}
    assert len(index.activities.near(vectors[0], 10)) == 1
    index.activities.drop(["a", "never there"])
    assert index.activities.near(vectors[0], 10) == []


def test_what_was_put_is_there_after_reopening(tmp_path: Path) -> None:
    first = Index.open(tmp_path / "chroma")
    first.begin("model 1")
    first.activities.put([Entry("a#b", "m", ("us", "them"), directions(2))])
    first.close()
    second = Index.open(tmp_path / "chroma")
    assert second.stamp == "model 1"
    assert second.activities.marks == {"a#b": "m"}
    assert second.moved is None
    assert [n.number for n in second.activities.near(directions(2)[1], 1, side="them")] == [1]
    second.close()


def test_a_record_that_was_half_written_is_not_held(tmp_path: Path) -> None:
    first = Index.open(tmp_path / "chroma")
    first.activities.put([Entry("a", "m", ("us", "us"), directions(2)), Entry("b", "m", ("us",), directions(1, 3))])
    first.activities._collection.delete(ids=["a#1"])  # what a kill between two writes could leave
    first.close()
    second = Index.open(tmp_path / "chroma")
    assert second.activities.marks == {"b": "m"}
    assert len(second.activities.near(directions(1)[0], 10)) == 1
    second.close()


def test_another_stamp_empties_the_index(index: Index) -> None:
    index.begin("model 1")
    index.activities.put([Entry("a", "m", ("us",), directions(1))])
    index.begin("model 1")
    assert index.activities.size == 1
    index.begin("model 2")
    assert index.activities.size == 0
    assert index.stamp == "model 2"


def test_a_second_owner_is_refused_in_this_process_too(index: Index, tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="belongs to another process"):
        Index.open(tmp_path / "chroma")


def test_a_second_process_searches_by_words_and_says_why(index: Index, store: Store, tmp_path: Path) -> None:
    arguments = [str(tmp_path / "chroma"), store.engine.url.render_as_string()]
    done = subprocess.run([sys.executable, "-c", SECOND, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("1 words The semantic index belongs to another process")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(MissingPart, match="index folder cannot be written"):
        Index.open(tmp_path / "data" / "chroma")


def test_an_owner_that_closed_lets_the_next_one_in(tmp_path: Path) -> None:
    Index.open(tmp_path / "chroma").close()
    Index.open(tmp_path / "chroma").close()
    assert not list(tmp_path.glob("chroma.damaged-*"))


def overwrite(path: Path) -> None:
    path.write_bytes(b"\x00garbage\xff" * (path.stat().st_size // 9 + 1))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("chroma.sqlite3", overwrite),
        ("chroma.sqlite3", cut_off),
        ("header.bin", overwrite),
        ("header.bin", Path.unlink),
        ("data_level0.bin", overwrite),
        ("index_metadata.pickle", overwrite),
        ("index_metadata.pickle", Path.unlink),
    ],
)
def test_a_damaged_folder_is_put_aside_and_made_anew(
    name: str, damage: Callable[[Path], None], store: Store, embedder: Remembered, tmp_path: Path
) -> None:
    index = Index.open(tmp_path / "chroma")
    # more than a thousand: only then does Chroma write its graph to files
    index.activities.put(Entry(f"r{n}", "m", ("us",), v[None]) for n, v in enumerate(directions(1_200)))
    index.close()
    (path,) = (tmp_path / "chroma").rglob(name)
    damage(path)

    opened = Index.open(tmp_path / "chroma")
    assert opened.moved == tmp_path / "chroma.damaged-1"
    assert opened.moved.is_dir()
    Sync(store, opened, embedder).run()
    assert Search(store, opened, embedder).find("freezer alarms").hits[0].activity.native_id == "1"
    opened.close()


def test_vectors_that_were_cut_off_are_missed_by_the_next_process(tmp_path: Path) -> None:
    """In the process that wrote them they may still lie in memory, where Chroma's reader finds them again."""
    index = Index.open(tmp_path / "chroma")
    index.activities.put(Entry(f"r{n}", "m", ("us",), v[None]) for n, v in enumerate(directions(1_200)))
    index.close()
    (path,) = (tmp_path / "chroma").rglob("data_level0.bin")
    cut_off(path)
    program = (
        "import sys, pathlib; from retrieval.index import Index; print(Index.open(pathlib.Path(sys.argv[1])).moved)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "chroma")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(tmp_path / "chroma.damaged-1")


def test_an_index_that_lost_its_catalogue_is_filled_again(store: Store, embedder: Remembered, tmp_path: Path) -> None:
    index = Index.open(tmp_path / "chroma")
    Sync(store, index, embedder).run()
    index.close()
    (tmp_path / "chroma" / "chroma.sqlite3").unlink()
    opened = Index.open(tmp_path / "chroma")
    assert opened.activities.size == 0
    Sync(store, opened, embedder).run()
    assert opened.activities.size == 5
    opened.close()
