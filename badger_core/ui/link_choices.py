"""What is chosen on some pages, as optional parameters of the permalink."""

from collections.abc import Iterable

import streamlit as st

from badger_core.ui import genes_state, hypotheses_link, load, perturbation_link, state
from badger_core.ui.text import plain

LONGEST = {
    **{"gene": 40, "set": 200, "fragment": 1000, "pathway": 200, "map_gene": 40},
    **hypotheses_link.LONGEST,
    **perturbation_link.LONGEST,
}
"""Parameter to the longest text that is taken: gene and set of Genes, then those of Pathways, then
those of Hypotheses and of Genetic perturbation."""
_SAID = 3
"""Sentences on what a link could not give."""
_GENES_PAGE, _PATHWAYS_PAGE = "pages/genes.py", "pages/pathways.py"
_HYPOTHESES_PAGE = "pages/hypotheses.py"
_PERTURBATION_PAGE = "pages/perturbation.py"
_PATHWAYS = {
    "fragment": state.PATHWAYS_FRAGMENT,
    "pathway": state.PATHWAYS_PATHWAY,
    "map_gene": state.PATHWAYS_GENE,
}


def now(page: str) -> dict[str, str]:
    """Parameter to text of what was chosen on this page and is not shown anyway.

    Args:
        page: its file, such as pages/genes.py; most have nothing of their own.
    """
    if page == _GENES_PAGE:
        return _on_genes()
    if page == _PATHWAYS_PAGE:
        return _on_pathways()
    if page == _PERTURBATION_PAGE:
        return perturbation_link.now()
    return hypotheses_link.now() if page == _HYPOTHESES_PAGE else {}


def _on_genes() -> dict[str, str]:
    found = {}
    if entrez := st.session_state.get(genes_state.GENE):
        genes = load.bundle().genes
        found["gene"] = genes.symbols[genes.index[int(entrez)]]
    if chosen := st.session_state.get(genes_state.SET):
        found["set"] = chosen
    return found


def _on_pathways() -> dict[str, str]:
    """Of the present question alone."""
    linked, first = st.session_state[state.PATHWAYS_LINKED], st.session_state[state.PATHWAYS_FIRST]
    if linked.get("of") == _question():
        return {name: linked[name] for name in _PATHWAYS if linked.get(name)}
    if first.get("of") == _question():
        texts = {name: st.session_state.get(key) for name, key in _PATHWAYS.items()}
        return {name: text for name, text in texts.items() if text and text != first[name]}
    return {}


def take(given: dict[str, str], page: str) -> str:
    """Choose on Genes what a link names, and keep for Pathways what its page will look up.

    What the link does not name is cleared where it was opened, and stays as it is elsewhere.

    Args:
        given: parameter to text, '' where the link says nothing; compound and cell of the link are
            in the session already.
        page: the file of the page that was opened by the link.

    Returns:
        What was not taken, in sentences.
    """
    left_out = []
    if page == _GENES_PAGE or given["gene"] or given["set"]:
        left_out += [_take_gene(given["gene"]), _take_set(given["set"])]
    if page == _HYPOTHESES_PAGE or given["against"]:
        left_out.append(hypotheses_link.take(given))
    if page == _PERTURBATION_PAGE or given["knockout"]:
        left_out.append(perturbation_link.take(given))
    kept = {name: given[name] for name in _PATHWAYS if given[name]}
    if page == _PATHWAYS_PAGE or kept:
        st.session_state[state.PATHWAYS_LINKED] = {"of": _question(), **kept} if kept else {}
        st.session_state[state.PATHWAYS_OF] = ()
    return in_short(left_out)


def in_short(said: Iterable[str]) -> str:
    """The first sentences, and how many more there are of what a link could not give."""
    said = [sentence for sentence in said if sentence]
    more = len(said) - _SAID
    rest = [f"{more} more of its parameters {'was' if more == 1 else 'were'} not taken as given."]
    return " ".join([*said[:_SAID], *(rest if more > 0 else [])])


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
            said = f"The {what} '{text[:80]}' in this link is not here: the strongest is shown."
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
