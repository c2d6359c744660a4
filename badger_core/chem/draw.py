"""Draws a molecule as an SVG text that can stand inside a page, light or dark."""

from html import escape

from rdkit import rdBase
from rdkit.Chem.Draw import rdMolDraw2D

from badger_core.chem.molecule import Molecule, to_rdkit

_HIGHLIGHT_LIGHT = (1.0, 0.80, 0.35)
_HIGHLIGHT_DARK = (0.55, 0.36, 0.05)


def structure_svg(
    molecule: Molecule,
    width: int,
    height: int,
    highlight: tuple[int, ...] = (),
    dark: bool = False,
    label: str = "",
) -> str:
    """The structure as an `<svg>` element with transparent background and no XML prolog.

    Args:
        molecule: what to draw.
        width: of the picture, in pixels.
        height: of the picture, in pixels.
        highlight: indices into the atoms of `to_rdkit(molecule)`, as in `Fragment.atoms`; a bond
            between two of them is highlighted too.
        dark: True for a palette that reads on a dark page.
        label: what a screen reader says; empty for "Structure of" and the SMILES.

    Raises:
        ValueError: a size below 1, or an atom that the molecule does not have.
    """
    mol = to_rdkit(molecule)
    chosen = set(highlight)
    if width < 1 or height < 1:
        raise ValueError(f"Width and height must be at least 1 pixel, got {width} x {height}.")
    if chosen and not (min(chosen) >= 0 and max(chosen) < mol.GetNumAtoms()):
        raise ValueError(f"Atoms run from 0 to {mol.GetNumAtoms() - 1}, got {sorted(chosen)}.")
    bonds = [
        bond.GetIdx()
        for bond in mol.GetBonds()
        if bond.GetBeginAtomIdx() in chosen and bond.GetEndAtomIdx() in chosen
    ]
    drawer = rdMolDraw2D.MolDraw2DSVG(width, height)
    options = drawer.drawOptions()
    if dark:
        rdMolDraw2D.SetDarkMode(options)
    options.clearBackground = False
    options.setHighlightColour(_HIGHLIGHT_DARK if dark else _HIGHLIGHT_LIGHT)
    with rdBase.BlockLogs():
        ready = rdMolDraw2D.PrepareMolForDrawing(mol)
        drawer.DrawMolecule(ready, highlightAtoms=sorted(chosen), highlightBonds=bonds)
    drawer.FinishDrawing()
    return _embeddable(drawer.GetDrawingText(), label or f"Structure of {molecule.smiles}")


def _embeddable(text: str, label: str) -> str:
    svg = text[text.index("<svg") :].strip()
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1)
