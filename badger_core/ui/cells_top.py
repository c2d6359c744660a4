"""How the page Cell lines begins: the line that is asked about everywhere, and the three views."""

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError
from badger_core.ui import cells_find, cells_load, link, question, state
from badger_core.ui.cells_state import VIEW, VIEWS
from badger_core.ui.text import plain


def title_and_line() -> str:
    """Title, views and the chosen line; the view that is open."""
    message = link.restore()
    if st.session_state[state.FRAME_ARRIVED]:
        state.hold(VIEW, *cells_find.INPUTS)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="cells_head"):
        st.html("<h1 class='title'>Cell lines</h1>", width="content")
        st.session_state.setdefault(VIEW, VIEWS[0])
        view = st.segmented_control(
            "View",
            VIEWS,
            key=VIEW,
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        with st.container(width=420):
            cell = question.cell_input()
    link.store()
    if message:
        st.warning(plain(message))
    if cell:
        question.line_or_help(cell)
    return view or VIEWS[0]


def neighbours_or_help() -> tuple[CellLine, pd.DataFrame] | None:
    """The chosen line and the lines similar to it; None, and a hint, where none is chosen."""
    text = st.session_state.get(state.QUESTION_CELL)
    if not text:
        st.info("Choose a cell line above, or upload your own expression.")
        return None
    try:
        line = question.line_of(text)
    except BadgerError:  # said above already
        return None
    return line, cells_load.neighbours(line)
