"""How the page Predict begins: one-click examples, a welcome, and what is still missing."""

from typing import NamedTuple

import streamlit as st

from badger_core.ui import state


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
<section><h2>Enter</h2><p>A compound by generic name, Broad or DrugBank id, SMILES or InChI, and a
cell line by any of its names. The compound may be one that nobody has made. A disease shortens the
list of lines.</p></section>
<section><h2>Get</h2><p>The 978 L1000 landmark genes, ranked from the most raised to the most
lowered, as figures and tables, and as CSV, Excel, RNK, GMT, GCT and JSON to take
along.</p></section>
<section><h2>Judge</h2><p>Beside each ranking: what the model had seen before, the nearest training
compound and line, what any other drug does there, and what was measured.</p></section>
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


def say_what_is_missing(message: str, compound: str | None, cell: str | None) -> None:
    """What to do next while there is no result.

    Args:
        message: what is wrong with the link, said already; or ''.
        compound: what was typed.
        cell: what was typed.
    """
    if message:
        return
    if compound and not cell:
        st.info("Now choose a cell line: the ranking follows by itself.")
    elif cell and not compound:
        st.info("Now enter a compound: the ranking follows by itself.")
    elif not (compound or cell):
        st.html(_WELCOME)
        with st.container(horizontal=True, gap="small", key="predict_ways"):
            st.page_link("pages/compounds.py", label="Draw or upload a compound")
            st.page_link("pages/cells.py", label="Upload your own expression")
            st.page_link("pages/hypotheses.py", label="Start from a disease")


def _fill(compound: str, cell: str) -> None:
    state.put(state.QUESTION_COMPOUND, compound)
    state.put(state.QUESTION_CELL, cell)
    state.put(state.QUESTION_DISEASE, None)
