"""What the pages Cell lines and Similar diseases work out once: places, map and neighbours."""

import numpy as np
import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.cells.neighbours import PlacedLines, place_lines, similar_lines
from badger_core.ui import load, uploads


@st.cache_resource(show_spinner="Placing the cell lines ...")
def placed() -> PlacedLines:
    """All lines with expression among each other."""
    found = place_lines(load.bundle().cells)
    _ = found.unrelated
    return found


@st.cache_data(max_entries=1, show_spinner="Drawing the map of cell lines ...")
def places() -> np.ndarray:
    """(C, 2) of the lines of `placed().table`."""
    from badger_core.cells.embedding import line_map

    return line_map(placed().likeness)


def neighbours(line: CellLine) -> pd.DataFrame:
    """`similar_lines`, remembered; an upload for its visit alone."""
    with st.spinner("Comparing with the reference lines ..."):
        return _neighbours(uploads.own(line.name), line.display_name, line)


def usual() -> float:
    """Likeness that 95% of the pairs of unrelated lines do not reach."""
    return float(np.quantile(placed().unrelated, 0.95))


@st.cache_data(max_entries=256, show_spinner=False)
def _neighbours(name: str, label: str, _line: CellLine) -> pd.DataFrame:
    return similar_lines(placed(), _line)
