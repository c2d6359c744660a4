"""The tab Own screen: a user's small Perturb-seq file, its quality, and what its targets change."""

from hashlib import sha256
from typing import NamedTuple

import pandas as pd
import streamlit as st

from badger_core.data.perturbation_file import LEAST_CELLS, read_cell_upload, wanted
from badger_core.errors import PerturbationError
from badger_core.export.tables import table_csv
from badger_core.limits import limits
from badger_core.perturbation.quality import Quality, assess
from badger_core.ui import downloads, last_resort, perturbation_load, perturbation_progress, visit
from badger_core.ui.hypotheses_job import Job
from badger_core.ui.perturbation_effects import (
    Effects,
    all_targets,
    changed,
    headline,
    measure,
    of_target,
)
from badger_core.ui.perturbation_progress import SCREEN
from badger_core.ui.perturbation_state import COLUMN, CONTROL, FILE, OWN_TARGET
from badger_core.ui.perturbation_target import draw, grid
from badger_core.ui.text import html, plain

_RULES = {
    "rule": st.column_config.TextColumn("Why cells are left out", width=330),
    "cells": st.column_config.NumberColumn("Cells", format="%d", width=70),
    "alone": st.column_config.NumberColumn(
        "For this alone", format="%d", width=96, help="Cells that no other rule rejects."
    ),
}


class OwnScreen(NamedTuple):
    """What was read and measured of an uploaded file."""

    name: str
    cells: int
    notes: tuple[str, ...]
    quality: Quality
    effects: Effects


def read_and_measure(
    job: Job, content: bytes, name: str, target: str | None, control: str | None
) -> None:
    """The work of a job: read, judge the cells, measure.

    Args:
        job: is told how far it is and given the OwnScreen.
        content: the file.
        name: of it.
        target: column of targets, or None; see `perturbation_file.read_cell_upload`.
        control: what control cells are called there, or None.

    Raises:
        PerturbationError: for a file that cannot be read or measured; says what to do.
    """
    steps = 4
    job.tell("Reading the cells", 0, steps)
    found = read_cell_upload(content, name, target, control)
    job.tell("Judging the cells", 1, steps)
    quality = assess(found.screen)
    kept = found.screen.take(quality.keep)
    if not kept.targets():
        raise PerturbationError(
            f"No target of '{name}' has {LEAST_CELLS} cells that pass the quality control, so "
            "nothing can be measured. Add cells, or check that the counts are raw."
        )
    done = iter((2, 3))
    effects = measure(kept, tell=lambda said: job.tell(said, next(done), steps))
    job.show(OwnScreen(name, len(found.screen.target), found.notes, quality, effects))


def show() -> None:
    """The uploader with its limits, then what became of the file."""
    file, target, control = _inputs()
    if file is None:
        return
    content = file.getvalue()
    digest = sha256(repr((visit.secret(), file.name, target, control)).encode())
    digest.update(content)
    key = digest.hexdigest()[:16]
    found = perturbation_progress.found(
        SCREEN, key, lambda job: read_and_measure(job, content, file.name, target, control), True
    )
    if isinstance(found, OwnScreen):
        _quality(found)
        _effects(found, key)


def _inputs() -> tuple[object | None, str | None, str | None]:
    st.html(
        "<p class='note'>Your own CRISPR screen of single cells (Perturb-seq, CROP-seq, "
        "ECCITE-seq) gets a quality report and measured effects with intervals. Wanted: "
        f"{html(wanted())}. The column of targets is found by its title; the file stays on the "
        "machine that this app runs on. No model is trained here.</p>"
    )
    first, second, third = st.columns([50, 25, 25], gap="small", vertical_alignment="bottom")
    with first:
        file = st.file_uploader(
            "Single cells (h5ad)",
            type=["h5ad"],
            key=FILE,
            max_upload_size=limits().upload_mb,
        )
    with second:
        target = st.text_input(
            "Column of targets", key=COLUMN, placeholder="Found by its title",
            persist_state="session",
        )  # fmt: skip
    with third:
        control = st.text_input(
            "Control cells are called", key=CONTROL, placeholder="non-targeting, control, ...",
            persist_state="session",
        )  # fmt: skip
    if file is None:
        st.download_button(
            "Example file (h5ad)",
            last_resort.made(perturbation_load.example),
            "badger_screen_example.h5ad",
            "application/x-hdf5",
            key="perturbation_example",
            on_click="ignore",
            help="Four targets and control cells of the THP-1 screen, 1,000 cells.",
        )
    return file, (target or "").strip() or None, (control or "").strip() or None


def _quality(found: OwnScreen) -> None:
    kept = int(found.quality.keep.sum())
    st.html(
        f"<h2 class='result'>{html(found.name)}: <span class='count'>{kept:,} of {found.cells:,} "
        f"cells pass, {len(found.effects.targets)} targets, {len(found.effects.genes):,} genes"
        "</span></h2>"
    )
    said = [*found.notes]
    if found.quality.small_targets:
        said.append(f"Targets with too few good cells: {', '.join(found.quality.small_targets)}.")
    said += [f"Could not be judged: {text}." for text in found.quality.cannot]
    with st.expander("Quality report", key="perturbation_quality"):
        items = "".join(f"<li>{html(text)}</li>" for text in said)
        st.html(f"<ul class='said'>{items}</ul>")
        st.dataframe(
            found.quality.reasons,
            key="perturbation_rules",
            hide_index=True,
            column_config=_RULES,
            alt="Rules of quality control and how many cells each leaves out",
        )
        downloads.table_menu(found.quality.reasons, "quality", "perturbation_quality_take")


def _effects(found: OwnScreen, key: str) -> None:
    effects = found.effects
    count = dict(zip(effects.targets, changed(effects).tolist(), strict=True))
    names = sorted(effects.targets, key=lambda name: (-count[name], name))
    if st.session_state.get(OWN_TARGET) not in count:
        st.session_state[OWN_TARGET] = names[0]
    target = st.selectbox(
        "Gene that was knocked out",
        names,
        key=OWN_TARGET,
        format_func=lambda name: f"{name} · {count[name]:,} genes change",
        persist_state="session",
        width=360,
    )
    table = of_target(effects, target)
    st.html(
        f"<p class='reading'><strong>{html(target)} lost:</strong> "
        f"{html(headline(effects, target))} (FDR below 5% over the genes).</p>"
    )
    left, right = st.columns([46, 54], gap="medium")
    with left:
        draw(table, target, f"perturbation_own_dots_{key}", "own-target")
    with right:
        grid(table, target, f"perturbation_own_table_{key}")
        with st.container(horizontal=True, gap="xsmall"):
            _take_along(table, found, target)


def _take_along(table: pd.DataFrame, found: OwnScreen, target: str) -> None:
    from badger_core.export.perturbation_files import effect_provenance

    about = effect_provenance(found.name, target)
    downloads.table_menu(table, f"own-lost-{target}", "perturbation_own_take", about)
    stem = downloads.file_stem(f"own-lost-all-{plain(found.name)}", of_model=False)
    every = downloads.File(
        "CSV", f"{stem}.csv", "text/csv", lambda: table_csv(all_targets(found.effects))
    )
    downloads.menu("Download all targets", [every], "perturbation_own_all")
