"""The head of the page Genetic perturbation: its question, and what its data are worth."""

import streamlit as st

from badger_core.ui import share
from badger_core.ui.text import html, plain

_WORTH = (
    "The cells are THP-1, a leukaemia line like monocytes, in one experiment (ECCITE-seq, Papalexi "
    "et al. 2021, MIT licence): CRISPR cut one of 25 genes in each cell, and the transcripts of "
    "each cell were counted. 20,729 cells are in the table, 19,466 pass quality control.",
    "It holds 299 genes, drawn at random from the genome with some of the targets put back. What a "
    "target does to any other gene is not to be seen here; a cell has about 186 transcripts of "
    "these genes, so that a single cell says little and only groups of cells are compared.",
    "Only 9 of the 25 targets are among the 299 genes. For the other 16 it cannot be seen whether "
    "the cut lowered the gene's own transcript, or whether another target changes it.",
    "The screen was made to study immune checkpoints and interferon: most of what holds is the "
    "interferon-gamma / JAK-STAT axis. For many targets no gene changes beyond chance, and the "
    "page says so. Other cells and other conditions may answer otherwise.",
)


def show(message: str) -> None:
    """Title, and the data in words; `message` is what was wrong with the link, or ''."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html("<h1 class='title'>What does losing a gene do?</h1>")
        with st.popover("What this screen is, and is worth", key="perturbation_worth"):
            items = "".join(f"<li>{html(text)}</li>" for text in _WORTH)
            st.html(f"<ul class='said'>{items}</ul>")
        share.copy_link("perturbation_link")
    st.html(
        "<p class='note'>One CRISPR screen of THP-1 cells: 25 genes knocked out, 299 random genes "
        "counted, 9 of the 25 among them. How good model and network are: "
        "<code>docs/PERTURBATION.md</code>. Research use only.</p>"
    )
    if message:
        st.warning(plain(message))
