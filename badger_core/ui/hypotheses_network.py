"""The tab Network: disease, lines, drugs, pathways and genes; a click tells what is behind."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.repurpose.network import Network, network
from badger_core.ui import downloads, figure
from badger_core.ui.hypotheses_state import NODE, show_card
from badger_core.ui.pathways_clicks import clicked_node
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

COUNT = "hypotheses_count"
_N_GENES, _N_PATHWAYS = 4, 2
_KINDS = {"line": "cell line", "drug": "drug", "pathway": "pathway", "gene": "gene"}


def show(wanted: "Wanted", found: "Found") -> None:
    """Figure on the left, what was clicked and the table on the right."""
    left, right = st.columns([68, 32], gap="medium")
    with right:
        count = st.slider("Drugs", 3, 15, 8, key=COUNT, persist_state="session")
    hypotheses = found.hypotheses
    drawn = network(
        wanted.signature.name,
        tuple(line.name for line in wanted.lines),
        hypotheses.table,
        hypotheses.genes,
        hypotheses.pathways,
        count,
        _N_GENES,
        _N_PATHWAYS,
    )
    what = f"network-{wanted.signature.name}"
    with left:
        _figure(drawn, wanted, count, what)
    with right:
        _detail(drawn)
        _tables(drawn, what, hypotheses.manifest)


def _figure(drawn: Network, wanted: "Wanted", count: int, what: str) -> None:
    from badger_core.plots.hypotheses_network import network_figure, network_height

    key = f"hypotheses_network_{wanted.key}_{count}"
    figure.echarts(
        network_figure(drawn.nodes, drawn.edges, st.context.theme.type == "dark"),
        height=network_height(drawn.nodes),
        key=key,
        on_select=partial(_take, key, drawn.nodes["id"].tolist(), drawn.edges["source"].tolist()),
        alt=f"Network of the disease, {len(wanted.lines)} lines, {count} drugs, their pathways and "
        "genes; the tables beside it list nodes and links.",
        name=downloads.file_stem(what),
    )
    st.html(
        "<p class='note'>Lines to drugs: score there. Drugs to genes: what they lower (blue) or "
        "raise (orange), wider for more. Triangles: genes up (▲) or down (▼) in the disease. "
        "Diamonds: gene sets that gather the genes turned back (FDR below 5%); dashed: "
        "membership. Click a node for what is behind it.</p>"
    )


def _take(key: str, nodes: list[str], sources: list[str]) -> None:
    node, edge = clicked_node(key)
    if node is not None and node < len(nodes):
        st.session_state[NODE] = nodes[node]
    elif edge is not None and edge < len(sources):
        st.session_state[NODE] = sources[edge]


def _detail(drawn: Network) -> None:
    """The node that was clicked, or the first drug, with its links."""
    chosen = st.session_state.get(NODE)
    if chosen not in set(drawn.nodes["id"]):
        drugs = drawn.nodes.loc[drawn.nodes["kind"] == "drug", "id"]
        if drugs.empty:
            st.html("<p class='note'>No drug is predicted to reverse the disease here.</p>")
            return
        chosen = drugs.iloc[0]
    node = drawn.nodes.set_index("id").loc[chosen]
    links = links_of(drawn, chosen)
    note = f" ({node['note']})" if node["note"] else ""
    said = f"{_KINDS.get(node['kind'], node['kind'])}{note}, {len(links)} links"
    st.html(f"<h2 class='name'>{html(node['label'])}</h2><p class='note'>{html(said)}</p>")
    st.dataframe(
        links,
        hide_index=True,
        height=min(220, 35 * (len(links) + 1) + 3),
        column_config={"weight": st.column_config.NumberColumn("value", format="%.3f")},
        alt=f"Links of {node['label']}",
    )
    if node["kind"] == "drug":
        st.button(
            "Open its card",
            key="hypotheses_open_card",
            on_click=show_card,
            args=(chosen.removeprefix("drug:"),),
        )


def links_of(drawn: Network, chosen: str) -> pd.DataFrame:
    """Columns to, kind, link and weight of the links of one node, the strongest first."""
    labels = drawn.nodes.set_index("id")
    edges = drawn.edges[(drawn.edges["source"] == chosen) | (drawn.edges["target"] == chosen)]
    other = edges["target"].where(edges["source"] == chosen, edges["source"])
    found = pd.DataFrame(
        {
            "to": labels.loc[other, "label"].to_numpy(),
            "kind": labels.loc[other, "kind"].to_numpy(),
            "link": edges["kind"].to_numpy(),
            "weight": edges["weight"].to_numpy(),
        }
    )
    order = found["weight"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _tables(drawn: Network, what: str, about: dict) -> None:
    with st.expander("Nodes and links as tables", key="hypotheses_network_tables"):
        st.dataframe(
            drawn.edges, hide_index=True, height=200, alt="Links of the network", placeholder="–"
        )
        downloads.table_menu(drawn.edges, f"{what}-links", "hypotheses_links_take", about)
        downloads.table_menu(drawn.nodes, f"{what}-nodes", "hypotheses_nodes_take", about)
