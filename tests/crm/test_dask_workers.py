"""Batches on a Dask cluster: the same results in the same order, and no cluster that might say something else."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.dask_workers import ANY_PORT, Dask, fingerprint
from crm.engagement.audit import AuditPlan, audit_file
from crm.errors import MissingPart
from tests.flows.test_bulk_audit import MANY, ByWord, write

pytest.importorskip("distributed", reason="Dask is optional: pip install -r requirements-dask.txt")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=ANY_PORT) as cluster:
        yield cluster.scheduler_address.removeprefix("tcp://")


def doubled(batch: list[int]) -> list[int]:
    return [2 * n for n in batch]


def fails(batch: list[int]) -> list[int]:
    raise ValueError(f"no {batch}")


def test_results_come_in_the_order_of_the_batches(cluster: str) -> None:
    batches = [[n, n + 1] for n in range(20)]
    assert list(Dask(cluster).map(doubled, batches)) == [[2 * n, 2 * n + 2] for n in range(20)]


def test_only_a_few_batches_are_read_ahead(cluster: str) -> None:
    read = []

    def batches() -> Iterator[list[int]]:
        for n in range(100):
            read.append(n)
            yield [n]

    results = Dask(cluster).map(doubled, batches())
    assert next(results) == [0]
    assert len(read) == 7
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_the_work_reaches_the_caller(cluster: str) -> None:
    with pytest.raises(ValueError, match=r"no \[1\]"):
        list(Dask(cluster).map(fails, [[1]]))


def test_an_audit_on_the_cluster_writes_the_same_bytes(cluster: str, tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", MANY)
    audit_file(source, tmp_path / "here.csv", AuditPlan(ByWord(), batch=50))
    audit_file(source, tmp_path / "there.csv", AuditPlan(ByWord(), batch=50, workers=Dask(cluster)))
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()


def test_a_cluster_that_does_not_answer_is_a_sentence() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(MissingPart, match=f"No Dask cluster answers at {nobody}"):
        list(Dask(nobody).map(doubled, [[1]]))


def test_a_cluster_without_workers_is_a_sentence() -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, dashboard_address=ANY_PORT) as empty:
        address = empty.scheduler_address.removeprefix("tcp://")
        with pytest.raises(MissingPart, match="has no workers"):
            list(Dask(address).map(doubled, [[1]]))


def test_the_code_has_a_name_that_stays() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
