"""What the page Compare asks: both baskets as inputs, examples, and rankings of all pairs."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError
from badger_core.explain.compare import MOST, Comparison, ask_all, compounds_that_fit
from badger_core.predict.ask import Asked, read_compound
from badger_core.ui import basket, load, question, state, uploads
from badger_core.ui.text import plain, shortened


class Example(NamedTuple):
    """Baskets to start with."""

    label: str
    compounds: tuple[str, ...]
    cells: tuple[str, ...]


EXAMPLES = (
    Example(
        "BRAF and MEK inhibitors in two melanomas",
        ("vemurafenib", "dabrafenib", "selumetinib"),
        ("A375", "SKMEL28"),
    ),
    Example(
        "HDAC, proteasome and HSP90 inhibitors in three tissues",
        ("vorinostat", "bortezomib", "tanespimycin"),
        ("A375", "MCF7", "HT29"),
    ),
)


def title_and_inputs() -> None:
    """The title with one-click examples, and both baskets as lists that can be edited."""
    full = bool(basket.compounds() and basket.cells())
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html("<h1 class='title'>Compare compounds and cell lines</h1>", width="content")
        if full:
            st.button("Empty both baskets", key="compare_empty", on_click=_fill, args=((), ()))
        else:
            st.html("<span class='quiet'>Examples</span>", width="content")
            for number, example in enumerate(EXAMPLES):
                st.button(
                    example.label,
                    key=f"compare_example{number}",
                    on_click=_fill,
                    args=(example.compounds, example.cells),
                )
        _offer_question()
    left, right = st.columns([3, 2], gap="small")
    with left:
        _basket_input(
            "Compounds",
            state.BASKET_COMPOUNDS,
            {name: name for name in load.compound_names()},
            "Generic names, Broad or DrugBank ids or SMILES, then Enter",
        )
    with right:
        _basket_input(
            "Cell lines",
            state.BASKET_CELLS,
            uploads.labels() | load.cell_labels(),
            "Any names or ids: A375, MCF-7, ...",
        )


def comparison_or_help() -> Comparison | None:
    """The rankings of all pairs; what is wrong with single entries is said, and the rest goes on.

    None while a basket is empty; the screen then says what to do.
    """
    compounds = _read(basket.compounds(), _read_compound)
    lines = _read(basket.cells(), question.line_of)
    if not compounds or not lines:
        st.info(
            "Put at least one compound and one cell line into the two lists above: type them here, "
            "collect them with *Add to basket* on other pages, or start with an example. "
            f"Every compound is ranked in every line, up to {MOST} rankings at once."
        )
        return None
    fit = compounds_that_fit(len(compounds), len(lines))
    if fit < len(compounds):
        left_out = shortened(tuple(asked.name for asked in compounds[fit:]), 6)
        st.warning(
            f"{len(compounds)} compounds in {len(lines)} lines are {len(compounds) * len(lines)} "
            f"rankings, and {MOST} are compared at once. Left out: {plain(left_out)}."
        )
    return _ask(compounds[:fit], lines)


def _ask(compounds: list[Asked], lines: list[CellLine]) -> Comparison:
    """All rankings, each remembered, with a bar that tells how far it is."""
    bar = st.progress(0.0, "Ranking ...")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, f"Ranked {done} of {of} pairs of compound and line")

    try:
        return ask_all(load.ranking, compounds, lines, tell)
    finally:
        bar.empty()


def _read(entries: dict[str, str], read: Callable[[str], object]) -> list:
    """What the texts of a basket name; one that names nothing gets a message."""
    found = []
    for text in entries:
        try:
            found.append(read(text))
        except BadgerError as error:
            st.warning(f"Left out: {plain(str(error))}")
    return found


def _read_compound(text: str) -> Asked:
    asked = read_compound(load.bundle().library, text)
    for warning in asked.molecule.warnings:
        st.warning(plain(warning))
    return asked


def _basket_input(label: str, key: str, known: dict[str, str], placeholder: str) -> None:
    """A basket as a list that takes listed and typed entries and gives each back on request."""
    widget = f"compare_{label.split()[-1].lower()}"
    entries = st.session_state[key]
    labels = known | _told_apart(entries, known)
    st.session_state[widget] = list(entries)
    st.multiselect(
        label,
        list(labels),
        key=widget,
        format_func=_Label(labels),
        max_selections=basket.MOST,
        accept_new_options=True,
        wrap=True,
        placeholder=placeholder,
        on_change=_take,
        args=(widget, key),
        help=f"Up to {basket.MOST}; the basket of this visit, filled here or on other pages.",
    )


def _told_apart(entries: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Labels of entries that no list holds; one that reads like a listed one shows its text."""
    taken = set(known.values())
    return {
        text: f"{label} ({text[:30]})" if label in taken else label
        for text, label in entries.items()
        if text not in known
    }


def _take(widget: str, key: str) -> None:
    """Make the basket what the list shows; entries keep the labels that they came with."""
    labels = st.session_state[key]
    texts = [text.strip() for text in st.session_state[widget]]
    st.session_state[key] = {text: labels.get(text, text) for text in texts[: basket.MOST] if text}


def _fill(compounds: tuple[str, ...], cells: tuple[str, ...]) -> None:
    state.put(state.BASKET_COMPOUNDS, {text: text for text in compounds})
    state.put(state.BASKET_CELLS, {text: text for text in cells})


def _offer_question() -> None:
    """A button that adds what the other pages ask about, where it is not in yet."""
    compound = st.session_state.get(state.QUESTION_COMPOUND)
    cell = st.session_state.get(state.QUESTION_CELL)
    if compound in basket.compounds() and cell in basket.cells():
        return
    if compound and cell:
        st.button(
            "Add the current question",
            key="compare_add_question",
            on_click=_add_question,
            args=(compound, cell),
            help=plain(f"{compound[:80]} in {uploads.labels().get(cell, cell)}"),
        )


def _add_question(compound: str, cell: str) -> None:
    basket.add(state.BASKET_COMPOUNDS, compound, compound)
    basket.add(state.BASKET_CELLS, cell, uploads.labels().get(cell, cell))


class _Label:
    """Label of an entry; a text that was typed stands for itself."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    def __call__(self, text: str) -> str:
        return self._labels.get(text, text)
