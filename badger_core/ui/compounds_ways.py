"""The four ways to a compound: search, paste, draw, upload; only the chosen one is drawn."""

import streamlit as st

from badger_core.predict.ask import Asked
from badger_core.ui import compounds_batch, compounds_search, sketcher

WAY = "compounds_way"
SEARCH, PASTE, DRAW, UPLOAD = "Search", "Paste", "Draw", "Upload"


def panel(chosen: Asked | None) -> list[tuple[str, str]]:
    """The way that is chosen; (text to ask by, label) of the rows picked in its table.

    Args:
        chosen: the compound that is asked about.
    """
    way = st.segmented_control(
        "How to give a compound",
        [SEARCH, PASTE, DRAW, UPLOAD],
        default=SEARCH,
        required=True,
        key=WAY,
        label_visibility="collapsed",
        persist_state="session",
    )
    if way == PASTE:
        return compounds_batch.paste_panel()
    if way == UPLOAD:
        return compounds_batch.upload_panel()
    if way == DRAW:
        sketcher.panel(chosen)
        return []
    return compounds_search.panel()
