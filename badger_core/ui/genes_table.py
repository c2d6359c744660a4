"""The searchable table of all genes: a click on a row opens the gene's card."""

from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from badger_core.ui.genes_state import GENE, take_row
from badger_core.ui.genes_views import members
from badger_core.ui.result import COLUMNS, find_genes
from badger_core.ui.text import html

SEARCH, DIRECTION, CHANCE, ONLY = "genes_search", "genes_direction", "genes_chance", "genes_only"
_ORDER = ("rank", "symbol", "score", "spread", "chance", "entrez")
_HEIGHT = 424


def show(table: pd.DataFrame) -> None:
    """Search, filters and the rows that pass them.

    Args:
        table: a ranking, columns of `schema.RANKING_COLUMNS`.
    """
    text, filters = st.columns([62, 38], vertical_alignment="bottom")
    with text:
        st.text_input(
            "Find a gene",
            key=SEARCH,
            persist_state="session",
            placeholder="Symbol, alias, Entrez or Ensembl id",
            on_change=_open_single,
            args=(table,),
        )
    with filters, st.popover("Filters", width="stretch"):
        _filters()
    shown = filtered(table)
    if shown.empty:
        st.html(
            "<p class='note'>No landmark gene passes. Only 978 genes are ranked: change "
            f"{_said()} above.</p>"
        )
        return
    # The name changes with the rows: a selection must not stay at a row that is another gene's.
    key = f"genes_table_{crc32(shown['entrez'].to_numpy().tobytes()):08x}"
    st.dataframe(
        shown,
        key=key,
        height=min(_HEIGHT, 35 * (len(shown) + 1) + 3),
        hide_index=True,
        column_order=_ORDER,
        column_config=COLUMNS,
        on_select=partial(take_row, key, GENE, shown["entrez"].tolist()),
        selection_mode="single-cell",
        alt="Genes that pass search and filters",
    )
    st.html(f"<p class='note'>{len(shown)} of {len(table)} genes. Click one for its card.</p>")


def filtered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that pass the search and the filters of the session."""
    state = st.session_state
    shown = find_genes(table, state.get(SEARCH) or "")
    if state.get(DIRECTION):
        shown = shown[shown["direction"] == state[DIRECTION]]
    if state.get(CHANCE):
        shown = shown[shown["chance"] >= state[CHANCE] / 100]
    marked = members()
    if state.get(ONLY) and marked:
        shown = shown[shown["entrez"].isin(marked)]
    return shown


def _filters() -> None:
    st.segmented_control(
        "Direction", ("up", "down"), key=DIRECTION, persist_state="session", help="None is both."
    )
    st.slider(
        "Chance at least (%)",
        0,
        80,
        0,
        5,
        key=CHANCE,
        persist_state="session",
        help="Chance to be among the 200 genes that move most that way; by luck 20%.",
    )
    st.toggle("Only genes of the highlighted pathway", key=ONLY, persist_state="session")


def _open_single(table: pd.DataFrame) -> None:
    """Callback of the search: a text that names one gene opens its card."""
    found = find_genes(table, st.session_state[SEARCH] or "")
    exact = found[found["symbol"] == (st.session_state[SEARCH] or "").strip().upper()]
    if len(found) == 1 or len(exact) == 1:
        st.session_state[GENE] = int((exact if len(exact) else found)["entrez"].iat[0])


def _said() -> str:
    """The search as it was typed, or the filters."""
    text = st.session_state.get(SEARCH)
    return f"the search '{html(text)}' or the filters" if text else "the filters"
