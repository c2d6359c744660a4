"""The drawing board: OpenChemLib's editor from our own files, and what comes back from it."""

import json
from collections.abc import Mapping
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.parsing import why_refused
from badger_core.chem.reasons import UNREADABLE
from badger_core.errors import MoleculeError
from badger_core.paths import ROOT
from badger_core.predict.ask import Asked
from badger_core.ui import state
from badger_core.ui.text import asked_name, plain

LIBRARY = ROOT / "assets" / "vendor" / "openchemlib" / "openchemlib.js"
PARTS = ROOT / "assets" / "components"
BOARD = "compounds_sketcher"
PROBLEM = "compounds_sketcher_problem"
"""Session key of what is wrong with the last drawing, or ''."""


def panel(chosen: Asked | None) -> None:
    """The board; 'Use this structure' makes the drawing the compound that is asked about.

    Args:
        chosen: the compound that drawing may start from.
    """
    st.caption(
        "Draw, then press **Use this structure**. Keys C, N, O, ... change the atom under the "
        "pointer. Without a mouse: paste a SMILES under *Paste*, which does the same."
    )
    _component()(
        key=BOARD,
        data={
            "smiles": chosen.molecule.smiles if chosen else "",
            "name": asked_name(chosen) if chosen else "",
        },
        on_use_change=_use,
    )
    problem = st.session_state.get(PROBLEM, "")
    if problem:
        st.error(plain(problem))


def read_drawing(sent: object) -> Molecule:
    """The molecule that the board sent: its MOL block, or else its SMILES, read by RDKit.

    Args:
        sent: 'atoms', 'smiles' and 'molfile' of the drawing, as the browser gave them.

    Raises:
        MoleculeError: nothing was drawn, or RDKit refuses it; says why.
    """
    if not isinstance(sent, Mapping) or not sent.get("atoms"):
        raise MoleculeError("The board is empty. Draw a molecule first, or paste a SMILES.")
    try:
        return read_molecule(str(sent.get("molfile", "")))
    except MoleculeError as error:
        try:
            return read_molecule(str(sent.get("smiles", "")))
        except MoleculeError:
            if UNREADABLE not in str(error):  # it was read, and is refused for what it is
                raise error from None
            why = why_refused(str(sent.get("molfile", "")))
            raise MoleculeError(
                f"The drawing is not a possible molecule: {why}. Mend it on the board, then press "
                "Use this structure again."
            ) from None


def accept(sent: object) -> None:
    """Make a drawing the compound that is asked about, or keep what is wrong with it."""
    try:
        molecule = read_drawing(sent)
    except MoleculeError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.session_state[PROBLEM] = ""
    state.put(state.QUESTION_COMPOUND, molecule.original_smiles)


def _use() -> None:
    accept(st.session_state[BOARD].get("use"))


@cache
def _component() -> ComponentRenderer:
    """The component, registered once; the library travels inside, so nothing else is fetched."""
    library = json.dumps(LIBRARY.read_text(encoding="utf-8"))
    script = (PARTS / "sketcher.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "badger_sketcher",
        html=(PARTS / "sketcher.html").read_text(encoding="utf-8"),
        css=(PARTS / "sketcher.css").read_text(encoding="utf-8"),
        js=f"const LIBRARY = {library};\n{script}",
    )
