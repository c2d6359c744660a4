"""What a visitor chose on the page Genes: a gene, a gene set, and the open tab."""

import streamlit as st

GENE = "genes_gene"
"""Entrez id of the gene on the card; not set until one is chosen."""
SET = "genes_set"
"""Id of the gene set that stands out, or None."""
TAB = "genes_tab"
TABS = ("Genes", "Enrichment", "Footprints")


def chosen_gene(default: int) -> int:
    """Entrez id of the gene on the card."""
    return int(st.session_state.get(GENE) or default)


def take_point(key: str) -> None:
    """Callback of a figure of genes: the point that was clicked is the gene on the card."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata"):
        st.session_state[GENE] = int(points[0]["customdata"][0])


def take_row(key: str, target: str, values: list) -> None:
    """Callback of a table: put the value that belongs to the clicked row under `target`.

    Args:
        key: of the table.
        target: key to set, such as `GENE`.
        values: one for each row, in the order that the table was given.
    """
    row = clicked_row(key)
    if row is not None and row < len(values):
        st.session_state[target] = values[row]


def clicked_row(key: str) -> int | None:
    """Position of the row whose cell is selected in a table, None where none is."""
    cells = st.session_state[key].selection.cells
    return int(cells[0][0]) if cells else None


def show_set(pathway: str) -> None:
    """Callback: let a set stand out, on the tab with the genes."""
    st.session_state[SET] = pathway
    st.session_state[TAB] = TABS[0]
