"""The tab Enrichment: which gene sets stand at the ends of the ranking."""

from functools import partial

import pandas as pd
import streamlit as st

from badger_core.export.gene_lists import gmt
from badger_core.pathways.enrichment_beside import p_words, whatever_words
from badger_core.pathways.enrichment_sets import ALL, MAX_SIZE, MIN_SIZE
from badger_core.plots.enrichment import enrichment_dots
from badger_core.predict.drug_specific import specific_words
from badger_core.predict.ranking import Ranking
from badger_core.ui import downloads, figure, genes_load
from badger_core.ui.genes_state import clicked_row, show_set
from badger_core.ui.question import Question
from badger_core.ui.text import asked_name, html

COLLECTION, METHOD, COUNT = "genes_collection", "genes_method", "genes_count"
OWN = "genes_own_part"
_N_DRAWN = 15
_METHODS = {"prerank": "GSEA (all genes)", "ora": "Over-representation (both ends)"}
_LABELS = {"hallmark": "Hallmark", "reactome": "Reactome", "wikipathways": "WikiPathways"}
_LABELS |= {"pid": "PID", ALL: "All"}
_ORDER = {
    "prerank": ("name", "direction", "nes", "drug_free_nes", "fdr", "p", "es", "size", "n_leading"),
    "ora": (
        *("name", "direction", "overlap", "expected", "ratio"),
        *("drug_free_ratio", "fdr", "p", "size"),
    ),
}
_CONFIG = {
    "name": st.column_config.TextColumn("Set", width="medium"),
    "direction": st.column_config.TextColumn("End", help="End of the ranking it gathers at."),
    "nes": st.column_config.NumberColumn(
        "NES", format="%+.2f", help="Enrichment score over that of random sets of its size."
    ),
    "es": st.column_config.NumberColumn("ES", format="%+.2f", help="Peak of the running sum."),
    "overlap": st.column_config.NumberColumn("Found", help="Genes of the set among those taken."),
    "expected": st.column_config.NumberColumn("Expected", format="%.1f"),
    "ratio": st.column_config.NumberColumn("Times", format="%.1f", help="Found / expected."),
    "fdr": st.column_config.NumberColumn(
        "FDR", help="p corrected over the table (Benjamini and Hochberg)."
    ),
    "p": st.column_config.NumberColumn("p"),
    "drug_free_nes": st.column_config.NumberColumn(
        "Drug-free NES", format="%+.2f", help="NES in the drug-free ranking of the line."
    ),
    "drug_free_ratio": st.column_config.NumberColumn(
        "Drug-free times", format="%.1f", help="Times in the drug-free ranking of the line."
    ),
    "size": st.column_config.NumberColumn("Size", help="Landmarks in the set."),
    "n_leading": st.column_config.NumberColumn("Leading", help="Genes before the peak."),
    "source": st.column_config.TextColumn("Source"),
}
_CAUTION = (
    "<strong>Read with care.</strong> p is about this one predicted ranking, beside shuffled "
    "genes; genes of a set move together, so p is too small. The background is the 978 "
    f"landmarks, a selected one; sets with {MIN_SIZE} to {MAX_SIZE} of them are tested."
)


def show(ranking: Ranking, found: Question) -> None:
    """The choices, the sets as dots, the table, and the genes behind the chosen set."""
    collection, method, count, own = _choices()
    free = genes_load.drug_free(ranking, found)
    part = genes_load.own_part(ranking, found) if own else None
    asked = ranking.table if part is None else part.table
    table = genes_load.enrichment_beside(asked, free, collection, method, count)
    what = f"{method}-{collection}-{asked_name(found.asked)}-{found.line.display_name}"
    if part is not None:
        what = f"drug-specific-{what}"
        st.html(f"<p class='note'>{html(specific_words(part))}</p>")
    drawn, listed = st.columns([48, 52], gap="medium")
    with drawn:
        _figure(table, found, _LABELS[collection], what)
    with listed:
        _table(table, method, collection, count)
        about = {"question": ranking.manifest, "method": method, "collection": collection}
        if part is not None:
            about |= {"drug_specific": {"slope": part.slope, "variance_left": part.left}}
        about |= {"count": count} if method == "ora" else {"permutations": 1000, "seed": 0}
        more = downloads.File(
            "GMT of these genes",
            f"{downloads.file_stem(what)}.gmt",
            "text/plain",
            partial(gmt, table),
        )
        downloads.table_menu(table, what, "genes_enrichment", about, (more,))


def _choices() -> tuple[str, str, int, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        collection = st.segmented_control(
            "Collection",
            tuple(_LABELS),
            default="hallmark",
            key=COLLECTION,
            format_func=_LABELS.get,
            required=True,
            wrap=True,
            persist_state="session",
        )
        method = st.segmented_control(
            "Method",
            tuple(_METHODS),
            default="prerank",
            key=METHOD,
            format_func=_METHODS.get,
            required=True,
            persist_state="session",
        )
        count = 100
        if method == "ora":
            count = st.select_slider(
                "Genes from each end",
                (25, 50, 75, 100, 150, 200, 250, 300),
                100,
                key=COUNT,
                persist_state="session",
                width=220,
            )
        own = st.toggle(
            "Drug-specific part",
            key=OWN,
            persist_state="session",
            help="Rank by what is left after the drug-free ranking of the line is fitted.",
        )
    return collection, method, count, own


def _figure(table: pd.DataFrame, found: Question, collection: str, what: str) -> None:
    figure.plotly(
        enrichment_dots(table, _N_DRAWN, st.context.theme.type == "dark"),
        key="genes_enrichment_dots",
        alt=f"The {min(_N_DRAWN, len(table))} sets of {collection} with the smallest p for "
        f"{asked_name(found.asked)} in {found.line.display_name}; the table beside it has all.",
        name=downloads.file_stem(what),
    )
    st.html(f"<p class='note'>{_CAUTION}</p>")


def _table(table: pd.DataFrame, method: str, collection: str, count: int) -> None:
    """All sets; below them the genes behind the clicked one, the first until one is clicked."""
    said = whatever_words(table, "tests" if method == "ora" else "sets")
    st.html(f"<p class='note'>{html(said)}</p>")
    key = f"genes_enriched_{method}_{collection}_{count}"
    st.dataframe(
        table.style.format({"p": p_words, "fdr": p_words}),
        key=key,
        height=min(318, 35 * (len(table) + 1) + 3),
        hide_index=True,
        column_order=_ORDER[method] + (("source",) if collection == ALL else ()),
        column_config=_CONFIG,
        on_select="rerun",
        selection_mode="single-cell",
        alt=f"Sets of {collection}, smallest p first",
    )
    row = clicked_row(key)
    _detail(table.iloc[row if row is not None and row < len(table) else 0], method)


def _detail(row: pd.Series, method: str) -> None:
    name = html(row["name"])
    if row["url"]:
        name = f"<a href='{html(row['url'])}' target='_blank' rel='noopener'>{name}</a>"
    said = "Leading edge" if method == "prerank" else f"Among the genes taken, {row['direction']}"
    genes = html(row["genes"]) or "none"
    st.html(f"<p class='behind'><strong>{name}</strong><br>{said}: {genes}</p>")
    st.button(
        "Highlight this set among the genes",
        key="genes_show_set",
        on_click=show_set,
        args=(row["pathway"],),
    )
