"""The structure card: the compound as the model sees it, and what is known of it."""

from base64 import b64encode

import streamlit as st

from badger_core.chem.draw import structure_svg
from badger_core.predict.ask import Asked
from badger_core.ui.text import asked_name, html, shortened

_SHOWN = 6


def card(asked: Asked) -> None:
    """Drawing, name, phase, mechanism, targets, and what standardising changed."""
    with st.container(border=True, key="predict_structure"):
        name = f"<h2 class='name'>{html(asked_name(asked))}</h2>"
        st.html(picture(asked, 300, 180) + name + fact_list(facts(asked)))
        with st.expander("SMILES and InChIKey"):
            texts(asked)


def picture(
    asked: Asked, width: int, height: int, highlight: tuple[int, ...] = (), said: str = ""
) -> str:
    """The drawing as an HTML image, for a light or dark page.

    Args:
        asked: the compound.
        width: in pixels.
        height: in pixels.
        highlight: atoms to mark, as in `chem.draw.structure_svg`.
        said: what a screen reader says after 'Drawing of' and the name.
    """
    dark = st.context.theme.type == "dark"
    drawing = structure_svg(asked.molecule, width, height, highlight, dark)
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    alt = html(f"Drawing of {asked_name(asked)}{said}")
    return f"<img class='drawing' src='{source}' alt='{alt}'>"


def facts(asked: Asked) -> list[tuple[str, str]]:
    """Name and value of what the library knows, and a line on standardising at the end."""
    known = asked.compound
    if known is None:
        found = [("Library", "not in the library")]
    else:
        found = [
            ("Phase", known.phase or "not given"),
            ("Mechanism", shortened(known.moa, _SHOWN) or "not given"),
            ("Targets", shortened(known.targets, _SHOWN) or "none given"),
        ]
    return [*found, ("Standard form", changes(asked))]


def fact_list(found: list[tuple[str, str]]) -> str:
    """Names and values as an HTML definition list; both are escaped."""
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in found)
    return f"<dl class='facts'>{rows}</dl>"


def changes(asked: Asked) -> str:
    """What standardising did to the structure, in sentences."""
    if asked.molecule.notes:
        return " ".join(asked.molecule.notes)
    if asked.compound is not None and asked.text != asked.molecule.original_smiles:
        return "taken from the library"
    return "nothing was removed or neutralised"


def texts(asked: Asked) -> None:
    """InChIKey and every SMILES of the compound, to copy."""
    molecule = asked.molecule
    texts = {"InChIKey": molecule.inchikey, "SMILES, standardised": molecule.smiles}
    if asked.compound is not None and asked.compound.smiles_original:
        texts["SMILES, in the library's source"] = asked.compound.smiles_original
    if molecule.original_smiles != molecule.smiles:
        texts["SMILES, as given"] = molecule.original_smiles
    for name, text in texts.items():
        st.caption(name)
        st.code(text, language=None, wrap_lines=True)
