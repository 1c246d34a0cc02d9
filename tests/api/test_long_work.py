"""Long work over HTTP: an audit of many and an export, watched, stopped, resumed, taken away."""

import csv
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.caller import Grant
from api.jobs import ENDED, Jobs, Order, State
from api.problems import Trouble
from crm.engagement.report import AuditReport, Tally
from crm.errors import Stopped
from crm.nouns import Engagement
from tests.api.conftest import Served

HEAD = "crm_subject,crm_description,crm_subtype,hs_object_id,colour\n"
ROWS = 'Call,No answer,Call,11,red\n=1+1,"Too high for us, sorry.\nMaria",Email,12,=cmd\n,,Task,13,\n'
CSV = {"Content-Type": "text/csv"}


def ended(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    """The job once it works no more."""
    while job["state"] in ("waiting", "running"):
        time.sleep(0.05)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
    return job


def test_a_file_is_audited_row_by_row(writes: httpx.Client) -> None:
    made = writes.post("/api/v1/audits", params={"keep": True}, content=HEAD + ROWS, headers=CSV)
    assert made.status_code == 202
    job = ended(writes, made.json())
    assert made.headers["location"] == f"/api/v1/jobs/{job['id']}"
    assert (job["state"], job["done"], sum(job["labels"].values())) == ("done", 3, 3)
    result = writes.get(f"/api/v1/jobs/{job['id']}/result")
    assert f"audit-{job['id']}.csv" in result.headers["content-disposition"]
    rows = list(csv.DictReader(result.text.splitlines()))
    assert [row["hs_object_id"] for row in rows] == ["11", "12", "13"]
    assert rows[0]["trueai_engaged"] == "NOT ENGAGED"
    assert rows[1]["colour"] == "'=cmd"


def test_a_mailbox_is_audited_mail_by_mail(writes: httpx.Client) -> None:
    mail = "From: Ana <ana@quarry.example>\nSubject: Seats\nMessage-ID: <{}@quarry.example>\n\nWe take fourteen.\n\n"
    box = "".join("From 1@xxx Tue Mar 03 07:00:00 2026\n" + mail.format(number) for number in (1, 2))
    job = ended(writes, writes.post("/api/v1/audits", content=box, headers=CSV).json())
    result = writes.get(f"/api/v1/jobs/{job['id']}/result")
    rows = list(csv.DictReader(result.text.splitlines()))
    assert [row["hs_object_id"] for row in rows] == ["1@quarry.example", "2@quarry.example"]


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", b"hs_object_id,"), ("jsonl", b'{"hs_object_id"'), ("parquet", b"PAR1")]
)
def test_the_store_is_exported_in_three_forms(served: Served, writes: httpx.Client, form: str, begins: bytes) -> None:
    job = ended(writes, writes.post("/api/v1/exports", json={"form": form}).json())
    assert (job["state"], job["done"]) == ("done", served.house.store.count())
    assert writes.get(f"/api/v1/jobs/{job['id']}/result").content.startswith(begins)


def test_a_job_sent_twice_is_begun_once(writes: httpx.Client) -> None:
    key = {**CSV, "Idempotency-Key": "file-7"}
    first, again = (writes.post("/api/v1/audits", content=HEAD + ROWS, headers=key).json() for _ in range(2))
    assert first["id"] == again["id"]
    assert writes.post("/api/v1/audits", content=HEAD, headers=key).status_code == 422


def test_a_job_belongs_to_whoever_made_it(served: Served, writes: httpx.Client) -> None:
    job = ended(writes, writes.post("/api/v1/exports", json={}).json())
    mine = writes.get("/api/v1/jobs", params={"limit": 200}).json()["items"]
    assert job["id"] in [one["id"] for one in mine]
    with served.client(Grant.ADMIN) as other:
        assert other.get("/api/v1/jobs").json()["items"] == []
        for method, path in (("GET", ""), ("GET", "/result"), ("POST", "/cancel"), ("POST", "/resume"), ("DELETE", "")):
            assert other.request(method, f"/api/v1/jobs/{job['id']}{path}").status_code == 404
    assert writes.delete(f"/api/v1/jobs/{job['id']}").status_code == 204
    assert writes.get(f"/api/v1/jobs/{job['id']}").status_code == 404


def test_a_page_goes_on_after_a_job_that_is_gone(writes: httpx.Client) -> None:
    older, newer = (ended(writes, writes.post("/api/v1/exports", json={}).json()) for _ in range(2))
    first = writes.get("/api/v1/jobs", params={"limit": 1}).json()
    assert [job["id"] for job in first["items"]] == [newer["id"]]
    assert writes.delete(f"/api/v1/jobs/{newer['id']}").status_code == 204
    second = writes.get("/api/v1/jobs", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [job["id"] for job in second["items"]] == [older["id"]]


def test_a_job_that_is_done_is_not_done_again(writes: httpx.Client) -> None:
    job = ended(writes, writes.post("/api/v1/exports", json={}).json())
    assert writes.post(f"/api/v1/jobs/{job['id']}/resume").status_code == 409
    assert writes.post(f"/api/v1/jobs/{job['id']}/cancel").json()["state"] == "done"


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 422), (b"  \n", 422), (b"PK\x03\x04zip", 415), (b"\x1f\x8bgzip", 415), (b"a,b\n1,\x00\n", 415)],
)
def test_what_is_no_csv_is_not_taken(served: Served, writes: httpx.Client, body: bytes, status: int) -> None:
    assert writes.post("/api/v1/audits", content=body, headers=CSV).status_code == status
    assert left_behind(served) == []


@pytest.mark.parametrize(
    ("params", "headers"),
    [({"form": "xml"}, {}), ({}, {"Idempotency-Key": "k" * 300}), ({"keep": "perhaps"}, {})],
)
def test_a_file_with_a_wrong_request_is_not_kept(
    served: Served, writes: httpx.Client, params: dict[str, str], headers: dict[str, str]
) -> None:
    refused = writes.post("/api/v1/audits", params=params, content=HEAD + ROWS, headers={**CSV, **headers})
    assert refused.status_code == 422
    assert left_behind(served) == []


def test_a_file_on_its_way_lies_in_the_folder_that_is_swept(served: Served, writes: httpx.Client) -> None:
    seen = list[Path]()

    def pieces() -> Iterator[bytes]:
        yield (HEAD + ROWS).encode()
        end = time.monotonic() + 10
        while not seen and time.monotonic() < end:
            seen.extend(left_behind(served))

    ended(writes, writes.post("/api/v1/audits", content=pieces(), headers=CSV).json())
    assert [path.parent for path in seen] == [served.house.settings.data_dir / "files"]
    assert left_behind(served) == []


def left_behind(served: Served) -> list[Path]:
    return list(served.house.settings.data_dir.rglob("received-*"))


def test_a_file_that_holds_no_activities_fails_with_a_sentence(writes: httpx.Client) -> None:
    job = ended(writes, writes.post("/api/v1/audits", content="one,two\n1,2\n", headers=CSV).json())
    assert job["state"] == "failed"
    assert job["problem"]
    assert writes.get(f"/api/v1/jobs/{job['id']}/result").status_code == 409


def report(folder: Path, rows: int) -> AuditReport:
    tally = Tally()
    for _ in range(rows):
        tally.add(Engagement.ND, "nobody")
    (folder / "result.csv").write_text("done")
    return AuditReport("", "", "", tally, rows, 0, 0.0)


def until_still(jobs: Jobs, job_id: str) -> State:
    while jobs.one("ana", job_id).state in (State.WAITING, State.RUNNING):
        time.sleep(0.01)
    return jobs.one("ana", job_id).state


def test_a_stopped_job_goes_on_and_a_killed_one_can(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.run(jobs.make("ana", Order("export"), None), waits_to_be_stopped)
    with pytest.raises(Trouble, match="under way"):
        jobs.drop(job)
    jobs.cancel(job)
    assert until_still(jobs, job.id) is State.STOPPED
    second = jobs.run(jobs.make("ana", Order("export"), None), waits_to_be_stopped)
    jobs.close()
    assert until_still(jobs, second.id) is State.STOPPED

    again = Jobs(tmp_path)
    assert {j.id for j in again.of("ana")} == {job.id, second.id}
    again.run(again.one("ana", job.id), lambda j, folder, watch, stop: report(folder, 3))
    assert until_still(again, job.id) is State.DONE
    assert again.one("ana", job.id).labels == {"ENGAGED": 0, "NOT ENGAGED": 0, "ND": 3}
    assert again.result(again.one("ana", job.id)).read_text() == "done"
    again.sweep(time.time() + 8 * 86_400)
    assert again.of("ana") == []
    assert list((tmp_path / "jobs").iterdir()) == []
    again.close()


def waits_to_be_stopped(job: Any, folder: Path, watch: Any, stop: Any) -> AuditReport:
    while not stop():
        time.sleep(0.01)
    raise Stopped("stopped")


def test_a_second_server_leaves_the_first_ones_jobs_alone(tmp_path: Path) -> None:
    first, second = Jobs(tmp_path), Jobs(tmp_path)
    job = first.run(first.make("ana", Order("export"), None), waits_to_be_stopped)
    third = Jobs(tmp_path)
    for other in (second, third):
        assert other.one("ana", job.id).state in (State.WAITING, State.RUNNING)
        for verb in (other.cancel, other.drop, lambda found: other.run(found, waits_to_be_stopped)):  # noqa: B023
            with pytest.raises(Trouble) as told:
                verb(other.one("ana", job.id))
            assert told.value.status == 409
    first.cancel(job)
    assert until_still(first, job.id) is State.STOPPED
    assert third.one("ana", job.id).problem == first.one("ana", job.id).problem
    third.run(third.one("ana", job.id), lambda j, folder, watch, stop: report(folder, 1))
    assert until_still(third, job.id) is State.DONE
    assert first.one("ana", job.id).state is State.DONE
    for server in (first, second, third):
        server.close()
    assert list(tmp_path.glob("server-*")) == []


def test_a_job_of_a_killed_server_is_resumed_by_the_next(tmp_path: Path) -> None:
    job = (killed := Jobs(tmp_path)).make("ana", Order("export"), None)
    assert killed.one("ana", job.id).state is State.WAITING
    lock = next(tmp_path.glob("server-*.lock"))
    os.utime(lock, (100, 100))
    still = Jobs(tmp_path)
    assert lock.exists()
    assert still.one("ana", job.id).state is State.WAITING
    del killed  # its lock goes as with its process
    after = Jobs(tmp_path)
    assert not lock.exists()
    for server in (still, after):
        assert server.one("ana", job.id).problem == ENDED
    after.run(after.one("ana", job.id), lambda j, folder, watch, stop: report(folder, 1))
    assert until_still(after, job.id) is State.DONE
    for server in (still, after):
        server.close()


def test_a_bug_in_a_job_is_told_under_a_reference(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.run(jobs.make("ana", Order("export"), None), lambda *_: 1 / 0)  # type: ignore[arg-type]
    assert until_still(jobs, job.id) is State.FAILED
    assert "reference" in jobs.one("ana", job.id).problem
    assert "ZeroDivisionError" in caplog.text
    jobs.close()


def test_nobody_queues_without_end(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    for _ in range(20):
        jobs.make("ana", Order("export"), None)
    with pytest.raises(Trouble, match="unfinished"):
        jobs.make("ana", Order("export"), None)
    jobs.make("bo", Order("export"), None)
    for wrong in ("../../etc", "", "0" * 16, "jobs"):
        with pytest.raises(Trouble, match="no job"):
            jobs.one("ana", wrong)
    jobs.close()
