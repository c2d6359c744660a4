"""The tab Match a drug: which gains of a gene a compound's prediction is like, or against."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.ui import (
    downloads,
    figure,
    hypotheses_load,
    load,
    perturbation_load,
    perturbation_progress,
    question,
    uploads,
)
from badger_core.ui.hypotheses_job import Job
from badger_core.ui.perturbation_progress import LIBRARY
from badger_core.ui.text import asked_name, html, plain

if TYPE_CHECKING:
    from badger_core.cells.catalogue import CellLine
    from badger_core.repurpose.overexpression_null import LibraryNull
    from badger_core.repurpose.screen import Progress

_DRAWN, _HEIGHT = 20, 400
_START = "perturbation_predict_line"
_COLUMNS = {
    "rank": st.column_config.NumberColumn("Place", format="%d", width=56, pinned=True),
    "symbol": st.column_config.TextColumn("Gene", width=84, pinned=True),
    "match": st.column_config.TextColumn("The drug", width=190),
    "z": st.column_config.NumberColumn(
        "z", format="%+.2f", width=60, help="Score in standard deviations of the library."
    ),
    "score": st.column_config.NumberColumn(
        "Cosine",
        format="%+.3f",
        width=70,
        help="Of what the drug does beyond the mean of the library, and the over-expression.",
    ),
    "p": st.column_config.NumberColumn("p", format="%.4f", width=70),
    "fdr": st.column_config.NumberColumn("FDR", format="%.3f", width=64),
    "landmarks": st.column_config.NumberColumn(
        "Landmarks", format="%d", width=84, help="Genes in the signature of the over-expression."
    ),
    "percentile": st.column_config.NumberColumn("Percentile", format="%.0f", width=84),
    "entrez": st.column_config.NumberColumn("Entrez", format="%d", width=74),
}


def show() -> None:
    """The question, the answer in words, the dots and the table."""
    compound, cell = question.compound_and_cell()
    asked, line = question.asked_or_help(compound), question.line_or_help(cell)
    if asked is None or line is None:
        if not (compound and cell):
            st.info("Choose a compound and a cell line above. They stay chosen on every page.")
        return
    perturbation_load.gains()
    null = _null(line)
    if null is None:
        return
    with st.spinner("Predicting the drug ..."):
        table = perturbation_load.matches(
            asked.molecule.ik14, uploads.own(line.name), asked, line, null
        )
    _words(table, asked_name(asked), line.display_name, len(null.ik14))
    left, right = st.columns([46, 54], gap="medium")
    what = f"gains-{asked_name(asked)}-{line.display_name}"
    with left:
        _draw(table, what)
    with right:
        _table(table)
        from badger_core.export.perturbation_files import match_provenance

        about = match_provenance(
            asked.name, asked.molecule.ik14, [line.display_name], len(null.ik14)
        )
        downloads.table_menu(table, what, "perturbation_match_take", about)


def _words(table: pd.DataFrame, name: str, line: str, library: int) -> None:
    from badger_core.repurpose.overexpression_match import match_words

    st.html(
        f"<h2 class='result'>{html(name)} in {html(line)}: "
        f"<span class='count'>{html(match_words(table))}</span></h2>"
    )
    worth = perturbation_load.worth()
    worth = f"<strong>What it is worth.</strong> {html(worth)} " if worth else ""
    st.html(
        f"<p class='note'>The predicted ranking beside {len(table)} over-expressions of a gene "
        "(L1000; those with 10 landmark genes or more). Chance is the library itself: p is the "
        f"share of its {library:,} compounds in this line that are as far from the mean. {worth}"
        "</p>"
    )


def _draw(table: pd.DataFrame, what: str) -> None:
    from badger_core.plots.perturbation_match import match_dots
    from badger_core.repurpose.overexpression_match import SURE

    figure.plotly(
        match_dots(table.head(_DRAWN), SURE, st.context.theme.type == "dark"),
        key="perturbation_match_dots",
        alt=f"The {_DRAWN} surest matches by standard deviations of the library; the table beside "
        "it lists all genes.",
        name=downloads.file_stem(what),
    )
    st.html(
        "<p class='note'>Filled: beyond chance (FDR below 5%); hollow: not. To the right the drug "
        "acts like the gain of the gene, to the left against it.</p>"
    )


def _table(table: pd.DataFrame) -> None:
    st.dataframe(
        table,
        key="perturbation_match_table",
        hide_index=True,
        height=_HEIGHT,
        column_order=list(_COLUMNS),
        column_config=_COLUMNS,
        alt="Over-expressed genes by how surely the drug acts like or against their gain",
    )


def _null(line: "CellLine") -> "LibraryNull | None":
    """The library in the line; where it must be predicted first, that is asked for and watched."""
    if hypotheses_load.at_hand((line,), None):
        return perturbation_load.null(line.name)
    kept = hypotheses_load.kept(None).get(line.name)
    key, folder = uploads.own(line.name), hypotheses_load.folder_of([line])
    begun = perturbation_load.jobs(LIBRARY).find(f"{LIBRARY}-{key}")
    begun = begun is not None or (kept is not None and kept.complete)
    if not begun and st.session_state.get(_START) != line.name:
        st.info(
            f"Chance is told by the library's own predictions in the line, and those in "
            f"{plain(line.display_name)} do not come with the app. To predict about 6,600 "
            "compounds takes a minute or two, and is kept."
        )
        st.button(
            "Predict them now", key="perturbation_start", type="primary", on_click=_ask,
            args=(line.name,),
        )  # fmt: skip
        return None

    def work(job: Job) -> None:
        def tell(at: "Progress") -> None:
            job.done, job.of, job.seconds_left = at.pairs, at.of_pairs, at.seconds_left
            job.stage = "Predicting the library in this line"

        job.tell("Opening the models", 0, 0)
        null = perturbation_load.null_of(line, load.predictor, folder.path, tell, job.cancelled)
        job.show(null)

    private = uploads.are_private([line.name])
    return perturbation_progress.found(LIBRARY, key, work, private)


def _ask(name: str) -> None:
    st.session_state[_START] = name
