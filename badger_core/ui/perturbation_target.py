"""The tab A target: what losing one gene changes, measured and predicted, as dots and a table."""

from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd
import streamlit as st

from badger_core.export.tables import table_csv
from badger_core.ui import downloads, figure, perturbation_load, perturbation_progress
from badger_core.ui.hypotheses_job import Job
from badger_core.ui.perturbation_effects import (
    LEAST_P,
    SURE,
    Effects,
    agreement,
    all_targets,
    changed,
    headline,
    of_target,
)
from badger_core.ui.perturbation_progress import MODEL
from badger_core.ui.perturbation_state import ALL_CELLS, CELLS, FIRST, TARGET, UNSEEN_CELLS
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.perturbation.vae_effects import Predicted

_DRAWN, _HEIGHT = 16, 412
COLUMNS = {
    "gene": st.column_config.TextColumn("Gene", width=90, pinned=True),
    "measured": st.column_config.NumberColumn(
        "Measured", format="%+.2f", width=80, help="log2 change of normalised transcripts."
    ),
    "low": st.column_config.NumberColumn("95% low", format="%+.2f", width=70),
    "high": st.column_config.NumberColumn("95% high", format="%+.2f", width=74),
    "predicted": st.column_config.NumberColumn("Predicted", format="%+.2f", width=80),
    "predicted_low": st.column_config.NumberColumn("90% low", format="%+.2f", width=70),
    "predicted_high": st.column_config.NumberColumn("90% high", format="%+.2f", width=74),
    "t": st.column_config.NumberColumn(
        "t", format="%+.1f", width=60, help="Student's t over cells, within replicates."
    ),
    "fdr": st.column_config.NumberColumn(
        "FDR",
        format="%.1e",
        width=74,
        help=f"Over the genes of this target. {LEAST_P:.1e} stands for that or less.",
    ),
}


def show() -> None:
    """Target and cells, the answer in words, the dots, the table."""
    found = perturbation_load.measured(st.session_state.get(CELLS) or ALL_CELLS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        target = _target(found)
        _cells()
    predicted = _predicted()
    table = of_target(found, target, predicted)
    _heading(found, target, table)
    left, right = st.columns([46, 54], gap="medium")
    with left:
        draw(table, target, "perturbation_dots", "target")
        if predicted is not None:
            st.html(
                "<p class='note'>The predicted dot is that of the mean network, its line holds 90% "
                "of networks drawn from what the model holds possible: where an edge is unsure it "
                "reaches towards zero, and may miss the dot.</p>"
            )
    with right:
        grid(table, target, "perturbation_table")
        with st.container(horizontal=True, gap="xsmall"):
            take_along(table, found, predicted, target)


def _predicted() -> "Predicted | None":
    """The model's effects, worked out in the background the first time anybody asks."""
    shown = perturbation_load.screen()

    def work(job: Job) -> None:
        job.tell("Predicting what each lost gene changes; what was measured stands below", 0, 0)
        job.show(perturbation_load.predict_effects(shown))

    return cast("Predicted | None", perturbation_progress.found(MODEL, "effects", work))


def _target(found: Effects) -> str:
    count = dict(zip(found.targets, changed(found).tolist(), strict=True))
    cells = dict(zip(found.targets, found.cells.tolist(), strict=True))
    first = FIRST if FIRST in found.targets else found.targets[0]
    if st.session_state.get(TARGET) not in count:
        st.session_state[TARGET] = first
    return st.selectbox(
        "Gene that was knocked out",
        found.targets,
        key=TARGET,
        format_func=lambda name: f"{name} · {cells[name]:,} cells, {count[name]} genes change",
        persist_state="session",
        width=360,
    )


def _cells() -> None:
    st.session_state.setdefault(CELLS, ALL_CELLS)
    st.segmented_control(
        "Measured in",
        [ALL_CELLS, UNSEEN_CELLS],
        key=CELLS,
        required=True,
        persist_state="session",
        help="A fifth of each target's cells was kept from the model: beside those a prediction is "
        "one, with wider intervals.",
    )


def _heading(found: Effects, target: str, table: pd.DataFrame) -> None:
    row = found.targets.index(target)
    said = headline(found, target)
    st.html(f"<h2 class='result'>{html(target)} lost: <span class='count'>{html(said)}</span></h2>")
    words = [f"{found.cells[row]:,} cells beside control cells of the same replicate."]
    sure = table[table["fdr"] < SURE]
    if len(sure):
        for way, own in (("falls", sure["measured"] < 0), ("rises", sure["measured"] > 0)):
            names = sure.loc[own, "gene"].head(5).tolist()
            if names:
                words.append(f"What {way} most surely: {', '.join(names)}.")
    else:
        words.append(
            "In these cells there is nothing to tell at an FDR below 5%: the order of the table is "
            "the order of chance."
        )
    r = agreement(table)
    if not np.isnan(r):
        unseen = st.session_state.get(CELLS) == UNSEEN_CELLS
        learned = "" if unseen else "; the model has read four fifths of these cells"
        words.append(f"Prediction and measurement correlate at {r:.2f} over these genes{learned}.")
    if target in set(found.genes):
        words.append(f"{target} itself is among the genes that were counted.")
    st.html(f"<p class='reading'>{html(' '.join(words))}</p>")


def draw(table: pd.DataFrame, target: str, key: str, what: str) -> None:
    """The dots of the surest genes."""
    from badger_core.plots.perturbation_effects import effect_dots

    figure.plotly(
        effect_dots(table.head(_DRAWN), st.context.theme.type == "dark"),
        key=key,
        alt=f"Effects of losing {target} on the {_DRAWN} surest genes with intervals; the table "
        "beside it lists all genes.",
        name=downloads.file_stem(f"{what}-{target}", of_model=False),
    )


def grid(table: pd.DataFrame, target: str, key: str) -> None:
    """All genes of a target; columns without a number are left out."""
    shown = [name for name in COLUMNS if table[name].notna().any() or name == "measured"]
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=_HEIGHT,
        column_order=shown,
        column_config=COLUMNS,
        placeholder="–",
        alt=f"Genes by how surely losing {target} changes them",
    )


def take_along(
    table: pd.DataFrame, found: Effects, predicted: "Predicted | None", target: str
) -> None:
    """This target's table, and all targets'."""
    from badger_core.export.perturbation_files import effect_provenance

    name = "THP-1 ECCITE-seq, Papalexi et al. 2021"
    about = effect_provenance(name, target)
    downloads.table_menu(table, f"lost-{target}", "perturbation_take", about)
    stem = downloads.file_stem("lost-all-targets", of_model=False)
    every = downloads.File(
        "CSV", f"{stem}.csv", "text/csv", lambda: table_csv(all_targets(found, predicted))
    )
    downloads.menu("Download all targets", [every], "perturbation_take_all")
