"""The baskets of compounds and lines that a visitor carries from page to page."""

import streamlit as st

from badger_core.ui import state

MOST = 12
"""Entries of one basket: what the comparison can still show."""


def compounds() -> dict[str, str]:
    """Text (a library name or a SMILES) to label, in the order of adding."""
    return st.session_state[state.BASKET_COMPOUNDS]


def cells() -> dict[str, str]:
    """A line's name (or an upload's) to label, in the order of adding."""
    return st.session_state[state.BASKET_CELLS]


def add(key: str, text: str, label: str) -> None:
    """Put one entry into the basket of this key; a full basket says so and stays as it is.

    Args:
        key: `state.BASKET_COMPOUNDS` or `state.BASKET_CELLS`.
        text: what the entry is asked by.
        label: what it is shown as.
    """
    basket = st.session_state[key]
    if text not in basket and len(basket) >= MOST:
        st.toast(f"The basket holds {MOST} at most: remove one on the page Compare first.")
        return
    st.session_state[key] = basket | {text: label}


def remove(key: str, text: str) -> None:
    """Take one entry out; nothing happens where it is not in."""
    st.session_state[key] = {t: label for t, label in st.session_state[key].items() if t != text}


def toggle(widget: str, key: str, text: str, label: str, what: str = "") -> None:
    """A small button that adds the entry, or removes it where it is in.

    Args:
        widget: key of the button, `<page>_<name>`.
        key: `state.BASKET_COMPOUNDS` or `state.BASKET_CELLS`.
        text: what the entry is asked by.
        label: what it is shown as.
        what: such as 'compound', where several of these buttons stand beside the word Basket.
    """
    if text in st.session_state[key]:
        said = f"Remove {what}" if what else "In basket: remove"
        st.button(said, key=widget, on_click=remove, args=(key, text))
    else:
        said = f"Add {what}" if what else "Add to basket"
        st.button(said, key=widget, on_click=add, args=(key, text, label))
