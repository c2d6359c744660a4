"""The line that was picked: what it is, and the buttons that put it to use."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError
from badger_core.ui import basket, load, question, state, uploads
from badger_core.ui.cells_state import PICKED, VIEWS, show
from badger_core.ui.text import html


def card(hint: str = "Click a row or a point: the line appears here.") -> None:
    """Name, what is known, and the buttons; `hint` while nothing is picked."""
    line = picked()
    with st.container(border=True, key="cells_card"):
        if line is None:
            st.html(f"<p class='note'>{html(hint)}</p>")
            return
        st.html(f"<h2 class='name'>{html(line.display_name)}</h2>{_facts(line)}")
        if line.basal is None:
            st.html(
                "<p class='note'>Its basal expression is not in the bundle, so nothing can be "
                "predicted for it. With your own measurement of it, it can: upload that.</p>"
            )
            st.button("Upload expression", key="cells_to_upload", on_click=show, args=(VIEWS[1],))
        else:
            actions(line)


def actions(line: CellLine) -> None:
    """Use it, keep it, look at what is like it; an upload can be taken away."""
    is_upload = line.name.startswith(uploads.PREFIX)
    asked = line.name if is_upload else line.display_name
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Use this sample" if is_upload else "Use this line",
            key="cells_use",
            type="primary",
            disabled=st.session_state.get(state.QUESTION_CELL) == asked,
            help="Ask about it on every page.",
            on_click=state.put,
            args=(state.QUESTION_CELL, asked),
        )
        basket.toggle("cells_basket", state.BASKET_CELLS, line.name, line.display_name)
        st.button("Similar lines", key="cells_alike", on_click=_look, args=(asked,))
        if st.session_state.get(state.QUESTION_CELL) == asked:
            st.page_link("pages/predict.py", label="Go on to Predict")
        if is_upload:
            st.button("Forget it", key="cells_forget", on_click=_forget, args=(line.name,))


def picked() -> CellLine | None:
    """The picked line, else the chosen one; None where there is none or it was forgotten."""
    name = st.session_state.get(PICKED)
    if not name:
        return _chosen()
    if name.startswith(uploads.PREFIX):
        return uploads.lines().get(name)
    return load.bundle().cells.line(name)


def _chosen() -> CellLine | None:
    """The line that is asked about; None where its name is not understood (said above)."""
    text = st.session_state.get(state.QUESTION_CELL)
    try:
        return question.line_of(text) if text else None
    except BadgerError:
        return None


def _facts(line: CellLine) -> str:
    """Definition list of what is known."""
    if line.name.startswith(uploads.PREFIX):
        supplied = f"{uploads.supplied(line)} of {len(line.basal)} landmark genes"
        facts = [("Yours", supplied), ("Centred on", line.platform)]
    else:
        row = load.bundle().cells.table.set_index("cell").loc[line.name]
        names = ", ".join(filter(None, (line.depmap_id, line.cellosaurus_id)))
        measured = f"{row['n_compounds']:,} compounds, {row['n_signatures']:,} signatures"
        facts = [
            ("Disease", load.cell_descriptions().get(line.name) or "not recorded"),
            ("Lineage", line.lineage or "not recorded"),
            ("Ids", names or "none"),
            ("Measured", measured if row["n_signatures"] else "nothing in the bundle"),
            ("Expression", line.platform or "not at hand"),
        ]
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in facts)
    return f"<dl class='facts'>{rows}</dl>"


def _look(asked: str) -> None:
    state.put(state.QUESTION_CELL, asked)
    show(VIEWS[2])


def _forget(name: str) -> None:
    """Take an upload out of the visit, its basket and the question."""
    uploads.forget(name)
    basket.remove(state.BASKET_CELLS, name)
    if st.session_state.get(state.QUESTION_CELL) == name:
        state.put(state.QUESTION_CELL, None)
