"""What the tables of a comparison have in common: how they are shown, noted and described."""

import pandas as pd
import streamlit as st

from badger_core.explain.compare import Comparison
from badger_core.ui.text import html

_HEIGHT, _ROW = 400, 35


def note(text: str) -> None:
    """A quiet line under a figure or a table."""
    st.html(f"<p class='note'>{html(text)}</p>")


def show_table(
    table: pd.DataFrame, name: str, config: dict, order: list[str], missing: str | None = None
) -> None:
    """A table with the columns of `order`; `missing` stands where there is no value."""
    st.dataframe(
        table,
        height=min(_HEIGHT, _ROW * (len(table) + 1) + 3),
        hide_index=True,
        column_order=order,
        column_config=config,
        placeholder=missing,
        alt=name,
    )


def about(shown: Comparison) -> dict:
    """Provenance of a table: which rankings it compares, and how."""
    return {"rankings": shown.labels, "drug_specific_part": str(shown.is_contrast)}
