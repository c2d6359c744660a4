"""The question that all pages share: one compound in one cell line, with help where it fails."""

from typing import NamedTuple

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError, CellNotFoundError, CompoundNotFoundError
from badger_core.predict.ask import Asked, read_cell, read_compound
from badger_core.ui import link, load, state, uploads
from badger_core.ui.disease import disease_input, lines_of
from badger_core.ui.text import plain


class Question(NamedTuple):
    """A compound and a line that can be predicted for."""

    asked: Asked
    line: CellLine


def bar() -> Question | None:
    """The two inputs with the permalink behind them, as every page but Predict begins.

    Returns:
        The question, or None where something is missing; the screen then says what to do.
    """
    message = link.restore()
    compound, cell = compound_and_cell()
    link.store()
    if message:
        st.warning(plain(message))
    asked, line = asked_or_help(compound), line_or_help(cell)
    if asked is not None and line is not None:
        return Question(asked, line)
    if not message and not (compound and cell):
        st.info("Choose a compound and a cell line above. They stay chosen on every page.")
    return None


def compound_and_cell() -> tuple[str | None, str | None]:
    """The two inputs; each takes a known name from its list or any text typed or pasted."""
    left, right = st.columns([3, 2], gap="small")
    with left:
        compound = compound_input()
    with right:
        cell = cell_input()
    return compound, cell


def three_inputs() -> tuple[str | None, str | None, str | None]:
    """Compound, line and, optionally, the disease that narrows the lines: the page Predict."""
    first, second, third = st.columns([5, 4, 3], gap="small")
    with third:
        disease = disease_input()
    with first:
        compound = compound_input()
    with second:
        cell = cell_input(disease)
    return compound, cell, disease


def compound_input() -> str | None:
    """The compound, by any name or as a structure."""
    return st.selectbox(
        "Compound",
        load.compound_names(),
        index=None,
        key=state.QUESTION_COMPOUND,
        placeholder="Name, Broad or DrugBank id, SMILES or InChI",
        accept_new_options=True,
        persist_state="session",
    )


def cell_input(disease: str | None = None) -> str | None:
    """The line, by any name or id; the visitor's uploads come first.

    Args:
        disease: only its lines are listed, beside the uploads and what is chosen already.
    """
    labels = uploads.labels() | load.cell_labels()
    listed = list(labels)
    if disease:
        of_it = set(lines_of(load.bundle().cells.usable, disease)["display_name"])
        kept = of_it | set(uploads.labels()) | {st.session_state.get(state.QUESTION_CELL)}
        listed = [name for name in labels if name in kept]
    return st.selectbox(
        "Cell line",
        listed,
        index=None,
        key=state.QUESTION_CELL,
        format_func=_CellLabel(labels),
        placeholder="Any name or id: A375, MCF-7, ACH-000019, ...",
        accept_new_options=True,
        persist_state="session",
    )


def asked_or_help(text: str | None) -> Asked | None:
    """The compound that a text names; else nothing, and help on the screen.

    What of a compound the model does not see is said too.
    """
    if not text:
        return None
    try:
        asked = read_compound(load.bundle().library, text)
    except BadgerError as error:
        _help(error, state.QUESTION_COMPOUND)
        return None
    for warning in asked.molecule.warnings:
        st.warning(plain(warning))
    return asked


def line_or_help(text: str | None) -> CellLine | None:
    """The line that a text names, uploads first; else nothing, and help on the screen."""
    if not text:
        return None
    try:
        return line_of(text)
    except BadgerError as error:
        _help(error, state.QUESTION_CELL)
        return None


def line_of(text: str) -> CellLine:
    """The visitor's upload of this name, or the catalogue's line.

    Raises:
        CellNotFoundError: says what to do; for an upload of another visit, to upload it again.
    """
    return uploads.find(text) or read_cell(load.bundle().cells, text)


def _help(error: BadgerError, key: str) -> None:
    st.error(plain(str(error)))
    if isinstance(error, CompoundNotFoundError | CellNotFoundError) and error.suggestions:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html("<span class='quiet'>Ask instead about</span>", width="content")
            for number, name in enumerate(error.suggestions):
                st.button(
                    plain(name), key=f"{key}_instead{number}", on_click=state.put, args=(key, name)
                )


class _CellLabel:
    """Label of a listed line; a text that was typed stands for itself."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    def __call__(self, name: str) -> str:
        return self._labels.get(name, name)
