"""Parts of the page Hypotheses without a page: jobs, its headline, words on a wrong file."""

import time

import pandas as pd

from badger_core.ui import hypotheses_heading, hypotheses_load
from badger_core.ui.hypotheses_job import DONE, RUNNING, STOPPED, Job


def test_controls_are_not_named_first() -> None:
    table = pd.DataFrame(
        {"name": list("abcd"), "control": ["x", "", "", ""], "rank": pd.array([1, 2, 3, 4])}
    )
    assert hypotheses_heading.first_words(table) == "b, c, d first of 4, controls aside"
    assert hypotheses_heading.first_words(table[1:]) == "b, c, d first of 3"


def test_a_job_is_shared_stopped_and_begun_again() -> None:
    jobs = hypotheses_load.Jobs(most=1)

    def slow(job: Job) -> None:
        while True:
            job.tell("slow", 1, 2)
            time.sleep(0.01)

    first = jobs.start("one", slow)
    assert jobs.start("one", slow) is first
    first.cancel()
    end = time.monotonic() + 10
    while first.state == RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    assert first.state == STOPPED
    again = jobs.start("one", lambda job: job.show("answer"))
    assert again is not first
    while again.state == RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    assert (again.state, again.found) == (DONE, "answer")


def test_an_error_of_a_job_is_a_sentence() -> None:
    job = Job()
    job.run(lambda _: 1 / 0)
    assert "not your doing" in job.said
