"""The link to what is on the screen, and the way on to the other pages."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.predict.ask import Asked
from badger_core.ui import basket, link, state, uploads
from badger_core.ui.text import asked_name

PAGES = {
    "Genes": "pages/genes.py",
    "Pathways": "pages/pathways.py",
    "Sensitivity": "pages/sensitivity.py",
    "Genetic perturbation": "pages/perturbation.py",
    "Compare": "pages/compare.py",
    "Similar diseases": "pages/similar.py",
    "Hypotheses": "pages/hypotheses.py",
    "Report": "pages/report.py",
}


def copy_link(key: str) -> None:
    """A small button that opens the link of the present state, to be copied.

    Args:
        key: `<page>_<name>` of the button.
    """
    with st.popover("Copy link", key=key):
        st.caption("Restores inputs and baskets wherever this app runs with the same version.")
        st.code(address(st.context.url, link.parameters_now()), language=None, wrap_lines=True)
        cell = st.session_state.get(state.QUESTION_CELL) or ""
        if cell.startswith(uploads.PREFIX) or any(map(_is_upload, basket.cells())):
            st.caption("Your upload is not in it: whoever opens it uploads the same file first.")


def address(url: str | None, parameters: link.Parameters) -> str:
    """The link as text; relative where the address of the app is not known."""
    query = urlencode(parameters, doseq=True)
    if url and not urlsplit(url).path:
        url += "/"
    return f"{url or ''}?{query}"


def go_on(asked: Asked, line: CellLine) -> None:
    """Compound and line into the baskets, and links to what other pages say of this result."""
    text = asked.name if asked.compound else asked.molecule.smiles
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="predict_kept"
    ):
        st.html("<span class='quiet'>Basket</span>", width="content")
        basket.toggle(
            "predict_basket_compound", state.BASKET_COMPOUNDS, text, asked_name(asked), "compound"
        )
        basket.toggle(
            "predict_basket_cell", state.BASKET_CELLS, line.name, line.display_name, "line"
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="predict_on"):
        st.html("<span class='quiet'>Go on</span>", width="content")
        for label, page in PAGES.items():
            st.page_link(page, label=label)


def _is_upload(name: str) -> bool:
    return name.startswith(uploads.PREFIX)
