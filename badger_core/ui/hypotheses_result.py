"""The answer on the screen: heading, and the tabs, each made when it is opened."""

from typing import TYPE_CHECKING

import streamlit as st

from badger_core.ui import (
    hypotheses_alike,
    hypotheses_card,
    hypotheses_filters,
    hypotheses_heading,
    hypotheses_network,
    hypotheses_table,
    hypotheses_tabs,
)
from badger_core.ui.hypotheses_state import TAB, TABS

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_OTHERS = (
    hypotheses_tabs.controls,
    hypotheses_tabs.classes,
    hypotheses_tabs.following,
    hypotheses_network.show,
    hypotheses_alike.show,
)


def show(wanted: "Wanted", found: "Found") -> None:
    """Heading and tabs.

    Args:
        wanted: the question.
        found: its answer so far.
    """
    table = found.hypotheses.table
    hypotheses_heading.show(wanted, found, hypotheses_filters.passing(table))
    listed, *others = st.tabs(TABS, key=TAB, on_change="rerun")
    if listed.open:
        with listed:
            rows, card = st.columns([71, 29], gap="medium")
            with rows:
                passing = hypotheses_filters.bar(table)
                hypotheses_table.show(table, passing, found.hypotheses.manifest["controls"])
            with card:
                hypotheses_card.show(wanted, found, passing)
    for tab, draw in zip(others, _OTHERS, strict=True):
        if tab.open:
            with tab:
                draw(wanted, found)
