"""The figures of the page Pathways: two heatmaps, or the routes; each with its table."""

from functools import partial
from hashlib import sha256

import pandas as pd
import streamlit as st

from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_tables import fragment_map, gene_map
from badger_core.explain.prediction_words import supervision_words
from badger_core.ui import downloads, figure, pathways_routes, state
from badger_core.ui.pathways_choice import Shown, choose, chosen
from badger_core.ui.pathways_clicks import clicked_cell
from badger_core.ui.text import html


def views(explanation: Explanation, view: str, shown: Shown, what: str) -> None:
    """One of the figures, as the visitor chose.

    Args:
        explanation: of one prediction.
        view: one of `pathways_choice.VIEWS`.
        shown: pathways and genes.
        what: the question, for file names and texts for screen readers.
    """
    if view == "Heatmaps":
        left, right = st.columns([46, 54], gap="small")
        with left:
            _fragments(explanation, shown, what)
        with right:
            _genes(explanation, shown, what)
    else:
        pathways_routes.figure(explanation, shown, what, view == "Network")
    st.html(f"<p class='note'>{html(supervision_words(explanation))}</p>")


def key_of(name: str, *shown: object) -> str:
    """Key of a figure: another content is another figure, so no old click is left on it."""
    digest = sha256(repr((st.session_state[state.PATHWAYS_OF], *shown)).encode()).hexdigest()
    return f"{name}_{digest[:8]}"


def table_of(table: pd.DataFrame, what: str, key: str, label: str = "Table") -> None:
    """The table of a figure, closed at first, with its downloads."""
    with st.expander(label, key=f"{key}_expander"):
        st.dataframe(table, hide_index=True, key=f"{key}_shown", alt=what)
        downloads.table_menu(table, what, key)


def _fragments(explanation: Explanation, shown: Shown, what: str) -> None:
    from badger_core.plots.attention_grids import fragment_grid
    from badger_core.plots.attention_heatmap import heatmap, heatmap_height

    now = chosen(explanation)
    grid = fragment_grid(explanation, shown.pathways, (now.pathway, now.fragment))
    st.html("<h3 class='figure'>Which fragments each pathway looks at</h3>")
    key = key_of("pathways_fragmentmap", shown.pathways)
    figure.echarts(
        heatmap(grid, _dark()),
        height=heatmap_height(grid),
        key=key,
        on_select=partial(_take_fragment, key, explanation, shown.pathways),
        alt=f"Heatmap of the attention of {len(grid.rows)} pathways on the fragments of {what} and "
        "on none of them; the table below holds the numbers.",
        name=downloads.file_stem(f"fragments {what}"),
    )
    table_of(fragment_map(explanation, shown.pathways), f"pathway fragment {what}",
             "pathways_fragmenttable")  # fmt: skip


def _genes(explanation: Explanation, shown: Shown, what: str) -> None:
    from badger_core.plots.attention_grids import gene_grid
    from badger_core.plots.attention_heatmap import heatmap, heatmap_height

    now = chosen(explanation)
    place = (now.pathway, now.gene)
    grid = gene_grid(explanation, shown.pathways, shown.genes, shown.directions, place)
    st.html("<h3 class='figure'>Which pathways each gene looks at</h3>")
    key = key_of("pathways_genemap", shown.pathways, shown.genes)
    rows = (*shown.pathways, len(explanation.pathways))
    figure.echarts(
        heatmap(grid, _dark()),
        height=heatmap_height(grid),
        key=key,
        on_select=partial(_take_gene, key, explanation, rows, shown.genes),
        alt=f"Heatmap of the attention of {len(grid.columns)} genes on {len(shown.pathways)} "
        f"pathways and on none of them, for {what}; the table below holds the numbers.",
        name=downloads.file_stem(f"genes {what}"),
    )
    table_of(gene_map(explanation, shown.pathways, shown.genes), f"pathway gene {what}",
             "pathways_genetable")  # fmt: skip


def _take_fragment(key: str, explanation: Explanation, pathways: tuple[int, ...]) -> None:
    cell = clicked_cell(key, len(explanation.fragments) + 1)
    if cell is not None and cell[0] < len(pathways):
        choose(explanation, fragment=cell[1], pathway=pathways[cell[0]])


def _take_gene(
    key: str, explanation: Explanation, rows: tuple[int, ...], genes: tuple[int, ...]
) -> None:
    cell = clicked_cell(key, len(genes))
    if cell is not None and cell[0] < len(rows):
        choose(explanation, pathway=rows[cell[0]], gene=genes[cell[1]])


def _dark() -> bool:
    return st.context.theme.type == "dark"
