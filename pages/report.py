"""Report: everything of the current analysis as one file."""

import streamlit as st

from badger_core.ui import frame, question, report

with frame.page("pages/report.py"):
    st.html("<h1 class='title'>Report of the current analysis</h1>")
    found = question.bar()
    if found is not None:
        report.show(found)
