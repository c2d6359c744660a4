"""The keys of the session: widgets as `<page>_<name>`, and what a new visitor starts with."""

from collections.abc import Callable

import streamlit as st

PREDICT_COMPOUND = "predict_compound"
PREDICT_CELL = "predict_cell"
PREDICT_GENE = "predict_gene"
PREDICT_LINK = "predict_link"
"""The query parameters that the page wrote or read last."""

FRAME_DOOR = "frame_door"
"""True while a run has come through app.py and not yet reached its page."""
FRAME_WANTED = "frame_wanted"
"""The page, and its query parameters, that a visit past the door asked for."""
FRAME_PAGE = "frame_page"
"""The page of the run before."""
FRAME_ARRIVED = "frame_arrived"
"""True where this run is the first on its page."""

DEFAULTS: dict[str, Callable[[], object]] = {
    PREDICT_LINK: dict,
    FRAME_PAGE: str,
    FRAME_ARRIVED: bool,
}


def prepare() -> None:
    """Give every key that has a default its own fresh one, unless it is set."""
    for key, factory in DEFAULTS.items():
        if key not in st.session_state:
            st.session_state[key] = factory()


def put(key: str, value: object) -> None:
    """Set a key; as a button's callback it fills an input before the inputs are drawn."""
    st.session_state[key] = value
