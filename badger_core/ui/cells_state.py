"""What a visitor chose on the page Cell lines: the view, and the line that was picked."""

import streamlit as st

VIEW = "cells_view"
VIEWS = ("Find a line", "Your own expression", "Similar lines")
PICKED = "cells_picked"
"""Name of the line, or of the upload, that was clicked last in a table or on the map."""
TOLD = "cells_told"
"""What became of the files of the last upload: an Upload each, or a sentence."""
READINGS = "cells_readings"
"""Dictionary from (hash of a file, name, platform, sheet) to what was read, or to what is wrong."""


def take_row(key: str, target: str, values: list) -> None:
    """Callback of a table: put the value that belongs to the clicked row under `target`."""
    cells = st.session_state[key].selection.cells
    if cells and cells[0][0] < len(values):
        st.session_state[target] = values[cells[0][0]]


def take_point(key: str) -> None:
    """Callback of the map: the line that was clicked is picked."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata"):
        st.session_state[PICKED] = points[0]["customdata"][0]


def show(view: str) -> None:
    """Callback: open one of VIEWS."""
    st.session_state[VIEW] = view
