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
        st.html(_picture(asked) + _facts(asked))
        with st.expander("SMILES and InChIKey"):
            _texts(asked)


def _picture(asked: Asked) -> str:
    dark = st.context.theme.type == "dark"
    drawing = structure_svg(asked.molecule, 300, 180, (), dark)
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    return (
        f"<img class='drawing' src='{source}' alt='Drawing of {html(asked_name(asked))}'>"
        f"<h2 class='name'>{html(asked_name(asked))}</h2>"
    )


def _facts(asked: Asked) -> str:
    """Definition list of what the library knows, and a line on standardising."""
    known = asked.compound
    facts = []
    if known is None:
        facts.append(("Library", "not in the library"))
    else:
        facts.append(("Phase", known.phase or "not given"))
        facts.append(("Mechanism", shortened(known.moa, _SHOWN) or "not given"))
        facts.append(("Targets", shortened(known.targets, _SHOWN) or "none given"))
    facts.append(("Standard form", changes(asked)))
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in facts)
    return f"<dl class='facts'>{rows}</dl>"


def changes(asked: Asked) -> str:
    """What standardising did to the structure, in sentences."""
    if asked.molecule.notes:
        return " ".join(asked.molecule.notes)
    if asked.compound is not None and asked.text != asked.molecule.original_smiles:
        return "taken from the library"
    return "nothing was removed or neutralised"


def _texts(asked: Asked) -> None:
    molecule = asked.molecule
    texts = {"InChIKey": molecule.inchikey, "SMILES, standardised": molecule.smiles}
    if asked.compound is not None and asked.compound.smiles_original:
        texts["SMILES, in the library's source"] = asked.compound.smiles_original
    if molecule.original_smiles != molecule.smiles:
        texts["SMILES, as given"] = molecule.original_smiles
    for name, text in texts.items():
        st.caption(name)
        st.code(text, language=None, wrap_lines=True)
