"""Search among all cell lines: text, facets, and a table to pick from."""

from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from badger_core.cells.search import search_lines
from badger_core.ui import load
from badger_core.ui.cells_state import PICKED, take_row

SEARCH, DISEASES, LINEAGES = "cells_search", "cells_diseases", "cells_lineages"
COMPOUNDS, EXPRESSION = "cells_compounds", "cells_expression"
INPUTS = (SEARCH, DISEASES, LINEAGES, COMPOUNDS, EXPRESSION)
"""Keys of the inputs, which are kept while the visitor is on other pages."""
HIT = "cells_hit"
"""Name of the line that alone passed the search last, or None."""
_ORDER = ("display_name", "disease", "subtype", "lineage", "n_compounds", "n_signatures", "usable")
_HEIGHT = 283
COLUMNS = {
    "display_name": st.column_config.TextColumn("Line", pinned=True),
    "disease": st.column_config.TextColumn("Disease", help="Of DepMap, else of LINCS."),
    "subtype": st.column_config.TextColumn("Subtype", width=120),
    "lineage": st.column_config.TextColumn("Lineage"),
    "n_compounds": st.column_config.NumberColumn(
        "Compounds", format="localized", help="Compounds measured in this line, in the bundle."
    ),
    "n_signatures": st.column_config.NumberColumn("Signatures", format="localized"),
    "usable": st.column_config.TextColumn(
        "Expression", help="Whether basal expression is at hand, so that genes can be ranked."
    ),
}


def search() -> None:
    """The inputs and the lines that pass them; a click on a row picks a line."""
    st.text_input(
        "Find a cell line",
        key=SEARCH,
        persist_state="session",
        placeholder="Any name, alias, DepMap or Cellosaurus id: mcf, MDA-MB-231, CVCL_0132",
    )
    _facets()
    found = filtered()
    total = len(load.bundle().cells.table)
    if found.empty:
        st.html(
            f"<p class='note'>None of the {total:,} known lines passes. Write less of the name, "
            "or take back a filter; a line that is not here can be uploaded.</p>"
        )
        return
    _show_only_hit(found)
    key = f"cells_table_{crc32(''.join(found['cell']).encode()):08x}"
    st.dataframe(
        shown(found),
        key=key,
        height=min(_HEIGHT, 35 * (len(found) + 1) + 3),
        hide_index=True,
        column_order=_ORDER,
        column_config=COLUMNS,
        on_select=partial(take_row, key, PICKED, found["cell"].tolist()),
        selection_mode="single-cell",
        alt="Cell lines that pass search and filters",
    )
    st.html(f"<p class='note'>{len(found):,} of {total:,} lines. Click one to see it.</p>")


def _show_only_hit(found: pd.DataFrame) -> None:
    """Pick the line that alone passes, once: a click on the map afterwards counts."""
    hit = found["cell"].iloc[0] if len(found) == 1 else None
    if hit is not None and hit != st.session_state.get(HIT):
        st.session_state[PICKED] = hit
    st.session_state[HIT] = hit


def filtered() -> pd.DataFrame:
    """Rows of the catalogue that pass the inputs of the session."""
    state = st.session_state
    return search_lines(
        load.bundle().cells,
        state.get(SEARCH) or "",
        state.get(DISEASES) or (),
        state.get(LINEAGES) or (),
        int(state.get(COMPOUNDS) or 0),
        bool(state.get(EXPRESSION, True)),
    )


def shown(found: pd.DataFrame) -> pd.DataFrame:
    """The columns of the table, availability of expression in words."""
    usable = found["basal_platform"].map(lambda platform: platform or "not at hand")
    table = found.assign(usable=usable)[list(_ORDER)]
    return table.replace({name: {"": "not recorded"} for name in ("disease", "lineage")})


@st.cache_data(max_entries=1, show_spinner=False)
def _options() -> tuple[list[str], list[str]]:
    """Diseases and lineages that a line has, the commonest first."""
    table = load.bundle().cells.table
    columns = (table[c][table[c] != ""].value_counts() for c in ("disease", "lineage"))
    diseases, lineages = (sorted(c.index, key=lambda n, c=c: (-c[n], n)) for c in columns)
    return diseases, lineages


def _facets() -> None:
    diseases, lineages = _options()
    first, second, third, fourth = st.columns(
        [28, 26, 20, 26], gap="small", vertical_alignment="bottom"
    )
    with first:
        st.multiselect(
            "Disease", diseases, key=DISEASES, placeholder="Any", persist_state="session"
        )
    with second:
        st.multiselect(
            "Lineage", lineages, key=LINEAGES, placeholder="Any", persist_state="session"
        )
    with third:
        st.number_input(
            "Min. compounds",
            min_value=0,
            max_value=5000,
            value=0,
            step=10,
            key=COMPOUNDS,
            persist_state="session",
            help="Compounds measured in the line, at least.",
        )
    with fourth:
        st.toggle(
            "With expression",
            value=True,
            key=EXPRESSION,
            persist_state="session",
            help="Only lines that genes can be ranked for.",
        )
