"""The basket of compounds in one line: what is in it, out with it, and on to the comparison."""

import streamlit as st

from badger_core.chem.reasons import shorten
from badger_core.ui import basket, state
from badger_core.ui.text import plain


def panel() -> None:
    """A button per compound that takes it out; nothing while the basket is empty."""
    entries = basket.compounds()
    if not entries:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="compounds_basket_list"
    ):
        count = f"<span class='quiet'>Basket {len(entries)} of {basket.MOST}</span>"
        st.html(count, width="content")
        for number, (text, label) in enumerate(entries.items()):
            st.button(
                f"{plain(shorten(label, 24))} ✕",
                key=f"compounds_out{number}",
                help=f"Take {plain(shorten(label))} out of the basket",
                on_click=basket.remove,
                args=(state.BASKET_COMPOUNDS, text),
            )
        st.page_link("pages/compare.py", label="Compare them")
