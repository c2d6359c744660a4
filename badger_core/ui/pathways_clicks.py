"""What a visitor clicked in a figure, as positions of its items."""

import streamlit as st


def clicked_cell(key: str, n_columns: int) -> tuple[int, int] | None:
    """Row and column of the cell of a heatmap that a visitor clicked last."""
    item = _clicked(key, "main")
    return None if item is None else divmod(item, n_columns)


def clicked_node(key: str) -> tuple[int | None, int | None]:
    """Position of the node, or of the link, that was clicked in a figure of routes."""
    return _clicked(key, "node"), _clicked(key, "edge")


def _clicked(key: str, kind: str) -> int | None:
    selection = st.session_state.get(key, {}).get("selection", {})
    for group in selection.get("selected", []):
        if group["data_type"] == kind and group["data_indices"]:
            return int(min(group["data_indices"]))
    return None
