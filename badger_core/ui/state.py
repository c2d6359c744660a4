"""The keys of the session: widgets as `<page>_<name>`, and what a new visitor starts with."""

from collections.abc import Callable

import streamlit as st

QUESTION_COMPOUND = "question_compound"
"""The compound asked about on every page, as it was typed or picked."""
QUESTION_CELL = "question_cell"
"""The line asked about on every page: any name, or the name of an upload."""
QUESTION_DISEASE = "question_disease"
"""The disease that narrows the choice of lines, or None."""
LINK = "link_parameters"
"""The query parameters that a page wrote or read last."""
BASKET_COMPOUNDS = "basket_compounds"
"""Dictionary from text (a library name or a SMILES) to label, in the order of adding."""
BASKET_CELLS = "basket_cells"
"""Dictionary from a line's name (or an upload's) to label, in the order of adding."""
UPLOADS = "cells_uploads"
"""Dictionary from name to CellLine: expression profiles that this visitor uploaded."""

PREDICT_GENE = "predict_gene"

PATHWAYS_OF = "pathways_of"
"""The question that the choices of the page Pathways were made for."""
PATHWAYS_FIRST = "pathways_first"
"""What that page shows before anything is chosen, and under 'of' for which compound and line."""
PATHWAYS_LINKED = "pathways_linked"
"""What a link asks that page to show, and under 'of' the compound and line it says so for."""
PATHWAYS_VIEW = "pathways_view"
PATHWAYS_BY = "pathways_by"
PATHWAYS_COUNT = "pathways_count"
PATHWAYS_SET = "pathways_set"
PATHWAYS_SYMBOLS = "pathways_symbols"
PATHWAYS_FRAGMENT = "pathways_fragment"
PATHWAYS_PATHWAY = "pathways_pathway"
PATHWAYS_GENE = "pathways_gene"
PATHWAYS_FOCUS = "pathways_focus"
"""What the routes must pass, in the order of the clicks: (layer, position) pairs."""

VISIT_SECRET = "visit_secret"
"""What marks this visit where uploads are remembered beside those of others."""
VISIT_FOLDER = "visit_folder"
"""The `visit.Folder` of this visit, once it needs one."""

FRAME_DOOR = "frame_door"
"""True while a run has come through app.py and not yet reached its page."""
FRAME_WANTED = "frame_wanted"
"""The page, and its query parameters, that a visit past the door asked for."""
FRAME_PAGE = "frame_page"
"""The page of the run before."""
FRAME_ARRIVED = "frame_arrived"
"""True where this run is the first on its page."""
FRAME_SAID = "frame_said"
"""List of what went wrong beside the page and has still to be said on it."""

DEFAULTS: dict[str, Callable[[], object]] = {
    LINK: dict,
    BASKET_COMPOUNDS: dict,
    BASKET_CELLS: dict,
    UPLOADS: dict,
    PATHWAYS_OF: tuple,
    PATHWAYS_FIRST: dict,
    PATHWAYS_LINKED: dict,
    PATHWAYS_FOCUS: tuple,
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


def hold(*keys: str) -> None:
    """Give inputs their kept values again when a visitor comes to another page.

    Streamlit 1.67 shows the value that `persist_state` kept, but the input itself answers with its
    default in the first run on a page.

    Args:
        keys: of widgets; before these are drawn.
    """
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
