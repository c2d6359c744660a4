"""How good the predictions of the page Sensitivity are, from the committed benchmark."""

import streamlit as st

from badger_core.errors import ResponseError
from badger_core.paths import benchmark_dir
from badger_core.ui.text import plain


def show() -> None:
    """What the benchmark says in short, its goals against the best plain baselines, and where."""
    with st.expander("How good is this?", key="sensitivity_worth"):
        from badger_core.export.response_page import read_tables, short
        from badger_core.export.response_tables import goals

        try:
            tables = read_tables(benchmark_dir())
        except ResponseError as error:
            st.info(f"The benchmark was not run here yet. {plain(str(error))}")
            return
        st.markdown(short(tables))
        st.markdown(goals(tables.results, tables.differences, tables.shipped))
        st.markdown("Methods, every contender and the limits: `docs/RESPONSE.md`.")
