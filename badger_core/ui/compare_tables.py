"""The tables of a comparison: genes side by side, shared genes, overlaps, pathways and trust."""

from functools import partial

import streamlit as st

from badger_core.explain.compare import Comparison
from badger_core.explain.compare_measures import overlap_table, shared_genes, wide_table
from badger_core.explain.compare_trust import trust_table
from badger_core.export.compare_gct import comparison_gct
from badger_core.export.gct import MIME
from badger_core.ui import compare_pathways, downloads, load
from badger_core.ui.compare_shown import about, note, show_table
from badger_core.ui.result import find_genes

_SORTS = {
    "Mean, up first": ("mean", False),
    "Mean, down first": ("mean", True),
    "Most different": ("range", False),
    "Variance": ("sd", False),
}
_SUMS = ("mean", "sd", "range")
_HEADS = {"mean": "Mean", "sd": "SD", "range": "Range"}
_NUMBER = st.column_config.NumberColumn
_OVERLAP = {
    "p": _NUMBER("p", format="%.2g", help="Hypergeometric, upper tail; genes move together, so "
                 "it is too small: read it as an order."),
    "spearman": _NUMBER("Spearman", format="%.2f", help="Over all genes."),
    "expected": _NUMBER("By luck", format="%.1f", help="Shared by two random choices."),
    "shared": _NUMBER("Shared", format="%d"),
    "ranking": "Ranking",
    "other": "Other",
}  # fmt: skip
_SHARED = {
    "symbol": "Gene",
    "n_rankings": _NUMBER("Rankings", format="%d", help="In how many it is among the strongest."),
    "mean_score": _NUMBER("Mean score", format="%+.3f"),
    "rankings": "Which",
}
_TRUST = {
    "pair": "Ranking",
    "seen_before": "Seen before?",
    "confidence": _NUMBER(
        "Confidence",
        format="percent",
        help="Share of the 50 strongest genes each way that should be in the measured top 200, "
        "from held-out predictions like this; by luck 20%.",
    ),
    "held_out_alike": _NUMBER("From", format="%d", help="Similar held-out predictions."),
    "measured_signatures": _NUMBER("Measured", format="%d", help="Signatures of this pair."),
    "measured_spearman": _NUMBER(
        "Agreement", format="%.2f", width=112,
        help="Spearman with the mean of the measured signatures; no test where "
        "training saw them. Empty: not measured.",
    ),
    "tanimoto": _NUMBER("Tanimoto", format="%.2f"),
    "nearest_compound": "Nearest training compound",
    "nearest_line": "Nearest training line",
    "line_correlation": _NUMBER(
        "Similarity", help="Similarity (centred Spearman) to it.", format="%.2f"
    ),
    "domain_structure": "Structure lies",
    "domain_line": "Line lies",
}  # fmt: skip


def tabs(whole: Comparison, shown: Comparison, count: int, direction: str) -> None:
    """The tables; `whole` are the rankings as predicted, `shown` what is shown of them."""
    names = ("Genes", "Shared genes", "Overlap", "Pathways", "Trust")
    genes, shared, overlap, pathways, trust = st.tabs(
        names, key="compare_tables", on_change="rerun"
    )
    if genes.open:
        with genes:
            _genes(shown)
    if shared.open:
        with shared:
            _shared(shown, count, direction)
    if overlap.open:
        with overlap:
            _overlap(shown, count, direction)
    if pathways.open:
        with pathways:
            compare_pathways.tab(whole, shown, count, direction)
    if trust.open:
        with trust:
            _trust(whole)


def _genes(shown: Comparison) -> None:
    left, middle, right = st.columns([3, 4, 5], vertical_alignment="bottom", gap="small")
    value = left.segmented_control(
        "Show",
        ("score", "rank"),
        default="score",
        key="compare_value",
        required=True,
        persist_state="session",
    )
    sort = middle.selectbox("Sort by", list(_SORTS), key="compare_sort", persist_state="session")
    text = right.text_input(
        "Find a gene", key="compare_find", placeholder="Symbol, alias, Entrez or Ensembl id"
    )
    column, rising = _SORTS[sort]
    table = wide_table(shown, value)
    if value == "rank" and column == "mean":
        rising = not rising
    table = table.sort_values([column, "symbol"], ascending=[rising, True], ignore_index=True)
    found = find_genes(table, text or "")
    if found.empty:
        note(f"No landmark gene is called '{text}'. Only 978 genes are ranked.")
        return
    form = "%+.2f" if value == "score" else "%d"
    config = {label: _NUMBER(label, format=form) for label in shown.labels}
    config |= {n: _NUMBER(_HEADS[n], format="%.2f", width=68) for n in _SUMS}
    config["symbol"] = st.column_config.TextColumn("Gene", pinned=True, width=112)
    order = ["symbol", *_SUMS, *shown.labels]
    show_table(found, "Genes side by side", config, order)
    note(_what(shown, value))
    stem = downloads.file_stem("compare-scores")
    more = (downloads.File("GCT 1.3: Morpheus, cmapPy", f"{stem}.gct", MIME, partial(_gct, shown)),)
    downloads.table_menu(table, f"compare-{value}s", "compare_wide", about(shown), more)


def _gct(shown: Comparison) -> str:
    bundle = load.bundle()
    return comparison_gct(shown, trust_table(shown, bundle.signatures, bundle.genes))


def _shared(shown: Comparison, count: int, direction: str) -> None:
    table = shared_genes(shown, count, direction)
    if table.empty:
        note(f"No gene is among the {count} strongest {direction} of two rankings.")
        return
    show_table(table, "Shared genes", _SHARED, list(_SHARED))
    everywhere = int((table["n_rankings"] == len(shown)).sum())
    note(
        f"{len(table)} genes are among the {count} strongest {direction} of at least two rankings, "
        f"{everywhere} of all {len(shown)}."
    )
    downloads.table_menu(table, f"compare-shared-{direction}", "compare_shared", about(shown))


def _overlap(shown: Comparison, count: int, direction: str) -> None:
    if len(shown) < 2:
        note("Two rankings are needed.")
        return
    table = overlap_table(shown, count, direction)
    order = ["ranking", "other", "shared", "expected", "p", "spearman"]
    show_table(table, "Overlap of any two rankings", _OVERLAP, order)
    note(
        f"Genes in common among the {count} strongest {direction}. p: hypergeometric; genes move "
        "together, so it is too small: read it as an order."
    )
    downloads.table_menu(table, f"compare-overlap-{direction}", "compare_overlaps", about(shown))


def _trust(whole: Comparison) -> None:
    bundle = load.bundle()
    table = trust_table(whole, bundle.signatures, bundle.genes)
    rounded = table.assign(confidence=table["confidence"].round(2))
    show_table(rounded, "Trust in each ranking", _TRUST, list(_TRUST), "not measured")
    note("Each ranking is conditional on the compound being active. Research use only.")
    downloads.table_menu(table, "compare-trust", "compare_trust", about(whole))


def _what(shown: Comparison, value: str) -> str:
    if value == "rank":
        return "Rank 1 goes up most, 978 down most. SD and range: over the rankings in the table."
    kind = "Score less the mean of the line" if shown.is_contrast else "Predicted change"
    return f"{kind}, in typical SDs of a signature. SD and range: over the rankings in the table."
