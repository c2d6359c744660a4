"""The library as the page Compounds needs it: searchable, fingerprinted, with what was trained."""

from collections import Counter
from zlib import crc32

import pandas as pd
import streamlit as st

from badger_core.chem.neighbours import PackedLibrary, pack_library
from badger_core.chem.search import CompoundSearch
from badger_core.ui import basket, load, state

ROUND = "compounds_round"
"""Session key: part of the tables' keys, raised to take their selection away."""
LAST = "compounds_last"
"""Session key: the compound that was chosen in the run before."""
NOTHING = "not given"


@st.cache_resource(show_spinner="Preparing the library ...")
def search() -> CompoundSearch:
    """The library, ready to be searched."""
    library = load.bundle().library
    return CompoundSearch(library.table, library.names)


@st.cache_resource(show_spinner="Comparing structures: fingerprints of the library, once ...")
def fingerprints() -> PackedLibrary:
    """Fingerprints of every structure in the library."""
    return pack_library(load.bundle().library.table["smiles"].tolist())


@st.cache_resource(show_spinner="Reading what the model was trained on ...")
def trained() -> dict[str, int]:
    """Ik14 of every training compound to the number of members that were trained on it.

    Raises:
        CheckpointError: if a card of the model is missing or damaged.
    """
    return dict(Counter(key for card in load.cards() for key in card.trained_compounds))


def asking_text(row: int) -> str:
    """What the compound in this row is asked by: its name, or its key where two share a name."""
    library = load.bundle().library
    entry = library.table.iloc[row]
    same = library.find(entry["name"]).ik14 == entry["ik14"]
    return entry["name"] if same else entry["inchikey"]


def clear_old_selections(chosen: str | None) -> None:
    """Take the selection off every table once another compound is chosen.

    Args:
        chosen: what the compound's input holds.
    """
    if st.session_state.get(LAST) != chosen:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.session_state[LAST] = chosen


def table_key(name: str) -> str:
    """Key of a table whose selection ends when another compound is chosen."""
    return f"compounds_{name}_{st.session_state.get(ROUND, 0)}"


def digest(*parts: object) -> str:
    """Names what a table shows, so that a tick never stays on a row that has moved."""
    return f"{crc32(repr(parts).encode()):08x}"


def use(text: str) -> None:
    """Make a text the compound that is asked about; for callbacks of buttons."""
    state.put(state.QUESTION_COMPOUND, text)


def add_all(entries: list[tuple[str, str]]) -> None:
    """Put (text, label) pairs into the basket; for callbacks of buttons."""
    for text, label in entries:
        basket.add(state.BASKET_COMPOUNDS, text, label)


def described(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the library as people read them: name, phase, mechanism, targets, indication.

    What is not known says so.
    """
    return pd.DataFrame(
        {
            "name": rows["name"],
            "phase": rows["phase"].where(rows["phase"] != "", NOTHING),
            "mechanism": rows["moa"].map(_joined),
            "targets": rows["targets"].map(_joined),
            "indication": rows["indication"].str.replace("|", ", ").replace("", NOTHING),
            "signatures": rows["n_signatures"].astype(int),
        }
    ).reset_index(drop=True)


def _joined(items: list[str]) -> str:
    return ", ".join(items) if len(items) else NOTHING
