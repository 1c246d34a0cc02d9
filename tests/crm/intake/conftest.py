"""What tests of the records share: an empty store, made once and copied, and a way to write files."""

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from crm.records.store import Store

WriteCsv = Callable[..., Path]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no rows."""
    path = tmp_path_factory.mktemp("empty") / "crm.sqlite"
    opened = Store.open(f"sqlite:///{path}")
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    opened.engine.dispose()
    return path


@pytest.fixture
def open_store(tmp_path: Path, empty_database: Path) -> Iterator[Callable[[str], Store]]:
    """Opens a fresh store under a name."""
    opened: list[Store] = []

    def open_one(name: str = "crm") -> Store:
        path = tmp_path / f"{name}.sqlite"
        if not path.exists():
            shutil.copy(empty_database, path)
        opened.append(Store.open(f"sqlite:///{path}"))
        return opened[-1]

    yield open_one
    for one in opened:
        one.engine.dispose()


@pytest.fixture
def store(open_store: Callable[[str], Store]) -> Store:
    return open_store("crm")


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Writes a table: a header as one string, then rows."""

    def write(
        name: str, header: str, rows: Iterable[Sequence[object]], encoding: str = "utf-8", mark: str = ","
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=mark)
            writer.writerow(header.split(","))
            writer.writerows(rows)
        return path

    return write
