"""The small CRM with the real embedder and the real index beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.records.store import Store
from retrieval.embed import Remembered
from retrieval.embed_int8 import QuickMiniLM
from retrieval.index import Index
from retrieval.search import Search
from retrieval.sync import Sync
from tests.retrieval.small_crm import LETTERS, put


@pytest.fixture(scope="session")
def quick(pytestconfig: pytest.Config) -> QuickMiniLM:
    """The quick embedder, made once and kept in pytest's cache folder for the next run."""
    assert pytestconfig.cache is not None
    return QuickMiniLM(pytestconfig.cache.mkdir("minilm"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(f"sqlite:///{tmp_path / 'crm.sqlite'}")
    put(opened, LETTERS)
    return opened


@pytest.fixture
def embedder(quick: QuickMiniLM, tmp_path: Path) -> Iterator[Remembered]:
    remembered = Remembered(quick, tmp_path / "vectors.sqlite")
    yield remembered
    remembered.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = Index.open(tmp_path / "chroma")
    yield opened
    opened.close()


@pytest.fixture
def search(store: Store, index: Index, embedder: Remembered) -> Search:
    Sync(store, index, embedder).run()
    return Search(store, index, embedder)


Finder = Callable[..., list[str]]


@pytest.fixture
def found(search: Search) -> Finder:
    """The native ids of what a search finds, best first."""

    def find(query: str, *args: object, **kwargs: object) -> list[str]:
        return [hit.activity.native_id for hit in search.find(query, *args, **kwargs).hits]  # type: ignore[arg-type]

    return find
