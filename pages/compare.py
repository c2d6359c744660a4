"""Compare: several compounds in several cell lines, side by side."""

import streamlit as st

from badger_core.ui import compare, compare_result, frame, link
from badger_core.ui.text import plain

with frame.page("pages/compare.py"):
    message = link.restore()
    compare.title_and_inputs()
    link.store()
    if message:
        st.warning(plain(message))
    found = compare.comparison_or_help()
    if found is not None:
        compare_result.show(found)
