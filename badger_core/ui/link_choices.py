"""What is chosen on some pages, as optional parameters of the permalink."""

import streamlit as st

from badger_core.ui import genes_state, hypotheses_link, load, state
from badger_core.ui.text import plain

LONGEST = {
    **{"gene": 40, "set": 200, "fragment": 1000, "pathway": 200, "map_gene": 40},
    **hypotheses_link.LONGEST,
}
"""Parameter to the longest text that is taken: gene and set of Genes, then those of Pathways, then
those of Hypotheses."""
_PATHWAYS = {
    "fragment": state.PATHWAYS_FRAGMENT,
    "pathway": state.PATHWAYS_PATHWAY,
    "map_gene": state.PATHWAYS_GENE,
}


def now() -> dict[str, str]:
    """Parameter to text of what was chosen for the present question and is not shown anyway."""
    found = {}
    if entrez := st.session_state.get(genes_state.GENE):
        genes = load.bundle().genes
        found["gene"] = genes.symbols[genes.index[int(entrez)]]
    if chosen := st.session_state.get(genes_state.SET):
        found["set"] = chosen
    linked, first = st.session_state[state.PATHWAYS_LINKED], st.session_state[state.PATHWAYS_FIRST]
    if linked.get("of") == _question():
        found |= {name: linked[name] for name in _PATHWAYS if linked.get(name)}
    elif first.get("of") == _question():
        texts = {name: st.session_state.get(key) for name, key in _PATHWAYS.items()}
        found |= {name: text for name, text in texts.items() if text and text != first[name]}
    return found | hypotheses_link.now()


def take(given: dict[str, str]) -> str:
    """Choose on Genes what a link names, and keep for Pathways what its page will look up.

    Args:
        given: parameter to text, '' where the link says nothing; compound and cell of the link are
            in the session already.

    Returns:
        What was not taken, in sentences.
    """
    left_out = [_take_gene(given["gene"]), _take_set(given["set"]), hypotheses_link.take(given)]
    kept = {name: given[name] for name in _PATHWAYS if given[name]}
    st.session_state[state.PATHWAYS_LINKED] = {"of": _question(), **kept} if kept else {}
    st.session_state[state.PATHWAYS_OF] = ()
    return " ".join(filter(None, left_out))


def take_for_pathways(fragments: list[str], pathways: list[str], genes: list[str]) -> None:
    """Choose on Pathways what a link names for this question; what is not among them is said.

    What is chosen there already is what a link need not name.

    Args:
        fragments: that can be chosen there, and so on.
        pathways: ids.
        genes: symbols.
    """
    found = st.session_state[state.PATHWAYS_LINKED]
    st.session_state[state.PATHWAYS_LINKED] = {}
    first = {name: st.session_state[key] for name, key in _PATHWAYS.items()}
    st.session_state[state.PATHWAYS_FIRST] = {"of": _question(), **first}
    if found.get("of") != _question():
        return
    for name, known in zip(_PATHWAYS, (fragments, pathways, genes), strict=True):
        text = found.get(name)
        if text in known:
            st.session_state[_PATHWAYS[name]] = text
        elif text:
            what = name.removeprefix("map_")
            said = f"The {what} '{text}' in this link is not here: the strongest is shown."
            st.warning(plain(said))


def _take_gene(symbol: str) -> str:
    st.session_state.pop(genes_state.GENE, None)
    if not symbol:
        return ""
    genes = load.bundle().genes
    places = dict(zip(genes.symbols, genes.entrez.tolist(), strict=True))
    if symbol not in places:
        return f"The gene '{symbol}' in this link is no landmark gene: the first one is shown."
    st.session_state[genes_state.GENE] = places[symbol]
    return ""


def _take_set(pathway: str) -> str:
    st.session_state[genes_state.SET] = None
    if not pathway:
        return ""
    from badger_core.ui import genes_load  # only a link with a set needs it

    if pathway not in genes_load.set_members():
        return f"The gene set '{pathway}' in this link is not known: none is highlighted."
    st.session_state[genes_state.SET] = pathway
    return ""


def _question() -> tuple[str, str]:
    keys = (state.QUESTION_COMPOUND, state.QUESTION_CELL)
    compound, cell = (st.session_state.get(key) or "" for key in keys)
    return compound, cell
