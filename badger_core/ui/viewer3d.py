"""One shape of a molecule in space: py3Dmol's view with the bundled 3Dmol.js, no other host."""

import py3Dmol
import streamlit as st

from badger_core.chem.conformer import Conformer, conformer
from badger_core.chem.molecule import Molecule
from badger_core.errors import MoleculeError
from badger_core.paths import ROOT
from badger_core.ui.text import html, plain

SCRIPT = ROOT / "assets" / "vendor" / "3dmol" / "3Dmol-min.js"
HEIGHT = 300
_PAPER = {False: "#FFFFFF", True: "#12171D"}
_INK = {False: "#1B2430", True: "#E8EDF2"}
_MARK = "#E69F00"


def panel(molecule: Molecule, name: str, marked: tuple[int, ...] = ()) -> None:
    """The shape, its description in words, and the coordinates to take along.

    Args:
        molecule: what to show.
        name: what it is called.
        marked: atoms (of `to_rdkit(molecule)`) to point out.
    """
    dark = st.context.theme.type == "dark"
    try:
        with st.spinner("Building the 3D structure ..."):
            found = _conformer(molecule)
    except MoleculeError as error:
        st.info(plain(str(error)))
        return
    st.iframe(
        _page(found.mol_block, marked, dark),
        height=HEIGHT + 4,
        alt=f"{name} in space: a model that can be turned. {describe(found)}",
    )
    st.caption(plain(f"{describe(found)} Drag to turn, scroll to zoom. {' '.join(found.notes)}"))
    st.download_button(
        "Coordinates (MOL)",
        found.mol_block,
        f"{molecule.ik14}_3d.mol",
        "chemical/x-mdl-molfile",
        key="compounds_coordinates",
        on_click="ignore",
    )


def describe(found: Conformer) -> str:
    """What the picture shows, for who cannot see it."""
    energy = "" if found.energy is None else f", {found.energy:.0f} kcal/mol"
    return (
        f"{found.formula}, {found.heavy_atoms} heavy atoms and all hydrogens, one of many "
        f"possible shapes ({found.method}{energy})."
    )


def page(mol_block: str, marked: tuple[int, ...] = (), dark: bool = False) -> str:
    """A whole HTML page with the molecule as a turnable model; it loads nothing.

    Args:
        mol_block: coordinates, as in `Conformer.mol_block`.
        marked: atoms to point out.
        dark: True for a dark ground.
    """
    view = py3Dmol.view(width="100%", height=HEIGHT, js="")
    view.addModel(mol_block.replace("<", ""), "sdf")  # it stands in a script, which none may end
    view.setStyle({"stick": {"radius": 0.14}, "sphere": {"scale": 0.24}})
    if marked:
        view.addStyle({"index": list(marked)}, {"sphere": {"color": _MARK, "scale": 0.36}})
    view.setBackgroundColor(_PAPER[dark])
    view.zoomTo()
    refusal = html("This browser cannot draw in space (WebGL is off). The drawing shows the same.")
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Molecule</title>"
        f"<style>body{{margin:0;overflow:hidden;background:{_PAPER[dark]};color:{_INK[dark]};"
        f"font:14px sans-serif}}</style>"
        f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
        # py3Dmol would fetch 3Dmol.js if this promise were missing.
        f"<script>var $3Dmolpromise = Promise.resolve();"
        f"window.addEventListener('unhandledrejection', () => {{"
        f"document.body.textContent = '{refusal}'; }});</script>"
        f"</head><body>{view.write_html()}</body></html>"
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _conformer(molecule: Molecule) -> Conformer:
    return conformer(molecule)


@st.cache_data(max_entries=16, show_spinner=False)
def _page(mol_block: str, marked: tuple[int, ...], dark: bool) -> str:
    """`page`, remembered: py3Dmol names its view by the clock, and a new name would reload it."""
    return page(mol_block, marked, dark)
