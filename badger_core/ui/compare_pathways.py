"""The tab of pathways that compared rankings share: enriched sets, and what is attended to."""

from datetime import date

import pandas as pd
import streamlit as st

from badger_core.explain.compare import Comparison
from badger_core.pathways.enrichment import MOST
from badger_core.pathways.enrichment_sets import COLLECTIONS, choose_sets
from badger_core.ui import downloads, load, uploads
from badger_core.ui.compare_shown import about, note, show_table

_KINDS = ("Enriched", "Attended")
_NUMBER = st.column_config.NumberColumn
_NAME = st.column_config.TextColumn


def tab(whole: Comparison, shown: Comparison, count: int, direction: str) -> None:
    """One of two tables: sets enriched among the strongest genes, or pathways attended to."""
    left, right = st.columns(2, vertical_alignment="bottom", gap="small")
    kind = left.segmented_control(
        "Pathways",
        _KINDS,
        default=_KINDS[0],
        key="compare_pathways",
        required=True,
        persist_state="session",
    )
    if kind == _KINDS[0]:
        collection = right.selectbox(
            "Collection",
            list(COLLECTIONS),
            format_func=COLLECTIONS.get,
            key="compare_collection",
            persist_state="session",
        )
        _enriched(shown, collection, min(count, MOST), direction)
    else:
        _attended(whole)


def _enriched(shown: Comparison, collection: str, count: int, direction: str) -> None:
    with st.spinner("Testing gene sets ..."):
        table = _sets(_key(shown), shown.is_contrast, collection, count, direction, shown)
    config = {
        "name": _NAME("Gene set", pinned=True, width=250),
        "n_rankings": _NUMBER("Rankings", format="%d", help="With a false discovery rate < .1."),
        "size": _NUMBER("Genes", format="%d", help="Of the set among the 978."),
        "best_p": _NUMBER("Best p", format="%.2g"),
        **{label: _NUMBER(label, format="%.1f") for label in shown.labels},
    }
    show_table(table, "Enriched sets", config, list(config))
    note(
        f"Per ranking: genes of the set among the {count} strongest {direction}, over the number "
        "expected by luck (background: the 978). First come sets enriched in most rankings "
        "(FDR < .1); genes of a set move together, so p is too small."
    )
    what = f"compare-sets-{collection}-{direction}"
    downloads.table_menu(table, what, "compare_sets", about(shown))


def _attended(whole: Comparison) -> None:
    with st.spinner("Reading attention ..."):
        table = _attention(_key(whole), whole)
    config = {
        "name": _NAME("Pathway", pinned=True, width=250),
        "mean": _NUMBER("Mean", format="percent"),
        "sd": _NUMBER("SD", format="percent", help="Over the rankings."),
        **{label: _NUMBER(label, format="percent") for label in whole.labels},
    }
    show_table(table, "Attended pathways", config, list(config))
    even = 100 / len(table)
    note(
        "Share of the genes' attention that reaches a fragment through each pathway, mean over "
        f"members; an even share is {even:.1f}% at most. It speaks of the cascade alone, of the "
        "rankings as predicted, and is no proof of a mechanism."
    )
    downloads.table_menu(table, "compare-attention", "compare_attention", about(whole))


def _key(comparison: Comparison) -> tuple[str, ...]:
    """What names the rankings of a comparison, for the day that they bear."""
    pairs = comparison.pairs[["ik14", "line"]].to_numpy()
    asked = [f"{key} {uploads.own(line)}" for key, line in pairs]
    return (date.today().isoformat(), *asked, *comparison.labels)


@st.cache_data(max_entries=64, show_spinner=False)
def _sets(
    key: tuple[str, ...],
    is_contrast: bool,
    collection: str,
    count: int,
    direction: str,
    _shown: Comparison,
) -> pd.DataFrame:
    from badger_core.explain.compare_pathways import shared_sets

    bundle = load.bundle()
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, collection)
    return shared_sets(_shown, sets, count, direction)


@st.cache_data(max_entries=16, show_spinner=False)
def _attention(key: tuple[str, ...], _whole: Comparison) -> pd.DataFrame:
    from badger_core.explain.compare_pathways import attended_pathways

    vocabulary = load.bundle().pathways.vocabulary
    return attended_pathways(_whole, load.predictor().ensemble, vocabulary)
