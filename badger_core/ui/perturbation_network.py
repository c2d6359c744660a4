"""The tab Network: the edges that the data support, and the evidence of the clicked one."""

from functools import partial

import pandas as pd
import streamlit as st

from badger_core.export.perturbation_network import graphml
from badger_core.ui import downloads, figure, perturbation_load, structure
from badger_core.ui.pathways_clicks import clicked_node
from badger_core.ui.perturbation_state import COUNT, EDGE, OF
from badger_core.ui.text import html, plain

_MOST, _LEAST = 40, 10
_COLUMNS = {
    "target": st.column_config.TextColumn("Lost gene", width=88, pinned=True),
    "gene": st.column_config.TextColumn("Gene", width=88, pinned=True),
    "role": st.column_config.TextColumn(
        "The lost gene", width=96, help="Activates: its loss lowers the gene. Represses: raises."
    ),
    "effect": st.column_config.NumberColumn(
        "Effect", format="%+.2f", width=66, help="Measured, log2 change by the loss, all paths."
    ),
    "t": st.column_config.NumberColumn("t", format="%+.1f", width=60),
    "fdr": st.column_config.NumberColumn(
        "FDR", format="%.1e", width=74, help="Labels dealt anew, over all edges that were tested."
    ),
    "stability": st.column_config.NumberColumn(
        "Stability", format="percent", width=76, help="Trainings that hold the edge with this sign."
    ),
    "chance": st.column_config.NumberColumn(
        "Chance", format="%.2f", width=66, help="Posterior probability of a direct effect."
    ),
    "strength": st.column_config.NumberColumn(
        "Strength", format="%+.2f", width=72, help="Direct effect by the model, natural log."
    ),
}


def show() -> None:
    """Figure on the left, evidence and table on the right."""
    table, why = perturbation_load.edges()
    if table is None:
        st.warning(plain(f"There is no network to draw. {why}"))
        return
    drawn = table[table["drawn"]].reset_index(drop=True)
    st.html(f"<p class='reading'>{html(words(table, drawn))}</p>")
    if drawn.empty:
        return
    left, right = st.columns([60, 40], gap="medium")
    with right:
        own = _narrowed(drawn)
    with left:
        _figure(own)
    with right:
        _evidence(own)
        st.dataframe(
            own,
            key="perturbation_edges",
            hide_index=True,
            height=min(300, 35 * (len(own) + 1) + 3),
            column_order=list(_COLUMNS),
            column_config=_COLUMNS,
            alt="The edges of the figure with their evidence",
        )
        with st.container(horizontal=True, gap="xsmall"):
            about = {"what": "edges that the data support", "screen": "THP-1 ECCITE-seq"}
            stem = downloads.file_stem("network-drawn", of_model=False)
            graph = partial(graphml, drawn)
            more = downloads.File("GraphML", f"{stem}.graphml", "application/xml", graph)
            downloads.table_menu(drawn, "network-drawn", "perturbation_edges_take", about, (more,))
            _all_tested(table)


def words(table: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """How many edges hold, of how many, and by which rule."""
    from badger_core.perturbation.edges_table import FDR, STABLE

    rule = (
        f"an FDR of {FDR:.0%} at most, held by {STABLE:.0%} of the trainings or more, and one sign "
        "in cells and model"
    )
    if drawn.empty:
        return f"None of {len(table):,} possible edges is supported ({rule}): no network is drawn."
    bare = sorted(set(table["target"]) - set(drawn["target"]))
    none = f" No edge of {', '.join(bare)} holds." if bare else ""
    return (
        f"{len(drawn):,} of {len(table):,} possible edges are supported: {rule}. The others are "
        f"not drawn.{none}"
    )


def evidence_words(edge: pd.Series) -> list[tuple[str, str]]:
    """Name and words of what speaks for an edge."""
    way = "falls" if edge["strength"] < 0 else "rises"
    return [
        ("Sign", f"{edge['target']} {edge['role']} {edge['gene']}: without it the gene {way}"),
        ("Effect", f"{edge['effect']:+.2f} log2 measured, along all paths"),
        ("t", f"{edge['t']:+.1f} over cells, within replicates"),
        ("FDR", f"{edge['fdr']:.2g} for the direct part, {edge['fdr_total']:.2g} along all paths "
                "(labels dealt anew, over all edges)"),
        ("Stability", f"{edge['stability']:.0%} of the trainings hold it with this sign"),
        ("Model", f"strength {edge['strength']:+.2f}, chance of a direct effect "
                  f"{edge['chance']:.2f}"),
        ("Passed on", f"{edge['through']:+.2f} of {edge['total']:+.2f} (natural log) comes "
                      "through other targets that were counted"),
    ]  # fmt: skip


def _narrowed(drawn: pd.DataFrame) -> pd.DataFrame:
    """The edges that are asked for, the strongest first."""
    first, second = st.columns([55, 45], gap="small")
    with first:
        count = drawn["target"].value_counts()
        st.multiselect(
            "Lost genes",
            sorted(count.index),
            key=OF,
            format_func=lambda name: f"{name} ({count[name]})",
            persist_state="session",
            placeholder="All",
        )
    wanted = st.session_state.get(OF) or []
    own = drawn[drawn["target"].isin(wanted)] if wanted else drawn
    with second:
        most = min(_MOST, len(own))
        if len(own) > _LEAST:
            key = f"{COUNT}_{len(own)}"
            most = st.slider("Strongest edges", _LEAST, len(own), most, key=key)
    return own.head(most).reset_index(drop=True)


def _figure(own: pd.DataFrame) -> None:
    from badger_core.plots.perturbation_network import (
        network_figure,
        network_height,
        network_nodes,
    )

    nodes = network_nodes(own)
    key = f"perturbation_network_{len(own)}_{'_'.join(st.session_state.get(OF) or [])}"
    figure.echarts(
        network_figure(nodes, own, st.context.theme.type == "dark"),
        height=network_height(nodes),
        key=key,
        on_select=partial(_take, key, nodes["name"].tolist(), own[["target", "gene"]]),
        alt=f"{len(own)} edges from lost genes (middle) to genes that fall (left) or rise (right); "
        "the table beside it lists them with their evidence.",
        name=downloads.file_stem("network", of_model=False),
    )
    st.html(
        "<p class='note'>Middle: genes that were knocked out. Left and solid blue: what falls "
        "without them; right and dashed orange: what rises. Wider is stronger. Click an edge or a "
        "gene for its evidence.</p>"
    )


def _take(key: str, nodes: list[str], edges: pd.DataFrame) -> None:
    node, edge = clicked_node(key)
    if edge is not None and edge < len(edges):
        st.session_state[EDGE] = tuple(edges.iloc[edge])
    elif node is not None and node < len(nodes):
        own = edges[(edges["target"] == nodes[node]) | (edges["gene"] == nodes[node])]
        st.session_state[EDGE] = tuple(own.iloc[0])


def _evidence(own: pd.DataFrame) -> None:
    """The edge that was clicked, or the strongest."""
    target, gene = st.session_state.get(EDGE) or ("", "")
    chosen = own[(own["target"] == target) & (own["gene"] == gene)]
    edge = chosen.iloc[0] if len(chosen) else own.iloc[0]
    st.html(f"<h2 class='name'>{html(edge['target'])} → {html(edge['gene'])}</h2>"
            + structure.fact_list(evidence_words(edge)))  # fmt: skip


def _all_tested(table: pd.DataFrame) -> None:
    from badger_core.export.tables import table_csv

    stem = downloads.file_stem("network-all-tested", of_model=False)
    file = downloads.File("CSV", f"{stem}.csv", "text/csv", partial(table_csv, table))
    downloads.menu("All tested edges", [file], "perturbation_edges_all")
