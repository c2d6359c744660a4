"""The list while it is made: asked for, under way with a bar, stopped, or failed."""

from typing import TYPE_CHECKING

import streamlit as st

from badger_core.ui import hypotheses_load
from badger_core.ui.hypotheses_job import FAILED, RUNNING, STOPPED, Job
from badger_core.ui.hypotheses_lines import missing_words
from badger_core.ui.text import html, plain

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_EVERY_S = 1.0
GO_ON = "Go on"


def answer(wanted: "Wanted") -> "tuple[Wanted, Found] | None":
    """What has been found so far, and the question that it answers.

    That is of the ready lines alone while others wait. None while there is nothing to show, which
    the screen explains.

    Lines at hand are begun at once. A screen is begun when it is asked for, as it takes minutes.
    """
    kept = hypotheses_load.kept_for(wanted)
    ready = set(hypotheses_load.at_hand(wanted.lines, wanted.library))
    ready |= {name for name, screen in kept.items() if screen.complete}
    missing = [line for line in wanted.lines if line.name not in ready]
    job = hypotheses_load.jobs().find(wanted.key)
    if job is None and not missing:
        job = _begin(wanted)
    if job is None:
        names = [line.display_name for line in missing]
        parts = [(line.display_name, kept[line.name]) for line in missing if line.name in kept]
        chunks = "; ".join(f"{n}: {s.chunks} of {s.of_chunks} chunks are kept" for n, s in parts)
        chunks = f"{chunks}: go on from there." if chunks else ""
        st.info(plain(missing_words(names, wanted.library is not None, chunks)))
        first = "Predict them now" if len(missing) > 1 else "Predict it now"
        _start(wanted, GO_ON if parts else first)
        return _meanwhile(wanted, ready)
    seen = job.version  # before the state, so that a change between the two draws the page anew
    if job.state == RUNNING:
        _watch(job, seen)
    elif job.state in (STOPPED, FAILED):
        said = job.said.replace("Ask again to go", f"'{GO_ON}' goes")
        (st.warning if job.state == STOPPED else st.error)(plain(said))
        _start(wanted, GO_ON if job.state == STOPPED else "Try again")
    return _meanwhile(wanted, ready) if job.found is None else (wanted, job.found)


def _meanwhile(wanted: "Wanted", ready: set[str]) -> "tuple[Wanted, Found] | None":
    """The list of the ready lines while others wait; None where none or all are ready."""
    lines = tuple(line for line in wanted.lines if line.name in ready)
    if not lines or len(lines) == len(wanted.lines):
        return None
    part = wanted._replace(lines=lines)
    job = hypotheses_load.jobs().find(part.key) or _begin(part)
    listed = html(", ".join(line.display_name for line in lines))
    st.html(f"<p class='note'>Until then the list is of {listed} alone.</p>")
    seen = job.version
    if job.state == RUNNING:
        _watch(job, seen, False)
    return None if job.found is None else (part, job.found)


def _start(wanted: "Wanted", label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(label, key="hypotheses_start", type="primary", on_click=_begin, args=(wanted,))
        count = len(wanted.library.candidates) if wanted.library else 0
        much = (
            f"{count} compounds in {len(wanted.lines)} lines"
            if count
            else "About 6,600 compounds take about a minute or two a line"
        )
        kept = "for this visit alone" if wanted.private else "it is never done twice"
        st.html(
            f"<p class='note'>{much}. It goes on in the background when you leave the page, can be "
            f"stopped, and is kept: {kept}.</p>"
        )


def _begin(wanted: "Wanted") -> Job:
    ready = hypotheses_load.at_hand(wanted.lines, wanted.library)
    return hypotheses_load.start(wanted, len(ready) < len(wanted.lines))


@st.fragment(run_every=_EVERY_S)
def _watch(job: Job, seen: int, stoppable: bool = True) -> None:
    """The bar; when there is something new to show, the page is drawn anew."""
    if job.version != seen:
        st.rerun(scope="app")
    if job.state != RUNNING:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        share = min(job.done / job.of, 1.0) if job.of else 0.0
        st.progress(share, text=plain(words(job)))
        if stoppable:
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
