"""What a visitor chose on the page Hypotheses: the keys of its widgets, and its tabs."""

import streamlit as st

SOURCE = "hypotheses_source"
SOURCES = ("A disease", "Own signature")
DISEASE = "hypotheses_disease"
"""DOID of the disease that is to be reversed, or None."""
FILES = "hypotheses_files"
UPLOAD = "hypotheses_upload"
"""Tuple of (name, content) of the signature files that were uploaded last."""
COLUMN, SHEET = "hypotheses_column", "hypotheses_sheet"
OF = "hypotheses_of"
"""DOID of the disease whose known drugs are marked for an own signature, or None."""
LINES = "hypotheses_lines"
"""Names of the lines, of the catalogue or uploads."""
LABELS, LINES_SAID = "hypotheses_labels", "hypotheses_lines_said"
"""What the chosen lines are called on the screen; the lines that a disease brought, and why."""
MOST_LINES = 12
"""Lines of one list: each takes 26 MB while the list is made."""
METHOD, SUMMARY = "hypotheses_method", "hypotheses_summary"
SPECIFIC = "hypotheses_specific"
LIBRARY_FILE = "hypotheses_library_file"
LIBRARY = "hypotheses_library"
"""(name, content) of an own library, or None for that of the app."""
SAID = "hypotheses_said"
"""What was wrong with the link, and the parameters that were taken from it."""
CHOSEN = "hypotheses_chosen"
"""ik14 of the compound on the card."""
TAB = "hypotheses_tab"
TABS = (
    "Hypotheses",
    "Where controls stand",
    "Drug classes",
    "Next experiments",
    "Network",
    "Similar diseases",
)
KNOWN, PHASES, TEXT, CONFIDENCE, INSIDE, PROMISCUOUS, CONTROLS, SENSITIVE = (
    f"hypotheses_{name}"
    for name in (
        *("known", "phases", "text", "confidence", "inside", "promiscuous", "controls"),
        "sensitive",
    )
)
"""Of the filters of the list."""
NODE = "hypotheses_node"
"""Id of the node of the network that was clicked last."""
KEPT = (
    *(SOURCE, DISEASE, COLUMN, SHEET, OF, LINES, METHOD, SUMMARY, SPECIFIC, TAB),
    *(KNOWN, PHASES, TEXT, CONFIDENCE, INSIDE, PROMISCUOUS, CONTROLS, SENSITIVE),
)
"""Widgets whose values stay when a visitor goes to another page and comes back."""


def take_row(key: str, values: list[str]) -> None:
    """Callback of a table of compounds: the clicked one comes on the card.

    Args:
        key: of the table.
        values: ik14 of each row, in the order that the table was given.
    """
    cells = st.session_state[key].selection.cells
    if cells and cells[0][0] < len(values) and values[cells[0][0]]:
        st.session_state[CHOSEN] = values[cells[0][0]]


def show_card(ik14: str) -> None:
    """Callback: a compound comes on the card, on the tab with the list."""
    st.session_state[CHOSEN] = ik14
    st.session_state[TAB] = TABS[0]
