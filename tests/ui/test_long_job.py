"""Long work: watched, stopped by asking, its error kept until it is asked for."""

from dataclasses import dataclass
from threading import Event

import pytest

from crm.errors import BadFile
from ui.long_job import Job, Pace, Report, Stop


@dataclass(frozen=True)
class Rows:
    done: int
    total: int | None


def test_a_job_reports_then_gives_its_result() -> None:
    go = Event()

    def work(report: Report, stop: Stop) -> str:
        report(Rows(3, 10))
        go.wait(10)
        report(Rows(10, 10))
        return "ready"

    job = Job(work)
    paces = []
    for pace in job.watch(0.01):
        paces.append(pace)
        if pace.done == 3:
            go.set()
    assert (paces[-1].done, paces[-1].total) == (10, 10)
    assert job.result() == "ready"


def test_what_a_job_took_grows_no_more_once_it_ended() -> None:
    hours = iter([100.0, 107.0, 250.0])
    job = Job(lambda report, stop: report(Rows(7, 7)), clock=lambda: next(hours))
    job.result()
    assert [job.pace, job.pace] == [Pace(7, 7, wall=7.0)] * 2


def test_a_job_stops_when_asked() -> None:
    def work(report: Report, stop: Stop) -> int:
        done = 0
        while not stop() and done < 1_000_000_000:
            done += 1
        return done

    job = Job(work)
    job.stop()
    assert job.result() < 1_000_000_000
    assert job.stopped


def test_leaving_the_watch_stops_the_work() -> None:
    ended = Event()

    def work(report: Report, stop: Stop) -> None:
        while not stop():
            ended.wait(0.01)

    job = Job(work)
    watch = job.watch(0.01)
    next(watch)
    watch.close()
    job.result()
    assert job.stopped


def test_closing_the_window_stops_every_job() -> None:
    def work(report: Report, stop: Stop) -> str:
        while not stop():
            pass
        return "stopped"

    jobs = [Job(work), Job(work)]
    Job.stop_all()
    assert [job.result() for job in jobs] == ["stopped", "stopped"]


def test_an_error_waits_for_the_result() -> None:
    def work(report: Report, stop: Stop) -> None:
        raise BadFile("No rows in it.")

    job = Job(work)
    assert list(job.watch(0.01))[-1].done == 0
    with pytest.raises(BadFile, match="No rows in it"):
        job.result()


@pytest.mark.parametrize(
    ("pace", "told"),
    [
        (Pace(1_200, 5_000, 2.0), "1,200 of 5,000 rows · 600 rows/s · 6.3 s left"),
        (Pace(5_000, 5_000, 10.0), "5,000 of 5,000 rows · 500 rows/s"),
        (Pace(40, 0, 2.0), "40 rows · 20 rows/s"),
        (Pace(), "Starting …"),
    ],
)
def test_pace_in_words(pace: Pace, told: str) -> None:
    assert pace.told() == told


def test_the_bar_fills_only_when_the_end_is_known() -> None:
    assert '<progress max="5000" value="1200">' in Pace(1_200, 5_000, 2.0).bar()
    assert "<progress>" in Pace(40, 0, 2.0).bar()
