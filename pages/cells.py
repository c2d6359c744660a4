"""Cell lines: found by name, on a map, or uploaded as own expression."""

import streamlit as st

from badger_core.ui import (
    cells_find,
    cells_map,
    cells_pick,
    cells_report,
    cells_top,
    cells_upload,
    frame,
    similar_lines,
)
from badger_core.ui.cells_state import VIEWS

with frame.page("pages/cells.py"):
    cells_upload.take_in()
    view = cells_top.title_and_line()
    if view == VIEWS[0]:
        left, right = st.columns([52, 48], gap="medium")
        with left:
            cells_find.search()
            cells_pick.card()
        with right:
            cells_map.figure()
    elif view == VIEWS[1]:
        left, middle, right = st.columns([30, 38, 32], gap="medium")
        with left:
            cells_upload.area()
        with right:
            cells_report.own_samples()
            cells_pick.card("The sample, or the line, that you choose appears here.")
        with middle:
            cells_upload.readings()
    else:
        found = cells_top.neighbours_or_help()
        if found is not None:
            similar_lines.show(*found)
