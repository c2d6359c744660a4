"""A comparison on the screen: correlations with two rankings beside them, and the tables."""

from functools import partial

import streamlit as st

from badger_core.errors import SettingError
from badger_core.explain.compare import Comparison, contrast
from badger_core.explain.compare_measures import (
    correlations,
    leaning_words,
    overlap_counts,
    overlap_p,
    tops,
)
from badger_core.plots.compare import square, square_height, two_rankings
from badger_core.ui import compare_tables, downloads, figure, state
from badger_core.ui.compare_shown import note
from badger_core.ui.text import html, plain

HEATMAP, TABS = "compare_heatmap", "compare_figures"
FIRST, SECOND = "compare_first", "compare_second"
OWN, TOP, DIRECTION = "compare_own", "compare_top", "compare_direction"
_TOPS = (25, 50, 100, 200)


def show(whole: Comparison) -> None:
    """Everything about K rankings; the choices in the row on top act on figures and tables."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        own = st.toggle(
            "Drug-specific part",
            key=OWN,
            persist_state="session",
            help="Takes away, in each line, the mean over the compared compounds: what is left is "
            "what sets a compound apart. Needs at least two compounds.",
        )
        count = st.segmented_control(
            "Strongest genes", _TOPS, default=50, key=TOP, required=True, persist_state="session"
        )
        direction = st.segmented_control(
            "Direction", ("up", "down"), default="up", key=DIRECTION, required=True,
            persist_state="session",
        )  # fmt: skip
    shown = _own_part(whole) if own else whole
    st.html(f"<p class='lead'>{html(leaning_words(shown))}</p>")
    figures, tables = st.columns([46, 54], gap="medium")
    with figures:
        _figures(shown, count, direction)
    with tables:
        compare_tables.tabs(whole, shown, count, direction)


def _own_part(whole: Comparison) -> Comparison:
    try:
        own = contrast(whole)
    except SettingError as error:
        st.warning(plain(str(error)))
        return whole
    if len(own) < len(whole):
        st.info("Lines with a single compound are left out of the drug-specific part.")
    return own


def _figures(shown: Comparison, count: int, direction: str) -> None:
    alike, common, dots = st.tabs(
        ["Correlation", "Shared strongest genes", "Two rankings"],
        key=TABS,
        on_change="rerun",
    )
    if alike.open:
        with alike:
            _correlations(shown)
    if common.open:
        with common:
            _overlap(shown, count, direction)
    if dots.open:
        with dots:
            _two(shown)


def _correlations(shown: Comparison) -> None:
    dark = st.context.theme.type == "dark"
    found = correlations(shown)
    figure.echarts(
        square(shown.labels, found, -1.0, 1.0, dark),
        height=square_height(len(shown)),
        key=HEATMAP,
        on_select=partial(_choose, tuple(shown.labels)),
        alt=f"Heatmap of the Spearman correlations between {len(shown)} rankings; the table under "
        "Overlap lists the same numbers.",
        name=downloads.file_stem("compare-correlations"),
    )
    note(
        "Spearman over all 978 genes; blue below zero, orange above. Click a cell to see the two "
        "rankings against each other."
    )


def _overlap(shown: Comparison, count: int, direction: str) -> None:
    dark = st.context.theme.type == "dark"
    shared = overlap_counts(tops(shown, count, direction))
    total = shown.scores.shape[1]
    figure.echarts(
        square(shown.labels, shared, 0.0, float(count), dark, digits=0),
        height=square_height(len(shown)),
        key="compare_overlap",
        alt=f"Heatmap of how many of the {count} strongest {direction} genes two rankings share; "
        "the table beside it lists the numbers.",
        name=downloads.file_stem(f"compare-shared-{direction}-{count}"),
    )
    least = next(n for n in range(count + 1) if overlap_p(n, count, total) < 0.01)
    note(
        f"Genes that two rankings share among their {count} strongest {direction}. By luck "
        f"{count * count / total:.1f}; {least} or more have p < .01 (hypergeometric; too kind, for "
        "genes move together)."
    )


def _two(shown: Comparison) -> None:
    labels = shown.labels
    for key, start in ((FIRST, 0), (SECOND, len(labels) - 1)):
        if st.session_state.get(key) not in labels:
            st.session_state[key] = labels[start]
    left, right = st.columns(2, gap="small")
    one = left.selectbox("Across", labels, key=FIRST, persist_state="session")
    other = right.selectbox("Upward", labels, key=SECOND, persist_state="session")
    i, j = labels.index(one), labels.index(other)
    dark = st.context.theme.type == "dark"
    symbols = shown.genes["symbol"].tolist()
    figure.plotly(
        two_rankings((one, other), shown.scores[i], shown.scores[j], symbols, dark),
        key="compare_dots",
        alt=f"Score of each gene in {other} against its score in {one}; the table beside it lists "
        "the scores.",
        name=downloads.file_stem(f"compare-{one}-and-{other}"),
    )
    rho = f"{correlations(shown)[i, j]:.2f}".replace("-", "−")
    note(f"Spearman {rho}. Diamonds: the genes that differ most. Dotted: equal scores.")


def _choose(labels: tuple[str, ...]) -> None:
    """A click on the heatmap names the two rankings and opens their figure."""
    chosen = st.session_state[HEATMAP].selection.selected
    indices = [i for part in chosen for i in part["data_indices"]]
    if indices and indices[0] < len(labels) ** 2:
        row, column = divmod(indices[0], len(labels))
        state.put(FIRST, labels[column])
        state.put(SECOND, labels[row])
        state.put(TABS, "Two rankings")
