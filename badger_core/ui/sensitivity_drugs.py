"""The tab Across drugs: what kills the chosen line, an own upload too, among the tested drugs."""

import streamlit as st

from badger_core.response.answer import SCREENS
from badger_core.ui import sensitivity_load
from badger_core.ui.question import Question
from badger_core.ui.sensitivity_lines import draw, grid, screen_input, take_along
from badger_core.ui.sensitivity_state import FIND
from badger_core.ui.text import plain


def show(found: Question) -> None:
    """Screen and search, the chart, the table beside it."""
    table = sensitivity_load.drugs_table(*found)
    name = found.line.display_name
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        screen = screen_input("drugs")
        st.text_input(
            "Find",
            key=FIND,
            persist_state="session",
            placeholder="Drug or mechanism",
            width=320,
        )
        own = table[table["screen"] == screen]
        text = (st.session_state.get(FIND) or "").strip().casefold()
        hit = own["name"].str.casefold().str.contains(text, regex=False)
        hit |= own["mechanism"].str.casefold().str.contains(text, regex=False)
        shown = own[hit]
        take_along(shown, f"sensitivity-{screen}-{name}", "drugs", found, screen)
    if own.empty:
        st.info(f"{plain(name)} cannot be predicted for on the scale of {SCREENS[screen]}.")
        return
    if shown.empty:
        st.info("No tested drug has this text in its name or mechanism: change the search.")
        return
    left, right = st.columns([56, 44], gap="medium")
    question = f"{len(shown):,} drugs of {SCREENS[screen]} in {name}"
    with left:
        draw(shown, screen, "drugs", question)
    with right:
        grid(shown, "name", "Drug", screen, f"Drugs by predicted sensitivity: {question}")
