"""What a visitor chose on the page Sensitivity: the keys of its widgets, and its tabs."""

import streamlit as st

TAB = "sensitivity_tab"
TABS = ("Across lines", "Across drugs", "Genes")
SCREEN = "sensitivity_screen"
"""The screen whose scale is shown."""
LINEAGES = "sensitivity_lineages"
"""Lineages to which the lines are narrowed; empty for all."""
ONLY = "sensitivity_only"
"""Whether the tab Genes shows those alone that BADGER ranks."""
FIND = "sensitivity_find"
"""Text that a drug's name or mechanism must hold."""


def tabs() -> list:
    """The three tabs; only the open one is filled."""
    return st.tabs(TABS, key=TAB, on_change="rerun")
