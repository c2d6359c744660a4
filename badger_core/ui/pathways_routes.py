"""The routes from fragments through pathways to genes, which a click narrows down."""

from functools import partial
from hashlib import sha256

import streamlit as st

from badger_core.explain.prediction_maps import NONE, Explanation, fragment_names
from badger_core.explain.prediction_routes import Focus, Routes, route_rows, routes
from badger_core.ui import downloads, state
from badger_core.ui import figure as drawing
from badger_core.ui.pathways_choice import Shown, back, focus
from badger_core.ui.pathways_clicks import clicked_node
from badger_core.ui.text import html

_TABLE_ROWS = 500


def figure(explanation: Explanation, shown: Shown, what: str, network: bool) -> None:
    """The routes of the shown genes, or those through what was clicked.

    Args:
        explanation: of one prediction.
        shown: pathways (their number counts) and genes.
        what: the question, for file names and texts for screen readers.
        network: the layered network with known memberships in place of the Sankey diagram.
    """
    steps = st.session_state[state.PATHWAYS_FOCUS]
    focus_on = Focus(**dict(steps))
    among = None if steps else shown.pathways
    found = routes(explanation, shown.genes, len(shown.pathways), focus_on, among)
    _crumbs(explanation, steps)
    st.html(f"<p class='note'>{html(_carried(found, steps))}</p>")
    if network:
        _network(explanation, shown, found, what)
    else:
        _sankey(explanation, shown, found, what)
    table = route_rows(explanation, found)
    with st.expander("Table", key="pathways_routetable_expander"):
        if len(table) > _TABLE_ROWS:
            st.caption(f"The {_TABLE_ROWS} strongest of {len(table)} routes; the file has all.")
        st.dataframe(
            table.head(_TABLE_ROWS),
            hide_index=True,
            key="pathways_routetable_shown",
            column_config={
                "share": st.column_config.NumberColumn(
                    "Share, %", format="percent", help="Of the attention of these genes."
                )
            },
            alt=f"Routes of attention for {what}",
        )
        downloads.table_menu(table, f"routes {what}", "pathways_routetable")


def _crumbs(explanation: Explanation, steps: tuple[tuple[str, int], ...]) -> None:
    """Where the visitor stands, and the ways back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        trail = " → ".join(["All routes", *(_name(explanation, *step) for step in steps)])
        st.html(f"<span class='crumbs'>{html(trail)}</span>", width="content")
        if steps:
            st.button("Back", key="pathways_back", on_click=back, args=(1,))
        if len(steps) > 1:
            st.button("All routes", key="pathways_all", on_click=back, args=(len(steps),))
        if not steps:
            st.html("<span class='quiet'>Click a node: only its routes stay.</span>")


def _carried(found: Routes, steps: tuple[tuple[str, int], ...]) -> str:
    genes = "this gene" if len(found.genes) == 1 else f"these {len(found.genes)} genes"
    said = f"Width is the share of the attention of {genes}. "
    if steps:
        return f"{said}The routes shown carry {100 * found.carried:.1f}% of it."
    return (
        f"{said}The {len(found.pathways)} pathways shown carry {100 * found.carried:.1f}% of it; "
        f"spread evenly over all pathways it would be {100 * found.even:.1f}%. The rest goes "
        "through the others."
    )


def _sankey(explanation: Explanation, shown: Shown, found: Routes, what: str) -> None:
    from badger_core.plots.route_sankey import STRONGEST, route_sankey, sankey_height

    drawn = route_sankey(explanation, found, shown.directions, _dark())
    key = _key("pathways_sankey", found)
    drawing.echarts(
        drawn.spec,
        height=sankey_height(drawn),
        key=key,
        on_select=partial(_take, key, explanation, drawn.nodes, drawn.links),
        alt=f"Sankey diagram of attention from the fragments of {what} through pathways to genes; "
        "the table below holds the numbers.",
        name=downloads.file_stem(f"routes {what}"),
    )
    if len(found.pathways) > STRONGEST:
        st.html(
            f"<p class='note'>Of each gene the {STRONGEST} strongest links stand out, the others "
            "are pale.</p>"
        )


def _network(explanation: Explanation, shown: Shown, found: Routes, what: str) -> None:
    from badger_core.plots.route_network import network_height, route_network

    drawn = route_network(explanation, found, shown.directions, _dark())
    key = _key("pathways_network", found)
    drawing.echarts(
        drawn.spec,
        height=network_height(drawn),
        key=key,
        on_select=partial(_take, key, explanation, drawn.nodes, drawn.links),
        alt=f"Network of the fragments of {what}, pathways and genes; the table below holds the "
        "numbers.",
        name=downloads.file_stem(f"network {what}"),
    )
    st.html(
        "<p class='note'>Full lines: attention, the three strongest of each pathway to either "
        "side. Dashed lines: knowledge, a known target (◆) or a shown gene belongs to the "
        "pathway.</p>"
    )


def _take(key: str, explanation: Explanation, nodes: tuple, links: tuple) -> None:
    node, link = clicked_node(key)
    hit = [node] if node is not None else []
    if link is not None and link < len(links):
        hit = [links[link].source, links[link].target]
    layers = Focus._fields
    steps = [(nodes[i].layer, nodes[i].at) for i in hit if i < len(nodes)]
    focus(explanation, [step for step in steps if step[0] in layers])


def _name(explanation: Explanation, layer: str, at: int) -> str:
    if layer == "fragment":
        return [*fragment_names(explanation), NONE][at]
    table, column = (
        (explanation.pathways, "name") if layer == "pathway" else (explanation.genes, "symbol")
    )
    return str(table[column].iloc[at])


def _key(name: str, found: Routes) -> str:
    """Another content is another figure, so no old click is left on it."""
    of = (st.session_state[state.PATHWAYS_OF], st.session_state[state.PATHWAYS_FOCUS])
    shown = (found.pathways.tolist(), found.genes.tolist())
    return f"{name}_{sha256(repr((of, shown)).encode()).hexdigest()[:8]}"


def _dark() -> bool:
    return st.context.theme.type == "dark"
