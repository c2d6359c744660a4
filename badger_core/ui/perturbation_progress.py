"""Work of the page Genetic perturbation that goes on in the background: begun, watched, stopped."""

from collections.abc import Callable
from threading import Semaphore

import streamlit as st

from badger_core.ui import perturbation_load
from badger_core.ui.hypotheses_job import FAILED, RUNNING, STOPPED, Job
from badger_core.ui.hypotheses_progress import words
from badger_core.ui.text import plain

_EVERY_S = 0.7
MODEL, LIBRARY, SCREEN = "model", "library", "screen"
_turns = {kind: Semaphore(1) for kind in (MODEL, LIBRARY, SCREEN)}


def found(kind: str, key: str, work: Callable[[Job], None]) -> object | None:
    """What a job has found, begun where there is none; None while it runs or failed, which is said.

    Args:
        kind: MODEL, LIBRARY or SCREEN; for all visitors only one work of a kind is done at a time.
        key: of the content of the question.
        work: gets the job.
    """
    jobs, key = perturbation_load.jobs(kind), f"{kind}-{key}"
    job = jobs.find(key) or jobs.start(key, lambda job: _alone(kind, job, work))
    seen = job.version  # before the state, so that a change between the two draws the page anew
    if job.state == RUNNING:
        _watch(job, seen, kind)
    elif job.state in (STOPPED, FAILED):
        (st.warning if job.state == STOPPED else st.error)(plain(job.said))
        st.button(
            "Try again",
            key=f"perturbation_again_{kind}",
            on_click=jobs.start,
            args=(key, lambda job: _alone(kind, job, work)),
        )
    return job.found


def _alone(kind: str, job: Job, work: Callable[[Job], None]) -> None:
    while not _turns[kind].acquire(timeout=0.5):
        job.tell("Waiting for another visitor's work", 0, 0)
    try:
        work(job)
    finally:
        _turns[kind].release()


@st.fragment(run_every=_EVERY_S)
def _watch(job: Job, seen: int, kind: str) -> None:
    """The bar; when there is something new to show, the page is drawn anew."""
    if job.version != seen:
        st.rerun(scope="app")
    if job.state != RUNNING:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        share = min(job.done / job.of, 1.0) if job.of else 0.0
        st.progress(share, text=plain(words(job)))
        if kind != MODEL:  # which is done in one step
            st.button(
                "Stopping ..." if job.cancel_asked else "Stop",
                key=f"perturbation_stop_{kind}",
                on_click=job.cancel,
                disabled=job.cancel_asked,
            )
