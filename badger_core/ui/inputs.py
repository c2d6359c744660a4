"""The inputs of the page Predict: one-click examples, compound, cell line, and help with both."""

from typing import NamedTuple

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError, CellNotFoundError, CompoundNotFoundError
from badger_core.predict.ask import Asked, read_cell, read_compound
from badger_core.ui import load, state
from badger_core.ui.text import plain


class Example(NamedTuple):
    """A question to start with."""

    label: str
    compound: str
    cell: str


EXAMPLES = (
    Example("vemurafenib in A375 (measured)", "vemurafenib", "A375"),
    Example("imatinib in MCF7 (not measured)", "imatinib", "MCF7"),
    Example(
        "an invented molecule in A549 (no record)",
        "O=C(Nc1ccc(F)c(C#N)c1)c1ccc(CN2CCOCC2)nc1N1CCCC1",
        "A549",
    ),
)

_WELCOME = """
<div class='welcome'>
<section><h2>Enter</h2><p>A compound by name, synonym, BRD id, SMILES or InChI, and a cell line by
any of its names. The compound may be one that nobody has made.</p></section>
<section><h2>Get</h2><p>The 978 L1000 landmark genes, ranked from the most raised to the most
lowered, as figures and tables, and as CSV, Excel and JSON to take along.</p></section>
<section><h2>Judge</h2><p>Beside each ranking: what the model had seen before, the nearest training
compound and line, how far its members disagree, and what was measured.</p></section>
</div>
<p class='quiet'>Nothing that you enter leaves the machine that this app runs on.
For research use only.</p>
"""


def title_and_examples() -> None:
    """The question of the page, and the examples that answer it with one click."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html("<h1 class='title'>Which genes does a compound move?</h1>", width="content")
        st.html("<span class='quiet'>Examples</span>", width="content")
        for number, example in enumerate(EXAMPLES):
            st.button(
                example.label,
                key=f"predict_example{number}",
                on_click=_fill,
                args=(example.compound, example.cell),
            )


def compound_and_cell() -> tuple[str | None, str | None]:
    """The two inputs; each takes a known name from its list or any text typed or pasted."""
    left, right = st.columns([3, 2], gap="small")
    labels = load.cell_labels()
    with left:
        compound = st.selectbox(
            "Compound",
            load.compound_names(),
            index=None,
            key=state.PREDICT_COMPOUND,
            placeholder="Name, synonym, BRD id, SMILES or InChI: type or paste, then Enter",
            accept_new_options=True,
            persist_state="session",
        )
    with right:
        cell = st.selectbox(
            "Cell line",
            list(labels),
            index=None,
            key=state.PREDICT_CELL,
            format_func=_CellLabel(labels),
            placeholder="Any name or id: A375, MCF-7, ACH-000019, ...",
            accept_new_options=True,
            persist_state="session",
        )
    return compound, cell


def asked_or_help(text: str | None) -> Asked | None:
    """The compound that a text names; else nothing, and help on the screen."""
    if not text:
        return None
    try:
        return read_compound(load.bundle().library, text)
    except BadgerError as error:
        _help(error, state.PREDICT_COMPOUND)
        return None


def line_or_help(text: str | None) -> CellLine | None:
    """The cell line that a text names; else nothing, and help on the screen."""
    if not text:
        return None
    try:
        return read_cell(load.bundle().cells, text)
    except BadgerError as error:
        _help(error, state.PREDICT_CELL)
        return None


def say_what_is_missing(message: str, compound: str | None, cell: str | None) -> None:
    """What to do next while there is no result.

    Args:
        message: what is wrong with the link, or ''.
        compound: what was typed.
        cell: what was typed.
    """
    if message and not (compound or cell):
        st.warning(plain(message))
    elif compound and not cell:
        st.info("Now choose a cell line: the ranking follows by itself.")
    elif cell and not compound:
        st.info("Now enter a compound: the ranking follows by itself.")
    elif not (compound or cell):
        st.html(_WELCOME)


def _help(error: BadgerError, key: str) -> None:
    st.error(plain(str(error)))
    if isinstance(error, CompoundNotFoundError | CellNotFoundError) and error.suggestions:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.html("<span class='quiet'>Use instead</span>", width="content")
            for number, name in enumerate(error.suggestions):
                st.button(
                    plain(name), key=f"{key}_instead{number}", on_click=state.put, args=(key, name)
                )


def _fill(compound: str, cell: str) -> None:
    state.put(state.PREDICT_COMPOUND, compound)
    state.put(state.PREDICT_CELL, cell)


class _CellLabel:
    """Label of a listed line; a text that was typed stands for itself."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    def __call__(self, name: str) -> str:
        return self._labels.get(name, name)
