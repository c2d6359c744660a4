"""Search in the library by name and facets; the rows that are picked go to the card."""

import streamlit as st

from badger_core.chem.search import Filters, Found
from badger_core.ui import compounds_library as lib
from badger_core.ui import downloads, load
from badger_core.ui.text import plain

SHOWN = 500
QUERY = "compounds_query"
_FACETS = {
    "moa": "Mechanism",
    "targets": "Target",
    "phase": "Phase",
    "disease_area": "Disease area",
    "indication": "Indication",
}


def panel() -> list[tuple[str, str]]:
    """The search; (text to ask by, label) of the rows that are picked."""
    filters = _inputs()
    query = st.session_state.get(QUERY) or ""
    found = lib.search().find(query, filters)
    if not len(found.rows):
        st.info(
            "No compound answers this. Take a filter away, search all of LINCS, or give the "
            "structure under Paste or Draw."
        )
        return []
    _count(query, found)
    rows = found.rows[:SHOWN]
    table = lib.described(lib.search().table.iloc[rows])
    if query:
        table.insert(1, "found by", found.why[:SHOWN])
    picked = st.dataframe(
        table,
        key=f"{lib.table_key('results')}_{lib.digest(query, filters)}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=360,
        column_config={
            "name": st.column_config.TextColumn("Name", pinned=True, width=150),
            "found by": st.column_config.TextColumn("Found by", width=110),
            "phase": st.column_config.TextColumn("Phase", width=95),
            "mechanism": st.column_config.TextColumn("Mechanism", width=190),
            "targets": st.column_config.TextColumn("Targets", width=150),
            "indication": st.column_config.TextColumn("Indication", width=150),
            "signatures": st.column_config.NumberColumn("Signatures", width=90),
        },
        alt="Compounds found, with phase, mechanism, targets and number of measured signatures",
    ).selection.rows
    downloads.table_menu(table, f"compounds-{query or 'all'}", "compounds_results_file")
    return [(lib.asking_text(int(rows[i])), table["name"].iat[i]) for i in picked if i < len(rows)]


def _inputs() -> Filters:
    st.text_input(
        "Search by name, Broad or DrugBank id, target or mechanism",
        key=QUERY,
        placeholder="vemurafenib, SAHA, BRD-K56343971, BRAF, HDAC, ...",
        help="Generic names, and the other names that the Repurposing Hub, LINCS, CTRP v2 and the "
        "measured signatures have; every Broad id, DrugBank ids of some, InChIKeys. Most brand "
        "names, CAS numbers and ChEMBL ids are not held.",
        persist_state="session",
    )
    options = lib.search().options
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = {
            name: tuple(
                st.multiselect(
                    label,
                    list(options[name]),
                    key=f"compounds_{name}",
                    format_func=_Counted(options[name]),
                    placeholder="any",
                    persist_state="session",
                    width=140,
                )
            )
            for name, label in _FACETS.items()
        }
    with st.container(horizontal=True, gap="medium"):
        measured = st.toggle(
            "Measured in the bundle", key="compounds_measured", persist_state="session"
        )
        everything = st.toggle(
            "All of LINCS, not only the Repurposing Hub",
            key="compounds_everything",
            persist_state="session",
            help="LINCS structures beyond the Hub have names, but no mechanism, target or phase.",
        )
    return Filters(chosen, measured, not everything)


def _count(query: str, found: Found) -> None:
    total, library = len(found.rows), len(load.bundle().library.table)
    said = f"{total:,} of {library:,} compounds"
    if found.why and found.why[0] == "similar spelling":
        said = f"Nothing is called '{plain(query[:60])}': {total} names are spelt similarly"
    more = f", the first {SHOWN} are shown" if total > SHOWN else ""
    st.caption(f"{said}{more}. Tick a row to see it; tick several to collect them.")


class _Counted:
    """Label of a facet's value with its number of compounds."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts

    def __call__(self, value: str) -> str:
        return f"{plain(value)} ({self._counts.get(value, 0)})"
