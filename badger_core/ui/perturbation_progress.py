"""Work of the page Genetic perturbation that goes on in the background: begun, watched, stopped."""

from collections.abc import Callable

import streamlit as st

from badger_core.ui import perturbation_load
from badger_core.ui.hypotheses_job import FAILED, RUNNING, STOPPED, Job
from badger_core.ui.hypotheses_progress import words
from badger_core.ui.text import plain
from badger_core.ui.turns import CELLS, SCREENS

_EVERY_S = 0.7
MODEL, LIBRARY, SCREEN = "model", "library", "screen"
_lines = {MODEL: CELLS, LIBRARY: SCREENS, SCREEN: CELLS}


def found(kind: str, key: str, work: Callable[[Job], None], private: bool = False) -> object | None:
    """What a job has found, begun where there is none; None while it runs or failed, which is said.

    Args:
        kind: MODEL, LIBRARY or SCREEN; a work of a kind waits for its turn (`ui.turns`).
        key: of the content of the question.
        work: gets the job.
        private: whether what it finds can be seen by this visitor alone.
    """
    jobs, key = perturbation_load.jobs(kind), f"{kind}-{key}"

    def in_turn(job: Job) -> None:
        with _lines[kind].turn(job):
            work(job)

    job = jobs.find(key) or jobs.start(key, in_turn, private)
    seen = job.version  # before the state, so that a change between the two draws the page anew
    if job.state == RUNNING:
        _watch(job, seen, kind)
    elif job.state in (STOPPED, FAILED):
        (st.warning if job.state == STOPPED else st.error)(plain(job.said))
        st.button(
            "Try again",
            key=f"perturbation_again_{kind}",
            on_click=jobs.start,
            args=(key, in_turn, private),
        )
    return job.found


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
