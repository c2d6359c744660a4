"""Compounds: find, paste, draw or upload a compound, and see what it is and what is like it."""

import streamlit as st

from badger_core.ui import (
    compounds_basket,
    compounds_card,
    compounds_library,
    compounds_similar,
    compounds_ways,
    frame,
    link,
    question,
)
from badger_core.ui.text import plain

with frame.page("pages/compounds.py"):
    st.html("<h1 class='title'>Find, draw or upload a compound</h1>")
    message = link.restore()
    compound, _ = question.compound_and_cell()
    link.store()
    compounds_library.clear_old_selections(compound)
    chosen = question.asked_or_help(compound)
    if message:
        st.warning(plain(message))
    compounds_basket.panel()

    ways, card = st.columns([58, 42], gap="medium")
    with ways, st.spinner("Preparing the library ..."):
        picked = compounds_ways.panel(chosen)
    with card, st.spinner("Reading the structure ..."):
        shown = compounds_card.panel(chosen, picked)
    if shown is not None:
        compounds_similar.panel(shown)
