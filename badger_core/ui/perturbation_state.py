"""What a visitor chose on the page Genetic perturbation: the keys of its widgets, and its tabs."""

import streamlit as st

TAB = "perturbation_tab"
TABS = ("A target", "Network", "Match a drug", "Own screen")
TARGET = "perturbation_target"
"""Symbol of the gene that was knocked out."""
FIRST = "STAT1"
"""The gene that is shown first."""
CELLS = "perturbation_cells"
ALL_CELLS, UNSEEN_CELLS = "all good cells", "cells the model never saw"
"""Which cells the measured effects are of."""
OF, COUNT = "perturbation_of", "perturbation_count"
"""Of the network: targets to which it is narrowed, and how many edges are drawn."""
EDGE = "perturbation_edge"
"""(target, gene) of the edge that was clicked last."""
FILE = "perturbation_file"
COLUMN, CONTROL = "perturbation_column", "perturbation_control"
OWN_TARGET = "perturbation_own_target"
"""Of the own screen: the column of targets, the name of control cells, the target shown."""


def tabs() -> list:
    """The four tabs; only the open one is filled."""
    return st.tabs(TABS, key=TAB, on_change="rerun")
