"""What the page Pathways shows and what is chosen on it, by click or by keyboard."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from badger_core.explain.prediction_maps import NONE, Explanation
from badger_core.predict.ranking import Ranking
from badger_core.ui import link, link_choices, state
from badger_core.ui.question import Question

VIEWS = ("Heatmaps", "Routes", "Network")
BY = {
    "through": "routes through it",
    "mass": "attention on the compound",
    "use": "use by genes",
}
_COUNTS = (8, 12, 20, 40)
_SETS = {
    "10 up, 10 down": (10, 10),
    "20 up, 20 down": (20, 20),
    "20 up": (20, 0),
    "20 down": (0, 20),
    "My own": (0, 0),
}
_OWN = "My own"
_CHOSEN = (state.PATHWAYS_FRAGMENT, state.PATHWAYS_PATHWAY, state.PATHWAYS_GENE)
_MOST_OWN = 40


class Shown(NamedTuple):
    """What the figures show: positions among the pathways and among the genes."""

    pathways: tuple[int, ...]
    genes: tuple[int, ...]
    directions: dict[int, str]  # of every gene: up or down


class Chosen(NamedTuple):
    """Positions; F and P stand for the pseudo token."""

    fragment: int
    pathway: int
    gene: int


def begin(explanation: Explanation, question: Question, ranking: Ranking) -> None:
    """Start a new question with what the link names, else its strongest fragment, pathway, gene."""
    of = (question.asked.molecule.smiles, question.line.name)
    known = all(key in st.session_state for key in _CHOSEN)
    if st.session_state[state.PATHWAYS_OF] == of and known:
        return
    st.session_state[state.PATHWAYS_OF] = of
    st.session_state[state.PATHWAYS_FOCUS] = ()
    fragment = int(explanation.attention.mean(axis=0).argmax())
    choose(explanation, fragment, int(explanation.order_by("through")[0]))
    st.session_state[state.PATHWAYS_GENE] = str(ranking.table["symbol"].iloc[0])
    link_choices.take_for_pathways(
        fragment_options(explanation),
        pathway_options(explanation),
        explanation.genes["symbol"].tolist(),
    )
    link.store()


def controls(explanation: Explanation, ranking: Ranking) -> tuple[str, Shown]:
    """Which figure, how many pathways in which order, and which genes."""
    table = ranking.table
    figure, order, count, genes = st.columns([34, 27, 14, 25], gap="small")
    view = figure.segmented_control(
        "Figure",
        VIEWS,
        default=VIEWS[0],
        key=state.PATHWAYS_VIEW,
        required=True,
        persist_state="session",
    )
    by = order.selectbox(
        "Pathways ordered by", list(BY), key=state.PATHWAYS_BY, format_func=BY.get,
        persist_state="session",
    )  # fmt: skip
    number = count.selectbox(
        "Pathways", _COUNTS, index=1, key=state.PATHWAYS_COUNT, persist_state="session"
    )
    picked = genes.selectbox("Genes", list(_SETS), key=state.PATHWAYS_SET, persist_state="session")
    up, down = _SETS[picked]
    symbols = [*table["symbol"].head(up), *table["symbol"].tail(down)]
    if picked == _OWN:
        symbols = st.multiselect(
            "Genes to show",
            sorted(table["symbol"]),
            key=state.PATHWAYS_SYMBOLS,
            max_selections=_MOST_OWN,
            placeholder="Symbols; until you choose, the 10 strongest each way",
            persist_state="session",
        ) or [*table["symbol"].head(10), *table["symbol"].tail(10)]
    at = {symbol: i for i, symbol in enumerate(explanation.genes["symbol"])}
    directions = {at[s]: d for s, d in zip(table["symbol"], table["direction"], strict=True)}
    pathways = explanation.order_by(by)[:number]
    return view, Shown(tuple(map(int, pathways)), tuple(at[s] for s in symbols), directions)


def choose(
    explanation: Explanation,
    fragment: int | None = None,
    pathway: int | None = None,
    gene: int | None = None,
) -> None:
    """Choose things by position; what is None stays as it is."""
    if fragment is not None:
        st.session_state[state.PATHWAYS_FRAGMENT] = fragment_options(explanation)[fragment]
    if pathway is not None:
        st.session_state[state.PATHWAYS_PATHWAY] = pathway_options(explanation)[pathway]
    if gene is not None:
        st.session_state[state.PATHWAYS_GENE] = explanation.genes["symbol"].iloc[gene]


def chosen(explanation: Explanation) -> Chosen:
    """What is chosen at present."""
    fragment = fragment_options(explanation).index(st.session_state[state.PATHWAYS_FRAGMENT])
    pathway = pathway_options(explanation).index(st.session_state[state.PATHWAYS_PATHWAY])
    return Chosen(fragment, pathway, explanation.gene(st.session_state[state.PATHWAYS_GENE]))


def inputs(explanation: Explanation) -> Chosen:
    """The same choice as by click, for the keyboard."""
    names = dict(zip(explanation.pathways["pathway"], explanation.pathways["name"], strict=True))
    fragments = fragment_options(explanation)
    number = {smiles: f"F{i + 1} · {smiles}" for i, smiles in enumerate(fragments[:-1])}
    left, right = st.columns([3, 2], gap="small")
    left.selectbox(
        "Fragment",
        fragments,
        key=state.PATHWAYS_FRAGMENT,
        format_func=_Label(number),
        persist_state="session",
    )
    st.selectbox(
        "Pathway",
        pathway_options(explanation),
        key=state.PATHWAYS_PATHWAY,
        format_func=_Label(names),
        persist_state="session",
    )
    right.selectbox(
        "Gene",
        sorted(explanation.genes["symbol"]),
        key=state.PATHWAYS_GENE,
        persist_state="session",
    )
    return chosen(explanation)


def fragment_options(explanation: Explanation) -> list[str]:
    """SMILES of the F fragments and the pseudo token."""
    return [*(f.smiles for f in explanation.fragments), NONE]


def pathway_options(explanation: Explanation) -> list[str]:
    """Ids of the P pathways and the pseudo token."""
    return [*explanation.pathways["pathway"], NONE]


def focus(explanation: Explanation, steps: Sequence[tuple[str, int]]) -> None:
    """Let the routes pass one more thing of each layer, and choose it."""
    kept = st.session_state[state.PATHWAYS_FOCUS]
    for layer, at in steps:
        kept = (*(step for step in kept if step[0] != layer), (layer, at))
        choose(explanation, **{layer: at})
    st.session_state[state.PATHWAYS_FOCUS] = kept


def back(steps: int) -> None:
    """Take back the last steps of the focus."""
    kept = st.session_state[state.PATHWAYS_FOCUS]
    st.session_state[state.PATHWAYS_FOCUS] = kept[: max(len(kept) - steps, 0)]


class _Label:
    """Label of an option; one without its own stands for itself."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    def __call__(self, option: str) -> str:
        return self._labels.get(option, option)
