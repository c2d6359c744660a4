"""Long work in a line: its order, its bound, who gives way, who leaves, and what is kept of it."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from badger_core import limits as all_limits
from badger_core.errors import FullError
from badger_core.limits import Limits
from badger_core.ui import hypotheses_job, presence, turns
from badger_core.ui.hypotheses_job import DONE, FAILED, RUNNING, STOPPED, Job, Jobs
from badger_core.ui.presence import Visitor
from badger_core.ui.turns import Line, place_words

HANG_S = 30


def until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + HANG_S
    while not met():
        assert time.monotonic() < end, "hangs"
        time.sleep(0.005)


class Door:
    """Lets work through one by one, and remembers who did it."""

    def __init__(self, line: Line) -> None:
        self.line, self.open, self.begun = line, threading.Event(), []

    def work(self, name: str) -> Callable[[Job], None]:
        def work(job: Job) -> None:
            with self.line.turn(job):
                self.begun.append(name)
                while not self.open.wait(0.005):
                    job.tell(name, 1, 4)
                job.show(name)

        return work


class Visits:
    """Who is the visitor of the next call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.present: dict[str, bool] = {}
        self._patch = monkeypatch

    def of(self, name: str) -> None:
        self.present[name] = True
        visitor = Visitor(name, lambda: self.present[name])
        self._patch.setattr(presence, "visitor", lambda: visitor)


@pytest.fixture
def visits(monkeypatch) -> Visits:
    monkeypatch.setattr(turns, "_LOOK_EVERY_S", 0.005)
    return Visits(monkeypatch)


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door(Line(1, 60))
    yield made
    made.open.set()
    until(lambda: not turns._waiting and not made.line._under_way)


def begin(jobs: Jobs, visits: Visits, door: Door, visitor: str, key: str) -> Job:
    """A job of a visitor, once it is in the line, under way or ended."""
    visits.of(visitor)
    job = jobs.start(key, door.work(key))
    until(lambda: job.state != RUNNING or key in door.begun or "in line" in job.stage)
    return job


def test_work_is_done_in_the_order_in_which_it_came(visits, door) -> None:
    jobs = Jobs()
    made = [begin(jobs, visits, door, f"visitor {at}", f"job {at}") for at in range(4)]
    until(lambda: made[3].stage.startswith("3rd in line"))
    assert made[1].stage.startswith("Next in line")
    assert made[2].stage.startswith("2nd in line")
    door.open.set()
    until(lambda: all(job.state == DONE for job in made))
    assert door.begun == ["job 0", "job 1", "job 2", "job 3"]
    assert [job.found for job in made] == ["job 0", "job 1", "job 2", "job 3"]


def test_the_place_comes_with_a_guess_of_the_time(visits, door) -> None:
    jobs = Jobs()
    first = begin(jobs, visits, door, "a", "one")
    until(lambda: bool(door.begun))
    first.seconds_left = 100.0  # of the work under way; each of the others takes 60
    assert 99 <= door.line.about_s(1) <= 100
    assert 159 <= door.line.about_s(2) <= 160
    assert place_words(1, 40) == "Next in line, about 40 s until it begins"
    assert place_words(3, 240) == "3rd in line, about 4 min until it begins"
    assert [place_words(at, 9).split()[0] for at in (2, 4, 11, 12, 21)] == [
        "2nd", "4th", "11th", "12th", "21st",
    ]  # fmt: skip


def test_two_hands_do_two_pieces_at_a_time(visits) -> None:
    door, jobs = Door(Line(2, 60)), Jobs()
    made = [begin(jobs, visits, door, f"visitor {at}", f"job {at}") for at in range(3)]
    until(lambda: len(door.begun) == 2 and made[2].stage.startswith("Next"))
    door.open.set()
    until(lambda: all(job.state == DONE for job in made))


def test_a_full_line_turns_away_and_says_when_to_come_back(visits, door, monkeypatch) -> None:
    monkeypatch.setattr(turns, "limits", lambda: Limits(waiting=2))
    jobs = Jobs()
    made = [begin(jobs, visits, door, f"visitor {at}", f"job {at}") for at in range(3)]
    refused = begin(jobs, visits, door, "late", "late")
    until(lambda: refused.state == FAILED)
    assert refused.said.startswith("2 pieces of such work wait already, and no more can.")
    assert "kept: try again in about" in refused.said
    assert [job.state for job in made] == [RUNNING] * 3
    door.open.set()
    until(lambda: all(job.state == DONE for job in made))
    again = begin(jobs, visits, door, "late", "late")
    until(lambda: again.state == DONE)


def test_the_bound_is_that_of_the_environment_and_of_each_line(visits, door, monkeypatch) -> None:
    monkeypatch.setenv("BADGER_MAX_WAITING", "2")
    all_limits.limits.cache_clear()
    try:
        narrow, jobs = Door(Line(1, 60, most=1)), Jobs()
        for where, fits in ((door, 3), (narrow, 2)):  # one of them is under way
            made = [begin(jobs, visits, where, f"v{at}", f"{fits} {at}") for at in range(fits + 1)]
            until(lambda job=made[-1]: job.state == FAILED)
            assert [job.state for job in made[:-1]] == [RUNNING] * fits
        narrow.open.set()
    finally:
        monkeypatch.undo()
        all_limits.limits.cache_clear()


def test_cancelled_work_leaves_the_line(visits, door) -> None:
    jobs = Jobs()
    made = [begin(jobs, visits, door, f"visitor {at}", f"job {at}") for at in range(3)]
    made[1].cancel()
    until(lambda: made[1].state == STOPPED and made[2].stage.startswith("Next"))
    door.open.set()
    until(lambda: made[2].state == DONE)
    assert door.begun == ["job 0", "job 2"]


def test_one_visitor_waits_once_and_can_take_the_earlier_up_again(visits, door) -> None:
    jobs = Jobs()
    begin(jobs, visits, door, "other", "under way")
    until(lambda: bool(door.begun))
    earlier = begin(jobs, visits, door, "greedy", "earlier")
    later = [begin(jobs, visits, door, "greedy", f"later {at}") for at in range(30)]
    until(lambda: earlier.state == STOPPED)
    assert "Another question of yours" in earlier.said
    assert len(turns._waiting) == 1
    door.open.set()
    until(lambda: later[-1].state == DONE)
    assert door.begun == ["under way", "later 29"]
    assert jobs.start("later 28", lambda job: job.show("now")) is not later[28]


def test_what_somebody_else_waits_for_too_stays_in_the_line(visits, door) -> None:
    jobs = Jobs()
    begin(jobs, visits, door, "other", "under way")
    until(lambda: bool(door.begun))
    shared = begin(jobs, visits, door, "a", "shared")
    visits.of("b")
    assert jobs.find("shared") is shared
    visits.of("a")
    begin(jobs, visits, door, "a", "later")
    until(lambda: len(turns._waiting) == 2)
    door.open.set()
    until(lambda: shared.state == DONE)


def test_who_has_work_under_way_lets_others_go_first(visits, door) -> None:
    jobs = Jobs()
    begin(jobs, visits, door, "a", "first of a")
    until(lambda: bool(door.begun))
    second = begin(jobs, visits, door, "a", "second of a")
    other = begin(jobs, visits, door, "b", "first of b")
    until(lambda: second.stage.startswith("2nd") and other.stage.startswith("Next"))


def test_work_that_nobody_waits_for_leaves_the_line(visits, door, monkeypatch) -> None:
    monkeypatch.setattr(presence, "AWAY_S", 0.05)
    jobs = Jobs()
    begin(jobs, visits, door, "a", "under way")
    until(lambda: bool(door.begun))
    waits = begin(jobs, visits, door, "b", "waits")
    visits.present["b"] = False
    until(lambda: waits.state == STOPPED)
    assert "Nobody waited" in waits.said


def test_a_short_absence_does_not_cost_the_place(visits) -> None:
    job = Job()
    visits.of("a")
    job.ask_for(presence.visitor())
    visits.present["a"] = False
    assert not job.left()


def test_what_nobody_can_see_is_not_worked_out(visits, monkeypatch) -> None:
    monkeypatch.setattr(presence, "AWAY_S", 0.02)
    visits.of("a")
    asked = presence.visitor()
    states = {}
    for private in (True, False):
        job = Job(private)
        job.ask_for(asked)
        visits.present["a"] = True

        def work(job: Job) -> None:
            visits.present["a"] = False
            for at in range(20):
                job.tell("a step", at, 20)
                time.sleep(0.005)

        job.run(work)
        states[private] = job.state
    assert states == {True: STOPPED, False: DONE}


def test_ended_jobs_are_few_and_what_was_turned_away_does_not_push_out_answers() -> None:
    jobs = Jobs(most=2)

    def fail(_: Job) -> None:
        raise FullError("Full. Try again.")

    def ask(key: str, work: Callable[[Job], None]) -> None:
        job = jobs.start(key, work)
        until(lambda: job.state != RUNNING)

    for at in range(2):
        ask(f"answer {at}", lambda job: job.show("answer"))
    for at in range(20):
        ask(f"refused {at}", fail)
    assert jobs.find("answer 0") is not None
    for at in range(20):
        ask(f"more {at}", lambda job: job.show("answer"))
    assert len(jobs._jobs) <= 2 * 2 + 1
    assert jobs.find("answer 0") is None


def test_a_job_that_ended_does_not_gather_visitors(visits) -> None:
    jobs = Jobs()
    visits.of("first")
    job = jobs.start("popular", lambda job: job.show("answer"))
    until(lambda: job.state == DONE and not job.visitors)
    for at in range(50):
        visits.of(f"visitor {at}")
        assert jobs.find("popular") is job
    assert not job.visitors


def test_a_visitor_outside_a_run_is_nobody() -> None:
    assert presence.visitor() is None
    assert not hypotheses_job.Job().left()
