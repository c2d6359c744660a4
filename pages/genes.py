"""Genes: all genes of a ranking, their cards, enriched sets and pathway footprints."""

import streamlit as st

from badger_core.ui import (
    frame,
    genes_card,
    genes_enrichment,
    genes_footprints,
    genes_state,
    genes_table,
    genes_views,
    load,
    question,
    trust,
)

with frame.page("pages/genes.py"):
    st.html("<h1 class='title'>Which genes, which pathways?</h1>")
    found = question.bar()
    if found is not None:
        ranking = load.ranking(found.asked, found.line)
        genes_views.heading(ranking, found)
        genes, enrichment, footprints = st.tabs(
            genes_state.TABS, key=genes_state.TAB, on_change="rerun"
        )
        if genes.open:
            with genes:
                genes_views.controls(ranking, found)
                figure, table, card = st.columns([42, 32, 26], gap="medium")
                with figure:
                    genes_views.figure(ranking, found)
                with table:
                    genes_table.show(ranking.table)
                with card:
                    genes_card.show(ranking, found)
        if enrichment.open:
            with enrichment:
                genes_enrichment.show(ranking, found)
        if footprints.open:
            with footprints:
                genes_footprints.show(ranking, found)
        trust.strip(ranking, found.asked, found.line)
