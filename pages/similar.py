"""Similar diseases: lines similar to the chosen one, gathered by disease."""

import streamlit as st

from badger_core.ui import frame, similar_diseases

with frame.page("pages/similar.py"):
    st.html("<h1 class='title'>Similar diseases</h1>")
    line, asked = similar_diseases.ask()
    if line is not None:
        similar_diseases.show(line, asked)
