"""The list while it is made: asked for, under way with a bar, stopped, or failed."""

from typing import TYPE_CHECKING

import streamlit as st

from badger_core.ui import hypotheses_load
from badger_core.ui.hypotheses_job import FAILED, RUNNING, STOPPED, Job
from badger_core.ui.hypotheses_lines import missing_words
from badger_core.ui.text import plain

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_EVERY_S = 1.0


def answer(wanted: "Wanted") -> "Found | None":
    """What has been found so far; None while there is nothing to show, which the screen explains.

    Lines at hand are begun at once. A screen is begun when it is asked for, as it takes minutes.
    """
    ready = hypotheses_load.at_hand(wanted.lines, wanted.library)
    missing = [line.display_name for line in wanted.lines if line.name not in ready]
    job = hypotheses_load.jobs().find(wanted.key)
    if job is None and not missing:
        job = hypotheses_load.start(wanted, False)
    if job is None:
        st.info(plain(missing_words(missing, wanted.library is not None)))
        _start(wanted, "Predict them now" if len(missing) > 1 else "Predict it now")
        return None
    if job.state == RUNNING:
        _watch(job, job.version)
    elif job.state in (STOPPED, FAILED):
        (st.warning if job.state == STOPPED else st.error)(plain(job.said))
        _start(wanted, "Go on" if job.state == STOPPED else "Try again")
    return job.found


def _start(wanted: "Wanted", label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(label, key="hypotheses_start", type="primary", on_click=_begin, args=(wanted,))
        count = len(wanted.library.candidates) if wanted.library else 0
        much = (
            f"{count} compounds in {len(wanted.lines)} lines"
            if count
            else "About 6,600 compounds take some minutes a line"
        )
        st.html(
            f"<p class='note'>{much}. It goes on in the background when you leave the page, can be "
            "stopped, and is kept: it is never done twice.</p>"
        )


def _begin(wanted: "Wanted") -> None:
    ready = hypotheses_load.at_hand(wanted.lines, wanted.library)
    hypotheses_load.start(wanted, len(ready) < len(wanted.lines))


@st.fragment(run_every=_EVERY_S)
def _watch(job: Job, seen: int) -> None:
    """The bar; when there is something new to show, the page is drawn anew."""
    if job.version != seen:
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        share = min(job.done / job.of, 1.0) if job.of else 0.0
        st.progress(share, text=plain(words(job)))
        st.button(
            "Stopping ..." if job.cancel_asked else "Stop",
            key="hypotheses_stop",
            on_click=job.cancel,
            disabled=job.cancel_asked,
        )


def words(job: Job) -> str:
    """How far a job is, for people."""
    said = job.stage
    if job.of:
        said = f"{job.stage}: {job.done:,} of {job.of:,}"
    if job.seconds_left and job.done:
        said += f", about {duration(job.seconds_left)} left"
    return f"{said}. The list is there; this completes it." if job.found else f"{said} ..."


def duration(seconds: float) -> str:
    """In seconds, or in minutes from 90 s on."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
