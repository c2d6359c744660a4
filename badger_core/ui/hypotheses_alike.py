"""The tab Similar diseases: signatures alike, what their drugs do here, and lines alike."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.ui import cells_load, downloads, figure, load
from badger_core.ui.hypotheses_state import take_row
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.diseases.signature import DiseaseSignature
    from badger_core.ui.hypotheses_work import Found, Wanted

_N_DRAWN = 15
_ALIKE = {
    "disease": st.column_config.TextColumn("Disease", pinned=True),
    "spearman": st.column_config.NumberColumn("Spearman", format="%+.2f"),
    "percentile": st.column_config.NumberColumn(
        "Of all pairs", format="%.0f%%", help="Share of all pairs of diseases that are less alike."
    ),
    "fdr": st.column_config.NumberColumn(
        "FDR", format="%.3f", help="By permuted genes, a null that is too narrow."
    ),
    "n_genes": st.column_config.NumberColumn("Genes", help="Landmarks that both have."),
}
_TRANSFER = {
    "from_disease": st.column_config.TextColumn("Known for"),
    "name": st.column_config.TextColumn("Drug"),
    "percentile": st.column_config.NumberColumn("Percentile here", format="%.1f"),
    "score": st.column_config.NumberColumn("Reversal here", format="%+.3f"),
    "known": st.column_config.TextColumn("Known or new here"),
}
_LINES = {
    "of": st.column_config.TextColumn("Asked in"),
    "display_name": st.column_config.TextColumn("Line alike"),
    "disease": st.column_config.TextColumn("Disease"),
    "likeness": st.column_config.NumberColumn("Similarity", format="%.2f"),
    "dependent": st.column_config.TextColumn(
        "Depends", help="Why it is no independent witness; empty where nothing says so."
    ),
    "n_signatures": st.column_config.NumberColumn("Signatures", format="%d"),
}


def tables(wanted: "Wanted", found: "Found") -> dict[str, pd.DataFrame]:
    """Title to table, as the command `badger repurpose` writes them."""
    from badger_core.repurpose.disease_alike import transfer
    from badger_core.repurpose.disease_lines import lines_alike

    near = _alike(wanted.key, wanted.signature)
    table = found.hypotheses.table
    return {
        "diseases alike": near,
        "transfer": transfer(near, table[table["rank"].notna()], load.bundle().diseases),
        "lines alike": lines_alike(cells_load.placed(), wanted.lines),
    }


def show(wanted: "Wanted", found: "Found") -> None:
    """Diseases on the left; on the right their drugs, and lines alike."""
    with st.spinner("Comparing signatures and lines ..."):
        every = tables(wanted, found)
    left, right = st.columns([44, 56], gap="medium")
    with left:
        _diseases(wanted, every["diseases alike"])
    with right:
        _transfer(wanted, every["transfer"])
        _lines(wanted, every["lines alike"])


def _diseases(wanted: "Wanted", near: pd.DataFrame) -> None:
    from badger_core.plots.hypotheses import alike_bars

    what = f"diseases-alike-{wanted.signature.name}"
    st.html(f"<h3 class='figure'>Diseases like {html(wanted.signature.name)}</h3>")
    if near.empty:
        st.info("The signature shares too few genes with the others to compare them.")
        return
    figure.plotly(
        alike_bars(near, _N_DRAWN, st.context.theme.type == "dark"),
        key="hypotheses_alike_figure",
        alt=f"Correlation of the {_N_DRAWN} diseases most alike; the table below has all of them.",
        name=downloads.file_stem(what, of_model=False),
    )
    st.dataframe(
        near,
        key="hypotheses_alike_table",
        hide_index=True,
        height=180,
        column_order=list(_ALIKE),
        column_config=_ALIKE,
        alt="Diseases by likeness of their signatures",
    )
    st.html(
        "<p class='note'>Spearman's correlation of effect / standard error over the landmarks. "
        "Likeness can come from tissue, inflammation or shared studies as well as from mechanism. "
        "Read the share of all pairs rather than the FDR.</p>"
    )
    downloads.table_menu(near, what, "hypotheses_alike_take")


def _transfer(wanted: "Wanted", moved: pd.DataFrame) -> None:
    st.html("<h3 class='figure'>Their disease-modifying drugs, here</h3>")
    if moved.empty:
        st.html(
            "<p class='note'>No disease is alike beyond 90% of all pairs (FDR below "
            "5%) and has such drugs in the library.</p>"
        )
        return
    key = f"hypotheses_transfer_{wanted.key}"
    st.dataframe(
        moved,
        key=key,
        hide_index=True,
        height=min(250, 35 * (len(moved) + 1) + 3),
        column_order=list(_TRANSFER),
        column_config=_TRANSFER,
        on_select=partial(take_row, key, moved["ik14"].tolist()),
        selection_mode="single-cell",
        alt="Disease-modifying drugs of similar diseases, and how they reverse this one",
    )
    st.html(
        "<p class='note'>A drug that is known for a similar disease and stands high here is a "
        "hypothesis with two legs; both are weak.</p>"
    )
    downloads.table_menu(moved, f"transfer-{wanted.signature.name}", "hypotheses_transfer_take")


def _lines(wanted: "Wanted", near: pd.DataFrame) -> None:
    st.html("<h3 class='figure'>Lines like those asked in</h3>")
    st.dataframe(
        near.replace({"disease": {"": "not recorded"}}),
        key="hypotheses_lines_alike",
        hide_index=True,
        height=250,
        column_order=list(_LINES),
        column_config=_LINES,
        placeholder="–",
        alt="Lines most like each of those asked in, with what makes them dependent",
    )
    downloads.table_menu(near, f"lines-alike-{wanted.signature.name}", "hypotheses_lines_take")


@st.cache_data(max_entries=16, show_spinner=False)
def _alike(key: str, _signature: "DiseaseSignature") -> pd.DataFrame:
    from badger_core.repurpose.disease_alike import diseases_alike

    bundle = load.bundle()
    return diseases_alike(_signature, bundle.diseases, bundle.genes.entrez)
